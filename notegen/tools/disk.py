"""The disk, as one narrow seam: every read and write of notegen goes through here, so that tests can make any of them fail."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

_BLOCK = 1 << 20


class Found(msgspec.Struct, frozen=True):
    """A directory entry: its path below the folder walked (forward slashes), its location, and whether it leads outside."""

    path: str
    location: Path
    outside: bool = False


class Disk:
    """Stateless operations on files. Every method may raise OSError, which the callers at the edges turn into diagnostics."""

    def read(self, path: Path) -> bytes:
        """Return the whole file."""
        return path.read_bytes()

    def size(self, path: Path) -> int:
        """Return the file's size in bytes."""
        return path.stat().st_size

    def digest(self, path: Path) -> str:
        """Return the digest of a file's bytes, as `digest_bytes` would, without holding them in memory."""
        state = hashlib.blake2b(digest_size=20)
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                state.update(block)
        return state.hexdigest()

    def write(self, path: Path, data: bytes) -> None:
        """Make `path` hold `data`: written beside, then replaced, so that a kill leaves the old file or the new one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._beside(path) as temporary:
            temporary.write_bytes(data)
            temporary.replace(path)

    def copy(self, source: Path, path: Path) -> None:
        """Copy a file's bytes (not its times or rights), as safely as `write`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._beside(path) as temporary:
            shutil.copyfile(source, temporary)
            temporary.replace(path)

    @staticmethod
    @contextlib.contextmanager
    def _beside(path: Path) -> Iterator[Path]:
        """Give a temporary name in the same folder; whatever is left of it afterwards is removed."""
        temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}.tmp")
        try:
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)

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

    def walk(self, folder: Path, *, skip: frozenset[Path] = frozenset()) -> Iterator[Found]:
        """Yield the files below `folder` in sorted order, hidden names and folders in `skip` left out.

        A symbolic link is followed when it stays inside `folder`; one that leads outside is yielded with `outside` set and not entered,
        as is one that leads to a folder above itself (a loop).
        """
        top = folder.resolve()
        pending = [(folder, "")]
        while pending:
            current, prefix = pending.pop()
            below: list[tuple[Path, str]] = []
            with os.scandir(current) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
            for entry in entries:
                location = Path(entry.path)
                if entry.name.startswith(".") or entry.name in {"node_modules", "__pycache__"} or location in skip:
                    continue
                path = prefix + entry.name
                if entry.is_symlink() and not _stays_inside(location, top):
                    yield Found(path, location, outside=True)
                elif entry.is_dir():
                    below.append((location, path + "/"))
                else:
                    yield Found(path, location)
            pending.extend(reversed(below))


def _stays_inside(link: Path, top: Path) -> bool:
    """Return whether a symbolic link leads to a place below `top` that does not contain the link itself."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return True  # dangling: reading it tells more
    if target.is_dir() and (
        target == top or target in link.parent.resolve().parents or target == link.parent.resolve()
    ):
        return False
    return target.is_relative_to(top)
