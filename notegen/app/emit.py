"""Emit: make the output folder equal to the build's files, touch nothing else, and never break a good site."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from notegen.app.copies import make_copies, read_copy
from notegen.app.manifest import Entry, locked, manifest_file, read_manifest, write_manifest
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
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
    file = manifest_file(state, output)
    try:
        with locked(state) as free:
            if not free:
                hint = "wait for it"
                return Emitted(0, 0, 0, (diagnose("output-locked", "another build is writing this site", hint=hint),))
            return _emit(files, output, file, disk, delete=delete)
    except OSError as error:
        where = error.filename or output
        message = f"cannot write {where}: {error.strerror or error}"
        return Emitted(0, 0, 0, (diagnose("output-write", message, hint="the files written so far are whole"),))


def _emit(files: Sequence[OutputFile], output: Path, manifest_file: Path, disk: Disk, *, delete: bool) -> Emitted:
    manifest = read_manifest(manifest_file, disk)
    old = dict(manifest.entries)
    meant = {file.path: Entry(file.digest) for file in files}
    if meant.keys() - old.keys():
        write_manifest(manifest_file, meant | old, disk)
    gone = {path: entry for path, entry in old.items() if path not in meant}
    in_the_way = _in_the_way(gone, meant)
    remove_files({path: gone[path] for path in in_the_way}, output, disk)
    kept = manifest_file.parent / "images"
    problems = make_copies([file.variant for file in files if file.variant], kept, disk)
    new, written = {} if delete else dict(gone), 0
    for file in files:
        stamp = disk.stamp(output / file.path)
        if not manifest.proves(file.path, file.digest, stamp):
            made = read_copy(file.variant, kept, disk) if file.variant else None
            if _write(file if made is None else msgspec.structs.replace(file, data=made), output, disk):
                written += 1
                stamp = disk.stamp(output / file.path)
        new[file.path] = Entry(file.digest, stamp)
    if delete:
        remove_files({path: entry for path, entry in gone.items() if path not in in_the_way}, output, disk)
    if old != new:
        write_manifest(manifest_file, new, disk)
    return Emitted(written, len(files) - written, len(gone) if delete else 0, problems)


def _in_the_way(gone: Iterable[str], new: Iterable[str]) -> set[str]:
    """Return the old files that stand where a folder is needed now, or in a folder where a file is needed."""
    folders = {folder.as_posix() for path in new for folder in PurePosixPath(path).parents}
    files = frozenset(new)
    return {
        path
        for path in gone
        if path in folders or any(folder.as_posix() in files for folder in PurePosixPath(path).parents)
    }


def remove_files(entries: Mapping[str, Entry], output: Path, disk: Disk) -> None:
    """Delete files, and the folders that are empty then.

    A file without a stamp was only meant to be written: it is ours if it holds what was meant.
    """
    folders: set[Path] = set()
    for path, entry in sorted(entries.items()):
        file = output / path
        if entry.stamp is None and (disk.stamp(file) is None or disk.digest(file) != entry.digest):
            continue
        disk.remove(file)
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
