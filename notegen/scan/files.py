"""The files of a folder as values: texts, and files that are only copied; what cannot be read is a diagnostic.

What is made of a file goes through `Disk.recall`, so that a server's disk need not read an unchanged file again.
"""

import codecs
import fnmatch
from collections.abc import Sequence
from pathlib import Path

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result, first_names
from notegen.model.digest import digest_bytes
from notegen.model.source import Asset, SourceFile
from notegen.system.disk import Disk, DiskEntry
from notegen.system.pictures.images import read_header
from notegen.text.media_files import PICTURES
from notegen.text.paths import is_note

NAMES = 3  # of files in a message
MAX_TEXT = 10_000_000  # bytes of one text file


def path_below(root: Path, path: Path) -> str:
    """Return a path as messages show it: below the root with forward slashes ("" for the root itself), else whole."""
    try:
        below = path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
    return "" if below == "." else below


def list_files(
    folder: Path,
    label: str,
    disk: Disk,
    *,
    within: Path | None = None,
    skip: frozenset[Path] = frozenset(),
    ignore: tuple[str, ...] = (),
    names_ignored: bool = False,
) -> Result[list[DiskEntry]]:
    """Return the files below a folder that may be read; a folder that does not exist holds none.

    `label`: the folder's path in messages; `within`: the site's folder, where the folder may not be a symbolic link
    that leads out of it; `skip`: folders that are left out; `ignore`: glob patterns of paths and folders that are.
    `names_ignored`: whether notes that fit one are reported: where the patterns are another program's.
    Diagnostics: file-dangling, file-loop, file-outside, file-unreadable, note-none.
    """
    if not folder.is_dir():
        return Result([])
    if within is not None and not folder.resolve().is_relative_to(within.resolve()):
        return Result([], (_outside("a symbolic link leads out of the site", label),))
    entries: list[DiskEntry] = []
    ignored: list[str] = []
    for entry in disk.walk(folder, skip=skip):
        if not ignore or not is_ignored(entry.path, ignore):
            entries.append(entry)
        elif names_ignored and is_note(entry.path):
            ignored.append(f"{label}/{entry.path}" if label else entry.path)
    diagnostics = [_not_followed(entry, label) for entry in entries if entry.problem]
    if ignored:
        diagnostics.append(_ignored(ignored))
    return Result([entry for entry in entries if not entry.problem], tuple(diagnostics))


def _ignored(paths: Sequence[str]) -> Diagnostic:
    names = first_names(paths, NAMES, f" and {len(paths) - NAMES} more")
    message = f"{names}: templates, or files that the program's settings exclude; not notes"
    hint = "`ignore:` in site.yaml, which `notegen init` writes, says which files these are"
    return diagnose("note-none", message, hint=hint)


def _not_followed(entry: DiskEntry, label: str) -> Diagnostic:
    path = "/".join(part for part in (label, entry.path) if part)
    if entry.loop:
        return diagnose("file-loop", f"{entry.problem}; it is skipped", path=path, hint="remove the link")
    if entry.dangling:
        return diagnose("file-dangling", f"{entry.problem}; it is skipped", path=path, hint="remove or mend the link")
    if entry.outside:
        return _outside(entry.problem, path)
    return diagnose("file-unreadable", entry.problem, path=path)


def _outside(problem: str, path: str) -> Diagnostic:
    hint = "copy what it leads to into the site, or remove the link"
    return diagnose("file-outside", f"{problem}; it is left out", path=path, hint=hint, cause=problem)


def is_ignored(path: str, patterns: Sequence[str]) -> bool:
    """Return whether one of the glob patterns fits the path or one of the folders above it."""
    parts = path.split("/")
    prefixes = ["/".join(parts[: index + 1]) for index in range(len(parts))]
    return any(fnmatch.fnmatchcase(prefix, pattern.rstrip("/")) for pattern in patterns for prefix in prefixes)


def read_text(location: str, path: str, disk: Disk) -> Result[SourceFile | None]:
    """Return the text file at `location`, named `path`; None where it cannot be read.

    Diagnostics: file-unreadable, file-too-large, and those of `decode_text`.
    """
    return disk.recall(location, "text", lambda: _read_text(location, path, disk))


def _read_text(location: str, path: str, disk: Disk) -> Result[SourceFile | None]:
    try:
        if disk.size(location) > MAX_TEXT:
            message = f"larger than {MAX_TEXT // 1_000_000} MB"
            return Result(None, (diagnose("file-too-large", message, path=path, hint="split the file"),))
        data = disk.read(location)
    except OSError as error:
        return Result(None, (_unreadable(path, error),))
    text, diagnostics = decode_text(data, path)
    return Result(None if text is None else SourceFile(path, text, digest_bytes(data)), diagnostics)


def _unreadable(path: str, error: OSError) -> Diagnostic:
    return diagnose("file-unreadable", f"cannot be read: {error.strerror or error}", path=path)


def decode_text(data: bytes, path: str) -> Result[str | None]:
    """Return UTF-8 text with LF line ends and without a byte order mark; None where it is not UTF-8.

    Diagnostics, at the bad byte: file-not-utf8, file-nul.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _end_of(data[: error.start].decode("utf-8"))
        message = f"not UTF-8: byte 0x{data[error.start]:02x}"
        hint = "save the file as UTF-8 (it may be GBK or UTF-16 now)"
        return Result(None, (diagnose("file-not-utf8", message, path=path, line=line, column=column, hint=hint),))
    if b"\r" in data:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if b"\0" not in data:
        return Result(text)
    line, column = _end_of(text[: text.index("\0")])
    hint = "remove the byte; a file full of them may be UTF-16: save it as UTF-8"
    diagnostic = diagnose("file-nul", "a NUL byte in the text", path=path, line=line, column=column, hint=hint)
    return Result(text, (diagnostic,))


def _end_of(text: str) -> tuple[int, int]:
    """Return line and column (from 1) of the character behind `text`."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def read_asset(entry: DiskEntry, path: str, disk: Disk) -> Result[Asset | None]:
    """Return a file that is only copied, named `path`; None where it cannot be read. Diagnostic: file-unreadable."""
    return disk.recall(entry.location, "asset", lambda: _read_asset(entry.location, path, disk))


def _read_asset(location: str, path: str, disk: Disk) -> Result[Asset | None]:
    try:
        return Result(Asset(path, location, disk.digest(Path(location)), disk.size(location)))
    except OSError as error:
        return Result(None, (_unreadable(path, error),))


def measured(asset: Asset, disk: Disk) -> Result[Asset]:
    """Return the asset, an image with its size and format.

    Diagnostics: image-unreadable, image-too-large, file-unreadable.
    """
    if not asset.path.lower().endswith(PICTURES):
        return Result(asset)
    return disk.recall(asset.location, "image", lambda: _measured(asset, disk))


def _measured(asset: Asset, disk: Disk) -> Result[Asset]:
    try:
        with disk.open(Path(asset.location)) as file:
            header = read_header(file, asset.path)
    except OSError as error:
        return Result(asset, (_unreadable(asset.path, error),))
    diagnostics: tuple[Diagnostic, ...] = ()
    if header.too_large:
        hint = "it is shown as it is; make it smaller"
        diagnostics = (diagnose("image-too-large", header.problem, path=asset.path, hint=hint),)
    elif header.problem:
        diagnostics = (diagnose("image-unreadable", header.problem, path=asset.path, hint="export it again"),)
    image = msgspec.structs.replace(asset, width=header.width, height=header.height, format=header.format)
    return Result(image, diagnostics)
