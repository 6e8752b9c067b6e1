r"""Operators that math-core does not take: general ones below and above which limits stand, names that hold formulas.

`\mathop{X}\limits_a^b` becomes `\mathop{\overset{b}{\underset{a}{X}}}`; without `\limits`, the choice between that and
`\mathop{X}_a^b` is left to math-core, which knows whether it is setting a display.
"""

from collections.abc import Sequence

from notegen.math.latex.commands import ARITY
from notegen.math.latex.tokens import Token, read_argument, skip_spaces, tokenize
from notegen.math.polyfill.marks import ATOM, grouped, mark
from notegen.math.polyfill.text import as_text

_LIMITS, _NO_LIMITS, _DISPLAY_LIMITS = r"\limits", r"\nolimits", r"\displaylimits"
# Operators made of others: what they consist of.
COMPOSED = {
    r"\varinjlim": r"\underrightarrow{\mathrm{lim}}",
    r"\varprojlim": r"\underleftarrow{\mathrm{lim}}",
    r"\varliminf": r"\underline{\mathrm{lim}}",
    r"\varlimsup": r"\overline{\mathrm{lim}}",
}
_GENERAL = frozenset({r"\mathop", r"\operatorname", r"\operatornamewithlimits"}) | COMPOSED.keys()
_IN_NAMES = frozenset({r"\,", r"\ ", r"\;", r"\:", "~"})


def read_operator(token: Token, stack: list[Token]) -> list[Token]:
    r"""Rewrite `\mathop{…}` and its limits; a rule of rules.py."""
    argument = read_argument(stack)
    return [token] if argument is None else _with_limits(token, argument, stack)


def read_name(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\operatorname{D_\mathrm{KL}}` becomes `\mathop{\mathrm{D_\mathrm{KL}}}`; names of letters stay as they are."""
    stars = [stack.pop()] if stack and stack[-1].text == "*" else []
    argument = read_argument(stack)
    if argument is None or all(part.text.isalnum() or part.text in _IN_NAMES for part in argument):
        return [token, *stars, *(() if argument is None else grouped(token, argument))]
    hyphens = [piece for part in argument for piece in (as_text(part, [part]) if part.text == "-" else [part])]
    upright = [token._replace(text=r"\mathrm"), *grouped(token, hyphens)]
    if not stars and token.text == r"\operatorname":
        stack.append(token._replace(text=_NO_LIMITS))
    return _with_limits(token._replace(text=r"\mathop"), upright, stack)


def read_composed(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\varlimsup` becomes `\mathop{\overline{\mathrm{lim}}}`."""
    parts = [token._replace(text=part.text) for part in tokenize(COMPOSED[token.text])]
    return _with_limits(token._replace(text=r"\mathop"), parts, stack)


def read_integral(token: Token, _stack: list[Token]) -> list[Token]:
    r"""`\intop` is an integral whose limits stand below and above in displays."""
    return [token._replace(text=r"\int"), token._replace(text=_DISPLAY_LIMITS)]


def read_small_integral(token: Token, _stack: list[Token]) -> list[Token]:
    r"""`\smallint` is as large as a letter."""
    return [token._replace(text=r"\mathop"), *grouped(token, [mark(token, ATOM, "smallint")])]


def _with_limits(token: Token, argument: Sequence[Token], stack: list[Token]) -> list[Token]:
    """Return an operator; what stands in it and below it is left on the stack."""
    limits = _read_limits(stack)
    scripts = {} if limits == _NO_LIMITS else _read_scripts(stack)
    if not scripts:
        content = list(argument)
    elif limits == _LIMITS or _is_nested(argument, scripts):
        content = _stacked(token, argument, scripts)
    else:
        content = _by_style(token, argument, scripts)
    stack.extend(reversed(grouped(token, content)))
    return [token]


def _read_limits(stack: list[Token]) -> str:
    """Take what says where the limits stand; a `fixed` one is not the author's."""
    limits = ""
    while stack and (stack[-1].text in {_LIMITS, _NO_LIMITS, _DISPLAY_LIMITS} or stack[-1].text.isspace()):
        token = stack.pop()
        limits = limits if token.text.isspace() or token.fixed else token.text
    return limits


def _read_scripts(stack: list[Token]) -> dict[str, list[Token]]:
    """Take what stands below (`_`) and above (`^`), in any order."""
    scripts: dict[str, list[Token]] = {}
    skip_spaces(stack)
    while stack and stack[-1].text in {"_", "^"} and stack[-1].text not in scripts:
        place = stack.pop()
        script = _read_script(stack)
        if script is None:
            stack.append(place)
            break
        scripts[place.text] = script
        skip_spaces(stack)
    return scripts


def _read_script(stack: list[Token]) -> list[Token] | None:
    r"""Take a script: a group, a character, or a command with its arguments as in `_\mathbf{x}`."""
    skip_spaces(stack)
    command = stack[-1] if stack else None
    script = read_argument(stack)
    if command is None or script is None or command.text not in ARITY:
        return script
    for _ in range(ARITY[command.text]):
        script += grouped(command, read_argument(stack) or [])
    return script


def _is_nested(argument: Sequence[Token], scripts: dict[str, list[Token]]) -> bool:
    """True when another operator stands inside: to write both down for each style would take exponential space."""
    return any(part.text in _GENERAL for tokens in (argument, *scripts.values()) for part in tokens)


def _stacked(token: Token, argument: Sequence[Token], scripts: dict[str, list[Token]]) -> list[Token]:
    content = list(argument)
    for script, command in (("_", r"\underset"), ("^", r"\overset")):
        if script in scripts:
            content = [token._replace(text=command), *grouped(token, scripts[script]), *grouped(token, content)]
    return content


def _by_style(token: Token, argument: Sequence[Token], scripts: dict[str, list[Token]]) -> list[Token]:
    beside = grouped(token, argument)
    for script, content in scripts.items():
        beside += [token._replace(text=script), *grouped(token, content)]
    display = grouped(token, _stacked(token, argument, scripts))
    return [token._replace(text=r"\mathchoice"), *display, *(grouped(token, beside) * 3)]
