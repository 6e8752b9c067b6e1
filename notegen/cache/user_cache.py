"""The folder of this user's own, outside of every site, for what is run again: nobody else can have written there."""

import os
import stat
import sys
from pathlib import Path

# Who else may write there.
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def user_cache(name: str) -> Path | None:
    """Return the folder `name` of notegen's cache of this user, made if need be; None where it cannot be trusted.

    It is below `$XDG_CACHE_HOME`, or ~/.cache, or ~/Library/Caches, as the system has it, and trusted only if it is
    this user's and no other one can write there. Where the system has no such owners, as Windows, there is none.
    """
    try:
        base = _base()
        if base is None:
            return None
        folder = base / "notegen" / name
        for part in (base, folder.parent, folder):
            part.mkdir(mode=0o700, exist_ok=True)
        return folder if all(_is_ours(part.lstat()) for part in (folder.parent, folder)) else None
    except OSError:
        return None


def read_own(path: Path) -> bytes:
    """Return the bytes of a file in such a folder. Raises OSError where it is missing, a link, or not only ours."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        if not _is_ours(os.fstat(file.fileno())):
            raise PermissionError(path)
        return file.read()


def write_own(path: Path, data: bytes, most: int) -> None:
    """Put a file in such a folder, whole. One with `most` files, of what is gone, begins anew. Raises OSError."""
    import tempfile

    entries = list(path.parent.iterdir())
    for entry in entries if len(entries) >= most else ():
        entry.unlink(missing_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # nobody else can read or write it
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _base() -> Path | None:
    if not hasattr(os, "geteuid"):
        return None
    # Absolute or not at all, as the XDG Base Directory Specification says: else it would be a folder of the site.
    if os.path.isabs(named := os.environ.get("XDG_CACHE_HOME", "")):  # noqa: PTH117
        # In the folder that is built, as build servers set it, which bring back there what an earlier job has left.
        return None if Path(named).resolve().is_relative_to(Path.cwd()) else Path(named)
    home = os.environ.get("HOME", "")
    if not os.path.isabs(home):  # noqa: PTH117
        return None
    return Path(home) / ("Library/Caches" if sys.platform == "darwin" else ".cache")


def _is_ours(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS
