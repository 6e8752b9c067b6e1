r"""A diagram as an array: objects in every other row and column, arrows in the cells between them.

An arrow reaches its neighbours, and over empty cells along a row or a column; what is bent or crosses objects cannot be
a table, and is reported.
"""

from collections.abc import Mapping, Sequence

from notegen.math.latex.tokens import Token
from notegen.math.packages.diagrams.values import Arrow, Position
from notegen.math.packages.rule import Fault, Meaning, Part

_MOST = 40  # rows or columns
# Styles of arrows to the right: commands that grow with their labels, and characters that do not.
_GROWING = {
    "": (r"\xrightarrow", r"\xleftarrow"),
    "hook": (r"\xhookrightarrow", r"\xhookleftarrow"),
    "mapsto": (r"\xmapsto", ""),
    "double": (r"\xRightarrow", r"\xLeftarrow"),
    "both": (r"\xleftrightarrow", r"\xleftrightarrow"),
}
_FIXED = {
    "two heads": ("↠", "↞"),
    "tail": ("↣", "↢"),
    "mapsto": ("↦", "↤"),
    "dashed": ("⇢", "⇠"),
    "squiggly": ("⇝", "⇜"),
    "equal": ("=", "="),
    "line": ("—", "—"),
}
_VERTICAL = {
    "": (r"\Big\downarrow", r"\Big\uparrow"),
    "two heads": ("↡", "↟"),
    "mapsto": ("↧", "↥"),
    "dashed": ("⇣", "⇡"),
    "double": (r"\Big\Downarrow", r"\Big\Uparrow"),
    "both": (r"\Big\updownarrow", r"\Big\updownarrow"),
    "equal": (r"\Big\Vert", r"\Big\Vert"),
    "line": (r"\Big\vert", r"\Big\vert"),
}
_DIAGONAL = {(1, 1): r"\searrow", (1, -1): r"\swarrow", (-1, 1): r"\nearrow", (-1, -1): r"\nwarrow"}
_DOUBLE_DIAGONAL = {(1, 1): "⇘", (1, -1): "⇙", (-1, 1): "⇗", (-1, -1): "⇖"}


def draw(objects: Sequence[Sequence[list[Token]]], arrows: Sequence[Arrow]) -> Meaning | Fault:
    """Return the array of a diagram. Faults: arrows that lead out of it, or over objects."""
    rows, columns = len(objects), max(map(len, objects), default=0)
    if max(rows, columns) > _MOST:
        return Fault(f"a diagram of more than {_MOST} rows or columns")
    grid: dict[Position, list[list[Part]]] = {}
    filled = {
        (2 * row, 2 * column): cell
        for row, cells in enumerate(objects)
        for column, cell in enumerate(cells)
        if any(not token.text.isspace() for token in cell)
    }
    for arrow in arrows:
        place = _place(arrow, rows, columns, filled)
        if isinstance(place, Fault):
            return place
        grid.setdefault(place, []).append(_shown(arrow))
    parts: list[Part] = [rf"\begin{{array}}{{{'c' * (2 * columns - 1)}}}"]
    lines = [row for row in range(2 * rows - 1) if row % 2 == 0 or any(place[0] == row for place in grid)]
    for number, row in enumerate(lines):
        parts.append(r"\\ " if number else "")
        for column in range(2 * columns - 1):
            parts.append("&" if column else "")
            parts.append(filled.get((row, column), []))
            parts += _together(grid.get((row, column), []), stacked=row % 2 == 0)
    return [*parts, r"\end{array}"]


def _place(arrow: Arrow, rows: int, columns: int, filled: Mapping[Position, list[Token]]) -> Position | Fault:
    """Return the cell of the doubled grid in which an arrow stands: the middle of its way."""
    (row, column), (last_row, last_column) = arrow.start, arrow.end
    if not all(0 <= place[0] < rows and 0 <= place[1] < columns for place in (arrow.start, arrow.end)):
        return Fault("an arrow that leads out of the diagram", f"it has {rows} rows and {columns} columns", arrow.token)
    down, right = last_row - row, last_column - column
    middle = (row + last_row, column + last_column)
    straight = down == 0 or right == 0
    if straight:
        steps = max(abs(down), abs(right))
        between = [
            (2 * row + step * (down // steps), 2 * column + step * (right // steps)) for step in range(1, 2 * steps)
        ]
    if (straight and any(place in filled for place in between)) or (not straight and max(abs(down), abs(right)) > 1):
        hint = "a table can hold arrows between neighbours only: write the diagram as an SVG"
        return Fault("an arrow of this diagram cannot be drawn: it passes other objects", hint, arrow.token)
    return middle


def _shown(arrow: Arrow) -> list[Part]:
    down, right = arrow.end[0] - arrow.start[0], arrow.end[1] - arrow.start[1]
    if down == 0:
        return _horizontal(arrow, right)
    if right == 0:
        return _vertical(arrow, down)
    direction = (1 if down > 0 else -1, 1 if right > 0 else -1)
    sign = _DOUBLE_DIAGONAL[direction] if arrow.style == "double" else _DIAGONAL[direction]
    sign = "" if arrow.style == "none" else sign
    # The side of a label that lies above the line: to the left of what points to the right.
    above, below = (arrow.left, arrow.right) if right > 0 else (arrow.right, arrow.left)
    over_left = direction in {(1, -1), (-1, 1)}  # lines from the lower left: what is above them lies to the left
    before, after = (above, below) if over_left else (below, above)
    return [*_lap("llap", before), sign, *_lap("rlap", after)]


def _horizontal(arrow: Arrow, right: int) -> list[Part]:
    backwards = right < 0
    above, below = (arrow.right, arrow.left) if backwards else (arrow.left, arrow.right)
    room = r"\;" * (4 * abs(right) if abs(right) > 1 else 1)
    if arrow.style == "none":
        return [above]
    growing = _GROWING.get(arrow.style, ("", ""))[backwards]
    if growing:
        label: list[Part] = [room, above, room] if above else [room * 2]
        under: list[Part] = ["[", room, below, room, "]"] if below else []
        return [growing, *under, "{", *label, "}"]
    parts: list[Part] = [_FIXED.get(arrow.style, _FIXED["line"])[backwards]]
    parts = [r"\underset{", below, "}{", *parts, "}"] if below else parts
    return [r"\overset{", above, "}{", *parts, "}"] if above else parts


def _vertical(arrow: Arrow, down: int) -> list[Part]:
    backwards = down < 0
    # Left of the direction is right on the page, where the arrow points down.
    before, after = (arrow.left, arrow.right) if backwards else (arrow.right, arrow.left)
    sign = "" if arrow.style == "none" else _VERTICAL.get(arrow.style, _VERTICAL[""])[backwards]
    sign = sign.replace("Big", "Bigg") if abs(down) > 1 else sign
    return [*_lap("llap", before), sign, *_lap("rlap", after)]


def _lap(command: str, label: list[Token]) -> list[Part]:
    return [rf"\math{command}{{\scriptstyle\, ", label, r"\, }"] if label else []


def _together(shown: Sequence[list[Part]], *, stacked: bool) -> list[Part]:
    """Return the arrows of one cell: those along a row below one another, others side by side."""
    if len(shown) < 2:  # noqa: PLR2004 (nothing to put together)
        return [part for parts in shown for part in parts]
    between = r"\\ " if stacked else r"\; "
    inside = [part for number, parts in enumerate(shown) for part in ([between] if number else []) + parts]
    return [r"\begin{matrix}", *inside, r"\end{matrix}"] if stacked else inside
