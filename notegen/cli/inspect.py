"""`notegen inspect FILE`: what notegen understood of one note, for editors, tests and puzzled authors."""

import json
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec

from notegen.app.context import reading_context
from notegen.app.notebook_places import placed
from notegen.app.report import as_row, counted
from notegen.app.site_location import scan_one
from notegen.build import notes_alone
from notegen.cli.command_site import Options, opened, print_diagnostics, run_options
from notegen.cli.exit_codes import FAILED, OK, USAGE
from notegen.link.targets.unknown_labels import of_one
from notegen.model.body import INNER, Body, CiteHole, EmbedHole, ImageHole, Piece, UrlHole, WikiHole
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Formula, Meta, Note
from notegen.model.source import Notebook
from notegen.system.disk import Disk

_NOTHING = Meta()
_DATES = ("date", "updated", "expires")
_ALWAYS = frozenset({"date", "categories", "tags"})
_BLOCKS = frozenset({"p", "li", "div", "blockquote", "pre", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})


def inspect_command(options: Options, file: Path, *, json_output: bool) -> int:
    """Print what notegen understood of the note `file`, and what is wrong with it. Return the exit code."""
    disk, run = Disk(), run_options(options)
    site, _ = opened(options, disk)
    tree, diagnostics = scan_one(site, file.resolve(), disk)
    if site.unusable or not tree.notes:
        print_diagnostics(diagnostics, site, tree, run)
        return USAGE if site.unusable else FAILED
    with reading_context(site, run) as context:
        (note,) = notes_alone(tree, context)
    note = in_zone(note, tree.config.timezone)
    notebook = tree.notes[0].notebook
    click.echo(as_json(note, notebook) if json_output else as_text(note, notebook))
    if not json_output:
        print_diagnostics(problems(note), site, tree, msgspec.structs.replace(run, verbose=True))
    return OK


def in_zone(note: Note, timezone: str) -> Note:
    """Return a note with the dates of its front matter in the site's zone, as its page shows them."""
    zone = ZoneInfo(timezone)
    dates = {name: value.astimezone(zone) for name in _DATES if (value := getattr(note.meta, name)) is not None}
    return msgspec.structs.replace(note, meta=msgspec.structs.replace(note.meta, **dates))


def as_json(note: Note, notebook: Notebook | None = None) -> str:
    """Return the note as JSON. Lines and columns count from 1 in the file, columns in characters.

    Those of a notebook are in the cell that `cell` gives beside them.
    """
    return json.dumps(_value(note, notebook), ensure_ascii=False, indent=2)


def _in_cells(rows: list[dict[str, Any]], notebook: Notebook | None) -> list[dict[str, Any]]:
    """Return rows with a line, as those of the cells of a notebook."""
    if notebook is None or notebook.by_line:
        return rows
    placed = ((row, notebook.place(row["line"])) for row in rows)
    return [{**row, "cell": cell, "line": line} for row, (cell, line, _) in placed]


def _value(note: Note, notebook: Notebook | None) -> dict[str, Any]:
    meta = msgspec.to_builtins(note.meta)
    return {
        "path": note.path,
        "title": note.title,
        "meta": meta,
        "words": note.words,
        "minutes": note.minutes,
        "excerpt": excerpt_text(note),
        "headings": _in_cells(
            [{"level": item.level, "id": item.id, "text": item.text, "line": item.line} for item in note.headings],
            notebook,
        ),
        "formulas": _in_cells([_formula(item) for item in in_file_order(note)], notebook),
        "links": _in_cells(_links(note.body), notebook),
        "labels": note.labels,
        "diagnostics": [as_row(item) for item in placed(problems(note), note.path, notebook)],
    }


