"""Options of several commands as decorators, and what completes values; it imports next to nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]
source_option = click.option(
    "-s", "--source", type=click.Path(path_type=Path, file_okay=False), default=".", help="The site's folder."
)


def completed(name: str, *more: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """Return what completes a value in a shell: a function of cli.reference.completion, given the site's folder."""

    def values(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Any]:
        from notegen.cli.reference import completion

        offered: list[Any] = getattr(completion, name)(Path(context.params.get("source") or "."), *more, incomplete)
        return offered

    return values


def site_options(command: Command) -> Command:
    """Add the options that say which site is meant and which notes are shown."""
    options = [
        source_option,
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
