"""An export of any program that can be imported: which one it is of, what it holds."""

from collections.abc import Callable
from pathlib import Path

from notegen.importers.archive import Files, open_export
from notegen.importers.imported import Import, UnreadableExportError
from notegen.system.disk import Disk
from notegen.text.patterns import lazy_regex

PROGRAMS = ("wordpress", "notion", "medium")
_NOTION = lazy_regex(r"[ _-][0-9a-f]{32}(?:_all)?\.(?:md|csv)$")
_MEDIUM = lazy_regex(r"(?:^|/)posts/[^/]+\.html?$")


def read_export(source: Path, program: str, disk: Disk) -> Import:
    """Return what an export holds. `program`: one of PROGRAMS, "" to be seen. Raises UnreadableExportError."""
    files = open_export(source, disk)
    return _reader(program or program_of(files))(files)


def program_of(files: Files) -> str:
    """Return the program that the files come from. Raises UnreadableExportError."""
    if any(_NOTION.search(name) for name in files):
        return "notion"
    if any(_MEDIUM.search(name) for name in files):
        return "medium"
    if any(name.lower().endswith(".xml") for name in files):
        return "wordpress"
    raise UnreadableExportError(f"no export that is known: say which one with --from, one of {', '.join(PROGRAMS)}")


def _reader(program: str) -> Callable[[Files], Import]:
    if program == "notion":
        from notegen.importers.notion import read_notion

        return read_notion
    if program == "medium":
        from notegen.importers.medium import read_medium

        return read_medium
    from notegen.importers.wordpress import read_wordpress

    return read_wordpress
