"""Pandoc's and reStructuredText's grid tables: `+---+` above and below rows, which hold blocks; `=` below the head.

A cell may reach over several columns or rows. What is no grid of rectangles, two cells at least, is left as it is
written. Characters are as wide as in a terminal, as Pandoc counts them, or one column each where only that fits.

Source: Pandoc User's Guide, "grid_tables"; Docutils, "reStructuredText Markup Specification", "Grid Tables".
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from textwrap import dedent
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import read_apart
from notegen.read.syntax.rule import Rule
from notegen.text.cjk import columns
from notegen.text.patterns import lazy_regex

MOST_COLUMNS, MOST_LINES = 500, 5_000
_EDGE = lazy_regex(r"\+(?:[-=:]++\+)++")
_CORNER = lazy_regex(r"\+(?=[-=:]++\+)")
_FILLER = "\0"  # the second column of a wide character
_DASHES = frozenset("-=:")


class _Cell(NamedTuple):
    """Where a cell stands: its column and row in the grid, and how many of each it covers."""

    column: int
    row: int
    wide: int
    high: int


class _Grid(NamedTuple):
    """The lines of a table as columns of a terminal; where its columns and rows begin, an edge behind the last."""

    lines: tuple[str, ...]
    xs: tuple[int, ...]
    ys: tuple[int, ...]

    def is_split_right(self, column: int, row: int) -> bool:
        """Return whether a wall stands between a cell of the grid and the one on its right."""
        x = self.xs[column + 1]
        return all(self.lines[y][x] in "|+" for y in range(self.ys[row] + 1, self.ys[row + 1]))

    def is_split_below(self, column: int, row: int) -> bool:
        """Return whether a wall stands between a cell of the grid and the one below it."""
        wall = self.lines[self.ys[row + 1]][self.xs[column] + 1 : self.xs[column + 1]]
        return _DASHES.issuperset(wall.replace("+", "-"))


def grid_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a table; it interrupts no paragraph."""
    first = state.bMarks[start_line] + state.tShift[start_line]
    if not _EDGE.match(state.src, first, state.eMarks[start_line]):  # before all lines are looked at
        return False
    texts = list(_texts(state, start_line, end_line))
    if not (texts[1:-1] and _EDGE.fullmatch(texts[0]) and _EDGE.fullmatch(texts[-1])):
        return False
    for widen in (_in_columns, str):
        grid = _grid(texts, widen)
        cells = _cells(grid) if grid is not None else []
        if grid is not None and len(cells) > 1:
            if not silent:
                _push(state, grid, cells, start_line)
                state.line = start_line + len(texts)
            return True
    return False


def _texts(state: StateBlock, start_line: int, end_line: int) -> Iterator[str]:
    """Yield the lines that a table may consist of."""
    for line in range(start_line, min(end_line, start_line + MOST_LINES)):
        start = state.bMarks[line] + state.tShift[line]
        if (
            state.sCount[line] < state.blkIndent
            or state.is_code_block(line)
            or state.src[start : start + 1] not in "+|"
        ):
            return
        yield state.src[start : state.eMarks[line]].rstrip()


def _in_columns(text: str) -> str:
    """Return a line with a filler behind each wide character, so that its indices are columns."""
    return text if text.isascii() else "".join(char + _FILLER * (columns(char) - 1) for char in text)


def _grid(texts: Sequence[str], widen: Callable[[str], str]) -> _Grid | None:
    """Return lines as a grid; None where they are not all as long, or do not end with a wall."""
    lines = tuple(map(widen, texts))
    width = len(lines[0])
    if width > MOST_COLUMNS or any(len(line) != width or line[-1] not in "+|" for line in lines):
        return None
    xs: set[int] = {0, width - 1}
    ys: list[int] = []
    for y, line in enumerate(lines):
        corners = [match.start() for match in _CORNER.finditer(line)]
        if corners:
            xs.update(corners)
            ys.append(y)
    return _Grid(lines, tuple(sorted(xs)), (*ys, len(lines) - 1) if ys[-1] != len(lines) - 1 else tuple(ys))


