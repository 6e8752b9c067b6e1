"""Lines of an algorithm while they are written: pieces put one behind another, white space made one at the end."""

from collections.abc import Iterable

import msgspec

from notegen.read.syntax.algorithms.tree import Line, Piece, PieceKind
from notegen.text.patterns import lazy_regex

DEEPEST = 20  # blocks in blocks that are shown indented, styles in styles
_WHITE = " \t\r\n"
_SPACE = lazy_regex(r"[ \t\r\n]+")
_RUN = lazy_regex(r"[\t\r\n]| [ \t\r\n]")
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
        if before:
            self.pieces.append(Piece("text", before, offset))
        self.pieces += (Piece("open", "b", offset), Piece("text", bare, offset), Piece("close", "b", offset))
        if after:
            self.pieces.append(Piece("text", after, offset))

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
    kept: list[Piece] = []
    texts: list[str] = []
    start = 0  # of the texts
    follows_space = ends_with_space = True  # the texts so far, and what they end with
    for piece in pieces:
        if piece.kind == "text":
            if piece.text and not (ends_with_space and not piece.text.strip(_WHITE)):
                start = start if texts else piece.offset
                texts.append(piece.text)
                ends_with_space = piece.text[-1] in _WHITE
            continue
        if texts:
            kept.append(_joined(texts, start, follows_space=follows_space))
            texts = []
        if piece.kind not in {"open", "close"}:
            ends_with_space = piece.kind == "break"
        follows_space = ends_with_space
        kept.append(piece)
    if texts:
        kept.append(_joined(texts, start, follows_space=follows_space))
    return tuple(_trimmed(kept))


def _joined(texts: list[str], start: int, *, follows_space: bool) -> Piece:
    """Return texts as one with single spaces, without one at its beginning where it follows a space."""
    text = "".join(texts)
    if _RUN.search(text):
        text = _SPACE.sub(" ", text)
    return Piece("text", text[1:] if follows_space and text[0] == " " else text, start)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        if piece.kind == "text" and piece.text[-1:] == " ":
            pieces[index] = Piece("text", piece.text.rstrip(" "), piece.offset)
        if piece.kind not in {"close", "break"}:
            break
    while pieces and (pieces[-1].kind == "break" or (pieces[-1].kind == "text" and not pieces[-1].text)):
        pieces.pop()
    return pieces
