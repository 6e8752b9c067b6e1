"""Pages that only ask another program for a list: their old addresses lead to the list that is made here.

A page of archives, tags or categories has a counterpart. Others (search, links of friends) have none: entries of the
menu that lead to them are left out.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from notegen.dialects.front_matter.listings import listing_of
from notegen.dialects.front_matter.page_metadata import Read
from notegen.dialects.sources import layout
from notegen.model.body import NO_BODY
from notegen.model.config import Config, read_settings
from notegen.model.note import Note
from notegen.model.source import Kind
from notegen.model.strings import ContentPath, Html, SitePath
from notegen.read.front_matter.read import read_front_matter
from notegen.routes.languages import bare_path, language_of_path
from notegen.routes.lists import ARCHIVE, CATEGORIES, TAGS, in_language
from notegen.routes.notes import folder_path, note_path, page_path, translated_path

_LISTS = {
    **dict.fromkeys(("archive", "archives", "timeline"), ARCHIVE),
    **dict.fromkeys(("tag", "tags"), TAGS),
    **dict.fromkeys(("category", "categories"), CATEGORIES),
}


class ListPages(msgspec.Struct, frozen=True):
    """Old addresses that lead to lists here, and those that no page answers."""

    redirects: dict[str, str]
    missing: frozenset[str]


def list_pages(pages: Iterable[tuple[str, Kind, str]], config: Config, read: Read) -> ListPages:
    """Return what becomes of the addresses of pages that ask for lists: (path below the content folder, kind, text).

    `read`: the text of a file below the content folder.
    """
    config = msgspec.structs.replace(config, timezone=config.timezone or "UTC")  # which a folder may leave open
    redirects: dict[str, str] = {}
    missing: set[str] = set()
    for path, kind, text in pages:
        old, target = _address(path, kind, text, config), _target(path, text, config, read)
        if target is None:
            missing.add(old)
        elif old not in {target, "/"}:
            redirects[old] = target
    return ListPages(redirects, frozenset(missing))


def menu_of(menu: Iterable[Mapping[str, str]], pages: ListPages) -> tuple[tuple[Mapping[str, str], ...], list[Any]]:
    """Return the entries of the menu, those that lead to a list at the list, and the entries that lead nowhere."""
    kept: list[Mapping[str, str]] = []
    gone: list[Mapping[str, str]] = []
    moved = {_same(old): target for old, target in pages.redirects.items()}
    missing = {_same(path) for path in pages.missing if path != "/"}
    for entry in menu:
        address = _same(entry["url"])
        (gone if address in missing else kept).append({**entry, "url": moved.get(address, entry["url"])})
    return tuple(kept), gone


def _same(address: str) -> str:
    """Return an address of the site without what makes no difference in it."""
    return f"/{address.removesuffix('index.html').strip('/')}/"


def _target(path: str, text: str, config: Config, read: Read) -> SitePath | None:
    """Return the site path of the list that a page asks for."""
    listing = listing_of(path, text, read)
    if listing is None or not listing.patterns:
        target = _LISTS.get(layout(text))
        return in_language(target, _language(path, config)) if target else None
    return folder_path(listing.folder, config) if listing.folder else ARCHIVE


def _language(path: str, config: Config) -> str:
    """Return the folder of the addresses of the language that a page's path tells."""
    placed = language_of_path(ContentPath(path), config.languages)
    return placed.language.path if placed else ""


def _address(path: str, kind: Kind, text: str, config: Config) -> str:
    """Return the site path that a page had."""
    meta = read_front_matter(text, path, read_settings(config)).meta
    note = Note(path, "", meta, meta.title, Html(""), NO_BODY, NO_BODY, kind=kind)
    date = meta.date.astimezone(ZoneInfo(config.timezone)) if meta.date else None
    bare = bare_path(ContentPath(path), config.languages)
    address = (note_path if kind == "note" else page_path)(note, bare, config, date)
    return translated_path(address, _language(path, config), note, config)
