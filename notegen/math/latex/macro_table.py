r"""The macros of a site and a note as a table: bodies such as `\mathbb{#1}`, and definitions as files have them."""

from collections.abc import Mapping

from notegen.math.latex.expand import expand
from notegen.math.latex.macros import Macro, body_fault, parameter_number, parameters
from notegen.math.latex.tokens import tokenize
from notegen.math.types import Problem
from notegen.text.patterns import lazy_regex

# A definition as it is written, which a macro of site.yaml may be too.
_DEFINITION = lazy_regex(
    r"\s*+\\(?:[gex]?def|let|(?:new|renew|provide)command|Declare[MPS]|definecolor|(?:New|Renew|Provide|Declare)Doc)"
)
_NAME = lazy_regex(r"\\?([a-zA-Z]+|[^\s{}])")


def read_macros(macros: Mapping[str, str]) -> tuple[dict[str, Macro], list[Problem]]:
    r"""Return the macros of site.yaml and front matter as a table keyed by `\name`, and what is wrong with them."""
    table: dict[str, Macro] = {}
    problems: list[Problem] = []
    for name, body in macros.items():
        if _DEFINITION.match(body):
            expanded = expand(tokenize(body), table)
            table |= expanded.defined
            problems += _faults(name, expanded.problem)
            continue
        match = _NAME.fullmatch(name.strip())
        fault = "is not a command name" if match is None else body_fault(body)
        if match is None or fault:
            problems.append(Problem("math-macro", f"macro {name!r} {fault}", 0, 0))
        else:
            tokens = parameters(tokenize(body))
            table["\\" + match[1]] = Macro(max(map(parameter_number, tokens), default=0), tuple(tokens))
    return table, problems


def _faults(name: str, problem: Problem | None) -> list[Problem]:
    return [] if problem is None else [Problem("math-macro", f"macro {name!r}: {problem.message}", 0, 0)]
