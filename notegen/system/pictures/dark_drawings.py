"""Whether an SVG image is drawn in dark ink on light ground, as by hand or a drawing program. Without an XML parser."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from notegen.system.pictures.svg import pixels, sizes_in, svg_size
from notegen.text.patterns import lazy_regex

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
CLEAR = 24  # of 255: the most of what is all but clear
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
    width = sizes_in(attributes).get(b"width", b"")
    return float("inf") if width.endswith(b"%") else pixels(width)


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
    return (red, green, blue) if not alpha or alpha[0] > CLEAR else None
