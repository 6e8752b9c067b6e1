"""From what an author wrote to what is meant: a path as it is, with other letter case, or a unique name; wiki names."""

import posixpath
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec

from notegen.link.targets.index import Index, Path, fold
from notegen.model.strings import ContentPath, SitePath
from notegen.text.paths import NOTE_SUFFIXES, is_note, strip_suffix, undated

_MANY = 1000  # files of one name; among more, a path's end is not looked for
_EXPORTS = (".svg", ".png", ".light.svg", ".light.png", ".md.svg", ".md.png")  # of the plugin Excalidraw
_BUNDLES = ("/index.md", "/_index.md", "/README.md", "/index.qmd")


class Target(msgspec.Struct, frozen=True):
    """Where a link leads.

    A note (by content path), an asset (by its path below the content folder), or a site path (`/tags/`). `real_path` is
    what the file is called where the written path differs from it in upper and lower case.
    """

    note: ContentPath = ContentPath("")
    asset: str = ""
    site: SitePath = SitePath("")
    real_path: str = ""


def find_path(index: Index, source: ContentPath, path: str) -> Target | None:
    """Return what an address of a link or image names, seen from the note `source` (content path); None: nothing.

    Of a note that is translated into the language of `source` this is the translation, unless the address begins at the
    root.
    """
    target = _path(index, source, path)
    return target if path.startswith("/") else _in_language(index, source, target)


def _in_language(index: Index, source: ContentPath, target: Target | None) -> Target | None:
    """Return the translation of a note into the language of `source`, where its path told no language."""
    if target is None or not target.note or not index.languages.partners:
        return target
    meant = index.languages.version(source, target.note)
    return target if meant == target.note else Target(note=meant)


def _path(index: Index, source: ContentPath, path: str) -> Target | None:
    """Return what an address names.

    Tried in this order, each with percent signs as they are and decoded, and with slashes for backslashes: the path as
    it is (see `_exact`); the same without regard to case; a note or file whose name, or whose path's end, is unique; a
    folder that has a page.
    """
    beside = ContentPath(f"{source.rpartition('/')[0]}/{path}" if "/" in source else path)
    if beside in index.notes and not path.startswith("/"):
        return Target(note=beside)  # what `_exact` tries first
    written = spellings(path)
    for spelling in written:
        if target := _exact(index, source, spelling):
            return target
    for spelling in written:
        if target := _other_case(index, source, spelling):
            return target
    for spelling in written:
        if target := _by_end(index, source, spelling):
            return target
    folders = (
        content_path
        for spelling in written
        for content_path in _candidates(index, source, spelling)
        if content_path in index.sections
    )
    folder = next(folders, None) if index.sections else None
    return None if folder is None else Target(site=index.sections[folder])


def find_file(index: Index, source: ContentPath, path: str) -> str | None:
    """Return the asset, or static file (site path), that stands exactly where an address says, or None."""
    for spelling in spellings(path):
        target = _exact(index, source, spelling)
        if target is not None and (target.asset or target.site in index.static):
            return target.asset or target.site
    return None


def spellings(path: str) -> tuple[str, ...]:
    """Return the readings of an address: as it is, percent-decoded, with slashes where Windows has backslashes."""
    decoded = unquote(path)
    return tuple(dict.fromkeys((path, decoded, decoded.replace("\\", "/"))))


def _candidates(index: Index, source: ContentPath, path: str) -> Iterator[str]:
    """Yield the paths below the content folder (perhaps with `..`) that a relative path may mean.

    Beside the note; in its asset folder (Hexo `post/`, Typora `post.assets/`); of a translation also where the original
    is; from the content folder.
    """
    places = [source, index.languages.bare[source]] if source in index.languages.bare else [source]
    stems = [(posixpath.dirname(place), strip_suffix(place)) for place in places]
    folders = [folder for name, stem in stems for folder in (name, stem, stem + ".assets")]
    for folder in dict.fromkeys((*folders, "")):
        yield posixpath.normpath(posixpath.join(folder, path))


