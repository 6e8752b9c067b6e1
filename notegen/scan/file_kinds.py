"""Which of the Markdown files below the content folder are notes, of which kind; the others are reported in a line."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

import msgspec

from notegen.dialects.find import find_dialect
from notegen.dialects.sources import asks_for_list, is_mostly_template, is_paired, source_kinds
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.source import Kind, SourceFile
from notegen.model.strings import ContentPath
from notegen.routes.languages import bare_path
from notegen.scan.defaults import with_defaults
from notegen.text.paths import is_index, is_notebook

MAX_NAMES = 3  # in a message
_REASONS: dict[Kind, str] = {
    "private": "files of the project, not notes",
    "template": "templates and parts for another program, not notes",
}


class MarkdownFiles(NamedTuple):
    """Markdown files: the notes, each with its kind, and those that are none."""

    notes: tuple[SourceFile, ...]
    parts: tuple[SourceFile, ...]


class _Listings(NamedTuple):
    """What pages list: glob patterns of notes, and the pages that say nothing else."""

    patterns: tuple[str, ...] = ()
    bare: frozenset[str] = frozenset()


_NO_LISTINGS = _Listings()


def notes_among(
    files: Sequence[tuple[str, SourceFile]], config: Config, read: Callable[[str], str], *, is_root: bool
) -> Result[MarkdownFiles]:
    """Return the notes among Markdown files. Diagnostic: note-none, one a kind.

    `files`: path below the content folder and file; `read`: the text of another file below that folder; `is_root`: the
    content folder is the site's root.
    """
    paths = [bare_path(ContentPath(path), config.languages) for path, _ in files]
    dialect = find_dialect(config.dialect)
    listings = _listings(files, config.nav, read) if dialect is not None and dialect.listings else _NO_LISTINGS
    has_notebooks = any(is_notebook(path) for path in paths)
    paired = {path for path, (_, file) in zip(paths, files, strict=True) if has_notebooks and is_paired(file.text)}
    meant = _meant(config.nav) if is_root else frozenset()
    kinds = source_kinds(paths, dialect, is_root=is_root, listed=listings.patterns, paired=paired)
    notes: list[tuple[str, SourceFile]] = []
    parts: list[SourceFile] = []
    others: dict[str, list[str]] = {}
    for (path, file), named in zip(files, kinds, strict=True):
        is_meant = named == "private" and _is_meant(path, meant)
        kind = "note" if is_meant else _final_kind(path, file, named, config)
        if kind == "page" and path in listings.bare:
            kind = "template"
        if kind in _REASONS:
            others.setdefault(_reason(path, kind), []).append(file.path)
            parts.append(file)
        else:
            notes.append((path, file if kind == "note" else msgspec.structs.replace(file, kind=kind)))
    return Result(
        MarkdownFiles(with_defaults(notes, config), tuple(parts)),
        tuple(_left_out(reason, paths) for reason, paths in others.items()),
    )


def _meant(nav: Any) -> frozenset[str]:
    """Return the paths that `nav` names."""
    if not nav:
        return frozenset()
    from notegen.dialects.navigation import named_in_nav  # few sites have any

    return frozenset(named_in_nav(nav))


def _is_meant(path: str, meant: AbstractSet[str]) -> bool:
    """Return whether `nav` names a file, or a folder around it in which it is neither hidden nor a program's output."""
    if not meant or path in meant:
        return path in meant
    parts = path.split("/")
    if _is_hidden(f"{path}/") or any(part.endswith("_files") for part in parts):
        return False
    folders = ("/".join(parts[:end]) for end in range(1, len(parts)))
    return any(f"{folder}/" in meant or f"{folder}/*" in meant for folder in folders)


def _listings(files: Sequence[tuple[str, SourceFile]], nav: Any, read: Callable[[str], str]) -> _Listings:
    """Return what the pages of a folder list, and `nav` beside them."""
    from notegen.dialects.front_matter.listings import (  # few sites have any
        leads_to_list,
        listed_patterns,
        patterns_of_notes,
    )

    texts = [(path, file.text) for path, file in files]
    bare = frozenset(path for path, text in texts if leads_to_list(path, text, read))
    return _Listings(patterns_of_notes(listed_patterns(texts, read), nav), bare)


def _final_kind(path: str, file: SourceFile, kind: Kind, config: Config) -> Kind:
    """Return the kind of a file whose text and settings are known."""
    if any(fnmatchcase(path, pattern) for pattern in config.include):
        return "note" if kind in _REASONS or kind == "page" else kind
    if config.pages and any(fnmatchcase(path, pattern) for pattern in config.pages) and kind in {*_REASONS, "note"}:
        return "page"
    is_template = kind not in _REASONS and (asks_for_list(path, file.text) or is_mostly_template(file.text))
    return "template" if is_template else kind


def _reason(path: str, kind: Kind) -> str:
    """Return why a file is no note. A README below the root is one, unless its folder's page has another text."""
    is_beside = kind == "private" and "/" in path and is_index(path.rpartition("/")[2]) and not _is_hidden(path)
    return "beside an index, which is the text of their folder's page" if is_beside else _REASONS[kind]


def _is_hidden(path: str) -> bool:
    """Return whether a file lies in a folder whose name hides it from programs: `_parts`, `.github`."""
    return any(part.startswith(("_", ".")) for part in path.split("/")[:-1])


def _left_out(reason: str, paths: Sequence[str]) -> Diagnostic:
    """Return the diagnostic of files that are not published for one reason."""
    names = ", ".join(paths[:MAX_NAMES])
    more = f" and {len(paths) - MAX_NAMES} more" if len(paths) > MAX_NAMES else ""
    return diagnose("note-none", f"{names}{more}: {reason}", hint="`include:` in site.yaml makes them notes")
