"""What the math scanner has to tell the author, with exact places, and the finishing touches on inline tokens.

After parsing, `env["math_problems"]` is a tuple of `Problem`, in the order of the text. It is absent if there are none.
"""

from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.positions import locate_all
from notegen.read.syntax.math.footnotes import inline_footnotes
from notegen.read.syntax.math.inline import Run, take_runs
from notegen.read.syntax.math.table import BARS, EXTRA_CELLS

PROBLEMS = "math_problems"
_TASK = '<input class="task-list-item-checkbox"'
_TASK_WIDTH = 3  # the plugin cuts `[x]` from the content
_IMAGE_TEXT = frozenset({"math_inline", "math_ref"})


class Problem(NamedTuple):
    """A diagnostic without a path: `line` and `column` are 1-based in the text that was parsed."""

    code: str
    message: str
    hint: str
    line: int
    column: int
    length: int


def math_problem_rules(md: MarkdownIt) -> None:
    """Add the core rules: places first, since later rules change the content of inline tokens."""
    md.core.ruler.after("inline", "math_problems", _collect)
    md.core.ruler.push("math_offsets", _finish)


def _collect(state: StateCore) -> None:
    runs = take_runs(state.env)
    bars: list[tuple[int, int]] = state.env.pop(BARS, [])
    extra: list[tuple[int, int]] = state.env.pop(EXTRA_CELLS, [])
    if not runs and not bars and not extra:
        return
    lines = state.src.split("\n")
    problems = [_bar_problem(line, column) for line, column in bars]
    problems += [_cell_problem(line, column) for line, column in extra]
    for token in [*state.tokens, *inline_footnotes(state.tokens, state.env)]:
        if token.type == "inline":
            run = runs.get(token.content)
            if run is not None and run.slips:
                problems.extend(_slip_problems(token, run, lines))
            _restore_image_text(token.children or [])
    if problems:
        state.env[PROBLEMS] = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))


def _bar_problem(line: int, column: int) -> Problem:
    hint = r"write | for a bar: inside a formula it does not split the cell"
    return Problem("math-table-bar", r"\| inside table math is the norm, not a bar", hint, line + 1, column + 1, 2)


def _cell_problem(line: int, column: int) -> Problem:
    hint = "give the header and the delimiter row as many cells"
    return Problem(
        "table-extra-cell", "more cells than the header: from here on they are not shown", hint, line + 1, column + 1, 1
    )


def _slip_problems(token: Token, run: Run, lines: list[str]) -> list[Problem]:
    places = locate_all(lines, token, run.slips)
    return [
        Problem(slip.code, slip.message, slip.hint, *places[offset], slip.length) for offset, slip in run.slips.items()
    ]


def _restore_image_text(tokens: list[Token]) -> None:
    """Give images whose alternative text holds formulas that text as written: an attribute holds no formula."""
    for token in tokens:
        if token.type == "image" and any(child.type in _IMAGE_TEXT for child in token.children or []):
            token.children = [Token("text", "", 0, content=token.content)]


def _finish(state: StateCore) -> None:
    """Keep offsets true in task list items, whose content loses its check mark, and give lines to inline footnotes."""
    unplaced: list[Token] = []
    for token in state.tokens:
        children = token.children
        if token.type != "inline" or not children:
            continue
        if token.map is None:
            unplaced.append(token)
        if children[0].content.startswith(_TASK):
            for child in children:
                if "offset" in child.meta:
                    child.meta["offset"] -= _TASK_WIDTH
    if unplaced:
        lines = {note.content: note.map for note in inline_footnotes(state.tokens, state.env)}
        for token in unplaced:
            token.map = lines.get(token.content)
