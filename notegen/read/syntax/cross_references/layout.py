"""Containers of figures, tables and code: `::: {#fig-x layout-ncol=2}`, and what stands in rows in them.

Tokens: `float_open` with LAYOUT, the blocks in it, `float_close`. It is a `<figure>` where its label is one of figures,
tables or code, else a `<div>`. `layout_open` and `layout_close` are around what stands in rows.

Source: Quarto docs, "Figures", the sections "Subfigures" and "Figure Panels"; pandoc-crossref's manual, "Subfigures".
"""

from markdown_it.token import Token

from notegen.read.syntax.attributes.list import AttributeList
from notegen.read.syntax.cross_references.label_prefixes import float_of
from notegen.read.token_data import TokenField
from notegen.text.patterns import lazy_regex

MOST_COLUMNS = 12
_KEYS = ("layout-ncol", "layout-nrow", "layout")
_ROW = lazy_regex(r"\[([^\[\]]*)\]")

# Of float_open: how many stand in a row, below 0 how many rows there are; 0 where neither is given.
LAYOUT: TokenField[int] = TokenField("layout", 0)


def is_float(attributes: AttributeList) -> bool:
    """Return whether a container with these attributes holds figures, tables or code."""
    return bool(float_of(attributes.id)) or any(key in attributes.values for key in _KEYS)


def layout_of(attributes: AttributeList) -> int:
    """Return LAYOUT as the attributes of a container have it."""
    columns, rows, grid = (attributes.values.get(key, "") for key in _KEYS)
    if columns.isdecimal():
        return min(int(columns[:3]), MOST_COLUMNS)
    if rows.isdecimal():
        return -min(int(rows[:3]), MOST_COLUMNS)
    sizes = [part for row in _ROW.findall(grid) for part in [row.split(",")]]
    return min(max((len(row) for row in sizes), default=0), MOST_COLUMNS)


def layout_tokens(columns: int, level: int) -> tuple[Token, Token]:
    """Return what opens and closes a grid of so many columns."""
    attrs: dict[str, str | int | float] = {"class": "layout", "style": f"--columns:{min(columns, MOST_COLUMNS)}"}
    opened = Token("layout_open", "div", 1, attrs=attrs, block=True, level=level)
    return opened, Token("layout_close", "div", -1, block=True, level=level)
