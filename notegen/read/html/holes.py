"""A body in the making: HTML with marks where holes belong, and the cut into text and holes."""

import msgspec

from notegen.model.body import Body, Piece, UrlHole
from notegen.model.digest import digest_bytes

# NUL never survives Markdown's normalisation, so no text of an author can forge a mark. The mark of an id stands where
# its value belongs, and so does that of a link's address; the hole takes the place of the whole attribute.
_MARK = b"\0"
_ID, _HREF, _END = b' id="', b' href="', b'"'


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
        holes: list[Piece] = []
        texts = [first]
        for number, text in zip(others[::2], others[1::2], strict=True):
            hole, before = self._holes[int(number)], texts[-1]
            attribute = next((name for name in (_ID, _HREF) if before.endswith(name)), b"") if text[:1] == _END else b""
            if attribute == _HREF:
                is_link = isinstance(hole, UrlHole) and hole.kind == "link"
                hole = msgspec.structs.replace(hole, attribute=True) if is_link else hole
                attribute = _HREF if is_link else b""
            holes.append(hole)
            texts[-1] = before.removesuffix(attribute)
            texts.append(text[1:] if attribute else text)
        whole = _MARK.join(texts)
        return Body(whole, digest_bytes(whole), tuple(holes))
