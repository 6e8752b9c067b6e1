r"""Environments that math-core does not know, as others that it knows; a mark says what gaps their columns have."""

from notegen.math.latex.tokens import Token, read_argument, read_bracket, spell
from notegen.math.polyfill.marks import TABLE, mark

_MOST_COLUMNS = 30  # of a small matrix; one that has fewer needs no more
_SMALL_GAP = "0.1389"  # em: half of what amsmath puts between the columns of a small matrix
_ALIGNED = {"alignat": "align", "alignat*": "align*", "alignedat": "aligned"}
_FENCES = {
    "matrix*": ("", ""),
    "pmatrix*": ("(", ")"),
    "bmatrix*": ("[", "]"),
    "Bmatrix*": (r"\{", r"\}"),
    "vmatrix*": ("|", "|"),
    "Vmatrix*": (r"\|", r"\|"),
}
_COLUMNS = "lcr"


def read_substack(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\substack{a\\b}` is a subarray of one column; a rule of rules.py, as all functions here."""
    argument = read_argument(stack)
    if argument is None:
        return [token]
    stack.extend(reversed([*argument, token._replace(text=r"\end{subarray}")]))
    return [token._replace(text=r"\begin{subarray}{c}")]


def begin_small(token: Token, stack: list[Token]) -> list[Token]:
    """A small matrix is a subarray of several columns."""
    stack.extend(reversed(_mark_row(token, _SMALL_GAP)))
    return [token._replace(text=rf"\begin{{subarray}}{{{'c' * _MOST_COLUMNS}}}")]


def begin_aligned(token: Token, stack: list[Token]) -> list[Token]:
    """Alignments whose columns have no gaps; the number of columns, which rewrite.py supplied, is of no use."""
    read_argument(stack)
    stack.extend(reversed(_mark_row(token, "0")))
    return [token._replace(text=rf"\begin{{{_ALIGNED[_name(token)]}}}")]


def begin_fenced(token: Token, stack: list[Token]) -> list[Token]:
    """The matrices of mathtools, whose columns are aligned as a letter in brackets says."""
    columns = spell(read_bracket(stack) or ()).strip() or "c"
    if len(columns) > 1 or columns not in _COLUMNS:
        return [token]
    start = token._replace(text=rf"\begin{{array}}{{{columns * _MOST_COLUMNS}}}")
    return [*_fence(token, r"\left", _FENCES[_name(token)][0]), start]


def end(token: Token, _stack: list[Token]) -> list[Token]:
    """End any of these environments."""
    name = token.text.removeprefix(r"\end{").removesuffix("}")
    if name in _FENCES:
        return [token._replace(text=r"\end{array}"), *_fence(token, r"\right", _FENCES[name][1])]
    return [token._replace(text=rf"\end{{{_ALIGNED.get(name, 'subarray')}}}")]


def _fence(token: Token, command: str, sign: str) -> list[Token]:
    return [token._replace(text=command), token._replace(text=sign)] if sign else []


def _name(token: Token) -> str:
    return token.text.removeprefix(r"\begin{").removesuffix("}")


def _mark_row(token: Token, gap: str) -> list[Token]:
    """A row of its own, so that the mark changes nothing in the others."""
    return [mark(token, TABLE, gap), token._replace(text=r"\\")]


BEGINNINGS = {
    r"\begin{smallmatrix}": begin_small,
    **{rf"\begin{{{name}}}": begin_aligned for name in _ALIGNED},
    **{rf"\begin{{{name}}}": begin_fenced for name in _FENCES},
}
ENDINGS = {begin.replace(r"\begin", r"\end"): end for begin in BEGINNINGS}
