r"""GFM tables whose cells may hold formulas: a bar inside a formula does not split a cell.

The rule reads what markdown-it's own reads, but splits rows in another way. Inline tokens of cells carry
their CONTENT_START: the column of the cell's first character in the source line, and where backslashes were dropped.
Outside of formulas `\|` is a bar, as in GFM; inside it is kept as written, since writers of `\|x\|` mean the norm.
A delimiter row with another number of cells than the header is that of a table where the first row of the body has as
many as one of the two. Reports: math-table-bar, for the first such bar of a table; table-extra-cell; table-columns,
where neither fits.

Source: GitHub Flavored Markdown specification, "Tables (extension)".
"""

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.math.match import find_formulas
from notegen.read.syntax.math.partners import scan
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import CONTENT_START, ContentStart
from notegen.text.patterns import lazy_regex

_DELIMITERS = lazy_regex(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
_CAPTION = lazy_regex(r"(?:[Tt]able)?:[ \t]+[^|\s]")
_BAR = lazy_regex(r"(?<!\\)\|")
_ESCAPED_BAR = lazy_regex(r"\\\|")
_MAX_EMPTY_CELLS = 65536  # cells a table may be completed by, so that a small table cannot become a huge page


class Cell(NamedTuple):
    """A cell's content, where it starts in its row, and before which of its characters a backslash was dropped."""

    text: str
    start: int
    dropped: tuple[int, ...]


class _Formula(NamedTuple):
    left: int
    right: int
    loose: bool  # a space or bar next to a dollar: perhaps two lone dollars in two cells


def table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a table: a header row, a delimiter row with as many cells, and body rows up to a blank line or block."""
    if start_line + 2 > end_line or state.sCount[start_line + 1] < state.blkIndent:
        return False
    first = state.bMarks[start_line + 1] + state.tShift[start_line + 1]
    if state.src[first : first + 1] not in {"|", "-", ":"}:  # most lines: nothing to read
        return False
    aligns = _alignments(_row(state, start_line + 1))
    if not aligns or state.is_code_block(start_line + 1) or state.is_code_block(start_line):
        return False
    header = _row(state, start_line)
    cells = split_row(header, len(aligns)) if "|" in header else []
    if len(cells) != len(aligns):
        columns = _columns(state, start_line, end_line, (len(cells), len(aligns))) if cells else 0
        if not columns:
            return False
        aligns = (aligns + [""] * columns)[:columns]
    if not silent:
        _emit(state, start_line, end_line, cells, aligns)
    return True


def _columns(state: StateBlock, start_line: int, end_line: int, counts: tuple[int, int]) -> int:
    """Return how many columns a table has whose header and delimiter row have these `counts` of cells; 0 for no table.

    GFM reads none, kramdown and others do. `---` below a line with a bar underlines a heading.
    """
    line = start_line + 2
    if "|" not in _row(state, start_line + 1):
        return 0
    body = "" if line >= end_line or _ends_table(state, line, end_line) else _row(state, line)
    columns = len(split_row(body, counts[0])) if "|" in body else 0
    if columns in counts:
        return max(counts)
    _report_columns(state, start_line, counts)
    return 0


def split_row(row: str, columns: int) -> list[Cell]:
    """Return the cells of a row that has no white space at its ends; `columns` is how many the table has."""
    formulas = _protected(row, columns)
    return _cells(row, [bar for bar in _bars(row) if not _is_inside(bar, formulas)], formulas)


def _is_inside(position: int, formulas: list[_Formula]) -> bool:
    """Return whether a position of a row is in one of its formulas, which are in order."""
    index = bisect_right(formulas, position, key=lambda formula: formula.left)
    return index > 0 and position < formulas[index - 1].right


def _bars(row: str) -> list[int]:
    return [match.start() for match in _BAR.finditer(row)]


def _cells(row: str, bars: list[int], formulas: list[_Formula]) -> list[Cell]:
    edges = [-1, *bars, len(row)]
    if bars and bars[0] == 0:
        del edges[0]
    if bars and bars[-1] == len(row) - 1 and len(edges) > 1:
        del edges[-1]
    return [_cell(row, left + 1, right, formulas) for left, right in pairwise(edges)]


def _cell(row: str, left: int, right: int, formulas: list[_Formula]) -> Cell:
    text = row[left:right]
    start = left + len(text) - len(text.lstrip())
    text = text.strip()
    escapes = [start + match.start() for match in _ESCAPED_BAR.finditer(text)]
    dropped = [at for at in escapes if not _is_inside(at, formulas)]
    if not dropped:
        return Cell(text, start, ())
    edges = [start, *(at + 1 for at in dropped), start + len(text) + 1]
    pieces = [row[begin : end - 1] for begin, end in pairwise(edges)]
    return Cell("".join(pieces), start, tuple(at - start - index for index, at in enumerate(dropped)))


def _protected(row: str, columns: int) -> list[_Formula]:
    """Return the formulas of a row that hold bars.

    Where the bars alone give the right number of cells, a loose formula is two lone dollars: `| 5 $ | 6 $ |`.
    """
    if "|" not in row or ("$" not in row and "\\" not in row):
        return []
    partners = scan(row, html=True)
    formulas: list[_Formula] = []
    for _, formula in find_formulas(row, partners):
        inside = row[formula.left : formula.right]
        if "|" in inside:
            formulas.append(_Formula(formula.left, formula.right, _is_loose(inside)))
    if any(formula.loose for formula in formulas) and len(_cells(row, _bars(row), [])) == columns:
        return [formula for formula in formulas if not formula.loose]
    return formulas


def _is_loose(inside: str) -> bool:
    return _BAR.search(inside) is not None and (inside[0] in " \t|" or inside[-1] in " \t|")


def _row(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" \t")


def _alignments(row: str) -> list[str]:
    """Return the alignment of each column ("" for none), or nothing if the row is no delimiter row."""
    if len(row) < 2 or row[0] not in "|-:" or (row[0] == "-" and row[1] in " \t"):  # noqa: PLR2004 - one character is no row
        return []
    if _DELIMITERS.fullmatch(row) is None:
        return []
    sides = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
    return [sides[column[0] == ":", column[-1] == ":"] for column in map(str.strip, row.split("|")) if column]


def _emit(state: StateBlock, start_line: int, end_line: int, header: list[Cell], aligns: list[str]) -> None:
    parent, state.parentType = state.parentType, "table"
    token = state.push("table_open", "table", 1)
    token.map = lines = [start_line, 0]
    state.push("thead_open", "thead", 1).map = [start_line, start_line + 1]
    first_bar = _emit_row(state, start_line, header, aligns, "th")
    state.push("thead_close", "thead", -1)
    line = start_line + 2
    body: list[int] = []
    missing = 0
    while line < end_line and not _ends_table(state, line, end_line) and not _is_caption(state, line, end_line):
        cells = split_row(_row(state, line), len(aligns))
        missing += max(0, len(aligns) - len(cells))
        if any(cell.text for cell in cells[len(aligns) :]):
            _report_extra_cell(state, line, cells[len(aligns)])
        if missing > _MAX_EMPTY_CELLS:
            break
        if not body:
            body = [line, 0]
            state.push("tbody_open", "tbody", 1).map = body
        bar = _emit_row(state, line, cells, aligns, "td")
        first_bar = first_bar or bar
        line += 1
    if body:
        body[1] = line
        state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    lines[1] = state.line = line
    state.parentType = parent
    if first_bar:
        _report_bar(state, first_bar)


def _report_extra_cell(state: StateBlock, line: int, cell: Cell) -> None:
    message = "more cells than the header: from here on they are not shown"
    hint = "give the header and the delimiter row as many cells"
    report(state.env, "table-extra-cell", message, (line + 1, _column(state, line) + cell.start + 1), hint=hint)


def _report_columns(state: StateBlock, start_line: int, counts: tuple[int, int]) -> None:
    place = start_line + 2, _column(state, start_line + 1) + 1
    message = f"the header has {counts[0]} cells, the row of dashes {counts[1]}: no table but text is shown"
    length = len(_row(state, start_line + 1))
    report(state.env, "table-columns", message, place, hint="give both as many cells", length=length)


def _report_bar(state: StateBlock, place: tuple[int, int]) -> None:
    message = r"\| inside table math is the norm, not a bar"
    hint = r"write | for a bar: inside a formula it does not split the cell"
    report(state.env, "math-table-bar", message, (place[0] + 1, place[1] + 1), hint=hint, length=2)


def _ends_table(state: StateBlock, line: int, end_line: int) -> bool:
    if state.sCount[line] < state.blkIndent or state.isEmpty(line) or state.is_code_block(line):
        return True
    return any(rule(state, line, end_line, True) for rule in state.md.block.ruler.getRules("blockquote"))


def _is_caption(state: StateBlock, line: int, end_line: int) -> bool:
    """Return whether the last line of a table is Pandoc's caption of it, which has no cells."""
    row = _row(state, line)
    if row[:1] not in {":", "T", "t"} or "|" in row or not _CAPTION.match(row):
        return False
    return line + 1 >= end_line or state.isEmpty(line + 1)


def _emit_row(state: StateBlock, line: int, cells: list[Cell], aligns: list[str], tag: str) -> tuple[int, int] | None:
    """Push the tokens of a row; return the line and column of a bar that is kept as written."""
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    indent = _column(state, line)
    kept = None
    for index, align in enumerate(aligns):
        cell = cells[index] if index < len(cells) else Cell("", 0, ())
        token = state.push(f"{tag}_open", tag, 1)
        if align:
            token.attrs = {"style": f"text-align:{align}"}
        token = state.push("inline", "", 0)
        token.map = [line, line + 1]
        token.content = cell.text
        token.children = []
        CONTENT_START.set(token, ContentStart(indent + cell.start, cell.dropped))
        state.push(f"{tag}_close", tag, -1)
        if kept is None and "\\|" in cell.text:
            kept = (line, indent + cell.start + cell.text.index("\\|"))
    state.push("tr_close", "tr", -1)
    return kept


def _column(state: StateBlock, line: int) -> int:
    """Return the 0-based column where the row's text begins in its source line."""
    start = state.bMarks[line] + state.tShift[line]
    return start - state.src.rfind("\n", 0, start) - 1


TABLE = Rule("block", "table", table, interrupts=("paragraph", "reference"))
