"""Bare addresses in Chinese text: `见https://a.com/x。后面文字` links `https://a.com/x` only.

linkify-it takes full-width punctuation for part of an address. Here it sees the text in pieces between such marks.
Only addresses with a scheme are linked: `notes.md` and `train.py` are files, though `.md` and `.py` are domains, too.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from linkify_it import LinkifyIt
from markdown_it.rules_inline import StateInline, linkify

from notegen.read.syntax.parse_state import once
from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_PUNCTUATION = lazy_regex("[，。；：！？、（）《》〈〉「」『』【】〔〕“”‘’…—～·\u3000]")
_END = lazy_regex(rf"\s|{_PUNCTUATION.pattern}")
_SCHEME = lazy_regex(r"(?:^|[^a-z0-9.+-])(https?|ftp)$", re.IGNORECASE)
_LONGEST_SCHEME = 5
_LONGEST = 2000  # characters of an address


def _linkify(state: StateInline, silent: bool) -> bool:
    """Call markdown-it's rule where there is an address: it searches all of the text to see that there is none."""
    scheme = _SCHEME.search(state.pending[-_LONGEST_SCHEME - 1 :])
    if scheme is None or not state.src.startswith("://", state.pos):
        return False
    start = state.pos - len(scheme[1])
    linkifier = state.md.linkify
    ends = once(state.env, _ends, state.src)  # looked for once: a text of nothing but schemes has thousands
    number = bisect_left(ends, start)
    end = ends[number] if number < len(ends) else len(state.src)
    if not isinstance(linkifier, CjkLinkify) or end - start > _LONGEST:
        return False
    return linkifier.match_piece(state.src[start:end]) is not None and linkify(state, silent)


def _ends(text: str) -> list[int]:
    """Return where addresses end at the latest."""
    return [match.start() for match in _END.finditer(text)]


LINKIFY = Rule("inline", "linkify", _linkify, starts=":")


class CjkLinkify:
    """What markdown-it asks of a linkifier: `pretest`, `test`, `match` and `match_at_start`, as in linkify-it."""

    def __init__(self) -> None:
        self._linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})

    def pretest(self, text: str) -> bool:
        """Return quickly whether the text may hold an address."""
        return "://" in text or "mailto:" in text

    def test(self, text: str) -> bool:
        """Return whether the text holds an address."""
        return self.pretest(text) and any(self._linkify.test(piece) for _, piece in _pieces(text))

    def match(self, text: str) -> list[Any] | None:
        """Return the addresses of the text with their places in it, or None."""
        links: list[Any] = []
        for start, piece in _pieces(text):
            for link in self._linkify.match(piece) or []:
                link.index += start
                link.last_index += start
                links.append(link)
        return links or None

    def match_at_start(self, text: str) -> Any:
        """Return the address that the text begins with, or None; also for one of more than _LONGEST characters."""
        end = _END.search(text, 0, _LONGEST + 1)
        if end is None and len(text) > _LONGEST:
            return None
        return self.match_piece(text[: end.start()] if end else text)

    def match_piece(self, text: str) -> Any:
        """Return the address that a text without spaces and full-width punctuation begins with, or None."""
        return self._linkify.match_at_start(text)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for mark in _PUNCTUATION.finditer(text):
        if "://" in text[start : mark.start()] or "mailto:" in text[start : mark.start()]:
            yield start, text[start : mark.start()]
        start = mark.end()
    yield start, text[start:]
