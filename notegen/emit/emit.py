"""Emit: make the output folder equal to the build's files, touch nothing else, and never break a good site."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from notegen.emit.difference import Difference, difference_of, unproven
from notegen.emit.foreign_files import is_ours
from notegen.emit.image_copies import make_variants, prune_variants, read_variant
from notegen.emit.manifest import Manifest, ManifestEntry, locked, manifest_file, read_manifest, write_manifest
from notegen.model.codes import diagnose
from notegen.model.compression import decompress
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.output import Compressed, Content, Copy, InCache, Inline, OutputFile, Resized, Stripped, is_inside
from notegen.model.source import Asset
from notegen.notebooks.pictures import asset_bytes
from notegen.system.disk import Disk, FileStat
from notegen.system.photos.metadata import without_metadata
from notegen.system.stopping import uninterrupted

_BATCH = 50  # files whose bytes are in memory at a time
Load = Callable[[Iterable[str]], Mapping[str, bytes]]  # the bytes that were left in the cache under each key


class LostError(Exception):
    """Bytes that were left in the cache are no longer there, or what was read from it cannot be true."""


class Emitted(msgspec.Struct, frozen=True):
    """How many files were written, left as they were, and deleted; whether nothing was done at all."""

    written: int = 0
    unchanged: int = 0
    deleted: int = 0
    refused: bool = False


def check_output(output: Path, sources: Sequence[Path]) -> tuple[Diagnostic, ...]:
    """Return an error when the output folder is, or holds, a folder that notegen reads, or is a file."""
    target = output.resolve()
    if output.exists() and not output.is_dir():
        return (diagnose("output-conflict", f"the output folder {output} is a file", hint="choose another with -o"),)
    for source in sources:
        folder = source.resolve()
        if folder == target or folder.is_relative_to(target):
            message = f"the output folder {output} contains {source.name or source}, which notegen reads"
            return (diagnose("output-conflict", message, hint="choose a folder of its own with -o or output_dir"),)
    return ()


def has_site(output: Path, state: Path, disk: Disk) -> bool:
    """Return whether the output folder holds a site of an earlier build. An OSError counts as none."""
    try:
        entries = read_manifest(manifest_file(state, output), disk).entries
        return is_ours(output / "index.html", disk) or any(disk.file_stat(output / path) for path in entries)
    except OSError:
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
) -> Result[Emitted]:
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
                return Result(Emitted(), (diagnose("output-locked", "another build is writing this site", hint=hint),))
            contents = _Contents(file.parent / "images", disk, load)
            return _emit(files, output, file, contents, delete=delete, force=force)
    except OSError as error:
        where = error.filename or output
        message = f"cannot write {where}: {error.strerror or error}"
        return Result(Emitted(), (diagnose("output-write", message, hint="the files written so far are whole"),))


class _Contents(msgspec.Struct, frozen=True):
    """Where the bytes of files come from: the folder of smaller images, the cache."""

    images: Path
    disk: Disk
    load: Load

    def of(self, files: Sequence[OutputFile]) -> Iterator[tuple[OutputFile, Inline | Copy]]:
        """Yield the files, each with its bytes, or with the asset to copy. Raises LostError."""
        for start in range(0, len(files), _BATCH):
            batch = files[start : start + _BATCH]
            cached = self.load([file.content.key for file in batch if isinstance(file.content, InCache)])
            for file in batch:
                yield file, self._content(file.content, cached)

    def _content(self, content: Content, cached: Mapping[str, bytes]) -> Inline | Copy:
        """Return the bytes, or the asset to copy; the whole image stands in for a smaller one that cannot be made."""
        match content:
            case InCache(key):
                if key not in cached:
                    raise LostError
                return Inline(cached[key])
            case Compressed():
                return Inline(decompress(content.data))
            case Resized(variant):
                data = read_variant(variant, self.images, self.disk)
                return self._stripped(variant.asset) if data is None else Inline(data)
            case Stripped(asset):
                return self._stripped(asset)
            case Inline() | Copy():
                return content

    def _stripped(self, asset: Asset) -> Inline:
        return Inline(without_metadata(asset_bytes(asset, self.disk)))


def _emit(
    files: Sequence[OutputFile], output: Path, manifest_file: Path, contents: _Contents, *, delete: bool, force: bool
) -> Result[Emitted]:
    """Write what differs, assets and pages in the order they are given, and delete what is gone."""
    disk = contents.disk
    manifest = read_manifest(manifest_file, disk)
    variants = [file.content.variant for file in files if isinstance(file.content, Resized)]
    diagnostics = make_variants(variants, contents.images, disk)
    stats = {file.path: disk.file_stat(f"{output}/{file.path}") for file in files}
    doubtful = unproven(files, manifest, stats)
    existing = [file for file in doubtful if stats[file.path] is not None]
    equal = {file.path for file, content in contents.of(existing) if _is_equal(content, output / file.path, disk)}
    changed = [file for file in doubtful if file.path not in equal]
    plan = difference_of(
        files,
        changed,
        manifest,
        lambda path: stats[path] is not None,
        lambda path: is_ours(output / path, disk),
        delete=delete,
        force=force,
    )
    if plan.foreign:
        return Result(Emitted(refused=True), (*diagnostics, _foreign(plan.foreign, output)))
    started = not plan.empty or not manifest.finished
    with uninterrupted():  # else the site would be half the old one
        if started:
            _sweep(manifest, output, disk)
            pending = {file.path: ManifestEntry(file.digest) for file in plan.write}
            write_manifest(manifest_file, Manifest({**pending, **manifest.entries}, finished=False), disk)
        stats |= _carry_out(plan, output, contents)
        entries = {**plan.keep, **{file.path: ManifestEntry(file.digest, stats[file.path]) for file in files}}
        if started or entries != manifest.entries:
            write_manifest(manifest_file, Manifest(entries), disk)
    if delete:
        prune_variants(variants, contents.images, disk)
    deleted = len(plan.remove_first) + len(plan.remove) if delete else 0
    return Result(Emitted(len(plan.write), len(files) - len(plan.write), deleted), diagnostics)


def _carry_out(plan: Difference, output: Path, contents: _Contents) -> dict[str, FileStat | None]:
    """Delete and write what the plan says. Return what the file system says of each file that was written."""
    disk = contents.disk
    stats: dict[str, FileStat | None] = {}
    remove_files(plan.remove_first, output, disk)
    for file, content in contents.of(plan.write):
        target = output / file.path
        _write(content, target, disk)
        stats[file.path] = disk.file_stat(target)
    remove_files(plan.remove, output, disk)
    return stats


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


def remove_files(entries: Mapping[str, ManifestEntry], output: Path, disk: Disk) -> None:
    """Delete files, and the folders that are empty then.

    A file whose entry has no stat was only meant to be written: it is ours if it holds what was meant. A file that a
    symbolic link takes out of the output folder is not ours to delete.
    """
    folders: set[Path] = set()
    inside = _real_folders({(output / path).parent for path in entries}, output)
    for path, entry in sorted(entries.items()):
        file = output / path
        if file.parent not in inside:
            continue
        exists = disk.file_stat(file) is not None
        if exists and (entry.stat is not None or disk.digest(file) == entry.digest):
            disk.remove(file)
        folders.update(_folders(output, path))
    for folder in sorted(folders, key=lambda item: -len(item.parts)):
        disk.remove_empty_folder(folder)


def _is_equal(content: Inline | Copy, target: Path, disk: Disk) -> bool:
    """Return whether the output file `target` holds what it should."""
    if isinstance(content, Inline):
        return disk.same(target, content.data)
    asset = content.asset
    return target.is_file() and disk.size(target) == asset.size and disk.digest(target) == asset.digest


def _write(content: Inline | Copy, target: Path, disk: Disk) -> None:
    if isinstance(content, Inline):
        disk.write(target, content.data)
    elif content.asset.end:
        disk.write(target, asset_bytes(content.asset, disk))
    else:
        disk.copy(Path(content.asset.location), target)


def _folders(output: Path, path: str) -> Iterator[Path]:
    """Yield the folders between a file and the output folder."""
    folder = (output / path).parent
    while folder != output and folder.is_relative_to(output):
        yield folder
        folder = folder.parent
