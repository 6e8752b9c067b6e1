"""The root sign of a math font, drawn again so that browsers join it to the bar over its content.

Chromium reserves room for the widest form of a sign that stretches, and paints the bar of a root half its thickness too
high. So the usual forms, which grow in width and end in a piece of the bar, leave a hole behind the root and a step in
the bar. These forms are all equally wide and end where the bar begins, with nothing that could miss it.
"""

from itertools import chain, count
from typing import Any

from notegen.math_font.glyphs import draw

# Lengths in thousandths of an em.
_WIDTH = 730
_HEIGHTS = (930, 1230, 1650, 2200, 2900, 3800, 5000, 6600)
_DEPTH = 220  # of every form, below the baseline
_THIN, _THICK = 58, 100  # the strokes, measured sideways
_JOIN = 14  # by which the thin stroke stands left of the bar
_FOOT, _STEM = 1700, 600  # heights of the parts that make still higher forms
_OVERLAP = 300
_PARTS = 2

Point = tuple[float, float]


def redraw_radical(font: Any) -> None:
    """Redraw every form of `√`. `font` is a fontTools TTFont with a MATH table and is changed."""
    glyph = font.getBestCmap().get(ord("√"))
    variants = font["MATH"].table.MathVariants
    if variants is None or variants.VertGlyphCoverage is None or glyph not in variants.VertGlyphCoverage.glyphs:
        return
    construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(glyph)]
    scale = font["head"].unitsPerEm / 1000
    forms = [record.VariantGlyph for record in construction.MathGlyphVariantRecord or ()]
    if "glyf" in font:  # to which glyphs are easily added
        forms += [f"{glyph}.high{number}" for number in range(len(_HEIGHTS) - len(forms))]
    parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else ()
    if len(parts) >= _PARTS:
        _redraw_parts(font, parts, scale)
        construction.GlyphAssembly.PartRecords = parts[:_PARTS]
        construction.GlyphAssembly.PartCount = _PARTS
    _redraw_forms(font, construction, forms, scale)


def _redraw_forms(font: Any, construction: Any, forms: list[str], scale: float) -> None:
    """Draw roots of growing height, as many as there are names for them."""
    from fontTools.ttLib.tables.otTables import MathGlyphVariantRecord

    records = []
    for name, height in zip(dict.fromkeys(forms), chain(_HEIGHTS, count(_HEIGHTS[-1] + 2000, 2000)), strict=False):
        _draw(font, name, _slanted(height), scale)
        record = MathGlyphVariantRecord()
        record.VariantGlyph, record.AdvanceMeasurement = name, round(height * scale) + 1
        records.append(record)
    construction.MathGlyphVariantRecord, construction.VariantCount = records, len(records)


def _redraw_parts(font: Any, parts: Any, scale: float) -> None:
    """Higher roots have an upright stem: a foot, and as many pieces of the stem as it takes."""
    _draw(font, parts[0].glyph, _foot(), scale)
    _draw(font, parts[1].glyph, _stem(), scale)
    for part, length, overlaps, extends in zip(
        parts, (_FOOT, _STEM), ((0, _OVERLAP), (_OVERLAP, _OVERLAP)), (0, 1), strict=False
    ):
        part.FullAdvance = round(length * scale)
        part.StartConnectorLength, part.EndConnectorLength = (round(item * scale) for item in overlaps)
        part.PartFlags = extends


def _draw(font: Any, name: str, contour: list[Point], scale: float) -> None:
    points = [(round(x * scale), round(y * scale)) for x, y in contour]
    draw(font, name, points, round(_WIDTH * scale))


def _slanted(height: float) -> list[Point]:
    """Return the outline of a root of that height: hook, thick stroke down, thin stroke up to where the bar begins."""
    low, top = -_DEPTH, height - _DEPTH
    hook = low + min(0.57 * height, 0.35 * height + 240, 1500)
    inner_x, inner_y = 0.5 * _WIDTH, low + 140 + 0.02 * height
    rise = (_WIDTH - _JOIN - inner_x) / (top - inner_y)
    right = inner_x - rise * (inner_y - low) + _THIN
    return [
        *((_WIDTH - _JOIN, top), (_WIDTH - _JOIN + _THIN, top)),
        *((right, low), (min(right - 8, _thick_left(hook, inner_x, inner_y, low)), low)),
        *_hook(hook),
        (inner_x, inner_y),
    ]


def _foot() -> list[Point]:
    """Return the lower part of the highest roots: its thin stroke is upright."""
    hook, inner_y = 1250, 250
    left = _WIDTH - 2 * _JOIN
    return [
        *((left, _FOOT), (left + _THIN, _FOOT), (left + _THIN, 0)),
        (min(left, _thick_left(hook, left, inner_y, 0)), 0),
        *_hook(hook),
        (left, inner_y),
    ]


def _stem() -> list[Point]:
    left = _WIDTH - 2 * _JOIN
    return [(left, 0), (left, _STEM), (left + _THIN, _STEM), (left + _THIN, 0)]


def _hook(top: float) -> list[Point]:
    """Return the points of the hook that begins the thick stroke, from below to above."""
    return [
        *((0.245 * _WIDTH - 0.7 * _THICK, top - 100), (0.045 * _WIDTH, top - 140)),
        *((0.02 * _WIDTH, top - 110), (0.222 * _WIDTH, top), (0.245 * _WIDTH, top)),
    ]


def _thick_left(hook: float, inner_x: float, inner_y: float, low: float) -> float:
    """Return where the left edge of the thick stroke meets the bottom."""
    fall = (inner_x - 0.245 * _WIDTH) / (hook - inner_y)
    return inner_x + fall * (inner_y - low) - _THICK
