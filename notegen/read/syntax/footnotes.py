"""Footnotes: mdit-py-plugins' marks `[^1]`, asked only where a mark can stand, and the lines of those inside sentences.

Its rule reads letter by letter up to a bracket or a space, however far these are; here a label has at most 200
characters.
"""

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_ref

from notegen.read.source_map import inline_footnotes
from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_MARK = lazy_regex(r"\[\^[^ \n\]]{1,200}\]")


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    return _MARK.match(state.src, state.pos, state.posMax) is not None and footnote_ref(state, silent)


def _set_lines(state: StateCore) -> None:
    """Give footnotes inside sentences, which are blocks of their own now, their lines."""
    unplaced = [token for token in state.tokens if token.type == "inline" and token.map is None]
    if unplaced:
        lines = {footnote.content: footnote.map for footnote in inline_footnotes(state.tokens, state.env)}
        for token in unplaced:
            token.map = lines.get(token.content)


FOOTNOTE_MARK = Rule("inline", "footnote_ref", _footnote_mark, starts="[")
INLINE_FOOTNOTE_LINES = Rule("core", "inline_footnote_lines", _set_lines)
