"""What makes an output folder equal to a build, as a value: which files to write, to delete, or not to touch."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath

import msgspec

from notegen.emit.foreign_files import foreign_files
from notegen.emit.manifest import Manifest, ManifestEntry
from notegen.model.output import OutputFile
from notegen.system.disk import FileStat


class Difference(msgspec.Struct, frozen=True):
    """The difference between a build and its output folder.

    `write`: the files that differ, in the order of the build. `remove_first`: files of an earlier build that stand
    where a folder is needed, or in a folder where a file is; `remove`: its other files that this build has not; `keep`:
    the same, left for a later build. `foreign`: output paths at which files stand that are not notegen's; where there
    is one, nothing may be carried out.
    """

    write: tuple[OutputFile, ...] = ()
    remove_first: Mapping[str, ManifestEntry] = {}
    remove: Mapping[str, ManifestEntry] = {}
    keep: Mapping[str, ManifestEntry] = {}
    foreign: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """True when the output folder is equal to the build and no file of an earlier one is left in it."""
        return not (self.write or self.remove_first or self.remove or self.keep)


def unproven(files: Iterable[OutputFile], manifest: Manifest, stats: Mapping[str, FileStat | None]) -> list[OutputFile]:
    """Return the files whose place may hold something else than they should, as far as the manifest can tell.

    `stats`: output path of every file -> what the file system says of it; None where there is no file.
    """
    return [file for file in files if not manifest.proves(file.path, file.digest, stats[file.path])]


def difference_of(
    files: Iterable[OutputFile],
    changed: Sequence[OutputFile],
    manifest: Manifest,
    occupied: Callable[[str], bool],
    is_ours: Callable[[str], bool],
    *,
    delete: bool = True,
    force: bool = False,
) -> Difference:
    """Return what makes an output folder equal to `files`.

    `changed`: those whose place holds something else, or nothing; `manifest`: what an earlier build wrote. `occupied`
    tells of an output path whether a file is there, `is_ours` by its content whether notegen wrote it. `delete`:
    whether files of an earlier build go; `force`: whether files are overwritten that notegen did not write.
    """
    foreign = [] if force else foreign_files(changed, manifest, occupied, is_ours)
    if foreign:
        return Difference(foreign=tuple(foreign))
    new = {file.path for file in files}
    stale = {path: entry for path, entry in manifest.entries.items() if path not in new}
    blocking = _blocking(stale, new) if stale else set()
    others = {path: entry for path, entry in stale.items() if path not in blocking}
    return Difference(
        write=tuple(changed),
        remove_first={path: stale[path] for path in blocking},
        remove=others if delete else {},
        keep={} if delete else others,
    )


def _blocking(stale: Iterable[str], new: AbstractSet[str]) -> set[str]:
    """Return the old files that stand where a folder is needed now, or in a folder where a file is needed."""
    folders = {folder.as_posix() for path in new for folder in PurePosixPath(path).parents}
    return {
        path
        for path in stale
        if path in folders or any(folder.as_posix() in new for folder in PurePosixPath(path).parents)
    }
