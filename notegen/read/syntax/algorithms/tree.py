"""A parsed algorithm: its caption and its lines, each a row of pieces of text and formulas."""

from typing import Literal

import msgspec

PieceKind = Literal["text", "math", "display", "open", "close", "reference", "citation", "break"]


class Piece(msgspec.Struct, frozen=True):
    r"""A part of a line. `offset`: where it stands in the source, in characters.

    `text` is plain text, a formula's LaTeX without its delimiters, the label of a `\ref` or
    the keys of a `\cite` (`name` is the command), or of "open" and "close" the style: an HTML element (`b`, `em`),
    "smallcaps", "comment" or "comment end".
    """

    kind: PieceKind
    text: str = ""
    offset: int = 0
    name: str = ""


class Line(msgspec.Struct, frozen=True):
    """A line: how many blocks it stands in, what it shows, whether it has a number, the labels that name it."""

    depth: int
    pieces: tuple[Piece, ...]
    numbered: bool = True
    labels: tuple[str, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """A mistake: `code` is a key of CODES; `offset` and `length` count characters of the source."""

    code: str
    message: str
    offset: int
    length: int = 1
    hint: str = ""


class Algorithm(msgspec.Struct, frozen=True):
    """An algorithm: its caption (None where it has none, and so no number), its labels, its lines, what is wrong."""

    caption: tuple[Piece, ...] | None
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
