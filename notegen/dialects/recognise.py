"""Which program a folder comes from, recognised by its files; and what that program's configuration says."""

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase

import msgspec

from notegen.dialects.configuration import fault, unread
from notegen.dialects.dialect import Dialect, Translation
from notegen.dialects.programs.all import DIALECTS
from notegen.dialects.programs.obsidian import OBSIDIAN
from notegen.dialects.sources import is_of_project
from notegen.model.diagnostic import Diagnostic
from notegen.text.patterns import lazy_regex

_FEW, _MOST_READ = 3, 40  # notes that tell a vault
_WIKI_LINK = lazy_regex(r"(?<![`\\])\[\[[^\[\]\n]{1,200}\]\]")
_NO_TEXT = "it is no text in UTF-8, or very large"
MARKERS: frozenset[str] = frozenset(path for dialect in DIALECTS for markers in dialect.markers for path in markers)


def recognise(paths: Iterable[str]) -> tuple[Dialect, ...]:
    """Return the dialects that a folder shows, the most likely first.

    `paths`: files, and folders with a slash behind them, below the site's root; those of `MARKERS` are enough.
    """
    present = frozenset(paths)
    return tuple(dialect for dialect in DIALECTS if any(markers <= present for markers in dialect.markers))


def vault_by_links(paths: Iterable[str], read: Callable[[str], str | None]) -> Dialect | None:
    """Return Obsidian's dialect for a folder whose notes link to each other as a vault's do.

    Many keep .obsidian out of their repository. `paths`: all files below the root, of which a few notes are read. A
    folder `content` is one that is set up.
    """
    notes = sorted(path for path in paths if path.endswith(".md") and not is_of_project(path))
    if len(notes) < _FEW or any(path.startswith("content/") for path in notes):
        return None
    some = notes[:: -(-len(notes) // _MOST_READ)]
    linking = sum(_WIKI_LINK.search(read(path) or "") is not None for path in some)
    return OBSIDIAN if linking * 2 > len(some) else None


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
