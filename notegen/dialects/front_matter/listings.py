"""Listings of Quarto: pages whose front matter asks for a list of notes; they tell which files are its notes.

Source: Quarto's guide, "Document Listings", the sections "Listing Contents" and "Listing Feeds". A listing may stand in
a file that the front matter brings in: see page_metadata.py.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from notegen.dialects.configuration import lookup, texts
from notegen.dialects.front_matter.data import merged
from notegen.dialects.front_matter.page_metadata import BRINGS, Read, brought_by, nothing
from notegen.dialects.navigation import named_in_nav
from notegen.text.paths import NOTE_SUFFIXES, is_index
from notegen.text.patterns import lazy_regex
from notegen.yaml.nodes import plain
from notegen.yaml.parse import parse_yaml

_HEAD = lazy_regex(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_ASKS = lazy_regex(rf"^(?:listing|{BRINGS}):", re.MULTILINE)
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


def listing_of(path: str, text: str, read: Read = nothing) -> Listing | None:
    """Return what the page `text` at `path` below the content folder lists; None for one that asks for no list.

    `read`: the text of a file below the content folder, for files that the front matter brings in.
    """
    head = _HEAD.match(text)
    if head is None or not _ASKS.search(head[1]):
        return None
    data = plain(parse_yaml(head[1]).root)
    asked = lookup(data, "listing")
    below = lookup(brought_by(path, data, read), "listing")
    if not asked and not (asked is None and below):
        return None
    asked = merged(asked, below) if isinstance(asked, Mapping) and isinstance(below, Mapping) else asked or below
    lists = asked if isinstance(asked, list) else [asked]
    folder = posixpath.dirname(path)
    named = [item for one in lists for item in _contents(one)]
    return Listing(
        tuple(dict.fromkeys(pattern for item in named if (pattern := _pattern(folder, item)))),
        tuple(item for item in named if item.endswith(_DATA)),
        is_bare=len(text[head.end() :].split()) < _FEW,
        has_feed=any(lookup(one, "feed") for one in lists),
    )


def listed_patterns(files: Iterable[tuple[str, str]], read: Read = nothing) -> tuple[str, ...]:
    """Return what all pages (path below the content folder, text) list, as glob patterns."""
    listings = (listing_of(path, text, read) for path, text in files if may_list(text))
    return tuple(dict.fromkeys(pattern for listing in listings if listing for pattern in listing.patterns))


def leads_to_list(path: str, text: str, read: Read = nothing) -> bool:
    """Return whether a page that is no folder's text says nothing but that it lists notes."""
    listing = listing_of(path, text, read) if may_list(text) else None
    return listing is not None and listing.is_bare and bool(listing.patterns) and not is_index(path.rpartition("/")[2])


def may_list(text: str) -> bool:
    """Return whether a page may ask for a list; most do not, and need not be read for it."""
    return "listing:" in text or BRINGS in text


def patterns_of_notes(listed: Sequence[str], nav: Any) -> tuple[str, ...]:
    """Return the glob patterns of what is a note where pages list notes: what they list, and what `nav` names."""
    if not listed or not nav:
        return tuple(listed)
    named = (name.strip("/") for name in named_in_nav(nav) if "://" not in name)
    return tuple(dict.fromkeys((*listed, *(pattern for name in named for pattern in _patterns_of_entry(name)))))


def _patterns_of_entry(name: str) -> tuple[str, ...]:
    """Return the patterns of what an entry of `nav` names: a note, with or without its suffix, a folder, or a glob."""
    if "*" in name or name.lower().endswith((*NOTE_SUFFIXES, ".ipynb")):
        return (name,)
    return (f"{name}.*", f"{name}/*") if name else ("*",)


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
