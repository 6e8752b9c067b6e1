r"""Rewriting LaTeX before any engine: into commands that both know, and where math-core shows something wrongly.

What math-core merely rejects belongs into `math/polyfill/`, which runs after that. A rule here for a command that
math-core accepts is asked only where the pattern `_NEEDS` of `math/prepare.py` names the command.

One small function a rule, all of them in the table RULES. A rule takes the command and the stack of what follows
(reversed) and returns the tokens to put out; what it leaves on the stack is rewritten in its turn.
"""

from collections.abc import Callable, Sequence

import msgspec

from notegen.math.latex.colors import COLOR_COMMANDS, spell_color
from notegen.math.latex.plain_tex import RULES as PLAIN_TEX
from notegen.math.latex.row_spacing import plain_break, read_break
from notegen.math.latex.tokens import Token, like, read_argument, skip_spaces, spell

_ALIASES = {
    r"\mbox": r"\text",
    r"\hbox": r"\text",
    r"\pmb": r"\boldsymbol",
    r"\dotsc": r"\ldots",
    r"\dotso": r"\ldots",
    r"\dotsb": r"\cdots",
    r"\dotsm": r"\cdots",
    r"\dotsi": r"\cdots",
    r"\bold": r"\mathbf",
    r"\Bbb": r"\mathbb",
    r"\thicksim": r"\sim",
    r"\rarr": r"\rightarrow",
    r"\rArr": r"\Rightarrow",
    r"\larr": r"\leftarrow",
    r"\lArr": r"\Leftarrow",
    r"\*": "*",
    r"\url": r"\text",
    r"\colon": r"\mathpunct{:}",
    r"\setminus": r"\mathbin{\backslash}",  # the sign for it is tiny in STIX
}
_ENVIRONMENTS = {"split": "aligned"}
_MOST_COLUMNS = 20  # of an array that names none
_COUNTED = frozenset({"alignat", "alignat*", "alignedat"})
_WITH_COLUMNS = frozenset({"array", "darray", "subarray"})
_UPRIGHT = frozenset({r"\mathrm", r"\text", r"\textrm", r"\operatorname", r"\rm"})
NO_LIMITS = r"\nolimits"
_SYMBOLS = frozenset({r"\mathbb", r"\mathcal", r"\mathscr", r"\mathfrak"})
_WRAPPERS = (r"\href", r"\htmlClass", r"\htmlId", r"\htmlStyle", r"\htmlData", r"\class", r"\cssId", r"\style")
_TALL = frozenset({r"\sum", r"\prod", r"\int", r"\frac", r"\lim", r"\max", r"\min", r"\begin", r"\dfrac"})


class Rewritten(msgspec.Struct, frozen=True):
    """Rewritten tokens; `wrong` is true when math-core would take them but show them wrongly."""

    tokens: list[Token]
    wrong: bool


Rule = Callable[[Token, list[Token]], list[Token]]


def rewrite(tokens: Sequence[Token], *, display: bool) -> Rewritten:
    """Apply RULES to `tokens` from left to right."""
    stack = list(reversed(tokens))
    output: list[Token] = []
    wrong = False
    while stack:
        token = stack.pop()
        rule = RULES.get(token.text)
        output.extend(rule(token, stack) if rule else (token,))
        if token.text == r"\mathop" and output[-1].text == r"\mathop":
            wrong = display  # math-core sets the limits of a general \mathop beside it
    return Rewritten(output, wrong)


def _alias(token: Token, _stack: list[Token]) -> list[Token]:
    return [like(token, _ALIASES[token.text])]


def _newline(token: Token, _stack: list[Token]) -> list[Token]:
    return plain_break(token)


def _hash(token: Token, _stack: list[Token]) -> list[Token]:
    r"""`#` outside a definition is a plain number sign."""
    return [like(token, r"\#")]


def _environment(token: Token, stack: list[Token]) -> list[Token]:
    skip_spaces(stack)
    name = read_argument(stack) if stack and stack[-1].text == "{" else None
    if name is None:
        return [token]
    plain = spell(name)
    end = name[-1].end + 1 if name else token.end
    if token.text == r"\begin" and plain in _WITH_COLUMNS:
        _clean_columns(stack)
    if token.text == r"\begin" and plain in _COUNTED:
        _count_columns(stack, token)
    return [Token(f"{token.text}{{{_ENVIRONMENTS.get(plain, plain)}}}", token.start, max(end, token.end))]


def _count_columns(stack: list[Token], place: Token) -> None:
    """Give alignat a number of columns: one that is missing, or no number, is an internal error of KaTeX's."""
    skip_spaces(stack)
    columns = read_argument(stack) if stack and stack[-1].text == "{" else None
    if columns is None or not all(token.text in "0123456789" for token in columns):
        stack.extend(reversed(columns or ()))
        columns = [like(place, "9")]
    stack.extend(reversed([like(place, "{"), *columns, like(place, "}")]))


