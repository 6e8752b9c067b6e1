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

# NUL never survives Markdown's normalisation, so no text of an author can forge a mark. The mark of an id stands where
# its value belongs, and so does that of a link's address; the hole takes the place of the whole attribute.
_MARK = b"\0"
_ID, _HREF, _END = b' id="', b' href="', b'"'
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
        first, *others = html.encode("utf-8", "replace").split(_MARK)
        holes: list[OuterPiece] = []
        inner: list[tuple[int, int, InnerPiece]] = []
        text = bytearray(first)
        for number, after in zip(others[::2], others[1::2], strict=True):
            hole = self._holes[int(number)]
            attribute = next((name for name in (_ID, _HREF) if text.endswith(name)), b"") if after[:1] == _END else b""
            is_link = attribute == _HREF and isinstance(hole, UrlHole) and hole.kind == "link"
            if attribute == _HREF and not is_link and not isinstance(hole, _INNER):
                attribute = b""
            if attribute:
                del text[-len(attribute) :]
            if isinstance(hole, _INNER):
                start = len(text)
                text += inner_html(hole).encode("utf-8", "replace")
                inner.append((start, len(text), hole))
            else:
                text += _MARK
                holes.append(msgspec.structs.replace(hole, attribute=True) if is_link else hole)
            text += after[1:] if attribute else after
        data = bytes(text)
        return Body(data, digest_bytes(data), tuple(holes), msgspec.msgpack.encode(inner) if inner else b"")
