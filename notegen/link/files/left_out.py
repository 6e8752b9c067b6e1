"""The files of notes that are left out of the site: beside them, in their folders, and what they link and show."""

import posixpath
from collections.abc import Iterable, Iterator

from notegen.link.targets.find import find_file, find_name, find_path
from notegen.link.targets.index import Index
from notegen.model.body import EmbedHole, ImageHole, UrlHole, WikiHole
from notegen.model.note import Note
from notegen.model.strings import ContentPath
from notegen.text.paths import is_index, strip_suffix


def files_of_left_out(notes: Iterable[tuple[ContentPath, Note]], index: Index) -> frozenset[str]:
    """Return the files of unpublished notes, given by content path: assets, and site paths of static files.

    Published notes may use some of them, too.
    """
    folders: set[str] = set()
    named: set[str] = set()
    for content_path, note in notes:
        stem = strip_suffix(content_path)
        folder = posixpath.dirname(content_path)
        folders.update(
            (stem, f"{stem}.assets", *([folder] if folder and is_index(posixpath.basename(content_path)) else []))
        )
        named.update(_named(index, content_path, note))
    return frozenset(named.union(asset for asset in index.assets if not folders.isdisjoint(_folders(asset))))


def _named(index: Index, content_path: ContentPath, note: Note) -> Iterator[str]:
    addresses = [(hole.target, isinstance(hole, (WikiHole, EmbedHole))) for hole in _holes(note)]
    addresses += [(note.meta.cover, False)] if note.meta.cover else []
    for address, is_name in dict.fromkeys(addresses):
        path = address.partition("#")[0].partition("?")[0]
        if path:
            target = find_name(index, content_path, path)[0] if is_name else find_path(index, content_path, path)
            if target is not None and (target.asset or target.site in index.static):
                yield target.asset or target.site
    yield from filter(None, (find_file(index, content_path, address) for address in note.files))


def _holes(note: Note) -> Iterator[UrlHole | ImageHole | WikiHole | EmbedHole]:
    for hole in (*note.body.holes, *note.excerpt.holes):
        if isinstance(hole, (UrlHole, ImageHole, WikiHole, EmbedHole)):
            yield hole


def _folders(path: str) -> Iterator[str]:
    while folder := posixpath.dirname(path):
        yield folder
        path = folder
