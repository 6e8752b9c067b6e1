"""The disk, behind one narrow interface.

Every read and write of notegen goes through here, so that tests can make any of them fail.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

T = TypeVar("T")
AnyPath = str | Path  # of files there are thousands of: making a Path takes longer than asking for the file

_BLOCK = 1 << 20
TEMPORARY = ".notegen-tmp"  # how the names of files in the making end
WELL_KNOWN = ".well-known"  # RFC 8615
_SHOWN = frozenset({WELL_KNOWN, ".gitbook"})  # the latter has the pictures of gitbook.com's notes
_LOOPS = ("a symbolic link leads to itself", "a symbolic link leads to a folder above itself")
_DANGLING = "a symbolic link leads to nothing"
_NEVER = frozenset({"node_modules", "__pycache__"})


class DiskEntry(msgspec.Struct, frozen=True):
    """A directory entry: its path below the folder walked (forward slashes), and its location as the system spells it.

    `outside`: a symbolic link that is not followed; `loop`: since it leads to itself or above itself.
    `dangling`: a symbolic link to what is not there. `problem`: why it is neither followed nor read, in words.
    """

    path: str
    location: str
    outside: bool = False
    loop: bool = False
    dangling: bool = False
    problem: str = ""


class FileStat(msgspec.Struct, frozen=True, array_like=True):
    """What the file system says of a file: two equal values mean an unchanged file. Times are in nanoseconds."""

    size: int
    modified: int
    changed: int
    number: int


class Disk:
    """Stateless operations on files.

    Every method may raise OSError, which the callers at the edges turn into diagnostics.
    """

    def read(self, path: AnyPath) -> bytes:
        """Return the whole file."""
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()

    def open(self, path: Path) -> BinaryIO:
        """Return the file, open for reading its first bytes."""
        return path.open("rb")

    def size(self, path: AnyPath) -> int:
        """Return the file's size in bytes."""
        return os.stat(path).st_size  # noqa: PTH116

    def file_stat(self, path: AnyPath) -> FileStat | None:
        """Return the stat of a file; None when there is no file."""
        try:
            result = os.stat(path)  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(result.st_mode):
            return None
        return FileStat(result.st_size, result.st_mtime_ns, result.st_ctime_ns, result.st_ino)

    def digest(self, path: Path) -> str:
        """Return the digest of a file's bytes, as `digest_bytes` would, without holding them in memory."""
        state = hashlib.blake2b(digest_size=20)
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                state.update(block)
        return state.hexdigest()

    def recall(self, path: str, kind: str, make: Callable[[], T]) -> T:
        """Return `make()`; a disk that remembers may return what it was the last time, if the file is unchanged.

        `kind` tells apart what is made of one file.
        """
        del path, kind
        return make()

    def write(self, path: Path, data: bytes) -> None:
        """Make `path` hold `data`: written beside, then replaced, so that a kill leaves the old file or the new one."""
        self._beside(path, lambda temporary: _fill(temporary, data))

    def copy(self, source: Path, path: Path) -> None:
        """Copy a file's bytes (not its times or rights), as safely as `write`."""
        import shutil

        self._beside(path, lambda temporary: shutil.copyfile(source, temporary))

    @staticmethod
    def _beside(path: Path, make: Callable[[str], object]) -> None:
        """Make a file under a temporary name in the same folder and give it its own; if that fails, leave nothing."""
        folder, name = os.path.split(path)
        temporary = os.path.join(folder, f".{name[:40]}{TEMPORARY}")  # noqa: PTH118 (a Path takes longer than the disk)
        if not os.path.isdir(folder):  # noqa: PTH112
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            make(temporary)
            os.replace(temporary, path)  # noqa: PTH105
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def leftovers(self, folder: Path) -> list[Path]:
        """Return the temporary files that a killed process left in a folder; there is none in one that is missing."""
        return [path for path in folder.glob(f".*{TEMPORARY}") if path.is_file()]

    def remove(self, path: Path) -> None:
        """Delete a file; one that is gone already is fine."""
        path.unlink(missing_ok=True)

    def remove_empty_folder(self, path: Path) -> bool:
        """Delete a folder if nothing is in it. Return whether it is gone."""
        try:
            path.rmdir()
        except OSError:
            return False
        return True

    def same(self, path: Path, data: bytes) -> bool:
        """Return whether the file exists and holds exactly `data`."""
        try:
            return path.stat().st_size == len(data) and path.read_bytes() == data
        except FileNotFoundError:
            return False

    def walk(self, folder: Path, *, skip: frozenset[Path] = frozenset()) -> Iterator[DiskEntry]:
        """Yield the files below `folder` in sorted order, hidden names and folders in `skip` left out.

        Of hidden names those of `_SHOWN` count: the folder in which browsers and hosts look for files, and GitBook's.
        A symbolic link is followed when it stays inside `folder`. One that leads outside, into a folder above itself (a
        loop), or to a folder from within a linked folder (so that the paths stay few) is yielded with `outside` set. A
        link that dangles, a folder that cannot be listed, a pipe or a device is yielded with its `problem`.
        """
        top = folder.resolve()
        pending = [(folder, "", False)]
        while pending:
            current, prefix, linked = pending.pop()
            below: list[tuple[Path, str, bool]] = []
            try:
                entries = _entries(current, skip)
            except OSError as error:
                yield DiskEntry(prefix.rstrip("/"), str(current), problem=f"cannot list the folder: {error.strerror}")
                continue
            for entry in entries:
                path, link = prefix + entry.name, entry.is_symlink()
                problem = _refusal(Path(entry.path), top, linked=linked) if link else ""
                kind: Path | os.DirEntry[str] = (
                    Path(entry.path) if link else entry
                )  # which needs not be asked for again
                if problem:
                    dangling, loop = problem == _DANGLING, problem in _LOOPS
                    yield DiskEntry(path, entry.path, not dangling, loop, dangling, problem)
                elif kind.is_dir():
                    below.append((Path(entry.path), path + "/", linked or link))
                elif kind.is_file():
                    yield DiskEntry(path, entry.path)
                else:
                    yield DiskEntry(path, entry.path, problem="not a file: a pipe or a device")
            pending.extend(reversed(below))


