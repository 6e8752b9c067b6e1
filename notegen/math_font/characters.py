"""Which characters the math font must have: those the formulas show, and a base that is the same after each edit."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from string import ascii_letters, ascii_uppercase, digits
from unicodedata import normalize

from notegen.math.alphabets import styled
from notegen.text.patterns import lazy_regex

_TOKENS = lazy_regex(r"<(m[inos](?:\s[^<>]*)?>[^<]*)")
_TOKEN = lazy_regex(r"(m[inos])(\s[^>]*)?>(.*)", re.DOTALL)  # behind its first bracket, up to the next
_VARIANT = lazy_regex(r"""\bmathvariant\s*=\s*["']?([\w-]+)""")
_DOTLESS = {"ı": "𝚤", "ȷ": "𝚥"}
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
_GREEK = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϕϱϖ"
_GREEK_CAPITALS = "ΓΔΘΛΞΠΣΥΦΨΩ"
_ACCENTS = "ˆ˜ˇ˘˙¨¯´`˚‾\u0302\u0303\u0305\u030c\u0332\u20d6\u20d7\u23de\u23df"
_SIGNS = "√¬±×÷·…′″‴∀∂∃∅∇∈∉∋∏∑−∓∗∘∝∞∠∣∥‖∧∨∩∪∫∬∮∼≃≅≈≔≜≠≡≤≥⩽⩾≪≫≺≻⪯⪰⊂⊃⊆⊇⊕⊖⊗⊙⊤⊥⟂⊢⊨⋀⋁⋂⋃⋅⋆⋮⋯⋱⌈⌉⌊⌋⟨⟩□†ℓℏℵ←↑→↓↔↦↼⇀⇌⇐⇒⇔⟵⟶⟷⟸⟹⟺⟼"
# Line ends and tabs are shown as spaces; variation selectors choose among the glyphs of the character before them.
_NO_GLYPH = frozenset({0x9, 0xA, 0xD, *range(0xFE00, 0xFE10)})
_SPACES = "\u00a0\u2061\u2062\u2063"

# What every math font holds, used or not: the letters and signs that machine-learning notes share. A formula that needs
# nothing else leaves the font as it is, so nothing is subset again and no reader loads it again.
BASE = frozenset(
    map(
        ord,
        _ASCII.union(
            styled(ascii_letters + _GREEK + _GREEK_CAPITALS, "italic"),
            styled(ascii_letters + digits, "bold"),
            styled(ascii_letters, "bold-italic"),
            styled(ascii_uppercase, "script"),
            styled(ascii_uppercase + "1", "double-struck"),
            *(_GREEK, _GREEK_CAPITALS, _DOTLESS, _DOTLESS.values(), _ACCENTS, _SIGNS, _SPACES),
        ),
    )
)
# Without BASE: what browsers draw or measure though no formula spells it.
_ALWAYS = frozenset(map(ord, f"√−′() {digits}"))
# The base makes about 50 KB as woff2 (STIX Two Math) and a further character some 90 bytes: so many stay below 70 KB.
_ROOM = 200


def formula_characters(mathml: Iterable[str]) -> frozenset[int]:
    """Return the code points that the formulas in these pieces of HTML show in the math font.

    Text of mi, mn, mo and ms; `<mtext>` has the text font. A letter alone in `<mi>` is shown from the mathematical
    italic block (MathML Core, `text-transform: math-auto`), so that form is there too; not for `mathvariant="normal"`.
    """
    tokens = set(_TOKENS.findall("<".join(mathml)))
    return frozenset(map(ord, set("".join(map(_shown, tokens))))) - _NO_GLYPH


def with_base(characters: frozenset[int]) -> frozenset[int]:
    """Return the code points of a site's math font: those of its formulas and `BASE`, so that few edits need another.

    A site with more than `_ROOM` characters outside the base goes without the unused part of it, for a small file.
    """
    used = characters | _ALWAYS
    return used | BASE if len(used - BASE) <= _ROOM else used


@lru_cache(maxsize=4096)
def _shown(token: str) -> str:
    """Return the forms in which a token's characters may reach the font. The same few tokens come everywhere."""
    match = _TOKEN.fullmatch(token)
    return "".join(_forms(match[1], match[2] or "", match[3])) if match else ""


def _forms(tag: str, attributes: str, content: str) -> Iterator[str]:
    text = unescape(content)
    yield text
    yield normalize("NFC", text)  # text shaping composes what the font has composed
    variant = _VARIANT.search(attributes)
    if variant:
        yield styled(text, variant[1])
    elif tag == "mi" and len(text.strip()) == 1:
        letter = text.strip()
        yield _DOTLESS.get(letter) or styled(letter, "italic")
    if tag == "mo" and "-" in text:
        yield "−"  # browsers draw the hyphen of an operator as a minus
