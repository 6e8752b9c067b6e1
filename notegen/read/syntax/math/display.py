"""Where a display that starts a line ends: the closing delimiter, and whether what is between can be a display."""

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.math.match import is_trailing
from notegen.read.syntax.math.prose import (
    DISPLAY_ENVIRONMENTS,
    ENVIRONMENTS,
    holds_paragraphs,
    is_blank,
    is_citation,
    is_prose,
)
from notegen.text.patterns import lazy_regex

_DOLLARS = lazy_regex(r"\\.|(?P<close>\$\$)")
_BRACKET = lazy_regex(r"\\\\|(?P<open>\\\[)|(?P<close>\\\])|\\.")
_DOUBLE_BRACKET = lazy_regex(r"(?P<close>\\\\\])|\\\\|\\.")
_ENVIRONMENT = lazy_regex(r"\\begin\s?\{([A-Za-z]+\*?)\}")
_ENVIRONMENTS = lazy_regex(r"\\\\|\\(?:(?P<open>begin)|(?P<close>end))\s?\{[A-Za-z]+\*?\}")
_DISPLAY_ONLY = lazy_regex(r"\\(?:tag|label)\b|\\begin\{(?:equation|align|gather|multline|eqnarray|flalign|alignat)")
_ITEM = lazy_regex(r"(?:[*+-]|\d{1,9}[.)])(?:[ \t]|$)")
HEADING_OR_FENCE = lazy_regex(r"#{1,6}(?:[ \t]|$)|```|~~~")
_MAX_DEPTH = 10  # environments inside environments


class Opener(NamedTuple):
    """An opening delimiter: `left` is where the LaTeX starts, `content` where its inside starts."""

    markup: str
    left: int
    content: int
    closing: re.Pattern[str]  # group "close" closes, group "open" nests


class Display(NamedTuple):
    """A display: its LaTeX is `src[left:right]`, its last line `line`, and the text goes on at `after`.

    `trailing`: what follows on the line is known to belong to it, or to displays behind it.
    """

    left: int
    right: int
    line: int
    after: int
    trailing: bool = False


def opener_at(src: str, start: int, end: int, *, interrupts: bool = False) -> Opener | None:
    """Return the opening delimiter of a display at `start` in a line that ends at `end`, or None.

    Environments that are parts of formulas (`bmatrix`, `aligned`) do not interrupt a paragraph: a dollar may have
    been opened before.
    """
    if src.startswith("$$", start):
        return None if src.startswith("$$$", start) else Opener("$$", start + 2, start + 2, _DOLLARS)
    if src.startswith("\\[", start):
        return Opener("\\[", start + 2, start + 2, _BRACKET)
    if src.startswith("\\\\[", start):
        return Opener("\\\\[", start + 3, start + 3, _DOUBLE_BRACKET)
    if src.startswith("\\begin", start):
        begin = _ENVIRONMENT.match(src, start, end)
        if begin is not None and begin[1] in (DISPLAY_ENVIRONMENTS if interrupts else ENVIRONMENTS):
            return Opener(begin[1], start, begin.end(), _ENVIRONMENTS)
    return None


def find_display(
    state: StateBlock, opener: Opener, start_line: int, end_line: int, *, trailing: bool = False
) -> Display | None:
    """Return the display that `opener` opens, or None if it is not closed or not a display.

    Blank lines are allowed only if both delimiters stand alone on their lines (a bare environment needs not) and no
    heading or code fence comes between. `$$..$$` followed by prose on its line is left to the inline rule, as in
    kramdown; with `trailing`, what follows it on its line is known to be no prose.
    """
    display = _find_closer(state, opener, start_line, end_line)
    if display is None:
        return None
    inside = display_source(state, display, start_line)
    if is_blank(inside):
        return None
    tail = slice(display.after, state.eMarks[display.line])  # cut out only where needed: a line may hold many displays
    if opener.markup in {"\\[", "\\\\["}:
        return None if is_prose(inside) or (is_citation(inside) and state.src[tail].strip()) else display
    if opener.markup == "$$" and not _is_alone(state, opener, start_line):
        if _DISPLAY_ONLY.search(inside):
            return display
        known = (trailing and display.line == start_line) or is_trailing(state.src[tail])
        return display._replace(trailing=True) if known else None
    return display


