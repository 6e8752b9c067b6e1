r"""Inline rules of the math scanner: formulas inside paragraphs, headings and table cells.

Tokens: `math_inline`; `content` is the LaTeX, `markup` the opening delimiter or environment name, FORMULA says whether
it is a display, SPAN where its LaTeX begins.

The partners of all delimiters are found once for each run of text. Reports: math-unclosed, math-ambiguous-dollar.
"""

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.model.config import MathConfig
from notegen.read.source_map import inline_tokens
from notegen.read.syntax.math.match import Match, match_formula, skip_opener
from notegen.read.syntax.math.partners import Scan, scan
from notegen.read.syntax.math.prose import ENVIRONMENTS, clean_latex
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.report import report_inline
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.token_data import FORMULA, SPAN, FormulaSource, Span
from notegen.text.patterns import lazy_regex

_CODE_DOLLARS = lazy_regex(r"`(\$\$?)([^`$](?:[^`]*[^`$])?)\1`(?!`)")
_UNCLOSED = lazy_regex(r"\$(?:\\[A-Za-z]|\w*[\^_][\w{\\])")
_BEGIN = lazy_regex(r"\\begin\s?\{([A-Za-z]+\*?)\}")
_IMAGE_TEXT = frozenset({"math_inline", "cross_ref"})


def math_inline_rule(settings: MathConfig) -> Rule:
    """Return the rule for formulas, which stands before all others but plain text."""

    def math_inline(state: StateInline, silent: bool) -> bool:
        character = state.src[state.pos]
        if character in {"$", "\\"}:
            return _formula(state, settings, silent=silent)
        if character == "`" and settings.code_dollars:
            return _code_dollars(state, settings, silent=silent)
        return False

    return Rule("inline", "math_inline", math_inline, starts="$\\`", before="linkify")


def _formula(state: StateInline, settings: MathConfig, *, silent: bool) -> bool:
    text, start = state.src, state.pos
    if text[start] == "\\" and text[start + 1 : start + 2] not in {"(", "[", "\\", "b"}:
        return False
    partners = once(state.env, _scan_html if state.md.options.get("html") else _scan_text, text)
    formula = match_formula(text, partners, start)
    if formula is None or formula.end > state.posMax:
        return _no_formula(state, partners, silent=silent)
    if not silent:
        _push(state, formula, settings)
    state.pos = formula.end
    return True


def _scan_html(text: str) -> Scan:
    return scan(text, html=True)


def _scan_text(text: str) -> Scan:
    return scan(text, html=False)


def _push(state: StateInline, formula: Match, settings: MathConfig) -> None:
    latex = clean_latex(state.src[formula.left : formula.right], decode_entities=settings.decode_entities)
    display = formula.display or (formula.markup == "$$" and settings.inline_double_dollars == "display")
    token = state.push("math_inline", "", 0)
    token.content = latex.text
    token.markup = formula.markup
    FORMULA.set(token, FormulaSource(display=display))
    SPAN.set(token, Span(formula.left + latex.skipped))


def _no_formula(state: StateInline, partners: Scan, *, silent: bool) -> bool:
    """Report what may be a slip of the author; take a row of three and more dollars as text at once."""
    text, start = state.src, state.pos
    if not silent:
        _report_slip(state, partners)
    if text[start] != "$":
        return False
    length = min(skip_opener(text, start), state.posMax - start)
    if length == 1:
        return False
    if not silent:
        state.append_pending("$" * length)
    state.pos += length
    return True


def _report_slip(state: StateInline, partners: Scan) -> None:
    """Report a delimiter that opens nothing though it looks like one; say nothing of what is plainly text."""
    text, start = state.src, state.pos
    if text[start] == "\\":
        begin = _BEGIN.match(text, start)
        if begin is not None and begin[1] in ENVIRONMENTS and start not in partners.environments:
            message = rf"no \end{{{begin[1]}}} follows in this paragraph"
            report_inline(state, "math-unclosed", message, begin.end())
    elif text.startswith("$$", start):
        if start not in partners.double and not text.startswith("$$$", start):
            hint = "close it before the next blank line, or put both $$ on lines of their own"
            report_inline(state, "math-unclosed", "$$ is opened but never closed", start + 2, hint=hint)
    elif start in partners.single:
        if text[start + 1 : partners.single[start]].strip():
            hint = r"write \$ for a dollar sign; a formula has no space inside its dollars"
            message = "read as text, though a second dollar follows"
            report_inline(state, "math-ambiguous-dollar", message, start + 1, hint=hint)
    elif _UNCLOSED.match(text, start):
        message = "$ is opened but never closed in its paragraph"
        report_inline(state, "math-unclosed", message, start + 1, hint=r"write \$ for a dollar sign")


def _code_dollars(state: StateInline, settings: MathConfig, *, silent: bool) -> bool:
    start = state.pos
    if start and state.src[start - 1] == "`":
        return False
    code = _CODE_DOLLARS.match(state.src, start, state.posMax)
    if code is None:
        return False
    if not silent:
        _push(state, Match(code.end(), code.start(2), code.end(2), "`" + code[1], code[1] == "$$"), settings)
    state.pos = code.end()
    return True


def _restore_image_text(state: StateCore) -> None:
    """Give images whose alternative text holds formulas that text as written: an attribute holds no formula."""
    if "![" not in state.src or not ("$" in state.src or "\\" in state.src):
        return
    for block in inline_tokens(state.tokens, state.env):
        for token in block.children or ():
            if token.type == "image" and any(child.type in _IMAGE_TEXT for child in token.children or ()):
                token.children = [Token("text", "", 0, content=token.content)]


MATH_IMAGE_TEXT = Rule("core", "math_image_text", _restore_image_text, before=AFTER_INLINE)
