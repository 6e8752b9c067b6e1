"""What rendering one body needs to know and collects on the way: the mode, the holes, the places of links."""

from enum import Enum

from markdown_it.token import Token

from notegen.model.note import UrlHole, WikiHole
from notegen.notes.body import Holes
from notegen.notes.code import Highlighter
from notegen.notes.places import Places


class Mode(Enum):
    """Which of the renderings of one parse is being made."""

    PAGE = "page"  # the note's own page and the feed
    EXCERPT = "excerpt"  # on list pages: no ids, no footnote marks
    LABEL = "label"  # headings in a contents list: no links, no ids


class Context:
    """The state of one rendering, handed to every render rule in markdown-it's `env` under the key "context"."""

    def __init__(self, mode: Mode, places: Places, highlight: Highlighter) -> None:
        self.mode = mode
        self.places = places
        self.highlight = highlight
        self.holes = Holes()
        self.unknown_languages: list[Token] = []

    def url(self, target: str, kind: str, token: Token) -> str:
        """Return what stands in an address attribute.

        A mark for a local address, the address itself for one elsewhere.
        """
        if not target or is_external(target):
            return target
        line, column = self.places.of(token)
        return self.holes.mark(UrlHole(target, kind, line, column, int(token.meta.get("length", 1))))

    def wiki(self, token: Token, html: str) -> str:
        """Return the mark for a wiki link whose text is `html`."""
        line, column = self.places.of(token)
        meta = token.meta
        hole = WikiHole(meta["target"], meta.get("fragment", ""), html, line, column, int(meta.get("length", 1)))
        return self.holes.mark(hole)


def is_external(target: str) -> bool:
    """Return whether an address names a scheme or a host: nothing of ours to resolve."""
    if target.startswith("//"):
        return True
    scheme, colon, _ = target.partition(":")
    return bool(colon) and scheme[:1].isalpha() and all(char.isalnum() or char in "+-." for char in scheme)