def problems(note: Note) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the note alone."""
    return (*note.diagnostics, *of_one(note))


def _formula(item: Formula) -> dict[str, Any]:
    return {
        "kind": "display" if item.display else "inline",
        "latex": item.latex,
        "line": item.line,
        "column": item.column,
        "number": item.number or None,
        "label": item.label or None,
        "engine": item.engine or None,
    }


def in_file_order(note: Note) -> list[Formula]:
    """Return the formulas in the order of the file; those of footnotes are rendered at its end."""
    return sorted(note.formulas, key=lambda item: (item.line, item.column))


_KINDS = {WikiHole: "wiki", ImageHole: "image", EmbedHole: "embed"}


def _links(body: Body) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for hole in body.holes:
        if isinstance(hole, INNER):
            continue
        fragment = f"#{hole.fragment}" if isinstance(hole, (WikiHole, EmbedHole)) and hole.fragment else ""
        kind = hole.kind if isinstance(hole, UrlHole) else _KINDS[type(hole)]
        if hole.line and not (kind == "link" and hole.target.startswith("#")):
            rows.append({"kind": kind, "target": hole.target + fragment, "line": hole.line, "column": hole.column})
    return rows


def excerpt_text(note: Note) -> str:
    """Return the excerpt as HTML, its holes as the author wrote them."""
    return "".join(map(_as_written, note.excerpt.pieces()))


def _as_written(piece: str | Piece) -> str:
    if isinstance(piece, CiteHole):
        return piece.written
    return piece if isinstance(piece, str) else "" if isinstance(piece, INNER) else piece.target


def as_text(note: Note, notebook: Notebook | None = None) -> str:
    """Return the note for people: one line a fact. The excerpt is its text, formulas as LaTeX.

    Of a notebook numbers of cells stand in place of those of lines.
    """
    if notebook is not None and not notebook.by_line:
        note = _by_cell(note, notebook)
    lines = [note.path, f"  {'title':11} {note.title}", *_meta_lines(note.meta)]
    lines += [f"  {'length':11} {counted(note.words, 'word')}, {note.minutes} min", "", "excerpt"]
    lines += [f"  {line}" for line in _Text.of(excerpt_text(note)).splitlines()]
    lines += ["", counted(len(note.headings), "heading")]
    lines += [f"  {item.line:5}  {'#' * item.level} {item.text}  ({item.id})" for item in note.headings]
    lines += ["", counted(len(note.formulas), "formula")]
    lines += [_formula_line(item) for item in in_file_order(note)]
    links = _links(note.body)
    lines += ["", counted(len(links), "link")]
    lines += [f"  {row['line']:5}:{row['column']:<4} {row['kind']:5}  {row['target']}" for row in links]
    return "\n".join(lines)


def _by_cell(note: Note, notebook: Notebook) -> Note:
    """Return the note with cells as lines."""

    def at(line: int) -> int:
        return notebook.place(line)[0]

    holes = tuple(
        hole if isinstance(hole, INNER) else msgspec.structs.replace(hole, line=at(hole.line), column=0)
        for hole in note.body.holes
    )
    return msgspec.structs.replace(
        note,
        headings=tuple(msgspec.structs.replace(item, line=at(item.line)) for item in note.headings),
        formulas=tuple(msgspec.structs.replace(item, line=at(item.line)) for item in in_file_order(note)),
        body=msgspec.structs.replace(note.body, holes=holes),
    )


def _meta_lines(meta: Meta) -> Iterator[str]:
    """Yield a line for each field of the front matter that says something; date, categories and tags always."""
    for name in meta.__struct_fields__:
        value = getattr(meta, name)
        if name != "title" and (name in _ALWAYS or value != getattr(_NOTHING, name)):
            yield f"  {name.replace('_', ' '):11} {_words(value) or 'none'}"


def _words(value: Any) -> str:
    """Return a value of the front matter in words; a path of categories is `a/b`."""
    if isinstance(value, tuple):
        return ", ".join("/".join(item) if isinstance(item, tuple) else str(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, datetime) else "" if value is None else str(value)


def _formula_line(item: Formula) -> str:
    kind = "display" if item.display else "inline"
    extra = f"  ({item.number})" if item.number else ""
    extra += f"  {item.label}" if item.label else ""
    latex = item.latex.replace("\n", "\n" + " " * 34)
    return f"  {item.line:5}:{item.column:<4} {kind:7}  {item.engine or 'FAILED':10}  {latex}{extra}"


class _Text(HTMLParser):
    """Gathers the text of HTML: a line for each block, formulas as their LaTeX."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._hidden = 0  # depth of `<math>`
        self._latex = False

    @classmethod
    def of(cls, html: str) -> str:
        """Return the text of `html`, its lines without space around them."""
        parser = cls()
        parser.feed(html)
        parser.close()
        lines = (" ".join(line.split()) for line in "".join(parser._parts).splitlines())
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "math":
            self._hidden += 1
            self._parts.append("\n$$" if ("display", "block") in attrs else "$")
        self._latex = tag == "annotation"
        if tag in _BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "math":
            self._hidden -= 1
            self._parts.append("$$\n" if self._parts[-2:-1] == ["\n$$"] else "$")
        self._latex = False

    def handle_data(self, data: str) -> None:
        if self._latex or not self._hidden:
            self._parts.append(" ".join(data.split("\n")) if self._latex else data)