def _cells(grid: _Grid) -> list[_Cell]:
    """Return the cells row by row; none where some part of the grid is in no rectangle."""
    columns_, rows = len(grid.xs) - 1, len(grid.ys) - 1
    taken: set[tuple[int, int]] = set()
    cells: list[_Cell] = []
    for row in range(rows):
        for column in range(columns_):
            if (column, row) in taken:
                continue
            cell = _cell(grid, column, row)
            places = {(x, y) for x in range(column, column + cell.wide) for y in range(row, row + cell.high)}
            if not taken.isdisjoint(places) or not _is_closed(grid, cell):
                return []
            taken |= places
            cells.append(cell)
    return cells


def _cell(grid: _Grid, column: int, row: int) -> _Cell:
    """Return the cell that begins at a place of the grid."""
    wide = high = 1
    while column + wide < len(grid.xs) - 1 and not grid.is_split_right(column + wide - 1, row):
        wide += 1
    while row + high < len(grid.ys) - 1 and not grid.is_split_below(column, row + high - 1):
        high += 1
    return _Cell(column, row, wide, high)


def _is_closed(grid: _Grid, cell: _Cell) -> bool:
    """Return whether walls stand around all of a cell, and none in it."""
    last_column, last_row = cell.column + cell.wide - 1, cell.row + cell.high - 1
    for row in range(cell.row, last_row + 1):
        if not grid.is_split_right(last_column, row):
            return False
        if any(grid.is_split_right(column, row) for column in range(cell.column, last_column)):
            return False
    for column in range(cell.column, last_column + 1):
        if not grid.is_split_below(column, last_row):
            return False
        if any(grid.is_split_below(column, row) for row in range(cell.row, last_row)):
            return False
    return True


def _push(state: StateBlock, grid: _Grid, cells: list[_Cell], start_line: int) -> None:
    """Push the table: the rows above the line of `=` as its head."""
    heads = next((index for index, y in enumerate(grid.ys[1:-1], start=1) if "=" in grid.lines[y]), 0)
    aligns = _alignments(grid, heads)
    by_row = {row: list(group) for row, group in groupby(cells, key=lambda cell: cell.row)}
    lines = [start_line, start_line + len(grid.lines)]
    state.push("table_open", "table", 1).map = lines
    for part, tag, first, end in (("thead", "th", 0, heads), ("tbody", "td", heads, len(grid.ys) - 1)):
        if first < end:
            state.push(f"{part}_open", part, 1).map = lines
            for row in range(first, end):
                state.push("tr_open", "tr", 1).map = [start_line + grid.ys[row], start_line + grid.ys[row + 1]]
                for cell in by_row.get(row, ()):
                    _push_cell(state, grid, cell, tag, aligns[cell.column], start_line)
                state.push("tr_close", "tr", -1)
            state.push(f"{part}_close", part, -1)
    state.push("table_close", "table", -1)


def _alignments(grid: _Grid, heads: int) -> list[str]:
    """Return how the text of each column stands, by the colons of the line below the head, or the first one."""
    line = grid.lines[grid.ys[heads]]
    sides = {(True, True): "center", (True, False): "left", (False, True): "right"}
    edges = zip(grid.xs, grid.xs[1:], strict=False)
    return [sides.get((line[left + 1] == ":", line[right - 1] == ":"), "") for left, right in edges]


def _push_cell(state: StateBlock, grid: _Grid, cell: _Cell, tag: str, align: str, start_line: int) -> None:
    opened = state.push(f"{tag}_open", tag, 1)
    spans = {"colspan": cell.wide, "rowspan": cell.high}
    opened.attrs = {name: count for name, count in spans.items() if count > 1}
    if align:
        opened.attrs["style"] = f"text-align:{align}"
    first, end = grid.ys[cell.row] + 1, grid.ys[cell.row + cell.high]
    left, right = grid.xs[cell.column] + 1, grid.xs[cell.column + cell.wide]
    words = dedent("\n".join(line[left:right].replace(_FILLER, "").rstrip() for line in grid.lines[first:end]))
    tokens = read_apart(state, words, start_line + first, state.level)
    is_paragraph = [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    state.tokens += tokens[1:2] if is_paragraph else tokens
    state.push(f"{tag}_close", tag, -1)


GRID_TABLES = Rule("block", "grid_tables", grid_table, starts="+", before="html_block")
