"""Glyphs of a font drawn anew, whichever of the two kinds of outlines it has: TrueType or CFF."""

from collections.abc import Iterable
from typing import Any

Contour = Iterable[tuple[int, int]]
Matrix = tuple[float, float, float, float, float, float]


def edges(font: Any, name: str) -> tuple[int, int] | None:
    """Return where the outline of a glyph begins and ends, in font units, or None when it is empty."""
    from fontTools.pens.boundsPen import BoundsPen

    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return None if pen.bounds is None else (round(pen.bounds[0]), round(pen.bounds[2]))


def separate(font: Any) -> None:
    """Give each TrueType glyph that is put together from others an outline of its own, so that those may change."""
    if "glyf" in font:
        for name in [name for name, glyph in font["glyf"].glyphs.items() if glyph.isComposite()]:
            transform(font, name, (1, 0, 0, 1, 0, 0), font["hmtx"][name][0])


def transform(font: Any, name: str, matrix: Matrix, advance: int) -> None:
    """Redraw a glyph through an affine transformation, and give it an advance."""
    copy(font, name, name, matrix, advance)


def copy(font: Any, source: str, name: str, matrix: Matrix, advance: int) -> None:
    """Give the glyph `name` the outline of `source`, transformed, and an advance."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen

    glyphs = font.getGlyphSet()
    outline = DecomposingRecordingPen(glyphs)
    glyphs[source].draw(outline)
    pen, store = _pen_of(font, name, advance)
    outline.replay(TransformPen(pen, matrix))
    store(pen, advance)


def draw(font: Any, name: str, contour: Contour, advance: int) -> None:
    """Give a glyph one straight-edged contour, its points clockwise, and an advance; TrueType fonts may gain it."""
    pen, store = _pen_of(font, name, advance)
    first, *others = contour
    pen.moveTo(first)
    for point in others:
        pen.lineTo(point)
    pen.closePath()
    store(pen, advance)


def _pen_of(font: Any, name: str, advance: int) -> tuple[Any, Any]:
    """Return a pen for a glyph of this font's kind, and what puts the drawing into the font."""
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    if "glyf" in font:

        def store_outline(pen: Any, advance: int) -> None:
            _name(font, name)
            glyph = font["glyf"][name] = pen.glyph()
            glyph.recalcBounds(font["glyf"])
            font["hmtx"][name] = (advance, glyph.xMin)
            _raise_limits(font, glyph, advance)

        return TTGlyphPen(None), store_outline
    second = "CFF2" in font  # its charstrings hold no widths
    strings = font["CFF2" if second else "CFF "].cff.topDictIndex[0].CharStrings
    old = strings[name]

    def store_charstring(pen: Any, advance: int) -> None:
        strings[name] = pen.getCharString(old.private, old.globalSubrs)
        font["hmtx"][name] = (advance, (edges(font, name) or (0, 0))[0])

    return T2CharStringPen(None if second else advance - old.private.nominalWidthX, None, CFF2=second), store_charstring


def _raise_limits(font: Any, glyph: Any, advance: int) -> None:
    """Let the font say that it has a TrueType glyph as large as this; some rasterisers draw nothing beyond."""
    head, most = font["head"], font["maxp"]
    if glyph.numberOfContours:
        head.xMin, head.yMin = min(head.xMin, glyph.xMin), min(head.yMin, glyph.yMin)
        head.xMax, head.yMax = max(head.xMax, glyph.xMax), max(head.yMax, glyph.yMax)
        most.maxPoints = max(most.maxPoints, len(glyph.coordinates))
        most.maxContours = max(most.maxContours, glyph.numberOfContours)
    font["hhea"].advanceWidthMax = max(font["hhea"].advanceWidthMax, advance)


def _name(font: Any, name: str) -> None:
    """Give a new TrueType glyph the next place in the order of all glyphs."""
    if name not in font.getReverseGlyphMap():
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font.getReverseGlyphMap(rebuild=True)
        font["glyf"].setGlyphOrder(font.getGlyphOrder())
