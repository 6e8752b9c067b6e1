"""The published notes with their addresses, in the order of the site."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from notegen.link.targets.index import stem_of
from notegen.model.config import Config
from notegen.model.note import Note
from notegen.routes.notes import note_path, page_path
from notegen.routes.urls import Base
from notegen.text.paths import undated


class RoutedNote(msgspec.Struct, frozen=True):
    """A published note with its inner path (below the content folder), its site path and its URL."""

    inner: str
    note: Note
    path: str
    url: str
    is_page: bool

    @property
    def is_listed(self) -> bool:
        """True for a note that lists, feeds, terms and neighbours know."""
        return not (self.is_page or self.note.meta.hidden)


def route(note: Note, config: Config, base: Base) -> RoutedNote:
    """Return a note with its addresses."""
    inner = inner_path(note.path, config)
    is_page = note.kind != "note"
    date = local(note.meta.date, config)
    path = (
        page_path(note, inner) if is_page else note_path(note, inner, undated(stem_of(inner)), config.permalink, date)
    )
    return RoutedNote(inner, note, path, base.url(path), is_page)


def route_notes(notes: Iterable[Note], config: Config, base: Base) -> tuple[RoutedNote, ...]:
    """Return notes with their addresses, newest first; undated ones last, by path."""
    routed = (route(note, config, base) for note in notes)
    return tuple(
        sorted(routed, key=lambda item: (item.note.meta.date is None, -_timestamp(item.note.meta.date), item.inner))
    )


def inner_path(path: str, config: Config) -> str:
    """Return a source path below the content folder."""
    return path.removeprefix(config.content_dir.strip("./") + "/") if config.content_dir.strip("./") else path


def local(date: datetime | None, config: Config) -> datetime | None:
    """Return the moment in the site's zone."""
    return date.astimezone(ZoneInfo(config.timezone)) if date else None


def _timestamp(date: datetime | None) -> float:
    return date.timestamp() if date else 0.0
