r"""Formulas in raw HTML blocks and in ```` ```math ```` fences: a core rule that runs before the inline rules.

An `html_block` is split into `html_block`, `math_block` and `math_inline` tokens that stand beside one another; what is
between has its tags, attributes, comments and verbatim elements untouched. As in a browser, `&lt;` there means `<`.
All formulas made here have their PLACE.
"""

import re
from collections.abc import Iterator

from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.source_map import locate, locate_all
from notegen.read.syntax.math.display import HEADING_OR_FENCE
from notegen.read.syntax.math.match import Match, find_formulas
from notegen.read.syntax.math.partners import scan
from notegen.read.syntax.math.prose import clean_latex
from notegen.read.syntax.raw_html.ends import markdown_below
from notegen.read.syntax.raw_html.ranges import html_ranges
from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.read.token_data import FORMULA, PLACE, FormulaSource, Place
from notegen.text.patterns import lazy_regex

_TYPES = frozenset({"fence", "html_block"})
_FENCE = lazy_regex(r"^[ \t]*\$\$[ \t]*$", re.MULTILINE)


def _html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read an HTML block; a blank line inside `$$` fences (a list of macros, say) does not end it.

    Markdown that is certain does, see raw_html/ends.py.
    """
    line = -1 if silent else markdown_below(state, start_line, end_line)
    if not html_block(state, start_line, line if line >= 0 else end_line, silent):
        return False
    if not silent and (end := state.eMarks[state.line - 1]) < len(state.src) and state.src[end] != "\n":
        state.tokens[-1].content = state.tokens[-1].content[:-1] + "\n"  # a line that was cut has no end of its own
    if line >= 0:
        return True
    read = start_line
    while not silent and len(_FENCE.findall(state.getLines(read, state.line, 0, keepLastLF=True))) % 2:
        closing_line = _closing_line(state, end_line)
        if closing_line < 0:
            break
        read = state.line = closing_line + 1
        while state.line < end_line and not state.isEmpty(state.line) and state.sCount[state.line] >= state.blkIndent:
            state.line += 1
    if read > start_line:
        token = state.tokens[-1]
        token.content = state.getLines(start_line, state.line, state.blkIndent, keepLastLF=True)
        token.map = [start_line, state.line]
    return True


def _closing_line(state: StateBlock, end_line: int) -> int:
    """Return the next line that is `$$` alone, or -1 if anything else starts before."""
    for line in range(state.line, end_line):
        start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if state.isEmpty(line):
            continue
        if state.src.startswith("$$", start):
            return line if not state.src[start + 2 : end].strip() else -1
        if state.sCount[line] < state.blkIndent or state.src[start] == "<" or HEADING_OR_FENCE.match(state.src, start):
            return -1
    return -1


def _math_html(state: StateCore) -> None:
    if not any(_concerns(token) for token in state.tokens if token.type in _TYPES):
        return
    lines = state.src.split("\n")
    tokens: list[Token] = []
    for token in state.tokens:
        if not _concerns(token):
            tokens.append(token)
        elif token.type == "fence":
            tokens.append(_fence(token, lines))
        else:
            tokens.extend(_split(token, lines))
    state.tokens = tokens


def _concerns(token: Token) -> bool:
    if token.type == "fence":
        return token.info.strip() == "math" and not token.content.isspace() and token.content != ""
    return token.type == "html_block" and ("$" in token.content or "\\" in token.content)


def _fence(token: Token, lines: list[str]) -> Token:
    latex = clean_latex(token.content)
    inside = token.copy(map=[line + 1 for line in token.map or [0, 0]])
    place = locate(lines, inside, latex.skipped)
    return _formula(token, latex.text, f"{token.markup}math", place, display=True)


def _split(token: Token, lines: list[str]) -> Iterator[Token]:
    content = token.content
    formulas = [
        (start, formula, clean_latex(content[formula.left : formula.right], decode_entities=True))
        for start, formula in _formulas(content)
    ]
    places = locate_all(lines, token, [formula.left + latex.skipped for _, formula, latex in formulas])
    written = 0
    for start, formula, latex in formulas:
        if start > written:
            yield token.copy(content=content[written:start])
        place = places[formula.left + latex.skipped]
        yield _formula(token, latex.text, formula.markup, place, display=formula.display)
        written = formula.end
    if written < len(content):
        yield token.copy(content=content[written:])


def _formula(token: Token, latex: str, markup: str, place: tuple[int, int], *, display: bool) -> Token:
    math = Token("math_block" if display else "math_inline", "", 0, content=latex, markup=markup)
    math.map, math.level, math.block = token.map, token.level, True
    FORMULA.set(math, FormulaSource(display=display, from_html=token.type == "html_block"))
    PLACE.set(math, Place(place[0] - 1, place[1] - 1))
    return math


def _formulas(content: str) -> Iterator[tuple[int, Match]]:
    """Yield the formulas of the text between tags, with positions in `content`."""
    start = 0
    for left, right in [*html_ranges(content, whole=True), (len(content), len(content))]:
        text = content[start:left]
        if "$" in text or "\\" in text:
            for begin, formula in find_formulas(text, scan(text, html=False), html=True):
                in_content = formula._replace(
                    end=start + formula.end, left=start + formula.left, right=start + formula.right
                )
                yield start + begin, in_content
        start = right


HTML_BLOCK = Rule("block", "html_block", _html_block, starts="<", interrupts=("paragraph", "reference", "blockquote"))
MATH_HTML = Rule("core", "math_html", _math_html, before=BEFORE_INLINE)