def _clean_columns(stack: list[Token]) -> None:
    """Take `@{…}`, which no engine knows, out of the columns of an array."""
    skip_spaces(stack)
    columns = read_argument(stack) if stack and stack[-1].text == "{" else None
    if columns is None:
        if stack and stack[-1].text != "[":  # MathJax takes an array without columns
            stack.extend(like(stack[-1], text) for text in ("}", *"c" * _MOST_COLUMNS, "{"))
        return
    stack_of_columns = columns[::-1]
    kept: list[Token] = []
    while stack_of_columns:
        column = stack_of_columns.pop()
        if column.text in {"@", "!", ">", "<"}:
            read_argument(stack_of_columns)
        elif not column.text.isspace():
            kept.append(column)
    edge = columns[0] if columns else Token("", 0, 0)
    stack.extend(reversed([like(edge, "{"), *kept, like(edge, "}")]))


def _text(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\text{if $x>0$}` becomes `{\text{if }{x>0}}`: math-core has no math inside text."""
    argument = read_argument(stack) if stack and stack[-1].text == "{" else None
    if argument is None:
        return [like(token, r"\text")]
    if not _splits(argument):
        stack.append(like(token, "}"))
        stack.extend(reversed(_underscored(argument)))
        return [like(token, r"\text"), like(token, "{")]
    opener, closer = [like(token, r"\text"), like(token, "{")], [like(token, "}")]
    pieces = [like(token, "{"), *opener]
    inside = False
    for piece in argument:
        if piece.text == "$":
            pieces += [*closer, like(token, "{")] if not inside else [*closer, *opener]
            inside = not inside
        else:
            pieces.append(piece)
    stack.extend(reversed([*pieces, *closer, like(token, "}")]))
    return []


def _splits(argument: Sequence[Token]) -> bool:
    """True for text with simple math at its top level, which looks the same outside the text."""
    depth = dollars = 0
    for token in argument:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        dollars += token.text == "$"
        if (token.text == "$" and depth) or token.text in _TALL:
            return False
    return dollars > 0 and dollars % 2 == 0


def _content(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\href{address}{x}` and MathJax's `\class{name}{x}` become `{x}`: formulas do not link or style."""
    read_argument(stack)
    return [] if stack else [token]


def _mathop(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\mathop{\mathrm{argmax}}` becomes `\operatorname*{argmax}`, whose limits stand below."""
    argument = read_argument(stack)
    if argument is None:
        return [token]
    words = "".join(part.text for part in argument if part.text not in _UPRIGHT and part.text not in {"{", "}"})
    name = words.strip().replace(r"\,", " ")
    if any(part.text in _UPRIGHT for part in argument) and name.replace(" ", "").isalpha():
        words = name.replace(" ", r"\,")
        return [like(token, rf"\operatorname*{{{words}}}")]
    skip_spaces(stack)
    if stack and stack[-1].text in {"_", "^"}:
        # KaTeX wants to be told; that it is not the author's, polyfill/operators.py wants to know.
        stack.append(Token(r"\limits", token.start, token.end, fixed=True))
    stack.extend(reversed([like(token, "{"), *argument, like(token, "}")]))
    return [token]


def _operator(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\operatorname{\mathbb{E}}`: math-core takes letters only, and KaTeX would show a plain E."""
    skip_spaces(stack)
    if not stack or stack[-1].text != "{":
        return [token]
    argument = read_argument(stack) or []
    symbol = bool(argument) and argument[0].text in _SYMBOLS
    after = [like(token, NO_LIMITS)] if symbol else []
    stack.extend(reversed([like(token, "{"), *argument, like(token, "}"), *after]))
    return [like(token, r"\mathop")] if symbol else [token]


def _words(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\textbf{a_b}` holds an underscore, which MathJax takes."""
    argument = read_argument(stack) if stack and stack[-1].text == "{" else None
    if argument is None:
        return [token]
    stack.extend(reversed([like(token, "{"), *_underscored(argument), like(token, "}")]))
    return [token]


def _underscored(argument: Sequence[Token]) -> list[Token]:
    r"""Return text whose underscores have a backslash; where it holds formulas, as it is."""
    if any(token.text in {"$", r"\("} for token in argument):
        return list(argument)
    return [like(token, r"\_") if token.text == "_" else token for token in argument]


RULES: dict[str, Rule] = {
    **PLAIN_TEX,
    **dict.fromkeys((r"\textbf", r"\textit", r"\textrm", r"\texttt", r"\textsf"), _words),
    **dict.fromkeys(_ALIASES, _alias),
    **dict.fromkeys(COLOR_COMMANDS, spell_color),
    **dict.fromkeys((r"\text", r"\mbox", r"\hbox"), _text),
    **dict.fromkeys(_WRAPPERS, _content),
    **dict.fromkeys((r"\\", r"\cr"), read_break),
    r"\newline": _newline,
    r"\begin": _environment,
    r"\end": _environment,
    r"\mathop": _mathop,
    r"\operatorname": _operator,
    "#": _hash,
}