def _fill(path: str, data: bytes) -> None:
    """Write a new file. Without a buffer, which is of no use and asks the file what it is."""
    remaining = memoryview(data)
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123
        while remaining:
            remaining = remaining[file.write(remaining) :]


def _entries(folder: Path, skip: frozenset[Path]) -> list[os.DirEntry[str]]:
    """Return what a folder holds, by name, without what is hidden or in `skip`."""
    with os.scandir(folder) as scan:
        shown = [entry for entry in scan if (entry.name[0] != "." or entry.name in _SHOWN) and entry.name not in _NEVER]
    left_out = frozenset(map(str, skip))
    return sorted((entry for entry in shown if entry.path not in left_out), key=lambda entry: entry.name)


def _refusal(link: Path, top: Path, *, linked: bool) -> str:
    """Return why a symbolic link is not followed; empty when it is. `linked`: a link has led to its folder already."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        return _unresolved(error)
    if not target.is_relative_to(top):
        return "a symbolic link leads out of its folder"
    if not target.is_dir():
        return ""
    parent = link.parent.resolve()
    if target == parent or target in parent.parents:
        return _LOOPS[1]
    return "a symbolic link inside a linked folder is not followed" if linked else ""


def _unresolved(error: OSError | RuntimeError) -> str:
    """Return why a symbolic link cannot be followed, by what the system says."""
    if not isinstance(error, OSError) or error.errno == errno.ELOOP:  # from Python 3.13 on an OSError
        return _LOOPS[0]
    is_gone = error.errno in {errno.ENOENT, errno.ENOTDIR}
    return _DANGLING if is_gone else f"a symbolic link cannot be followed: {error.strerror}"
