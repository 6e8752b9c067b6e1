"""Markdown right below a line of raw HTML: headings and code end the HTML block, all else is reported.

CommonMark reads raw HTML up to the next blank line, kramdown up to its end tag; `## Heading` or a fence of code means
nothing else than what it is in Markdown, so such a line ends the block wherever that is: behind what is closed, or in
an element that holds blocks (`<div>`, `<details>`). Never in verbatim elements, comments, tags, cells, and no fence
that is not closed. Report: html-markdown, for the first other Markdown of a note that stays visible in raw HTML.

Source: CommonMark specification, "HTML blocks"; kramdown syntax, "HTML Blocks".
"""

import re
from collections.abc import Iterator
from itertools import islice

from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from notegen.read.source_map import locate
from notegen.read.syntax.raw_html.ranges import html_ranges
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.text.html import VOID
from notegen.text.patterns import lazy_regex

_HEADING = lazy_regex(r"#{1,6}[ \t]+\S")
_FENCE = lazy_regex(r"(`{3,}+|~{3,}+)([^`\n]*)$", re.MULTILINE)
_TAG = lazy_regex(r"<(/?)([A-Za-z][A-Za-z0-9-]*+)(?=[\s/>])")
_TO_ITS_END = lazy_regex(r"<(?:[!?]|(?:script|pre|style|textarea)\b)", re.IGNORECASE)  # not to the next blank line
_HOLDERS = frozenset(
    {"article", "aside", "blockquote", "body", "center", "details", "div", "footer", "header", "main", "section"}
)
_BLOCKS = frozenset(block_names) - VOID
_ITEM = r"[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+\S[^\n]*"
_LEFT = lazy_regex(
    rf"^{_ITEM}\n{_ITEM}$"
    r"|\*\*[^\s*][^*\n]{0,200}\*\*|!?\[[^\[\]\n]{1,200}\]\([^()\s]{1,300}\)"
    r"|^[ \t]*(?:#{2,6}[ \t]+\S[^\n]*|`{3,}[^\n]*)",
    re.MULTILINE,
)
_MOST = 20  # lines that are looked at in one block
_SHOWN = 30  # characters in a message


def markdown_below(state: StateBlock, first: int, end_line: int) -> int:
    """Return the line that begins Markdown below the first one of a block of raw HTML; -1 where none does.

    `end_line`: where the container ends, in which a fence must be closed.
    """
    if _TO_ITS_END.match(state.src, state.bMarks[first] + state.tShift[first]):
        return -1
    opened: list[str] = []
    read = first
    for line in islice(_candidates(state, first, end_line), _MOST):
        html = state.getLines(first, line, state.blkIndent, keepLastLF=True)
        _open(opened, state.getLines(read, line, state.blkIndent, keepLastLF=True))
        read = line
        if (not opened or opened[-1] in _HOLDERS) and not _is_inside_markup(html):
            return line
    return -1


def _candidates(state: StateBlock, first: int, end_line: int) -> Iterator[int]:
    """Yield the lines up to the next blank one that are headings, or begin fences of code that are closed."""
    unclosed: set[str] = set()  # fences, of which no longer one is closed either
    for line in range(first + 1, end_line):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return
        start = state.bMarks[line] + state.tShift[line]
        character = state.src[start]
        if character == "#" and not state.is_code_block(line):
            if _HEADING.match(state.src, start, state.eMarks[line]):
                yield line
        elif character in "`~" and character not in unclosed and not state.is_code_block(line):
            fence = _FENCE.match(state.src, start, state.eMarks[line])
            if fence is not None and _is_closed(state, fence[1], line, end_line):
                yield line
            elif fence is not None:
                unclosed.add(character)


def _is_inside_markup(html: str) -> bool:
    """Return whether a piece of HTML ends inside a tag, a comment or a verbatim element."""
    if html.rfind("<!--") > html.rfind("-->") or html.rfind("<") > html.rfind(">"):
        return True
    return any(right == len(html) for _, right in html_ranges(html, whole=True))  # a line ends behind each tag


def _is_closed(state: StateBlock, fence: str, line: int, end_line: int) -> bool:
    """Return whether a fence of code that begins on a line is closed in its container."""
    for below in range(line + 1, end_line):
        start = state.bMarks[below] + state.tShift[below]
        if state.sCount[below] < state.blkIndent and not state.isEmpty(below):
            return False
        text = state.src[start : state.eMarks[below]].rstrip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return True
    return False


def _open(opened: list[str], html: str) -> None:
    """Open and close the block elements of a piece of HTML."""
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _BLOCKS and not tag[1]:
            opened.append(name)
        elif name in opened[-_MOST:]:
            while opened.pop() != name:
                pass


def _report_markdown(state: StateCore) -> None:
    """Report the first Markdown that is shown as written because raw HTML holds it."""
    for token in state.tokens:
        if token.type != "html_block" or (match := _markdown_in(token.content)) is None:
            continue
        words = " ".join(match[0].strip().partition("\n")[0].split())
        shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
        message = f"Markdown inside raw HTML, {shown}, is shown as written"
        place = locate(state.src.split("\n"), token, match.start() + len(match[0]) - len(match[0].lstrip()))
        hint = 'leave a blank line above it, or give the element markdown="1"'
        length = len(match[0].strip().partition("\n")[0])
        report(state.env, "html-markdown", message, place, hint=hint, length=length, cause="html-markdown")
        return


def _markdown_in(html: str) -> re.Match[str] | None:
    ranges = None
    for match in _LEFT.finditer(html):
        ranges = list(html_ranges(html, whole=True)) if ranges is None else ranges
        if not any(left <= match.start() < right for left, right in ranges):
            return match
    return None


HTML_LEFTOVERS = Rule("core", "html_leftovers", _report_markdown, before=AFTER_INLINE)
