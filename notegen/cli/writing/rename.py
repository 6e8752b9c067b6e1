"""`notegen rename`: a note, a label or a tag gets another name; the links to it are mended, and looked at again."""

import codecs
from collections.abc import Mapping

import click

from notegen.app.context import reading_context
from notegen.app.report import counted
from notegen.app.site_location import OpenedSite, scan_site
from notegen.build import link_everything
from notegen.cli.command_site import Options, opened, print_diagnostics, run_options
from notegen.cli.exit_codes import FAILED, OK, USAGE
from notegen.rename.edits import Renaming, by_path, diff, edited
from notegen.rename.find import complete_renaming, find_renaming, texts_of
from notegen.system.disk import Disk


def rename_command(old: str, new: str, options: Options) -> int:
    """Rename a note, a label or a tag, and mend what names it. Return the exit code."""
    disk, run = Disk(), run_options(options)
    site, now = opened(options, disk)
    if site.unusable:
        print_diagnostics(site.diagnostics, site, None, run, "text")
        return USAGE
    with reading_context(site, run) as context:
        scanned = scan_site(site, disk)
        linking = link_everything(scanned.value, now, context)
        renaming = find_renaming(old, new, options["kind"] or "", linking)
        if isinstance(renaming, str):
            click.echo(renaming, err=True)
            return USAGE
        renamed = complete_renaming(
            renaming, linking, lambda tree: link_everything(tree, now, context), aliases=options["alias"]
        )
    renaming = renamed.renaming
    texts = texts_of(scanned.value)
    if options["dry_run"]:
        click.echo("\n".join(diff(renaming, texts)))
    elif problem := _write(renaming, texts, site, disk):
        click.echo(problem, err=True)
        return FAILED
    for line in renamed.problems:
        click.echo(line, err=True)
    count = len(by_path(renaming.edits))
    click.echo(f"{counted(len(renaming.edits), 'place')} in {counted(count, 'file')}", err=True)
    return FAILED if renamed.problems else OK


def _write(renaming: Renaming, texts: Mapping[str, str], site: OpenedSite, disk: Disk) -> str:
    """Write what a renaming changes, the file that moves last; return what went wrong."""
    root, files = site.location.root, by_path(renaming.edits)
    moved = dict([renaming.moved] if renaming.moved else [])
    for path in sorted({*files, *moved}, key=lambda path: path in moved):
        place, target = root / path, root / moved.get(path, path)
        try:
            if path in moved and target.exists():
                return f"{moved[path]} is there already"
            if path in moved and not target.resolve().is_relative_to((root / site.config.content_dir).resolve()):
                return f"{moved[path]} leads out of the content folder by a symbolic link"
            raw = disk.read(str(place))
            data = edited(texts[path], files.get(path, ())).encode()
            data = data.replace(b"\n", b"\r\n") if b"\r\n" in raw else data
            disk.write(target, codecs.BOM_UTF8 + data if raw.startswith(codecs.BOM_UTF8) else data)
            if path in moved:
                place.unlink()
        except OSError as error:
            return f"{moved.get(path, path)} cannot be written: {error.strerror or error}"
    return ""
