"""An SVG image without what could run or reach out: scripts, handlers, HTML, addresses elsewhere.

A list of what may stay, over Expat's events: elements and attributes keep their names and order. A text with a
document type that declares entities is no image.
"""

import re
from html import escape

from notegen.text.patterns import lazy_regex

_NAMES = """
svg g defs symbol use title desc style path rect circle ellipse line polyline polygon text tspan textPath image a marker
pattern mask clipPath linearGradient radialGradient stop filter feBlend feColorMatrix feComponentTransfer feComposite
feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
feTurbulence switch view
"""
_ELEMENTS = frozenset(_NAMES.split())
PICTURE_ADDRESS = lazy_regex(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*+")
_REACHES = lazy_regex(r"@import|expression\s*\(|url\(\s*[\"']?\s*(?!#)|image-set|javascript:", re.IGNORECASE)
_ESCAPE = lazy_regex(r"\\")
MAX_DEPTH = 200  # elements in elements


class _NotSvgError(Exception):
    """The text is no SVG image."""


def clean_svg(text: str) -> bytes | None:
    """Return an image that does nothing but show, as UTF-8; None where the text is no SVG image. Linear in time."""
    from xml.parsers import expat

    writer = _Writer()
    parser = expat.ParserCreate("utf-8")
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.EntityDeclHandler = writer.entity
    try:
        parser.Parse(text.lstrip().encode("utf-8", "replace"), True)
    except (expat.ExpatError, _NotSvgError):
        return None
    return "".join(writer.parts).encode()


class _Writer:
    """Writes what may stay; `parts` are the pieces of the result."""

    def __init__(self) -> None:
        self.parts = ['<?xml version="1.0" encoding="utf-8"?>\n']
        self._depth = 0
        self._dropped = 0  # elements that are open inside one that is left out, itself included
        self._style: list[str] | None = None

    def start(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition(":")[2]
        self._depth += 1
        if (self._depth == 1 and local != "svg") or self._depth > MAX_DEPTH:
            raise _NotSvgError
        if self._dropped or local not in _ELEMENTS:
            self._dropped += 1
            return
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        kept = "".join(f' {key}="{_escaped(value)}"' for key, value in pairs if _may_stay(local, key, value))
        self.parts.append(f"<{name}{kept}>")
        self._style = [] if local == "style" else None

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._dropped:
            self._dropped -= 1
            return
        if self._style is not None:
            style = "".join(self._style)
            self.parts.append("" if _reaches_out(style) else escape(style, quote=False))
            self._style = None
        self.parts.append(f"</{name}>")

    def text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)
        elif not self._dropped:
            self.parts.append(escape(text, quote=False))

    def entity(self, *_declaration: object) -> None:
        raise _NotSvgError


def _escaped(value: str) -> str:
    """Return the value of an attribute as XML, whose line ends would else become spaces."""
    return escape(value).replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def _may_stay(element: str, key: str, value: str) -> bool:
    """Return whether an attribute does nothing but describe what is shown."""
    name = key.rpartition(":")[2].lower()
    if key.startswith("xmlns"):
        return True
    if name.startswith("on") or name in {"base", "src", "ping", "attributename"}:
        return False
    if name == "href":
        address = value.strip()
        if element == "a":
            return address.startswith(("https://", "http://", "#"))
        return address.startswith("#") or (element == "image" and PICTURE_ADDRESS.fullmatch(address) is not None)
    return not _reaches_out(value)


def _reaches_out(style: str) -> bool:
    """Return whether a style, or a value that may be one, names an address elsewhere, or hides what it names."""
    if "(" not in style and "@" not in style and "\\" not in style and ":" not in style:
        return False
    return _REACHES.search(style) is not None or _ESCAPE.search(style) is not None
