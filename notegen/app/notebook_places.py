"""Places in notebooks as their authors know them: cell and line, made of the lines of the text of a note."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from notegen.model.diagnostic import Diagnostic, sort_key
from notegen.model.source import Notebook, Tree


def in_cells(diagnostics: Iterable[Diagnostic], tree: Tree | None) -> tuple[Diagnostic, ...]:
    """Return diagnostics, those of notebooks with cells, in the order of their places."""
    items = tuple(diagnostics)
    notebooks: Mapping[str, Notebook] = {
        note.path: note.notebook for note in (tree.notes if tree else ()) if note.notebook is not None
    }
    if not notebooks:
        return items
    return tuple(sorted((_placed(item, notebooks.get(item.path)) for item in items), key=sort_key))


def placed(diagnostics: Iterable[Diagnostic], path: str, notebook: Notebook | None) -> Iterator[Diagnostic]:
    """Yield diagnostics, those of the note at `path`, which may be a notebook, with cells."""
    return (_placed(item, notebook if item.path == path else None) for item in diagnostics)


def _placed(item: Diagnostic, notebook: Notebook | None) -> Diagnostic:
    if notebook is None or item.cell or not item.line:
        return item
    cell, line, shift = notebook.place(item.line)
    column = item.column + shift if item.column and line else 0
    return msgspec.structs.replace(item, cell=0 if notebook.by_line else cell, line=line, column=column)


def cell_texts(path: str, text: str, notebook: Notebook) -> dict[str, str]:
    """Return the lines of each cell of a notebook, by the name that `lines_name` gives it."""
    lines = text.split("\n")
    texts: dict[str, list[str]] = {}
    ends = [*(place.start for place in notebook.places[1:]), len(lines)]
    for place, end in zip(notebook.places, ends, strict=False):  # a notebook without cells has no places
        if place.line:
            kept = texts.setdefault(lines_name(path, place.cell), [])
            kept += [""] * (place.line - 1 - len(kept))
            kept[place.line - 1 :] = lines[place.start : end]
    return {name: "\n".join(kept) for name, kept in texts.items()}


def lines_name(path: str, cell: int) -> str:
    """Return the name of the lines of a cell of a file; of the file itself for 0."""
    return f"{path}#{cell}" if cell else path
