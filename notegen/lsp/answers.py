"""What the site knows, in the types of the protocol."""

from collections.abc import Iterable, Mapping

from lsprotocol import types

from notegen.lsp.analysis import Analysis
from notegen.lsp.completion import Item, completions
from notegen.lsp.cursor import Cursor, cursor_at
from notegen.lsp.hover import hover_of_formula, hover_of_key, hover_of_symbol
from notegen.lsp.positions import Positions
from notegen.lsp.rename import RENAMED, current_name, place_of, renamed
from notegen.lsp.symbols import Reader, Span, Symbol, definition, references, symbol_at
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.read.front_matter.split import split_front_matter
from notegen.rename.find import Renamed

_SEVERITIES = {
    Severity.INFO: types.DiagnosticSeverity.Information,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.ERROR: types.DiagnosticSeverity.Error,
}
_UNUSED = frozenset(("check-unused-label", "check-unused-macro", "check-unused-work"))  # which editors show pale


def diagnostic(item: Diagnostic, positions: Positions, explained: Mapping[str, str]) -> types.Diagnostic:
    """Return a diagnostic with its hint. `explained`: code -> address of its explanation."""
    place = f"cell {item.cell}" + (f", line {item.line}: " if item.line else ": ") if item.cell else ""
    message = f"{place}{item.message}" + (f"\n{item.hint}" if item.hint else "")
    address = explained.get(item.code)
    return types.Diagnostic(
        positions.of_diagnostic(item),
        message,
        _SEVERITIES[item.severity],
        item.code,
        types.CodeDescription(address) if address else None,
        "notegen",
        [types.DiagnosticTag.Unnecessary] if item.code in _UNUSED else None,
    )


def completion(positions: Positions, position: types.Position, analysis: Analysis, path: str) -> types.CompletionList:
    """Return what may be written at a position."""
    offset = positions.offset(position)
    cursor = cursor_at(positions.text, offset)
    if cursor is None:
        return types.CompletionList(is_incomplete=False, items=[])
    items, is_all = completions(cursor, analysis, path)
    place = types.Range(positions.position(cursor.start), position)
    return types.CompletionList(is_incomplete=not is_all, items=[_item(item, cursor, place) for item in items])


def _item(item: Item, cursor: Cursor, place: types.Range) -> types.CompletionItem:
    return types.CompletionItem(
        label=item.label,
        kind=item.kind,
        detail=item.detail or None,
        documentation=item.documentation or None,
        sort_text=f"{item.rank:05}{item.label}",
        filter_text=item.search or (item.text if cursor.kind == "command" else None),
        insert_text_format=types.InsertTextFormat.Snippet if item.snippet else types.InsertTextFormat.PlainText,
        text_edit=types.TextEdit(place, item.text),
    )


def hover(reader: Reader, offset: int, *, markdown: bool) -> types.Hover | None:
    """Return the hover text of what stands at an offset."""
    symbol = symbol_at(reader, offset)
    text, start, end = "", 0, 0
    if symbol is not None and symbol.kind != "macro":
        text, start, end = hover_of_symbol(symbol, reader, pictures=markdown), symbol.start, symbol.end
    elif placed := hover_of_formula(reader, offset, pictures=markdown):
        text, start, end = placed
        text += f"\n\n{hover_of_symbol(symbol, reader, pictures=False)}" if symbol else ""
    elif offset < len(reader.text) - len(split_front_matter(reader.text).body):
        line = reader.text.count("\n", 0, offset)
        start, end = reader.positions.place(line + 1, 0, 0)
        text = hover_of_key(reader.text[start:end], offset - start)
    if not text:
        return None
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    plain = text if markdown else text.replace("**", "").replace("```latex\n", "").replace("\n```", "").replace("`", "")
    return types.Hover(types.MarkupContent(kind, plain), reader.positions.span(start, end))


def definitions(reader: Reader, offset: int) -> list[types.Location]:
    """Return where the thing at an offset is defined."""
    symbol = symbol_at(reader, offset)
    return _locations(definition(symbol, reader), reader) if symbol else []


def all_references(reader: Reader, offset: int, *, declared: bool) -> list[types.Location]:
    """Return where the thing at an offset is named; with its definition, where that is `declared` to be wanted."""
    symbol = symbol_at(reader, offset)
    if symbol is None:
        return []
    spans = references(symbol, reader)
    defined = definition(symbol, reader)
    others = [span for span in spans if span not in defined]
    spans = [*defined, *others] if declared else others
    return _locations(spans, reader)


def _locations(spans: Iterable[Span], reader: Reader) -> list[types.Location]:
    known: dict[str, Positions] = {reader.path: reader.positions}
    locations = []
    for path, start, end in spans:
        if path not in known:
            text = reader.analysis.text(path)
            whole = text if text is not None else reader.analyst.read(path) if end else ""
            known[path] = Positions.of(whole, reader.positions.encoding)
        uri = (reader.analysis.site.location.root / path).as_uri()
        locations.append(types.Location(uri, known[path].span(start, end)))
    return locations


def outline(reader: Reader) -> list[types.DocumentSymbol]:
    """Return the headings of a note, those below others inside of them."""
    headings = reader.note.headings if reader.note else ()
    top: list[types.DocumentSymbol] = []
    open_ones: list[tuple[int, types.DocumentSymbol]] = []
    for number, heading in enumerate(headings):
        start, end = reader.positions.place(heading.line, 0, 0)
        later = (item.line for item in headings[number + 1 :] if item.level <= heading.level)
        last = next(later, 0)
        until = reader.positions.place(last, 0, 0)[0] - 1 if last else len(reader.text)
        name = heading.text or heading.id
        item = types.DocumentSymbol(
            name,
            types.SymbolKind.String,
            reader.positions.span(start, max(until, end)),
            reader.positions.span(start, end),
            children=[],
        )
        while open_ones and open_ones[-1][0] >= heading.level:
            open_ones.pop()
        siblings = open_ones[-1][1].children if open_ones else top
        if isinstance(siblings, list):
            siblings.append(item)
        open_ones.append((heading.level, item))
    return top


def renamable(reader: Reader, offset: int) -> types.PrepareRenamePlaceholder | None:
    """Return the place and the present name of what can be renamed at an offset; None where nothing can."""
    symbol = symbol_at(reader, offset)
    if symbol is None or not _is_renamable(symbol):
        return None
    return types.PrepareRenamePlaceholder(reader.positions.span(*place_of(symbol, reader)), current_name(symbol))


def rename(reader: Reader, offset: int, new: str) -> Renamed | str:
    """Return what renaming the thing at an offset changes, or why it cannot be renamed."""
    symbol = symbol_at(reader, offset)
    if symbol is None or not _is_renamable(symbol):
        return "there is no note, label or tag here"
    return renamed(symbol, new, reader)


def _is_renamable(symbol: Symbol) -> bool:
    return symbol.kind in RENAMED and not (symbol.kind == "note" and symbol.anchor)
