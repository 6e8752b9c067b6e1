"""An export as its files: a zip, zips in it, a folder, or one file; bounded, and nothing leads out of it."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from notegen.importers.imported import UnreadableExportError
from notegen.system.disk import Disk, DiskEntry

MAX_FILES = 100_000
MAX_FILE = 200_000_000  # bytes of one file
MAX_ALL = 8_000_000_000  # bytes of all files, unpacked
Files = Mapping[str, Callable[[], bytes]]  # path -> what reads it


def open_export(source: Path, disk: Disk) -> Files:
    """Return the files of an export. Raises UnreadableExportError."""
    if source.is_dir():
        return {entry.path: partial(_read_file, Path(entry.location), disk) for entry in _entries(source, disk)}
    try:
        if not zipfile.is_zipfile(source):
            return {source.name: partial(_read_file, source, disk)}
        return dict(_unpacked(zipfile.ZipFile(source), [0, 0]))
    except (OSError, zipfile.BadZipFile) as error:
        raise UnreadableExportError(f"{source} cannot be read: {error}") from None


def _entries(source: Path, disk: Disk) -> Iterator[DiskEntry]:
    for number, entry in enumerate(disk.walk(source)):
        if number >= MAX_FILES:
            raise UnreadableExportError(f"more than {MAX_FILES:,} files")
        if not entry.problem:
            yield entry


def _read_file(path: Path, disk: Disk) -> bytes:
    if disk.size(path) > MAX_FILE:
        raise UnreadableExportError(f"{path.name} is larger than {MAX_FILE // 1_000_000} MB")
    return disk.read(path)


def _unpacked(
    archive: zipfile.ZipFile, totals: list[int], *, nested: bool = False
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the files of a zip; those of a zip in it (Notion) as its own. `totals`: files and bytes so far."""
    for info in archive.infolist():
        name = safe_path(info.filename)
        if info.is_dir() or not name:
            continue
        totals[0] += 1
        totals[1] += info.file_size
        if totals[0] > MAX_FILES or totals[1] > MAX_ALL:
            raise UnreadableExportError(f"more than {MAX_FILES:,} files or {MAX_ALL // 1_000_000_000} GB")
        if name.lower().endswith(".zip") and not nested:
            inner = io.BytesIO(_member(archive, info))
            if zipfile.is_zipfile(inner):
                yield from _unpacked(zipfile.ZipFile(inner), totals, nested=True)
                continue
        yield name, partial(_member, archive, info)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return one file; what unpacks to more than it says, or than is allowed, is refused."""
    try:
        with archive.open(info) as file:
            data = file.read(MAX_FILE + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, zlib.error) as error:  # such as a password
        raise UnreadableExportError(f"{info.filename} cannot be unpacked: {error}") from None
    if len(data) > MAX_FILE:
        raise UnreadableExportError(f"{info.filename} is larger than {MAX_FILE // 1_000_000} MB")
    return data


def safe_path(name: str) -> str:
    """Return the path of a file of an archive below its top; "" for one that leads out of it or is hidden.

    Absolute paths, drives, `..` and links (which are unpacked as plain files) cannot leave the folder.
    """
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in {"", "."}]
    is_inside = not path.startswith("/") and ".." not in parts and not any(":" in part for part in parts[:1])
    is_shown = not any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return posixpath.join(*parts) if parts and is_inside and is_shown and "\0" not in path else ""


def text_of(read: Callable[[], bytes]) -> str:
    """Return a file as text: UTF-8, what is none of it replaced."""
    return read().decode("utf-8-sig", "replace").replace("\r\n", "\n")
