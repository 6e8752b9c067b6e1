"""`notegen build`: the pipeline run once, with the cache and the processes that the options ask for."""

import os
import time
from datetime import datetime
from pathlib import Path

import click
import msgspec

from notegen.app.context import RunOptions, open_context, state_folder
from notegen.app.profile import Profile
from notegen.app.progress import Bar
from notegen.app.report import newly_public, summary
from notegen.app.site_location import OpenedSite
from notegen.cache.context import NoCache
from notegen.cli.command_site import Options, opened, print_diagnostics, run_options
from notegen.cli.exit_codes import USAGE, exit_code
from notegen.emit.emit import LostError
from notegen.model.config import Config
from notegen.rebuild import BuildResult, EmitOptions, build
from notegen.system.disk import Disk


def build_command(
    options: Options,
    output: Path | None,
    *,
    style: str,
    strict: bool = False,
    keep_going: bool = False,
    force: bool = False,
    show_profile: bool = False,
) -> int:
    """Build the site and say what came of it. Return the exit code. `style`: see `print_diagnostics`."""
    started, disk, run = time.perf_counter(), Disk(), run_options(options)
    site, now = opened(options, disk, output)
    if site.unusable:
        print_diagnostics(site.diagnostics, site, None, run, style)
        return USAGE
    profile = Profile()
    result = build_site(site, now, run, disk, profile, keep_going=keep_going, force=force)
    print_diagnostics(result.diagnostics, site, result.tree, run, style)
    if not result.written and not run.quiet:
        click.echo(f"nothing was written{'; the site from the last good build stays' * result.kept}", err=True)
    if show_profile:
        click.echo(profile.table(), err=True)
    if run.verbose:
        click.echo(profile.cache_line(), err=True)
    if not run.quiet:
        if result.written and (result.before is not None or not os.environ.get("CI")):
            line = newly_public(result.before, result.build.public)
            if line:
                click.echo(line, err=True)
        build, seconds, folder = result.build, time.perf_counter() - started, site.location.output
        place = f"{os.path.relpath(folder)}/" if result.written and folder.name != Config().output_dir else ""
        click.echo(summary(build.note_count, build.page_count, result.diagnostics, seconds, place), err=True)
    return exit_code(result.diagnostics, strict=strict)


def build_site(
    site: OpenedSite,
    now: datetime,
    options: RunOptions,
    disk: Disk,
    profile: Profile | None = None,
    *,
    keep_going: bool = False,
    force: bool = False,
) -> BuildResult:
    """Build a site and write it, as `build` does. Diagnostics: state-elsewhere, and those of all stages."""
    profile = profile or Profile()
    state, diagnostics = state_folder(site, options.cache_dir)
    emit_options = EmitOptions(state, keep_going=keep_going, force=force)
    bar = Bar(enabled=not options.quiet)
    with open_context(state, options, profile, bar.advance) as context, bar:
        try:
            result = build(site, now, emit_options, context, disk)
        except LostError:  # bytes that were left in the cache have gone from it since: once more without it
            result = build(site, now, emit_options, msgspec.structs.replace(context, cache=NoCache()), disk)
    return msgspec.structs.replace(result, diagnostics=(*diagnostics, *result.diagnostics))
