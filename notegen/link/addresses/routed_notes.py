"""The published notes with their addresses, in the order of the site."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import msgspec

from notegen.link.addresses.translations import Translation, translations
from notegen.model.config import Config
from notegen.model.note import Note
from notegen.model.strings import ContentPath, Html, SitePath, Url
from notegen.routes.languages import content_path_of, localized
from notegen.routes.lists import HOME, in_language
from notegen.routes.notes import note_path, page_path, translated_path
from notegen.routes.urls import Base


class RoutedNote(msgspec.Struct, frozen=True):
    """A published note with its content path (below the content folder), its site path and its URL.

    `translation`: the language that it says it is in, if it does.
    """

    content_path: ContentPath
    note: Note
    path: SitePath
    url: Url
    is_page: bool
    translation: Translation | None = None

    @property
    def is_listed(self) -> bool:
        """True for a note that lists, feeds, terms and neighbours know."""
        return not (self.is_page or self.note.meta.hidden)

    @property
    def bare(self) -> ContentPath:
        """Its content path without its language."""
        return self.translation.bare if self.translation else self.content_path

    @property
    def language(self) -> str:
        """The language whose lists have it, by the folder of their addresses; "" for the site's own."""
        return self.translation.language if self.translation else ""

    @property
    def is_home(self) -> bool:
        """True for the text of a home page."""
        return self.path == in_language(HOME, self.language)


def route(note: Note, config: Config, base: Base, translation: Translation | None = None) -> RoutedNote:
    """Return a note with its addresses."""
    content_path = content_path_of(note.path, config.content_dir)
    if translation and translation.date:
        note = msgspec.structs.replace(note, meta=msgspec.structs.replace(note.meta, date=translation.date))
    is_page = note.kind != "note"
    bare = translation.bare if translation else content_path
    path = (page_path if is_page else note_path)(note, bare, config, local(note.meta.date, config))
    is_page = is_page or path == HOME
    if translation:
        path = translated_path(path, translation.folder, note, config)
    if not note.title:  # the text of the content folder
        title = localized(config, translation.language if translation else "").title
        note = msgspec.structs.replace(note, title=title, title_html=Html(escape(title)))
    return RoutedNote(content_path, note, path, base.url(path), is_page, translation)


def route_notes(notes: Sequence[Note], config: Config, base: Base) -> tuple[RoutedNote, ...]:
    """Return notes with their addresses, newest first; undated ones last, by path."""
    content_paths = {content_path_of(note.path, config.content_dir): note for note in notes}
    languages = translations(content_paths, config)
    routed = (route(note, config, base, languages.get(content_path)) for content_path, note in content_paths.items())
    return tuple(
        sorted(
            routed, key=lambda item: (item.note.meta.date is None, -_timestamp(item.note.meta.date), item.content_path)
        )
    )


def local(date: datetime | None, config: Config) -> datetime | None:
    """Return the moment in the site's zone."""
    return date.astimezone(ZoneInfo(config.timezone)) if date else None


def _timestamp(date: datetime | None) -> float:
    return date.timestamp() if date else 0.0
