"""Mathematical alphabets of Unicode: the only bold, script or double-struck letters of MathML Core and text."""

from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits

_GREEK_UPPER = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇"
_GREEK_LOWER = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"

# Variant -> first code points of its capitals, small letters, digits, Greek capitals (0: none); Unicode 16, 22.2.
_STARTS = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8),
    "italic": (0x1D434, 0x1D44E, 0, 0x1D6E2),
    "bold-italic": (0x1D468, 0x1D482, 0, 0x1D71C),
    "script": (0x1D49C, 0x1D4B6, 0, 0),
    "bold-script": (0x1D4D0, 0x1D4EA, 0, 0),
    "fraktur": (0x1D504, 0x1D51E, 0, 0),
    "bold-fraktur": (0x1D56C, 0x1D586, 0, 0),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8, 0),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2, 0),
    "bold-sans-serif": (0x1D5D4, 0x1D5EE, 0x1D7EC, 0x1D756),
    "sans-serif-italic": (0x1D608, 0x1D622, 0, 0),
    "sans-serif-bold-italic": (0x1D63C, 0x1D656, 0, 0x1D790),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6, 0),
}
# Letters that Unicode had before the block was made.
_OLDER = {
    "italic": {"h": "ℎ"},
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
}


@lru_cache(maxsize=32)
def table(variant: str) -> dict[int, str]:
    """Return the translation table (for str.translate) of a MathML `mathvariant`; empty for an unknown one."""
    if variant not in _STARTS:
        return {}
    upper, lower, number, greek = _STARTS[variant]
    older = _OLDER.get(variant, {})
    ranges = [(ascii_uppercase, upper), (ascii_lowercase, lower)]
    ranges += [(digits, number)] if number else []
    ranges += [(_GREEK_UPPER + _GREEK_LOWER, greek)] if greek else []
    pairs = ((char, chr(start + index)) for chars, start in ranges for index, char in enumerate(chars))
    return {ord(char): older.get(char, mapped) for char, mapped in pairs}


def styled(text: str, variant: str) -> str:
    """Return `text` in the letters of a variant such as "bold" or "double-struck"; other characters stay."""
    return text.translate(table(variant))
