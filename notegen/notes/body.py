"""A body in the making: HTML with marks where holes belong, and the cut into a tuple of strings and holes."""

import re

from notegen.model.note import Body, EmbedHole, IdHole, ImageHole, Piece, Seam, UrlHole, WikiHole

# NUL never survives Markdown's normalisation, so no text of an author can forge a mark. The mark of an id stands where
# its value belongs; the hole takes the place of the whole attribute.
_MARK = re.compile(' id="\0(\\d+)\0"|\0(\\d+)\0')


class Holes:
    """Collects the holes of one body while it is rendered, and cuts the finished HTML at their marks."""

    def __init__(self) -> None:
        self._holes: list[Piece] = []

    def mark(self, hole: Piece) -> str:
        """Return the mark that stands for `hole` in the HTML."""
        self._holes.append(hole)
        return f"\0{len(self._holes) - 1}\0"

    def cut(self, html: str) -> Body:
        """Return the HTML as strings and holes, in order."""
        pieces: list[str | UrlHole | WikiHole | ImageHole | EmbedHole | IdHole | Seam] = []
        end = 0
        for mark in _MARK.finditer(html):
            if mark.start() > end:
                pieces.append(html[end : mark.start()])
            pieces.append(self._holes[int(mark[1] or mark[2])])
            end = mark.end()
        if end < len(html):
            pieces.append(html[end:])
        return tuple(pieces)
