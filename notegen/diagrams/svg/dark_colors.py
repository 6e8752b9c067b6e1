"""Colours for light and dark pages: those of the theme become its tokens, all others get a dark counterpart.

The counterpart has the same hue and the opposite lightness, in OKLCH, so that what can be read on a light page can be
read on a dark one: text and what it stands on change places together. Source: Björn Ottosson, "A perceptual color space
for image processing" (2020); CSS Color Module Level 5, "light-dark()".
"""

from collections.abc import Mapping
from functools import lru_cache
from math import hypot
from xml.etree.ElementTree import Element

from notegen.text.patterns import lazy_regex

PAINTS = ("fill", "stroke", "stop-color")
_READABLE, _VISIBLE = 4.5, 3.0  # contrast of text and of lines to the ground. Source: WCAG 2.2, 1.4.3 and 1.4.11
_DARK_GROUND = 0.0044  # luminance of the ground of dark pages
_PALE, _GREY = 0.85, 0.05  # lightness of what stands on strong colours, not on the ground; chroma
_TEXTS = frozenset({"text", "tspan", "use"})  # letters that TeX has set are uses of shapes
_HEX = lazy_regex(r"#([0-9a-fA-F]{3,8})")
_FUNCTION = lazy_regex(r"(rgba?|hsla?)\(([^()]*)\)")
_DARKEST, _LIGHTEST = 0.21, 0.94  # lightness that white and black get on dark pages
_SHORT = 4  # digits of a hexadecimal colour with one digit a channel
_PERCENT = 100

Rgba = tuple[float, float, float, float]  # each from 0 to 1


def adapt_colors(root: Element, tokens: Mapping[str, str]) -> None:
    """Give each colour a plain value as an attribute, and in `style` the one that follows the page. In place.

    `tokens`: names of the theme's custom properties by the colours, `#rrggbb`, that stand for them.
    """
    root.attrib.setdefault("fill", "#000000")  # what shapes and text without a colour have
    lettered = _lettered(root)
    for element in root.iter():
        styles = []
        for name in PAINTS:
            written = element.get(name)
            if written is None:
                continue
            color = parse_color(written)
            if color is None:
                _keep_reference(element, name, written)
                continue
            plain = as_hex(color)
            element.set(name, plain)
            token = tokens.get(plain)
            turned = f"light-dark({plain},{as_hex(dark(color, _least_contrast(element, name, written, lettered)))})"
            styles.append(f"{name}:var({token},{plain})" if token else f"{name}:{turned}")
        if styles:
            element.set("style", ";".join(styles))


def _lettered(root: Element) -> set[Element]:
    """Return the elements that are letters, and the groups that give these their colour."""
    lettered: set[Element] = set()
    for element in reversed(list(root.iter())):  # each behind what it holds
        if element.tag in _TEXTS or (element.tag in {"g", "a"} and any(child in lettered for child in element)):
            lettered.add(element)
    return lettered


def _least_contrast(element: Element, name: str, written: str, lettered: set[Element]) -> float:
    """Return the contrast to the ground of dark pages that what a property paints must have, 1 for none."""
    if name == "fill" and element in lettered:
        return _READABLE
    is_line = name == "stroke" or (name == "fill" and element.get("stroke") == written)  # or the head of one
    return _VISIBLE if is_line else 1


def _keep_reference(element: Element, name: str, written: str) -> None:
    """Keep what is no colour and harmless: none, a gradient of the drawing; the colour of the text for all else."""
    if written in {"none", "transparent"}:
        element.set(name, "none")
    elif not written.startswith("url(#"):
        element.set(name, "currentColor")


@lru_cache(maxsize=4096)
def parse_color(written: str) -> Rgba | None:
    """Return a CSS colour, or None for what is none: `none`, `url(#a)`, `currentColor`."""
    text = written.strip()
    code = _HEX.fullmatch(text)
    if code is not None and len(code[1]) in {3, 4, 6, 8}:
        digits = "".join(2 * digit for digit in code[1]) if len(code[1]) <= _SHORT else code[1]
        values = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
        return values[0], values[1], values[2], values[3] if len(values) > 3 else 1.0  # noqa: PLR2004
    function = _FUNCTION.fullmatch(text)
    if function is not None:
        return _function(function[1], function[2])
    return _named(text.lower()) if text.isalpha() else None


