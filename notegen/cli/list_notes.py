"""`notegen list`: what the site holds, for people and for programs."""

import json
from typing import Any

import click

from notegen.app.context import reading_context
from notegen.app.site_location import scan_site
from notegen.build import link_tree
from notegen.cli.exit_codes import OK, USAGE
from notegen.cli.options import Options, opened, print_diagnostics, run_options
from notegen.model.site import RenderedNote, Site
from notegen.system.disk import Disk


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
        terms = site.tags if what == "tags" else site.categories
        return [{"name": term.name, "url": term.url, "count": term.count} for term in terms]
    notes = [_row(note) for note in (*site.notes, *site.unlisted)] if what != "pages" else []
    if pages or what == "pages":
        notes += [{**_row(page), "page": True} for page in site.pages]
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
