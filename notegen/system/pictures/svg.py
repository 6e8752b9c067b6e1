"""The size of an SVG image from its root element. No XML parser: entities are never expanded, nothing is fetched."""

import re

from notegen.text.patterns import lazy_regex

# What may stand before the root element, tried once at each place; alternatives start with different characters.
_BEFORE = lazy_regex(
    rb"\xef\xbb\xbf|\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", re.DOTALL | re.IGNORECASE
)
_ROOT = lazy_regex(rb"""<(?:[A-Za-z_][\w.-]*:)?svg\b((?:[^<>"']|"[^"]*"|'[^']*')*)""")
_ATTRIBUTE = lazy_regex(rb"""(?<![^\s])(width|height|viewBox)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LENGTH = lazy_regex(rb"\s*\+?([0-9]{1,7}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(px|pt|pc|mm|cm|in|em|ex)?\s*")
_PIXELS = {b"": 1.0, b"px": 1.0, b"pt": 4 / 3, b"pc": 16.0, b"mm": 96 / 25.4, b"cm": 96 / 2.54, b"in": 96.0}
_RELATIVE = {b"em": 16.0, b"ex": 8.0}


def svg_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height in CSS pixels, (0, 0) when the image has no size of its own; None: no SVG image.

    `data`: the file's first bytes, in UTF-8. A missing length follows from the other one and the proportions of
    `viewBox`, as browsers do it; a number of more than seven digits counts as missing.
    """
    at = 0
    while before := _BEFORE.match(data, at):
        at = before.end()
    root = _ROOT.match(data, at)
    if root is None:
        return None
    attributes = sizes_in(root[1])
    width, height = pixels(attributes.get(b"width", b"")), pixels(attributes.get(b"height", b""))
    box_width, box_height = _box(attributes.get(b"viewBox", b""))
    if not (width and height) and box_width and box_height:
        ratio = box_width / box_height
        width, height = width or height * ratio or box_width, height or width / ratio or box_height
    return (max(1, round(width)), max(1, round(height))) if width and height else (0, 0)


def sizes_in(attributes: bytes) -> dict[bytes, bytes]:
    """Return `width`, `height` and `viewBox` among the attributes of an element, as they are written."""
    return {item[1]: item[2] if item[2] is not None else item[3] for item in _ATTRIBUTE.finditer(attributes)}


def pixels(length: bytes) -> float:
    """Return a length in CSS pixels; 0 where it is missing or a share of what is around the image."""
    number = _LENGTH.fullmatch(length)
    return float(number[1]) * (_PIXELS | _RELATIVE)[number[2] or b""] if number else 0.0


def _box(value: bytes) -> tuple[float, float]:
    """Return width and height of a `viewBox`: the last two of its four numbers."""
    parts = re.split(rb"[\s,]+", value.strip())
    return (pixels(parts[2]), pixels(parts[3])) if len(parts) == 4 else (0.0, 0.0)  # noqa: PLR2004
