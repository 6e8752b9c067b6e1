"""KaTeX's tables in MathML Core, where alignment and lines are styles of cells, as math-core sets them."""

from itertools import zip_longest
from xml.etree.ElementTree import Element

_ALIGN = {
    "left": "text-align: left;justify-items: start;",
    "right": "text-align: right;justify-items: end;",
}
_HALF = "width: 50%"
TAG_CELL = "math-tag"  # the class of the cells that hold numbers; the k-th belongs to the k-th numbered row


def adapt_table(table: Element) -> None:
    """Adapt an `<mtable>` whose cells are adapted already."""
    settings = dict(table.attrib)
    table.attrib.clear()
    numbered = any(_is_tag(cell) for row in table for cell in row)
    for index, row in enumerate(table):
        cells = [cell for cell in row if not _is_glue(cell) and not _is_tag(cell)]
        _align(cells, settings, index, last=index == len(table) - 1)
        if numbered:
            tag = _cell(f"{_HALF};text-align: right;justify-items: end;" if any(map(_is_tag, row)) else _HALF)
            if any(map(_is_tag, row)):
                tag.set("class", TAG_CELL)
            cells = [_cell(_HALF), *cells, tag]
        row[:] = cells
    _lift_style(table)
    if numbered:
        table.set("style", "width: 100%")


def _is_glue(cell: Element) -> bool:
    return cell.get("class") == "mtr-glue"


def _is_tag(cell: Element) -> bool:
    return cell.get("class") == "mml-eqn-num"


def _cell(style: str) -> Element:
    return Element("mtd", {"style": style})


def _align(cells: list[Element], settings: dict[str, str], index: int, *, last: bool) -> None:
    """Set the styles of one row's cells from the attributes of the table."""
    columns = settings.get("columnalign", "").split()
    gaps = settings.get("columnspacing", "1em").split() or ["1em"]
    lines = settings.get("columnlines", "").split()
    row_lines = settings.get("rowlines", "").split()
    below = "" if last or not row_lines else row_lines[min(index, len(row_lines) - 1)]
    tight = settings.get("rowspacing") == "0.1em"
    for number, (cell, column) in enumerate(zip_longest(cells, columns[: len(cells)])):
        style = _ALIGN.get(column or "", "")
        style += _gap("right", gaps, number) if number < len(cells) - 1 else ""
        style += _gap("left", gaps, number - 1) if number else ""
        style += "padding-top: 0;padding-bottom: 0;" if tight else ""
        style += _line("right", lines[number]) if number < len(lines) and number < len(cells) - 1 else ""
        style += _line("bottom", below)
        if style:
            cell.set("style", style)


def _gap(side: str, gaps: list[str], number: int) -> str:
    """Half of the space between two columns; math-core's own default is left to the style sheet."""
    gap = gaps[min(number, len(gaps) - 1)]
    try:
        width = float(gap.removesuffix("em")) / 2
    except ValueError:
        return ""
    return "" if gap == "1em" else f"padding-{side}: {width:g}{'em' if width else ''};"


def _line(side: str, kind: str) -> str:
    return f"border-{side}: 0.05em {kind} currentcolor;" if kind in {"solid", "dashed"} else ""


def _lift_style(table: Element) -> None:
    """When every cell is one `<mstyle>` of the same kind, say it once, at the table."""
    cells = [cell for row in table for cell in row if len(cell)]
    styles = {tuple(sorted(cell[0].attrib.items())) if _is_only_style(cell) else None for cell in cells}
    kind = styles.pop() if len(styles) == 1 else None
    if kind is None:
        return
    table.attrib.update(sorted(kind))
    for cell in cells:
        style = cell[0]
        only_row = len(style) == 1 and style[0].tag == "mrow" and not style[0].attrib
        cell[:] = list(style[0] if only_row and not style[0].text else style)


def _is_only_style(cell: Element) -> bool:
    return len(cell) == 1 and cell[0].tag == "mstyle" and set(cell[0].attrib) == {"scriptlevel", "displaystyle"}
