r"""Labels of a drawing: formulas in the place of words that stand for them, labels of links back in their links.

What draws knows no formulas, so a label that holds one has a word of about its width (`PLACE`), and here it becomes a
`<switch>`: HTML in a `<foreignObject>`, or plain text where that is not shown. Which formula comes there is not known
yet: `\x02number\x03` stands for its HTML, `\x04number\x03` for its text.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from notegen.diagrams.svg.elements import parents_of
from notegen.text.patterns import lazy_regex

PLACE = lazy_regex(r"zq([a-j]{1,4})(x|y)q*z")  # x: a formula, y: a row of room for a high one
# What may end a row of a label; `end`: only where it is not in quotation marks.
_STEP = lazy_regex(
    r"zq(?P<name>[a-j]{1,4})xq*z|(?P<quote>`?\")|<br|(?P<line>\n)|(?P<end>[|\])}`]|--|==|-\.)", flags=re.IGNORECASE
)
_MIDDLE, _END = "middle", "end"
_WIDE, _HIGH = 0.62, 64  # of a letter, in its size; of a box, in pixels
_ROOM = 80  # pixels that a box is wider than its text
_FALLBACK = "fallback"  # of data-merman-foreignobject, a group with the text of a label
_CLASSES = "data-merman-source-classes"  # of such a group: those of all elements around the label
_LABELS = frozenset({"label", "cluster-label"})
_ROWS = frozenset(
    {"members-group", "methods-group", "attribute-type", "attribute-name", "attribute-keys", "attribute-comment"}
)
_TRANSLATE = lazy_regex(r"translate\(\s*(-?\d+(?:\.\d+)?)")
_INHERITED = ("fill", "font-size", "font-weight", "font-style")


def word_for(number: int, letters: int) -> str:
    """Return what stands for a formula in a source: a word that is about as wide as so many letters."""
    return f"zq{_encoded(number)}x{'q' * max(0, letters - 5)}z"


def with_room(source: str, high: Collection[int]) -> str:
    """Return a source whose labels have one more row at their end, or before `<br>`, for each formula that is high.

    The row is not behind the formula itself: labels are broken into rows where these are as wide as they may be.
    """
    names = {_encoded(number) for number in high}
    parts: list[str] = []
    waiting: list[str] = []
    at, quoted = 0, False
    for step in _STEP.finditer(source):
        if step["name"] in names:
            waiting.append(step["name"])
        elif waiting and not (quoted and step["end"]):
            parts += [source[at : step.start()], *(f"<br/>zq{name}yz" for name in waiting)]
            at, waiting = step.start(), []
        quoted = not quoted if step["quote"] else quoted and not step["line"]
    return "".join((*parts, source[at:], *(f"<br/>zq{name}yz" for name in waiting)))


def scale_letters(root: Element, factor: float) -> None:
    """Make letters larger or smaller than they were given. In place."""
    if factor == 1:
        return
    root.attrib.setdefault("font-size", "16px")
    for element in root.iter():
        size = element.get("font-size", "").removesuffix("px")
        if size.replace(".", "", 1).isdigit():
            element.set("font-size", f"{float(size) * factor:.4g}px")


def set_formulas(root: Element) -> None:
    """Put formulas into labels, and labels of links where they belong. In place."""
    _place_labels(root)
    _show_on_top(root)
    texts = [text for text in root.iter("text") if "zq" in "".join(text.itertext())]
    parents = parents_of(root) if texts else {}
    for group in dict.fromkeys(parents[text] for text in texts if text in parents):
        _make_room(group)
        for index, text in enumerate(group):
            words = _words(text) if text.tag == "text" else ""
            if PLACE.search(words):
                group[index] = _label(text, words)


def _make_room(group: Element) -> None:
    """Let rows with a high formula be twice as high, in the place of the rows that were left for these. In place."""
    texts = [element for element in group if element.tag == "text"]
    names = {place[1] for text in texts for place in PLACE.finditer(_words(text)) if place[2] == "y"}
    if not names:
        return
    first, last = _number(texts[0], "y"), _number(texts[-1], "y")
    step = (last - first) / max(1, len(texts) - 1)
    rows: list[tuple[Element, int]] = []
    for text in texts:
        places = {place[2]: place[1] for place in PLACE.finditer(_words(text)) if place[1] in names}
        if "y" in places and not _without_room(text):
            group.remove(text)
        else:
            rows.append((text, 2 if "x" in places else 1))
    y = (first + last - step * sum(height for _, height in rows)) / 2
    for text, height in rows:
        text.set("y", f"{y + step * height / 2:.2f}")
        y += step * height


def _without_room(text: Element) -> str:
    """Take the words that stand for a row out of a text, in place; return what is left of it."""
    for part in text.iter():
        part.text = PLACE.sub(lambda place: "" if place[2] == "y" else place[0], part.text or "")
    return _words(text)


def _label(text: Element, words: str) -> Element:
    """Return a label that holds a formula: as HTML, or as text where HTML in a drawing is not shown."""
    size = float(text.get("font-size", "16").removesuffix("px") or 16)
    width = len(words) * size * _WIDE + _ROOM
    y = _number(text, "y")
    anchor = text.get("text-anchor", "start")
    x = _number(text, "x") - (width / 2 if anchor == _MIDDLE else width if anchor == _END else 0)
    switch = Element("switch")
    box = SubElement(switch, "foreignObject")
    box.attrib = {"x": f"{x:.2f}", "y": f"{y - _HIGH / 2:.2f}", "width": f"{width:.0f}", "height": f"{_HIGH}"}
    side = "" if anchor == _MIDDLE else f"justify-content:{anchor}"
    looks = {name: text.attrib[name] for name in _INHERITED if name in text.attrib}
    label = SubElement(box, "label", {"side": side, **looks})
    label.text = PLACE.sub(lambda place: f"\x02{_decoded(place[1])}\x03", words)
    plain = SubElement(switch, "text", {**text.attrib, "y": f"{y:.2f}"})
    plain.text = PLACE.sub(lambda place: f"\x04{_decoded(place[1])}\x03", words)
    return switch


def _encoded(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _decoded(letters: str) -> str:
    return "".join(str(ord(letter) - ord("a")) for letter in letters)


def _words(text: Element) -> str:
    return " ".join("".join(text.itertext()).split())


def _number(element: Element, name: str) -> float:
    holder = element if name in element.attrib else next(iter(element), element)
    try:
        return float(holder.get(name, "0"))
    except ValueError:
        return 0.0


class _Owner(NamedTuple):
    """Where a label was written before its text was taken out: in which link, how far from the left, one of rows.

    `left`: in the link, where it is in one; `classes`: those of all elements around it, and its own.
    """

    link: Element | None = None
    left: float = 0
    row: bool = False
    classes: tuple[str, ...] = ()


def _place_labels(root: Element) -> None:
    """Put labels of links into these, and let rows begin below each other.

    merman writes the text of all labels behind everything else, each centred; of a link in the wrong place.
    """
    texts = [group for group in root.iter("g") if group.get("data-merman-foreignobject") == _FALLBACK]
    if not texts:
        return
    owners = (owner for child in root for owner in _owners(child, _Owner()))
    parents = parents_of(root)
    for group in texts:
        classes = tuple(group.get(_CLASSES, "").split())
        # A label without words has no text: the next one of the same classes is that of this text.
        owner = next((owner for owner in owners if classes[: len(owner.classes)] == owner.classes), _Owner())
        if owner.link is not None:
            parents[group].remove(group)
            owner.link.append(group)
        if owner.row:
            for text in group.iter("text"):
                text.attrib |= {"text-anchor": "start", "x": f"{owner.left:.2f}"}


def _owners(element: Element, outer: _Owner) -> Iterator[_Owner]:
    """Yield for each label, in order, where it was written."""
    names = element.get("class", "").split()
    is_link = element.tag == "a" and "transform" in element.attrib
    link, left = (element, 0) if is_link else (outer.link, outer.left + _shift(element))
    row = not _ROWS.isdisjoint(names)
    here = _Owner(link, left, row, (*outer.classes, *names))
    if _is_label(element):
        yield here._replace(row=row or outer.row)
        return
    shifts = Counter(_shift(child) for child in element if _is_label(child))
    for child in element:
        yield from _owners(child, here._replace(row=row or shifts[_shift(child)] > 1))


def _is_label(element: Element) -> bool:
    return not len(element) and not _LABELS.isdisjoint(element.get("class", "").split())


def _shift(element: Element) -> float:
    moved = _TRANSLATE.match(element.get("transform", ""))
    return float(moved[1]) if moved else 0.0


def _show_on_top(root: Element) -> None:
    """Put the labels of flows above these, which are mixed with what is below them where that can be."""
    for parent in list(root.iter()):
        for child in [child for child in parent if child.get("class") == "node-labels"]:
            parent.remove(child)
            parent.append(child)