def _exact(index: Index, source: ContentPath, path: str) -> Target | None:
    """Return what stands at a path: from a root, beside the note and the like, or relative to the note's address."""
    if path.startswith("/"):
        return _from_root(index, path)
    for content_path in _candidates(index, source, path):
        if target := _at(index, content_path) or _outside(index, content_path):
            return target
    address = index.site_path.get(source)
    return None if address is None else _from_root(index, posixpath.normpath(posixpath.join(address, path)))


def _from_root(index: Index, path: str) -> Target | None:
    """Return what a path from the root names.

    A static file or list page, a note's address, a file of the content folder, or one named from the root of the site's
    sources (`/static/a.png`); the base path in front of it may be written or not.
    """
    clean = path.rstrip("/")
    if clean in index.site_paths:
        return Target(site=SitePath(path))
    for address in (clean.removesuffix("/index.html"), clean):
        if address in index.by_site_path:
            return Target(note=index.by_site_path[address])
    folders, content_path = index.folders, path.strip("/")
    if target := _at(index, content_path):
        return target
    if folders.base_path != "/" and path.startswith(folders.base_path):
        return _from_root(index, "/" + path[len(folders.base_path) :])
    if folders.content and content_path.startswith(folders.content + "/"):
        return _at(index, content_path[len(folders.content) + 1 :])
    return _static(index, content_path) or _beside_page(index, clean)


def _beside_page(index: Index, path: str) -> Target | None:
    """Return the file that has the address of a note in front of its own: that of a bundle, or of an asset folder."""
    folder, _, name = path.rpartition("/")
    note = index.by_site_path.get(folder) or index.by_site_path.get(f"{folder}.html")
    if note is None:
        return None
    places = (posixpath.join(strip_suffix(note), name), posixpath.join(posixpath.dirname(note), name))
    return next((Target(asset=place) for place in places if place in index.assets), None)


def _outside(index: Index, content_path: str) -> Target | None:
    """Return the static file that a path from the content folder leads to: `../static/a.png`."""
    return _static(index, posixpath.normpath(posixpath.join(index.folders.content, content_path)))


def _static(index: Index, below_root: str) -> Target | None:
    site = SitePath(below_root.removeprefix(index.folders.static))
    return Target(site=site) if site != below_root and site in index.static else None


def _at(index: Index, content_path: str) -> Target | None:
    """Return the note or asset at a content path; the note's ending is optional, `.html` stands for it."""
    if content_path in index.notes:
        return Target(note=ContentPath(content_path))
    if content_path in index.assets:
        return Target(asset=content_path)
    page = _without_html(content_path)
    for stem in dict.fromkeys((content_path, page)):
        for suffix in (*NOTE_SUFFIXES, *_BUNDLES):
            note = ContentPath(stem + suffix)
            if note in index.notes:
                return Target(note=note)
    return None


def _without_html(path: str) -> str:
    """Return the path of a page without the ending of old blogs."""
    for suffix in ("/index.html", ".html", ".htm"):
        if path.endswith(suffix):
            return path.removesuffix(suffix)
    return path


def _other_case(index: Index, source: ContentPath, path: str) -> Target | None:
    """Return what a path names when case (and how accents are composed) does not count."""
    content_paths = [path.strip("/")] if path.startswith("/") else list(_candidates(index, source, path))
    for content_path in content_paths:
        for written in dict.fromkeys((content_path, _without_html(content_path))):
            paths = index.folded.get(fold(written), ())
            if len(paths) == 1:
                return _cased(index, paths[0], written)
    site = index.folded_static.get(fold(path if path.startswith("/") else "/" + path))
    return Target(site=site, real_path=site) if site else None


def _cased(index: Index, real: str, written: str) -> Target:
    """Return the target at the path `real`, with its spelling where case is what differs."""
    shown = real if real in index.assets or is_note(written) else strip_suffix(real)
    same = unicodedata.normalize("NFC", shown) == unicodedata.normalize("NFC", written)
    real_path = "" if same else real
    if real in index.notes:
        return Target(note=ContentPath(real), real_path=real_path)
    return Target(asset=real, real_path=real_path)


