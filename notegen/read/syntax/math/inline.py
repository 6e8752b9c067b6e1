r"""Inline rule of the math scanner: formulas inside paragraphs, headings and table cells.

Tokens: `math_inline`; `content` is the LaTeX, `markup` the opening delimiter or environment name, and `meta` holds
`display` and `offset`, the index of the first character of the LaTeX in the content of the parent inline token.

The partners of all delimiters are computed once per run of text and kept in `env` until all runs are read.
"""

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from notegen.model.config import MathConfig
from notegen.read.syntax.math.pairs import Match, match_formula, skip_opener
from notegen.read.syntax.math.prose import ENVIRONMENTS, clean_latex
from notegen.read.syntax.math.scan import Scan, scan

_RUNS = "math_runs"
_CODE_DOLLARS = re.compile(r"`(\$\$?)([^`$](?:[^`]*[^`$])?)\1`(?!`)")
_UNCLOSED = re.compile(r"\$(?:\\[A-Za-z]|\w*[\^_][\w{\\])")
_BEGIN = re.compile(r"\\begin\s?\{([A-Za-z]+\*?)\}")


class Slip(NamedTuple):
    """A delimiter that opens no formula though it looks like one: diagnostic code, words, and its length."""

    code: str
    message: str
    hint: str
    length: int


class Run(NamedTuple):
    """A run of inline text: its partners, and the slips found in it by position."""

    partners: Scan
    slips: dict[int, Slip]


def math_inline_rules(md: MarkdownIt, settings: MathConfig) -> None:
    """Add the rule before all others but plain text."""

    def math_inline(state: StateInline, silent: bool) -> bool:
        character = state.src[state.pos]
        if character in {"$", "\\"}:
            return _formula(state, settings, silent=silent)
        if character == "`" and settings.code_dollars:
            return _code_dollars(state, settings, silent=silent)
        return False

    md.inline.ruler.after("text", "math_inline", math_inline)


def take_runs(env: EnvType) -> dict[str, Run]:
    """Return the runs read since the last call, by their text, and forget them."""
    runs: dict[str, Run] = env.pop(_RUNS, {})
    return runs


def _formula(state: StateInline, settings: MathConfig, *, silent: bool) -> bool:
    text, start = state.src, state.pos
    if text[start] == "\\" and text[start + 1 : start + 2] not in {"(", "[", "\\", "b"}:
        return False
    run = _run(state)
    found = match_formula(text, run.partners, start)
    if found is None or found.end > state.posMax:
        return _no_formula(state, run, silent=silent)
    if not silent:
        _push(state, found, settings)
    state.pos = found.end
    return True


def _run(state: StateInline) -> Run:
    runs: dict[str, Run] = state.env.setdefault(_RUNS, {})
    run = runs.get(state.src)
    if run is None:
        run = Run(scan(state.src, html=bool(state.md.options.get("html"))), {})
        runs[state.src] = run
    return run


def _push(state: StateInline, found: Match, settings: MathConfig) -> None:
    latex = clean_latex(state.src[found.left : found.right], decode_entities=settings.decode_entities)
    display = found.display or (found.markup == "$$" and settings.inline_double_dollars == "display")
    token = state.push("math_inline", "", 0)
    token.content = latex.text
    token.markup = found.markup
    token.meta = {"display": display, "offset": found.left + latex.skipped}


def _no_formula(state: StateInline, run: Run, *, silent: bool) -> bool:
    """Note what may be a slip of the author; take a row of three and more dollars as text at once."""
    text, start = state.src, state.pos
    if not silent:
        slip = _slip(text, run.partners, start)
        if slip is not None:
            run.slips[start] = slip
    if text[start] != "$":
        return False
    length = min(skip_opener(text, start), state.posMax - start)
    if length == 1:
        return False
    if not silent:
        state.append_pending("$" * length)
    state.pos += length
    return True


def _slip(text: str, partners: Scan, start: int) -> Slip | None:
    """Return what the author may have meant by a delimiter that opens nothing; None for what is plainly text."""
    if text[start] == "\\":
        begin = _BEGIN.match(text, start)
        if begin is not None and begin[1] in ENVIRONMENTS and start not in partners.environments:
            return Slip("math-unclosed", rf"no \end{{{begin[1]}}} follows in this paragraph", "", len(begin[0]))
    elif text.startswith("$$", start):
        if start not in partners.double and not text.startswith("$$$", start):
            hint = "close it before the next blank line, or put both $$ on lines of their own"
            return Slip("math-unclosed", "$$ is opened but never closed", hint, 2)
    elif start in partners.single:
        if text[start + 1 : partners.single[start]].strip():
            hint = r"write \$ for a dollar sign; a formula has no space inside its dollars"
            return Slip("math-ambiguous-dollar", "read as text, though a second dollar follows", hint, 1)
    elif _UNCLOSED.match(text, start):
        return Slip("math-unclosed", "$ is opened but never closed in its paragraph", r"write \$ for a dollar sign", 1)
    return None


def _code_dollars(state: StateInline, settings: MathConfig, *, silent: bool) -> bool:
    start = state.pos
    if start and state.src[start - 1] == "`":
        return False
    found = _CODE_DOLLARS.match(state.src, start, state.posMax)
    if found is None:
        return False
    if not silent:
        double = found[1] == "$$"
        _push(state, Match(found.end(), found.start(2), found.end(2), "`" + found[1], double), settings)
    state.pos = found.end()
    return True
