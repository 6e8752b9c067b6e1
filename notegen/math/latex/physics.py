r"""The macros of the package physics, as LaTeX that the engines know: `\qty(x)`, `\dv[2]{f}{x}`, `\mel{n}{A}{m}`.

They are no macros of TeX's plain kind: a star, brackets, or which delimiter follows say what they mean. A rule takes
the command and the stack of what follows (reversed), as those of rewrite.py do, and puts what it means back on the
stack, so that it is read in its turn. A macro of the author's own with the same name is expanded before.

Source: the manual of the LaTeX package physics; MathJax docs, "physics". What is not here: `\xmat` and the like.
"""

from collections.abc import Callable, Sequence

from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces, tokenize
from notegen.text.patterns import lazy_regex

_CLOSERS = {"(": ")", "[": "]", "|": "|", "{": "}"}
_SIZES = frozenset({r"\big", r"\Big", r"\bigg", r"\Bigg"})
_MATRICES = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix", "{": "matrix"}
_LONGEST = 500  # tokens between signs that are no braces: looking for each one's end must not take long
_MOST = 20_000  # tokens that rules push in one formula, besides its own

Rule = Callable[[list[Token]], "Sequence[str | list[Token]] | None"]


def expand_physics(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens in which the package's macros are what they mean.

    A macro that lacks an argument stays, without what it took: no engine knows it, and the author's words are shown.
    """
    stack = list(reversed(tokens))
    output: list[Token] = []
    growth = 0
    while stack:
        token = stack.pop()
        rule = RULES.get(token.text)
        parts = rule(stack) if rule is not None and growth < _MOST else None
        if parts is None:
            output.append(token)
            continue
        pushed: list[Token] = []
        for part in parts:
            pushed += _at(token, part) if isinstance(part, str) else part
        growth += len(pushed)
        stack.extend(reversed(pushed))
    return output


def uses_physics(latex: str) -> bool:
    """Return whether a formula may hold one of the macros."""
    return _NAMES.search(latex) is not None


def _at(place: Token, latex: str) -> list[Token]:
    return [Token(token.text, place.start, place.end, fixed=True) for token in tokenize(latex)]


def _star(stack: list[Token]) -> bool:
    starred = bool(stack) and stack[-1].text == "*"
    if starred:
        stack.pop()
    return starred


def _group(stack: list[Token]) -> list[Token] | None:
    """Take a group in braces, if one follows."""
    spaces = stack[-1:] if stack and stack[-1].text.isspace() else []
    skip_spaces(stack)
    if stack and stack[-1].text == "{":
        return read_argument(stack)
    stack.extend(spaces)
    return None


def _delimited(stack: list[Token]) -> tuple[str, list[Token]] | None:
    """Take what stands in `(…)`, `[…]`, `|…|` or `{…}`: the opening sign and the inside."""
    skip_spaces(stack)
    opening = stack[-1].text if stack else ""
    if opening == "{":
        inside = read_argument(stack)
        return None if inside is None else (opening, inside)
    closing = _CLOSERS.get(opening, "")
    depth, braces = 1, 0
    for index in range(len(stack) - 2, max(-1, len(stack) - _LONGEST), -1) if closing else ():
        text = stack[index].text
        braces += {"{": 1, "}": -1}.get(text, 0)
        if braces < 0:
            return None
        if braces == 0 and text in {opening, closing}:
            depth += -1 if text == closing else 1
            if depth == 0:
                content = stack[index + 1 : -1][::-1]
                del stack[index:]
                return opening, content
    return None


def _fenced(left: str, right: str) -> Rule:
    r"""Return the rule of `\abs{x}` and its like: growing signs around an argument, plain ones with a star."""

    def rule(stack: list[Token]) -> Sequence[str | list[Token]] | None:
        starred = _star(stack)
        size = stack.pop().text if stack and stack[-1].text in _SIZES else ""
        inside = _delimited(stack)
        if inside is None:
            return None
        if starred:
            return [left, inside[1], right]
        return [f"{size or chr(92) + 'left'}{left} ", inside[1], f"{size or chr(92) + 'right'}{right} "]

    return rule


def _quantity(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    r"""`\qty(x)` has growing signs of the kind that its author wrote."""
    starred = _star(stack)
    size = stack.pop().text if stack and stack[-1].text in _SIZES else ""
    delimited = _delimited(stack)
    if delimited is None:
        return None
    left, right = (rf"\{delimited[0]}", r"\}") if delimited[0] == "{" else (delimited[0], _CLOSERS[delimited[0]])
    if starred:
        return [left, delimited[1], right]
    return [f"{size or chr(92) + 'left'}{left} ", delimited[1], f"{size or chr(92) + 'right'}{right} "]


def _evaluated(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    _star(stack)
    delimited = _delimited(stack)
    return None if delimited is None else [r"\left. ", delimited[1], r"\right| "]


def _order(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    delimited = _delimited(stack)
    return None if delimited is None else [r"\mathcal{O}\left( ", delimited[1], r"\right) "]


def _commutator(left: str, right: str) -> Rule:
    def rule(stack: list[Token]) -> Sequence[str | list[Token]] | None:
        starred, first = _star(stack), _group(stack)
        second = _group(stack) if first is not None else None
        if first is None or second is None:
            return None
        opened, closed = (left, right) if starred else (rf"\left{left} ", rf"\right{right} ")
        return [opened, first, ", ", second, closed]

    return rule


def _vector(before: str, after: str) -> Rule:
    def rule(stack: list[Token]) -> Sequence[str | list[Token]] | None:
        font = r"\boldsymbol{" if _star(stack) else r"\mathbf{"
        argument = read_argument(stack)
        return None if argument is None else [before + font, argument, "}" + after]

    return rule


def _differential(sign: str) -> Rule:
    r"""`\dd`, `\dd{x}`, `\dd[3]{x}`."""

    def rule(stack: list[Token]) -> Sequence[str | list[Token]] | None:
        power = read_bracket(stack)
        argument = _group(stack)
        raised: list[str | list[Token]] = [] if power is None else ["^{", power, "}"]
        return [sign, *raised] if argument is None else [r"\," + sign, *raised, "{", argument, "}"]

    return rule


def _derivative(sign: str, *, partial: bool = False) -> Rule:
    r"""`\dv{x}`, `\dv{f}{x}`, `\dv[n]{f}{x}`, `\pdv{f}{x}{y}`; a star sets it on one line."""

    def rule(stack: list[Token]) -> Sequence[str | list[Token]] | None:
        starred, power, first = _star(stack), read_bracket(stack), _group(stack)
        if first is None:
            return None
        second = _group(stack)
        third = _group(stack) if partial and second is not None else None
        raised: list[str | list[Token]] = [] if power is None else ["^{", power, "}"]
        if third is not None and second is not None:
            above: list[str | list[Token]] = [sign + "^{2}{", first, "}"]
            below: list[str | list[Token]] = [sign + "{", second, "}" + sign + "{", third, "}"]
        elif second is not None:
            above, below = [sign, *raised, "{", first, "}"], [sign + "{", second, "}", *raised]
        else:
            above, below = [sign, *raised], [sign + "{", first, "}", *raised]
        return ["{", *above, "/", *below, "}"] if starred else [r"\frac{", *above, "}{", *below, "}"]

    return rule


def _braket(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    _star(stack)
    first = _group(stack)
    if first is None:
        return None
    second = _group(stack)
    if second is None:
        return [r"\left\langle ", first, *(() if _has_bar(first) else (r"\middle| ", first)), r"\right\rangle "]
    return [r"\left\langle ", first, r"\middle| ", second, r"\right\rangle "]


def _has_bar(tokens: Sequence[Token]) -> bool:
    return any(token.text in {"|", r"\vert", r"\mid"} for token in tokens)


def _dyad(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    _star(stack)
    first = _group(stack)
    second = _group(stack) if first is not None else None
    if first is None:
        return None
    last = first if second is None else second
    return [r"\left| ", first, r"\right\rangle\left\langle ", last, r"\right| "]


def _expectation(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    _star(stack)
    first = _group(stack)
    state = _group(stack) if first is not None else None
    if first is None:
        return None
    if state is None:
        return [r"\left\langle ", first, r"\right\rangle "]
    return [r"\left\langle ", state, r"\middle| ", first, r"\middle| ", state, r"\right\rangle "]


def _element(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    _star(stack)
    groups = [_group(stack), _group(stack), _group(stack)]
    present = [group for group in groups if group is not None]
    if len(present) < len(groups):
        return None
    return [r"\left\langle ", present[0], r"\middle| ", present[1], r"\middle| ", present[2], r"\right\rangle "]


def _matrix(name: str) -> Rule:
    r"""`\mqty(a & b)`, `\pmqty{a & b}`: a matrix, with signs as written or as named."""

    def rule(stack: list[Token]) -> Sequence[str | list[Token]] | None:
        _star(stack)
        delimited = _delimited(stack)
        if delimited is None:
            return None
        kind = name or _MATRICES[delimited[0]]
        return [rf"\begin{{{kind}}}", delimited[1], rf"\end{{{kind}}}"]

    return rule


def _words(text: str) -> Rule:
    return lambda _stack: [rf"\quad\text{{{text}}}\quad "]


def _text(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    starred, argument = _star(stack), _group(stack)
    return None if argument is None else [("" if starred else r"\quad") + r"\text{", argument, r"}\quad "]


def _plain(latex: str) -> Rule:
    return lambda _stack: [latex]


def _fraction(stack: list[Token]) -> Sequence[str | list[Token]] | None:
    first = _group(stack)
    second = _group(stack) if first is not None else None
    return None if first is None or second is None else ["{{", first, "}/{", second, "}}"]


def _named(names: str, rule: Rule) -> dict[str, Rule]:
    return {f"\\{name}": rule for name in names.split()}


_NABLA = r"\boldsymbol{\nabla}"
_QUAD_WORDS = (
    *("if", "then", "else", "otherwise", "unless", "given", "using", "assume", "since", "let"),
    *("for", "all", "even", "odd", "integer", "and", "or", "as", "in"),
)
RULES: dict[str, Rule] = {
    **_named("qty quantity", _quantity),
    **_named("pqty", _fenced("(", ")")),
    **_named("bqty", _fenced("[", "]")),
    **_named("Bqty", _fenced(r"\{", r"\}")),
    **_named("vqty abs absolutevalue", _fenced("|", "|")),
    **_named("norm", _fenced(r"\|", r"\|")),
    **_named("eval evaluated", _evaluated),
    **_named("order", _order),
    **_named("comm commutator", _commutator("[", "]")),
    **_named("acomm acommutator anticommutator pb poissonbracket", _commutator(r"\{", r"\}")),
    **_named("vb vectorbold", _vector("", "")),
    **_named("va vectorarrow", _vector(r"\vec{", "}")),
    **_named("vu vectorunit", _vector(r"\hat{", "}")),
    **_named("vdot dotproduct", _plain(r"\mathbin{\boldsymbol{\cdot}}")),
    **_named("cross crossproduct cp", _plain(r"\mathbin{\boldsymbol{\times}}")),
    **_named("grad gradient", _plain(_NABLA)),
    **_named("div divergence", _plain(_NABLA + r"\cdot ")),
    **_named("curl", _plain(_NABLA + r"\times ")),
    **_named("laplacian", _plain(r"\nabla^{2}")),
    **_named("dd differential", _differential(r"\mathrm{d}")),
    **_named("var variation", _differential(r"\delta ")),
    **_named("dv derivative", _derivative(r"\mathrm{d}")),
    **_named("pdv pderivative partialderivative", _derivative(r"\partial ", partial=True)),
    **_named("fdv fderivative functionalderivative", _derivative(r"\delta ")),
    **_named("ip innerproduct braket", _braket),
    **_named("dyad op outerproduct ketbra", _dyad),
    **_named("ev expval expectationvalue vev", _expectation),
    **_named("mel matrixel matrixelement", _element),
    **_named("mqty matrixquantity", _matrix("")),
    **_named("pmqty", _matrix("pmatrix")),
    **_named("bmqty", _matrix("bmatrix")),
    **_named("vmqty", _matrix("vmatrix")),
    **_named("smqty smallmatrixquantity", _matrix("smallmatrix")),
    **_named("flatfrac", _fraction),
    **_named("qq qqtext", _text),
    **_named("qcomma qc", _plain(r",\quad ")),
    **_named("qcc", _words("c.c.")),
    **{rf"\q{word}": _words(word) for word in _QUAD_WORDS},
    **{rf"\{name}": _plain(rf"\operatorname{{{name}}}") for name in ("tr", "Tr", "rank", "erf", "Res")},
    **_named("trace", _plain(r"\operatorname{tr}")),
    **_named("Trace", _plain(r"\operatorname{Tr}")),
    **_named("Residue", _plain(r"\operatorname{Res}")),
    **_named("principalvalue pv", _plain(r"\mathcal{P}")),
    **_named("PV", _plain(r"\operatorname{P.V.}")),
    **_named("Re real", _plain(r"\operatorname{Re}")),
    **_named("Im imaginary", _plain(r"\operatorname{Im}")),
}
PHYSICS = frozenset(RULES)
_NAMES = lazy_regex(rf"\\(?:{'|'.join(sorted(name[1:] for name in RULES))})(?![A-Za-z])")
