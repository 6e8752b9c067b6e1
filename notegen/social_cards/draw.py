"""A social card drawn: title, category, date and the site's name on the theme's night sky, 1200 by 630 pixels."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

import msgspec

from notegen.math_font.font import default_font
from notegen.social_cards.text import CLUSTER, Coverage, Run, lines, runs

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
EDGE = 84  # pixels between text and border
_SKY, _INK, _SOFT, _ACCENT, _LINE = "#0b0e14", "#f2f4f7", "#949eae", "#f2b25c", "#232a36"
_SIZES = ((76, 3), (64, 4), (52, 5))  # of the title, with the lines that fit
_WAVE = (0, 0, 0, 5, -9, 16, -26, 30, -24, 14, -7, 4, 0, 0, 0)  # the theme's mark: a signal arriving
_STARS = 150
_COLOURS = 48


class Card(msgspec.Struct, frozen=True):
    """What a card says. `language` chooses among the fonts of a collection."""

    title: str
    kicker: str = ""
    date: str = ""
    site: str = ""
    language: str = "zh-CN"


class CardFonts(msgspec.Struct, frozen=True):
    """The fonts of cards: a file, what is in it, and what is in the math font that stands in for it."""

    location: str
    own: Coverage
    math: Coverage


def card_maker(fonts: CardFonts) -> Callable[[Card], bytes]:
    """Return the function that makes the PNG file of a card."""
    pens: dict[tuple[int, int, str], FreeTypeFont] = {}
    sky = _sky()
    symbols = default_font()

    def pen(number: int, size: int, language: str) -> "FreeTypeFont":
        key = (number, size, language if number == 0 else "")
        if key not in pens:
            pens[key] = _load(fonts.location, symbols, number, size, language)
        return pens[key]

    def make(card: Card) -> bytes:
        from PIL.Image import Dither, Quantize
        from PIL.ImageDraw import Draw

        image = sky.copy()
        brush = _Brush(Draw(image), (fonts.own, fonts.math), lambda number, size: pen(number, size, card.language))
        _write(card, brush)
        data = BytesIO()
        few = image.quantize(_COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE)
        few.save(data, "PNG", compress_level=6)
        return data.getvalue()

    return make


class _Brush:
    """Writes text with whichever font has each letter."""

    def __init__(self, draw: "ImageDraw", fonts: Sequence[Coverage], pen: "Callable[[int, int], FreeTypeFont]") -> None:
        self.draw = draw
        self._fonts = fonts
        self._pen = pen

    def width(self, text: str, size: int) -> float:
        """Return the width of a text in pixels."""
        return sum(self._pen_of(part, size).getlength(part.text) for part in runs(text, self._fonts))

    def text(self, x: float, y: float, text: str, size: int, colour: str) -> float:
        """Write a text with its baseline at `y`; return where it ends."""
        for part in runs(text, self._fonts):
            pen = self._pen_of(part, size)
            lift = part.raised * size * (0.36 if part.raised > 0 else 0.16)
            self.draw.text((x, y - lift), part.text, font=pen, fill=colour, anchor="ls")
            x += pen.getlength(part.text)
        return x

    def _pen_of(self, part: Run, size: int) -> "FreeTypeFont":
        return self._pen(max(part.font, 0), round(size * 0.62) if part.raised else size)

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


def _write(card: Card, brush: _Brush) -> None:
    """Write a card: its kicker above, the title in the middle, site and date below."""
    room = WIDTH - 2 * EDGE
    if card.kicker:
        x = float(EDGE)
        for letter in brush.cut(card.kicker, 28, room - 260):
            x = brush.text(x, 122, letter, 28, _ACCENT) + 3
    size, title = _fitted(card.title, room, brush)
    leading = round(size * 1.34)
    top = 330 - (len(title) - 1) * leading / 2 + size * 0.36
    for number, line in enumerate(title):
        brush.text(EDGE, top + number * leading, line, size, _INK)
    end = WIDTH - EDGE - brush.width(card.date, 28)
    brush.text(end, 556, card.date, 28, _SOFT)
    brush.text(EDGE, 556, brush.cut(card.site, 28, end - EDGE - 40), 28, _SOFT)


def _fitted(title: str, room: float, brush: _Brush) -> tuple[int, list[str]]:
    """Return the size and the lines of a title: as large as fits, cut where even the smallest size does not."""
    for size, most in _SIZES:
        found = lines(title, room, partial(brush.width, size=size))
        if len(found) <= most:
            return size, found
    return size, [*found[: most - 1], brush.cut(" ".join(found[most - 1 :]), size, room)]


def _sky() -> "Image":
    """Return the background: stars, always the same ones, a line, and the theme's mark."""
    from PIL import Image
    from PIL.ImageDraw import Draw

    image = Image.new("RGB", (WIDTH, HEIGHT), _SKY)
    draw = Draw(image)
    dice = random.Random(2024)  # noqa: S311 (stars, not secrets)
    for _ in range(_STARS):
        x, y, light = dice.randrange(WIDTH), dice.randrange(HEIGHT), dice.choice((40, 60, 90, 140))
        radius = 1 if light < 140 else 2  # noqa: PLR2004 (the brightest)
        draw.ellipse((x, y, x + radius, y + radius), fill=(light, light + 6, light + 16))
    draw.line((EDGE, 500, WIDTH - EDGE, 500), fill=_LINE, width=2)
    step = 11
    start = WIDTH - EDGE - step * (len(_WAVE) - 1)
    wave = [(start + step * at, 112 - height) for at, height in enumerate(_WAVE)]
    draw.line(wave, fill=_ACCENT, width=4, joint="curve")
    return image


def _load(location: str, symbols: bytes, number: int, size: int, language: str) -> "FreeTypeFont":
    """Return a font at a size in pixels; of a collection, the one whose letters the language has."""
    from PIL import ImageFont

    if number:
        return ImageFont.truetype(BytesIO(symbols), size)
    wanted = _region(language)
    found = ImageFont.truetype(location, size)
    for index in range(1, 12):
        if (found.getname()[0] or "").endswith(wanted):
            return found
        try:
            found = ImageFont.truetype(location, size, index=index)
        except OSError:
            break
    return ImageFont.truetype(location, size)


def _region(language: str) -> str:
    """Return how families of pan-Chinese fonts end their names for a language."""
    tag = language.lower()
    if tag.startswith(("zh-tw", "zh-hant", "zh-hk", "zh-mo")):
        return " TC"
    return {"ja": " JP", "ko": " KR"}.get(tag[:2], " SC")
