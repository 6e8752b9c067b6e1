"""The folders of a site: the text, the notes and the folders of each, in order.

The order of a folder is that of Hugo and Docusaurus: `weight`, `sidebar_position`, `nav_order` or `order` in front
matter, or numbers in front of names; then the newest first where notes are dated; then by name, folders before notes.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from html import escape

import msgspec

from notegen.link.addresses.collisions import address_key
from notegen.link.addresses.routed_notes import RoutedNote
from notegen.link.targets.index import stem_of
from notegen.model.config import Config
from notegen.model.note import Meta
from notegen.model.source import NO_SETTINGS, FolderSettings
from notegen.model.strings import Html, Url
from notegen.routes.lists import in_language
from notegen.routes.names import without_number
from notegen.routes.notes import begins_with_folders, folder_path
from notegen.routes.urls import Base
from notegen.text.paths import is_index, number_of, strip_suffix, title_of_name, undated
from notegen.text.patterns import lazy_regex

Folders = Mapping[str, FolderSettings]  # by path below the content folder
_LONG = 18  # digits: longer ones are words
_DIGITS = lazy_regex(r"([0-9]+)")
_PLAIN_LAYOUTS = frozenset({"", "page", "default", "post", "single"})  # which show a text alone
_TEXTS = ("_index", "index", "readme")  # files that hold the text of their folder, the first of them wins


class Folder(msgspec.Struct, frozen=True):
    """A folder with notes in it or below, by its path below the content folder; "" is that folder.

    `url` is empty for one without a page. `text`: the note that is its page's text; where that is a note of the folder
    around it, whose address the page would have, the note's page `is_note`: there is no other. `entries`: its notes and
    folders in order. `count`: notes in it and below.
    """

    path: str
    title: str
    title_html: Html
    url: Url
    text: RoutedNote | None
    entries: tuple["Folder | RoutedNote", ...]
    count: int
    is_note: bool = False
    settings: FolderSettings = NO_SETTINGS

    @property
    def folders(self) -> tuple["Folder", ...]:
        """The folders in it."""
        return tuple(entry for entry in self.entries if isinstance(entry, Folder))

    @property
    def notes(self) -> tuple[RoutedNote, ...]:
        """The notes in it, but for those that are pages of folders."""
        return tuple(entry for entry in self.entries if isinstance(entry, RoutedNote))


class _Site(msgspec.Struct, frozen=True):
    """What a folder looks at: texts and notes by folder, notes by address, addresses of other pages, settings."""

    texts: Mapping[str, RoutedNote]
    notes: Mapping[str, Sequence[RoutedNote]]
    by_key: Mapping[str, RoutedNote]
    pages: Container[str]
    settings: Folders
    config: Config
    base: Base
    language: str


def folder_tree(
    routed: Sequence[RoutedNote],
    pages: Iterable[str],
    settings: Mapping[str, FolderSettings],
    config: Config,
    base: Base,
    language: str = "",
) -> Folder:
    """Return the content folder with all notes that lists know, and with the texts of folders.

    `settings`: what folders say of themselves. `pages`: site paths of other pages; a folder without a text takes none.
    A folder whose text is unlisted is not shown, nor is what is in it; the text is a page by itself. `language`: that
    of the notes, by the folder of its addresses.
    """
    unlisted = tuple(f"{folder}/" for folder in _texts(item for item in routed if item.note.meta.hidden) if folder)
    notes: dict[str, list[RoutedNote]] = {}
    for item in routed:
        if (item.is_listed or _is_of_collection(item, config)) and not item.bare.startswith(unlisted):
            notes.setdefault(_folder_of(item), []).append(item)
    shown = [item for item in routed if not (item.note.meta.hidden or item.bare.startswith(unlisted))]
    by_key = {address_key(item.path): item for item in shown}
    taken = frozenset(map(address_key, (*pages, *(item.path for item in routed if item.note.meta.hidden))))
    site = _Site(_texts(shown), notes, by_key, taken, settings, config, base, language)
    subfolders: dict[str, list[Folder]] = {}  # by the folder that they are in
    for path in sorted(_with_parents([*notes, *site.texts]), key=lambda path: (-path.count("/"), path)):
        subfolders.setdefault(path.rpartition("/")[0], []).append(_folder(path, subfolders.get(path, ()), site))
    return _folder("", subfolders.get("", ()), site)


def _is_of_collection(item: RoutedNote, config: Config) -> bool:
    """Return whether a page is one of a collection of Jekyll's: a folder `_name` whose pages have one pattern."""
    if item.note.meta.hidden or not config.permalinks or not config.pages:
        return False
    folders = (folder for folder in config.permalinks if folder.rpartition("/")[2].startswith("_"))
    return any(f"{folder}/*" in config.pages and item.bare.startswith(f"{folder}/") for folder in folders)


def _shows_collection(folder: str, meta: Meta) -> bool:
    """Return whether a page says that it shows a collection of Jekyll's: by `collection`, or a layout named after it.

    al-folio's bookshelf is `collection: books` and `layout: book-shelf`.
    """
    name = folder.rpartition("/")[2]
    collection = name.removeprefix("_")
    is_named = meta.extra.get("collection") == collection or collection.removesuffix("s") in meta.layout
    return name.startswith("_") and meta.layout not in _PLAIN_LAYOUTS and is_named


