r"""A parsed algorithm as tokens: a figure with its caption and its lists of lines.

`algorithm_open` with LABELLED and ANCHOR; `algorithm_caption_open`, `inline`, `algorithm_caption_close`; lists of lines
in a row, numbered ones (`ol`) and others (`ul`); of each line `algorithm_line_open` with LABELLED where it has a
number, `inline`, `algorithm_line_close`; `algorithm_close`. Formulas are `math_inline` tokens with their PLACE,
`\cite` is `citation`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec
from markdown_it.token import Token

from notegen.model.body import CitedWork
from notegen.read.syntax.algorithms.tree import Algorithm, Line, Piece
from notegen.read.syntax.cross_references.push import latex_reference
from notegen.read.token_data import (
    ANCHOR,
    CITATION,
    FORMULA,
    LABELLED,
    PLACE,
    Citation,
    FormulaSource,
    Labelled,
    Place,
)

_NARRATIVE = frozenset({"citet", "textcite"})
_Attributes = dict[str, str | int | float]
# Styles -> what opens and closes them: the tokens' names, the element, its attributes.
_STYLES: dict[str, tuple[str, str, str, _Attributes]] = {
    "b": ("strong_open", "strong_close", "b", {}),
    "em": ("em_open", "em_close", "em", {}),
    "smallcaps": ("style_open", "style_close", "span", {"style": "font-variant:small-caps"}),
    "comment": ("style_open", "style_close", "span", {"class": "comment"}),
    "comment end": ("style_open", "style_close", "span", {"class": "comment end"}),
}


class Names(msgspec.Struct, frozen=True):
    """How an algorithm is called: its id, labels, number ("" without a caption), the words for it and for a line."""

    anchor: str
    labels: tuple[str, ...]
    number: str
    word: str
    line: Callable[[str], str]

    @property
    def text(self) -> str:
        """What a reference to it shows."""
        return f"{self.word} {self.number}".rstrip()


def algorithm_tokens(
    algorithm: Algorithm, names: Names, place_of: Callable[[int], Place], source: Token
) -> Iterator[Token]:
    """Yield the tokens of an algorithm. `place_of`: a character of its source -> its place in the parsed text."""
    level = source.level
    attrs: _Attributes = {"class": "algorithm", "id": names.anchor}
    opened = _block("algorithm_open", "figure", 1, level, attrs)
    opened.map = source.map
    ANCHOR.set(opened, names.anchor)
    LABELLED.set(opened, Labelled(names.anchor, names.number, names.labels, names.text))
    yield opened
    if algorithm.caption is not None:
        yield _block("algorithm_caption_open", "figcaption", 1, level + 1)
        label = [Piece("open", "b"), Piece("text", names.text), Piece("close", "b")]
        caption = [*label, Piece("text", " "), *algorithm.caption] if algorithm.caption else label
        yield _inline(caption, place_of, level + 2, source)
        yield _block("algorithm_caption_close", "figcaption", -1, level + 1)
    yield from _lines(algorithm.lines, names, place_of, source)
    yield _block("algorithm_close", "figure", -1, level)


def _lines(lines: Sequence[Line], names: Names, place_of: Callable[[int], Place], source: Token) -> Iterator[Token]:
    """Yield lists of lines; that of the numbered ones goes on counting behind others."""
    level, number = source.level + 1, 0
    for numbered, group in groupby(lines, key=lambda line: line.numbered):
        start: _Attributes = {"start": str(number + 1)} if numbered and number else {}
        tag = "ol" if numbered else "ul"
        yield _block("algorithm_lines_open", tag, 1, level, start)
        for line in group:
            opened = _block("algorithm_line_open", "li", 1, level + 1)
            if line.depth:
                opened.attrs["style"] = f"padding-inline-start:calc({line.depth}*var(--step,1.5em))"
            if numbered:
                number += 1
                anchor = f"{names.anchor}-{number}"
                LABELLED.set(opened, Labelled(anchor, str(number), line.labels, names.line(str(number))))
            yield opened
            yield _inline(line.pieces, place_of, level + 2, source)
            yield _block("algorithm_line_close", "li", -1, level + 1)
        yield _block("algorithm_lines_close", tag, -1, level)


def _block(name: str, tag: str, nesting: Literal[1, -1], level: int, attrs: _Attributes | None = None) -> Token:
    return Token(name, tag, nesting, attrs or {}, None, level, block=True)


def _inline(pieces: Iterable[Piece], place_of: Callable[[int], Place], level: int, source: Token) -> Token:
    children: list[Token] = []
    depth = 0
    for piece in pieces:
        kind = piece.kind
        if kind == "text":
            child = Token("text", "", 0, content=piece.text, level=depth)
        elif kind == "open":
            name, _, tag, attrs = _style(piece.text)
            child = Token(name, tag, 1, {**attrs}, level=depth)
            depth += 1
        elif kind == "close":
            _, name, tag, _ = _style(piece.text)
            depth -= 1
            child = Token(name, tag, -1, level=depth)
        else:
            child = _child(piece, place_of)
            child.level = depth
        children.append(child)
    return Token("inline", "", 0, children=children, map=source.map, block=True, level=level)


def _child(piece: Piece, place_of: Callable[[int], Place]) -> Token:
    """Return a line break, a formula or a reference."""
    if piece.kind == "break":
        return Token("hardbreak", "br", 0)
    token = Token("math_inline", "", 0, content=piece.text)
    if piece.kind == "citation":
        token.type, token.content = "citation", f"\\{piece.name}{{{piece.text}}}"
        works = tuple(CitedWork(key) for key in piece.text.replace(",", " ").split())
        CITATION.set(token, Citation(works, "narrative" if piece.name in _NARRATIVE else "parenthetical"))
    elif piece.kind == "reference":
        latex_reference(token, piece.name, piece.text)
    else:
        token.markup = "$"
        FORMULA.set(token, FormulaSource(display=piece.kind == "display"))
    PLACE.set(token, place_of(piece.offset))
    return token


def _style(style: str) -> tuple[str, str, str, _Attributes]:
    """Return the names of what opens and closes text in a style, its element, and its attributes."""
    return _STYLES.get(style) or ("style_open", "style_close", style, {})
