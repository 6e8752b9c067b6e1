"""A note, a label or a tag renamed from the editor, as `notegen rename` does; the editor makes the edits."""

import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path

from lsprotocol import types

from notegen.lsp.analysis import Analysis
from notegen.lsp.positions import Positions
from notegen.lsp.symbols import Reader, Symbol
from notegen.rename.edits import Edit, by_path
from notegen.rename.find import Renamed, complete_renaming, find_renaming
from notegen.rename.note import mended
from notegen.text.paths import is_note, strip_suffix

RENAMED = frozenset(("note", "label", "tag"))


def current_name(symbol: Symbol) -> str:
    """Return what is offered to be changed."""
    if symbol.kind != "note":
        return symbol.name
    bare = strip_suffix(symbol.name)
    return posixpath.basename(bare)


def place_of(symbol: Symbol, reader: Reader) -> tuple[int, int]:
    """Return which part of the text stands for the name: of a link what names the note in it."""
    if symbol.kind != "note":
        return symbol.start, symbol.end
    at = reader.text.find(current_name(symbol), symbol.start, symbol.end)
    return (at, at + len(current_name(symbol))) if at >= 0 else (symbol.start, symbol.end)


def renamed(symbol: Symbol, new: str, reader: Reader) -> Renamed | str:
    """Return what renaming a symbol changes, or why it cannot be renamed."""
    if not new.strip() or "\n" in new:
        return "a name has at least one character"
    renaming = find_renaming(symbol.name, new.strip(), symbol.kind, reader.linking)
    if isinstance(renaming, str):
        return renaming
    return complete_renaming(renaming, reader.linking, reader.analyst.link, aliases=True)


def moved(old: str, new: str, reader: Reader) -> Renamed | None:
    """Return what mends the links of a note that the editor gives another path itself; None for what is no note."""
    if old not in reader.analysis.by_path or not is_note(new):
        return None
    renaming = mended(reader.linking, old, new)
    return complete_renaming(renaming, reader.linking, reader.analyst.link, aliases=True)


def workspace_edit(
    edits: Iterable[Edit],
    move: tuple[str, str] | None,
    analysis: Analysis,
    versions: Mapping[str, int | None],
    encoding: str,
) -> types.WorkspaceEdit:
    """Return edits, and then the move of a file, for the editor. `versions`: of open files, by their paths."""
    root = analysis.site.location.root
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    for path, items in sorted(by_path(edits).items()):
        positions = Positions.of(analysis.text(path) or "", encoding)
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri_of(root / path), versions.get(path))
        kept: list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit] = []
        end = 0
        for item in sorted(set(items)):
            if item.start >= end:
                kept.append(types.TextEdit(positions.span(item.start, item.end), item.text))
                end = item.end
        changes.append(types.TextDocumentEdit(identifier, kept))
    if move:
        changes.append(types.RenameFile(uri_of(root / move[0]), uri_of(root / move[1])))
    return types.WorkspaceEdit(document_changes=changes)


def uri_of(path: Path) -> str:
    """Return the address of a file."""
    return path.as_uri()
