"""Math fonts for tests: subsets of a font that is known to be one."""

from collections.abc import Iterable
from io import BytesIO

from fontTools.ttLib import TTFont

from notegen.math_font.characters import formula_characters, with_base
from notegen.math_font.font import MathFont, make_font


def subset_font(source: bytes, characters: frozenset[int]) -> MathFont:
    """Return the font `source` with the glyphs of these code points; it must be a math font."""
    font, diagnostics = make_font(source, characters, "fonts/test")
    assert font is not None, diagnostics
    return font


def site_characters(html: Iterable[str]) -> frozenset[int]:
    """Return the code points of the font of a site with these formulas."""
    return with_base(formula_characters(html))


def missing_characters(font: bytes, characters: frozenset[int]) -> frozenset[int]:
    """Return the code points that a font cannot show."""
    return characters.difference(TTFont(BytesIO(font)).getBestCmap())
