"""What a server remembers between scans of the disk: files it has read, by their state on the disk."""

import os
import time
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from notegen.system.disk import Disk

T = TypeVar("T")
RACY = 2.5  # seconds: a file changed so lately may change again without its times showing it (FAT counts by two)


class _Kept(msgspec.Struct, frozen=True):
    """What was made of a file, and the file's state then."""

    state: tuple[int, ...]
    value: Any


class RememberingDisk(Disk):
    """A Disk that does not read an unchanged file again.

    A file is unchanged when size, inode, device and both of its times are, and its times lay well in the past when it
    was read: what git calls a racily clean file is read again. So the memory saves reading; it never decides.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._before: dict[tuple[str, str], _Kept] = {}

    def begin(self, *, anew: bool = False) -> None:
        """Begin a scan: what the last one did not use is forgotten; with `anew`, everything."""
        self._before, self._kept = ({} if anew else self._kept), {}

    def recall(self, path: str, kind: str, make: Callable[[], T]) -> T:
        """Return `make()`, or what it returned for the unchanged file."""
        key, state = (path, kind), _state(path)
        kept = self._before.get(key)
        if kept is None or kept.state != state or not state:
            started = time.time()
            value = make()
            if not state or state != _state(path) or started - max(state[:2]) / 1e9 < RACY:
                return value  # it may have been changing while it was read
            kept = _Kept(state, value)
        self._kept[key] = kept
        remembered: T = kept.value
        return remembered


def _state(path: str) -> tuple[int, ...]:
    """Return what tells that a file has changed; nothing for a file that cannot be asked."""
    try:
        status = os.stat(path)  # noqa: PTH116 (a Path would be made, ten thousand times)
    except OSError:
        return ()
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev)
