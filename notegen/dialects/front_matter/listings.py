"""Listings of Quarto: pages whose front matter asks for a list of notes; they tell which files are its notes.

Source: Quarto's guide, "Document Listings", the sections "Listing Contents" and "Listing Feeds".
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from notegen.dialects.configuration import lookup, texts
from notegen.text.paths import NOTE_SUFFIXES, is_index
from notegen.text.patterns import lazy_regex
from notegen.yaml.nodes import plain
from notegen.yaml.parse import parse_yaml

_HEAD = lazy_regex(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_ASKS = lazy_regex(r"^listing:", re.MULTILINE)
_DATA = (".yml", ".yaml")
_FEW = 5  # words: a text that long is one of the author's


class Listing(msgspec.Struct, frozen=True):
    """What a page lists: glob patterns of notes below the content folder, and files of data (YAML) that name others.

    `is_bare`: the page has no text of its own; `has_feed`: there is a feed beside it.
    """

    patterns: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    is_bare: bool = False
    has_feed: bool = False

    @property
    def folder(self) -> str:
        """The one folder that holds all that is listed; "" where that is no folder alone."""
        folders = [posixpath.dirname(pattern.partition("*")[0]) for pattern in self.patterns]
        return posixpath.commonpath(folders) if folders and all(folders) else ""


def listing_of(path: str, text: str) -> Listing | None:
    """Return what the page `text` at `path` below the content folder lists; None for one that asks for no list."""
    head = _HEAD.match(text)
    if head is None or not _ASKS.search(head[1]):
        return None
    data = plain(parse_yaml(head[1]).root)
    asked = lookup(data, "listing")
    if not asked:
        return None
    lists = asked if isinstance(asked, list) else [asked]
    folder = posixpath.dirname(path)
    named = [item for one in lists for item in _contents(one)]
    return Listing(
        tuple(dict.fromkeys(pattern for item in named if (pattern := _pattern(folder, item)))),
        tuple(item for item in named if item.endswith(_DATA)),
        is_bare=len(text[head.end() :].split()) < _FEW,
        has_feed=any(lookup(one, "feed") for one in lists),
    )


def listed_patterns(files: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return what all pages (path below the content folder, text) list, as glob patterns."""
    listings = (listing_of(path, text) for path, text in files if "listing:" in text)
    return tuple(dict.fromkeys(pattern for listing in listings if listing for pattern in listing.patterns))


def leads_to_list(path: str, text: str) -> bool:
    """Return whether a page that is no folder's text says nothing but that it lists notes."""
    listing = listing_of(path, text) if "listing:" in text else None
    return listing is not None and listing.is_bare and bool(listing.patterns) and not is_index(path.rpartition("/")[2])


def _contents(listing: Any) -> Iterator[str]:
    """Yield what a listing names; without any contents all that is beside and below it. Inline entries are no notes."""
    contents = lookup(listing, "contents")
    yield from (texts(contents) or ()) if contents is not None else ("",)


def _pattern(folder: str, named: str) -> str:
    """Return the glob pattern of what a page in a folder lists by a name: a folder, a glob, or a file of notes."""
    if named.startswith("!") or named.endswith(_DATA):
        return ""
    path = posixpath.normpath(posixpath.join("/", folder, named.lstrip("/")))  # `/x` is beside the page, at no depth
    path = path.lstrip("/").replace("**", "*")
    if "*" in path or path.lower().endswith((*NOTE_SUFFIXES, ".ipynb")):
        return path
    return f"{path}/*" if path else "*"
