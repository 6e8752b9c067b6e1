"""What the math font does differently for browsers: roots, fences, long arrows and lines, wide accents, primes."""

from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.otlLib.builder import buildMathTable
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from notegen.math_font.font import default_font
from notegen.math_font.stretch import constructions, glyphs_of
from tests.support.cases import all_cases
from tests.support.fonts import site_characters, subset_font

FENCES = "()[]{}⌈⌉⌊⌋⟨⟩"


@cache
def mended() -> Any:
    """Return the subset that an ordinary site gets, with some signs that are not in the base."""
    characters = site_characters([]) | frozenset(map(ord, FENCES + "‖⎴⎵⏞⏟⇔"))
    return TTFont(BytesIO(subset_font(default_font(), characters).data))


@cache
def original() -> Any:
    """Return STIX Two Math as it comes."""
    return TTFont(BytesIO(default_font()))


def construction(font: Any, char: str, *, upright: bool) -> Any:
    """Return the ways a character stretches."""
    return dict(constructions(font, upright=upright))[font.getBestCmap()[ord(char)]]


def bounds(font: Any, glyph: str) -> tuple[int, int, int, int]:
    """Return left, bottom, right and top of an outline."""
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    left, bottom, right, top = map(round, pen.bounds)
    return left, bottom, right, top


@pytest.mark.slow
def test_all_forms_of_the_root_are_equally_wide_and_end_where_the_bar_begins() -> None:
    """Chromium reserves the width of the widest form, and starts the bar at the advance of the one it takes."""
    root = construction(mended(), "√", upright=True)
    forms = [record.VariantGlyph for record in root.MathGlyphVariantRecord]
    assert len(forms) >= 6
    assert len({mended()["hmtx"][name][0] for name in glyphs_of(root)}) == 1
    for name in forms:
        advance = mended()["hmtx"][name][0]
        assert advance < bounds(mended(), name)[2] < advance + 60, "the thin stroke reaches under the bar, no further"


def test_forms_of_the_root_grow_and_are_as_high_as_the_table_says() -> None:
    records = construction(mended(), "√", upright=True).MathGlyphVariantRecord
    heights = [
        bounds(mended(), record.VariantGlyph)[3] - bounds(mended(), record.VariantGlyph)[1] for record in records
    ]
    assert heights == sorted(set(heights))
    assert [record.AdvanceMeasurement for record in records] == [height + 1 for height in heights]
    steps = [higher / lower for lower, higher in pairwise(heights)]
    assert max(steps) < 1.4, "a root is at most four tenths higher than it need be"


@all_cases("char", FENCES)
def test_tall_fences_are_hardly_wider_than_plain_ones(char: str) -> None:
    r"""Around a `\left(` that need not grow stands the room of the widest form."""
    plain = mended()["hmtx"][mended().getBestCmap()[ord(char)]][0]
    assert plain == original()["hmtx"][original().getBestCmap()[ord(char)]][0]
    widths = [mended()["hmtx"][name][0] for name in glyphs_of(construction(mended(), char, upright=True))]
    assert max(widths) <= round(1.35 * plain)


@all_cases(("char", "upright"), [("→", False), ("↔", False), ("‖", True), ("|", True), ("⎵", False)])
def test_parts_overlap_their_neighbours(char: str, upright: bool) -> None:
    """Parts that cannot are not put together: the sign stays short."""
    least = mended()["MATH"].table.MathVariants.MinConnectorOverlap
    parts = construction(mended(), char, upright=upright).GlyphAssembly.PartRecords
    for part, following in pairwise(parts):
        assert min(part.EndConnectorLength, following.StartConnectorLength) >= least


@pytest.mark.parametrize("char", "‾_")
def test_lines_have_every_length(char: str) -> None:
    line = construction(mended(), char, upright=False)
    assert len(line.MathGlyphVariantRecord) == 1
    assert line.GlyphAssembly is not None


@pytest.mark.parametrize(("char", "combining"), [("˜", "\u0303"), ("ˇ", "\u030c")])
def test_accents_that_browsers_stretch_have_wide_forms(char: str, combining: str) -> None:
    """MathML Core lists which characters stretch sideways: U+0303 and U+030C are not among them."""
    own = construction(mended(), char, upright=False).MathGlyphVariantRecord
    wide = construction(mended(), combining, upright=False).MathGlyphVariantRecord
    assert own[0].VariantGlyph == mended().getBestCmap()[ord(char)]
    assert [record.VariantGlyph for record in own[1:]] == [record.VariantGlyph for record in wide[1:]]
    assert len(own) > 4


