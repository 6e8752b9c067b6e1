r"""Macros: definitions in site.yaml, in front matter and in formulas, and the expansion of their uses.

notegen expands macros itself: so both engines see the same plain LaTeX, optional arguments work, an author may
redefine what an engine knows, macros may hold labels and environments, and growth is bounded.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from notegen.math.latex.colors import COLOR_COMMANDS
from notegen.math.latex.tokens import Token, is_word, tokenize
from notegen.text.patterns import lazy_regex

MAX_BODY = 10_000  # characters
# What can define a macro: formulas without it, and without uses, need no expansion.
DEFINES = lazy_regex(
    r"\\(?:[gex]?def|let|newcommand|renewcommand|providecommand|Declare(?:MathOperator|PairedDelimiter|SIUnit)"
    r"|(?:New|Renew|Provide|Declare)DocumentCommand|definecolor|require)"
)
_COMMAND = lazy_regex(r"\\(?:[a-zA-Z]+|.)", re.DOTALL)


class Macro(msgspec.Struct, frozen=True):
    """A macro: its number of arguments, its body, in which `#1` is one token, the default of an optional first one."""

    arity: int
    body: tuple[Token, ...]
    default: tuple[Token, ...] | None = None


def body_fault(body: str) -> str:
    """Say what is wrong with the body of a macro; empty when nothing is."""
    if len(body) > MAX_BODY:
        return f"is longer than {MAX_BODY} characters"
    depth = 0
    for token in tokenize(body):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth < 0:
            break
    return "has unbalanced braces" if depth else ""


def parameters(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens of a body with `#` and a digit joined, and `##` halved."""
    joined: list[Token] = []
    for token in tokens:
        if joined and joined[-1].text == "#" and not joined[-1].fixed and token.text in "#123456789":
            hash_sign = joined.pop()
            text = "#" if token.text == "#" else "#" + token.text
            joined.append(Token(text, hash_sign.start, token.end, fixed=text == "#"))
        else:
            joined.append(token)
    return joined


def parameter_number(token: Token) -> int:
    """Return 3 for the token `#3`, 0 for tokens that are no parameter."""
    return int(token.text[1]) if len(token.text) == 2 and token.text[0] == "#" else 0  # noqa: PLR2004


def substitute(macro: Macro, arguments: list[list[Token]], use: Token) -> list[Token]:
    """Return the body with `arguments` for parameters; its own tokens stand where the macro was used."""
    result: list[Token] = []
    for token in macro.body:
        number = parameter_number(token)
        if number:
            result.extend(arguments[number - 1] if number <= len(arguments) else ())
        else:
            result.append(Token(token.text, use.start, use.end, token.fixed))
    return result


def uses_macros(latex: str, macros: Mapping[str, Macro]) -> bool:
    """True when `latex` names one of `macros`: a quick test, without tokens."""
    return bool(macros) and any(name in macros or name in COLOR_COMMANDS for name in _COMMAND.findall(latex))


def is_command(text: str) -> bool:
    r"""True for what can be defined: `\name`, `\*`."""
    return is_word(text) or (len(text) == 2 and text[0] == "\\")  # noqa: PLR2004
