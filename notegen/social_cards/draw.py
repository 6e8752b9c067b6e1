"""A social card drawn by Pillow: title, category, date and the site's name, in the style that the theme gives.

Cards are PNG files of 1200 by 630 pixels, the size that social networks ask for. Lengths are in pixels.
"""

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from notegen.math_font.font import default_font
from notegen.model.theme import CardStyle
from notegen.social_cards.text import CLUSTER, Coverage, Run, lines, runs

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_COLORS = 48  # of the file's palette
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
    loaded: dict[tuple[int, int, str], FreeTypeFont] = {}
    background = _background(style)
    symbols = default_font()

    def load(number: int, size: int, language: str) -> "FreeTypeFont":
        key = (number, size, language if number == 0 else "")
        if key not in loaded:
            loaded[key] = _load(fonts.location, symbols, number, size, language)
        return loaded[key]

    def make(card: Card) -> bytes:
        from PIL.Image import Dither, Quantize
        from PIL.ImageDraw import Draw

        image = background.copy()
        writer = _Writer(Draw(image), (fonts.text, fonts.math), lambda number, size: load(number, size, card.language))
        _write(card, style, writer)
        data = BytesIO()
        few = image.quantize(_COLORS, method=Quantize.FASTOCTREE, dither=Dither.NONE)
        few.save(data, "PNG", compress_level=6)
        return data.getvalue()

    return make


class _Writer:
    """Writes text with whichever font has each letter. `font(number, size)` returns a font at a size in pixels."""

    def __init__(
        self, draw: "ImageDraw", fonts: Sequence[Coverage], font: "Callable[[int, int], FreeTypeFont]"
    ) -> None:
        self._draw = draw
        self._fonts = fonts
        self._font = font

    def width(self, text: str, size: int) -> float:
        """Return the width of a text."""
        return sum(self._font_of(part, size).getlength(part.text) for part in runs(text, self._fonts))

    def text(self, x: float, y: float, text: str, size: int, color: str) -> float:
        """Write a text with its baseline at `y`; return where it ends."""
        for part in runs(text, self._fonts):
            font = self._font_of(part, size)
            lift = part.raised * size * (0.36 if part.raised > 0 else 0.16)
            self._draw.text((x, y - lift), part.text, font=font, fill=color, anchor="ls")
            x += font.getlength(part.text)
        return x

    def _font_of(self, part: Run, size: int) -> "FreeTypeFont":
        return self._font(max(part.font, 0), round(size * 0.62) if part.raised else size)

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


def _background(style: CardStyle) -> "Image":
    """Return what all cards share: stars, always the same ones, a line, and the theme's mark."""
    from PIL import Image
    from PIL.ImageDraw import Draw

    image = Image.new("RGB", (WIDTH, HEIGHT), style.background)
    draw = Draw(image)
    import random

    dice = random.Random(2024)  # noqa: S311 (stars, not secrets)
    for _ in range(style.stars):
        x, y, light = dice.randrange(WIDTH), dice.randrange(HEIGHT), dice.choice(_STAR_COLORS)
        radius = 2 if light == _STAR_COLORS[-1] else 1
        draw.ellipse((x, y, x + radius, y + radius), fill=(light, light + 6, light + 16))
    right = WIDTH - style.margin
    if style.line_y:
        draw.line((style.margin, style.line_y, right, style.line_y), fill=style.line_color, width=2)
    if style.mark:
        start = right - style.mark_step * (len(style.mark) - 1)
        points = [(start + style.mark_step * at, style.mark_y - height) for at, height in enumerate(style.mark)]
        draw.line(points, fill=style.accent_color, width=4, joint="curve")
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
