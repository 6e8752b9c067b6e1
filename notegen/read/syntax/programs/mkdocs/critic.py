"""CriticMarkup: `{++added++}`, `{--deleted--}`, `{~~old~>new~~}`, `{==marked==}`; `{>>comments<<}` are not shown.

A comment is meant for those who write the note, as `<!-- … -->` is.

Source: CriticMarkup, "Syntax"; PyMdown Extensions, "Critic".
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.rule import Rule
from notegen.read.syntax.shortcodes.parse import read_words
from notegen.read.token_data import SPAN, Span

_LONGEST = 2000  # characters of a change
_CLOSERS = {"{++": "++}", "{--": "--}", "{==": "==}", "{~~": "~~}", "{>>": "<<}"}
_ELEMENTS = {"{++": "ins", "{--": "del", "{==": "mark"}


def critic(state: StateInline, silent: bool) -> bool:
    """Read a change or a comment, within a paragraph."""
    start = state.pos
    opening = state.src[start : start + 3]
    closer = _CLOSERS.get(opening, "")
    close = state.src.find(closer, start + 3, min(state.posMax, start + _LONGEST)) if closer else -1
    middle = state.src.find("~>", start + 3, close) if opening == "{~~" and close >= 0 else 0
    if close <= start + 3 or middle < 0:
        return False
    if not silent:
        if opening == "{~~":
            _push(state, "del", start + 3, middle)
            _push(state, "ins", middle + 2, close)
        elif opening in _ELEMENTS:
            _push(state, _ELEMENTS[opening], start + 3, close)
    state.pos = close + 3
    return True


def _push(state: StateInline, element: str, start: int, end: int) -> None:
    if start < end:
        SPAN.set(state.push(f"{element}_open", element, 1), Span(start, end - start))
        read_words(state, start, end)
        state.push(f"{element}_close", element, -1)


CRITIC = Rule("inline", "critic", critic, starts="{", before="emphasis")
