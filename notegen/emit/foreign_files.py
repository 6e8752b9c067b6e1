"""Files in the output folder that notegen did not write: they are not overwritten unless the author says so."""

from collections.abc import Callable, Iterable
from pathlib import Path

from notegen.emit.manifest import Manifest
from notegen.model.output import OutputFile
from notegen.system.disk import Disk

_MARKS = (b'<meta name="generator" content="notegen ', b"<generator>notegen ")  # of pages and feeds, by the theme
_HEAD = 10_000  # bytes of a file in which they are looked for


def foreign_files(
    changed: Iterable[OutputFile],
    manifest: Manifest,
    occupied: Callable[[str], bool],
    is_ours: Callable[[str], bool],
) -> list[str]:
    """Return the output paths of files that would be overwritten and are not notegen's.

    Where the manifest is lost and the home page is ours, all are taken for ours.
    """
    unknown = [file.path for file in changed if file.path not in manifest.entries and occupied(file.path)]
    if unknown and not manifest.entries and is_ours("index.html"):
        return []
    return [path for path in unknown if not is_ours(path)]


def is_ours(path: Path, disk: Disk) -> bool:
    """Return whether a page or feed says that notegen made it: the manifest may be lost, or that of another machine."""
    try:
        with disk.open(path) as file:
            head = file.read(_HEAD)
            return any(mark in head for mark in _MARKS)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
