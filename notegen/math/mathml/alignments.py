"""Where lines may end inside the rows of an alignment (`aligned`): its cells become parts, see line_breaks.py.

Its rows stay rows of a table where it fits. Where it does not, style sheets lay the parts out like words.
"""

from notegen.math.mathml.line_breaks import NUMBERED, parted_cell
from notegen.text.patterns import lazy_regex

_ALIGNED = lazy_regex(
    rf'(?:{NUMBERED})?(?:<mstyle[^<>]*>)?<mtable displaystyle="true">(?=<mtr><mtd style="text-align: right)'
)
_TABLE = '<mtable displaystyle="true">'
_CELL = lazy_regex(r"<(/?)mt(?:d|able)\b[^<>]*>")
_ROW_END = "</mtr>"
_WIDE = 24  # signs of a row that may be too long for a phone


def with_parted_rows(mathml: str) -> str:
    """Return the MathML of a display; of an alignment with long rows in parts, as a table of the class `rows`.

    Time is linear.
    """
    aligned = _ALIGNED.match(mathml)
    if aligned is None:
        return mathml
    pieces: list[str] = []
    most = signs = depth = 0
    position = start = aligned.end()
    for tag in _CELL.finditer(mathml, start):
        depth += -1 if tag[1] else 1
        if depth < 0:
            break
        if tag[1] and not depth:
            cell, wide = parted_cell(mathml, start, tag.start())
            in_row = _ROW_END not in mathml[position:start]
            signs = signs + wide if in_row else wide
            most = max(most, signs)
            pieces += (mathml[position:start], cell)
            position = tag.start()
        elif not tag[1] and depth == 1:
            start = tag.end()
    if most <= _WIDE:
        return mathml
    head = mathml[: aligned.end()].replace(_TABLE, _TABLE.replace(" ", ' class="rows" ', 1))
    return f"{head}{''.join(pieces)}{mathml[position:]}"
