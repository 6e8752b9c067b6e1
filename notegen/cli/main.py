"""The command line: `notegen build` and `notegen list`. Messages go to stderr, machine output to stdout."""

import atexit
import gc
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import __version__

if TYPE_CHECKING:
    from notegen.app.site_location import OpenedSite
    from notegen.model.diagnostic import Diagnostic
    from notegen.model.source import Tree

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: list[str] | None = None) -> None:
    """Run a command and leave with its exit code.

    0 clean, 1 errors (or warnings with --strict), 2 usage, 129 SIGHUP, 130 Ctrl-C, 143 SIGTERM.
    """
    from notegen.system.stopping import stopping_in_order

    atexit.register(gc.freeze)  # all memory is given back at once: looking for garbage then takes 30 ms
    try:
        with stopping_in_order():
            code = cli.main(args=arguments, prog_name="notegen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else OK)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="notegen %(version)s")
def cli() -> None:
    """Turn a folder of Markdown notes with LaTeX into a static site."""


Command = Callable[..., Any]


def site_options(command: Command) -> Command:
    """Add the options that say which site is meant and which notes are shown."""
    options = [
        click.option(
            "-s", "--source", type=click.Path(path_type=Path, file_okay=False), default=".", help="The site's folder."
        ),
        click.option(
            "-c", "--config", type=click.Path(path_type=Path, dir_okay=False), help="Configuration file [site.yaml]."
        ),
        click.option("-b", "--base-url", envvar="NOTEGEN_BASE_URL", help="Address of the site; overrides base_url."),
        click.option("-D", "--drafts", is_flag=True, default=None, help="Show drafts."),
        click.option("-F", "--future", is_flag=True, default=None, help="Show notes dated in the future."),
        click.option("-E", "--expired", is_flag=True, default=None, help="Show expired notes."),
        click.option("--now", metavar="TIME", help="The build's clock, such as 2026-01-31T08:00+08:00."),
        click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
        click.option("-v", "--verbose", is_flag=True, help="Print notices too."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def context_options(command: Command) -> Command:
    """Add the options that say how the site is read: with which cache, by how many processes."""
    options = [
        click.option("--no-cache", is_flag=True, help="Neither read nor write the cache."),
        click.option(
            "--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Folder of the cache [.notegen]."
        ),
        click.option("-j", "--jobs", type=click.IntRange(1), help="Processes to use [all processors]."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@cli.command()
@site_options
@click.option("-o", "--output", "-d", "--destination", type=click.Path(path_type=Path), help="Output folder [public].")
@click.option("--strict", is_flag=True, help="Let warnings fail the build.")
@click.option("--keep-going", is_flag=True, help="Write the site in spite of errors.")
@click.option("--force", is_flag=True, help="Overwrite files in the output folder that notegen did not write.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", help="How problems are printed."
)
@context_options
@click.option("--explain", is_flag=True, help="Say why each note and page was made anew.")
@click.option("--profile", is_flag=True, help="Print what each stage took.")
def build(output: Path | None, strict: bool, style: str, profile: bool, **given: Any) -> int:
    """Build the site into the output folder. With errors, the site that is there stays."""
    from notegen.app.profile import Profile
    from notegen.app.report import summary
    from notegen.cli.build_site import build_site
    from notegen.system.disk import Disk

    started, disk = time.perf_counter(), Disk()
    site, now = _open(given, disk, output)
    if site.unusable:
        _print(site.diagnostics, site, None, given, style)
        return USAGE
    measured = Profile()
    result = build_site(site, now, given, disk, measured)
    _print(result.diagnostics, site, result.tree, given, style)
    if not result.written and not given["quiet"]:
        click.echo(f"nothing was written{'; the site from the last good build stays' * result.kept}", err=True)
    if profile:
        click.echo(measured.table(), err=True)
    if given["verbose"]:
        click.echo(measured.cache_line(), err=True)
    if not given["quiet"]:
        notes = result.build.note_count
        took = time.perf_counter() - started
        click.echo(summary(notes, result.build.page_count, result.diagnostics, took), err=True)
    return _exit_code(result.diagnostics, strict=strict)


def _exit_code(found: "tuple[Diagnostic, ...]", *, strict: bool) -> int:
    from notegen.app.site_location import unusable
    from notegen.model.diagnostic import Severity

    if unusable(found):
        return USAGE
    worst = max((item.severity for item in found), default=Severity.INFO)
    return FAILED if worst >= (Severity.WARNING if strict else Severity.ERROR) else OK


@cli.command()
@site_options
@click.option("-o", "--output", "-d", "--destination", type=click.Path(path_type=Path), help="Output folder [public].")
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Folder of the cache [.notegen].")
def clean(output: Path | None, cache_dir: Path | None, **given: Any) -> int:
    """Delete what builds have written into the output folder, and the cache. Other files stay."""
    from notegen.app.report import counted
    from notegen.cli.clean import clean_site
    from notegen.system.disk import Disk

    disk = Disk()
    site, _ = _open(given, disk, output)
    if site.unusable:
        _print(site.diagnostics, site, None, given, "text")
        return USAGE
    deleted, problems = clean_site(site, cache_dir, disk)
    _print(problems, site, None, given, "text")
    if not given["quiet"]:
        click.echo(f"{counted(deleted, 'file')} deleted", err=True)
    return _exit_code(problems, strict=False)


def _open(given: dict[str, Any], disk: Any, output: Path | None) -> "tuple[OpenedSite, Any]":
    """Return the opened site and the build's clock. Wrong values are click's usage errors."""
    from notegen.app.site_location import Flags, moment, open_site
    from notegen.scan.config.rules import Wrong, base_url

    if not given["source"].is_dir():
        raise click.BadParameter(f"there is no folder {given['source']}", param_hint="--source")
    if given["config"] is not None and not given["config"].is_file():
        raise click.BadParameter(f"there is no file {given['config']}", param_hint="--config")
    address = base_url(given["base_url"] or "")
    if isinstance(address, Wrong):
        raise click.BadParameter(f"must be {address.expected} {address.hint}".rstrip(), param_hint="--base-url")
    try:
        now = moment(given["now"])
    except ValueError:
        raise click.BadParameter("not a time such as 2026-01-31T08:00+08:00", param_hint="--now") from None
    keys = ("source", "config", "base_url", "drafts", "future", "expired")
    return open_site(Flags(output=output, **{key: given[key] for key in keys}), disk), now


def _print(
    found: "Iterable[Diagnostic]", site: "OpenedSite", tree: "Tree | None", given: dict[str, Any], style: str
) -> None:
    """Print diagnostics: text to stderr (and annotations where GitHub runs us), or JSON to stdout."""
    from notegen.app.report import as_annotation, as_json, as_text, shown, worst_last
    from notegen.app.site_location import source_lines

    items = shown(found, quiet=given["quiet"], verbose=given["verbose"])
    if style == "json":
        click.echo(as_json(items))
        return
    lines = source_lines(site, tree)
    colour = _colour()
    for item in worst_last(items):
        click.echo(as_text(item, lines.__getitem__, colour=colour), err=True, color=colour)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for item in items:
            click.echo(as_annotation(item))


def _colour() -> bool:
    """Return whether stderr shows colours: NO_COLOR and CLICOLOR_FORCE decide before the terminal does."""
    if os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"} or sys.stderr.isatty()


@cli.command()
@site_options
@click.option("-p", "--port", type=click.IntRange(0, 65535), help="Port [the first free one from 8000 on].")
@click.option("--host", "--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-O", "--open", "browser", is_flag=True, help="Open the site in the browser.")
@click.option("--no-reload", is_flag=True, help="Leave the pages as they are; they do not follow changes.")
@click.option("--poll", is_flag=True, help="Look for changes every second: for network drives, which tell of none.")
@click.option("--no-drafts", is_flag=True, help="Hide drafts and future notes, as a build does.")
@context_options
def serve(
    port: int | None, host: str, browser: bool, no_reload: bool, poll: bool, no_drafts: bool, **given: Any
) -> None:
    """Show the site in the browser while it is written; drafts and future notes too. Nothing is written.

    Every save shows at once, mistakes are shown where one looks.
    """
    from notegen.app.site_location import Flags
    from notegen.cli.serve import POLL, Address, serve_site
    from notegen.server.loop import Options
    from notegen.system.disk import Disk

    _open(given, Disk(), None)  # wrong flags are told before anything starts
    for name in () if no_drafts else ("drafts", "future"):
        given[name] = True
    flags = Flags(**{name: given[name] for name in ("source", "config", "base_url", "drafts", "future", "expired")})
    serve_site(
        Address(host, port, browser, not no_reload),
        Options(flags, {**given, "explain": False, "preview": True, "colour": _colour()}, POLL if poll else 0.0),
    )


_LISTS = ("all", "drafts", "future", "pages", "tags", "categories")


@cli.command("list")
@site_options
@context_options
@click.argument("what", type=click.Choice(_LISTS), default="all")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(what: str, as_json: bool, **given: Any) -> int:
    """List the notes and pages of the site (drafts and future ones too), its tags or its categories.

    In JSON pages are listed by `pages` alone.
    """
    from notegen.app.context import reading_context
    from notegen.app.site_location import scan_site
    from notegen.build import link_tree
    from notegen.cli.list_notes import list_text
    from notegen.system.disk import Disk

    disk = Disk()
    site, now = _open({**given, "drafts": True, "future": True, "expired": True}, disk, None)
    if site.unusable:
        _print(site.diagnostics, site, None, given, "text")
        return USAGE
    with reading_context(site, given) as context:
        linked, _ = link_tree(scan_site(site, disk), now, context)
    click.echo(list_text(linked.site, what, as_json=as_json), nl=False)
    return OK


@cli.command("inspect")
@site_options
@context_options
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def inspect_command(file: Path, as_json: bool, **given: Any) -> int:
    """Show what notegen understood of one note: metadata, formulas, headings, links, problems."""
    from notegen.app.context import reading_context
    from notegen.app.site_location import scan_one
    from notegen.cli import inspect
    from notegen.read.cached_notes import read_notes
    from notegen.system.disk import Disk

    disk = Disk()
    site, _ = _open(given, disk, None)
    tree, diagnostics = scan_one(site, file.resolve(), disk)
    if site.unusable or not tree.notes:
        _print(diagnostics, site, tree, given, "text")
        return USAGE if site.unusable else FAILED
    with reading_context(site, given) as context:
        (note,) = read_notes(tree, context).value
    note = inspect.in_zone(note, tree.config.timezone)
    click.echo(inspect.as_json(note) if as_json else inspect.as_text(note))
    if not as_json:
        _print(inspect.problems(note), site, tree, {**given, "verbose": True}, "text")
    return OK
