"""Marks of footnotes, `[^1]`: mdit-py-plugins' rule, asked only where a mark can stand.

That reads letter by letter up to a bracket or a space, however far these are; here a label has at most 200 characters.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_MARK = re.compile(r"\[\^[^ \n\]]{1,200}\]")


def footnote_marks_plugin(md: MarkdownIt) -> None:
    """Put the check before the rule, which must be there."""
    reference = next(rule.fn for rule in md.inline.ruler.__rules__ if rule.name == "footnote_ref")

    def footnote_mark(state: StateInline, silent: bool) -> bool:
        return _MARK.match(state.src, state.pos, state.posMax) is not None and reference(state, silent)

    md.inline.ruler.at("footnote_ref", footnote_mark)
