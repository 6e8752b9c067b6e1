"""`notegen clean`: delete what builds have written, and nothing else."""

import shutil
from pathlib import Path

from notegen.app.context import cache_path, state_folder
from notegen.app.site_location import OpenedSite
from notegen.emit.emit import remove_files
from notegen.emit.manifest import locked, manifest_file, read_manifest
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.system.disk import Disk


def clean_site(site: OpenedSite, cache_dir: Path | None, disk: Disk) -> tuple[int, tuple[Diagnostic, ...]]:
    """Delete the output files that the manifest names, folders that are empty then, the cache and the manifest.

    Return how many output files were deleted. Diagnostics: output-locked, output-write.
    """
    state, told = state_folder(site, cache_dir)
    try:
        with locked(state) as free:
            if not free:
                return 0, (*told, diagnose("output-locked", "another build is writing this site", hint="wait for it"))
            return _clean(site, state, cache_path(state, cache_dir), disk), told
    except OSError as error:
        message = f"cannot delete {error.filename}: {error.strerror or error}"
        return 0, (*told, diagnose("output-write", message))


def _clean(site: OpenedSite, state: Path, cache: Path, disk: Disk) -> int:
    output = site.location.output
    file = manifest_file(state, output)
    entries = read_manifest(file, disk).entries
    before = [path for path in entries if disk.file_stat(output / path)]
    remove_files(entries, output, disk)
    disk.remove_empty_folder(output)
    disk.remove(file)
    for file in (cache, cache.with_name(cache.name + "-journal")):
        disk.remove(file)
    shutil.rmtree(state / "images", ignore_errors=True)
    return sum(disk.file_stat(output / path) is None for path in before)
