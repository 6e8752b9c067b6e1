"""Emit: make the output folder equal to the build's files, touch nothing else, and never break a good site."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from notegen.app.copies import make_copies, prune_copies, read_copy
from notegen.app.manifest import Entry, Manifest, locked, manifest_file, read_manifest, write_manifest
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.output import OutputFile, is_inside
from notegen.tools.disk import Disk, Stamp
from notegen.tools.stopping import uninterrupted

_MARKS = (b'<meta name="generator" content="notegen ', b"<generator>notegen ")  # of pages and feeds, by the theme
_HEAD = 10_000  # bytes of a file in which they are looked for
_BATCH = 50  # files whose bytes are in memory at a time
Load = Callable[[Iterable[str]], Mapping[str, bytes]]  # the bytes that were left in the cache under each key


class LostError(Exception):
    """Bytes that were left in the cache are no longer there, or what was read from it cannot be true."""


class Emitted(msgspec.Struct, frozen=True):
    """How many files were written, left as they were, and deleted; what went wrong; whether nothing was done at all."""

    written: int
    unchanged: int
    deleted: int
    diagnostics: tuple[Diagnostic, ...] = ()
    refused: bool = False


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


def has_site(output: Path, state: Path, disk: Disk) -> bool:
    """Return whether the output folder holds a site of an earlier build. An OSError counts as none."""
    try:
        entries = read_manifest(manifest_file(state, output), disk).entries
        return _is_ours(output / "index.html", disk) or any(disk.stamp(output / path) for path in entries)
    except OSError:
        return False


def _is_ours(path: Path, disk: Disk) -> bool:
    """Return whether a page or feed says that notegen made it: the manifest may be lost, or that of another machine."""
    try:
        with disk.open(path) as file:
            head = file.read(_HEAD)
            return any(mark in head for mark in _MARKS)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def emit(
    files: Sequence[OutputFile],
    output: Path,
    state: Path,
    disk: Disk,
    *,
    load: Load = lambda _keys: {},
    delete: bool = True,
    force: bool = False,
) -> Emitted:
    """Write the files below `output`; equal ones are left alone.

    `state` is the folder that keeps the manifest and the lock. `delete=False` keeps stale files for a later build: what
    is missing from a build with errors may be missing because of them.
    Only files that an older manifest names are deleted: a foreign CNAME or .git is never touched. The manifest comes
    last, and holds old and new names while files are being written, so that a build that died leaves nothing unknown
    behind; a signal that asks the process to end waits until then. Files that the manifest does not name are somebody's
    own, but for pages and feeds that say otherwise, and for all where the manifest is lost and the home page says so:
    before one of them would be overwritten everything is refused, unless `force`. Smaller images are made here, once:
    `state` keeps them. Diagnostics: output-locked, output-write, output-foreign, image-unreadable.
    `load` reads what was left in the cache; raises LostError when that is no longer there, or when a path leads out of
    the output folder: no build makes such a path, so it is from a cache that is none of ours.
    """
    if not all(is_inside(file.path) for file in files):
        raise LostError
    file = manifest_file(state, output)
    try:
        with locked(state) as free:
            if not free:
                hint = "wait for it"
                return Emitted(0, 0, 0, (diagnose("output-locked", "another build is writing this site", hint=hint),))
            return _emit(files, output, file, _Bytes(file.parent / "images", disk, load), delete=delete, force=force)
    except OSError as error:
        where = error.filename or output
        message = f"cannot write {where}: {error.strerror or error}"
        return Emitted(0, 0, 0, (diagnose("output-write", message, hint="the files written so far are whole"),))


class _Bytes(msgspec.Struct, frozen=True):
    """Where the bytes of files come from: the folder of smaller images, the cache."""

    kept: Path
    disk: Disk
    load: Load

    def of(self, files: Sequence[OutputFile]) -> Iterator[OutputFile]:
        """Yield the files with their bytes, or with the asset to copy."""
        for start in range(0, len(files), _BATCH):
            batch = files[start : start + _BATCH]
            found = self.load([file.stored for file in batch if file.stored])
            for file in batch:
                if file.stored and file.stored not in found:
                    raise LostError
                data = found[file.stored] if file.stored else self._copy(file)
                yield file if data is None else msgspec.structs.replace(file, data=data)

    def _copy(self, file: OutputFile) -> bytes | None:
        """Return the bytes of a smaller image that is kept."""
        return read_copy(file.variant, self.kept, self.disk) if file.variant else None


def _emit(
    files: Sequence[OutputFile], output: Path, manifest_file: Path, source: _Bytes, *, delete: bool, force: bool
) -> Emitted:
    """Write what differs, assets and pages in the order they are given, and delete what is gone."""
    disk, kept = source.disk, source.kept
    manifest = read_manifest(manifest_file, disk)
    wanted = {file.path for file in files}
    gone = {path: entry for path, entry in manifest.entries.items() if path not in wanted}
    variants = [file.variant for file in files if file.variant]
    problems = make_copies(variants, kept, disk)
    targets = {file.path: output / file.path for file in files}
    stamps = {path: disk.stamp(target) for path, target in targets.items()}
    unproven = [file for file in files if not manifest.proves(file.path, file.digest, stamps[file.path])]
    there = [file for file in unproven if stamps[file.path] is not None]
    same = {file.path for file in source.of(there) if _is_there(file, targets[file.path], disk)}
    changed = [file for file in unproven if file.path not in same]
    foreign = [] if force else _foreign_files(changed, manifest, stamps, output, disk)
    if foreign:
        return Emitted(0, 0, 0, (*problems, _foreign(foreign, output)), refused=True)
    with uninterrupted():  # else the site would be half the old one
        _carry_out(_Differences(tuple(files), changed, gone, stamps), manifest, output, manifest_file, source, delete)
    if delete:
        prune_copies(variants, kept, disk)
    return Emitted(len(changed), len(files) - len(changed), len(gone) if delete else 0, problems)


class _Differences(msgspec.Struct, frozen=True):
    """All files of a build; those to write; those of older builds to delete; what is at each file's place, by path."""

    files: Sequence[OutputFile]
    changed: Sequence[OutputFile]
    gone: Mapping[str, Entry]
    stamps: dict[str, Stamp | None]