def display_source(state: StateBlock, display: Display, start_line: int) -> str:
    """Return the source of a display's LaTeX without container prefixes."""
    if display.line == start_line:
        return state.src[display.left : display.right]
    first = state.src[display.left : state.eMarks[start_line]]
    middle = state.getLines(start_line + 1, display.line, state.blkIndent, keepLastLF=True)
    last = state.getLines(display.line, display.line + 1, state.blkIndent, keepLastLF=False)
    return f"{first}\n{middle}{last[: len(last) - (state.eMarks[display.line] - display.right)]}"


def _find_closer(state: StateBlock, opener: Opener, start_line: int, end_line: int) -> Display | None:
    closed = _close_on_line(state, opener, start_line, opener.content, 1)
    depth = closed if isinstance(closed, int) else 0
    indent = min(state.blkIndent, state.sCount[start_line])
    may_be_blank = _is_alone(state, opener, start_line) or _is_environment(opener)
    marker = _list_marker(state, opener, start_line)
    left = False  # a line stands left of the list item that the display begins
    blank = False
    line = start_line
    while not isinstance(closed, Display):
        line += 1
        if line >= end_line or depth == 0 or depth > _MAX_DEPTH:
            return None
        start = state.bMarks[line] + state.tShift[line]
        if state.isEmpty(line):
            if not may_be_blank:
                return None
            blank = True
            continue
        left = left or state.sCount[line] < indent
        if (left and not _may_leave(state, line, marker, blank=blank)) or (
            blank and HEADING_OR_FENCE.match(state.src, start, state.eMarks[line])
        ):
            return None
        closed = _close_on_line(state, opener, line, start, depth)
        if isinstance(closed, int):
            depth = closed
        elif left and state.src[start : closed.right].strip():
            return None
    if blank and not _may_contain_blank_lines(state, opener, closed, start_line):
        return None
    return closed


def _close_on_line(state: StateBlock, opener: Opener, line: int, start: int, depth: int) -> Display | int:
    """Look for the closer on one line from `start` on: return the display, or how deep delimiters nest at its end.

    Depth 0 means that there is no display: it is closed by what cannot close it, or opened twice.
    """
    for match in opener.closing.finditer(state.src, start, state.eMarks[line]):
        groups = match.groupdict()
        if groups.get("open"):
            if not _is_environment(opener):
                return 0
            depth += 1
        elif groups["close"]:
            depth -= 1
            if depth == 0:
                return _closed(state, opener, line, match)
    return depth


def _closed(state: StateBlock, opener: Opener, line: int, closer: re.Match[str]) -> Display | int:
    if not _is_environment(opener):
        return Display(opener.left, closer.start(), line, closer.end())
    if state.src[closer.start("close") : closer.end()].partition("{")[2] != opener.markup + "}":
        return 0
    return Display(opener.left, closer.end(), line, closer.end())


def _is_environment(opener: Opener) -> bool:
    return opener.left < opener.content


def _is_alone(state: StateBlock, opener: Opener, line: int) -> bool:
    return not state.src[opener.content : state.eMarks[line]].strip()


def _list_marker(state: StateBlock, opener: Opener, line: int) -> str:
    """Return the mark of the list item that a `$$` alone on its line begins (`*` or `1`); "" where it begins none."""
    before = state.src[state.bMarks[line] : opener.left - len(opener.markup)].strip()
    return before[:1] if opener.markup == "$$" and _is_alone(state, opener, line) else ""


def _may_leave(state: StateBlock, line: int, marker: str, *, blank: bool) -> bool:
    """Return whether a line belongs to a display although it is indented less than the list item that this begins.

    `* $$`, then its lines without any indent, up to a `$$`: so write those whose program knows no indent of items.
    """
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    another = state.src[start].isdecimal() if marker.isdecimal() else state.src[start] == marker
    item = another and _ITEM.match(state.src, start, end) is not None
    return bool(marker) and not blank and not item and not HEADING_OR_FENCE.match(state.src, start, end)


def _may_contain_blank_lines(state: StateBlock, opener: Opener, display: Display, start_line: int) -> bool:
    if not _is_environment(opener):
        start = state.bMarks[display.line]  # behind quote marks
        tail = state.src[display.after : state.eMarks[display.line]]
        if state.src[start : display.right].strip() or not is_trailing(tail):
            return False
    return not holds_paragraphs(display_source(state, display, start_line))
