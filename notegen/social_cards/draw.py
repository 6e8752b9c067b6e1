"""A social card drawn by Pillow: title, category, date and the site's name, in the style that the theme gives.

Cards are PNG files of 1200 by 630 pixels, the size that social networks ask for. Lengths are in pixels.
"""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from notegen.math_font.font import default_font
from notegen.model.theme import CardStyle
from notegen.social_cards.png import BAND, FILTER, compressed, encode, ramp
from notegen.social_cards.text import CLUSTER, WORD, Coverage, Run, lines, runs

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_GROUND, _LINE, _MARK, _STARS = 0, 1, 2, 3  # indices of the palette
_SHADES = 15  # of each colour of letters
_TONES = [round(grey * _SHADES / 255) for grey in range(256)]  # of drawn letters: 0 is not seen, n the n-th shade
_SEEN = bytes(255 if tone else 0 for tone in _TONES)
_MOST_WORDS = 2000  # that are kept as pictures
_LETTER_SPACING = 3  # of the category
_BESIDE_MARK = 106  # between the category and the mark
_BESIDE_DATE = 40  # between the site's name and the date
_LEADING = 1.34  # from line to line of the title, in its size
_STAR_COLORS = (40, 60, 90, 140)  # the last are larger


class Card(msgspec.Struct, frozen=True):
    """What a card says, in plain text. `language` (a BCP 47 tag) chooses among the fonts of a collection."""

    title: str
    category: str = ""
    date: str = ""
    site: str = ""
    language: str = "zh-CN"


class CardFonts(msgspec.Struct, frozen=True):
    """The fonts of cards: a file on the disk, what is in it, and what is in the math font that stands in for it."""

    location: str
    text: Coverage
    math: Coverage


def card_maker(fonts: CardFonts, style: CardStyle) -> Callable[[Card], bytes]:
    """Return the function that makes the PNG file of a card."""
    colors = _Colors(style)
    canvas = _background(style, colors)
    background = compressed(canvas, colors.palette)
    letters: dict[str, _Letters] = {}

    def make(card: Card) -> bytes:
        if card.language not in letters:
            letters[card.language] = _Letters(fonts, colors, card.language)
        writer = _Writer(canvas.copy(), letters[card.language])
        _write(card, style, writer)
        return encode(writer.canvas, background, writer.bands)

    return make


class _Colors:
    """The palette of cards: ground, line, stars, mark, and the shades of each colour of letters on the ground."""

    def __init__(self, style: CardStyle) -> None:
        from PIL.ImageColor import getrgb

        ground = getrgb(style.background)[:3]
        stars = [(light, light + 6, light + 16) for light in _STAR_COLORS]
        shapes = [ground, getrgb(style.line_color)[:3], getrgb(style.accent_color)[:3], *stars]
        self.stars = {light: _STARS + number for number, light in enumerate(_STAR_COLORS)}
        texts = dict.fromkeys((style.title_color, style.text_color, style.accent_color))
        self.first = {color: len(shapes) + number * _SHADES for number, color in enumerate(texts)}
        shades = [ramp(ground, getrgb(color)[:3], _SHADES) for color in texts]
        self.palette = b"".join((*map(bytes, shapes), *shades))


class _Letters:
    """Words as pictures, in a language, each drawn once: titles are made of the same ones."""

    def __init__(self, fonts: CardFonts, colors: _Colors, language: str) -> None:
        self._files = fonts
        self._coverage = (fonts.text, fonts.math)
        self._shades = {
            color: bytes(first + max(tone - 1, 0) for tone in _TONES) for color, first in colors.first.items()
        }
        self._language = language
        self._fonts: dict[tuple[int, int], FreeTypeFont] = {}
        self._runs: dict[str, tuple[Run, ...]] = {}
        self._widths: dict[tuple[str, int], float] = {}
        self._pictures: dict[tuple[str, int, str], tuple[_Picture, ...]] = {}

    def width(self, word: str, size: int) -> float:
        """Return the width of a word."""
        width = self._widths.get((word, size))
        if width is None:
            width = sum(self._font_of(part, size).getlength(part.text) for part in self._runs_of(word))
            _keep(self._widths, (word, size), width)
        return width

    def pictures(self, word: str, size: int, color: str) -> "tuple[_Picture, ...]":
        """Return the pictures of a word."""
        pictures = self._pictures.get((word, size, color))
        if pictures is None:
            pictures = tuple(self._draw(word, size, self._shades[color]))
            _keep(self._pictures, (word, size, color), pictures)
        return pictures

    def _draw(self, word: str, size: int, shades: bytes) -> "Iterator[_Picture]":
        from PIL import Image

        parts = self._runs_of(word)
        lengths = (self._font_of(part, size).getlength(part.text) for part in parts[:-1])
        for part, x in zip(parts, accumulate(lengths, initial=0.0), strict=False):
            font = self._font_of(part, size)
            lift = part.raised * size * (0.36 if part.raised > 0 else 0.16)
            mask, (left, top) = font.getmask2(part.text, "L", anchor="ls")  # as ImageDraw.text does, and no box before
            if all(mask.size):
                ink = Image.new("L", mask.size)
                ink.im.paste(mask, (0, 0, *mask.size))
                grey = ink.tobytes()  # which is translated ten times as fast as Pillow maps points
                indices = Image.frombytes("L", ink.size, grey.translate(shades))
                seen = Image.frombytes("L", ink.size, grey.translate(_SEEN))
                yield _Picture(indices, seen, round(x + left), round(top - lift))

    def _runs_of(self, word: str) -> tuple[Run, ...]:
        parts = self._runs.get(word)
        if parts is None:
            parts = tuple(runs(word, self._coverage))
            _keep(self._runs, word, parts)
        return parts

    def _font_of(self, part: Run, size: int) -> "FreeTypeFont":
        key = max(part.font, 0), round(size * 0.62) if part.raised else size
        if key not in self._fonts:
            self._fonts[key] = _load(self._files.location, default_font(), *key, self._language)
        return self._fonts[key]


