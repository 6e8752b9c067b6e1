"""Tables of MyST in directives: `{list-table}`, a list of rows that are lists of cells, and `{csv-table}`.

Source: Docutils, "reStructuredText Directives", the sections "List Table" and "CSV Table"; mystmd docs, "Tables".
"""

import csv
from collections.abc import Iterator, Sequence

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from notegen.read.syntax.attributes.list import AttributeList, apply_attributes
from notegen.read.syntax.lines import read_lines

MOST_CELLS = 20_000
Cell = list[Token]  # what stands in it


def push_list_table(state: StateBlock, lines: tuple[int, int, int], caption: str, options: dict[str, str]) -> bool:
    """Push a table of the list from one line up to another, given with that of its fence; False where there is none."""
    start, line, first, end = len(state.tokens), *lines
    read_lines(state, first, end)
    rows = [list(_items(row)) for row in _items(state.tokens[start:])]
    del state.tokens[start:]
    rows = [[_bare(cell) for cell in row] for row in rows if row]
    if not rows:
        return False
    _push(state, rows, [line, end], caption, options)
    return True


def push_csv_table(state: StateBlock, lines: tuple[int, int, int], caption: str, options: dict[str, str]) -> bool:
    """Push a table of the lines with commas from one line up to another, given with that of its fence."""
    line, first, end = lines
    texts = state.getLines(first, end, state.blkIndent, keepLastLF=False).split("\n")
    delimiter = {"tab": "\t", "space": " "}.get(options.get("delim", ""), options.get("delim", ",")[:1] or ",")
    written = ([options["header"]] if options.get("header") else []) + texts
    values = csv.reader(written, delimiter=delimiter, skipinitialspace=True)
    rows = [[_text(cell.strip(), line) for cell in row] for row in values if any(cell.strip() for cell in row)]
    if not rows or sum(map(len, rows)) > MOST_CELLS:
        return False
    heads = int(options.get("header-rows", "0") or 0) if options.get("header-rows", "0").isdecimal() else 0
    options = {**options, "header-rows": str(heads + ("header" in options))}
    _push(state, rows, [line, end], caption, options)
    return True


def _items(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield what stands in each item of the list that tokens begin with."""
    if not tokens or tokens[0].type not in {"bullet_list_open", "ordered_list_open"}:
        return
    level = tokens[0].level + 1
    item: list[Token] | None = None
    for token in tokens[1:]:
        if token.level == level and token.type == "list_item_open":
            item = []
        elif token.level == level and token.type == "list_item_close" and item is not None:
            yield item
            item = None
        elif item is not None:
            item.append(token)
        else:
            break


def _bare(cell: Cell) -> Cell:
    """Return what stands in a cell, the text alone where that is one paragraph."""
    return [cell[1]] if len(cell) == 3 and cell[0].type == "paragraph_open" else cell  # noqa: PLR2004 - open, text, close


def _text(words: str, line: int) -> Cell:
    return [Token("inline", "", 0, content=words, children=[], map=[line, line + 1], block=True)]


def _push(
    state: StateBlock, rows: Sequence[Sequence[Cell]], lines: list[int], caption: str, options: dict[str, str]
) -> None:
    """Push a table, its first rows as its head."""
    heads = int(options["header-rows"]) if options.get("header-rows", "").isdecimal() else 0
    opened = state.push("table_open", "table", 1)
    opened.map = lines
    apply_attributes(opened, AttributeList(options.get("label") or options.get("name", "")))
    if caption:
        state.push("caption_open", "caption", 1).map = lines
        words = state.push("inline", "", 0)
        words.content, words.children, words.map = caption, [], [lines[0], lines[0] + 1]
        state.push("caption_close", "caption", -1)
    for part, tag, content in (("thead", "th", rows[:heads]), ("tbody", "td", rows[heads:])):
        if content:
            state.push(f"{part}_open", part, 1).map = lines
            for row in content:
                _push_row(state, row, tag, lines)
            state.push(f"{part}_close", part, -1)
    state.push("table_close", "table", -1)


def _push_row(state: StateBlock, row: Sequence[Cell], tag: str, lines: list[int]) -> None:
    state.push("tr_open", "tr", 1).map = lines
    for cell in row:
        state.push(f"{tag}_open", tag, 1)
        shift = state.level - (min(token.level for token in cell) if cell else 0)
        for token in cell or _text("", lines[0]):
            token.level += shift
            state.tokens.append(token)
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)
