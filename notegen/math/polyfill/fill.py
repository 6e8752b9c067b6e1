"""The MathML that takes the place of the marks of marks.py."""

import re
from collections.abc import Callable
from html import escape

import msgspec

from notegen.math.polyfill.marks import ATOM, CLOSE, OPEN, SEPARATOR, TABLE
from notegen.text.patterns import lazy_regex

_MONOSPACE = "font-family: monospace"
_CELL = lazy_regex(r"<mtable\b[^<>]*>|</mtable>|<mtr>|</mtr>|<mtd\b[^<>]*>")
_FILLER = "width: 50%"  # in the style of the cells beside a numbered table


def fill_polyfills(html: str, marker: str) -> str | None:
    """Return MathML with what the marks stand for; None when math-core did not leave them where they were put.

    Time is linear, formulas without marks need none.
    """
    if f"{marker}p" not in html:
        return html
    filled = _fill_elements(_fill_tables(html, marker), marker)
    return None if filled is None or f"{marker}p" in filled else filled


def _size(factor: str) -> tuple[str, str]:
    return f'<mstyle mathsize="{factor}em">', "</mstyle>"


def _smash(sides: str) -> tuple[str, str]:
    """Without height, without depth: "t", "b", or both."""
    height = ' height="0"' if "t" in sides else ""
    depth = ' depth="0"' if "b" in sides else ""
    return f"<mpadded{height}{depth}>", "</mpadded>"


def _lap(shift: str) -> tuple[str, str]:
    """No width, and shifted by so many hundredths of its own: -100 ends where it stands."""
    if shift == "0":
        return '<mpadded width="0">', "</mpadded>"
    return f'<mpadded width="0"><mrow style="transform: translateX({shift}%)">', "</mrow></mpadded>"


def _raise(height: str) -> tuple[str, str]:
    return f'<mpadded voffset="{height}em">', "</mpadded>"


def _box(background: str, border: str = "") -> tuple[str, str]:
    """A colour (six digits, or nothing) behind the content, and one around it."""
    filled = f' mathbackground="#{background}"' if background else ""
    line = f"border: 0.04em solid #{border};" if border else ""
    return f'<mpadded{filled} style="{line}padding: 3pt 3pt;">', "</mpadded>"


def _circle() -> tuple[str, str]:
    return '<menclose notation="circle">', "</menclose>"


def _strike() -> tuple[str, str]:
    """The stroke is an element of its own, as math-core has those of other directions."""
    return '<menclose notation="horizontalstrike">', '<mrow class="menclose-horizontalstrike"></mrow></menclose>'


def _rule(width: str, height: str, shift: str) -> str:
    """A rectangle in the colour of the text, lengths in em; with a shift its box is where it is seen."""
    space = f'<mspace width="{width}em" height="{height}em" style="background: currentcolor"></mspace>'
    above, below = max(0.0, float(height) + float(shift)), max(0.0, -float(shift))
    if float(shift) == 0:
        return space
    return f'<mpadded height="{above:.4g}em" depth="{below:.4g}em" voffset="{shift}em">{space}</mpadded>'


def _small_integral() -> str:
    return '<mo largeop="false">∫</mo>'


def _verbatim(digits: str) -> str:
    """`digits` are those of the text in UTF-8."""
    text = bytes.fromhex(digits).decode("utf-8", "replace")
    return f'<mtext style="{_MONOSPACE}">{escape(text, quote=False)}</mtext>'


_PAIRS: dict[str, Callable[..., tuple[str, str]]] = {
    "size": _size,
    "smash": _smash,
    "lap": _lap,
    "raise": _raise,
    "box": _box,
    "circle": _circle,
    "strike": _strike,
}
_ATOMS: dict[str, Callable[..., str]] = {"rule": _rule, "smallint": _small_integral, "verbatim": _verbatim}


class _Open(msgspec.Struct, frozen=True):
    """An element that is open: where its start is among the pieces, its end, and whether a row stands around it."""

    index: int
    end: str
    in_row: bool


def _fill_elements(html: str, marker: str) -> str | None:
    """Replace atoms and pairs; None when a pair is not whole.

    A row of nothing but a pair and what is between its marks is the group that was made for them: it goes.
    """
    mark = rf"<mtext>{marker}({OPEN}|{CLOSE}|{ATOM})([^<]*?){marker}</mtext>"
    pieces: list[str] = []
    opened: list[_Open] = []
    position = 0
    for match in re.finditer(rf"(<mrow>)?{mark}(</mrow>)?", html):
        pieces.append(html[position : match.start()])
        position = match.end()
        row, kind, words, end = match[1] or "", match[2], match[3].split(SEPARATOR)[1:], match[4] or ""
        if kind == ATOM:
            pieces.append(row + _ATOMS[words[0]](*words[1:]) + end)
        elif kind == OPEN:
            start, close = _PAIRS[words[0]](*words[1:])
            opened.append(_Open(len(pieces), close, bool(row)))
            pieces.append(start)
        elif not opened:
            return None
        else:
            pair = opened.pop()
            if pair.in_row and not end:
                pieces[pair.index] = "<mrow>" + pieces[pair.index]
            pieces.append(pair.end + ("" if pair.in_row else end))
    return None if opened else "".join([*pieces, html[position:]])


class _Table(msgspec.Struct):
    """A table that is open: half the gap between its columns (em; None: as it is), the cells of its last row."""

    gap: str | None = None
    cells: list[int] = []


def _fill_tables(html: str, marker: str) -> str:
    """Take the rows with TABLE marks out, and set the gaps between columns that they ask for."""
    if f"<mtext>{marker}{TABLE}" not in html:
        return html
    empty = "(?:<mtd[^<>]*></mtd>)*+"
    mark = rf"<mtext>{marker}{TABLE}{SEPARATOR}([\d.]+){marker}</mtext>"
    scanner = re.compile(rf"<mtr>{empty}<mtd[^<>]*>{mark}</mtd>{empty}</mtr>|{_CELL.pattern}")
    pieces: list[str] = []
    tables: list[_Table] = []
    position = 0
    for match in scanner.finditer(html):
        pieces.append(html[position : match.start()])
        position = match.end()
        if match[1] is not None:
            tables[-1].gap = match[1]
        else:
            _follow(match[0], tables, pieces)
            pieces.append(match[0])
    return "".join([*pieces, html[position:]])


def _follow(tag: str, tables: list[_Table], pieces: list[str]) -> None:
    """Keep `tables` up to date with one tag; at the end of a row its cells get their gaps."""
    if tag.startswith("<mtable"):
        tables.append(_Table())
    elif tag == "</mtable>":
        tables.pop()
    elif tag == "<mtr>":
        tables[-1].cells = []
    elif tag == "</mtr>":
        _space(tables[-1], pieces)
    else:
        tables[-1].cells.append(len(pieces))


def _space(table: _Table, pieces: list[str]) -> None:
    """Set the paddings between the cells of the last row of `table`."""
    if table.gap is None:
        return
    cells = [index for index in table.cells if _FILLER not in pieces[index]]
    width = f"{table.gap}em" if float(table.gap) else "0"
    for index in cells[:-1]:
        pieces[index] = _padded(pieces[index], f"padding-right: {width};")
    for index in cells[1:]:
        pieces[index] = _padded(pieces[index], f"padding-left: {width};")


def _padded(cell: str, padding: str) -> str:
    """Return the start tag of a cell with a padding, unless it sets that side already."""
    side = padding.partition(":")[0]
    if side in cell:
        return cell
    return cell[:-2] + padding + '">' if "style=" in cell else f'{cell[:-1]} style="{padding}">'