def _function(name: str, arguments: str) -> Rgba | None:
    parts = arguments.replace(",", " ").replace("/", " ").split()
    try:
        numbers = [float(part.rstrip("%").removesuffix("deg")) for part in parts]
    except ValueError:
        return None
    if len(numbers) not in {3, 4}:
        return None
    alpha = numbers[3] / (_PERCENT if parts[3].endswith("%") else 1) if len(numbers) == 4 else 1.0  # noqa: PLR2004
    if name.startswith("hsl"):
        from colorsys import hls_to_rgb

        red, green, blue = hls_to_rgb(numbers[0] % 360 / 360, _unit(numbers[2] / 100), _unit(numbers[1] / 100))
        return red, green, blue, _unit(alpha)
    channels = [_unit(n / (_PERCENT if p.endswith("%") else 255)) for n, p in zip(numbers, parts, strict=True)]
    return channels[0], channels[1], channels[2], _unit(alpha)


def _named(name: str) -> Rgba | None:
    if name in {"none", "transparent", "currentcolor", "inherit", "initial"}:
        return None
    from PIL.ImageColor import colormap

    code = colormap.get(name)
    if isinstance(code, tuple):  # what Pillow has once looked up
        return code[0] / 255, code[1] / 255, code[2] / 255, 1.0
    return parse_color(code) if code else None


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))


def as_hex(color: Rgba) -> str:
    """Return `#rrggbb`, with two more digits where it is not opaque."""
    channels = color[:3] if color[3] >= 1 else color
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in channels)


@lru_cache(maxsize=4096)
def dark(color: Rgba, contrast: float = 1) -> Rgba:
    """Return the counterpart of a colour on dark pages: its hue, the opposite lightness, or what `contrast` takes.

    Pale text and greyish pale lines are on something strong, which turns, too: no contrast to the page is theirs.
    """
    lightness, a, b = _to_oklab(color)
    turned = _DARKEST + (_LIGHTEST - _DARKEST) * (1 - lightness)
    share = 1 + 2 * max(0.0, lightness - 0.5)  # pale grounds would be all but black
    result = _in_gamut(turned, a * share, b * share, color[3])
    if contrast == 1 or (lightness > _PALE and (contrast > _VISIBLE or hypot(a, b) < _GREY)):
        return result
    while _contrast(result) < contrast and turned < 1:
        turned += 0.02
        result = _in_gamut(turned, a, b, color[3])
    return result


def _contrast(color: Rgba) -> float:
    """Return the contrast to the ground of dark pages. Source: WCAG 2.2, "contrast ratio"."""
    red, green, blue = (_linear(channel) for channel in color[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) / (_DARK_GROUND + 0.05)


def _in_gamut(lightness: float, a: float, b: float, alpha: float) -> Rgba:
    """Return a colour in sRGB, as colourful as it can be of what is asked."""
    share = 1.0
    while hypot(a, b) * share > 0.002:  # noqa: PLR2004  less is grey
        channels = _from_oklab(lightness, a * share, b * share)
        if all(-0.001 <= channel <= 1.001 for channel in channels):  # noqa: PLR2004
            break
        share *= 0.94
    red, green, blue = (_unit(channel) for channel in _from_oklab(lightness, a * share, b * share))
    return red, green, blue, alpha


def _to_oklab(color: Rgba) -> tuple[float, float, float]:
    red, green, blue = (_linear(channel) for channel in color[:3])
    cones = (
        0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
        0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
        0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    )
    long, medium, short = (cone ** (1 / 3) for cone in cones)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _curved(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _curved(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _curved(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _curved(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055  # noqa: PLR2004