def _by_end(index: Index, source: ContentPath, path: str) -> Target | None:
    """Return the one file or note that answers to a path's end.

    A file anywhere whose name is unique (Obsidian's attachments), or whose path ends with the one given; a note of
    which a bare name, or an address of an older site (`/2024/01/02/name.html`), gives the name.
    """
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    if not parts:
        return None
    files = _ending(index.by_asset_name.get(fold(parts[-1]), ()), "/".join(parts))
    if ".excalidraw" in parts[-1]:
        files = next(filter(None, (_exported(index, "/".join(parts), ending) for ending in _EXPORTS)), files)
    if len(files) == 1:
        return Target(asset=files[0])
    stem = strip_suffix(_without_html("/".join(parts)))
    name = stem.rpartition("/")[2]
    notes = index.slugs.get(fold(name)) or index.slugs.get(fold(undated(name)), ())
    if not path.startswith("/") and "/" in stem and not path.endswith((".html", ".htm")):
        notes = _ending(tuple(notes), stem)
    if len(notes) > 1 and index.languages.partners:
        notes = index.languages.nearest(source, notes)
    return Target(note=notes[0]) if len(notes) == 1 else None


def _ending(paths: tuple[Path, ...], end: str) -> tuple[Path, ...]:
    """Return the paths that end with the parts of `end`, letter case aside; endings of notes do not count."""
    if "/" not in end or len(paths) > _MANY:
        return paths
    tail = "/" + fold(strip_suffix(end))
    return tuple(path for path in paths if ("/" + fold(strip_suffix(path))).endswith(tail))


def find_name(index: Index, source: ContentPath, name: str) -> tuple[Target | None, tuple[ContentPath, ...]]:
    """Return what a wiki link names, and the other notes that answer to the name as well.

    A path wins over a name, the name of a file over an alias, an alias over a title; of several notes with one name
    those in the language of `source` win, then the one nearest to it. Files follow: by name, or by their path's end.
    """
    written = name.strip()
    for spelling in spellings(written):
        if target := _at(index, strip_suffix(spelling.strip("/"))) or _exact(index, source, spelling):
            return _in_language(index, source, target), ()
    stripped = strip_suffix(written)
    answers = index.names.get(name_key(name), ())
    kept = set(_ending(tuple(content_path for _, content_path in answers), stripped))
    if kept:
        best = min(rank for rank, content_path in answers if content_path in kept)
        named = [content_path for rank, content_path in answers if rank == best and content_path in kept]
        if len(named) > 1 and index.languages.tags:
            named = [*index.languages.nearest(source, named)]
        ordered = sorted(named, key=lambda content_path: (_distance(source, content_path), content_path))
        return Target(note=ordered[0]), tuple(ordered[1:])
    files = _ending(index.by_asset_name.get(fold(written.rpartition("/")[2]), ()), written)
    if files:
        return Target(asset=min(files, key=lambda path: (_distance(source, path), path))), ()
    return find_path(index, source, written), ()


def _exported(index: Index, drawing: str, ending: str) -> tuple[str, ...]:
    """Return the pictures that the plugin Excalidraw of Obsidian has made of a drawing, with an ending of its own."""
    name = strip_suffix(drawing) + ending
    return _ending(index.by_asset_name.get(fold(name.rpartition("/")[2]), ()), name)


def name_key(name: str) -> str:
    """Return the folded name of a note under which a wiki link is looked up."""
    return fold(strip_suffix(name.strip()).rpartition("/")[2])


def _distance(source: ContentPath, path: str) -> int:
    """Return how many folders apart two files are."""
    left, right = posixpath.dirname(source).split("/"), posixpath.dirname(path).split("/")
    shared = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        shared += 1
    return len(left) + len(right) - 2 * shared
