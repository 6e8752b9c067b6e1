"""LaTeX tokens that remember where the author wrote them, so that rewriting never loses the place of a mistake."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from notegen.text.patterns import lazy_regex

_TOKEN = lazy_regex(r"\\(?:[a-zA-Z]+|.|\Z)|%[^\n]*\n?|\s+|.", re.DOTALL)
_LONGEST_BRACKET = 300  # tokens; brackets need not balance, and looking for each one's end must not take long
# Commands that may be followed by a star of their own; elsewhere `\alpha*` is a product.
_STARRED = frozenset({r"\operatorname", r"\tag", r"\hspace", r"\\", r"\verb"})


class Token(NamedTuple):
    r"""A piece of LaTeX and the characters of the author's formula it stands for, from `start` to before `end`.

    `fixed` marks a command that is not to be expanded again: the target of a `\let`.
    """

    text: str
    start: int
    end: int
    fixed: bool = False


def tokenize(latex: str) -> list[Token]:
    """Return `latex` as tokens: control sequences, runs of white space, single characters; comments are left out."""
    matches = ((match.group(), match.start(), match.end()) for match in _TOKEN.finditer(latex))
    return [Token(text, start, end) for text, start, end in matches if text[0] != "%"]


def is_word(text: str) -> bool:
    r"""True for a control word such as `\alpha`, false for `\,` and everything else."""
    return text[0] == "\\" and text[-1].isalpha() and text.isascii() and len(text) > 1


def spell(tokens: Iterable[Token]) -> str:
    r"""Return the LaTeX of `tokens`. A space keeps `\alpha` and a following letter or a plain `*` apart."""
    return "".join(_pieces(tokens))


def like(token: Token, text: str) -> Token:
    """Return a token with this text at the place of another."""
    return Token(text, token.start, token.end)


def locate(tokens: Sequence[Token], offset: int) -> Token | None:
    """Return the token that stands at character `offset` of `spell(tokens)`; None behind the end."""
    position = 0
    for index, piece in enumerate(_pieces(tokens)):
        position += len(piece)
        if offset < position:
            return tokens[index]
    return None


def _pieces(tokens: Iterable[Token]) -> Iterable[str]:
    previous = ""
    for token in tokens:
        text = token.text
        if previous and (_is_letter(text) or (text == "*" and previous not in _STARRED)):
            yield " " + text
        else:
            yield text
        previous = text if is_word(text) else ""


def _is_letter(text: str) -> bool:
    return text[0].isascii() and text[0].isalpha()


def skip_spaces(stack: list[Token]) -> None:
    """Drop white space from the top of `stack` (its end: stacks of tokens are reversed)."""
    while stack and stack[-1].text.isspace():
        stack.pop()


def read_argument(stack: list[Token]) -> list[Token] | None:
    """Take one argument from `stack`, the inside of a group or a single token; None, and nothing taken, without one."""
    skip_spaces(stack)
    if not stack or stack[-1].text == "}":
        return None
    if stack[-1].text != "{":
        return [stack.pop()]
    return _read_group(stack, "{", "}")


def read_bracket(stack: list[Token]) -> list[Token] | None:
    """Take an optional argument `[…]` from `stack` and return its inside; None, and nothing taken, without one."""
    skip_spaces(stack)
    return _read_group(stack, "[", "]") if stack and stack[-1].text == "[" else None


def _read_group(stack: list[Token], opener: str, closer: str) -> list[Token] | None:
    """Take a group from `stack`, which ends with its opener; a bracket ends at the first `]` outside braces."""
    depth = 0
    end = -1 if opener == "{" else max(-1, len(stack) - _LONGEST_BRACKET)
    for index in range(len(stack) - 1, end, -1):
        text = stack[index].text
        if text == "{" or (text == opener and index == len(stack) - 1):
            depth += 1
        elif text == "}" or (text == closer and depth == 1):
            depth -= 1
        if depth == 0:
            inside = stack[index + 1 : -1]
            del stack[index:]
            inside.reverse()
            return inside
    return None
