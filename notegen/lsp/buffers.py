"""The disk as an editor sees it: files that are open there hold what their buffers do, saved or not."""

import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar

from notegen.model.digest import digest_bytes
from notegen.server.disk import RememberingDisk
from notegen.system.disk import AnyPath, DiskEntry

T = TypeVar("T")


class BufferedDisk(RememberingDisk):
    """A disk on which some files have other bytes, and are read anew each time. Nothing is written into buffers."""

    def __init__(self) -> None:
        super().__init__()
        self._buffers: Mapping[str, bytes] = {}

    def show(self, buffers: Mapping[Path, str]) -> None:
        """Let files be what an editor holds, by their absolute paths; links to them are files of their own."""
        self._buffers = {str(path): text.encode("utf-8", "replace") for path, text in buffers.items()}

    def recall(self, path: str, kind: str, make: Callable[[], T]) -> T:
        """Return `make()`, or what it returned for the unchanged file."""
        return make() if str(path) in self._buffers else super().recall(path, kind, make)

    def read(self, path: AnyPath) -> bytes:
        """Return the whole file."""
        data = self._buffers.get(str(path))
        return super().read(path) if data is None else data

    def open(self, path: Path) -> BinaryIO:
        """Return the file, open for reading its first bytes."""
        data = self._buffers.get(str(path))
        return super().open(path) if data is None else io.BytesIO(data)

    def size(self, path: AnyPath) -> int:
        """Return the file's size in bytes."""
        data = self._buffers.get(str(path))
        return super().size(path) if data is None else len(data)

    def digest(self, path: Path) -> str:
        """Return the digest of a file's bytes."""
        data = self._buffers.get(str(path))
        return super().digest(path) if data is None else digest_bytes(data)

    def walk(self, folder: Path, *, skip: frozenset[Path] = frozenset()) -> Iterator[DiskEntry]:
        """Yield the files below a folder, those among them that an editor has not saved yet."""
        new = [path for path in map(Path, self._buffers) if _is_new(path, folder, skip)]
        entries = super().walk(folder, skip=skip)
        if not new:
            yield from entries
            return
        added = [DiskEntry(path.relative_to(folder).as_posix(), str(path)) for path in new]
        yield from sorted([*entries, *added], key=lambda entry: entry.path.split("/"))


def _is_new(path: Path, folder: Path, skip: frozenset[Path]) -> bool:
    """Return whether a buffer would be a file below a folder that a walk yields, but is not there."""
    if not path.is_relative_to(folder) or skip & {path, *path.parents} or path.exists():
        return False
    return not any(part.startswith(".") for part in path.relative_to(folder).parts)
