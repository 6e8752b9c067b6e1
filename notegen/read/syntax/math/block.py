r"""Block rule of the math scanner: displays that stand as blocks and may interrupt a paragraph.

`$$..$$`, `\[..\]`, `\\[..\\]` and bare environments at the start of a line (behind container prefixes) become
`math_block` tokens: `content` is the LaTeX, `markup` the opening delimiter or environment name, `map` the lines, PLACE
the first character of the LaTeX, ANCHOR the id that the author gave (`^f`, `{#f}`, or kramdown's `{: #f }` on the next
line), and LABEL the label with which it is numbered (`{#eq-f}` of Quarto, `{#eq:f}` of pandoc-crossref, `^eq-f` of
Obsidian, `(eq-f)` of MyST). What follows a display on its last line is a paragraph of its own.

Source: kramdown syntax, "Math Blocks"; Pandoc User's Guide, "tex_math_dollars"; GitHub Docs, "Writing mathematical
expressions". Where they differ, what notes written for them need.
"""

import re
from bisect import bisect_left

from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.token import Token

from notegen.math.ids import anchor_id
from notegen.model.config import MathConfig
from notegen.read.syntax.math.display import Display, Opener, display_source, find_display, opener_at
from notegen.read.syntax.math.match import MYST_LABEL
from notegen.read.syntax.math.prose import clean_latex
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.token_data import ANCHOR, FORMULA, LABEL, PLACE, FormulaSource, Place
from notegen.text.patterns import lazy_regex

_DOLLARS = lazy_regex(r"\\.|`[^`\n]*+`|\$\$+", re.DOTALL)  # escapes, code, dollars
_ANCHOR = lazy_regex(rf"[ \t]*(?:\^(?P<block>[A-Za-z0-9-]+)|\{{#(?P<pandoc>[^\s{{}}]++)[^{{}}]*\}}|{MYST_LABEL})[ \t]*")
_EQUATION = lazy_regex(r"eq(?:[-:].|\d)")  # begins labels of Quarto, pandoc-crossref and, as `^eq1`, of Obsidian
_ATTRIBUTES = lazy_regex(r"\{:(?P<list>[^{}]*)\}[ \t]*")
_ID = lazy_regex(r"(?:^|\s)#([^\s#.]+)")


def math_block_rule(settings: MathConfig) -> Rule:
    """Return the rule, which stands before all other block rules; indented code is left alone."""

    def math_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[start_line] + state.tShift[start_line]
        if start >= state.eMarks[start_line] or state.src[start] not in "$\\{":
            return False
        opener = opener_at(state.src, start, state.eMarks[start_line], interrupts=silent)
        if silent and opener is not None and opener.markup == "$$" and _is_opened(state, start):
            return False  # it closes
        if opener is None or state.sCount[start_line] < 0 or state.is_code_block(start_line):
            return False
        display = find_display(state, opener, start_line, end_line)
        if display is None:
            return False
        if not silent:
            _emit(state, opener, display, start_line, end_line, settings)
        return True

    return Rule("block", "math_block", math_block, starts="$\\{", before="table", interrupts=BLOCKS)


def _is_opened(state: StateBlock, start: int) -> bool:
    """Return whether the paragraph that a line would interrupt has opened a display behind words: `so that $$`."""
    dollars = once(state.env, _double_dollars, state.src)
    before, after = bisect_left(dollars, state.bMarks[state.line]), bisect_left(dollars, start)
    if (after - before) % 2 == 0:
        return False
    last = dollars[after - 1] + 2
    return not state.src[last : state.src.find("\n", last)].strip()


def _double_dollars(text: str) -> list[int]:
    """Return where `$$` stand in a text."""
    return [match.start() for match in _DOLLARS.finditer(text) if match[0] == "$$"]


def _emit(
    state: StateBlock, opener: Opener, display: Display, start_line: int, end_line: int, settings: MathConfig
) -> None:
    """Push the display, further displays on its last line, and the text behind them."""
    while True:
        _push(state, opener, display, start_line, settings)
        start_line = display.line
        tail_start = state.skipSpaces(display.after)
        tail_end = state.eMarks[start_line]
        following = opener_at(state.src, tail_start, tail_end) if tail_start < tail_end else None
        another = None
        if following is not None:
            another = find_display(state, following, start_line, end_line, trailing=display.trailing)
        if following is None or another is None:
            break
        opener, display = following, another
    state.line = start_line + 1
    if tail_start < tail_end and not _take_anchor(state, tail_start, tail_end):
        _tail(state, start_line, tail_start, end_line)
    else:
        _take_attributes(state, end_line)


def _push(state: StateBlock, opener: Opener, display: Display, start_line: int, settings: MathConfig) -> None:
    latex = clean_latex(display_source(state, display, start_line), decode_entities=settings.decode_entities)
    line, position = start_line, display.left
    while line < display.line and not state.src[position : state.eMarks[line]].strip():
        line += 1
        position = state.bMarks[line]
    position = state.skipSpaces(position)
    token = state.push("math_block", "", 0)
    token.map = [start_line, display.line + 1]
    token.content = latex.text
    token.markup = opener.markup
    column = position - state.src.rfind("\n", 0, position) - 1
    FORMULA.set(token, FormulaSource(display=True))
    PLACE.set(token, Place(line, column))


def _take_anchor(state: StateBlock, start: int, end: int) -> bool:
    anchor = _ANCHOR.fullmatch(state.src, start, end)
    if anchor is None:
        return False
    if anchor["myst"]:
        LABEL.set(state.tokens[-1], anchor["myst"])
    else:
        name_display(state.tokens[-1], anchor["block"] or anchor["pandoc"])
    return True


def name_display(display: Token, name: str) -> None:
    """Give a display the id that its author wrote behind it, as a label where it says that it is one of an equation."""
    label = name if _EQUATION.match(name) else ""
    if label:
        LABEL.set(display, label)
    if name != anchor_id(label):
        ANCHOR.set(display, name)


def _take_attributes(state: StateBlock, end_line: int) -> None:
    """Read a line of kramdown attributes, or an Obsidian block id, right below the display."""
    line = state.line
    if line >= end_line or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    attributes = _ATTRIBUTES.fullmatch(state.src, start, end)
    if attributes is None:
        if state.src[start] == "^" and _take_anchor(state, start, end):
            state.line += 1
        return
    identifier = _ID.search(attributes["list"])
    if identifier is not None:
        ANCHOR.set(state.tokens[-1], identifier[1])
    state.line += 1


def _tail(state: StateBlock, line: int, start: int, end_line: int) -> None:
    """Read the text behind a display, and the lines that continue it, as a paragraph."""
    saved = state.bMarks[line], state.tShift[line], state.sCount[line]
    state.bMarks[line], state.tShift[line], state.sCount[line] = start, 0, state.blkIndent
    state.line = line
    paragraph(state, line, end_line, False)
    state.bMarks[line], state.tShift[line], state.sCount[line] = saved
