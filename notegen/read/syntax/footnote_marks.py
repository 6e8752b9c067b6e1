"""Marks of footnotes, `[^1]`: mdit-py-plugins' rule, asked only where a mark can stand.

That reads letter by letter up to a bracket or a space, however far these are; here a label has at most 200 characters.
"""

from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_ref

from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_MARK = lazy_regex(r"\[\^[^ \n\]]{1,200}\]")


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    return _MARK.match(state.src, state.pos, state.posMax) is not None and footnote_ref(state, silent)


FOOTNOTE_MARK = Rule("inline", "footnote_ref", _footnote_mark, starts="[")
