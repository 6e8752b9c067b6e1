"""Admonitions of MkDocs: `!!! note "Title"`, folded as `??? note`, open as `???+ note`; the body is indented below.

They are pushed as block quotes with a HEAD, of which the callouts rule makes callouts.

Source: Python-Markdown docs, "Admonition"; Material for MkDocs, "Admonitions".
"""

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.callouts.heads import HEAD, Head, without_heading_marks
from notegen.read.syntax.callouts.kinds import WORDS, find_word
from notegen.read.syntax.lines import block_quote, end_of_indented, read_lines
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_OPEN = lazy_regex(r"(!!!|\?\?\?\+?)[ \t]*+([A-Za-z][\w-]*+)(?:[ \t]++[\w-]++)*+[ \t]*+(?:\"([^\"\n]*)\")?[ \t]*")
_FOLDS = {"!!!": "", "???": "-", "???+": "+"}
_INDENT = 4  # columns


def admonitions(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read an admonition of a known kind, or of any with a title or a body: `!!! wow` is text."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(("!!!", "???"), start) or state.is_code_block(start_line):
        return False
    opening = _OPEN.fullmatch(state.src, start, state.eMarks[start_line])
    if opening is None:
        return False
    indent = state.sCount[start_line] + _INDENT
    last = end_of_indented(state, start_line + 1, end_line, indent)
    kind = opening[2].lower()
    if kind not in WORDS and opening[3] is None and last == start_line + 1:
        return False
    if not silent:
        title = without_heading_marks(opening[3] or "")
        head = Head(find_word(kind if kind in WORDS else opening[2]), _FOLDS[opening[1]], "", title, 0)
        _push(state, head, start_line, last, indent)
        state.line = last
    return True


def _push(state: StateBlock, head: Head, start_line: int, end: int, indent: int) -> None:
    with block_quote(state, "!!!", [start_line, end]) as opened:
        HEAD.set(opened, head)
        outer, state.blkIndent = state.blkIndent, indent
        read_lines(state, start_line + 1, end)
        state.blkIndent = outer


ADMONITIONS = Rule("block", "admonitions", admonitions, starts="!?", before="fence", interrupts=BLOCKS)
