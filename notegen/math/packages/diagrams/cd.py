r"""Diagrams of amscd: `A @>a>> B \\ @VbVV @VVcV \\ C @>>d> D`, rows of objects and rows of arrows between them.

Source: the documentation of amscd, version 2.0.
"""

from collections.abc import Sequence

from notegen.math.latex.tokens import Token
from notegen.math.packages.diagrams.values import Arrow, Position
from notegen.math.packages.environments import rows_of
from notegen.math.packages.rule import Fault

_RIGHT, _LEFT, _DOWN, _UP = ">)", "<(", "V", "A"
_LABELLED = frozenset({*_RIGHT, *_LEFT, _DOWN, _UP})
_VERTICAL = frozenset({_DOWN, _UP, "|", r"\vert", r"\|"})
_PLAIN = frozenset({"=", ".", *_VERTICAL})
Written = tuple[Token, str, list[Token], list[Token]]  # the sign, its character, the labels before and behind


def read_cd(content: Sequence[Token]) -> tuple[list[list[list[Token]]], list[Arrow]] | Fault:
    """Return the objects of a diagram, row by row, and its arrows. Faults: an arrow that is none of amscd's."""
    objects: list[list[list[Token]]] = []
    arrows: list[Arrow] = []
    for cells in rows_of(content):
        row = _row([token for cell in cells for token in cell])
        if isinstance(row, Fault):
            return row
        between, signs = row
        is_between = any(sign[1] in _VERTICAL for sign in signs)
        at = len(objects) - is_between
        arrows += [
            _arrow(sign, (at, column), (at + is_between, column + (not is_between)))
            for column, sign in enumerate(signs)
            if sign[1] != "."
        ]
        objects += [] if is_between else [between]
    return objects, arrows


def _row(tokens: Sequence[Token]) -> tuple[list[list[Token]], list[Written]] | Fault:
    """Return what stands between the arrows of a row, and the arrows."""
    stack = list(reversed(tokens))
    objects: list[list[Token]] = [[]]
    signs: list[Written] = []
    depth = 0
    while stack:
        token = stack.pop()
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.text != "@" or depth:
            objects[-1].append(token)
            continue
        kind = stack.pop().text if stack else ""
        if kind not in _LABELLED | _PLAIN:
            return Fault("an arrow that CD does not have", "write @>>>, @<<<, @VVV, @AAA, @=, @| or @.", token)
        labels = [_label(stack, kind) for _ in range(2)] if kind in _LABELLED else [[], []]
        if None in labels:
            return Fault(f"the arrow @{kind} is not closed", f"write @{kind * 3}, with labels between the signs", token)
        signs.append((token, kind, labels[0] or [], labels[1] or []))
        objects.append([])
    return objects, signs


def _label(stack: list[Token], sign: str) -> list[Token] | None:
    """Take a label up to the sign that ends it; None where none does."""
    label: list[Token] = []
    depth = 0
    while stack:
        token = stack.pop()
        if token.text == sign and not depth:
            return [part for part in label if not part.text.isspace()] and label
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        label.append(token)
    return None


def _arrow(written: Written, start: Position, end: Position) -> Arrow:
    """Return an arrow that leads from `start` to `end`, or back: labels are above or left of it, and below or right."""
    token, kind, first, second = written
    if kind in _RIGHT:
        return Arrow(token, start, end, left=first, right=second)
    if kind in _LEFT or kind == _UP:
        left, right = (second, first) if kind in _LEFT else (first, second)
        return Arrow(token, end, start, left=left, right=right)
    if kind == _DOWN:
        return Arrow(token, start, end, left=second, right=first)
    return Arrow(token, start, end, "equal")
