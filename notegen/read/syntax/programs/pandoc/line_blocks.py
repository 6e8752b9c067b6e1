"""Pandoc's line blocks: lines behind `| `, which keep their breaks and the spaces that they begin with.

Two lines at least, none with another bar: what has more may be a table without its delimiter row.

Source: Pandoc User's Guide, "line_blocks".
"""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from notegen.read.syntax.lines import push_paragraph
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.text.patterns import lazy_regex

_LINE = lazy_regex(r"\|(?: (?P<text>[^|\n]*+))?")
_SPACES = lazy_regex(r"[ ]*")
_CLASS = "line-block"


def line_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read the lines of a block; it interrupts no paragraph."""
    lines: list[str] = []
    for line in range(start_line, end_line):
        start = state.bMarks[line] + state.tShift[line]
        match = _LINE.fullmatch(state.src, start, state.eMarks[line]) if not state.is_code_block(line) else None
        if match is None or state.sCount[line] < state.blkIndent:
            break
        lines.append(match["text"] or "")
    if len(lines) < 2 or not any(lines):  # noqa: PLR2004 - one bar is text
        return False
    if not silent:
        indents = [len(spaces[0]) if (spaces := _SPACES.match(text)) else 0 for text in lines]
        texts = ("\N{NO-BREAK SPACE}" * indent + text[indent:] for indent, text in zip(indents, lines, strict=True))
        end = start_line + len(lines)
        push_paragraph(state, "\n".join(texts), [start_line, end], **{"class": _CLASS})
        state.line = end
    return True


def _keep_breaks(state: StateCore) -> None:
    if "| " not in state.src:
        return
    for index, opened in enumerate(state.tokens):
        if opened.attrs and opened.type == "paragraph_open" and opened.attrs.get("class") == _CLASS:
            for child in state.tokens[index + 1].children or ():
                if child.type == "softbreak":
                    child.type = "hardbreak"


LINE_BLOCKS = Rule("block", "line_blocks", line_block, starts="|", before="html_block")
LINE_BREAKS = Rule("core", "line_breaks", _keep_breaks, before=AFTER_INLINE)
