"""Pages that only ask another program for a list: their old addresses lead to the list that is made here.

A page of archives, tags or categories has a counterpart. Others (search, links of friends) have none: entries of the
menu that lead to them are left out.
"""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

import msgspec

from notegen.dialects.sources import layout
from notegen.model.body import NO_BODY
from notegen.model.config import Config, read_settings
from notegen.model.note import Note
from notegen.model.source import Kind
from notegen.model.strings import ContentPath, Html
from notegen.read.front_matter.read import read_front_matter
from notegen.routes.lists import ARCHIVE, CATEGORIES, TAGS
from notegen.routes.notes import note_path, page_path

_LISTS = {
    **dict.fromkeys(("archive", "archives", "timeline"), ARCHIVE),
    **dict.fromkeys(("tag", "tags"), TAGS),
    **dict.fromkeys(("category", "categories"), CATEGORIES),
}


class ListPages(msgspec.Struct, frozen=True):
    """Old addresses that lead to lists here, and those that no page answers."""

    redirects: dict[str, str]
    missing: frozenset[str]


def list_pages(pages: Iterable[tuple[str, Kind, str]], config: Config) -> ListPages:
    """Return what becomes of the addresses of pages that ask for lists: (path below the content folder, kind, text)."""
    config = msgspec.structs.replace(config, timezone=config.timezone or "UTC")  # which a folder may leave open
    redirects: dict[str, str] = {}
    missing: set[str] = set()
    for path, kind, text in pages:
        old, target = _address(path, kind, text, config), _LISTS.get(layout(text))
        if target is None:
            missing.add(old)
        elif old not in {target, "/"}:
            redirects[old] = target
    return ListPages(redirects, frozenset(missing))


def shown_in_menu(entry: Mapping[str, str], missing: frozenset[str]) -> bool:
    """Return whether the address of an entry of the menu is not one of those that no page answers."""
    return f"/{entry['url'].strip('/')}/" not in {f"/{path.strip('/')}/" for path in missing if path != "/"}


def _address(path: str, kind: Kind, text: str, config: Config) -> str:
    """Return the site path that a page had."""
    meta = read_front_matter(text, path, read_settings(config)).meta
    note = Note(path, "", meta, meta.title, Html(""), NO_BODY, NO_BODY, kind=kind)
    date = meta.date.astimezone(ZoneInfo(config.timezone)) if meta.date else None
    return (note_path if kind == "note" else page_path)(note, ContentPath(path), config, date)
