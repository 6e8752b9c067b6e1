"""An OpenType math font cut down to some characters: fontTools does the cutting, this file says what is kept."""

from io import BytesIO
from typing import Any

from notegen.math.font_accents import mend_accents
from notegen.math.font_radical import redraw_radical
from notegen.math.font_stix import enlarge_primes, is_stix, tune
from notegen.math.font_stretch import mend_assemblies, narrow_fences, stretch_twins

# Tables that stay. Hints and variations go, and so do substitutions: browsers set formulas without them, and `ssty` and
# its like name glyphs that nobody asked for. Of GPOS only kerning stays, for `softmax` and other names.
_TABLES = frozenset(
    {
        *("GlyphOrder", "head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "name", "post", "gasp"),
        *("loca", "glyf", "CFF ", "CFF2"),
        *("MATH", "GDEF", "GPOS"),
    }
)
_FEATURES = ("kern",)
_SELECTORS = range(0xFE00, 0xFE10)  # keep the variants of the characters that have some: `\emptyset` is U+2205 U+FE00
# Copyright, names, version, trademark, makers, licence and its address: the Open Font License asks that they stay.
_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14)


def open_font(source: bytes) -> Any:
    """Return the font as a fontTools TTFont; tables are parsed when they are used, dates stay."""
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(source), lazy=True, recalcTimestamp=False)


def subset_to_woff2(source: bytes, characters: frozenset[int]) -> bytes:
    """Return the font with the glyphs of `characters` and their size variants and parts from the MATH table, as woff2.

    The same input gives the same bytes, in every process. The font is mended for what browsers do differently.
    """
    from fontTools.subset import Options, Subsetter

    font = open_font(source)
    prepare(font)
    subsetter = Subsetter(Options(hinting=False, name_IDs=list(_NAMES), layout_features=list(_FEATURES)))
    subsetter.populate(unicodes=characters.union(_SELECTORS))
    subsetter.subset(font)
    mend(font)
    font.flavor = "woff2"
    result = BytesIO()
    font.save(result)
    return result.getvalue()


def prepare(font: Any) -> None:
    """Mend what decides which glyphs are needed, and take out the tables that go."""
    enlarge_primes(font)
    mend_assemblies(font)
    stretch_twins(font)
    if is_stix(font):
        tune(font)
    for tag in sorted(set(font.keys()) - _TABLES):
        del font[tag]


def mend(font: Any) -> None:
    """Mend the glyphs that browsers place or stretch in their own way."""
    redraw_radical(font)
    narrow_fences(font)
    mend_accents(font)
