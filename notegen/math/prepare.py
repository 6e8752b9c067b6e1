r"""The first pass over a note's formulas: macros, rewriting, numbers; after it every formula can be rendered alone.

Most formulas need none of this. `_NEEDS` tells in a microsecond; the others are tokens from here to the engine.
"""

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from notegen.math.diagnostics import imbalance
from notegen.math.latex.expand import Expanded, expand
from notegen.math.latex.macros import DEFINES, Macro, uses_macros
from notegen.math.latex.nesting import LIMIT, surely_shallow, too_deep
from notegen.math.latex.rewrite import rewrite
from notegen.math.latex.tokens import Token, spell, tokenize
from notegen.math.numbering.numbering import find_structure
from notegen.math.numbering.rows import Reference, Row
from notegen.math.packages.expand import expand_packages, uses_redefined
from notegen.math.types import Problem, Snippet
from notegen.text.patterns import lazy_regex

MAX_LENGTH = 100_000  # characters of one formula that engines are given
_NEEDS = lazy_regex(
    r"\\(?:begin\s*\{\s*(?:equation|align|gather|multline|flalign|eqnarray|alignat"
    r"|subequations|(?:sub)?numcases|empheq|dmath|IEEEeqnarray)\*?\s*\}"
    r"|label|tag|notag|nonumber|eqref|ref|mathop|href|url|html[A-Z]|class|cssId|style|newline|(?:cr|colon|setminus)(?![a-zA-Z])"
    r"|[gex]?def|let|newcommand|renewcommand|providecommand|global|long|Declare[MPSD]|(?:New|Renew|Provide)D|braket\s*\{[^{}]*\}\{|definecolor|require|\\[*\[])"
)
_BEGIN = lazy_regex(r"\\begin\{([a-zA-Z]+)\}")
_FEW = 8  # environments


class Planned(msgspec.Struct, frozen=True):
    """A formula ready for the engines: `latex` without macros, its rows and references marked with `marker`."""

    latex: str
    display: bool
    tokens: list[Token] | None = None  # None: `latex` is the author's
    rows: tuple[Row, ...] = ()
    references: tuple[Reference, ...] = ()
    anchors: tuple[tuple[str, Token], ...] = ()
    parents: tuple[tuple[str, str, Token], ...] = ()
    marker: str = ""
    wrong: bool = False  # math-core would take it but show it wrongly
    expanded: bool = False  # it used or defined macros
    definitions: bool = False  # nothing but definitions
    problem: Problem | None = None


class State(msgspec.Struct, frozen=True):
    """What one formula hands to the next: the macros it defines, the last number given."""

    counter: int
    defined: dict[str, Macro]


def plan(
    snippet: Snippet, macros: Mapping[str, Macro], counter: int, *, number_all: bool, physics: bool = False
) -> tuple[Planned, State]:
    """Plan one formula. Its definitions are in the State, not yet in `macros`. `physics`: it may use that package."""
    latex = snippet.latex
    if len(latex) > MAX_LENGTH:
        message = f"a formula of {len(latex)} characters; the engines are given at most {MAX_LENGTH}"
        return _refused(snippet, Problem("math-too-long", message)), State(counter, {})
    if (
        _is_plain(latex)
        and not snippet.label
        and not uses_macros(latex, macros)
        and not (physics and uses_redefined(latex))
        and not (snippet.display and (number_all or _breaks_rows(latex)))
    ):
        return Planned(latex, snippet.display), State(counter, {})
    return replan(snippet, macros, counter, number_all=number_all, physics=physics)


@lru_cache(maxsize=8192)  # notes repeat their symbols
def _is_plain(latex: str) -> bool:
    """True when math-core can be given the author's LaTeX as it is, unless it uses macros."""
    return not _NEEDS.search(latex) and surely_shallow(latex)


def _breaks_rows(latex: str) -> bool:
    r"""True when a `\\` may stand outside environments."""
    if "\\\\" not in latex:
        return False
    return latex.count("\\begin") > _FEW or "\\\\" in _without_environments(latex)


def _without_environments(latex: str) -> str:
    """Return LaTeX without each environment up to the first end of its name."""
    pieces: list[str] = []
    position = 0
    for begin in _BEGIN.finditer(latex):
        end = rf"\end{{{begin[1]}}}"
        close = latex.find(end, begin.end()) if begin.start() >= position else -1
        if close >= 0:
            pieces.append(latex[position : begin.start()])
            position = close + len(end)
    return "".join([*pieces, latex[position:]])


def replan(
    snippet: Snippet, macros: Mapping[str, Macro], counter: int, *, number_all: bool, physics: bool = False
) -> tuple[Planned, State]:
    """Plan a formula token by token: what `plan` does for those that are not plain."""
    tokens = tokenize(snippet.latex)
    if snippet.label:
        end = len(snippet.latex)
        tokens += [Token(token.text, end, end) for token in tokenize(rf"\label{{{snippet.label}}}")]
    problem = _brace_problem(tokens)
    if problem:
        return _refused(snippet, problem), State(counter, {})
    expands = bool(DEFINES.search(snippet.latex)) or uses_macros(snippet.latex, macros)
    expanded = expand(tokens, macros) if expands else Expanded(tokens, {})
    problem = expanded.problem or (_brace_problem(expanded.tokens) if expands else None)
    if problem:
        return _refused(snippet, problem), State(counter, expanded.defined)
    meant = expand_packages(expanded.tokens, physics=physics)
    if isinstance(meant, Problem):
        return _refused(snippet, meant), State(counter, expanded.defined)
    packaged = meant != expanded.tokens
    rewritten = rewrite(meant, display=snippet.display)
    marker = unused_word(snippet.latex)
    structure = find_structure(
        rewritten.tokens, display=snippet.display, number_all=number_all, counter=counter, marker=marker
    )
    planned = Planned(
        spell(structure.tokens),
        structure.display,
        structure.tokens,
        structure.rows,
        structure.references,
        structure.anchors,
        structure.parents,
        marker,
        wrong=rewritten.wrong,
        expanded=expands or packaged,
        definitions=expands and all(token.text.isspace() for token in structure.tokens),
    )
    return planned, State(structure.counter, expanded.defined)


def _refused(snippet: Snippet, problem: Problem) -> Planned:
    return Planned(snippet.latex, snippet.display, problem=problem)


def _brace_problem(tokens: list[Token]) -> Problem | None:
    """Braces must balance, and nest so deeply only as the engines can follow, before anything else is done."""
    openers = sum(token.text[0] in "\\{_^[" for token in tokens)
    if openers > LIMIT and too_deep(tokens):
        return Problem("math-syntax", "the formula is nested too deeply")
    braces = [token for token in tokens if token.text in {"{", "}"}]
    return imbalance(braces)


def unused_word(latex: str) -> str:
    """Return a word that does not occur in `latex`: marks are recognised by it."""
    marker = "ngx"
    while marker in latex:
        marker += "x"
    return marker
