r"""Commands of plain TeX and of small packages, as LaTeX that the engines know; rules of rewrite.py.

`\cases{…}`, `\matrix{…}`, `\pmatrix{…}`, `\eqalign{…}` and `\displaylines{…}` become environments; `\intertext{…}` a
row of its own; `\mathbbm`, `\mathds`, `\ensuremath`, `\bbox`, `\unicode`, `\nicefrac`, `\cline`, `\/` what is near to
them.

Source: The TeXbook, chapter 18; MathJax docs, "Supported TeX/LaTeX commands".
"""

from notegen.math.latex.colors import css_color
from notegen.math.latex.tokens import Token, like, read_argument, read_bracket, skip_spaces, spell

_ENVIRONMENTS = {
    r"\cases": "cases",
    r"\matrix": "matrix",
    r"\pmatrix": "pmatrix",
    r"\eqalign": "aligned",
    r"\displaylines": "gathered",
}
_NEAR = {
    r"\mathbbm": r"\mathbb",
    r"\mathds": r"\mathbb",
    r"\textbackslash": r"\backslash",
    r"\hfill": r"\quad",
    r"\hfil": r"\quad",
}
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


def environment_command(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\cases{a & b \cr c & d}` becomes the environment."""
    skip_spaces(stack)
    argument = read_argument(stack) if stack and stack[-1].text == "{" else None
    if argument is None:
        return [token]
    name = _ENVIRONMENTS[token.text]
    stack.extend(reversed([*argument, like(token, rf"\end{{{name}}}")]))
    return [like(token, rf"\begin{{{name}}}")]


def near(token: Token, _stack: list[Token]) -> list[Token]:
    """A command that has a near one."""
    return [like(token, _NEAR[token.text])]


def nothing(_token: Token, _stack: list[Token]) -> list[Token]:
    r"""`\/`, the correction of italics, which no engine makes."""
    return []


def line(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\cline{1-2}` is a line across the whole array."""
    return [token] if read_argument(stack) is None else [like(token, r"\hline")]


def ensure_math(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\ensuremath{x}` is `{x}` in a formula."""
    argument = read_argument(stack)
    if argument is None:
        return [token]
    stack.extend(reversed([like(token, "{"), *argument, like(token, "}")]))
    return []


def box(token: Token, stack: list[Token]) -> list[Token]:
    r"""MathJax's `\bbox[border: 1px solid]{x}` is a box, `\bbox[red]{x}` a colour behind; room is left out."""
    options = spell(read_bracket(stack) or ())
    argument = read_argument(stack)
    if argument is None:
        return [token]
    opened, closed, dollar = like(token, "{"), like(token, "}"), like(token, "$")
    color = next((word for word in options.replace(",", " ").split() if word.isalpha() and css_color(word)), "")
    if color and "border" not in options:
        stack.extend(reversed([opened, like(token, color), closed, opened, dollar, *argument, dollar, closed]))
        return [like(token, r"\colorbox")]
    stack.extend(reversed([opened, *argument, closed]))
    return [like(token, r"\boxed")] if "border" in options else []


def unicode_character(token: Token, stack: list[Token]) -> list[Token]:
    r"""MathJax's `\unicode{x3b1}` or `\unicode{945}` is TeX's `\char`."""
    read_bracket(stack)
    number = spell(read_argument(stack) or ()).strip()
    if number[:1] in {"x", "X"} and number[1:] and _HEXADECIMAL.issuperset(number[1:]):
        return [like(token, part) for part in (r"\char", '"', *number[1:])]
    if number.isascii() and number.isdigit():
        return [like(token, part) for part in (r"\char", *number)]
    return [token]


def fraction(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\nicefrac{a}{b}` is `{a/b}`."""
    first = read_argument(stack)
    second = read_argument(stack)
    if first is None or second is None:
        return [token]
    opened, closed = like(token, "{"), like(token, "}")
    stack.extend(reversed([opened, opened, *first, closed, like(token, "/"), opened, *second, closed, closed]))
    return []


def row_of_text(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\intertext{and}` between rows is a row without a number."""
    argument = read_argument(stack)
    if argument is None:
        return [token]
    text = [like(token, r"\text"), like(token, "{"), *argument, like(token, "}")]
    stack.extend(reversed([*text, like(token, r"\notag"), like(token, r"\\")]))
    return []


RULES = {
    **dict.fromkeys(_ENVIRONMENTS, environment_command),
    **dict.fromkeys(_NEAR, near),
    **dict.fromkeys((r"\intertext", r"\shortintertext"), row_of_text),
    **dict.fromkeys((r"\nicefrac", r"\sfrac"), fraction),
    r"\/": nothing,
    r"\cline": line,
    r"\ensuremath": ensure_math,
    r"\bbox": box,
    r"\unicode": unicode_character,
}
