"""`notegen export NOTE --to …`: one note, linked as in its site, in the form that another place takes."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click
import msgspec

from notegen.app.context import reading_context
from notegen.app.site_location import OpenedSite, scan_site
from notegen.build import link_tree, notes_alone
from notegen.cli.command_site import Options, opened, print_diagnostics, run_options
from notegen.cli.exit_codes import FAILED, OK, USAGE
from notegen.export.source import ExportedNote
from notegen.model.config import Config
from notegen.model.diagnostic import Severity
from notegen.model.note import Note
from notegen.model.site import Linked, RenderedNote
from notegen.model.source import Asset
from notegen.model.strings import Url
from notegen.routes.urls import base_of, site_path
from notegen.system.disk import Disk

ENDINGS = {"markdown": ".md", "zhihu": ".zhihu.md", "wechat": ".wechat.html", "epub": ".epub", "pdf": ".pdf"}
_TEXTS = frozenset(("markdown", "zhihu", "wechat"))
_ELSEWHERE = frozenset(("zhihu", "wechat"))  # places whose readers have no files of the site


def export_command(options: Options, file: Path, *, to: str, output: Path | None) -> int:
    """Write a note in the form of `to`, one of ENDINGS, and print the file's path. Return the exit code."""
    disk, run = Disk(), run_options(options)
    site, now = opened({**options, "drafts": True, "future": True, "expired": True}, disk)
    if site.unusable:
        print_diagnostics(site.diagnostics, site, None, run)
        return USAGE
    with reading_context(site, run) as context:
        scanned = scan_site(site, disk)
        linked, diagnostics = link_tree(scanned, now, context)
        path = _path_in(site, file)
        alone = msgspec.structs.replace(
            scanned.value, notes=tuple(source for source in scanned.value.notes if source.path == path)
        )
        notes = notes_alone(alone, context)
    rendered = next((note for note in _all_notes(linked) if note.ref.path == path), None)
    problems = [item for item in diagnostics if item.path == path and item.severity >= Severity.WARNING]
    print_diagnostics(problems, site, scanned.value, run)
    if rendered is None:
        click.echo(f"{file} is none of the site's notes; `notegen list` names them", err=True)
        return USAGE
    contents = _written(_exported(rendered, notes[0], linked, scanned.value.config, disk), to)
    if isinstance(contents, str):
        click.echo(contents, err=True)
        return FAILED
    if to in _ELSEWHERE and "://" not in rendered.ref.permalink:
        click.echo("site.yaml has no base_url with a host: links to other notes lead nowhere from there", err=True)
    return _write(contents, output or Path(Path(path).stem + ENDINGS[to]), is_text=to in _TEXTS)


def _path_in(site: OpenedSite, file: Path) -> str:
    """Return the path of a file below the site's folder; "" for a file elsewhere."""
    whole, root = file.resolve(), site.location.root.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else ""


def _all_notes(linked: Linked) -> list[RenderedNote]:
    return [note for one in linked.site.languages for note in (*one.notes, *one.unlisted, *one.pages)]


def _exported(rendered: RenderedNote, note: Note, linked: Linked, config: Config, disk: Disk) -> ExportedNote:
    base, ref = base_of(config.base_url), rendered.ref
    assets: Mapping[str, Asset] = {file.path: file.asset for file in linked.files.values()}

    def picture(address: str) -> bytes | None:
        asset = assets.get(site_path(Url(address.partition("#")[0]), base).lstrip("/"))
        return disk.read(Path(asset.location)) if asset else None

    date = ref.date.isoformat() if ref.date else ""
    author = ", ".join(rendered.authors) or config.author
    macros = {**config.math.macros, **note.meta.macros}
    language = ref.lang or config.language
    return ExportedNote(
        ref.title, ref.title_html, rendered.html, ref.permalink, language, author, date, macros, picture
    )


def _written(note: ExportedNote, to: str) -> bytes | str:
    """Return the file's bytes, or in words why there is none."""
    if to == "markdown":
        from notegen.jinja.markdown import markdown

        return f"# {note.title}\n\n{markdown(note.html, note.url)}".encode()
    if to == "zhihu":
        from notegen.export.zhihu import zhihu

        return zhihu(note).encode()
    if to == "wechat":
        from notegen.export.wechat import wechat

        return wechat(note).encode()
    if to == "epub":
        from notegen.export.epub import epub

        return epub(note)
    from notegen.export.pdf import find_browser, pdf

    browser = find_browser()
    return pdf(note, browser) if browser else "no Chromium was found, which prints PDF: install chromium or Chrome"


def _write(data: bytes, output: Path, *, is_text: bool) -> int:
    """Write the file, or to standard output for `-`, which is for texts."""
    if str(output) == "-":
        if not is_text and sys.stdout.isatty():
            click.echo("this is no text: name a file with -o", err=True)
            return USAGE
        click.echo(data, nl=False)
        return OK
    try:
        output.write_bytes(data)
    except OSError as error:
        click.echo(f"cannot write {output}: {error.strerror or error}", err=True)
        return FAILED
    click.echo(output)
    return OK
