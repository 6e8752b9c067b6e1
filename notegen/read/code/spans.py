"""Pygments' tokens to HTML: a span with the class of its kind for each run of tokens of one kind, none over a line end.

The classes are those of Pygments' HtmlFormatter, so any style of Pygments colours them. White space has none:
nobody sees its colour; nor has what looks like plain text in the styles of the site, as most names do. The same names
and signs come again and again, so their spans are kept.
"""

from collections.abc import Callable, Collection, Iterable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.token import _TokenType

MAX_KEPT = 20_000  # spans

SpanWriter = Callable[[Iterable[tuple["_TokenType", str]]], str]


def make_span_writer(uncoloured: Collection[str] = ()) -> SpanWriter:
    """Return the function that turns the tokens of code into HTML. One serves for all code.

    `uncoloured`: classes of tokens that need no span; a token of several classes keeps its span if any is coloured.
    """
    kept: dict[tuple[_TokenType, str], str] = {}

    def write_spans(tokens: Iterable[tuple["_TokenType", str]]) -> str:
        parts: list[str] = []
        for token in _runs(tokens):
            html = kept.get(token)
            if html is None:
                if len(kept) >= MAX_KEPT:
                    kept.clear()
                html = kept[token] = _span(*token, uncoloured)
            parts.append(html)
        return "".join(parts)

    return write_spans


def _runs(tokens: Iterable[tuple["_TokenType", str]]) -> Iterable[tuple["_TokenType", str]]:
    """Return the tokens with neighbours of one kind joined."""
    runs: list[tuple[_TokenType, str]] = []
    last = None
    for token in tokens:
        if token[0] is last:
            runs[-1] = (last, runs[-1][1] + token[1])
        else:
            runs.append(token)
            last = token[0]
    return runs


def _span(kind: "_TokenType", text: str, uncoloured: Collection[str]) -> str:
    names = "" if text.isspace() else _classes(kind)
    if all(name in uncoloured for name in names.split()):
        return escape(text, quote=False)
    lines = escape(text, quote=False).split("\n")
    return "\n".join(f'<span class="{names}">{line}</span>' if line else "" for line in lines)


def _classes(kind: "_TokenType") -> str:
    """Return the classes of a kind of token, as Pygments names them; an unusual kind also has those of its parents."""
    from pygments.token import STANDARD_TYPES, Token

    names: list[str] = []
    while True:
        ending, standard = "", kind
        while standard not in STANDARD_TYPES:
            ending = f"-{standard[-1]}{ending}"
            standard = standard.parent or Token
        names.append(STANDARD_TYPES[standard] + ending)
        if standard is kind:
            return " ".join(reversed(names)).strip()
        kind = kind.parent or Token
