"""The folder that `notegen init` sets up, as a listing of its paths and a function that reads one of its files."""

from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from notegen.dialects.programs.all import DIALECTS
from notegen.dialects.recognise import MARKERS
from notegen.system.disk import Disk

MAX_FILE = 1_000_000  # bytes of a file that is read
CONTENT = ("content", "notes", "docs")  # where a folder of no known program has its notes, the first that is there
STATE = ".notegen/"  # where it is, the output folder is ours
WORKFLOWS = ".github/workflows/"
# Folders of notes: a build reads one that is a link, and follows no other that leads out of the site.
_CONTENT = frozenset({*CONTENT, *(folder for dialect in DIALECTS for folder in dialect.content)})
Read = Callable[[str], str | None]


class Listing(msgspec.Struct, frozen=True):
    """The paths of a folder: files, and folders with a slash behind them; of hidden ones those that matter here.

    `name`: the folder's. `is_part`: it lies inside a repository and is not the root of it.
    """

    name: str
    paths: tuple[str, ...]
    is_part: bool = False


def list_folder(root: Path, disk: Disk) -> Listing:
    """Return the listing of a folder that may be missing."""
    if not root.is_dir():
        return Listing(root.name, ())
    files = set(_files(root, disk)) | set(_hidden(root))
    folders = {
        "/".join(parts[:end]) + "/" for parts in (path.split("/") for path in files) for end in range(1, len(parts))
    }
    shown = {path for path in (*MARKERS, STATE) if path.endswith("/") and (root / path).is_dir()}
    is_part = not (root / ".git").exists() and any((parent / ".git").exists() for parent in root.parents)
    return Listing(root.name, tuple(sorted(files | folders | shown)), is_part)


def reader(root: Path, disk: Disk) -> Read:
    """Return the function that gives the text of a file by its path; None for one that is too large or no UTF-8."""

    def read(path: str) -> str | None:
        try:
            return disk.read(root / path).decode("utf-8-sig") if disk.size(root / path) <= MAX_FILE else None
        except (OSError, UnicodeDecodeError):
            return None

    return read


def _files(root: Path, disk: Disk) -> Iterator[str]:
    """Yield the files that are not hidden; the folder of notes may be a symbolic link that leads out (Quartz)."""
    for entry in disk.walk(root):
        if not entry.problem:
            yield entry.path
        elif entry.outside and entry.path in _CONTENT and _is_followed(Path(entry.location), root):
            yield from (f"{entry.path}/{below.path}" for below in disk.walk(Path(entry.location)) if not below.problem)


def _is_followed(link: Path, root: Path) -> bool:
    """Return whether a link leads to a folder that does not hold the site itself."""
    return link.is_dir() and not root.resolve().is_relative_to(link.resolve())


def _matching(root: Path, pattern: str) -> Iterable[str]:
    """Return the files of a hidden folder that fit a pattern, `.vitepress/*.ts`; those of folders in it are none."""
    folder, _, name = pattern.rpartition("/")
    place = root / folder
    files = (path.name for path in place.iterdir() if path.is_file()) if place.is_dir() else ()
    return [f"{folder}/{file}" for file in files if fnmatchcase(file, name)]


def _hidden(root: Path) -> Iterable[str]:
    """Return the hidden files that are asked for by name, and the workflows."""
    names = {path for dialect in DIALECTS for path in dialect.config_files} | MARKERS | {".gitignore"}
    hidden = {path for path in names if any(part.startswith(".") for part in path.split("/"))}
    patterns = [name for name in hidden if "*" in name]
    hidden = {path for name in hidden for path in (_matching(root, name) if name in patterns else (name,))}
    workflows = root / WORKFLOWS
    there = (path.name for path in workflows.iterdir()) if workflows.is_dir() else ()
    return {path for path in hidden if (root / path).is_file()} | {WORKFLOWS + name for name in there}
