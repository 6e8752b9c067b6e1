"""STIX Two Math set as browsers set formulas: other distances in its MATH table, and primes drawn for superscripts."""

from typing import Any

from notegen.math_font.glyphs import copy

# What MathML Core does differently from TeX, with thousandths of an em that come near to TeX's Computer Modern:
_CONSTANTS = {
    # Browsers place scripts at every letter as at a box, so `p_i` would hang lower than `x_i` and `f^2` stand higher.
    "SubscriptBaselineDropMin": 0,
    "SuperscriptBaselineDropMax": 340,
    "SuperscriptShiftUp": 380,
    "SpaceAfterScript": 50,
    # Small fractions close to their bar, displayed ones further from it.
    "FractionNumeratorShiftUp": 440,
    "FractionDenominatorShiftDown": 400,
    "FractionNumeratorDisplayStyleShiftUp": 690,
    "FractionDenominatorDisplayStyleShiftDown": 690,
    "StackTopShiftUp": 440,
    "StackBottomShiftDown": 380,
    # Bars are painted in whole pixels: thinner than one they are all alike on a page.
    "FractionRuleThickness": 52,
    "RadicalRuleThickness": 52,
    # Chromium paints the bar of a root half its thickness too near, and rounds heights to whole pixels.
    "RadicalVerticalGap": 140,
    "RadicalDisplayStyleVerticalGap": 190,
    "RadicalExtraAscender": 30,
    # The words over a long arrow.
    "StretchStackTopShiftUp": 500,
    "StretchStackBottomShiftDown": 420,
    "StretchStackGapAboveMin": 50,
    "StretchStackGapBelowMin": 80,
}
_DEGREE_RAISE = 63  # per cent of the root's height that its index stands above its foot
_PRIMES = "′″‴‵"


def is_stix(font: Any) -> bool:
    """True for STIX Two Math, whose metrics these are."""
    return bool(font["name"].getDebugName(1) == "STIX Two Math")


def tune(font: Any) -> None:
    """Set the distances. `font` is a fontTools TTFont with a MATH table and is changed."""
    constants = font["MATH"].table.MathConstants
    for name, value in _CONSTANTS.items():
        getattr(constants, name).Value = value
    constants.RadicalDegreeBottomRaisePercent = _DEGREE_RAISE


def enlarge_primes(font: Any) -> None:
    """Give primes their form for superscripts, the only place they have in formulas; needs the table GSUB.

    Text fonts have small primes at the height of superscripts already; set as superscripts they are specks. Fonts bring
    another form for this, which browsers do not ask for.
    """
    forms = _script_forms(font)
    cmap = font.getBestCmap()
    for name in filter(None, (cmap.get(ord(char)) for char in _PRIMES)):
        if forms.get(name):
            script = forms[name][0]
            copy(font, script, name, (1, 0, 0, 1, 0, 0), font["hmtx"][script][0])


def _script_forms(font: Any) -> dict[str, list[str]]:
    """Return the alternate glyphs of the feature `ssty`."""
    if "GSUB" not in font:
        return {}
    table = font["GSUB"].table
    records = table.FeatureList.FeatureRecord if table.FeatureList is not None else ()
    lookups = {index for record in records if record.FeatureTag == "ssty" for index in record.Feature.LookupListIndex}
    forms: dict[str, list[str]] = {}
    for index in sorted(lookups):
        for subtable in table.LookupList.Lookup[index].SubTable:
            forms.update(getattr(getattr(subtable, "ExtSubTable", subtable), "alternates", {}))
    return forms