def _with_parents(paths: Iterable[str]) -> set[str]:
    """Return folders and all folders around them, without the content folder itself."""
    parents: set[str] = set()
    for path in paths:
        folder = path
        while folder and folder not in parents:
            parents.add(folder)
            folder = folder.rpartition("/")[0]
    return parents


def _folder_of(item: RoutedNote) -> str:
    """Return the folder that holds a note; an index.md stands for a note in the folder around its own."""
    folder, _, name = item.bare.rpartition("/")
    folder = folder.rpartition("/")[0] if is_index(name) else folder
    return _shown(folder)


def _shown(folder: str) -> str:
    """Return a folder without `_posts`, which is no part of addresses."""
    return "/".join(part for part in folder.split("/") if part != "_posts")


def _texts(routed: Iterable[RoutedNote]) -> dict[str, RoutedNote]:
    """Return the notes that are the texts of folders, by folder; none in a language that has no lists."""
    texts: dict[str, tuple[int, RoutedNote]] = {}
    for item in routed:
        if item.translation and item.translation.folder not in {"", item.language}:
            continue
        name = strip_suffix(item.bare.rpartition("/")[2]).casefold()
        if item.note.kind == "section" and name in _TEXTS:
            rank, folder = _TEXTS.index(name), _shown(item.bare.rpartition("/")[0])
            if folder not in texts or rank < texts[folder][0]:
                texts[folder] = (rank, item)
    return {folder: item for folder, (_, item) in texts.items()}


def _folder(path: str, folders: Sequence[Folder], site: _Site) -> Folder:
    text, url, config = site.texts.get(path), Url(""), site.config
    settings = site.settings.get(path, NO_SETTINGS)
    has_text = text is not None
    if not has_text and path and (settings.is_index or _lists_itself(path, config)):
        address = in_language(folder_path(path, config, settings), site.language)
        key = address_key(address)
        text = site.by_key.get(key)
        url = site.base.url(address) if text is None and key not in site.pages else Url("")
    title = title_of_name(without_number(path.rpartition("/")[2], config.addresses), config.file_titles) or config.title
    title = settings.label or title
    inner: list[RoutedNote] = []
    if path and config.addresses.section_lists:  # a folder without a page is a part of its section (Hugo)
        inner = [note for folder in folders if not folder.url for note in folder.notes]
        folders = [item for folder in folders for item in ((folder,) if folder.url else folder.folders)]
    pages = {folder.text.content_path for folder in folders if folder.is_note and folder.text}
    notes = [item for item in (*site.notes.get(path, ()), *inner) if item.content_path not in pages]
    return Folder(
        path,
        text.note.title if text else title,
        text.note.title_html if text else Html(escape(title)),
        text.url if text else url,
        text,
        _arranged([*folders, *notes]),
        len(notes) + sum(folder.count + folder.is_note for folder in folders),
        is_note=text is not None and not has_text and not _shows_collection(path, text.note.meta),
        settings=settings,
    )


def _lists_itself(path: str, config: Config) -> bool:
    """Return whether a folder without a text has a page."""
    if config.sections != "auto":
        return config.sections == "on"
    return begins_with_folders(config, path) or (config.addresses.section_lists and "/" not in path)


def _arranged(entries: Sequence[Folder | RoutedNote]) -> tuple[Folder | RoutedNote, ...]:
    """Return the entries of a folder in its order."""
    names = [_name(entry) for entry in entries]
    numbers = [number_of(name) for name in names]
    numbered = 2 * sum(number is not None for number in numbers) >= len(entries)
    notes = [entry for entry in entries if isinstance(entry, RoutedNote)]
    dated = 2 * sum(entry.note.meta.date is not None for entry in notes) >= len(notes)
    keys = [
        _key(entry, name, number if numbered else None, dated=dated)
        for entry, name, number in zip(entries, names, numbers, strict=True)
    ]
    return tuple(entries[index] for index in sorted(range(len(entries)), key=keys.__getitem__))


def _key(entry: Folder | RoutedNote, name: str, number: int | None, *, dated: bool) -> tuple[object, ...]:
    """Return the sort key of an entry of a folder. `dated`: its notes are ordered by date."""
    note = entry.note if isinstance(entry, RoutedNote) else entry.text.note if entry.text else None
    place = note.meta.order if note and note.meta.order is not None else number
    if isinstance(entry, Folder) and entry.settings.order is not None:
        place = entry.settings.order
    date = note.meta.date if note and dated and isinstance(entry, RoutedNote) else None
    parts = _DIGITS.split(name.casefold())
    natural = [(int(part), "") if part.isdecimal() and len(part) < _LONG else (-1, part) for part in parts if part]
    return (
        place is None,
        place or 0,
        isinstance(entry, RoutedNote),
        date is None,
        -date.timestamp() if date else 0,
        natural,
        entry.content_path if isinstance(entry, RoutedNote) else entry.path,
    )


def _name(entry: Folder | RoutedNote) -> str:
    """Return the name of an entry's file or folder, without suffix and date."""
    if isinstance(entry, Folder):
        return entry.path.rpartition("/")[2]
    return undated(stem_of(entry.bare))
