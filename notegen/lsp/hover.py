"""What an editor shows of the thing under the pointer: a formula as it is read, the note behind a link.

Pictures are SVG in the address itself, on white ground: editors show no MathML and cannot give pictures their colours.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from html import unescape

from notegen.bibliography.latex_text import latex_text
from notegen.jinja.html_tree import parse_html
from notegen.link.bodies.formula_svg import as_svg
from notegen.lsp.analysis import Analysis
from notegen.lsp.symbols import Reader, Symbol, formula_at, macros_of
from notegen.math.latex.expand import expand
from notegen.math.latex.macro_table import read_macros
from notegen.math.latex.tokens import spell, tokenize
from notegen.math.plain_text.text import readable
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from notegen.model.note import Formula, Note
from notegen.reference.schema import front_matter_schema
from notegen.system.time_zones import find_zone
from notegen.text.patterns import lazy_regex

_PADDING = 6  # pixels around a picture
_VIEW = lazy_regex(r'viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"')
_SIZE = lazy_regex(r'\s(?:width|height|style)="[^"]*"')
_TAGS = lazy_regex(r"<[^<>]*>")
_MOST = 400  # characters of an excerpt
_LARGEST = 60_000  # bytes of a picture


def hover_of_symbol(symbol: Symbol, reader: Reader, *, pictures: bool) -> str:
    """Return the hover text of a symbol, as Markdown; "" for nothing. `pictures`: whether the editor shows any."""
    analysis = reader.analysis
    makers: Mapping[str, Callable[[], str]] = {
        "note": lambda: _note_text(symbol, analysis),
        "file": lambda: _file_text(symbol.name, analysis),
        "label": lambda: _label_text(symbol.name, reader, pictures=pictures),
        "work": lambda: _work_text(symbol.name, analysis),
        "macro": lambda: f"```latex\n\\{symbol.name} → {macros_of(reader)[symbol.name]}\n```",
        "tag": lambda: _tag_text(symbol.name, analysis),
    }
    return makers[symbol.kind]()


def hover_of_formula(reader: Reader, offset: int, *, pictures: bool) -> tuple[str, int, int] | None:
    """Return a formula at an offset as Markdown, and its place; None where there is none."""
    placed = formula_at(reader, offset)
    if placed is None:
        return None
    formula, start, end = placed
    return formula_text(formula, reader.note, macros_of(reader), pictures=pictures), start, end


def formula_text(formula: Formula, note: Note | None, macros: dict[str, str], *, pictures: bool) -> str:
    """Return a formula as Markdown: a picture, the words in which it is read, its LaTeX without macros."""
    before = [item for item in note.formulas if item.engine == "macros" and item.line <= formula.line] if note else []
    parts = [_picture([*before, formula], macros)] if pictures else []
    if not any(parts):
        parts = [readable(formula.latex, macros)]
    latex = _expanded(formula.latex, macros)
    number = f"({formula.number})" if formula.number else ""
    parts += [number, f"```latex\n{latex}\n```"]
    return "\n\n".join(filter(None, parts))


def _picture(formulas: list[Formula], macros: dict[str, str]) -> str:
    """Return the last of the formulas as a picture; "" where it cannot be drawn."""
    snippets = [Snippet(item.latex, item.display, item.label) for item in formulas]
    rendered = render_formulas(snippets, macros).formulas[-1]
    math = next(iter(parse_html(rendered.html).all("math")), None)
    svg = as_svg(math) if math is not None and rendered.engine else ""
    view = _VIEW.search(svg)
    if view is None or not svg.startswith("<svg") or len(svg) > _LARGEST:
        return ""
    left, top, width, height = (float(number) for number in view.groups())
    left, top, width, height = left - _PADDING, top - _PADDING, width + 2 * _PADDING, height + 2 * _PADDING
    head, inside = svg[: svg.index(">")], svg[svg.index(">") + 1 :]
    size = f'width="{width:.2f}" height="{height:.2f}" viewBox="{left:.2f} {top:.2f} {width:.2f} {height:.2f}"'
    ground = f'<rect x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}" rx="4" fill="white"/>'
    picture = f"{_SIZE.sub('', _VIEW.sub('', head)).rstrip()} {size}>{ground}{inside}"
    words = re.sub(r"[\[\]\\\n]", " ", readable(formulas[-1].latex, macros))
    return f"![{words}](data:image/svg+xml;base64,{b64encode(picture.encode()).decode()})"


def _expanded(latex: str, macros: dict[str, str]) -> str:
    """Return LaTeX with the macros of the site in their long form."""
    table, _ = read_macros({name: body for name, body in macros.items() if f"\\{name}" in latex})
    if not table:
        return latex.strip()
    expanded = expand(tokenize(latex), table)
    return latex.strip() if expanded.problem else spell(expanded.tokens).strip()


def _note_text(symbol: Symbol, analysis: Analysis) -> str:
    note = analysis.by_path.get(symbol.name)
    if note is None:
        return ""
    heading = (
        next((heading for heading in note.headings if heading.id == symbol.anchor), None) if symbol.anchor else None
    )
    block = next((block for block in note.block_labels.values() if block.anchor == symbol.anchor), None)
    words = heading.text if heading else block.text if block and symbol.anchor else ""
    title = f"**{note.title}**" + (f" › {words}" if words else "")
    zone = find_zone(analysis.tree.config.timezone) if analysis.tree else None
    date = note.meta.date.astimezone(zone).date().isoformat() if note.meta.date else ""
    known = [date, "draft" if note.meta.draft else ""]
    text = _below(heading.line, analysis.text(note.path) or "") if heading else note.meta.summary or note.description
    return "\n\n".join(filter(None, (title, " · ".join(filter(None, known)), text, f"`{note.path}`")))


def _below(line: int, text: str) -> str:
    """Return the first paragraph below a heading, as its author wrote it."""
    lines = text.split("\n")[line:]
    body = "\n".join(lines).strip("\n").partition("\n\n")[0]
    return "" if body.startswith("#") else body[:_MOST]


def _label_text(label: str, reader: Reader, *, pictures: bool) -> str:
    """Return what has a label: an equation as a formula, anything else by its words and the lines around it."""
    for note in reader.analysis.notes:
        place = "" if note.path == reader.path else f"\n\n`{note.path}`"
        if label in note.labels:
            formula = next(
                (item for item in note.formulas if item.label == label or f"\\label{{{label}}}" in item.latex), None
            )
            site = reader.analysis.tree.config.math.macros if reader.analysis.tree else {}
            macros = {name.lstrip("\\"): body for name, body in {**site, **note.meta.macros}.items()}
            words = f"({note.labels[label]})" if note.labels[label] else ""
            return (formula_text(formula, note, macros, pictures=pictures) if formula else words) + place
        if label in note.block_labels:
            block = note.block_labels[label]
            words = unescape(_TAGS.sub("", block.html)) or block.text
            return f"**{words}**{place}"
    return ""


def _work_text(key: str, analysis: Analysis) -> str:
    file, entry = analysis.entries.get(key, ("", None))
    if entry is None:
        return ""
    fields = {name: latex_text(value) if entry.latex else value for name, value in entry.fields.items()}
    authors = fields.get("author", "").replace(" and ", ", ") or ", ".join(name.family for name in entry.names)
    year = fields.get("year", fields.get("date", ""))[:4]
    where = fields.get("journal", "") or fields.get("booktitle", "") or fields.get("journaltitle", "")
    lines = (f"**{fields.get('title', key)}**", f"{authors} ({year})" if year else authors, where, f"`{file}`: {key}")
    return "\n\n".join(filter(None, lines))


def hover_of_key(line: str, column: int) -> str:
    """Return what a key of front matter means, for a place in its line; "" for none."""
    match = re.match(r"([A-Za-z_-]+)[ \t]*:", line)
    if match is None or column > match.end(1):
        return ""
    known = front_matter_schema()["properties"].get(match[1].lower().replace("-", "_"), {})
    return f"**{match[1]}**: {known['description']}" if known.get("description") else ""


def _tag_text(tag: str, analysis: Analysis) -> str:
    count = sum(tag in note.meta.tags for note in analysis.notes)
    return f"**#{tag}** · {count} {'note' if count == 1 else 'notes'}"


def _file_text(path: str, analysis: Analysis) -> str:
    assets = analysis.tree.assets.values() if analysis.tree else ()
    asset = next((asset for asset in assets if asset.path == path), None)
    size = f"{asset.width} × {asset.height}, " if asset and asset.width else ""
    return f"**{path}**" + (f"\n\n{size}{asset.size / 1000:,.0f} kB" if asset else "")
