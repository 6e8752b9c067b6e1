"""Obsidian's comments: `%%…%%` inside a line, or over several lines and blank lines; they leave nothing behind.

A comment opens in text only, not in code, a formula or after a digit (`100%%`); the next `%%` that is not in code or a
formula closes it. What is not closed stays text.

Source: Obsidian Help, "Basic formatting syntax", the section "Comments".
"""

import re
from bisect import bisect_right

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_MARK = "%%"
_FENCE_OR_MARK = lazy_regex(r"^[ \t>]*(?P<fence>```|~~~)|%%", re.MULTILINE)


def comment_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Skip a comment that starts a line and ends another one, or all of its own; text behind it is read as usual."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(_MARK, start) or state.is_code_block(start_line):
        return False
    end = _end_of_block(state.src, start + len(_MARK), state.eMarks[end_line - 1])
    if end < 0:
        return False
    line = bisect_right(state.bMarks, end, start_line, end_line) - 1
    after = end + len(_MARK)
    has_tail = bool(state.src[after : state.eMarks[line]].strip())
    if (has_tail and line == start_line) or not _same_container(state, start_line, line):
        return False
    if silent:  # without a blank line in it, it is a comment inside the paragraph
        return any(state.isEmpty(index) for index in range(start_line, line))
    state.line = line if has_tail else line + 1
    if has_tail:
        state.bMarks[line], state.tShift[line] = after, state.skipSpaces(after) - after
        state.sCount[line] = state.blkIndent
    return True


def _end_of_block(src: str, start: int, end: int) -> int:
    """Return where the next `%%` outside of code fences stands; -1 if nowhere."""
    fenced = False
    for match in _FENCE_OR_MARK.finditer(src, start, end):
        if match["fence"]:
            fenced = not fenced
        elif not fenced:
            return match.start()
    return -1


def _same_container(state: StateBlock, first: int, last: int) -> bool:
    return all(state.isEmpty(line) or state.sCount[line] >= state.blkIndent for line in range(first + 1, last + 1))


def comment_inline(state: StateInline, silent: bool) -> bool:
    """Skip a comment inside a paragraph, heading or cell."""
    del silent  # nothing is pushed either way
    start = state.pos
    if not state.src.startswith(_MARK, start) or state.src[start - 1 : start].isdigit():
        return False
    end = _end(state, start + len(_MARK))
    if end < 0:
        return False
    state.pos = end + len(_MARK)
    return True


def _end(state: StateInline, start: int) -> int:
    """Return where the next `%%` outside of code and formulas stands; -1 if nowhere."""
    end = state.src.find(_MARK, start, state.posMax)
    if end < 0 or not any(mark in state.src[start:end] for mark in "`$\\"):
        return end
    saved, state.pos = state.pos, start
    while state.pos < state.posMax and not state.src.startswith(_MARK, state.pos):
        if state.src[state.pos] in "`$\\":
            state.md.inline.skipToken(state)
        else:
            state.pos += 1
    end, state.pos = state.pos, saved
    return end if end + len(_MARK) <= state.posMax else -1


COMMENT_BLOCK = Rule("block", "comment", comment_block, starts="%", before="fence", interrupts=BLOCKS)
COMMENT = Rule("inline", "comment", comment_inline, starts="%", before="emphasis")
