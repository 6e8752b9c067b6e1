"""Emit: make the output folder equal to the build's files, touch nothing else, and never break a good site."""

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from notegen.app.copies import make_copies, read_copy
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest
from notegen.model.output import OutputFile
from notegen.tools.disk import Disk


class Emitted(msgspec.Struct, frozen=True):
    """How many files were written, left as they were, and deleted; what went wrong."""

    written: int
    unchanged: int
    deleted: int
    diagnostics: tuple[Diagnostic, ...] = ()


def check_output(output: Path, sources: Sequence[Path]) -> tuple[Diagnostic, ...]:
    """Return an error when the output folder is, or holds, a folder that notegen reads, or is a file."""
    target = output.resolve()
    if output.exists() and not output.is_dir():
        return (diagnose("output-conflict", f"the output folder {output} is a file", hint="choose another with -o"),)
    for source in sources:
        place = source.resolve()
        if place == target or place.is_relative_to(target):
            message = f"the output folder {output} contains {source.name or source}, which notegen reads"
            return (diagnose("output-conflict", message, hint="choose a folder of its own with -o or output_dir"),)
    return ()


def emit(files: Sequence[OutputFile], output: Path, state: Path, disk: Disk, *, delete: bool = True) -> Emitted:
    """Write the files below `output`; equal ones are left alone.

    `state` is the folder that keeps the manifest and the lock. `delete=False` keeps stale files for a later build: what
    is missing from a build with errors may be missing because of them.
    Only files that an older manifest names are deleted: a foreign CNAME or .git is never touched. The manifest comes
    last, and holds old and new names while files are being written, so that a build that died leaves nothing unknown
    behind. Smaller images are made here, once: `state` keeps them. Diagnostics: output-locked, output-write,
    image-unreadable.
    """
    manifest = state / f"manifest-{digest(str(output.resolve()))[:12]}.json"
    with contextlib.ExitStack() as stack:
        try:
            if not stack.enter_context(_locked(state)):
                return Emitted(
                    0, 0, 0, (diagnose("output-locked", "another build is writing this site", hint="wait for it"),)
                )
            return _emit(files, output, manifest, disk, delete=delete)
        except OSError as error:
            where = error.filename or output
            message = f"cannot write {where}: {error.strerror or error}"
            return Emitted(0, 0, 0, (diagnose("output-write", message, hint="the files written so far are whole"),))


def _emit(files: Sequence[OutputFile], output: Path, manifest: Path, disk: Disk, *, delete: bool) -> Emitted:
    old = _read_manifest(manifest, disk)
    new = {file.path for file in files}
    if old | new != old:
        _write_manifest(manifest, old | new, disk)
    gone = old - new
    in_the_way = _in_the_way(gone, new)
    _remove(in_the_way, output, disk)
    written = 0
    kept = manifest.parent / "images"
    problems = make_copies([file.variant for file in files if file.variant], kept, disk)
    for file in files:
        made = read_copy(file.variant, kept, disk) if file.variant else None
        written += _write(file if made is None else msgspec.structs.replace(file, data=made), output, disk)
    if not delete:
        return Emitted(written, len(files) - written, 0, problems)
    _remove(gone - in_the_way, output, disk)
    if old != new:
        _write_manifest(manifest, new, disk)
    return Emitted(written, len(files) - written, len(gone), problems)


def _in_the_way(gone: Iterable[str], new: Iterable[str]) -> set[str]:
    """Return the old files that stand where a folder is needed now, or in a folder where a file is needed."""
    folders = {folder.as_posix() for path in new for folder in PurePosixPath(path).parents}
    files = frozenset(new)
    return {
        path
        for path in gone
        if path in folders or any(folder.as_posix() in files for folder in PurePosixPath(path).parents)
    }


def _remove(paths: Iterable[str], output: Path, disk: Disk) -> None:
    """Delete files, and the folders that are empty then."""
    folders: set[Path] = set()
    for path in sorted(paths):
        disk.remove(output / path)
        folders.update(_folders(output, path))
    for folder in sorted(folders, key=lambda item: -len(item.parts)):
        disk.remove_empty_folder(folder)


def _write(file: OutputFile, output: Path, disk: Disk) -> bool:
    """Write one file if it differs. Return whether it did."""
    target = output / file.path
    if file.data is not None:
        if disk.same(target, file.data):
            return False
        disk.write(target, file.data)
        return True
    if file.asset is None:
        raise AssertionError(f"an output file without content: {file.path}")
    if target.is_file() and disk.size(target) == file.asset.size and disk.digest(target) == file.asset.digest:
        return False
    disk.copy(Path(file.asset.location), target)
    return True


def _folders(output: Path, path: str) -> Iterator[Path]:
    """Yield the folders between a file and the output folder."""
    folder = (output / path).parent
    while folder != output and folder.is_relative_to(output):
        yield folder
        folder = folder.parent


def _read_manifest(manifest: Path, disk: Disk) -> set[str]:
    """Return the paths an earlier build wrote; an unreadable manifest names none, so nothing is deleted."""
    try:
        paths = json.loads(disk.read(manifest))
    except (OSError, ValueError):
        return set()
    if not isinstance(paths, list):
        return set()
    return {path for path in paths if isinstance(path, str) and _is_inside(path)}


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    return bool(path) and ".." not in parts and not path.startswith("/") and ":" not in parts[0]


def _write_manifest(manifest: Path, paths: set[str], disk: Disk) -> None:
    disk.write(manifest, json.dumps(sorted(paths), ensure_ascii=False, indent=0).encode())


@contextlib.contextmanager
def _locked(state: Path) -> Iterator[bool]:
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
