r"""One look for the MathML of both engines: what browsers show wrongly is said in other words.

- A sized delimiter that carries scripts stands in a row: alone as the base of `<msup>` Chromium does not stretch it.
- `\widetilde`, `\widecheck`, `\overline` and `\underline` get the characters that fonts can stretch.
- i and j lose their dots under an accent.
- A line below the last row of an array is a border of the table; math-core makes it an empty row.
- Rows of an alignment have the same number of cells, so that the numbers stand below each other.
- Words between the rows of an alignment (`\intertext`) begin at its left edge and move no column.
- Signs alone in a cell keep no space around them, whatever else a style sheet puts into the cell.
"""

from notegen.text.patterns import lazy_regex

_SIZED = lazy_regex(r'(<m(?:sup|sub|subsup|over|under|underover)>)(<mo [^>]*minsize="[^>]*>[^<]*</mo>)')
_DOTTED = lazy_regex(
    r'(<mover accent="true">)<mi>([ij])</mi>(?=<mo(?: stretchy="false")?>[ˆ¯˜\u20d7˙¨ˇ˘´`˚\u20db\u20dc]</mo>)'
)
_OVER = lazy_regex(r'(?<=<mo stretchy="true">)[~ˇ_\u0332‾¯](?=</mo></mover>)')
_UNDER = lazy_regex(r'(?<=<mo stretchy="true">)[_\u0332‾¯](?=</mo></munder>)')
_ALONE = lazy_regex(r'(<mtd[^<>]*><mo)(?: [lr]space="[^"]*")*>([⋮⋯⋱⋰…])(?=</mo></mtd>)')
_WORDS = lazy_regex(
    r'(?<=<mtr><mtd style="width: 50%"></mtd>)<mtd style="text-align: right;[^"<>]*">'
    r'((?:<mrow>)?<mtext>(?:[^<]|<(?!/?mtd))*+)</mtd><mtd style="width: 50%"></mtd>\Z'
)
_MARGIN = '<mtd style="width: 50%'  # and the number, if there is one
_LAST_LINE = '<mtr><mtd style="border-top: '
_TABLE = lazy_regex(
    r'<mtable(?: style="([^"]*)")?|(?:<mtr><mtd style="border-top: ([^;"]*;)[^"]*"></mtd></mtr>)?</mtable>'
)
_DOTLESS = {"i": "ı", "j": "ȷ"}
_STRETCHING = {"~": "˜", "ˇ": "ˇ"}
_LINE_ABOVE, _LINE_BELOW = "‾", "_"


def adjust(mathml: str) -> str:
    """Return the MathML of an engine with these changes; time is linear, most formulas need none."""
    if "minsize" in mathml:
        mathml = _SIZED.sub(r"\1<mrow>\2</mrow>", mathml)
    if 'accent="true"' in mathml:
        mathml = _DOTTED.sub(lambda match: f"{match[1]}<mi>{_DOTLESS[match[2]]}</mi>", mathml)
        mathml = _OVER.sub(lambda match: _STRETCHING.get(match[0], _LINE_ABOVE), mathml)
    if "accentunder" in mathml:
        mathml = _UNDER.sub(_LINE_BELOW, mathml)
    if "<mtd" in mathml:
        mathml = _ALONE.sub(r'\1 lspace="0" rspace="0">\2', mathml)
    if _MARGIN in mathml and mathml.count("<mtable") == 1:
        mathml = _with_even_rows(mathml)
    return _close_tables(mathml) if _LAST_LINE in mathml else mathml


def _with_even_rows(mathml: str) -> str:
    """Return an alignment with cells added before the right margins of short rows; words stand across all cells."""
    rows = mathml.split("</mtr>")
    cells = [row.count("<mtd") for row in rows]
    most = max(cells)
    across = f'<mtd columnspan="{most - 1}" style="text-align: left;justify-items: start;padding-left: 0;">'
    for index, row in enumerate(rows[:-1]):
        rows[index] = _WORDS.sub(lambda words: f"{across}{words[1]}</mtd>", row)
        last = row.rfind("<mtd")
        if rows[index] == row and row.startswith(_MARGIN, last):
            rows[index] = row[:last] + "<mtd></mtd>" * (most - cells[index]) + row[last:]
    return "</mtr>".join(rows)


def _close_tables(mathml: str) -> str:
    """Turn empty last rows with a line above them into lines below their tables."""
    pieces: list[str] = []
    opened: list[tuple[int, str]] = []  # where a table begins among the pieces, and its style
    position = 0
    for match in _TABLE.finditer(mathml):
        pieces.append(mathml[position : match.start()])
        position = match.end()
        if match[0].startswith("<mtable"):
            opened.append((len(pieces), match[1] or ""))
            pieces.append(match[0])
            continue
        start, style = opened.pop()
        if match[2]:
            pieces[start] = f'<mtable style="{style}border-bottom: {match[2]}"'
        pieces.append("</mtable>")
    return "".join([*pieces, mathml[position:]])
