r"""mathtools, cases, empheq, IEEEtrantools: `psmallmatrix`, `cases*`, `numcases`, `empheq`, `\multicolumn`.

Rows of `numcases` and of `empheq` with a brace are those of an `align`, so that each has its number; the brace, as tall
as all of them, stands in the middle row. Sources: the manuals of the packages.
"""

from collections.abc import Sequence

from notegen.math.latex.tokens import Token, read_argument, read_bracket, spell
from notegen.math.packages.environments import EnvironmentRule, rows_of, take_environment
from notegen.math.packages.rule import Meaning, Part, Rule, named, plain, take_groups, take_option

_HALF_ROW = "-0.8em"  # from one of two rows to the middle between them
_FENCES = {"p": ("(", ")"), "b": ("[", "]"), "B": (r"\{", r"\}"), "v": ("|", "|"), "V": (r"\|", r"\|")}
_LEFT_BRACES = {r"\empheqlbrace": r"\{", r"\empheqlbrack": "[", r"\empheqlvert": "|", r"\empheqlparen": "("}
_WITHOUT_NUMBERS = frozenset({r"\label", r"\tag"})
_PLAIN_TEXT = frozenset(" ,.;:!?-'")


def _small_matrix(name: str) -> EnvironmentRule:
    left, right = _FENCES[name[0]]

    def rule(stack: list[Token]) -> Meaning | None:
        read_bracket(stack)
        content = take_environment(stack, name)
        if content is None:
            return None
        return [rf"\left{left}\begin{{smallmatrix}}", content, rf"\end{{smallmatrix}}\right{right} "]

    return rule


def _renamed(name: str, other: str, *, groups: int = 0) -> EnvironmentRule:
    """Return the rule of an environment that is another one, but for options and `groups` in front."""

    def rule(stack: list[Token]) -> Meaning | None:
        read_bracket(stack)
        for _ in range(groups):
            read_argument(stack)
        content = take_environment(stack, name)
        if content is None:
            return None
        return [rf"\begin{{{other}}}", content, rf"\end{{{other}}}"] if other else [content]

    return rule


def _text_cases(name: str) -> EnvironmentRule:
    """Return the rule of `cases*`, whose second column is text."""

    def rule(stack: list[Token]) -> Meaning | None:
        content = take_environment(stack, name)
        if content is None:
            return None
        kind = name.removesuffix("*")
        parts: list[Part] = [rf"\begin{{{kind}}}"]
        for number, (first, *others) in enumerate(rows_of(content)):
            parts += [r"\\ " if number else "", first]
            for other in others:
                parts += [r"& \text{", other, "}"]
        return [*parts, rf"\end{{{kind}}}"]

    return rule


