r"""Commutative diagrams as tables of objects and arrows: `tikzcd` of tikz-cd, `CD` of amscd, `\xymatrix` of xy."""

from collections.abc import Callable, Sequence

from notegen.math.latex.tokens import Token, read_argument, read_bracket, spell
from notegen.math.packages.diagrams.cd import read_cd
from notegen.math.packages.diagrams.draw import draw
from notegen.math.packages.diagrams.tikz import read_cell as read_tikz_cell
from notegen.math.packages.diagrams.values import Arrow, Read
from notegen.math.packages.diagrams.xy import read_cell as read_xy_cell
from notegen.math.packages.environments import EnvironmentRule, rows_of, take_environment
from notegen.math.packages.rule import Fault, Meaning, Rule


def _tikz(stack: list[Token]) -> Meaning | Fault | None:
    options = spell(read_bracket(stack) or ())
    content = take_environment(stack, "tikzcd")
    if content is None:
        return None
    if "ampersand replacement" in options:
        content = [token._replace(text="&") if token.text == r"\&" else token for token in content]
    return _diagram(content, read_tikz_cell)


def _xy(stack: list[Token]) -> Meaning | Fault | None:
    r"""`\xymatrix@C=2em{…}`: what stands before the brace is about distances."""
    while stack and stack[-1].text not in {"{", "}"}:
        stack.pop()
    content = read_argument(stack)
    return None if content is None else _diagram(content, read_xy_cell)


def _cd(stack: list[Token]) -> Meaning | Fault | None:
    content = take_environment(stack, "CD")
    if content is None:
        return None
    diagram = read_cd(content)
    return diagram if isinstance(diagram, Fault) else draw(*diagram)


def _diagram(content: Sequence[Token], read: Callable[[list[Token], int, int], Read | Fault]) -> Meaning | Fault:
    objects: list[list[list[Token]]] = []
    arrows: list[Arrow] = []
    for row, cells in enumerate(rows_of(content)):
        objects.append([])
        for column, cell in enumerate(cells):
            reading = read(cell, row, column)
            if isinstance(reading, Fault):
                return reading
            objects[-1].append(reading.object)
            arrows += reading.arrows
    return draw(objects, arrows)


RULES: dict[str, Rule] = {r"\xymatrix": _xy}
ENVIRONMENTS: dict[str, EnvironmentRule] = {"CD": _cd, "tikzcd": _tikz}
