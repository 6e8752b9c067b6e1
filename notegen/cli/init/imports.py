"""`notegen import`: the export of another program becomes notes. Nothing is replaced."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from notegen.app.report import counted
from notegen.app.site_location import Flags, open_site
from notegen.cli.exit_codes import FAILED, OK, USAGE
from notegen.importers.imported import Import, UnreadableExportError, note_text, safe_name
from notegen.importers.read import read_export
from notegen.system.disk import Disk


class _Written(msgspec.Struct):
    """What was written and what was left."""

    notes: int = 0
    files: int = 0
    kept: list[str] = []
    failed: list[str] = []


def import_command(source: Path, options: dict[str, Any]) -> int:
    """Import an export. Return the exit code: FAILED where a file could not be written."""
    disk = Disk()
    try:
        imported = read_export(source, options["program"] or "", disk)
    except ImportError:
        click.echo('reading HTML of exports needs markdownify: pip install "notegen-ssg[import]"', err=True)
        return USAGE
    except UnreadableExportError as error:
        click.echo(f"{source}: {error}", err=True)
        return USAGE
    site = open_site(Flags(source=options["source"]), disk)
    content = site.location.root / site.config.content_dir
    folder = "/".join(
        safe_name(part) for part in (options["to"] or "").replace("\\", "/").split("/") if part.strip(". ")
    )
    if options["dry_run"]:
        for line in _plan(imported, content / folder):
            click.echo(line)
        written = _Written(len(imported.notes), len(imported.files))
    else:
        written = _write(imported, content / folder, disk)
    for line in _report(imported, written, content / folder, dry_run=options["dry_run"]):
        click.echo(line, err=True)
    return FAILED if written.failed else OK


def _plan(imported: Import, folder: Path) -> Iterator[str]:
    for note in imported.notes:
        exists = " (there already: it stays)" if (folder / note.path).exists() else ""
        aliases = note.fields.get("aliases")
        old = f"  <- {', '.join(aliases)}" if isinstance(aliases, tuple) and aliases else ""
        yield f"{note.path}{old}{exists}"
    for file in imported.files:
        yield file.path


def _write(imported: Import, folder: Path, disk: Disk) -> _Written:
    """Write what is not there yet."""
    written = _Written()
    for note in imported.notes:
        written.notes += _write_new(folder, note.path, note_text(note).encode(), written, disk)
    for file in imported.files:
        if (folder / file.path).exists():
            written.kept.append(file.path)
            continue
        try:
            data = file.read()
        except (UnreadableExportError, OSError) as error:
            written.failed.append(f"{file.path}: {error}")
            continue
        written.files += _write_new(folder, file.path, data, written, disk)
    return written


def _write_new(folder: Path, path: str, data: bytes, written: _Written, disk: Disk) -> bool:
    place = folder / path
    if place.exists() or place.is_symlink():
        written.kept.append(path)
        return False
    if not place.parent.resolve().is_relative_to(folder.resolve()):  # a link among the folders leads out
        written.failed.append(f"{path}: a link leads out of {folder}")
        return False
    try:
        disk.write(place, data)
    except OSError as error:
        written.failed.append(f"{path}: {error.strerror or error}")
        return False
    return True


def _report(imported: Import, written: _Written, folder: Path, *, dry_run: bool) -> Iterator[str]:
    drafts = sum(bool(note.fields.get("draft")) for note in imported.notes)
    aliases = sum(bool(note.fields.get("aliases")) for note in imported.notes)
    word = "would be written" if dry_run else "written"
    notes, files = counted(written.notes, "note"), counted(written.files, "file")
    yield f"{notes} ({drafts} of them drafts) and {files} {word} to {folder}"
    if aliases:
        yield f"old addresses: {counted(aliases, 'note')} have theirs as an alias, which leads to the new one"
    if imported.moved:
        yield "old addresses of lists, for site.yaml:"
        yield "redirects:"
        yield from (f"  {old}: {new}" for old, new in imported.moved.items())
    if written.kept:
        yield f"there already, left as they are: {len(written.kept)} ({', '.join(written.kept[:5])})"
    yield from (f"not written: {line}" for line in written.failed)
    yield from imported.remarks