def _numbered_cases(name: str) -> EnvironmentRule:
    r"""Return the rule of `\begin{numcases}{f(x)=}`, whose rows have numbers."""

    def rule(stack: list[Token]) -> Meaning | None:
        before = read_argument(stack)
        content = take_environment(stack, name) if before is not None else None
        if before is None or content is None:
            return None
        rows: list[list[Part]] = []
        for first, *others in rows_of(content):
            row: list[Part] = [first]
            for other in others:
                condition = _trimmed(_unnumbered(other))
                names = [token for token in other if token not in condition]
                row += [r"&& \quad", *([r"\text{", condition, "}"] if _is_text(condition) else [condition]), names]
            rows.append(row)
        return _braced([before], r"\{", rows, "&")

    return rule


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Return tokens without white space at their ends."""
    solid = [index for index, token in enumerate(tokens) if not token.text.isspace()]
    return tokens[solid[0] : solid[-1] + 1] if solid else []


def _is_text(cell: Sequence[Token]) -> bool:
    """Return whether the second column of numcases, which is text, is meant as such."""
    written = spell(cell)
    return "$" in written or (len(written) > 1 and all(char.isalpha() or char in _PLAIN_TEXT for char in written))


def _braced(before: Sequence[Part], brace: str, rows: Sequence[list[Part]], gap: str) -> Meaning:
    """Return rows of an align behind a brace; `gap` stands between the brace and each row."""
    tall: list[Part] = [r"\begin{aligned}"]
    for number, row in enumerate(rows):
        tall += [r"\\ " if number else "", *(part if isinstance(part, str) else _unnumbered(part) for part in row)]
    tall += [r"\end{aligned}"]
    sign: list[Part] = [*before, rf"\left{brace}\vphantom{{", *tall, r"}\right."]
    middle = (len(rows) - 1) // 2
    sign = [r"\smash{", *sign, "}"]
    sign = [r"\raisebox{" + _HALF_ROW + "}{$", *sign, "$}"] if len(rows) % 2 == 0 else sign
    parts: list[Part] = [r"\begin{align}"]
    for number, row in enumerate(rows):
        parts += [r"\\ " if number else "", *(sign if number == middle else []), gap, *row]
    return [*parts, r"\end{align}"]


def _unnumbered(tokens: list[Token]) -> list[Token]:
    """Return a part of a row without its label."""
    stack = tokens[::-1]
    kept: list[Token] = []
    while stack:
        token = stack.pop()
        if token.text in _WITHOUT_NUMBERS:
            read_argument(stack)
        elif token.text not in {r"\notag", r"\nonumber"}:
            kept.append(token)
    return kept


def _empheq(stack: list[Token]) -> Meaning | None:
    r"""`\begin{empheq}[left=\empheqlbrace]{align}`; a box is drawn around what has one row."""
    options = read_bracket(stack) or []
    kind = spell(read_argument(stack) or ()).strip()
    content = take_environment(stack, "empheq")
    if content is None or not kind:
        return None
    left = _option(options, "left")
    at = next((index for index, token in enumerate(left) if token.text in _LEFT_BRACES), -1)
    if at >= 0:
        rows: list[list[Part]] = []
        for cells in rows_of(content):
            row: list[Part] = [cells[0]]
            for cell in cells[1:]:
                row += ["&", cell]
            rows.append(row)
        return _braced([left[:at]], _LEFT_BRACES[left[at].text], rows, "&&" if "align" in kind else "&")
    name, _, columns = kind.partition("=")
    inside: list[Part] = [r"\boxed{", content, "}"] if _option(options, "box") and name[:8] == "equation" else [content]
    return [rf"\begin{{{name}}}", f"{{{columns}}}" if columns else "", *inside, rf"\end{{{name}}}"]


def _option(options: Sequence[Token], name: str) -> list[Token]:
    """Return the value of an option `name=value`, without braces around it."""
    items: list[list[Token]] = [[]]
    depth = 0
    for token in options:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.text == "," and depth == 0:
            items.append([])
        else:
            items[-1].append(token)
    for item in items:
        written = "".join(token.text for token in item)
        if written.strip().startswith(f"{name}="):
            start = next(index for index, token in enumerate(item) if token.text == "=")
            value = item[start + 1 :]
            return read_argument(value[::-1]) or [] if value and value[0].text == "{" else value
    return []


def _columns_dots(stack: list[Token]) -> Meaning | None:
    r"""`\hdotsfor{3}`: dots in each of the columns."""
    option, groups = take_option(stack), take_groups(stack, 1)
    count = spell(groups[0]).strip() if groups else ""
    del option
    return [r"\dots" + r" & \dots" * (int(count) - 1)] if count.isdigit() and 0 < int(count) < 100 else None  # noqa: PLR2004


def _several_columns(stack: list[Token]) -> Meaning | None:
    r"""`\multicolumn{2}{c}{x}`: in the first of the columns; the others are empty."""
    groups = take_groups(stack, 3)
    count = spell(groups[0]).strip() if groups else ""
    if groups is None or not count.isdigit() or int(count) > 99:  # noqa: PLR2004
        return None
    return ["{", groups[2], "}", " &" * (int(count) - 1)]


def _several_rows(stack: list[Token]) -> Meaning | None:
    groups = take_groups(stack, 3)
    return None if groups is None else ["{", groups[2], "}"]


def _stacked(stack: list[Token]) -> Meaning | None:
    r"""`\splitfrac{a}{b}`: the two parts of a long numerator."""
    groups = take_groups(stack, 2)
    return None if groups is None else [r"\substack{", groups[0], r"\quad\\ \quad ", groups[1], "}"]


def _under(stack: list[Token]) -> Meaning | None:
    groups = take_groups(stack, 2)
    return None if groups is None else [r"\underset{", groups[0], "}{", groups[1], "}"]


def _content(stack: list[Token]) -> Meaning | None:
    r"""`\Aboxed{a &= b}`: no box can stand around several cells."""
    groups = take_groups(stack, 1)
    return None if groups is None else [groups[0]]


def _move_left(stack: list[Token]) -> Meaning | None:
    take_option(stack)
    return ["& "]


def _dots_within(stack: list[Token], *, own_row: bool) -> Meaning | None:
    if take_groups(stack, 1) is None:
        return None
    return [r"&\vdots\notag\\ "] if own_row else [r"\vdots "]


ENVIRONMENTS: dict[str, EnvironmentRule] = {
    **{f"{sign}smallmatrix{star}": _small_matrix(f"{sign}smallmatrix{star}") for sign in _FENCES for star in ("", "*")},
    **{name: _text_cases(name) for name in ("cases*", "dcases*", "rcases*", "drcases*")},
    **{name: _numbered_cases(name) for name in ("numcases", "subnumcases")},
    "smallmatrix*": _renamed("smallmatrix*", "smallmatrix"),
    "multlined": _renamed("multlined", "gathered"),
    "lgathered": _renamed("lgathered", "gathered"),
    "rgathered": _renamed("rgathered", "gathered"),
    "dmath": _renamed("dmath", "equation"),
    "dmath*": _renamed("dmath*", "equation*"),
    "spreadlines": _renamed("spreadlines", "", groups=1),
    "IEEEeqnarray": _renamed("IEEEeqnarray", "eqnarray", groups=1),
    "IEEEeqnarray*": _renamed("IEEEeqnarray*", "eqnarray*", groups=1),
    "empheq": _empheq,
}
RULES: dict[str, Rule] = {
    **named("splitfrac splitdfrac", _stacked),
    **named("underaccent", _under),
    **named("hdotsfor", _columns_dots),
    **named("multicolumn", _several_columns),
    **named("multirow", _several_rows),
    **named("adjustlimits IEEEyesnumber", plain("")),
    **named("IEEEnonumber", plain(r"\notag ")),
    **named("Aboxed", _content),
    **named("MoveEqLeft", _move_left),
    **named("vdotswithin", lambda stack: _dots_within(stack, own_row=False)),
    **named("shortvdotswithin", lambda stack: _dots_within(stack, own_row=True)),
    **named("ArrowBetweenLines", plain(r"\Updownarrow ")),
}
