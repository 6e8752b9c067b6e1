r"""The macros of the package physics, as LaTeX that the engines know: `\qty(x)`, `\dv[2]{f}{x}`, `\mel{n}{A}{m}`.

They are no macros of TeX's plain kind: a star, brackets, or which delimiter follows say what they mean. A rule takes
the command and the stack of what follows (reversed), as those of rewrite.py do, and puts what it means back on the
stack, so that it is read in its turn. A macro of the author's own with the same name is expanded before.

Commands that the engines know in another meaning (`\div`, `\Re`) are the package's where a site asks for it.

Source: the manual of the LaTeX package physics; MathJax docs, "physics".
"""

from collections.abc import Sequence

from notegen.math.latex.tokens import Token, read_argument, read_bracket
from notegen.math.packages.physics_matrices import MATRICES
from notegen.math.packages.rule import (
    CLOSERS,
    Meaning,
    Part,
    Rule,
    named,
    plain,
    take_delimited,
    take_group,
    take_size,
    take_star,
)

_MATRICES = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix", "{": "matrix"}


def _fenced(left: str, right: str) -> Rule:
    r"""Return the rule of `\abs{x}` and its like: growing signs around an argument, plain ones with a star."""

    def rule(stack: list[Token]) -> Meaning | None:
        starred = take_star(stack)
        size = take_size(stack)
        inside = take_delimited(stack)
        if inside is None:
            return None
        if starred:
            return [left, inside[1], right]
        return [f"{size or chr(92) + 'left'}{left} ", inside[1], f"{size or chr(92) + 'right'}{right} "]

    return rule


def quantity(stack: list[Token]) -> Meaning | None:
    r"""`\qty(x)` has growing signs of the kind that its author wrote."""
    starred = take_star(stack)
    size = take_size(stack)
    delimited = take_delimited(stack)
    if delimited is None:
        return None
    left, right = (rf"\{delimited[0]}", r"\}") if delimited[0] == "{" else (delimited[0], CLOSERS[delimited[0]])
    if starred:
        return [left, delimited[1], right]
    return [f"{size or chr(92) + 'left'}{left} ", delimited[1], f"{size or chr(92) + 'right'}{right} "]


def _evaluated(stack: list[Token]) -> Meaning | None:
    take_star(stack)
    delimited = take_delimited(stack)
    return None if delimited is None else [r"\left. ", delimited[1], r"\right| "]


def _order(stack: list[Token]) -> Meaning | None:
    delimited = take_delimited(stack)
    return None if delimited is None else [r"\mathcal{O}\left( ", delimited[1], r"\right) "]


def _commutator(left: str, right: str) -> Rule:
    def rule(stack: list[Token]) -> Meaning | None:
        starred, first = take_star(stack), take_group(stack)
        second = take_group(stack) if first is not None else None
        if first is None or second is None:
            return None
        opened, closed = (left, right) if starred else (rf"\left{left} ", rf"\right{right} ")
        return [opened, first, ", ", second, closed]

    return rule


def _vector(before: str, after: str) -> Rule:
    def rule(stack: list[Token]) -> Meaning | None:
        font = r"\boldsymbol{" if take_star(stack) else r"\mathbf{"
        argument = read_argument(stack)
        return None if argument is None else [before + font, argument, "}" + after]

    return rule


def _differential(sign: str) -> Rule:
    r"""`\dd`, `\dd{x}`, `\dd[3]{x}`."""

    def rule(stack: list[Token]) -> Meaning | None:
        power = read_bracket(stack)
        argument = take_group(stack)
        raised: list[Part] = [] if power is None else ["^{", power, "}"]
        return [sign, *raised] if argument is None else [r"\," + sign, *raised, "{", argument, "}"]

    return rule


def _derivative(sign: str, *, partial: bool = False) -> Rule:
    r"""`\dv{x}`, `\dv{f}{x}`, `\dv[n]{f}{x}`, `\pdv{f}{x}{y}`; a star sets it on one line."""

    def rule(stack: list[Token]) -> Meaning | None:
        starred, power, first = take_star(stack), read_bracket(stack), take_group(stack)
        if first is None:
            return None
        second = take_group(stack)
        third = take_group(stack) if partial and second is not None else None
        raised: list[Part] = [] if power is None else ["^{", power, "}"]
        if third is not None and second is not None:
            above: list[Part] = [sign + "^{2}{", first, "}"]
            below: list[Part] = [sign + "{", second, "}" + sign + "{", third, "}"]
        elif second is not None:
            above, below = [sign, *raised, "{", first, "}"], [sign + "{", second, "}", *raised]
        else:
            above, below = [sign, *raised], [sign + "{", first, "}", *raised]
        return ["{", *above, "/", *below, "}"] if starred else [r"\frac{", *above, "}{", *below, "}"]

    return rule


def _braket(stack: list[Token]) -> Meaning | None:
    take_star(stack)
    first = take_group(stack)
    if first is None:
        return None
    second = take_group(stack)
    if second is None:
        return [r"\left\langle ", first, *(() if _has_bar(first) else (r"\middle| ", first)), r"\right\rangle "]
    return [r"\left\langle ", first, r"\middle| ", second, r"\right\rangle "]


def _bracketed(stack: list[Token]) -> Meaning | None:
    r"""`\braket{a}{b}` is of physics; the engines know `\braket{a|b}`."""
    starred = take_star(stack)
    first = take_group(stack)
    if first is None:
        return [r"\braket" + "*" * starred]
    follows = bool(stack) and stack[-1].text == "{" and not _has_bar(first)
    second = take_group(stack) if follows else None
    if second is None:
        return [r"\braket{", first, "}"]
    return [r"\left\langle ", first, r"\middle| ", second, r"\right\rangle "]


def _has_bar(tokens: Sequence[Token]) -> bool:
    return any(token.text in {"|", r"\vert", r"\mid"} for token in tokens)


def _dyad(stack: list[Token]) -> Meaning | None:
    take_star(stack)
    first = take_group(stack)
    second = take_group(stack) if first is not None else None
    if first is None:
        return None
    last = first if second is None else second
    return [r"\left| ", first, r"\right\rangle\left\langle ", last, r"\right| "]


def _expectation(stack: list[Token]) -> Meaning | None:
    take_star(stack)
    first = take_group(stack)
    state = take_group(stack) if first is not None else None
    if first is None:
        return None
    if state is None:
        return [r"\left\langle ", first, r"\right\rangle "]
    return [r"\left\langle ", state, r"\middle| ", first, r"\middle| ", state, r"\right\rangle "]


def _element(stack: list[Token]) -> Meaning | None:
    take_star(stack)
    groups = [take_group(stack), take_group(stack), take_group(stack)]
    present = [group for group in groups if group is not None]
    if len(present) < len(groups):
        return None
    return [r"\left\langle ", present[0], r"\middle| ", present[1], r"\middle| ", present[2], r"\right\rangle "]


def _matrix(name: str) -> Rule:
    r"""`\mqty(a & b)`, `\pmqty{a & b}`: a matrix, with signs as written or as named."""

    def rule(stack: list[Token]) -> Meaning | None:
        take_star(stack)
        delimited = take_delimited(stack)
        if delimited is None:
            return None
        kind = name or _MATRICES[delimited[0]]
        return [rf"\begin{{{kind}}}", delimited[1], rf"\end{{{kind}}}"]

    return rule


def _words(text: str) -> Rule:
    return lambda _stack: [rf"\quad\text{{{text}}}\quad "]


def _text(stack: list[Token]) -> Meaning | None:
    starred, argument = take_star(stack), take_group(stack)
    return None if argument is None else [("" if starred else r"\quad") + r"\text{", argument, r"}\quad "]


def _fraction(stack: list[Token]) -> Meaning | None:
    first = take_group(stack)
    second = take_group(stack) if first is not None else None
    return None if first is None or second is None else ["{{", first, "}/{", second, "}}"]


_IMAGINARY = r"\operatorname{Im}"
_NABLA = r"\boldsymbol{\nabla}"
_QUAD_WORDS = (
    *("if", "then", "else", "otherwise", "unless", "given", "using", "assume", "since", "let"),
    *("for", "all", "even", "odd", "integer", "and", "or", "as", "in"),
)
RULES: dict[str, Rule] = {
    **MATRICES,
    **named("qty quantity", quantity),
    **named("pqty", _fenced("(", ")")),
    **named("bqty", _fenced("[", "]")),
    **named("Bqty", _fenced(r"\{", r"\}")),
    **named("vqty abs absolutevalue", _fenced("|", "|")),
    **named("norm", _fenced(r"\|", r"\|")),
    **named("eval evaluated", _evaluated),
    **named("order", _order),
    **named("comm commutator", _commutator("[", "]")),
    **named("acomm acommutator anticommutator pb poissonbracket", _commutator(r"\{", r"\}")),
    **named("vb vectorbold", _vector("", "")),
    **named("va vectorarrow", _vector(r"\vec{", "}")),
    **named("vu vectorunit", _vector(r"\hat{", "}")),
    **named("vdot dotproduct", plain(r"\mathbin{\boldsymbol{\cdot}}")),
    **named("cross crossproduct cp", plain(r"\mathbin{\boldsymbol{\times}}")),
    **named("grad gradient", plain(_NABLA)),
    **named("divergence", plain(_NABLA + r"\cdot ")),
    **named("curl", plain(_NABLA + r"\times ")),
    **named("laplacian", plain(r"\nabla^{2}")),
    **named("dd differential", _differential(r"\mathrm{d}")),
    **named("var variation", _differential(r"\delta ")),
    **named("dv derivative", _derivative(r"\mathrm{d}")),
    **named("pdv pderivative partialderivative", _derivative(r"\partial ", partial=True)),
    **named("fdv fderivative functionalderivative", _derivative(r"\delta ")),
    **named("ip innerproduct", _braket),
    **named("braket", _bracketed),
    **named("dyad op outerproduct ketbra", _dyad),
    **named("ev expval expectationvalue vev", _expectation),
    **named("mel matrixel matrixelement", _element),
    **named("mqty matrixquantity", _matrix("")),
    **named("pmqty", _matrix("pmatrix")),
    **named("bmqty", _matrix("bmatrix")),
    **named("vmqty", _matrix("vmatrix")),
    **named("smqty smallmatrixquantity", _matrix("smallmatrix")),
    **named("flatfrac", _fraction),
    **named("qq qqtext", _text),
    **named("qcomma qc", plain(r",\quad ")),
    **named("qcc", _words("c.c.")),
    **{rf"\q{word}": _words(word) for word in _QUAD_WORDS},
    **{rf"\{name}": plain(rf"\operatorname{{{name}}}") for name in ("tr", "Tr", "rank", "Res")},
    **named("trace", plain(r"\operatorname{tr}")),
    **named("Trace", plain(r"\operatorname{Tr}")),
    **named("Residue", plain(r"\operatorname{Res}")),
    **named("principalvalue pv", plain(r"\mathcal{P}")),
    **named("PV", plain(r"\operatorname{P.V.}")),
    **named("imaginary", plain(_IMAGINARY)),
}
# What the engines know as something else: asked for by `math.packages: [physics]`.
REDEFINED: dict[str, Rule] = {
    **named("div", plain(_NABLA + r"\cdot ")),
    **named("Re real", plain(r"\operatorname{Re}")),
    **named("Im", plain(_IMAGINARY)),
}
