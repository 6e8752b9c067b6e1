r"""Commands of packages in a formula, put into the words of the engines; see the modules beside this one.

A command that an author or a site defines is expanded before this. Only commands that the engines do not know are
here, so a formula that needs none of them never comes here; `physics` adds those that the package physics redefines.
"""

from collections.abc import Sequence
from functools import cache

from notegen.math.latex.tokens import Token, read_argument
from notegen.math.packages import arguments, chemistry, diagrams, mathtools, physics, siunitx, small
from notegen.math.packages.environments import EnvironmentRule, peek_name
from notegen.math.packages.rule import Fault, Meaning, Rule, at
from notegen.math.types import Problem
from notegen.text.patterns import lazy_regex

_MOST = 20_000  # tokens that rules push in one formula, besides its own
_REDEFINED = lazy_regex(r"\\(?:div|Re|real|Im)(?![A-Za-z])")
ENVIRONMENTS: dict[str, EnvironmentRule] = {**mathtools.ENVIRONMENTS, **diagrams.ENVIRONMENTS}


def _begin(stack: list[Token]) -> Meaning | Fault | None:
    r"""`\begin`: the environments of packages; others stay."""
    name = peek_name(stack)
    rule = ENVIRONMENTS.get(name)
    if rule is None:
        return None
    read_argument(stack)
    meant = rule(stack)
    return Fault(rf"\begin{{{name}}} is never closed", rf"write \end{{{name}}}") if meant is None else meant


RULES: dict[str, Rule] = {
    **physics.RULES,
    **siunitx.RULES,
    **chemistry.RULES,
    **mathtools.RULES,
    **diagrams.RULES,
    **small.RULES,
    **arguments.RULES,
    r"\begin": _begin,
}


@cache
def _with_physics() -> dict[str, Rule]:
    return RULES | physics.REDEFINED


def uses_redefined(latex: str) -> bool:
    """Return whether a formula holds a command that the package physics redefines."""
    return _REDEFINED.search(latex) is not None


def expand_packages(tokens: Sequence[Token], *, physics: bool = False) -> list[Token] | Problem:
    """Return tokens in which the commands of packages are what they mean, or what is wrong with one.

    A command that lacks an argument stays, without what it took: no engine knows it, and the author's words are shown.
    """
    rules = _with_physics() if physics else RULES
    if not any(token.text in rules for token in tokens):
        return list(tokens)
    stack = list(reversed(tokens))
    output: list[Token] = []
    growth = 0
    while stack:
        token = stack.pop()
        rule = None if token.fixed else rules.get(token.text)
        parts = rule(stack) if rule is not None and growth < _MOST else None
        if isinstance(parts, Fault):
            place = parts.place or token
            return Problem("math-syntax", parts.message, place.start, max(1, place.end - place.start), parts.hint)
        if parts is None:
            output.append(token)
            continue
        pushed: list[Token] = []
        for part in parts:
            pushed += at(token, part) if isinstance(part, str) else part
        growth += len(pushed)
        stack.extend(reversed(pushed))
    return output
