"""What is asked of an SVG image: its size from its root element, whether it is drawn in dark ink on light ground.

No XML parser: entities are never expanded, nothing is fetched.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

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
    attributes = {item[1]: item[2] if item[2] is not None else item[3] for item in _ATTRIBUTE.finditer(root[1])}
    width, height = _pixels(attributes.get(b"width", b"")), _pixels(attributes.get(b"height", b""))
    box_width, box_height = _box(attributes.get(b"viewBox", b""))
    if not (width and height) and box_width and box_height:
        ratio = box_width / box_height
        width, height = width or height * ratio or box_width, height or width / ratio or box_height
    return (max(1, round(width)), max(1, round(height))) if width and height else (0, 0)


def _pixels(length: bytes) -> float:
    """Return a length in CSS pixels; 0 where it is missing or a share of what is around the image."""
    number = _LENGTH.fullmatch(length)
    return float(number[1]) * (_PIXELS | _RELATIVE)[number[2] or b""] if number else 0.0


def _box(value: bytes) -> tuple[float, float]:
    """Return width and height of a `viewBox`: the last two of its four numbers."""
    parts = re.split(rb"[\s,]+", value.strip())
    return (_pixels(parts[2]), _pixels(parts[3])) if len(parts) == 4 else (0.0, 0.0)  # noqa: PLR2004


MOST_BYTES = 300_000  # of a drawing whose colours are looked at
_COLOURS = 8  # that are no greys
_TAG = lazy_regex(rb"<(?P<name>[A-Za-z][\w:.-]{0,40}+)(?P<rest>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_PAINT = lazy_regex(rb"(?<![\w-])(?P<name>fill|stroke)\s{0,3}(?::|=\s{0,3}[\"'])\s{0,3}(?P<value>[^;\"'{}<>]{1,60})")
_STYLE = lazy_regex(rb"<style\b[^<>]{0,200}>(?P<css>[^<]*+(?:<!\[CDATA\[[^<]*+)?)")
# What has colours of its own that are not turned, or cannot be told from the text.
_OTHER = lazy_regex(
    rb"color-scheme|light-dark\(|<(?:image|linearGradient|radialGradient|pattern|filter|foreignObject|mask)\b"
)
_CHANNELS = lazy_regex(
    r"rgba?\(\s?(\d{1,3}(?:\.\d{1,9})?)%\s?,\s?(\d{1,3}(?:\.\d{1,9})?)%\s?,\s?(\d{1,3}(?:\.\d{1,9})?)%[^()]*\)"
)
_NOTHING = frozenset({"none", "transparent", "inherit", "initial", "unset"})
_STRONG = (255, 0, 0)
_SHAPES = frozenset({b"path", b"rect", b"circle", b"ellipse", b"line", b"polyline", b"polygon", b"text", b"tspan"})
_WHOLE = 0.9  # of the width of the picture that its own ground has
_DARK, _LIGHT, _TINT, _PALE = 110, 200, 40, 170  # of 255: of greys, the least difference of colours, of pale colours


class _Ink(NamedTuple):
    """How one element is painted: `property` of the element `tag` ("" for a rule of CSS); `wide`: as the ground is."""

    tag: bytes
    property: bytes
    value: str
    wide: bool = False


def is_dark_drawing(data: bytes) -> bool:
    """Return whether an SVG image is a drawing of dark lines and words for light pages, which dark ones may turn.

    Its shapes are grey, pale or not filled, lines and words have few colours; there is dark ink, and none that is light
    or on a dark ground. One with gradients, pictures, or colours that follow the page is none.
    """
    if len(data) > MOST_BYTES or _OTHER.search(data) or svg_size(data[:4096]) is None:
        return False
    inks = list(_inks(data))
    colors = {_color(ink.value) for ink in inks} - {None}
    tints = [color for color in colors if color is not None and max(color) - min(color) > _TINT]
    return len(tints) <= _COLOURS and _has_dark(inks) and not any(map(_is_for_dark_pages, inks))


def _inks(data: bytes) -> Iterator[_Ink]:
    """Yield how the elements are painted; a shape without a colour, in a picture that sets none around it, is black."""
    size = svg_size(data[:4096]) or (0, 0)
    around = False
    for style in _STYLE.finditer(data):
        for paint in _PAINT.finditer(style["css"]):
            yield _Ink(b"", paint["name"], paint["value"].decode("latin-1"))
    for tag in _TAG.finditer(data):
        name = tag["name"].rpartition(b":")[2]
        paints = {paint["name"]: paint["value"].decode("latin-1") for paint in _PAINT.finditer(tag["rest"])}
        around = around or (name in {b"svg", b"g"} and b"fill" in paints) or b"class" in tag["rest"]
        if name in _SHAPES and not around:
            paints.setdefault(b"fill", "#000")
        wide = name == b"rect" and _width(tag["rest"]) >= _WHOLE * size[0]
        yield from (_Ink(name, key, value, wide) for key, value in paints.items())


def _width(attributes: bytes) -> float:
    width = next((item[2] or item[3] or b"" for item in _ATTRIBUTE.finditer(attributes) if item[1] == b"width"), b"")
    return float("inf") if width.endswith(b"%") else _pixels(width)


def _has_dark(inks: list[_Ink]) -> bool:
    return any((color := _color(ink.value)) is not None and _is_grey(color) and max(color) <= _DARK for ink in inks)


def _is_for_dark_pages(ink: _Ink) -> bool:
    """Return whether something is light ink, a dark ground, or filled with a strong colour, as pictures are."""
    color = _color(ink.value)
    if color is None:
        return False
    is_line = ink.property == b"stroke" or ink.tag in {b"text", b"tspan"}
    if is_line:
        return min(color) >= _LIGHT
    if _is_grey(color):
        return (ink.wide and max(color) <= _DARK) or (not ink.tag and min(color) >= _LIGHT)
    return min(color) < _PALE


def _is_grey(color: tuple[int, int, int]) -> bool:
    return max(color) - min(color) <= _TINT


@lru_cache(maxsize=1024)
def _color(value: str) -> tuple[int, int, int] | None:
    """Return a colour; None for `none`, for what is all but clear. What is not understood counts as a strong colour."""
    from PIL.ImageColor import getrgb

    written = value.strip().lower().removesuffix("!important").strip()
    if written.startswith("currentcolor"):
        return 0, 0, 0  # in an image nothing else is around it
    if written in _NOTHING or written.startswith("url("):
        return None
    channels = _CHANNELS.fullmatch(written)
    if channels is not None:  # Cairo has parts of a hundredth
        red, green, blue = (round(2.55 * float(channels[number])) for number in (1, 2, 3))
        return red, green, blue
    try:
        red, green, blue, *alpha = getrgb(written)
    except ValueError:
        return _STRONG
    return (red, green, blue) if not alpha or alpha[0] > 24 else None  # noqa: PLR2004 - as in plots.py
