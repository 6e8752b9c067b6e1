r"""`\begin{tabular}{lcr}`: rows end at `\\`, cells at `&`; a first row with a line below it is the head."""

import re

import msgspec
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from notegen.read.syntax.attributes.list import AttributeList, apply_attributes
from notegen.text.patterns import lazy_regex

_TOKEN = lazy_regex(r"\\\\(?:\[[^\[\]\n]{0,20}\])?|\\.|\$[^$\n]{0,500}\$|[{}&]|[^\\${}&]+|\$", re.DOTALL)
_RULES = lazy_regex(
    r"\\(?:hline|toprule|midrule|bottomrule|(?:cline|cmidrule)(?:\([a-z]{0,4}\))?\{[0-9 -]{1,9}\}|centering|small)"
    r"(?![A-Za-z])\s{0,80}"
)
_LINES = lazy_regex(r"\\(?:hline|midrule)(?![A-Za-z])")
_SPAN = lazy_regex(r"\s*\\multicolumn\{(\d{1,2})\}\{[^{}]{0,40}\}\{(.{0,500})\}\s*", re.DOTALL)
_ALIGNMENT = {"l": "left", "c": "center", "r": "right"}


class Table(msgspec.Struct, frozen=True):
    """The rows of a table, each with the number of line breaks before it; whether the first one is a head."""

    rows: list[tuple[int, list[str]]]
    has_head: bool
    columns: str  # letters l, c, r


def read_table(columns: str, body: str) -> Table:
    """Read the inside of a tabular; `columns` is its argument. Time is linear."""
    rows: list[list[str]] = [[""]]
    depth = 0
    for match in _TOKEN.finditer(body):
        text = match[0]
        depth += {"{": 1, "}": -1}.get(text, 0)
        if text.startswith("\\\\") and depth <= 0:
            rows.append([""])
        elif text == "&" and depth <= 0:
            rows[-1].append("")
        else:
            rows[-1][-1] += text
    head = len(rows) > 1 and _LINES.search(rows[1][0]) is not None
    kept: list[tuple[int, list[str]]] = []
    line = 0
    for row in rows:
        breaks = "".join(row).count("\n")
        first = row[0]
        cells = [_RULES.sub("", cell).strip() for cell in row]
        if any(cells):
            kept.append((line + first[: len(first) - len(first.lstrip())].count("\n"), cells))
        line += breaks
    letters = "".join(
        letter for letter in re.sub(r"\{[^{}]*\}", "", columns) if letter in _ALIGNMENT or letter in "pmbX"
    )
    return Table(kept, head and len(kept) > 1, re.sub("[pmbX]", "l", letters))


def push_table(state: StateBlock, table: Table, lines: tuple[int, int], first: int, caption: str, label: str) -> None:
    """Push a table; `first`: the line at which its body begins."""
    opened = state.push("table_open", "table", 1)
    opened.map = [lines[0], lines[1] + 1]
    if label:
        apply_attributes(opened, AttributeList(label))
    if caption:
        state.push("caption_open", "caption", 1).map = opened.map
        _inline(state, caption, lines)
        state.push("caption_close", "caption", -1)
    for number, (breaks, cells) in enumerate(table.rows):
        head = table.has_head and number == 0
        if number == 0 or (number == 1 and table.has_head):
            state.push(*(("thead_open", "thead", 1) if head else ("tbody_open", "tbody", 1)))
        _push_row(state, cells, table.columns, first + breaks, head=head)
        if head or number == len(table.rows) - 1:
            state.push(*(("thead_close", "thead", -1) if head else ("tbody_close", "tbody", -1)))
    state.push("table_close", "table", -1)


def _push_row(state: StateBlock, cells: list[str], columns: str, line: int, *, head: bool) -> None:
    state.push("tr_open", "tr", 1).map = [line, line + 1]
    column = 0
    tag = "th" if head else "td"
    for cell in cells:
        span = _SPAN.fullmatch(cell)
        opened = state.push(f"{tag}_open", tag, 1)
        side = _ALIGNMENT.get(columns[column : column + 1], "left")
        opened.attrs = {} if side == "left" else {"style": f"text-align:{side}"}
        if span is not None:
            opened.attrs = {"colspan": span[1]}
        _inline(state, span[2] if span else cell, (line, line))
        state.push(f"{tag}_close", tag, -1)
        column += int(span[1]) if span else 1
    state.push("tr_close", "tr", -1)


def _inline(state: StateBlock, content: str, lines: tuple[int, int]) -> Token:
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = " ".join(content.split()), [], [lines[0], lines[1] + 1]
    return inline
