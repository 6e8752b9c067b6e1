"""Elements of a drawing to the SVG that stands in a page: small, sized, named for who cannot see it."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from xml.etree.ElementTree import Element

from notegen.model.digest import digest
from notegen.text.html import attributes_html
from notegen.text.patterns import lazy_regex

_LONG_NUMBER = lazy_regex(r"(?<![\d.])-?\d++\.\d{3,}")
_REFERENCE = lazy_regex(r"url\([\"']?#([^\"')]+)[\"']?\)")
_NUMERIC = (
    "d",
    "points",
    "transform",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
)
_DEFINED = frozenset({"linearGradient", "radialGradient", "clipPath", "mask", "pattern", "symbol", "defs"})
_DROPPED = frozenset({"title", "desc"})
_DEFAULTS = {"display": "inline", "visibility": "visible", "clip-rule": "nonzero", "fill-rule": "nonzero"}
_ROOT = ("fill", "stroke", "font-size", "stroke-width")
_SMALLEST = 0.6  # of its size, in which a drawing can still be read
_LONGEST_NAME = 300  # characters


class Drawing(NamedTuple):
    """A drawing: `<svg …>` up to its end, with NAME where what it is called stands; its words, in order."""

    svg: str
    title: str
    words: str


NAME = "\x01"  # in a drawing, which holds no control characters


def write_drawing(root: Element, size: tuple[float, float]) -> Drawing:
    """Return a drawing of a size in CSS pixels. Ids that nothing refers to are left out, others made unlikely."""
    title = " ".join(
        "".join(element.itertext()).strip() for name in ("title", "desc") for element in root.findall(name)
    )
    words = " ".join(text for element in root.iter("text") if (text := " ".join("".join(element.itertext()).split())))
    referred = set(_references(root))
    prefix = "d" + digest(*sorted(referred), words, *_shapes(root, referred))[:8] if referred else ""
    width, height = (f"{round(length)}" for length in size)
    looks = f"{root.attrib['style']};" if "style" in root.attrib else ""
    role = "group" if any("href" in link.attrib for link in root.iter("a")) else "img"  # an image has no links in it
    head = (
        f'<svg class="drawing" role="{role}" aria-label="{NAME}" width="{width}" height="{height}"'
        f' style="{looks}min-width:{size[0] * _SMALLEST:.0f}px"'
        f' viewBox="{escape(_short(root.get("viewBox", f"0 0 {width} {height}")))}"'
    )
    kept = {name: root.attrib[name] for name in _ROOT if name in root.attrib}
    parts = [head, attributes_html(kept), ">"]
    for child in root:
        _write(child, parts, referred, prefix)
    parts.append("</svg>")
    return Drawing("".join(parts), title.strip(), words)


def named(svg: str, name: str) -> str:
    """Return the SVG of a drawing that is called so."""
    cut = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"
    return svg.replace(NAME, escape(cut), 1)


def _references(root: Element) -> Iterator[str]:
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "href" and element.tag == "use":
                yield value[1:]
            elif value.startswith("url("):
                yield from (match[1] for match in _REFERENCE.finditer(value))


def _shapes(root: Element, referred: set[str]) -> Iterator[str]:
    """Yield what differs between drawings with the same ids: how many elements they have, what is referred to."""
    yield str(sum(1 for _ in root.iter()))
    for element in root.iter():
        if element.get("id", "") in referred:
            yield from (value for part in element.iter() for value in part.attrib.values())


def _write(element: Element, parts: list[str], referred: set[str], prefix: str) -> None:
    if element.tag in _DROPPED or not _is_seen(element, referred):
        return
    if element.tag == "label":
        looks = {name: value for name, value in element.attrib.items() if name != "side"}
        parts.append(_html_label(element, looks))
        return
    attributes = {
        name: value if name == "href" and element.tag == "a" else _value(name, value, prefix)
        for name, value in element.attrib.items()
        if name != "class" and not name.startswith("data-") and _DEFAULTS.get(name) != value
    }
    if "id" in attributes:
        del attributes["id"]
        if element.get("id") in referred:
            attributes["id"] = f"{prefix}-{element.get('id')}"
    tag = str(element.tag)
    if tag == "g" and not attributes:
        for child in element:
            _write(child, parts, referred, prefix)
        return
    parts.append(f"<{tag}{attributes_html(attributes)}")
    text = element.text or ""
    if not len(element) and not text.strip():
        parts.append("/>")
        return
    parts.append(f">{escape(text, quote=False) if tag in {'text', 'tspan'} else ''}")
    for child in element:
        _write(child, parts, referred, prefix)
        if tag in {"text", "tspan"} and child.tail:
            parts.append(escape(child.tail, quote=False))
    parts.append(f"</{tag}>")


def _html_label(element: Element, looks: dict[str, str]) -> str:
    """Return a label in HTML, whose colour and size are those of the text that it stands for."""
    styles = [f"color:{part[5:]}" for part in looks.get("style", "").split(";") if part.startswith("fill:")]
    styles += [f"font-size:{_pixels(looks['font-size'])}"] if "font-size" in looks else []
    styles += [side] if (side := element.get("side", "")) else []
    style = f' style="{escape(";".join(styles))}"' if styles else ""
    return f'<div class="drawing-label"{style}>{escape(element.text or "", quote=False)}</div>'


def _pixels(size: str) -> str:
    return size + "px" if size.replace(".", "").isdigit() else size


def _is_seen(element: Element, referred: set[str]) -> bool:
    """Return whether an element shows anything, or something that is defined is used."""
    if element.get("display") == "none":
        return False
    if element.tag in _DEFINED - {"defs"}:
        return element.get("id") in referred
    if element.tag in {"g", "defs", "a"}:
        return any(_is_seen(child, referred) for child in element)
    if element.tag == "text":
        return bool("".join(element.itertext()).strip())
    return element.get("width") != "0" or element.tag != "rect"


def _value(name: str, value: str, prefix: str) -> str:
    if name in _NUMERIC:
        return _short(value)
    if name == "href" and value.startswith("#"):
        return f"#{prefix}-{value[1:]}"
    return _REFERENCE.sub(rf"url(#{prefix}-\1)", value) if "url(" in value else value


def _short(value: str) -> str:
    """Return numbers with two digits behind the point."""
    return _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), value)
