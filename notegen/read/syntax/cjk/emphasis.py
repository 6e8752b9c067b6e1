"""Emphasis next to Chinese, Japanese and Korean text: `**重点（x）**是` closes.

CommonMark asks for white space or punctuation outside of a delimiter run whose inside is punctuation; languages
without spaces rarely have it. Here CJK characters count outside, and CJK punctuation does not count inside, after the
algorithm of https://github.com/tats-u/markdown-cjk-friendly (specification.md). Other text reads as in CommonMark.
Beyond that algorithm, `“ ” ‘ ’ … —`, which Chinese shares with Latin, are CJK where the character inside of them is, so
that `**“注意力”**attention` closes; and a whole quotation in `**` is strong beside letters of any script: `a**"b"**c`,
which CommonMark shows with its asterisks, the second of them opening what nobody meant.
"""

from functools import lru_cache
from typing import NamedTuple

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter, Scanned

from notegen.read.syntax.rule import Rule
from notegen.text.cjk import is_cjk

_STANDARD_VARIATION = frozenset(map(chr, range(0xFE00, 0xFE0F)))
_IDEOGRAPHIC_VARIATION = (0xE0100, 0xE01EF)
_FULL_WIDTH_QUOTES = frozenset(f"{quote}\ufe01" for quote in "‘’“”")
_SHARED = frozenset("‘’“”…—")
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»"}
_STRONG = "**"
_SHORTEST_QUOTATION = 3
_LONGEST_QUOTATION = 300  # characters that are looked at for its other end


def emphasis(state: StateInline, silent: bool) -> bool:
    """Read a run of `*` or `_`: one text token each, and a delimiter for the rule that balances them."""
    marker = state.src[state.pos]
    if silent or marker not in {"*", "_"}:
        return False
    scanned = scan_delimiters(state, marker)
    _push_delimiters(state, marker, scanned, scanned.length, rule_of_three=scanned.length)
    state.pos += scanned.length
    return True


def strikethrough(state: StateInline, silent: bool) -> bool:
    """Read a run of two or more `~`: pairs are delimiters, an odd one is text."""
    if silent or not state.src.startswith("~~", state.pos):
        return False
    scanned = scan_delimiters(state, "~")
    if scanned.length % 2:
        state.push("text", "", 0).content = "~"
    _push_delimiters(state, "~~", scanned, scanned.length // 2, rule_of_three=0)
    state.pos += scanned.length
    return True


def _push_delimiters(state: StateInline, text: str, scanned: Scanned, count: int, *, rule_of_three: int) -> None:
    code = ord(text[0])
    for _ in range(count):
        state.push("text", "", 0).content = text
        at = len(state.tokens) - 1
        state.delimiters.append(Delimiter(code, rule_of_three, at, -1, scanned.can_open, scanned.can_close))


def scan_delimiters(state: StateInline, marker: str) -> Scanned:
    """Return whether the run of `marker` at the current position can open and close, and how long it is."""
    src, start = state.src, state.pos
    end = start
    while end < state.posMax and src[end] == marker:
        end += 1
    character, selector = _character_before(src, start)
    before, after = _beside(character), _beside(src[end] if end < state.posMax else " ")
    before_cjk = (
        before.cjk or character + selector in _FULL_WIDTH_QUOTES or _shared_cjk(src[max(0, start - 3) : start][::-1])
    )
    after_cjk = after.cjk or _shared_cjk(src[end : min(end + 3, state.posMax)])
    left = not after.space and (not after.mark or after_cjk or before.space or before.mark or before_cjk)
    right = not before.space and (not before.mark or before_cjk or after.space or after.mark or after_cjk)
    if marker == "*" and end - start == len(_STRONG):
        left = left or _begins_quotation(src, end)
        right = right or _ends_quotation(src, start)
    if marker == "_":
        return Scanned(left and (not right or before.mark), right and (not left or after.mark), end - start)
    return Scanned(left, right, end - start)


def _shared_cjk(inside: str) -> bool:
    """Return whether the text inside of a run, outermost character first, is one or two shared marks and then CJK."""
    if inside[:1] not in _SHARED:
        return False
    character = inside[2:3] if inside[1:2] in _SHARED else inside[1:2]
    return character != "" and is_cjk(character)


def _begins_quotation(src: str, at: int) -> bool:
    """Return whether a quotation stands here that `**` follows, and no other asterisk before that."""
    closing = _QUOTES.get(src[at : at + 1])
    last = src.find("*", at, at + _LONGEST_QUOTATION) if closing else -1
    if last < at + _SHORTEST_QUOTATION or not src.startswith(_STRONG, last) or src.startswith("*", last + 2):
        return False
    return src[last - 1] == closing


def _ends_quotation(src: str, end: int) -> bool:
    """Return whether a quotation ends here that stands behind `**`, and no other asterisk after that."""
    first = src.rfind("*", max(0, end - _LONGEST_QUOTATION), end) + 1
    if end - first < _SHORTEST_QUOTATION or not src.endswith(_STRONG, 0, first) or src.endswith("***", 0, first):
        return False
    return _QUOTES.get(src[first]) == src[end - 1]


class _Beside(NamedTuple):
    """What a character beside a run of delimiters is."""

    space: bool
    mark: bool
    cjk: bool


@lru_cache(maxsize=8192)  # the same characters come again and again
def _beside(character: str) -> _Beside:
    code = ord(character)
    return _Beside(isWhiteSpace(code), isMdAsciiPunct(code) or isPunctChar(character), is_cjk(character))


def _character_before(src: str, start: int) -> tuple[str, str]:
    """Return the character before a run, and the variation selector that may stand between."""
    if start == 0:
        return " ", ""
    character = src[start - 1]
    ideographic = _IDEOGRAPHIC_VARIATION[0] <= ord(character) <= _IDEOGRAPHIC_VARIATION[1]
    if start > 1 and (character in _STANDARD_VARIATION or ideographic):
        return src[start - 2], character
    return character, ""


# In the places of markdown-it's own rules.
EMPHASIS = Rule("inline", "emphasis", emphasis, starts="*_")
STRIKETHROUGH = Rule("inline", "strikethrough", strikethrough, starts="~")
