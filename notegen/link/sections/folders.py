"""The folders of a site: the text, the notes and the folders of each, in order.

The order of a folder is that of Hugo and Docusaurus: `weight`, `sidebar_position`, `nav_order` or `order` in front
matter, or numbers in front of names; then the newest first where notes are dated; then by name, folders before notes.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

import msgspec

from notegen.link.routed_notes import RoutedNote
from notegen.link.targets.index import stem_of
from notegen.model.config import Config
from notegen.routes.notes import section_path
from notegen.routes.urls import Base
from notegen.text.paths import is_index, numbered_name, strip_suffix, title_of_name, undated

_LONG = 18  # digits: longer ones are words
_DIGITS = re.compile(r"([0-9]+)")
_TEXTS = ("_index", "index", "readme")  # files that hold the text of their folder, the first of them wins


class Folder(msgspec.Struct, frozen=True):
    """A folder with notes in it or below, by its path below the content folder; "" is that folder.

    `url` is empty for one without a page. `entries`: its notes and folders in order. `count`: notes in it and below.
    """

    path: str
    title: str
    title_html: str
    url: str
    text: RoutedNote | None
    entries: tuple["Folder | RoutedNote", ...]
    count: int

    @property
    def folders(self) -> tuple["Folder", ...]:
        """The folders in it."""
        return tuple(entry for entry in self.entries if isinstance(entry, Folder))

    @property
    def notes(self) -> tuple[RoutedNote, ...]:
        """The notes in it."""
        return tuple(entry for entry in self.entries if isinstance(entry, RoutedNote))


def has_folder_addresses(config: Config) -> bool:
    """Return whether the address of a note begins with that of its folder: a pattern by `:path`, without dates."""
    before, by_path, _ = config.permalink.partition(":path")
    return bool(by_path) and ":" not in before


def folder_tree(routed: Sequence[RoutedNote], config: Config, base: Base) -> Folder:
    """Return the content folder with all notes that lists know, and with the texts of folders."""
    notes: dict[str, list[RoutedNote]] = {}
    for item in routed:
        if item.is_listed:
            notes.setdefault(folder_of(item.inner), []).append(item)
    texts = _texts(routed)
    subfolders: dict[str, list[Folder]] = {}  # by the folder that they are in
    for path in sorted(_with_parents([*notes, *texts]), key=lambda path: (-path.count("/"), path)):
        folder = _folder(path, texts.get(path), notes.get(path, ()), subfolders.get(path, ()), config, base)
        subfolders.setdefault(path.rpartition("/")[0], []).append(folder)
    return _folder("", texts.get(""), notes.get("", ()), subfolders.get("", ()), config, base)


def _with_parents(paths: Iterable[str]) -> set[str]:
    """Return folders and all folders around them, without the content folder itself."""
    parents: set[str] = set()
    for path in paths:
        folder = path
        while folder and folder not in parents:
            parents.add(folder)
            folder = folder.rpartition("/")[0]
    return parents


def folder_of(inner: str) -> str:
    """Return the folder that holds a note; an index.md stands for a note in the folder around its own."""
    folder, _, name = inner.rpartition("/")
    folder = folder.rpartition("/")[0] if is_index(name) else folder
    return _shown(folder)


def _shown(folder: str) -> str:
    """Return a folder without `_posts`, which is no part of addresses."""
    return "/".join(part for part in folder.split("/") if part != "_posts")


def _texts(routed: Iterable[RoutedNote]) -> dict[str, RoutedNote]:
    """Return the notes that are the texts of folders, by folder."""
    texts: dict[str, tuple[int, RoutedNote]] = {}
    for item in routed:
        name = strip_suffix(item.inner.rpartition("/")[2]).casefold()
        if item.note.kind == "section" and name in _TEXTS:
            folder = _shown(item.inner.rpartition("/")[0])
            texts[folder] = min(
                texts.get(folder, (len(_TEXTS), item)), (_TEXTS.index(name), item), key=lambda one: one[0]
            )
    return {folder: item for folder, (_, item) in texts.items()}


def _folder(
    path: str,
    text: RoutedNote | None,
    notes: Sequence[RoutedNote],
    folders: Sequence[Folder],
    config: Config,
    base: Base,
) -> Folder:
    name = path.rpartition("/")[2]
    title = title_of_name(name, config.file_titles) or config.title
    url = text.url if text else ""
    if not url and path and (config.sections == "on" or (config.sections == "auto" and has_folder_addresses(config))):
        url = base.url(section_path(path, config))
    return Folder(
        path,
        text.note.title if text else title,
        text.note.title_html if text else escape(title),
        url,
        text,
        _arranged([*folders, *notes]),
        len(notes) + sum(folder.count for folder in folders),
    )


def _arranged(entries: Sequence[Folder | RoutedNote]) -> tuple[Folder | RoutedNote, ...]:
    """Return the entries of a folder in its order."""
    names = [_name(entry) for entry in entries]
    numbers = [numbered_name(name)[0] for name in names]
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
    )


def _name(entry: Folder | RoutedNote) -> str:
    """Return the name of an entry's file or folder, without suffix and date."""
    if isinstance(entry, Folder):
        return entry.path.rpartition("/")[2]
    return undated(stem_of(entry.inner))
