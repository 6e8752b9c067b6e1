"""`notegen list`: what the site holds, for people and for programs."""

import json
from pathlib import Path
from typing import Any

import click
import msgspec

from notegen.app.context import reading_context, state_folder
from notegen.app.site_location import scan_site
from notegen.build import link_tree, make_files
from notegen.cache.whole_build import find_build
from notegen.cli.command_site import Options, opened, print_diagnostics, run_options
from notegen.cli.exit_codes import OK, USAGE, exit_code
from notegen.emit.public_list import public_list_file, read_public_list
from notegen.model.diagnostic import Severity
from notegen.model.output import Published
from notegen.model.site import RenderedNote, Site
from notegen.routes.urls import quote_path
from notegen.system.disk import Disk

_ORDER = ("note", "page", "file", "made")  # of what is public: the author's own before what is made of it
LAST = "last"  # --since: the last build


def list_command(options: Options, what: str, *, as_json: bool) -> int:
    """Print the list; see `list_text`. Return the exit code."""
    disk, run = Disk(), run_options(options)
    site, now = opened({**options, "drafts": True, "future": True, "expired": True}, disk)
    if site.unusable:
        print_diagnostics(site.diagnostics, site, None, run)
        return USAGE
    if not as_json:
        recognised = [item for item in site.diagnostics if item.code == "dialect-recognised"]
        print_diagnostics(recognised, site, None, run)
    with reading_context(site, run) as context:
        linked, _ = link_tree(scan_site(site, disk), now, context)
    click.echo(list_text(linked.site, what, as_json=as_json), nl=False)
    return OK


def list_text(site: Site, what: str, *, as_json: bool) -> str:
    """Return the list as text or JSON. `what` is "all", "drafts", "future", "pages", "tags" or "categories".

    For people pages stand behind the notes, marked. Programs get them by "pages" alone: "all" are all notes.
    """
    rows = _rows(site, what, pages=not as_json)
    if as_json:
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if what in {"tags", "categories"}:
        return "".join(f"{row['count']:5}  {row['name']}\n" for row in rows)
    return "".join(f"{(row['date'] or '')[:10]:10}  {row['path']}  {row['title']}{_marks(row)}\n" for row in rows)


def _rows(site: Site, what: str, *, pages: bool) -> list[dict[str, Any]]:
    if what in {"tags", "categories"}:
        terms = [term for one in site.languages for term in (one.tags if what == "tags" else one.categories)]
        return [{"name": term.name, "url": term.url, "count": term.count} for term in terms]
    posts = [note for one in site.languages for note in (*one.notes, *one.unlisted)]
    notes = [_row(note) for note in posts] if what != "pages" else []
    if pages or what == "pages":
        notes += [{**_row(page), "page": True} for one in site.languages for page in one.pages]
    return [row for row in notes if what in {"all", "pages"} or row["draft" if what == "drafts" else "future"]]


def _row(note: RenderedNote) -> dict[str, Any]:
    ref = note.ref
    return {
        "path": ref.path,
        "url": ref.url,
        "title": ref.title,
        "date": ref.date.isoformat() if ref.date else None,
        "category": ref.category.name if ref.category else None,
        "tags": [term.name for term in ref.tags],
        "draft": ref.draft,
        "future": ref.future,
        "unlisted": note.unlisted,
    }


def _marks(row: dict[str, Any]) -> str:
    return "".join(f" [{word}]" for word in ("page", "draft", "future", "unlisted") if row.get(word))


class PublicRow(msgspec.Struct):
    """A line of the list in JSON: an address below the base path, its source ("": made by notegen), the reason."""

    address: str
    source: str
    reason: str


def public_command(options: Options, output: Path | None, *, since: str | None, as_json: bool) -> int:
    """Print what a build would publish now; with `since` only what was not public then. Return the exit code."""
    disk, run = Disk(), run_options(options)
    site, now = opened(options, disk, output)
    if site.unusable:
        print_diagnostics(site.diagnostics, site, None, run)
        return USAGE
    state, _ = state_folder(site, run.cache_dir)
    known = _earlier(since, public_list_file(state, site.location.output), disk)
    scanned = scan_site(site, disk)
    with reading_context(site, run) as context:
        built = find_build(scanned, now, context) or make_files(scanned, now, context)
    errors = [item for item in built.diagnostics if item.severity is Severity.ERROR]
    print_diagnostics(errors, site, scanned.value, run)
    public = sorted(built.public, key=lambda item: _ORDER.index(item.kind))
    rows = [row for row in map(_public_row, public) if known.get(row.address) != row.source]
    click.echo(public_text(rows, as_json=as_json), nl=False)
    return exit_code(errors)


def public_text(rows: list[PublicRow], *, as_json: bool) -> str:
    """Return the list as text, one line an address, or as JSON."""
    if as_json:
        return json.dumps([msgspec.to_builtins(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    return "".join(f"{row.address}  {row.source or '-'}  {row.reason}\n" for row in rows)


def _public_row(item: Published) -> PublicRow:
    return PublicRow(_address(item.path), item.source, item.reason)


def _address(path: str) -> str:
    """Return the address of an output path below the base path, percent-encoded."""
    whole = "/" + path
    return quote_path(whole.removesuffix("index.html") if whole.endswith("/index.html") else whole)


def _earlier(since: str | None, file: Path, disk: Disk) -> dict[str, str]:
    """Return the source of each address that was public earlier. Raises click.BadParameter where nobody knows."""
    if since is None:
        return {}
    if since == LAST:
        before = read_public_list(file, disk)
        if before is None:
            raise click.BadParameter("no earlier build of this output folder is known", param_hint="--since")
        return {_address(path): source for path, source in before.items()}
    try:
        text = disk.read(Path(since)).decode("utf-8")
        rows = (
            msgspec.json.decode(text, type=list[PublicRow])
            if text.startswith("[")
            else list(map(_parsed, text.split("\n")))
        )
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise click.BadParameter(f"no list of `notegen list public`: {error}", param_hint="--since") from None
    return {row.address: row.source for row in rows if row.address}


def _parsed(line: str) -> PublicRow:
    address, _, tail = line.partition("  ")
    source = tail.rpartition("  ")[0]
    return PublicRow(address, "" if source == "-" else source, "")
