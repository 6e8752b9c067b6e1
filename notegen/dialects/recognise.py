"""Which program a folder comes from, recognised by its files; and what that program's configuration says."""

import re
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase

import msgspec

from notegen.dialects.configuration import fault, unread
from notegen.dialects.dialect import Dialect, Translation
from notegen.dialects.programs.all import DIALECTS
from notegen.dialects.programs.books.docsify import DOCSIFY, PAGES, SIGN
from notegen.dialects.programs.books.gitbook import CONTENTS, GITBOOK
from notegen.dialects.programs.books.summary import is_contents
from notegen.dialects.programs.obsidian import OBSIDIAN
from notegen.dialects.sources import is_of_project
from notegen.model.diagnostic import Diagnostic
from notegen.text.patterns import lazy_regex

_FEW, _MOST_READ = 3, 40  # notes that tell a vault
_WIKI_LINK = lazy_regex(r"(?<![`\\])\[\[[^\[\]\n]{1,200}\]\]")
_KEPT_OUT = lazy_regex(r"^[ \t]*+/?(?:\*\*/)?\.obsidian\b", re.MULTILINE)
_NO_TEXT = "it is no text in UTF-8, or very large"
MARKERS: frozenset[str] = frozenset(path for dialect in DIALECTS for markers in dialect.markers for path in markers)


def recognise(paths: Iterable[str]) -> tuple[Dialect, ...]:
    """Return the dialects that a folder shows, the most likely first.

    `paths`: files, and folders with a slash behind them, below the site's root; those of `MARKERS` are enough.
    """
    present = frozenset(paths)
    return tuple(dialect for dialect in DIALECTS if any(markers <= present for markers in dialect.markers))


def by_texts(paths: Iterable[str], read: Callable[[str], str | None]) -> tuple[Dialect, str] | None:
    """Return the dialect of a folder that shows no marker, and in words what tells it; None for one that nothing tells.

    `paths`: all files below the root, of which a few are read. A page of docsify's says its name, and GitBook's
    SUMMARY.md is a table of contents and nothing else. A vault of Obsidian's is one of some notes that link to each
    other as there, or where .gitignore keeps .obsidian out of the repository.
    """
    paths = sorted(paths)
    page = next((path for path in PAGES if path in paths and SIGN in (read(path) or "")), "")
    if page:
        return DOCSIFY, page
    if any(path.startswith("content/") for path in paths):  # a site that is set up
        return None
    contents = next((path for path in CONTENTS if path in paths and _is_contents(path, paths, read)), "")
    if contents:
        return GITBOOK, contents
    notes = [path for path in paths if path.endswith(".md") and not is_of_project(path)]
    if len(notes) < _FEW:
        return None
    if _KEPT_OUT.search(read(".gitignore") or ""):
        return OBSIDIAN, ".gitignore, which names .obsidian"
    return (OBSIDIAN, "the wiki links in its notes") if _links_as_vault(notes, read) else None


def _is_contents(place: str, paths: Iterable[str], read: Callable[[str], str | None]) -> bool:
    folder = place.removesuffix("SUMMARY.md")
    return is_contents(read(place) or "", {path.removeprefix(folder) for path in paths if path.startswith(folder)})


def _links_as_vault(notes: Sequence[str], read: Callable[[str], str | None]) -> bool:
    some = notes[:: -(-len(notes) // _MOST_READ)]
    return sum(_WIKI_LINK.search(read(path) or "") is not None for path in some) * 2 > len(some)


def configuration(dialect: Dialect, paths: Iterable[str], read: Callable[[str], str | None]) -> Translation:
    """Return what a program's configuration says, read by `read`, which gives None for a file that cannot be read.

    Diagnostic: dialect-config, for each file that says nothing since it cannot be read.
    """
    files: dict[str, str] = {}
    problems: dict[str, Diagnostic | None] = {}
    ordered = sorted(paths)
    for pattern in dialect.config_files:
        for path in ordered:
            if path in problems or not fnmatchcase(path, pattern):
                continue
            content = read(path)
            problems[path] = unread(path, _NO_TEXT) if content is None else fault(path, content)
            if content is not None:
                files[path] = content
    unreadable = tuple(problem for problem in problems.values() if problem is not None)
    return msgspec.structs.replace(dialect.translate(files), problems=unreadable)
