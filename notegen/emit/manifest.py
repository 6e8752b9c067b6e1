"""The manifest: which output files notegen wrote, and the stat of each just after; and the lock of a site's state."""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from notegen.model.digest import digest
from notegen.model.output import is_inside
from notegen.system.disk import Disk, FileStat

RESTED = 50_000_000  # nanoseconds between a file's last change and the manifest that make its stat a proof
COARSE = 2_000_000_000  # the same on a file system that keeps whole seconds


class ManifestEntry(msgspec.Struct, frozen=True, array_like=True):
    """An output file: the digest of what it holds, its stat just after; no stat while it is only to be written."""

    digest: str
    stat: FileStat | None = None


class Manifest(msgspec.Struct, frozen=True):
    """What an earlier build wrote, by output path; whether it came to its end; when this was written (0: never)."""

    entries: Mapping[str, ManifestEntry] = {}
    finished: bool = True
    time: int = 0  # nanoseconds since 1970

    def proves(self, path: str, digest: str, stat: FileStat | None) -> bool:
        """Return whether a file with this stat surely holds what has this digest.

        A change within the clock's last tick could leave the stat as it is, so the file must have rested a while
        before the manifest was written (as git treats its index).
        """
        entry = self.entries.get(path)
        if entry is None or stat is None or entry.stat != stat or entry.digest != digest:
            return False
        resting = COARSE if stat.changed % 1_000_000_000 == 0 else RESTED
        return max(stat.changed, stat.modified) + resting < self.time


def manifest_file(state: Path, output: Path) -> Path:
    """Return the path of the manifest of an output folder, the same when a site with its output is moved."""
    site, target = state.parent.resolve(), output.resolve()
    inside = target.is_relative_to(site)
    name = target.relative_to(site).as_posix() if inside else str(target)
    return state / f"manifest-{digest(name, inside)[:12]}.json"


def read_manifest(file: Path, disk: Disk) -> Manifest:
    """Return the manifest; without one, or with a damaged one, an empty one, so nothing is deleted on its word.

    Raises OSError when it is there but cannot be read now: it must not be replaced by one that knows less.
    """
    try:
        stat = disk.file_stat(file)
        manifest = msgspec.json.decode(disk.read(file), type=Manifest)
    except (FileNotFoundError, msgspec.DecodeError):
        return Manifest()
    entries = {path: entry for path, entry in manifest.entries.items() if is_inside(path)}
    return Manifest(entries, manifest.finished, stat.modified if stat else 0)


def write_manifest(file: Path, manifest: Manifest, disk: Disk) -> None:
    """Write the manifest. Raises OSError."""
    disk.write(file, msgspec.json.encode(manifest, order="deterministic"))


@contextlib.contextmanager
def locked(state: Path) -> Iterator[bool]:
    """Hold the lock of a site; give False when another process holds it. The system frees it when a process dies."""
    state.mkdir(parents=True, exist_ok=True)
    handle = os.open(state / "lock", os.O_RDWR | os.O_CREAT)
    try:
        yield _try_lock(handle)
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
