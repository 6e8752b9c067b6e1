r"""Cells of `\xymatrix`: `A \ar[r]^f_g \ar@{->>}[d]`. Source: the user's guide of Xy-pic, version 3.7."""

from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces, spell
from notegen.math.packages.diagrams.values import Arrow, Read, moved
from notegen.math.packages.rule import Fault

_CLOSERS = {"{": "}", "/": "/", "<": ">"}
_STYLES = {
    "->>": "two heads",
    ">->": "tail",
    "^{(}->": "hook",
    "_{(}->": "hook",
    "^(->": "hook",
    "|->": "mapsto",
    "=>": "double",
    "=": "equal",
    "-->": "dashed",
    ".>": "dashed",
    "<->": "both",
    "~>": "squiggly",
    "-": "line",
    "": "none",
}


def read_cell(cell: list[Token], row: int, column: int) -> Read | Fault:
    """Read one cell. Faults: an arrow without a direction."""
    stack = cell[::-1]
    shown: list[Token] = []
    arrows: list[Arrow] = []
    while stack:
        token = stack.pop()
        if token.text != r"\ar":
            shown.append(token)
            continue
        style = _style(stack)
        directions = spell(read_bracket(stack) or ()).strip()
        if not directions or directions.strip("udlr"):
            return Fault("an arrow that leads nowhere", r"write \ar[r], \ar[d], \ar[dr] …", token)
        labels: dict[str, list[Token]] = {"^": [], "_": [], "|": []}
        skip_spaces(stack)
        while stack and stack[-1].text in labels:
            side = stack.pop().text
            while stack and stack[-1].text in {"-", "<", ">"}:
                stack.pop()
            labels[side] = read_argument(stack) or []
            skip_spaces(stack)
        end = moved((row, column), directions)
        arrows.append(Arrow(token, (row, column), end, style, labels["^"] or labels["|"], labels["_"]))
    return Read(shown, arrows)


def _style(stack: list[Token]) -> str:
    """Take what stands between the command and its direction: `@{->>}`, `@/^/`, `@<1ex>`."""
    style = ""
    skip_spaces(stack)
    while stack and stack[-1].text == "@":
        stack.pop()
        opening = stack.pop().text if stack else ""
        inside = ""
        if opening == "{":
            stack.append(Token("{", 0, 0))
            inside = spell(read_argument(stack) or ()).replace(" ", "")
            style = _STYLES.get(inside, "")
        else:
            while stack and stack[-1].text != _CLOSERS.get(opening, "["):
                stack.pop()
            if stack and opening in _CLOSERS:
                stack.pop()
        skip_spaces(stack)
    return style
