r"""The space below a row that `\\[3pt]` asks for: read from the LaTeX, and put into the MathML.

Neither engine shows it: math-core takes the bracket for text, KaTeX's MathML leaves it out. So `\\[3pt]` becomes two
breaks with a row between them that holds nothing but a mark; in the MathML that row is taken out, and the cells of the
row above get a padding. A row of its own changes nothing of what stands in the others, as a mark in them would.
"""

import re

import msgspec

from notegen.math.latex.tokens import Token, read_bracket
from notegen.text.patterns import lazy_regex

BREAK = r"\\"
_LENGTH = lazy_regex(r"\s*+([-+]?+)\s*+([0-9]++(?:[.,][0-9]*+)?|[.,][0-9]++)\s*+([a-z]{2})\s*+", re.IGNORECASE)
_SKIP = lazy_regex(r"\s*+([-+]?+)\s*+([0-9]*+(?:[.,][0-9]*+)?)\s*+\\([a-z]++)\s*+")
_LONGEST = 30  # characters of a length
_POINT = 0.1  # em: fonts of ten points, as both engines have them
# How long the units of TeX are (The TeXbook, chapter 10), in points, and those that depend on the font, as in KaTeX.
_POINTS = {
    "pt": 1.0,
    "pc": 12.0,
    "in": 72.27,
    "bp": 1.00375,
    "cm": 28.4528,
    "mm": 2.84528,
    "dd": 1.07,
    "cc": 12.84,
    "nd": 1.0667,
    "nc": 12.8,
    "sp": 1 / 65536,
    "px": 1.00375,
    "em": 10.0,
    "ex": 4.306,
    "mu": 10 / 18,
}
_SKIPS = {"baselineskip": 12.0, "jot": 3.0, "smallskipamount": 3.0, "medskipamount": 6.0, "bigskipamount": 12.0}
_MOST = 50.0  # em
_SPACED = 'displaystyle="true"'  # the rows of alignments stand further apart than those of other tables
_PADDING = {True: 0.25, False: 0.12}  # em below the cells of a table, by _SPACED: what style sheets give them
_TABLE = lazy_regex(r"<mtable\b[^<>]*>|</mtable>|<mtr>|<mtd\b[^<>]*>")
_STYLE = lazy_regex(r' style="([^"]*)"')
_BORDER = lazy_regex(r"border-bottom: [^:;\"]*;")


def read_break(token: Token, stack: list[Token]) -> list[Token]:
    r"""Rewrite `\\`, `\\*`, `\\[3pt]` and the same of `\cr`; `stack` is what follows (reversed).

    A gap is part of the token that comes out: `\\{0.3}`, in em. As in amsmath and KaTeX, a bracket behind a space is
    content; one that holds no length, which they reject, is content too, and gets a space for KaTeX.
    """
    if stack and stack[-1].text == "*":
        stack.pop()
    if not stack or stack[-1].text != "[":
        return [Token(BREAK, token.start, token.end)]
    opener = stack[-1]
    inside = read_bracket(stack)
    gap = None if inside is None else read_length("".join(part.text for part in inside))
    if gap is not None:
        return [Token(f"{BREAK}{{{gap:.3f}}}" if gap else BREAK, token.start, token.end)]
    if inside is not None:
        end = inside[-1].end if inside else opener.end
        stack.extend(reversed([opener, *inside, Token("]", end, end + 1)]))
    return plain_break(token)


def plain_break(token: Token) -> list[Token]:
    r"""Return a `\\` that takes no argument, whatever follows: `\newline`."""
    return [Token(BREAK, token.start, token.end), Token(" ", token.end, token.end)]


def read_length(text: str) -> float | None:
    """Return a length of LaTeX in em, 0 for an empty text, None for what is no length; at most 50 em."""
    if len(text) > _LONGEST:
        return None
    if not text.strip():
        return 0.0
    match, table = _LENGTH.fullmatch(text), _POINTS
    if match is None:
        match, table = _SKIP.fullmatch(text), _SKIPS
    if match is None or match[3].lower() not in table:
        return None
    number = float(match[2].replace(",", ".") or 1) if match[2] not in {".", ","} else 1.0
    gap = number * table[match[3].lower()] * _POINT
    return max(-_MOST, min(_MOST, -gap if match[1] == "-" else gap))


def split_break(token: Token, marker: str) -> list[Token]:
    r"""Return what engines are given for a break: `\\`, or with a gap two breaks, between them a row with the mark."""
    gap = token.text[len(BREAK) :].strip("{}")
    plain = Token(BREAK, token.start, token.end)
    return [plain, Token(rf"\text{{{marker}g{gap}{marker}}}", token.start, token.end), plain] if gap else [plain]


def gap_mark(marker: str) -> str:
    r"""Return the pattern of a break with a gap in the LaTeX for engines: its group is the gap in em."""
    return rf"\\\\\\text\{{{marker}g([-\d.]+){marker}\}}\\\\"


class _Open(msgspec.Struct):
    """A table that is open: where the cells of its last row stand among the pieces."""

    spaced: bool
    cells: list[int] = []


def fill_gaps(html: str, marker: str) -> str:
    """Take the rows with marks out of MathML and give the rows above them their space; time is linear.

    A negative gap takes away the padding that there is. A mark outside tables, where breaks show nothing, vanishes.
    """
    if f"{marker}g" not in html:
        return html
    mark = rf"{marker}g([-\d.]+){marker}"
    empty = "(?:<mtd[^<>]*></mtd>)*+"
    row = (
        rf"<mtr>{empty}<mtd([^<>]*)>(?:<m(?:row|style)[^<>]*>)*+<mtext>{mark}</mtext>"
        rf"(?:</m(?:row|style)>)*</mtd>{empty}</mtr>"
    )
    scanner = re.compile(rf"{row}|<mtext>{mark}</mtext>|{mark}|{_TABLE.pattern}")
    pieces: list[str] = []
    tables: list[_Open] = []
    position = 0
    for match in scanner.finditer(html):
        pieces.append(html[position : match.start()])
        position = match.end()
        if match[2] is not None:
            _widen(pieces, tables, float(match[2]), match[1])
        elif match[0].startswith(("<mtr", "<mtd", "<mtable", "</")):
            _follow(match[0], tables, len(pieces))
            pieces.append(match[0])
    return "".join([*pieces, html[position:]])


def _follow(tag: str, tables: list[_Open], index: int) -> None:
    """Keep `tables` up to date with one tag."""
    if tag.startswith("<mtable"):
        tables.append(_Open(_SPACED in tag))
    elif tag == "</mtable>":
        tables.pop()
    elif tag == "<mtr>":
        tables[-1].cells = []
    else:
        tables[-1].cells.append(index)


def _widen(pieces: list[str], tables: list[_Open], gap: float, attributes: str) -> None:
    """Put `gap` and the line below the mark's row, which KaTeX has there, to the cells of the last row."""
    line = _BORDER.search(attributes)
    for index in tables[-1].cells if tables else ():
        cell = pieces[index]
        style = _STYLE.search(cell)
        declarations = style[1] if style else ""
        padding = 0.0 if "padding-bottom: 0;" in declarations else _PADDING[tables[-1].spaced]
        kept = declarations.replace("padding-bottom: 0;", "").rstrip(";")
        shown = f"{kept}{';' if kept else ''}padding-bottom: {max(0.0, padding + gap):.3g}em;{line[0] if line else ''}"
        start, end = style.span() if style else (len(cell) - 1, len(cell) - 1)
        pieces[index] = f'{cell[:start]} style="{shown}"{cell[end:]}'
