r"""The matrices that the package physics fills: `\imat{3}`, `\zmat{2}{2}`, `\xmat*{a}{2}{2}`, `\dmat{a,b}`, `\pmat{x}`.

They are what stands inside of a matrix: `\mqty(\imat{3})`.
"""

from collections.abc import Sequence

from notegen.math.latex.tokens import Token, spell
from notegen.math.packages.rule import Meaning, Part, Rule, at, named, take_groups, take_option, take_star

_LARGEST = 20  # rows of a diagonal matrix
_PAULI = {
    "0": r"1&0\\0&1",
    **dict.fromkeys("1x", r"0&1\\1&0"),
    **dict.fromkeys("2y", r"0&-i\\i&0"),
    **dict.fromkeys("3z", r"1&0\\0&-1"),
}


def _table(rows: Sequence[Sequence[Part]]) -> Meaning:
    """Return rows of cells as what stands inside of a matrix."""
    parts: list[Part] = []
    for number, row in enumerate(rows):
        parts += [r"\\ "] if number else []
        for column, cell in enumerate(row):
            parts += ["&", cell] if column else [cell]
    return parts


def _size(tokens: list[Token]) -> int:
    """Read the size of a matrix; 0 for what is none."""
    written = spell(tokens).strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) == 1 else 0


def _uniform_matrix(stack: list[Token]) -> Meaning | None:
    r"""`\xmat{a}{2}{3}`: all entries alike, or with a star numbered."""
    starred, groups = take_star(stack), take_groups(stack, 3)
    if groups is None:
        return None
    entry, rows, columns = groups[0], _size(groups[1]), _size(groups[2])

    def cell(row: int, column: int) -> list[Token]:
        index = str(row + column + 1) if 1 in {rows, columns} else f"{row + 1}{column + 1}"
        return [*entry, *(at(entry[-1], f"_{{{index}}}") if starred and entry else ())]

    return _table([[cell(row, column) for column in range(columns)] for row in range(rows)])


def _identity(stack: list[Token]) -> Meaning | None:
    groups = take_groups(stack, 1)
    size = _size(groups[0]) if groups else 0
    return None if groups is None else _table([["01"[row == column] for column in range(size)] for row in range(size)])


def _zeros(stack: list[Token]) -> Meaning | None:
    groups = take_groups(stack, 2)
    return None if groups is None else _table([["0"] * _size(groups[1])] * _size(groups[0]))


def _pauli(stack: list[Token]) -> Meaning | None:
    groups = take_groups(stack, 1)
    return None if groups is None else [_PAULI.get(spell(groups[0]).strip(), "")]


def _diagonal(*, mirrored: bool) -> Rule:
    r"""Return the rule of `\dmat[0]{a,b}`: entries on the diagonal, the option elsewhere."""

    def rule(stack: list[Token]) -> Meaning | None:
        other, groups = take_option(stack), take_groups(stack, 1)
        if groups is None:
            return None
        entries: list[list[Token]] = [[]]
        for token in groups[0]:
            if token.text == ",":
                entries.append([])
            else:
                entries[-1].append(token)
        size = len(entries)
        if size > _LARGEST:
            return None
        places = [size - 1 - row if mirrored else row for row in range(size)]
        return _table(
            [[entries[row] if column == places[row] else other for column in range(size)] for row in range(size)]
        )

    return rule


MATRICES: dict[str, Rule] = {
    **named("xmat xmatrix", _uniform_matrix),
    **named("imat identitymatrix", _identity),
    **named("zmat zeromatrix", _zeros),
    **named("pmat paulimatrix", _pauli),
    **named("dmat diagonalmatrix", _diagonal(mirrored=False)),
    **named("admat antidiagonalmatrix", _diagonal(mirrored=True)),
}
