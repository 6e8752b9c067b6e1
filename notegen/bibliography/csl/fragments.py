"""HTML carried through a program that takes and gives plain text: each fragment is one character meanwhile.

The characters are those that Unicode leaves to private use; they stand in no text of an author that goes in.
"""

import re
from html import escape, unescape

from notegen.text.patterns import lazy_regex

_FIRST, _LAST = 0xE000, 0xF8FF
_PRIVATE = lazy_regex(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_PIECE = lazy_regex(r"<[^<>]*>|&#?\w+;")
_SIGNS = lazy_regex("[<>&]")


class Fragments:
    """Fragments of HTML by the character that stands for them."""

    def __init__(self) -> None:
        self._html: dict[str, str] = {}

    def add(self, html: str) -> str:
        """Return the character that stands for a fragment; what none is left for is lost."""
        if len(self._html) > _LAST - _FIRST:
            return ""
        char = chr(_FIRST + len(self._html))
        self._html[char] = html
        return char

    def text(self, html: str) -> str:
        """Return HTML as plain text: tags, and the signs that HTML escapes, are fragments."""
        return _PIECE.sub(self._piece, html)

    def _piece(self, match: re.Match[str]) -> str:
        if match[0].startswith("<"):
            return self.add(match[0])
        return self.plain(unescape(match[0]))

    def plain(self, text: str) -> str:
        """Return plain text with the signs that HTML escapes as fragments."""
        return _SIGNS.sub(lambda match: self.add(escape(match[0])), text)

    def html(self, text: str) -> str:
        """Return text with the fragments in their places again."""
        return _PRIVATE.sub(lambda match: self._html.get(match[0], ""), text)


def without_private(text: str) -> str:
    """Return a text of an author's without characters that could be taken for fragments."""
    return _PRIVATE.sub("", text)
