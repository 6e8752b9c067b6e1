"""Pieces of a text between an opening and its closing sign, found in one pass however many of them are never closed."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

Closing = Callable[[re.Match[str]], str]  # of an opening -> the pattern of what closes it


class Span(NamedTuple):
    """A piece: where it begins and ends, and what is inside."""

    opening: re.Match[str]
    inside: str
    end: int


Accept = Callable[[re.Match[str], str, str], bool]  # an opening, what is inside, the sign behind -> whether it is one


def spans(
    text: str, opening: re.Pattern[str], closing: Closing, accept: Accept = lambda _match, _inside, _behind: True
) -> Iterator[Span]:
    """Yield the pieces of a text that are accepted; inside of one no other is looked for."""
    missing: set[str] = set()
    position = 0
    while match := opening.search(text, position):
        position = match.end()
        pattern = closing(match)
        if pattern in missing:
            continue
        close = re.compile(pattern).search(text, position)
        if close is None:
            missing.add(pattern)
            continue
        if not accept(match, text[position : close.start()], text[close.end() : close.end() + 1]):
            continue
        yield Span(match, text[position : close.start()], close.end())
        position = close.end()


def replaced(
    text: str,
    opening: re.Pattern[str],
    closing: Closing,
    make: Callable[[re.Match[str], str], str],
    accept: Accept = lambda _match, _inside, _behind: True,
) -> str:
    """Return a text with what `make` returns for each piece, given its opening and what is inside."""
    parts, end = [], 0
    for span in spans(text, opening, closing, accept):
        parts += [text[end : span.opening.start()], make(span.opening, span.inside)]
        end = span.end
    return "".join((*parts, text[end:]))


def split(text: str, opening: re.Pattern[str], closing: Closing) -> list[str]:
    """Return the text between pieces, a piece, the text between, and so on, as `re.split` does with a group."""
    parts, end = [], 0
    for span in spans(text, opening, closing):
        parts += [text[end : span.opening.start()], text[span.opening.start() : span.end]]
        end = span.end
    return [*parts, text[end:]]
