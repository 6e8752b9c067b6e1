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
from notegen.model.diagnostic import Result
from notegen.rename.edits import Renaming, by_path, diff, edited
from notegen.rename.find import find_renaming, renamed_tree, with_address
from notegen.rename.note import lost_links
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
        linking = link_everything(scanned, now, context)
        renaming = find_renaming(old, new, options["kind"] or "", linking)
        if isinstance(renaming, str):
            click.echo(renaming, err=True)
            return USAGE
        after = link_everything(Result(renamed_tree(scanned.value, renaming)), now, context)
        if renaming.moved:
            renaming = with_address(renaming, linking, after, aliases=options["alias"])
            after = link_everything(Result(renamed_tree(scanned.value, renaming)), now, context)
    texts = {note.path: note.text for note in scanned.value.notes} | {
        site.location.config_path: site.location.config_text
    }
    if options["dry_run"]:
        click.echo("\n".join(diff(renaming, texts)))
    elif problem := _write(renaming, texts, site, disk):
        click.echo(problem, err=True)
        return FAILED
    problems = (*renaming.problems, *lost_links(linking, after, renaming.moved))
    for line in dict.fromkeys(problems):
        click.echo(line, err=True)
    count = len(by_path(renaming.edits))
    click.echo(f"{counted(len(renaming.edits), 'place')} in {counted(count, 'file')}", err=True)
    return FAILED if problems else OK


def _write(renaming: Renaming, texts: Mapping[str, str], site: OpenedSite, disk: Disk) -> str:
    """Write what a renaming changes, the file that moves last; return what went wrong."""
    root, files = site.location.root, by_path(renaming.edits)
    moved = dict([renaming.moved] if renaming.moved else [])
    for path in sorted({*files, *moved}, key=lambda path: path in moved):
        place, target = root / path, root / moved.get(path, path)
        try:
            if path in moved and target.exists():
                return f"{moved[path]} is there already"
            raw = disk.read(str(place))
            data = edited(texts[path], files.get(path, ())).encode()
            data = data.replace(b"\n", b"\r\n") if b"\r\n" in raw else data
            disk.write(target, codecs.BOM_UTF8 + data if raw.startswith(codecs.BOM_UTF8) else data)
            if path in moved:
                place.unlink()
        except OSError as error:
            return f"{moved.get(path, path)} cannot be written: {error.strerror or error}"
    return ""
