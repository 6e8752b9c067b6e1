"""Content tabs of Material for MkDocs: `=== "Title"` with its content indented below, shown one below the other.

Tokens: `container_open` and `container_close` around it, with a paragraph `container-title`.

Source: Material for MkDocs, "Content tabs".
"""

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import end_of_indented, push_paragraph, read_lines
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_OPEN = lazy_regex(r"===[+!]?[ \t]+(?:\"([^\"\n]+)\"|'([^'\n]+)')[ \t]*")
_INDENT = 4  # columns


def tabs(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read one tab, which has content."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("===", start) or state.is_code_block(start_line):
        return False
    opened = _OPEN.fullmatch(state.src, start, state.eMarks[start_line])
    if opened is None:
        return False
    indent = state.sCount[start_line] + _INDENT
    last = end_of_indented(state, start_line + 1, end_line, indent)
    if last == start_line + 1:
        return False
    if not silent:
        box = state.push("container_open", "div", 1)
        box.map, box.attrs = [start_line, last], {"class": "tab-item"}
        title = opened[1] or opened[2]
        push_paragraph(state, title, [start_line, start_line + 1], **{"class": "container-title"})
        outer, state.blkIndent = state.blkIndent, indent
        read_lines(state, start_line + 1, last)
        state.blkIndent = outer
        state.push("container_close", "div", -1)
        state.line = last
    return True


TABS = Rule("block", "tabs", tabs, starts="=", before="fence", interrupts=BLOCKS)
