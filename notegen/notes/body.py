"""A body in the making: HTML with marks where holes belong, and the cut into a tuple of strings and holes."""

import re

from notegen.model.note import Body, UrlHole, WikiHole

# NUL never survives Markdown's normalisation, so no text of an author can forge a mark.
_MARK = re.compile("\0(\\d+)\0")


class Holes:
    """Collects the holes of one body while it is rendered, and cuts the finished HTML at their marks."""

    def __init__(self) -> None:
        self._holes: list[UrlHole | WikiHole] = []

    def mark(self, hole: UrlHole | WikiHole) -> str:
        """Return the mark that stands for `hole` in the HTML."""
        self._holes.append(hole)
        return f"\0{len(self._holes) - 1}\0"

    def cut(self, html: str) -> Body:
        """Return the HTML as strings and holes, in order."""
        pieces: list[str | UrlHole | WikiHole] = []
        for index, piece in enumerate(_MARK.split(html)):
            if index % 2:
                pieces.append(self._holes[int(piece)])
            elif piece:
                pieces.append(piece)
        return tuple(pieces)
