"""Help for block rules: reading some of the lines, pushing what comes again and again, what fences hide."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.parse_state import parse_state
from notegen.read.token_data import PLACE, Place
from notegen.text.patterns import lazy_regex

_FENCE = lazy_regex(r"^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)*(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$", re.MULTILINE)
_SPACE = lazy_regex(r"[ \t]*")


def read_lines(state: StateBlock, first: int, end: int) -> None:
    """Read the lines from `first` up to `end` as blocks, and no further: paragraphs read on to `lineMax`."""
    limit, state.lineMax = state.lineMax, end
    state.md.block.tokenize(state, first, end)
    state.lineMax = limit


def read_apart(state: StateBlock | StateCore, text: str, first: int, level: int = 0) -> list[Token]:
    """Return the tokens of a text, read as blocks, that begins at the line `first` of the whole; reports move, too."""
    reports = parse_state(state.env).reports
    known = len(reports)
    inner = StateBlock(text, state.md, state.env, [])
    inner.level = level
    state.md.block.tokenize(inner, 0, inner.lineMax)
    for token in inner.tokens:
        if token.map is not None:
            token.map = [line + first for line in token.map]
        place = PLACE.of(token) if token.meta else None
        if place is not None:
            PLACE.set(token, Place(place.line + first, place.column))
    reports[known:] = [msgspec.structs.replace(item, line=item.line + first) for item in reports[known:]]
    return inner.tokens


def end_of_indented(state: StateBlock, first: int, end_line: int, indent: int) -> int:
    """Return the line behind those from `first` on that are indented so far, in columns; blank ones end no body."""
    last = first
    for line in range(first, end_line):
        if not state.isEmpty(line):
            if state.sCount[line] < indent:
                break
            last = line + 1
    return last


@contextmanager
def block_quote(state: StateBlock, markup: str, lines: list[int]) -> Iterator[Token]:
    """Push a block quote around what is pushed inside; give the token that opens it."""
    opened = state.push("blockquote_open", "blockquote", 1)
    opened.markup, opened.map = markup, lines
    parent, state.parentType = state.parentType, "blockquote"
    yield opened
    state.parentType = parent
    state.push("blockquote_close", "blockquote", -1).markup = markup


def push_paragraph(state: StateBlock, content: str, lines: list[int], **attrs: str) -> tuple[Token, Token]:
    """Push a paragraph of one text; return the tokens that open and close it."""
    opened = state.push("paragraph_open", "p", 1)
    opened.attrs, opened.map = {**attrs}, lines
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = content, [], lines
    return opened, state.push("paragraph_close", "p", -1)


def outside_fences(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `pattern` that do not begin inside a fenced block of code. Linear in the text."""
    blocks = fences(text)
    start, end = next(blocks, (len(text), len(text)))
    for match in pattern.finditer(text):
        while end <= match.start() < len(text):
            start, end = next(blocks, (len(text), len(text)))
        if not start <= match.start() < end:
            yield match


def fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each fenced block begins and ends; one that is not closed hides nothing."""
    opened: re.Match[str] | None = None
    for fence in _fence_lines(text):
        mark = fence["mark"]
        if opened is None:
            opened = fence if mark[0] == "~" or "`" not in fence["info"] else None
        elif mark.startswith(opened["mark"]) and not fence["info"].strip():
            yield opened.start(), fence.end()
            opened = None


def _fence_lines(text: str) -> Iterator[re.Match[str]]:
    """Yield the lines that begin with a fence. Those without its signs, nearly all, are not looked at."""
    end, ticks, tildes = 0, text.find("```"), text.find("~~~")
    while ticks >= 0 or tildes >= 0:
        mark = min(at for at in (ticks, tildes) if at >= 0)
        fence = _FENCE.match(text, text.rfind("\n", end, mark) + 1 or end)
        if fence:
            yield fence
        end = text.find("\n", mark)
        if end < 0:
            return
        ticks = text.find("```", end) if 0 <= ticks < end else ticks
        tildes = text.find("~~~", end) if 0 <= tildes < end else tildes


def line_of(state: StateBlock, position: int, first: int, end_line: int) -> int:
    """Return the line in [first, end_line) that holds a position of the text; -1 where none does."""
    if end_line <= first or not state.bMarks[first] <= position <= state.eMarks[end_line - 1]:
        return -1
    return bisect_right(state.bMarks, position, first, end_line) - 1


def leaves(state: StateBlock, first: int, last: int) -> bool:
    """Return whether one of these lines is indented less than the container, a list item, that the first is in."""
    return any(state.sCount[line] < state.blkIndent and not state.isEmpty(line) for line in range(first, last + 1))


@contextmanager
def cut_lines(state: StateBlock, first: tuple[int, int], last: tuple[int, int]) -> Iterator[None]:
    """Let the block rules see the text from (line, position) up to (line, position) only.

    The lines get their edges back afterwards.
    """
    (line, start), (last_line, end) = first, last
    saved = state.bMarks[line], state.tShift[line], state.sCount[line], state.eMarks[last_line], state.lineMax
    if start > state.bMarks[line] + state.tShift[line]:
        indent = _SPACE.match(state.src, start, end if line == last_line else state.eMarks[line])
        state.bMarks[line], state.sCount[line] = start, state.blkIndent
        state.tShift[line] = len(indent[0]) if indent else 0
    state.eMarks[last_line], state.lineMax = end, last_line + 1
    try:
        yield
    finally:
        state.bMarks[line], state.tShift[line], state.sCount[line], state.eMarks[last_line], state.lineMax = saved


def holds_fence(state: StateBlock, first: int, end: int) -> bool:
    """Return whether a line from `first` up to `end` begins a fence of code."""
    starts = (state.bMarks[line] + state.tShift[line] for line in range(first, end))
    return any(state.src.startswith(("```", "~~~"), start) for start in starts)
