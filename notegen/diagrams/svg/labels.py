r"""Labels of a drawing: formulas in the place of words that stand for them, labels of links back in their links.

What draws knows no formulas, so a label that holds one has a word of about its width (`PLACE`), and here it becomes a
`<switch>`: HTML in a `<foreignObject>`, or plain text where that is not shown. Which formula comes there is not known
yet: `\x02number\x03` stands for its HTML, `\x04number\x03` for its text.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from notegen.diagrams.svg.elements import parents_of
from notegen.text.patterns import lazy_regex

PLACE = lazy_regex(r"zq([a-j]{1,4})(x|y)q*z")  # x: a formula, y: the second row of a high one
_MIDDLE, _END = "middle", "end"
_WIDE, _HIGH = 0.62, 64  # of a letter, in its size; of a box, in pixels
_ROOM = 80  # pixels that a box is wider than its text
_FALLBACK = "fallback"  # of data-merman-foreignobject, a group with the text of a label
_ROWS = frozenset(
    {"members-group", "methods-group", "attribute-type", "attribute-name", "attribute-keys", "attribute-comment"}
)
_TRANSLATE = lazy_regex(r"translate\(\s*(-?\d+(?:\.\d+)?)")
_INHERITED = ("fill", "font-size", "font-weight", "font-style")


def word_for(number: int, letters: int, *, high: bool) -> str:
    """Return what stands for a formula in a source: a word that is about as wide as so many letters."""
    name = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    second = f"<br/>zq{name}yz" if high else ""
    return f"zq{name}x{'q' * max(0, letters - 5)}z{second}"


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
    second = {match[1]: text for text in texts for match in PLACE.finditer(_words(text)) if match[2] == "y"}
    for text in texts:
        words = _words(text)
        match = PLACE.search(words)
        if match is None or text not in parents:
            continue
        parent = parents[text]
        if match[2] == "y":
            parent.remove(text)
            continue
        below = second.get(match[1])
        y = _number(text, "y") if below is None else (_number(text, "y") + _number(below, "y")) / 2
        index = list(parent).index(text)
        parent.remove(text)
        parent.insert(index, _label(text, words, y))


def _label(text: Element, words: str, y: float) -> Element:
    """Return a label that holds a formula: as HTML, or as text where HTML in a drawing is not shown."""
    size = float(text.get("font-size", "16").removesuffix("px") or 16)
    width = len(words) * size * _WIDE + _ROOM
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
    """Where a label was written before its text was taken out: in which link, how far from the left, one of rows."""

    link: Element | None
    left: float
    row: bool


def _place_labels(root: Element) -> None:
    """Put labels of links into these, and let rows begin below each other.

    merman writes the text of all labels behind everything else, each centred; of a link in the wrong place.
    """
    texts = [group for group in root.iter("g") if group.get("data-merman-foreignobject") == _FALLBACK]
    owners = list(_owners(root, _Owner(None, 0, row=False))) if texts else []
    if len(owners) != len(texts):  # some have no text, so that it is not known whose the others are
        return
    parents = parents_of(root)
    for owner, group in zip(owners, texts, strict=True):
        if owner.link is not None:
            parents[group].remove(group)
            owner.link.append(group)
        elif owner.row:
            for text in group.iter("text"):
                text.attrib |= {"text-anchor": "start", "x": f"{owner.left:.2f}"}


def _owners(element: Element, outer: _Owner) -> Iterator[_Owner]:
    """Yield for each label, in order, where it was written."""
    link = element if element.tag == "a" and element.get("transform") else outer.link
    here = _Owner(link, outer.left + _shift(element), bool(_ROWS.intersection(element.get("class", "").split())))
    labels = [child for child in element if _is_label(child)]
    shifts = Counter(map(_shift, labels))
    for child in element:
        if _is_label(child):
            row = here.row or bool(_ROWS.intersection(child.get("class", "").split())) or shifts[_shift(child)] > 1
            yield _Owner(link, here.left + _shift(child), row)
        else:
            yield from _owners(child, here)


def _is_label(element: Element) -> bool:
    return "label" in element.get("class", "").split() and not len(element)


def _shift(element: Element) -> float:
    moved = _TRANSLATE.match(element.get("transform", ""))
    return float(moved[1]) if moved else 0.0


def _show_on_top(root: Element) -> None:
    """Put the labels of flows above these, which are mixed with what is below them where that can be."""
    for parent in list(root.iter()):
        for child in [child for child in parent if child.get("class") == "node-labels"]:
            parent.remove(child)
            parent.append(child)
