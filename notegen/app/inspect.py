"""`notegen inspect FILE`: what notegen understood of one note, for editors, tests and puzzled authors."""

import json
from typing import Any

import msgspec

from notegen.app.report import as_row
from notegen.model.note import Body, EmbedHole, Formula, IdHole, ImageHole, Note, Seam, UrlHole, WikiHole


def as_json(note: Note) -> str:
    """Return the note as JSON. Lines and columns count from 1 in the file, columns in characters."""
    return json.dumps(_value(note), ensure_ascii=False, indent=2)


def _value(note: Note) -> dict[str, Any]:
    meta = msgspec.to_builtins(note.meta)
    return {
        "path": note.path,
        "title": note.title,
        "meta": meta,
        "words": note.words,
        "minutes": note.minutes,
        "excerpt": excerpt_text(note),
        "headings": [
            {"level": item.level, "id": item.id, "text": item.text, "line": item.line} for item in note.headings
        ],
        "formulas": [_formula(item) for item in in_file_order(note)],
        "links": _links(note.body),
        "labels": note.labels,
        "diagnostics": [as_row(item) for item in note.diagnostics],
    }


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
    for hole in body:
        if isinstance(hole, (str, IdHole, Seam)):
            continue
        fragment = f"#{hole.fragment}" if isinstance(hole, (WikiHole, EmbedHole)) and hole.fragment else ""
        kind = hole.kind if isinstance(hole, UrlHole) else _KINDS[type(hole)]
        if hole.line and not (kind == "link" and hole.target.startswith("#")):
            rows.append({"kind": kind, "target": hole.target + fragment, "line": hole.line, "column": hole.column})
    return rows


def excerpt_text(note: Note) -> str:
    """Return the excerpt as HTML, its holes as the author wrote them."""
    shown = (piece for piece in note.excerpt if not isinstance(piece, (IdHole, Seam)))
    return "".join(piece if isinstance(piece, str) else piece.target for piece in shown)


def as_text(note: Note) -> str:
    """Return the note for people: one line a fact."""
    meta = note.meta
    lines = [
        f"{note.path}",
        f"  title     {note.title}",
        f"  date      {meta.date.isoformat() if meta.date else 'none'}",
        f"  category  {', '.join('/'.join(path) for path in meta.categories) or 'none'}",
        f"  tags      {', '.join(meta.tags) or 'none'}",
        f"  length    {note.words} words, {note.minutes} min",
    ]
    lines += ["", f"{len(note.headings)} headings"]
    lines += [f"  {item.line:5}  {'#' * item.level} {item.text}  ({item.id})" for item in note.headings]
    lines += ["", f"{len(note.formulas)} formulas"]
    lines += [_formula_line(item) for item in in_file_order(note)]
    links = _links(note.body)
    lines += ["", f"{len(links)} links"]
    lines += [f"  {row['line']:5}:{row['column']:<4} {row['kind']:5}  {row['target']}" for row in links]
    return "\n".join(lines)


def _formula_line(item: Formula) -> str:
    kind = "display" if item.display else "inline"
    extra = f"  ({item.number})" if item.number else ""
    extra += f"  {item.label}" if item.label else ""
    latex = item.latex.replace("\n", "\n" + " " * 34)
    return f"  {item.line:5}:{item.column:<4} {kind:7}  {item.engine or 'FAILED':10}  {latex}{extra}"
