"""The lines of cells: in the body of a note, whose files are included and whose front matter is gone."""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from notegen.model.source import Cell


def cells_of_body(cells: Sequence[Cell], shift: int, lines: Sequence[int]) -> tuple[Cell, ...]:
    """Return the cells with their lines in the body. `shift`: lines above it; `lines`: see Expanded, () for no file."""

    def at(line: int) -> int:
        line = max(0, line - shift)
        return bisect_left(lines, line) if lines else line

    return tuple(
        cell if cell.kind == "outputs" else msgspec.structs.replace(cell, start=at(cell.start), end=at(cell.end))
        for cell in cells
    )
