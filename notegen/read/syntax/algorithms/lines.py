"""Lines of an algorithm while they are written: pieces put one behind another, white space made one at the end."""

from collections.abc import Iterable, Iterator

import msgspec

from notegen.read.syntax.algorithms.tree import Line, Piece, PieceKind
from notegen.text.patterns import lazy_regex

DEEPEST = 20  # blocks in blocks that are shown indented, styles in styles
_SPACE = lazy_regex(r"[ \t\r\n]+")
_QUOTES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", "\u00a0"))


class Draft(msgspec.Struct):
    """A line (or a caption) in the making."""

    depth: int = 0
    numbered: bool = True
    pieces: list[Piece] = []
    labels: list[str] = []
    is_empty: bool = True  # it shows nothing

    def add(self, kind: PieceKind, text: str = "", offset: int = 0, name: str = "") -> None:
        """Put a piece at the end."""
        self.pieces.append(Piece(kind, text, offset, name))
        if self.is_empty and kind not in {"open", "close"} and not text.isspace() and text:
            self.is_empty = False

    def keyword(self, words: str, offset: int) -> None:
        """Put words at the end, in bold; the space around them and signs are not."""
        bare = words.strip()
        if not bare[:1].isalpha():
            self.add("text", words, offset)
            return
        before, _, after = words.partition(bare)
        self.is_empty = False
        self.pieces += [
            Piece("text", before, offset),
            *(Piece("open", "b", offset), Piece("text", bare, offset), Piece("close", "b", offset)),
            Piece("text", after, offset),
        ]

    def line(self) -> Line:
        """Return the line."""
        return Line(min(self.depth, DEEPEST), tidy(self.pieces), self.numbered, tuple(self.labels))


def text_of(source: str) -> str:
    """Return LaTeX's text as it is shown: dashes and quotation marks."""
    for written, shown in _QUOTES:
        if written in source:
            source = source.replace(written, shown)
    return source


def tidy(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces with one space where there is white space, none at both ends, and texts side by side as one."""
    return tuple(_trimmed(list(_merged(pieces))))


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    texts: list[str] = []
    first = Piece("text")
    ends_with_space = True
    for piece in pieces:
        if piece.kind == "text":
            text = _SPACE.sub(" ", piece.text)
            text = text[1:] if ends_with_space and text[:1] == " " else text
            if text:
                first = first if texts else piece
                texts.append(text)
                ends_with_space = text[-1] == " "
            continue
        if texts:
            yield msgspec.structs.replace(first, text="".join(texts))
            texts = []
        if piece.kind not in {"open", "close"}:
            ends_with_space = piece.kind == "break"
        yield piece
    if texts:
        yield msgspec.structs.replace(first, text="".join(texts))


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    for index in range(len(pieces) - 1, -1, -1):
        if pieces[index].kind == "text":
            pieces[index] = msgspec.structs.replace(pieces[index], text=pieces[index].text.rstrip(" "))
        if pieces[index].kind not in {"close", "break"}:
            break
    while pieces and (pieces[-1].kind == "break" or pieces[-1] == Piece("text", "", pieces[-1].offset)):
        pieces.pop()
    return pieces
