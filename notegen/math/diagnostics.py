"""What is wrong with a formula, in words for its author, and where."""

import re
from collections.abc import Sequence

import msgspec

from notegen.math.katex.client import BROKEN, NOT_INSTALLED, TOO_DEEP, TOO_LONG
from notegen.math.latex.commands import suggest
from notegen.math.latex.tokens import Token, locate
from notegen.math.math_core import Failure
from notegen.math.packages.expand import RULES as PACKAGE_COMMANDS
from notegen.math.types import Problem
from notegen.text.patterns import lazy_regex
from notegen.text.suggestions import close_matches

_UNKNOWN_COMMAND = lazy_regex(r'(?:Undefined control sequence: |Unknown command ")(\\(?:[a-zA-Z]+\*?|.?))', re.DOTALL)
_UNKNOWN_ENVIRONMENT = lazy_regex(r'(?:No such environment: |Unknown environment ")([^"\s]*)')
# Commands and environments that only KaTeX knows: the diagnostic says so where it is missing.
_PRIMITIVES = "above dotsx DOTSB DOTSI DOTSX expandafter futurelet message noexpand show TextOrMath varvdots"
_ARROWS = "xrightleftarrows xrightequilibrium xleftequilibrium"
_KHAN_COLORS = "gray red pink orange green blue purple kaBlue kaGreen"
_KHAN_SHADES = {"blue teal green gold red maroon purple": "ABCDE", "mint": "ABC", "gray": "ABCDEFGHI"}
ONLY_KATEX = frozenset(
    "\\" + name
    for name in (
        *f"{_PRIMITIVES} {_ARROWS} {_KHAN_COLORS}".split(),
        *(color + shade for colors, shades in _KHAN_SHADES.items() for color in colors.split() for shade in shades),
    )
)
_LACKING = "only KaTeX knows it: the package pykatex is not installed"
_ENVIRONMENT_NAMES = """
align aligned alignat alignedat array bmatrix Bmatrix cases dcases equation gather gathered matrix multline pmatrix
rcases smallmatrix split subarray vmatrix Vmatrix
"""

# The engines' words -> ours and a hint; the first match wins.
_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"got '&'|Found \"&\"", "`&` outside an alignment", r"put the rows between \begin{aligned} and \end{aligned}"),
    (
        r"\\h(?:\[dash\])?line\"?,? (?:which|valid)",
        r"a line where no row of a table begins",
        r"\hline stands behind \\, in array or a matrix",
    ),
    (r"Found \"\\\\\"", r"`\\` inside braces", "end the group before the row"),
    (r"Not valid in math mode", "a command of text in a formula", r"write it in \text{…}"),
    (r"Not valid in text mode", "a command of formulas in text", r"write it in $…$ inside \text{…}"),
    (r"Expected a relation after \\not", r"\not before more than one symbol", r"\cancel{…} strikes out anything"),
    (r"Double superscript", "two superscripts on one base", "use braces: {x^a}^b or x^{ab}"),
    (r"Double subscript", "two subscripts on one base", "use braces: {x_a}_b or x_{ab}"),
    (r"Duplicate sub", "two subscripts or two superscripts on one base", "use braces: {x^a}^b or x^{ab}"),
    (r"Expected group after '[_^]'|'\^' or '_' directly", "`^` or `_` with nothing to raise or lower", ""),
    (r"Expected group as argument to '(\\.*)'", "{0} lacks its argument", ""),
    (r"Expected argument but", "a command lacks its argument", ""),
    (r"Can't use function '\$'|Unexpected \"\$\"", "`$` inside a formula", r"write \$ for a dollar sign"),
    (r"Can't use function '(\\.{0,100})' in (\w+) mode", "{0} cannot be used in {1} mode", ""),
    (r"size exceeded|Hard limit", "the formula is nested too deeply", ""),
    (r"Invalid color: '(.*)'|Unknown color \"(.*)\"", "unknown color {0}", "use a CSS color name or #rrggbb"),
    (r"Invalid delimiter(?: type)? '?(.{0,100}?)'? after '(.{0,100})'", "{1} needs a delimiter, not {0}", ""),
    (r"non-special ASCII characters", "only plain characters can stand here", ""),
    (r"surrogates|not Unicode text", "a character that is not Unicode text", ""),
)
_PATTERNS = tuple((lazy_regex(pattern), words, hint) for pattern, words, hint in _WORDS)


