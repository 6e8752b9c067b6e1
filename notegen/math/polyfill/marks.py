r"""Marks in LaTeX, as `\text{…}`, for what math-core has no words for; fill.py replaces them.

A mark is words: the first says what kind it is, the second names what is to stand there, the others are its numbers
and colours. OPEN and CLOSE stand around one group; an ATOM is replaced; a TABLE mark is a first row of its own.
"""

from collections.abc import Iterable, Sequence

from notegen.math.latex.tokens import Token

OPEN, CLOSE, ATOM, TABLE = "po", "pc", "pa", "pt"  # no other mark begins with p
SEPARATOR = "/"  # text mode keeps it as it is
_FIRST = "\0"  # begins the tokens of marks until they are spelled; formulas have NUL as a token of its own at most


def mark(token: Token, *words: str) -> Token:
    """Return a mark that stands where `token` stood."""
    return token._replace(text=_FIRST + SEPARATOR.join(words))


def grouped(token: Token, content: Sequence[Token]) -> list[Token]:
    """Return `content` in braces."""
    return [token._replace(text="{"), *content, token._replace(text="}")]


def wrapped(token: Token, content: Sequence[Token], *words: str) -> list[Token]:
    """Return `content` as one group between marks; the whole is a group too, an ordinary symbol to its neighbours."""
    inside = [mark(token, OPEN, *words), *grouped(token, content), mark(token, CLOSE)]
    return grouped(token, inside)


def spell_marks(tokens: Iterable[Token], marker: str) -> list[Token]:
    """Return `tokens` with marks as the engine is given them; `marker` occurs nowhere in the formula."""
    return [
        token._replace(text=rf"\text{{{marker}{token.text[1:]}{marker}}}") if _is_mark(token.text) else token
        for token in tokens
    ]


def _is_mark(text: str) -> bool:
    return len(text) > 1 and text[0] == _FIRST
