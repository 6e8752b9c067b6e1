"""What commands share: the site that the command line names, its options as values, diagnostics on the terminal."""

import os
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from notegen.app.context import RunOptions
from notegen.app.grouping import condensed
from notegen.app.notebook_places import in_cells
from notegen.app.report import as_annotation, as_json, as_text, shown, worst_last
from notegen.app.site_location import Flags, OpenedSite, moment, open_site, source_lines
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Tree
from notegen.scan.config.rules import base_url
from notegen.scan.config.values import InvalidValue
from notegen.system.disk import Disk
from notegen.system.installed import this_machine

Options = Mapping[str, Any]  # what click has read, by the names of main's parameters


def run_options(options: Options) -> RunOptions:
    """Return the options of a run; those that a command has not keep their defaults."""
    return RunOptions(**{name: options[name] for name in RunOptions.__struct_fields__ if name in options})


def site_flags(options: Options, output: Path | None = None) -> Flags:
    """Return what the command line says of the site. Raises click.BadParameter for what it cannot say."""
    if not options["source"].is_dir():
        raise click.BadParameter(f"there is no folder {options['source']}", param_hint="--source")
    if options["config"] is not None and not options["config"].is_file():
        raise click.BadParameter(f"there is no file {options['config']}", param_hint="--config")
    address = base_url(options["base_url"] or "")
    if isinstance(address, InvalidValue):
        raise click.BadParameter(f"must be {address.expected} {address.hint}".rstrip(), param_hint="--base-url")
    names = ("source", "config", "base_url", "drafts", "future", "expired")
    installed = click.get_current_context().obj or this_machine()
    return Flags(output=output, installed=installed, **{name: options[name] for name in names})


def clock(options: Options) -> datetime:
    """Return the build's clock. Raises click.BadParameter."""
    try:
        return moment(options["now"])
    except ValueError:
        raise click.BadParameter("not a time such as 2026-01-31T08:00+08:00", param_hint="--now") from None


def opened(options: Options, disk: Disk, output: Path | None = None) -> tuple[OpenedSite, datetime]:
    """Return the opened site and the build's clock. Raises click.BadParameter."""
    flags, now = site_flags(options, output), clock(options)
    return open_site(flags, disk), now


def print_diagnostics(
    diagnostics: Iterable[Diagnostic], site: OpenedSite, tree: Tree | None, options: RunOptions, style: str = "text"
) -> None:
    """Print diagnostics: text to stderr (and annotations where GitHub runs us), or JSON to stdout.

    Like ones are one entry unless verbose; JSON has all.
    `style`: "text", "json" or "sarif"; `tree`: where source lines are taken from.
    """
    items = shown(in_cells(diagnostics, tree), quiet=options.quiet, verbose=options.verbose)
    if style in {"json", "sarif"}:
        from notegen.app.sarif import as_sarif
        from notegen.reference.explanations import addresses

        explained = addresses(manual())
        click.echo(as_json(items, explained) if style == "json" else as_sarif(items, explained))
        return
    items = items if options.verbose else condensed(items)
    lines = source_lines(site, tree)
    colour = shows_colour()
    ordered = worst_last(items)
    for item in ordered:
        click.echo(as_text(item, lines.__getitem__, colour=colour), err=True, color=colour)
    if ordered and sys.stderr.isatty():
        click.echo(f"`notegen explain {ordered[-1].code}` says more about such a message", err=True)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for item in items:
            click.echo(as_annotation(item))


def manual() -> str:
    """Return the address of the manual: $NOTEGEN_MANUAL_URL, else what the package says; "" where neither does."""
    from importlib import metadata

    if address := os.environ.get("NOTEGEN_MANUAL_URL"):
        return address
    try:
        links = metadata.metadata("notegen-ssg").get_all("Project-URL") or ()
    except metadata.PackageNotFoundError:  # run from a folder, without being installed
        return ""
    prefix = "Documentation, "
    return next((link.removeprefix(prefix) for link in links if link.startswith(prefix)), "")


def shows_colour() -> bool:
    """Return whether stderr shows colours: NO_COLOR and CLICOLOR_FORCE decide before the terminal does."""
    if os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"} or sys.stderr.isatty()
