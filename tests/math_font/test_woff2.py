"""Fonts packed as woff2: fontTools, which did not write them, reads back what went in."""

from io import BytesIO
from itertools import accumulate
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from fontTools.ttLib.woff2 import WOFF2Reader
from hypothesis import given, settings
from hypothesis import strategies as st

from notegen.math_font.woff2 import pack_woff2

# Around each length from which on a step takes more bytes. Six steps must not lead out of 16 bits.
EDGES = [edge + more for edge in (0, 64, 256, 768, 1280, 4096) for more in (-1, 0, 1)]
STEPS = st.sampled_from(sorted({sign * edge for edge in EDGES for sign in (1, -1)})) | st.integers(-5000, 5000)
CONTOURS = st.lists(st.lists(st.tuples(STEPS, STEPS, st.booleans()), min_size=1, max_size=3), max_size=2)
ON_CURVE, OVERLAP = 0x01, 0x40


def outline(contours: list[list[tuple[int, int, bool]]], *, overlaps: bool = False) -> Glyph:
    """Return a glyph whose points are so many steps from one another, on the curve or off it."""
    glyph = Glyph()
    glyph.numberOfContours = len(contours)
    steps = [step for contour in contours for step in contour]
    if steps:
        xs, ys = (accumulate(step[axis] for step in steps) for axis in (0, 1))
        glyph.coordinates = GlyphCoordinates(list(zip(xs, ys, strict=True)))
        glyph.flags = bytearray(ON_CURVE if step[2] else 0 for step in steps)
        glyph.flags[0] |= OVERLAP if overlaps else 0
        glyph.endPtsOfContours = [end - 1 for end in accumulate(map(len, contours))]
        glyph.program = Program()
        glyph.program.fromBytecode(b"")
    return glyph


def truetype(glyphs: list[Glyph], *, shift: int = 0) -> bytes:
    """Return a font of these outlines, which begin `shift` units beside where its metrics say."""
    names = [f"g{number}" for number in range(len(glyphs))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord("a"): names[0]})
    builder.setupGlyf(dict(zip(names, glyphs, strict=True)))
    builder.font["glyf"].padding = 4
    lefts = [glyph.xMin + shift if glyph.numberOfContours else 0 for glyph in glyphs]
    builder.setupHorizontalMetrics({name: (500 + number, lefts[number]) for number, name in enumerate(names)})
    return saved(builder)


def saved(builder: FontBuilder) -> bytes:
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    builder.font["Test"] = newTable("Test")  # one that has no number
    builder.font["Test"].data = b"odd"
    data = BytesIO()
    builder.font.save(data)
    return data.getvalue()


def same(sfnt: bytes, woff2: bytes) -> bool:
    """True when every table that comes out of `woff2` is the one of `sfnt`."""
    plain, packed = TTFont(BytesIO(sfnt)), TTFont(BytesIO(woff2))
    tags = sorted(plain.reader.keys())
    return tags == sorted(packed.reader.keys()) and all(content(plain, tag) == content(packed, tag) for tag in tags)


def content(font: Any, tag: str) -> Any:
    """Return a table's bytes, or what is in it where decoders may write the same in other bytes."""
    if tag == "glyf":
        return [drawing(font["glyf"][name]) for name in font.getGlyphOrder()]
    if tag == "loca":
        return len(font["loca"])
    return font["hmtx"].metrics if tag == "hmtx" else font.reader[tag]


def drawing(glyph: Any) -> object:
    if not glyph.numberOfContours:
        return None
    box = (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax)
    return box, list(glyph.coordinates), list(glyph.endPtsOfContours), list(glyph.flags)


def transformed(woff2: bytes) -> set[str]:
    """Return the tables that are in their transformed form."""
    return {tag for tag, entry in WOFF2Reader(BytesIO(woff2)).tables.items() if entry.transformed}


@settings(max_examples=200, deadline=None)
@given(st.lists(CONTOURS, min_size=1, max_size=4), st.sampled_from([0, -7]))
def test_outlines_come_back_to_the_point(drawn: list[list[list[tuple[int, int, bool]]]], shift: int) -> None:
    sfnt = truetype([outline(contours) for contours in drawn], shift=shift)
    assert same(sfnt, pack_woff2(sfnt))


@pytest.mark.parametrize("points", [252, 253, 505, 506, 761, 762, 900])
def test_contours_of_many_points(points: int) -> None:
    sfnt = truetype([outline([[(1, 2, True)] * points])])
    assert same(sfnt, pack_woff2(sfnt))


def test_contours_that_overlap_stay_marked() -> None:
    """Else rasterisers leave a hole where the contours of a glyph cross."""
    plain = [(1, 2, True), (50, 0, True), (0, 60, False)]
    sfnt = truetype([outline([plain], overlaps=number in {1, 9}) for number in range(11)])
    packed = TTFont(BytesIO(pack_woff2(sfnt)))
    marked = [bool(packed["glyf"][name].flags[0] & OVERLAP) for name in packed.getGlyphOrder()]
    assert [number for number, mark in enumerate(marked) if mark] == [1, 9]


def test_left_side_bearings_go_only_where_outlines_tell_them() -> None:
    """An empty glyph has none that anybody could see."""
    glyphs = [outline([[(30, 2, True), (50, 0, True), (0, 60, False)]]), outline([])]
    assert transformed(pack_woff2(truetype(glyphs))) == {"glyf", "loca", "hmtx"}
    assert transformed(pack_woff2(truetype(glyphs, shift=5))) == {"glyf", "loca"}


def test_curves_of_the_third_degree_and_cff_go_as_they_are() -> None:
    font = TTFont(BytesIO(truetype([outline([[(30, 2, True), (50, 0, True), (0, 60, False)]])])))
    font["head"].glyphDataFormat = 1
    data = BytesIO()
    font.save(data)
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupCFF("Test", {}, {".notdef": T2CharStringPen(500, None).getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    for sfnt in (data.getvalue(), saved(builder)):
        assert transformed(pack_woff2(sfnt)) == set()
        assert same(sfnt, pack_woff2(sfnt))


def test_lengths_are_those_of_the_file() -> None:
    """The browsers' sanitiser looks at them: fields 2, 5 and 6 of the header."""
    sfnt = truetype([outline([[(30, 2, True), (50, 0, True), (0, 60, False)]])])
    packed = pack_woff2(sfnt)
    assert packed[:8] == b"wOF2" + sfnt[:4]
    assert int.from_bytes(packed[8:12], "big") == len(packed)
    assert len(packed) % 4 == 0
    assert int.from_bytes(packed[16:20], "big") == len(sfnt)
