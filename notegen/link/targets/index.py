"""What links can point to, indexed: notes by path, name, alias, title and slug; files by path and name.

Addresses of the site.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

import msgspec

from notegen.link.targets.languages import ONE_LANGUAGE, LinkLanguages
from notegen.model.note import Note
from notegen.model.source import Asset
from notegen.model.strings import ContentPath, SitePath
from notegen.routes.urls import SEEN
from notegen.text.paths import is_index, strip_suffix, undated

Path = TypeVar("Path", bound=str)


class Rank(IntEnum):
    """How a note comes by a name; the file's own name goes before what its front matter says."""

    FILE = 0
    ALIAS = 1
    TITLE = 2


class Folders(msgspec.Struct, frozen=True):
    """Where the content and the static files are below the root ("" is the root), and the base path of the site.

    `passthrough`: glob patterns of files of the content folder that are published whatever they are.
    """

    content: str = ""
    static: str = "static"
    base_path: str = "/"
    passthrough: tuple[str, ...] = ()


class Index(msgspec.Struct, frozen=True):
    """Everything a link may name. Paths of notes and assets are below the content folder; folded keys: see `fold`."""

    notes: dict[ContentPath, Note]  # content path -> note
    names: dict[str, tuple[tuple[Rank, ContentPath], ...]]  # folded stem, alias or title -> content paths
    slugs: dict[str, tuple[ContentPath, ...]]  # folded stem, with and without its date, or slug -> content paths
    site_path: dict[ContentPath, SitePath]  # content path of a note -> its site path
    by_site_path: dict[str, ContentPath]  # the reverse, without a slash at the end; also old addresses, which hide none
    assets: dict[str, Asset]
    by_asset_name: dict[str, tuple[str, ...]]  # folded file name -> paths
    folded: dict[str, tuple[str, ...]]  # folded path of a note (also without its ending) or asset -> paths
    site_paths: frozenset[str]  # static files and list pages
    static: dict[SitePath, Asset]  # site path -> static file
    folded_static: dict[str, SitePath]
    folders: Folders
    sections: dict[str, SitePath] = {}  # folder below the content folder -> site path of its page
    languages: LinkLanguages = ONE_LANGUAGE


def make_index(
    notes: Mapping[ContentPath, Note],
    site_path: Mapping[ContentPath, SitePath],
    old_paths: Mapping[SitePath, ContentPath],
    assets: Mapping[str, Asset],
    static: Mapping[str, Asset],
    pages: Iterable[str],
    folders: Folders,
    sections: Mapping[str, SitePath] | None = None,
    languages: LinkLanguages = ONE_LANGUAGE,
) -> Index:
    """Return the index of notes by content path, their site paths, assets, static files, and other pages of the site.

    `old_paths`: old site path -> content path of the note that is elsewhere now; `sections`, `languages`: see Index.
    """
    bare = languages.bare
    files = {SitePath("/" + path): asset for path, asset in static.items()}
    paths: list[tuple[str, str]] = [(path, path) for path in (*notes, *assets)]
    paths += [(strip_suffix(path), path) for path in notes]
    return Index(
        notes=dict(notes),
        names=_names(notes, bare),
        slugs=_grouped(
            (slug, content_path)
            for content_path, note in notes.items()
            for slug in _slugs(bare.get(content_path, content_path), note)
        ),
        site_path=dict(site_path),
        by_site_path={old.rstrip("/"): content_path for old, content_path in old_paths.items()}
        | {path.rstrip("/"): content_path for content_path, path in site_path.items()},
        assets=dict(assets),
        by_asset_name=_grouped((path.rpartition("/")[2], path) for path in assets),
        folded=_grouped(paths),
        site_paths=frozenset(path.rstrip("/") for path in (*pages, *files)),
        static=files,
        folded_static={fold(path): path for path in files},
        folders=folders,
        sections=dict(sections or {}),
        languages=languages,
    )


@lru_cache(maxsize=SEEN)
def fold(name: str) -> str:
    """Return a name as it is compared: without case, spaces as one, letters and accents composed (macOS parts them)."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def stem_of(content_path: ContentPath) -> str:
    """Return the name of a note's file without its ending; that of its folder for `index.md`."""
    folder, _, stem = strip_suffix(content_path).rpartition("/")
    return (folder.rpartition("/")[2] or stem) if is_index(stem) else stem


def names_of(content_path: ContentPath, note: Note, bare: ContentPath | None = None) -> dict[str, Rank]:
    """Return the folded names that wiki links may call a note by. `bare`: its path without a language in it."""
    aliases = [alias for alias in note.meta.aliases if not alias.startswith("/")]
    stems = [stem_of(content_path), *((stem_of(bare),) if bare else ())]
    named = [
        *((stem, Rank.FILE) for stem in stems),
        *((alias, Rank.ALIAS) for alias in aliases),
        (note.title, Rank.TITLE),
    ]
    ranks: dict[str, Rank] = {}
    for name, rank in named:
        if folded := fold(name):
            ranks.setdefault(folded, rank)
    return ranks


def with_notes(index: Index, edited: Mapping[ContentPath, Note]) -> Index:
    """Return the index with other values of some notes, by content path; only their names by title may differ."""
    bare = index.languages.bare
    changed = {
        content_path: (before, after)
        for content_path, note in edited.items()
        if (before := names_of(content_path, index.notes[content_path], bare.get(content_path)))
        != (after := names_of(content_path, note, bare.get(content_path)))
    }
    names = dict(index.names) if changed else index.names
    for content_path, (before, after) in changed.items():
        for name in before:
            names[name] = tuple(entry for entry in names[name] if entry[1] != content_path)
        for name, rank in after.items():
            names[name] = (*names.get(name, ()), (rank, content_path))
    return msgspec.structs.replace(index, notes={**index.notes, **edited}, names=names)


def _names(
    notes: Mapping[ContentPath, Note], bare: Mapping[ContentPath, ContentPath]
) -> dict[str, tuple[tuple[Rank, ContentPath], ...]]:
    names: dict[str, list[tuple[Rank, ContentPath]]] = {}
    for content_path, note in notes.items():
        for name, rank in names_of(content_path, note, bare.get(content_path)).items():
            names.setdefault(name, []).append((rank, content_path))
    return {name: tuple(entries) for name, entries in names.items()}


def _slugs(content_path: ContentPath, note: Note) -> Iterable[str]:
    stem = stem_of(content_path)
    return dict.fromkeys(fold(name) for name in (stem, undated(stem), note.meta.slug.rpartition("/")[2]) if name)


def _grouped(pairs: Iterable[tuple[str, Path]]) -> dict[str, tuple[Path, ...]]:
    """Return values by folded key."""
    groups: dict[str, dict[Path, None]] = {}
    for key, value in pairs:
        groups.setdefault(fold(key), {})[value] = None
    return {key: tuple(values) for key, values in groups.items()}
