"""`notegen clean`: delete what builds have written, and nothing else."""

import shutil
from pathlib import Path

import click

from notegen.app.context import cache_path, state_folder
from notegen.app.report import counted
from notegen.app.site_location import OpenedSite
from notegen.cli.command_site import Options, opened, print_diagnostics, run_options
from notegen.cli.exit_codes import USAGE, exit_code
from notegen.emit.emit import remove_files
from notegen.emit.manifest import locked, manifest_file, read_manifest
from notegen.emit.public_list import public_list_file
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Result
from notegen.system.disk import Disk


def clean_command(options: Options, output: Path | None) -> int:
    """Delete what builds of the site have written, and say how much. Return the exit code."""
    disk, run = Disk(), run_options(options)
    site, _ = opened(options, disk, output)
    if site.unusable:
        print_diagnostics(site.diagnostics, site, None, run)
        return USAGE
    deleted, diagnostics = clean_site(site, run.cache_dir, disk)
    print_diagnostics(diagnostics, site, None, run)
    if not run.quiet:
        click.echo(f"{counted(deleted, 'file')} deleted", err=True)
    return exit_code(diagnostics)


def clean_site(site: OpenedSite, cache_dir: Path | None, disk: Disk) -> Result[int]:
    """Delete the output files that the manifest names, folders that are empty then, the cache and the manifest.

    Return how many output files were deleted. Diagnostics: output-locked, output-write.
    """
    state, diagnostics = state_folder(site, cache_dir)
    try:
        with locked(state) as free:
            if not free:
                lock = diagnose("output-locked", "another build is writing this site", hint="wait for it")
                return Result(0, (*diagnostics, lock))
            return Result(_clean(site, state, cache_path(state, cache_dir), disk), diagnostics)
    except OSError as error:
        message = f"cannot delete {error.filename}: {error.strerror or error}"
        return Result(0, (*diagnostics, diagnose("output-write", message)))


def _clean(site: OpenedSite, state: Path, cache: Path, disk: Disk) -> int:
    output = site.location.output
    file = manifest_file(state, output)
    entries = read_manifest(file, disk).entries
    before = [path for path in entries if disk.file_stat(output / path)]
    remove_files(entries, output, disk)
    disk.remove_empty_folder(output)
    disk.remove(file)
    disk.remove(public_list_file(state, output))
    for file in (cache, cache.with_name(cache.name + "-journal")):
        disk.remove(file)
    shutil.rmtree(state / "images", ignore_errors=True)
    return sum(disk.file_stat(output / path) is None for path in before)
