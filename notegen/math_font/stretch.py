"""Signs that stretch, mended for browsers: fences of even width, parts that overlap, lines of every length."""

from collections.abc import Iterable
from typing import Any

from notegen.math_font.glyphs import transform

_FENCES = "()[]{}⌈⌉⌊⌋⟨⟩⟦⟧"
# Signs whose parts make any length, and how many of their ready-made forms, which jump by half an em, they keep.
_KEPT = {**dict.fromkeys("‾_\u0305\u0332", 1), **dict.fromkeys("⎴⎵", 2)}
# Accents of their own that stretch as the combining ones do: browsers do not know that U+0303 and U+030C do.
_TWINS = {"˜": "\u0303", "ˇ": "\u030c"}
_WIDEST = 1.35  # of the plain sign


def narrow_fences(font: Any) -> None:
    r"""Make the tall forms of brackets at most a third wider than the plain one.

    Chromium reserves room for the widest form and centres the one it takes: a `\left(` that need not grow would stand
    alone. `font` is a fontTools TTFont with a MATH table and is changed.
    """
    cmap = font.getBestCmap()
    done: set[str] = set()
    for sign, construction in constructions(font, upright=True):
        if sign not in {cmap.get(ord(char)) for char in _FENCES}:
            continue
        widest = round(font["hmtx"][sign][0] * _WIDEST)
        for name in glyphs_of(construction):
            advance = font["hmtx"][name][0]
            if name not in done and advance > widest:
                transform(font, name, (widest / advance, 0, 0, 1, 0, 0), widest)
            done.add(name)


def mend_assemblies(font: Any) -> None:
    """Correct parts that cannot overlap their neighbours, so that long arrows and bars come in every length.

    A last part whose only overlap is at its far end has it at the wrong end; a part that extends overlaps as much where
    it stands for an end. So it is in STIX Two Math 2.11.
    """
    cmap = font.getBestCmap()
    kept = {cmap.get(ord(char)): number for char, number in _KEPT.items()}
    for upright in (True, False):
        for sign, construction in constructions(font, upright=upright):
            if construction.GlyphAssembly is None:
                continue
            _mend_parts(construction.GlyphAssembly.PartRecords)
            if sign in kept:
                construction.MathGlyphVariantRecord = construction.MathGlyphVariantRecord[: kept[sign]]
                construction.VariantCount = len(construction.MathGlyphVariantRecord)


def _mend_parts(parts: Any) -> None:
    last = parts[-1]
    if len(parts) > 1 and last.StartConnectorLength == 0 and last.EndConnectorLength:
        last.StartConnectorLength, last.EndConnectorLength = last.EndConnectorLength, 0
    extenders = {part.glyph: part for part in parts if part.PartFlags & 1}
    for part in parts:
        twin = extenders.get(part.glyph)
        if twin is not None:
            part.StartConnectorLength = max(part.StartConnectorLength, twin.StartConnectorLength)
            part.EndConnectorLength = max(part.EndConnectorLength, twin.EndConnectorLength)


def stretch_twins(font: Any) -> None:
    """Let `˜` and `ˇ` grow into the wide forms of the combining accents. `font` has a MATH table and is changed."""
    from fontTools.ttLib.tables.otTables import MathGlyphConstruction, MathGlyphVariantRecord

    cmap = font.getBestCmap()
    known = dict(constructions(font, upright=False))
    for char, combining in _TWINS.items():
        sign, source = cmap.get(ord(char)), known.get(cmap.get(ord(combining), ""))
        if sign is None or sign in known or source is None:
            continue
        plain = MathGlyphVariantRecord()
        plain.VariantGlyph, plain.AdvanceMeasurement = sign, font["hmtx"][sign][0]
        twin = MathGlyphConstruction()
        twin.GlyphAssembly = None
        twin.MathGlyphVariantRecord = [plain, *source.MathGlyphVariantRecord[1:]]
        twin.VariantCount = len(twin.MathGlyphVariantRecord)
        known[sign] = twin
    variants = font["MATH"].table.MathVariants
    if known:
        variants.HorizGlyphCoverage.glyphs = sorted(known, key=font.getGlyphID)
        variants.HorizGlyphConstruction = [known[name] for name in variants.HorizGlyphCoverage.glyphs]
        variants.HorizGlyphCount = len(known)


def constructions(font: Any, *, upright: bool) -> Iterable[tuple[str, Any]]:
    """Return the glyphs that stretch upwards or sideways, each with the ways it does."""
    variants = font["MATH"].table.MathVariants
    if variants is None:
        return ()
    coverage = variants.VertGlyphCoverage if upright else variants.HorizGlyphCoverage
    records = variants.VertGlyphConstruction if upright else variants.HorizGlyphConstruction
    return () if coverage is None else zip(coverage.glyphs, records, strict=True)


def glyphs_of(construction: Any) -> Iterable[str]:
    """Yield the names of all forms and parts."""
    for record in construction.MathGlyphVariantRecord or ():
        yield record.VariantGlyph
    if construction.GlyphAssembly is not None:
        for part in construction.GlyphAssembly.PartRecords:
            yield part.glyph
