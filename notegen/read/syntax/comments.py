"""Obsidian's comments, `%%…%%`, and kramdown's, `{::comment}…{:/comment}`; they leave nothing behind.

Both may stand inside a line, or over several lines and blank lines. One of Obsidian's opens in text only, not in code,
a formula or after a digit (`100%%`); the next `%%` that is not in code or a formula closes it. What is not closed
stays text.

kramdown's `{::nomarkdown}` and its end leave nothing behind, either: what is inside is read as text with HTML.

Source: Obsidian Help, "Basic formatting syntax", the section "Comments"; kramdown, "Syntax", the section "Extensions".
"""

import re
from bisect import bisect_right

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.lines import line_of
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_MARK = "%%"
_KRAMDOWN = "{::comment}"
_KRAMDOWN_END = lazy_regex(r"^[ \t>]{0,80}\{:/(?:comment)?\}[ \t]{0,9}$", re.MULTILINE)
_KRAMDOWN_INLINE = lazy_regex(
    r"\{::comment\}[^{}]{0,1000}+\{:/(?:comment)?\}|\{::nomarkdown(?: [^{}\n]{0,60}+)?\}|\{:/(?:nomarkdown)?\}"
)
_NOMARKDOWN = lazy_regex(r"\{(?:::nomarkdown(?: [^{}\n]{0,60}+)?|:/nomarkdown)\}[ \t]*")
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


def kramdown_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Skip a comment of kramdown whose marks stand on lines of their own, and a mark around HTML alone on its line."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if _NOMARKDOWN.fullmatch(state.src, start, state.eMarks[start_line]) and not state.is_code_block(start_line):
        state.line += 0 if silent else 1
        return not silent
    if state.src[start : state.eMarks[start_line]].rstrip() != _KRAMDOWN or state.is_code_block(start_line):
        return False
    ends = once(state.env, _kramdown_ends, state.src)
    close = next(iter(ends[bisect_right(ends, start) :][:1]), -1)
    line = line_of(state, close, start_line, end_line)
    if line < 0 or not _same_container(state, start_line, line):
        return False
    if not silent:
        state.line = line + 1
    return True


def _kramdown_ends(text: str) -> list[int]:
    return [end.start() for end in _KRAMDOWN_END.finditer(text)]


def kramdown_inline(state: StateInline, silent: bool) -> bool:
    """Skip a comment of kramdown inside a paragraph, and the marks around HTML."""
    del silent  # nothing is pushed either way
    mark = _KRAMDOWN_INLINE.match(state.src, state.pos, state.posMax)
    if mark is None:
        return False
    state.pos = mark.end()
    return True


KRAMDOWN_BLOCK = Rule("block", "kramdown_block", kramdown_block, starts="{", before="fence", interrupts=BLOCKS)
KRAMDOWN = Rule("inline", "kramdown_inline", kramdown_inline, starts="{", before="emphasis")
COMMENT_BLOCK = Rule("block", "comment", comment_block, starts="%", before="fence", interrupts=BLOCKS)
COMMENT = Rule("inline", "comment", comment_inline, starts="%", before="emphasis")