class Answer(msgspec.Struct, frozen=True):
    """Why an engine rejects a formula, and the tokens it was given."""

    failure: Failure
    tokens: Sequence[Token]


def explain(core: Answer, katex: Answer, macros: frozenset[str]) -> Problem:
    """Return the problem of a formula that both engines reject; KaTeX's words are better, where it was asked."""
    unavailable = katex.failure in {NOT_INSTALLED, TOO_LONG, TOO_DEEP, BROKEN}
    failure, tokens = (core.failure, core.tokens) if unavailable else (katex.failure, katex.tokens)
    token = _token_at(tokens, failure.offset)
    start, length = (token.start, max(1, token.end - token.start)) if token else (0, 1)
    for pattern, describe in ((_UNKNOWN_COMMAND, _unknown_command), (_UNKNOWN_ENVIRONMENT, _unknown_environment)):
        match = pattern.search(failure.message)
        if match:
            message, hint = describe(match[1], macros)
            hint = _LACKING if katex.failure == NOT_INSTALLED and match[1] in ONLY_KATEX else hint
            return Problem("math-undefined-command", message, start, length, hint)
    unbalanced = imbalance(katex.tokens)
    if unbalanced:
        return unbalanced
    message, hint = _words(_which(failure.message, token))
    return Problem("math-syntax", message, start, length, hint)


def _token_at(tokens: Sequence[Token], offset: int) -> Token | None:
    token = locate(tokens, offset) if offset >= 0 else None
    return token or (tokens[-1] if tokens else None)


def _unknown_command(name: str, macros: frozenset[str]) -> tuple[str, str]:
    if name in PACKAGE_COMMANDS:
        return f"{name} lacks an argument", "its arguments stand in braces or, for some commands, in ( ) or [ ]"
    close = suggest(name[1:], macros)
    return f"undefined command {name}", f"did you mean \\{close}?" if close and close != name[1:] else ""


def _unknown_environment(name: str, _macros: frozenset[str]) -> tuple[str, str]:
    if name == "tikzpicture":
        return f"undefined environment {name}", "a picture is no formula: write it in a fence, ```tikz"
    close = close_matches(name[:24], _ENVIRONMENT_NAMES.split(), n=1)
    return f"undefined environment {name}", f"did you mean {close[0]}?" if close and close[0] != name else ""


def _which(message: str, token: Token | None) -> str:
    """Return KaTeX's words for a second script: math-core does not say which of the two, its place does."""
    scripts = {"^": "Double superscript", "'": "Double superscript", "_": "Double subscript"}
    return scripts.get(token.text, message) if token and message.startswith("Duplicate sub") else message


def _words(message: str) -> tuple[str, str]:
    for pattern, words, hint in _PATTERNS:
        match = pattern.search(message)
        if match:
            return words.format(*(group for group in match.groups() if group is not None)), hint
    return message.removeprefix("KaTeX parse error: ").rstrip(". "), ""


_PAIRS = {"}": "{", r"\right": r"\left"}


def imbalance(tokens: Sequence[Token]) -> Problem | None:
    r"""Return the first brace, `\left` or environment without its partner."""
    opened: list[Token] = []
    for token in tokens:
        name = token.text.partition("{")[0] or token.text
        if name in {"{", r"\left", r"\begin"}:
            opened.append(token)
        elif name in {"}", r"\right", r"\end"}:
            opener = _PAIRS.get(name, token.text.replace(r"\end", r"\begin", 1))
            if not opened or opened[-1].text != opener:
                return _unmatched(token, opener, opened)
            opened.pop()
    return _unclosed(opened[-1]) if opened else None


def _unmatched(closer: Token, opener: str, opened: Sequence[Token]) -> Problem:
    length = max(1, closer.end - closer.start)
    if opened and opened[-1].text != "{" and closer.text != "}":
        message = f"{opened[-1].text} is closed by {closer.text}"
    elif opened and any(token.text == opener for token in opened):
        return _unclosed(opened[-1])
    else:
        message = f"{closer.text} without a matching {opener}"
    return Problem("math-syntax", message, closer.start, length)


def _unclosed(opener: Token) -> Problem:
    closer = {"{": "}", r"\left": r"\right"}.get(opener.text, opener.text.replace(r"\begin", r"\end", 1))
    hint = r"\right. closes without a delimiter" if opener.text == r"\left" else ""
    message = f"{opener.text} is never closed by {closer}"
    return Problem("math-syntax", message, opener.start, max(1, opener.end - opener.start), hint)
