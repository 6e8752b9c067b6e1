"""A body in the making: HTML with marks where holes belong, and the cut into text and holes."""

import msgspec

from notegen.model.body import (
    Body,
    IdHole,
    InnerPiece,
    OuterPiece,
    OwnAddress,
    Piece,
    SectionBoundary,
    UrlHole,
    inner_html,
)
from notegen.model.digest import digest_bytes
from notegen.text.patterns import lazy_regex

# NUL never survives Markdown's normalisation, so no text of an author can forge a mark. The mark of an id stands where
# its value belongs, and so does that of a link's address; the hole takes the place of the whole attribute.
_MARK = lazy_regex(' id="\0(\\d+)\0"| href="\0(\\d+)\0"|\0(\\d+)\0')
_INNER = (IdHole, OwnAddress, SectionBoundary)


class Holes:
    """Collects the holes of one body while it is rendered, and cuts the finished HTML at their marks."""

    def __init__(self) -> None:
        self._holes: list[Piece] = []

    def mark(self, hole: Piece) -> str:
        """Return the mark that stands for `hole` in the HTML."""
        self._holes.append(hole)
        return f"\0{len(self._holes) - 1}\0"

    def cut(self, html: str) -> Body:
        """Return the HTML as a body."""
        holes: list[OuterPiece] = []
        inner: list[tuple[int, int, InnerPiece]] = []
        text, at = bytearray(), 0
        for mark in _MARK.finditer(html) if "\0" in html else ():
            text += html[at : mark.start()].encode("utf-8", "replace")
            at, start = mark.end(), len(text)
            hole = self._holes[int(mark[1] or mark[2] or mark[3])]
            if isinstance(hole, _INNER):
                text += inner_html(hole).encode("utf-8", "replace")
                inner.append((start, len(text), hole))
            else:
                is_link = bool(mark[2]) and isinstance(hole, UrlHole) and hole.kind == "link"
                text += b' href="\0"' if mark[2] and not is_link else b"\0"
                holes.append(msgspec.structs.replace(hole, attribute=True) if is_link else hole)
        text += html[at:].encode("utf-8", "replace")
        data = bytes(text)
        return Body(data, digest_bytes(data), tuple(holes), msgspec.msgpack.encode(inner) if inner else b"")
