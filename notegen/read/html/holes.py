"""A body in the making: HTML with marks where holes belong, and the cut into text and holes."""

import re

import msgspec

from notegen.model.body import Body, Piece, UrlHole
from notegen.model.digest import digest_bytes
from notegen.text.patterns import lazy_regex

# NUL never survives Markdown's normalisation, so no text of an author can forge a mark. The mark of an id stands where
# its value belongs, and so does that of a link's address; the hole takes the place of the whole attribute.
_MARK = lazy_regex(' id="\0(\\d+)\0"| href="\0(\\d+)\0"|\0(\\d+)\0')


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
        holes: list[Piece] = []

        def take(mark: re.Match[str]) -> str:
            hole = self._holes[int(mark[1] or mark[2] or mark[3])]
            if mark[2]:
                if not isinstance(hole, UrlHole) or hole.kind != "link":
                    holes.append(hole)
                    return ' href="\0"'
                hole = msgspec.structs.replace(hole, attribute=True)
            holes.append(hole)
            return "\0"

        text = (_MARK.sub(take, html) if "\0" in html else html).encode("utf-8", "replace")
        return Body(text, digest_bytes(text), tuple(holes))
