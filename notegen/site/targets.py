"""What links can point to, indexed: notes by path, name, alias and title; assets by path and name.

Addresses of the site.
"""

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

import msgspec

from notegen.model.note import Note
from notegen.model.source import Asset
from notegen.site.urls import alias_path

SUFFIXES = (".md", ".markdown", ".mdx", ".mdown")


class Target(msgspec.Struct, frozen=True):
    """Where a link leads.

    A note (by path), an asset (by its path below the content folder), or a site path (`/tags/`).
    """

    note: str = ""
    asset: str = ""
    site: str = ""


class Index(msgspec.Struct, frozen=True):
    """Everything a link may name. Paths of notes and assets are below the content folder; names are case-folded."""

    notes: dict[str, Note]  # inner path -> note
    by_name: dict[str, tuple[str, ...]]  # stem, alias or title -> inner paths
    site_path: dict[str, str]  # inner path of a note -> its site path
    by_site_path: dict[str, str]  # the reverse, without the slash at the end; old addresses too
    assets: dict[str, Asset]
    by_asset_name: dict[str, tuple[str, ...]]
    site_paths: frozenset[str]  # static files and list pages


def make_index(
    notes: Mapping[str, Note], site_path: Mapping[str, str], assets: Mapping[str, Asset], site_paths: Iterable[str]
) -> Index:
    """Return the index for notes by inner path, their site paths, the assets beside them.

    And other addresses of the site.
    """
    names: dict[str, list[str]] = {}
    for inner, note in notes.items():
        stem = strip_suffix(inner).rpartition("/")[2]
        if stem.casefold() in {"index", "readme"}:
            stem = posixpath.dirname(inner).rpartition("/")[2] or stem
        for name in dict.fromkeys(_fold(name) for name in (stem, *_names(note), note.title)):
            if name:
                names.setdefault(name, []).append(inner)
    addresses = {path.rstrip("/"): inner for inner, path in site_path.items()}
    for inner, note in notes.items():
        for alias in note.meta.aliases:
            if alias.startswith("/"):
                addresses.setdefault(alias_path(alias).rstrip("/"), inner)
    files: dict[str, list[str]] = {}
    for path in assets:
        files.setdefault(_fold(path.rpartition("/")[2]), []).append(path)
    return Index(
        notes=dict(notes),
        by_name={name: tuple(found) for name, found in names.items()},
        site_path=dict(site_path),
        by_site_path=addresses,
        assets=dict(assets),
        by_asset_name={name: tuple(found) for name, found in files.items()},
        site_paths=frozenset(path.rstrip("/") for path in site_paths),
    )


def _names(note: Note) -> tuple[str, ...]:
    return tuple(alias for alias in note.meta.aliases if not alias.startswith("/"))


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def strip_suffix(path: str) -> str:
    """Return the path without the ending of a Markdown file."""
    return next((path[: -len(suffix)] for suffix in SUFFIXES if path.lower().endswith(suffix)), path)


def find_path(index: Index, source: str, path: str) -> Target | None:
    """Return what a link's path names, seen from the note `source` (inner path); None when nothing answers.

    Tried in this order: a place from the root of the site or of the content; a place beside the note; in the note's
    asset folder (Hexo `post/`, Typora `post.assets/`); an address relative to the note's own; a file of that name
    anywhere (Obsidian's attachments).
    """
    if path.startswith("/"):
        return _from_root(index, path)
    folder = posixpath.dirname(source)
    stem = strip_suffix(source)
    for base in (folder, stem, stem + ".assets", ""):
        inner = posixpath.normpath(posixpath.join(base, path))
        found = _at(index, inner)
        if found is not None:
            return found
    own = index.site_path.get(source)
    found = None if own is None else _from_root(index, posixpath.normpath(posixpath.join(own, path)))
    if found is not None:
        return found
    matches = index.by_asset_name.get(_fold(path.rpartition("/")[2]), ())
    return Target(asset=matches[0]) if len(matches) == 1 else None


def _from_root(index: Index, path: str) -> Target | None:
    """Return what a path from the root names.

    A static file or list page, a note's address, a file of the content folder.
    """
    for written in dict.fromkeys((path, unquote(path))):
        clean = written.rstrip("/")
        if clean in index.site_paths:
            return Target(site=written)
        inner = index.by_site_path.get(clean.removesuffix("/index.html"), index.by_site_path.get(clean))
        if inner is not None:
            return Target(note=inner)
    return _at(index, path.strip("/"))


def _at(index: Index, inner: str) -> Target | None:
    """Return the note or asset at an inner path, the note's ending optional."""
    for candidate in (inner, unquote(inner)):
        if candidate in index.notes:
            return Target(note=candidate)
        if candidate in index.assets:
            return Target(asset=candidate)
        for suffix in (*SUFFIXES, "/index.md", "/README.md"):
            if candidate + suffix in index.notes:
                return Target(note=candidate + suffix)
    return None


def find_name(index: Index, source: str, name: str) -> tuple[Target | None, tuple[str, ...]]:
    """Return what a wiki link names, and the other notes that answer to the name too.

    A path or its end (`folder/Note`) wins over a name; of several notes with one name, the one nearest to `source`
    wins.
    """
    stripped = strip_suffix(name.strip())
    direct = _at(index, stripped) or find_path(index, source, name.strip())
    if direct is not None:
        return direct, ()
    tail = _fold(stripped.rpartition("/")[2])
    matches = index.by_name.get(tail, ())
    if "/" in stripped:
        wanted = _fold(stripped)
        matches = tuple(path for path in matches if _fold(strip_suffix(path)).endswith(wanted))
    if matches:
        ordered = sorted(matches, key=lambda path: (_distance(source, path), path))
        return Target(note=ordered[0]), tuple(ordered[1:])
    files = index.by_asset_name.get(_fold(name.strip().rpartition("/")[2]), ())
    return (Target(asset=files[0]), ()) if files else (None, ())


def _distance(source: str, path: str) -> int:
    """Return how many folders apart two notes are."""
    left, right = posixpath.dirname(source).split("/"), posixpath.dirname(path).split("/")
    shared = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        shared += 1
    return len(left) + len(right) - 2 * shared