def test_a_prime_has_the_size_for_superscripts() -> None:
    """Set at 70 per cent and raised it is half as high as a letter; the plain one would be a speck."""
    small, large = (bounds(font, font.getBestCmap()[ord("′")]) for font in (original(), mended()))
    assert large[3] - large[1] > 1.4 * (small[3] - small[1])
    assert large[1] < 200 < small[1]


def test_distances_are_set_for_stix_only() -> None:
    constants = mended()["MATH"].table.MathConstants
    assert constants.SubscriptBaselineDropMin.Value == 0
    assert constants.FractionRuleThickness.Value == constants.RadicalRuleThickness.Value == 52
    other = TTFont(BytesIO(subset_font(rooted(cff=False), frozenset(map(ord, "x√("))).data))
    assert other["MATH"].table.MathConstants.SubscriptBaselineDropMin.Value == 77


# Other fonts


def rooted(*, cff: bool) -> bytes:
    """Return a font of 2000 units to the em: x, a root in two forms and two parts, a bracket in two forms."""
    names = [".notdef", "x", "root", "root.tall", "root.foot", "root.stem", "paren", "paren.tall"]
    builder = FontBuilder(2000, isTTF=not cff)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord("x"): "x", ord("√"): "root", ord("("): "paren"})
    drawn = {name: box(500, cff=cff) for name in names}
    if cff:
        builder.setupCFF("Rooted", {}, drawn, {})
    else:
        builder.setupGlyf(drawn)
    widths = dict.fromkeys(names, 500) | {"root.tall": 1900, "root.foot": 2400, "root.stem": 2400, "paren.tall": 2000}
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=1600, descent=-400)
    builder.setupNameTable({"familyName": "Rooted", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    buildMathTable(
        builder.font,
        constants={"AxisHeight": 500, "SubscriptBaselineDropMin": 77},
        vertGlyphVariants={
            "root": [("root", 1000), ("root.tall", 2000)],
            "paren": [("paren", 900), ("paren.tall", 1800)],
        },
        vertGlyphAssembly={"root": ([("root.foot", 0, 0, 100, 2000), ("root.stem", 1, 100, 100, 500)], 0)},
    )
    data = BytesIO()
    builder.save(data)
    return data.getvalue()


def box(width: int, *, cff: bool) -> Any:
    """Return the outline of a box."""
    pen = T2CharStringPen(width, None) if cff else TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((width, 0), (width, 100), (0, 100)):
        pen.lineTo(point)
    pen.closePath()
    return pen.getCharString() if cff else pen.glyph()


def test_a_font_says_that_it_has_glyphs_as_large_as_the_new_ones() -> None:
    """Rasterisers need not draw what lies beyond."""
    source = TTFont(BytesIO(rooted(cff=False)))
    cut = TTFont(BytesIO(subset_font(rooted(cff=False), frozenset(map(ord, "x√("))).data))
    highest = max(cut["glyf"][name].yMax for name in cut.getGlyphOrder() if cut["glyf"][name].numberOfContours)
    points = max(len(cut["glyf"][name].coordinates) for name in cut.getGlyphOrder() if name != ".notdef")
    assert source["head"].yMax < highest <= cut["head"].yMax
    assert source["maxp"].maxPoints < points <= cut["maxp"].maxPoints
    assert cut["hhea"].advanceWidthMax >= max(advance for advance, _ in cut["hmtx"].metrics.values())


@pytest.mark.parametrize("cff", [False, True], ids=["ttf", "otf"])
def test_roots_and_fences_of_other_fonts_are_mended_in_their_scale(cff: bool) -> None:
    font = TTFont(BytesIO(subset_font(rooted(cff=cff), frozenset(map(ord, "x√("))).data))
    root = construction(font, "√", upright=True)
    assert {font["hmtx"][name][0] for name in glyphs_of(root)} == {1460}
    assert bounds(font, root.MathGlyphVariantRecord[0].VariantGlyph)[3] == 1420
    assert len(root.MathGlyphVariantRecord) == (2 if cff else 8), "only TrueType fonts gain glyphs"
    assert len(root.GlyphAssembly.PartRecords) == 2
    paren = construction(font, "(", upright=True).MathGlyphVariantRecord
    assert [font["hmtx"][record.VariantGlyph][0] for record in paren] == [500, 675]
    assert bounds(font, paren[1].VariantGlyph)[2] == round(500 * 675 / 2000)
