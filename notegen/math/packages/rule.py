r"""What rules of packages are made of: taking stars, groups and delimiters from a stack, and what a rule returns.

A rule takes the stack of what follows its command (reversed) and returns what it means, which is read in its turn:
pieces of LaTeX, and tokens of the author's. `None`: it lacks an argument, so it is no command of the package. A
`Fault` says what its author did wrong.
"""

from collections.abc import Callable, Sequence

import msgspec

from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces, tokenize

CLOSERS = {"(": ")", "[": "]", "|": "|", "{": "}"}
SIZES = frozenset({r"\big", r"\Big", r"\bigg", r"\Bigg"})
_LONGEST = 500  # tokens between signs that are no braces: looking for each one's end must not take long


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a use of a package: words, a hint, the token it is about (None: the command)."""

    message: str
    hint: str = ""
    place: Token | None = None


Part = str | list[Token]
Meaning = Sequence[Part]
Rule = Callable[[list[Token]], Meaning | Fault | None]


def named(names: str, rule: Rule) -> dict[str, Rule]:
    """Return a table in which all of these commands have one rule."""
    return {f"\\{name}": rule for name in names.split()}


def plain(latex: str) -> Rule:
    """Return the rule of a command without arguments."""
    return lambda _stack: [latex]


def at(place: Token, latex: str) -> list[Token]:
    """Return LaTeX of ours as tokens that stand at `place` and mean what the engines take them for."""
    return [Token(token.text, place.start, place.end, fixed=True) for token in tokenize(latex)]


def take_star(stack: list[Token]) -> bool:
    """Take a star, if one comes next."""
    starred = bool(stack) and stack[-1].text == "*"
    if starred:
        stack.pop()
    return starred


def take_size(stack: list[Token]) -> str:
    r"""Take `\big` and the like; empty when none comes next."""
    return stack.pop().text if stack and stack[-1].text in SIZES else ""


def take_group(stack: list[Token]) -> list[Token] | None:
    """Take a group in braces, if one follows."""
    spaces = stack[-1:] if stack and stack[-1].text.isspace() else []
    skip_spaces(stack)
    if stack and stack[-1].text == "{":
        return read_argument(stack)
    stack.extend(spaces)
    return None


def take_groups(stack: list[Token], count: int) -> list[list[Token]] | None:
    """Take so many groups in braces; None when there are fewer."""
    groups = [take_group(stack) for _ in range(count)]
    present = [group for group in groups if group is not None]
    return present if len(present) == count else None


def take_option(stack: list[Token]) -> list[Token]:
    """Take options in brackets; empty when there are none."""
    return (read_bracket(stack) or []) if stack and stack[-1].text == "[" else []


def take_delimited(stack: list[Token]) -> tuple[str, list[Token]] | None:
    """Take what stands in `(…)`, `[…]`, `|…|` or `{…}`: the opening sign and the inside."""
    skip_spaces(stack)
    opening = stack[-1].text if stack else ""
    if opening == "{":
        inside = read_argument(stack)
        return None if inside is None else (opening, inside)
    closing = CLOSERS.get(opening, "")
    depth, braces = 1, 0
    for index in range(len(stack) - 2, max(-1, len(stack) - _LONGEST), -1) if closing else ():
        text = stack[index].text
        braces += {"{": 1, "}": -1}.get(text, 0)
        if braces < 0:
            return None
        if braces == 0 and text in {opening, closing}:
            depth += -1 if text == closing else 1
            if depth == 0:
                content = stack[index + 1 : -1][::-1]
                del stack[index:]
                return opening, content
    return None