def _carry_out(
    plan: _Differences, manifest: Manifest, output: Path, manifest_file: Path, source: _Bytes, delete: bool
) -> None:
    """Write and delete what differs, between two writings of the manifest."""
    disk, changed, gone, stamps = source.disk, plan.changed, plan.gone, dict(plan.stamps)
    if changed or gone or not manifest.finished:
        _sweep(manifest, output, disk)
        meant = {file.path: Entry(file.digest) for file in changed}
        write_manifest(manifest_file, Manifest({**meant, **manifest.entries}, finished=False), disk)
    in_the_way = _in_the_way(gone, [file.path for file in plan.files]) if gone else set()
    remove_files({path: gone[path] for path in in_the_way}, output, disk)
    for file in source.of(changed):
        target = output / file.path
        _write(file, target, disk)
        stamps[file.path] = disk.stamp(target)
    rest = {path: entry for path, entry in gone.items() if path not in in_the_way}
    if delete:
        remove_files(rest, output, disk)
    entries = ({} if delete else rest) | {file.path: Entry(file.digest, stamps[file.path]) for file in plan.files}
    if entries != manifest.entries or changed or gone or not manifest.finished:
        write_manifest(manifest_file, Manifest(entries), disk)


def _foreign_files(
    changed: Iterable[OutputFile], manifest: Manifest, stamps: Mapping[str, Stamp | None], output: Path, disk: Disk
) -> list[str]:
    """Return the paths of files that would be overwritten and are not notegen's."""
    there = [file.path for file in changed if stamps[file.path] is not None and file.path not in manifest.entries]
    if there and not manifest.entries and _is_ours(output / "index.html", disk):
        return []
    return [path for path in there if not _is_ours(output / path, disk)]


def _foreign(paths: Sequence[str], output: Path) -> Diagnostic:
    more = f" (and {len(paths) - 1} more)" if len(paths) > 1 else ""
    message = f"{paths[0]}{more} in the output folder {output} would be overwritten; notegen did not write it"
    return diagnose("output-foreign", message, hint="choose another folder with -o, or overwrite with --force")


def _sweep(manifest: Manifest, output: Path, disk: Disk) -> None:
    """Delete the half-made files of a build that was killed."""
    if manifest.finished:
        return
    folders = {(output / path).parent for path in manifest.entries}
    for folder in sorted(_real_folders(folders, output)):
        for file in disk.leftovers(folder):
            disk.remove(file)


def _real_folders(folders: Iterable[Path], output: Path) -> set[Path]:
    """Return those folders that really are in the output folder, links followed."""
    top = output.resolve()
    return {folder for folder in folders if folder.resolve().is_relative_to(top)}


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

    A file without a stamp was only meant to be written: it is ours if it holds what was meant. A file that a symbolic
    link takes out of the output folder is not ours to delete.
    """
    folders: set[Path] = set()
    inside = _real_folders({(output / path).parent for path in entries}, output)
    for path, entry in sorted(entries.items()):
        file = output / path
        if file.parent not in inside:
            continue
        there = disk.stamp(file) is not None
        if there and (entry.stamp is not None or disk.digest(file) == entry.digest):
            disk.remove(file)
        folders.update(_folders(output, path))
    for folder in sorted(folders, key=lambda item: -len(item.parts)):
        disk.remove_empty_folder(folder)


def _is_there(file: OutputFile, target: Path, disk: Disk) -> bool:
    """Return whether the output holds the file as it should be."""
    if file.data is not None:
        return disk.same(target, file.data)
    if file.asset is None:
        raise AssertionError(f"an output file without content: {file.path}")
    return target.is_file() and disk.size(target) == file.asset.size and disk.digest(target) == file.asset.digest


def _write(file: OutputFile, target: Path, disk: Disk) -> None:
    if file.data is not None:
        disk.write(target, file.data)
    elif file.asset is not None:
        disk.copy(Path(file.asset.location), target)


def _folders(output: Path, path: str) -> Iterator[Path]:
    """Yield the folders between a file and the output folder."""
    folder = (output / path).parent
    while folder != output and folder.is_relative_to(output):
        yield folder
        folder = folder.parent
