"""Obsidian's highlight: `==mark==`, paired by the delimiter algorithm of emphasis, so it nests with `**` and `*`.

Only runs of exactly two `=` count, and none between two ASCII word characters: `a==b` is a comparison.

Source: Obsidian Help, "Basic formatting syntax".
"""

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from notegen.read.syntax.cjk.emphasis import scan_delimiters
from notegen.read.syntax.rule import Rule

_MARKER = ord("=")
_WIDTH = 2


def mark(state: StateInline, silent: bool) -> bool:
    """Read a run of `=`: a delimiter, or text as a whole."""
    start = state.pos
    if silent or not state.src.startswith("==", start):
        return False
    scanned = scan_delimiters(state, "=")
    token = state.push("text", "", 0)
    token.content = "=" * scanned.length
    state.pos += scanned.length
    before, after = state.src[start - 1 : start], state.src[state.pos : state.pos + 1]
    if scanned.length == _WIDTH and not (_is_word(before) and _is_word(after)):
        index = len(state.tokens) - 1
        state.delimiters.append(Delimiter(_MARKER, 0, index, end=-1, open=scanned.can_open, close=scanned.can_close))
    return True


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _pair(state: StateInline) -> None:
    _convert(state, state.delimiters)
    for meta in state.tokens_meta:
        if meta and "delimiters" in meta:
            _convert(state, meta["delimiters"])


def _convert(state: StateInline, delimiters: list[Delimiter]) -> None:
    for opener in delimiters:
        if opener.marker != _MARKER or opener.end < 0:
            continue
        for index, kind, nesting in ((opener.token, "mark_open", 1), (delimiters[opener.end].token, "mark_close", -1)):
            token = state.tokens[index]
            token.type, token.tag, token.markup, token.content = kind, "mark", "==", ""
            token.nesting = 1 if nesting > 0 else -1


MARK = Rule("inline", "mark", mark, starts="=", before="emphasis")
MARK_PAIRS = Rule("delimiters", "mark", _pair, before="emphasis")
