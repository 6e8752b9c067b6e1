r"""Cells of `tikzcd`: `A \arrow[r, "f"] \arrow[d, "g"', hook]`, and quiver's `\arrow["f", from=1-1, to=1-2]`.

Source: the manual of tikz-cd, version 1; older ones write `\arrow{r}{f}`.
"""

from collections.abc import Sequence

import msgspec

from notegen.math.latex.tokens import Token, read_argument, read_bracket, spell
from notegen.math.packages.diagrams.values import Arrow, Position, Read, moved
from notegen.math.packages.rule import Fault

_SHORT = {rf"\{name}ar": name for name in ("r", "l", "d", "u", "dr", "dl", "ur", "ul")}
_COMMANDS = {r"\arrow", r"\ar", *_SHORT}
# Options that are a style of arrows -> what draw.py calls it.
_STYLES = {
    "hook": "hook",
    "hook'": "hook",
    "hookrightarrow": "hook",
    "two heads": "two heads",
    "twoheadrightarrow": "two heads",
    "tail": "tail",
    "rightarrowtail": "tail",
    "mapsto": "mapsto",
    "maps to": "mapsto",
    "equal": "equal",
    "equals": "equal",
    "Rightarrow": "double",
    "Rightarrow, no head": "equal",
    "double": "double",
    "leftrightarrow": "both",
    "<->": "both",
    "dashed": "dashed",
    "dashrightarrow": "dashed",
    "dotted": "dashed",
    "squiggly": "squiggly",
    "rightsquigarrow": "squiggly",
    "no head": "line",
    "dash": "line",
    "-": "line",
    "phantom": "none",
    "draw=none": "none",
}


class _Options(msgspec.Struct):
    """What the options of one arrow say."""

    start: Position
    directions: str = ""
    end: Position | None = None
    style: str = ""
    swapped: bool = False
    left: list[Token] = []
    right: list[Token] = []


def read_cell(cell: list[Token], row: int, column: int) -> Read | Fault:
    """Read one cell. Faults: an arrow without a direction."""
    stack = cell[::-1]
    shown: list[Token] = []
    arrows: list[Arrow] = []
    while stack:
        token = stack.pop()
        if token.text not in _COMMANDS:
            shown.append(token)
            continue
        options = _options(stack, (row, column), _SHORT.get(token.text, ""))
        end = options.end or moved(options.start, options.directions)
        if end == options.start:
            hint = r"write \arrow[r], [d], [dr] …; arrows from an object to itself are not drawn"
            return Fault("an arrow that leads nowhere", hint, token)
        arrows.append(Arrow(token, options.start, end, options.style, options.left, options.right))
    return Read(shown, arrows)


def _options(stack: list[Token], place: Position, directions: str) -> _Options:
    options = _Options(place, directions)
    written = read_bracket(stack)
    if written is None:  # \arrow{r}[swap]{f}, \rar{f}
        options.directions = directions or spell(read_argument(stack) or ()).strip()
        written = read_bracket(stack)
        label = read_argument(stack) if stack and stack[-1].text == "{" else None
        options.left = label or []
    for item in _split(written or []):
        _option(item, options)
    if options.swapped:
        options.left, options.right = options.right, options.left
    return options


def _option(item: list[Token], options: _Options) -> None:
    """Take one option: a label in quotes, a direction, an end, a style; the others are about looks."""
    name = spell(item).strip()
    if name.startswith('"'):
        _label(item, options)
    elif name in {"swap", "'"}:
        options.swapped = True
    elif name and not name.strip("udlr"):
        options.directions = name
    elif name.startswith(("from=", "to=")):
        key, _, where = name.partition("=")
        place = _place(where, options)
        if place is not None and key == "from":
            options.start = place
        else:
            options.end = place
    elif name in _STYLES:
        style = _STYLES[name]
        options.style = "equal" if {style, options.style} == {"double", "line"} else style


def _place(where: str, options: _Options) -> Position | None:
    """Read `1-2`, counted from one; or a direction."""
    row, hyphen, column = where.strip().partition("-")
    if hyphen and row.isdigit() and column.isdigit():
        return int(row) - 1, int(column) - 1
    return moved(options.start, where) if where and not where.strip("udlr") else None


def _label(item: list[Token], options: _Options) -> None:
    """Take `"f"`, `"f"'` or `"f"{swap, near start}`."""
    quotes = [index for index, token in enumerate(item) if token.text == '"']
    if len(quotes) < 2:  # noqa: PLR2004 (an opening and a closing one)
        return
    label, after = item[quotes[0] + 1 : quotes[-1]], spell(item[quotes[-1] + 1 :])
    if len(label) > 1 and label[0].text == "{" and label[-1].text == "}":
        label = label[1:-1]
    if "'" in after or "swap" in after:
        options.right = label
    else:
        options.left = label


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return options, which commas part outside of quotes and braces."""
    items: list[list[Token]] = [[]]
    depth, quoted = 0, False
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        quoted ^= token.text == '"'
        if token.text == "," and depth == 0 and not quoted:
            items.append([])
        else:
            items[-1].append(token)
    return items
