"""SVG text to elements that are harmless: only what draws stays, no script, no style sheet's text, no foreign file."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, XMLParser

from notegen.text.patterns import lazy_regex

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_TEXTS = frozenset({"text", "tspan"})
_DEFINED = frozenset({"linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "symbol", "marker"})
_KEPT = SHAPES | _TEXTS | _DEFINED | {"svg", "g", "defs", "use", "a", "title", "desc", "style"}
_GEOMETRY = (
    "x y x1 y1 x2 y2 cx cy r rx ry d points width height transform viewBox dx dy rotate textLength lengthAdjust offset"
    " gradientUnits gradientTransform spreadMethod fx fy clipPathUnits maskUnits patternUnits patternTransform"
    " patternContentUnits preserveAspectRatio refX refY markerWidth markerHeight markerUnits orient"
)
# Properties of CSS that SVG has as attributes, too.
_PROPERTIES = (
    "fill stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "
    "opacity fill-opacity stroke-opacity fill-rule clip-rule clip-path mask font-size "
    "font-weight font-style text-anchor dominant-baseline display visibility text-decoration letter-spacing "
    "paint-order stop-color transform transform-origin stop-opacity marker-start marker-mid marker-end "
    "baseline-shift"
)
PROPERTIES = frozenset(_PROPERTIES.split())
_ATTRIBUTES = PROPERTIES | frozenset(_GEOMETRY.split()) | {"id", "class", "style", "href"}
_ADDRESS = lazy_regex(r"(?:https?://|mailto:)[^\s\"'<>]+", flags=re.IGNORECASE)
_LOCAL = lazy_regex(r"(?!//)[^\s\"'<>:\\#]*+(?:#[^\s\"'<>\\]*+)?")  # of a note, or a place in this one
_HARMFUL = lazy_regex(r"url\(\s*(?![\"']?#)|expression\(|javascript:|@import|\\", flags=re.IGNORECASE)
MOST_ELEMENTS = 20_000


class SvgError(ValueError):
    """What a program has drawn is no SVG, or more than a page can hold; the message says which."""


def read_svg(text: str) -> Element:
    """Return the root of an SVG, whose elements and attributes are those of a list; names are without namespaces.

    `data-` attributes and classes stay, for the cascade; links stay where they lead to a site or a note.
    Raises SvgError.
    """
    start = text.find("<svg")
    if start < 0 or "<!ENTITY" in text:
        raise SvgError("it is no SVG")
    parser = XMLParser()  # noqa: S314 - behind the document type, without entities of its own
    try:
        parser.feed(text[start:])
        root = parser.close()
    except ParseError as error:
        raise SvgError(f"it is no SVG: {error}") from error
    _clean(root)
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise SvgError(f"it has more than {MOST_ELEMENTS} elements")
    return root


def _clean(root: Element) -> None:
    pending = [root]
    while pending:
        element = pending.pop()
        element.tag = _bare(element.tag)
        element.attrib = dict(_attributes(element))
        for child in list(element):
            if isinstance(child.tag, str) and _bare(child.tag) in _KEPT:
                pending.append(child)
            else:
                _remove(element, child)


def _remove(parent: Element, child: Element) -> None:
    """Take a child out; the text behind it stays."""
    index = list(parent).index(child)
    if child.tail and child.tail.strip():
        if index:
            parent[index - 1].tail = (parent[index - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        bare = _bare(name)
        kept = bare in _ATTRIBUTES or bare.startswith("data-")
        if not kept or (_is_more_than_numbers(value) and _HARMFUL.search(value)):
            continue
        if bare != "href" or (element.tag == "use" and value.startswith("#")) or _is_link(element, value):
            yield bare, value


def _is_more_than_numbers(value: str) -> bool:
    """Return whether a value may be harmful: cheaper than to look for what is, most values being long paths."""
    return "(" in value or ":" in value or "@" in value or "\\" in value


def _is_link(element: Element, value: str) -> bool:
    return element.tag == "a" and (_ADDRESS.fullmatch(value) or _LOCAL.fullmatch(value)) is not None


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def parents_of(root: Element) -> dict[Element, Element]:
    """Return the parent of each element but the root."""
    return {child: parent for parent in root.iter() for child in parent}
