"""`notegen init`: a folder becomes a site; the plan is shown, then written."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from notegen.app.report import as_text, counted
from notegen.cli.exit_codes import FAILED, OK, USAGE
from notegen.cli.init.moved_addresses import moved_addresses
from notegen.dialects.dialect import Setting
from notegen.init.setup import SchemaFile, Setup, existing_configuration, plan_setup
from notegen.init.site_folder import list_folder, reader
from notegen.init.site_yaml import site_yaml
from notegen.reference.schema import MODELINE, NAME, as_json, site_schema
from notegen.scan.config.load import load_config
from notegen.scan.config.rules import language as checked_language
from notegen.scan.config.values import InvalidValue
from notegen.system.disk import Disk

_WORDS = {"new": "write", "extended": "add to", "kept": "leave"}


def init_command(folder: Path, *, yes: bool, dry_run: bool, language: str | None, old_site: Path | None = None) -> int:
    """Set up a folder and say what was done and what was not taken over. Return the exit code."""
    if language is not None and isinstance(wrong := checked_language(language), InvalidValue):
        raise click.BadParameter(f"must be {wrong.expected}; {wrong.hint}", param_hint="--language")
    root, disk = folder.resolve(), Disk()
    listing = list_folder(root, disk)
    present = existing_configuration(listing)
    if present is not None and old_site is not None:
        return _compare_only(folder / present, reader(root, disk)(present) or "", old_site, disk)
    if present is not None:
        click.echo(f"{folder / present} is there already; init overwrites nothing", err=True)
        return USAGE
    now = datetime.now(UTC)
    schema = SchemaFile(NAME, as_json(site_schema()), MODELINE)
    setup = plan_setup(listing, reader(root, disk), now.date().isoformat(), language, schema=schema)
    report: tuple[str, ...] = ()
    if old_site is not None:
        kept_out = tuple(_without_old_site(old_site, root, setup.files[0].text))
        setup = plan_setup(listing, reader(root, disk), now.date().isoformat(), language, kept_out, schema)
        moved = moved_addresses(root, setup.files[0].text, old_site, now, disk)
        if moved.problem:
            click.echo(moved.problem, err=True)
            return USAGE
        report = moved.report
        more = [*kept_out, *moved.settings]
        setup = plan_setup(listing, reader(root, disk), now.date().isoformat(), language, more, schema)
    for line in (*_plan(setup), *report):
        click.echo(line)
    if dry_run:
        click.echo("\n" + setup.files[0].text.rstrip())
        return OK
    if not yes and sys.stdin.isatty() and not click.confirm("Write these files?", default=True):
        return FAILED
    return _write(setup, root, disk)


def _compare_only(config: Path, text: str, old_site: Path, disk: Disk) -> int:
    """Print the redirects that a site which is set up lacks; nothing is written."""
    moved = moved_addresses(config.parent.resolve(), text, old_site, datetime.now(UTC), disk)
    if moved.problem:
        click.echo(moved.problem, err=True)
        return USAGE
    for line in moved.report:
        click.echo(line)
    if moved.settings:
        click.echo(f"For {config}, which stays as it is:\n\n{site_yaml(moved.settings, '').strip()}")
    return OK


def _without_old_site(old_site: Path, root: Path, text: str) -> Iterator[Setting]:
    """Yield the setting that keeps an old site in the folder of notes out of the new one."""
    place, content = old_site.resolve(), root / load_config(text, "")[0].content_dir
    if place not in {root, content} and place.is_dir() and place.is_relative_to(content):
        yield Setting("ignore", (place.relative_to(content).as_posix(),), "the old site")


def _plan(setup: Setup) -> Iterator[str]:
    """Yield the lines that tell the plan."""
    if setup.dialect:
        also = f" (the files of {' and '.join(setup.others)} are here too)" if setup.others else ""
        yield f"This is a site of {setup.dialect.name}{also}; {counted(setup.notes, 'note')}."
    else:
        yield f"{counted(setup.notes, 'note')}."
    yield from (f"  {_WORDS[file.state]} {file.path}" for file in setup.files)
    yield from (as_text(problem, lambda _: (), colour=False) for problem in setup.problems)
    if setup.omitted:
        yield "Not taken over:"
        yield from (f"  {item}" for item in setup.omitted)
    yield from setup.remarks


def _write(setup: Setup, root: Path, disk: Disk) -> int:
    """Write the files of the plan."""
    for file in setup.files:
        if file.state == "kept":
            continue
        try:
            disk.write(root / file.path, file.text.encode())
        except OSError as error:
            click.echo(f"{root / file.path} cannot be written: {error.strerror or error}", err=True)
            return FAILED
    click.echo("Next: notegen serve -O")
    return OK
