"""Content tabs of Material for MkDocs: `=== "Title"` with its content indented below; those that follow are one set.

`===!` begins another set, `===+` is the tab that is shown first.

Source: Material for MkDocs, "Content tabs"; PyMdown Extensions, "Tabbed".
"""

from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import end_of_indented, read_lines
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.syntax.tabs.tokens import tab, tab_set
from notegen.text.patterns import lazy_regex

_OPEN = lazy_regex(r"===(?P<sign>[+!]?)[ \t]++(?:\"(?P<title>[^\"\n]+)\"|'(?P<other>[^'\n]+)')[ \t]*+")
_INDENT = 4  # columns


class _Tab(NamedTuple):
    """A tab: its sign, its title, its line, and the line behind its content."""

    sign: str
    title: str
    line: int
    end: int


def tabs(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a set of tabs, each of which has content."""
    opening = _tab_at(state, start_line, end_line)
    if opening is None or silent:
        return opening is not None
    indent = state.sCount[start_line] + _INDENT
    with tab_set(state, [start_line, opening.end]) as opened:
        while opening is not None:
            with tab(state, opening.title, opening.line, chosen=opening.sign == "+"):
                outer, state.blkIndent = state.blkIndent, indent
                read_lines(state, opening.line + 1, opening.end)
                state.blkIndent = outer
            opened.map = [start_line, opening.end]
            state.line = opening.end
            opening = _next(state, opening.end, end_line, indent - _INDENT)
    return True


def _tab_at(state: StateBlock, line: int, end_line: int) -> _Tab | None:
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("===", start) or state.is_code_block(line):
        return None
    opened = _OPEN.fullmatch(state.src, start, state.eMarks[line])
    if opened is None:
        return None
    end = end_of_indented(state, line + 1, end_line, state.sCount[line] + _INDENT)
    return _Tab(opened["sign"], opened["title"] or opened["other"], line, end) if end > line + 1 else None


def _next(state: StateBlock, line: int, end_line: int, indent: int) -> _Tab | None:
    """Return the tab of the same set that follows, if one does."""
    while line < end_line and state.isEmpty(line):
        line += 1
    if line >= end_line or state.sCount[line] != indent:
        return None
    opening = _tab_at(state, line, end_line)
    return opening if opening is not None and opening.sign != "!" else None


TABS = Rule("block", "tabs", tabs, starts="=", before="fence", interrupts=BLOCKS)
