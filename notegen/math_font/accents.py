"""Combining accents of a math font made into glyphs with a width, which browsers centre over a letter."""

from typing import Any
from unicodedata import combining

from notegen.math_font.glyphs import edges, transform
from notegen.math_font.stretch import constructions

# Canonical combining classes: not a mark; a stroke such as U+0338, which lies over the letter before it.
_NO_MARK, _OVERLAY = 0, 1
# Glyph classes of GDEF.
_BASE_GLYPH, _MARK_GLYPH = 1, 3


def mend_accents(font: Any) -> None:
    """Move the outline of each accent without advance to start at x = 0, and make its advance the outline's width.

    Combining accents are drawn to the left of their origin, over the letter before them. In `<mover>` an accent is a
    box of its own, which Chromium centres by its advance: without this the arrow of a vector stands half its length too
    far left. The MATH table's accent attachment moves along. Strokes that lie over the letter before them, in the same
    token, stay. `font` is a fontTools TTFont with a MATH table and is changed.
    """
    accents = _accents(font)
    _set_classes(font, accents)
    moved: dict[str, int] = {}
    for name in sorted(accents):
        bounds = edges(font, name) if font["hmtx"][name][0] == 0 else None
        if bounds is not None:
            left, right = bounds
            transform(font, name, (1, 0, 0, 1, -left, 0), right - left)
            moved[name] = -left
    _move_attachments(font, moved)


def _accents(font: Any) -> set[str]:
    """Return the glyphs of combining accents and of their wider variants."""
    cmap = font.getBestCmap()
    accents = {glyph for code, glyph in cmap.items() if combining(chr(code)) not in {_NO_MARK, _OVERLAY}}
    return accents.union(
        record.VariantGlyph
        for base, construction in constructions(font, upright=False)
        if base in accents
        for record in construction.MathGlyphVariantRecord or ()
    )


def _set_classes(font: Any, accents: set[str]) -> None:
    """Tell text shaping that `accents` are no marks; the font's other classes stay.

    In a font without glyph classes HarfBuzz takes each combining character for a mark and sets its advance to zero.
    """
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables import otTables

    if "GDEF" not in font:
        font["GDEF"] = newTable("GDEF")
        font["GDEF"].table = otTables.GDEF()
        font["GDEF"].table.Version = 0x00010000
        for field in ("GlyphClassDef", "AttachList", "LigCaretList", "MarkAttachClassDef"):
            setattr(font["GDEF"].table, field, None)
    table = font["GDEF"].table
    if table.GlyphClassDef is None:
        table.GlyphClassDef = otTables.GlyphClassDef()
        table.GlyphClassDef.classDefs = {
            glyph: _MARK_GLYPH for code, glyph in font.getBestCmap().items() if combining(chr(code)) == _OVERLAY
        }
    table.GlyphClassDef.classDefs.update(dict.fromkeys(sorted(accents), _BASE_GLYPH))


def _move_attachments(font: Any, moved: dict[str, int]) -> None:
    """Move the points at which accents are attached along with their outlines."""
    info = font["MATH"].table.MathGlyphInfo
    attachments = info.MathTopAccentAttachment if info else None
    if attachments is None:
        return
    for name, record in zip(attachments.TopAccentCoverage.glyphs, attachments.TopAccentAttachment, strict=True):
        record.Value += moved.get(name, 0)