class _Picture(NamedTuple):
    """A piece of text: palette indices, where they are seen, and its place from where the text begins on its line."""

    indices: "Image"
    seen: "Image"
    x: int
    y: int


class _Writer:
    """Writes text on a canvas; `bands` are those that it touched."""

    def __init__(self, canvas: "Image", letters: _Letters) -> None:
        self.canvas = canvas
        self.bands: set[int] = set()
        self._letters = letters

    def width(self, text: str, size: int) -> float:
        """Return the width of a text."""
        return sum(self._letters.width(word, size) for word in WORD.findall(text))

    def text(self, x: float, y: float, text: str, size: int, color: str) -> float:
        """Write a text with its baseline at `y`; return where it ends."""
        for word in WORD.findall(text):
            for picture in self._letters.pictures(word, size, color):
                left, top = round(x) + picture.x + FILTER, round(y) + picture.y
                self.canvas.paste(picture.indices, (left, top), picture.seen)
                rows = range(max(top, 0), min(top + picture.indices.height, HEIGHT))
                self.bands.update(range(rows.start // BAND, (rows.stop - 1) // BAND + 1) if rows else ())
            x += self._letters.width(word, size)
        return x

    def cut(self, text: str, size: int, width: float) -> str:
        """Return a text that fits, with an ellipsis where it is cut."""
        if self.width(text, size) <= width:
            return text
        room, kept = width - self.width("…", size), ""
        for cluster in CLUSTER.findall(text):
            room -= self.width(cluster, size)
            if room < 0:
                break
            kept += cluster
        return kept.rstrip() + "…"


def _keep(values: dict[Any, Any], key: Any, value: Any) -> None:
    """Keep a value; where there are many, begin anew: a picture takes some 10 KB."""
    if len(values) >= _MOST_WORDS:
        values.clear()
    values[key] = value


def _write(card: Card, style: CardStyle, writer: _Writer) -> None:
    """Write a card: its category above, the title in the middle, site and date below."""
    left, width, small = style.margin, WIDTH - 2 * style.margin, style.text_size
    if card.category:
        x = float(left)
        mark = style.mark_step * (len(style.mark) - 1) + _BESIDE_MARK if style.mark else 0
        for letter in writer.cut(card.category, small, width - mark):
            x = writer.text(x, style.category_y, letter, small, style.accent_color) + _LETTER_SPACING
    size, title = _fitted(card.title, width, style, writer)
    leading = round(size * _LEADING)
    top = style.title_y - (len(title) - 1) * leading / 2 + size * 0.36
    for number, line in enumerate(title):
        writer.text(left, top + number * leading, line, size, style.title_color)
    end = WIDTH - left - writer.width(card.date, small)
    writer.text(end, style.footer_y, card.date, small, style.text_color)
    site = writer.cut(card.site, small, end - left - _BESIDE_DATE)
    writer.text(left, style.footer_y, site, small, style.text_color)


def _fitted(title: str, width: float, style: CardStyle, writer: _Writer) -> tuple[int, list[str]]:
    """Return the size and the lines of a title: as large as fits, cut where even the smallest size does not."""
    for size, most in style.title_sizes:
        broken = lines(title, width, partial(writer.width, size=size))
        if len(broken) <= most:
            return size, broken
    return size, [*broken[: most - 1], writer.cut(" ".join(broken[most - 1 :]), size, width)]


def _background(style: CardStyle, colors: _Colors) -> "Image":
    """Return what all cards share: stars, always the same ones, a line, and the theme's mark."""
    from PIL import Image
    from PIL.ImageDraw import Draw

    image = Image.new("L", (FILTER + WIDTH, HEIGHT), _GROUND)
    draw = Draw(image)
    import random

    dice = random.Random(2024)  # noqa: S311 (stars, not secrets)
    for _ in range(style.stars):
        x, y, light = dice.randrange(WIDTH) + FILTER, dice.randrange(HEIGHT), dice.choice(_STAR_COLORS)
        radius = 2 if light == _STAR_COLORS[-1] else 1
        draw.ellipse((x, y, x + radius, y + radius), fill=colors.stars[light])
    left, right = style.margin + FILTER, WIDTH - style.margin + FILTER
    if style.line_y:
        draw.line((left, style.line_y, right, style.line_y), fill=_LINE, width=2)
    if style.mark:
        start = right - style.mark_step * (len(style.mark) - 1)
        points = [(start + style.mark_step * at, style.mark_y - height) for at, height in enumerate(style.mark)]
        draw.line(points, fill=_MARK, width=4, joint="curve")
    return image


def _load(location: str, symbols: bytes, number: int, size: int, language: str) -> "FreeTypeFont":
    """Return a font at a size in pixels; of a collection, the one whose letters the language has."""
    from PIL import ImageFont

    if number:
        return ImageFont.truetype(BytesIO(symbols), size)
    region = _region(language)
    font = ImageFont.truetype(location, size)
    for index in range(1, 12):
        if (font.getname()[0] or "").endswith(region):
            return font
        try:
            font = ImageFont.truetype(location, size, index=index)
        except OSError:
            break
    return ImageFont.truetype(location, size)


def _region(language: str) -> str:
    """Return how families of pan-Chinese fonts end their names for a language."""
    tag = language.lower()
    if tag.startswith(("zh-tw", "zh-hant", "zh-hk", "zh-mo")):
        return " TC"
    return {"ja": " JP", "ko": " KR"}.get(tag[:2], " SC")
