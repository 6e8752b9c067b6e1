"""An OpenType math font cut down to some characters: fontTools does the cutting, this file says what is kept."""

from io import BytesIO
from typing import Any

from notegen.math_font.accents import mend_accents
from notegen.math_font.glyphs import separate
from notegen.math_font.radical import redraw_radical
from notegen.math_font.stix import enlarge_primes, is_stix, tune
from notegen.math_font.stretch import mend_assemblies, narrow_fences, stretch_twins

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
_NAMES = frozenset({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14})
_ENGLISH = 0x409
_TRANSFORMED = ("glyf", "loca", "hmtx")  # tables that woff2 has a shorter form for


def open_font(source: bytes) -> Any:
    """Return the font as a fontTools TTFont; tables are parsed when they are used, dates stay."""
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(source), lazy=True, recalcTimestamp=False)


def cut_to_woff2(font: Any, characters: frozenset[int]) -> bytes:
    """Return the font with the glyphs of `characters` and their size variants and parts from the MATH table, as woff2.

    The same input gives the same bytes, in every process. The font is mended for what browsers do differently; `font`,
    as `open_font` returns it, is used up.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib.woff2 import WOFF2FlavorData

    prepare(font)
    names = _take_names(font)
    subsetter = Subsetter(Options(hinting=False, layout_features=list(_FEATURES)))
    subsetter.populate(unicodes=characters.union(_SELECTORS))
    subsetter.subset(font)
    font["name"] = names
    mend(font)
    font.recalcBBoxes = False  # which would take each outline apart; the limits of the whole font do no harm
    font.flavor, font.flavorData = "woff2", WOFF2FlavorData(transformedTables=_TRANSFORMED)
    result = BytesIO()
    font.save(result)
    return result.getvalue()


def _take_names(font: Any) -> Any:
    """Take the table `name` out, cut down to the names that stay, in English as the licence is.

    The subsetter would look for names through all other tables, which takes it as long as all else that it does.
    """
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in _NAMES and record.isUnicode()]
    names.names = [record for record in names.names if record.langID == _ENGLISH]
    del font["name"]
    return names


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
    separate(font)
    redraw_radical(font)
    narrow_fences(font)
    mend_accents(font)
