r"""Definitions inside formulas: `\newcommand`, `\def`, `\let`, `\DeclareMathOperator` and their relatives.

Macros with arguments of other kinds than TeX's plain ones, such as those of `\DeclarePairedDelimiter`, expand to one of
the commands below, which nobody can write, and groups that say what it is to take; packages/arguments.py reads those.
"""

from collections.abc import Callable, Iterable, Sequence

from notegen.math.latex.macros import Macro, body_fault, is_command, parameter_number, parameters
from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces, spell

# A reader takes the rest of a definition from the stack: the macro's name and the macro, or the fault in words.
Reading = tuple[str, Macro] | str
PAIRED, DOCUMENT, DELIMITED = r"\paired delimiter", r"\document command", r"\delimited arguments"
_HIDDEN = "\0"  # begins the parameters of such macros, which TeX's expansion leaves alone


def hidden_number(token: Token) -> int:
    """Return the number of a parameter of such a macro, 0 for other tokens."""
    return int(token.text[1]) if len(token.text) == 2 and token.text[0] == _HIDDEN else 0  # noqa: PLR2004


def _hidden(tokens: Iterable[Token]) -> list[Token]:
    return [token._replace(text=_HIDDEN + token.text[1]) if parameter_number(token) else token for token in tokens]


def _groups(command: str, groups: Iterable[Sequence[Token]], edge: Token) -> Macro:
    """Return a macro that expands to one of the commands above and its groups."""
    opened, closed = edge._replace(text="{"), edge._replace(text="}")
    body = [edge._replace(text=command)]
    for group in groups:
        body += [opened, *group, closed]
    return Macro(0, tuple(body))


def _star(stack: list[Token]) -> bool:
    skip_spaces(stack)
    if stack and stack[-1].text == "*":
        stack.pop()
        return True
    return False


def _name(stack: list[Token]) -> str:
    r"""Take the name to define, `\foo` or `{\foo}`; empty when there is none."""
    tokens = [token for token in read_argument(stack) or () if not token.text.isspace()]
    return tokens[0].text if len(tokens) == 1 and is_command(tokens[0].text) else ""


def _newcommand(stack: list[Token]) -> Reading:
    _star(stack)
    name = _name(stack)
    if not name:
        return r"a definition needs the name of a command, as in \newcommand{\R}{\mathbb{R}}"
    count = spell(read_bracket(stack) or ()).strip() or "0"
    default = read_bracket(stack) if count != "0" else None
    body = read_argument(stack)
    if body is None:
        return f"the definition of {name} has no body"
    if len(count) > 1 or count not in "0123456789":
        return f"{name} cannot have {count} arguments: between 0 and 9 are possible"
    return _checked(name, Macro(int(count), tuple(parameters(body)), None if default is None else tuple(default)))


def _def(stack: list[Token]) -> Reading:
    skip_spaces(stack)
    if not stack or not is_command(stack[-1].text):
        return r"a definition needs the name of a command, as in \def\R{\mathbb{R}}"
    name = stack.pop().text
    head: list[Token] = []
    while stack and stack[-1].text not in {"{", "}"}:
        head.append(stack.pop())
    pattern = [token for token in parameters(head) if not token.text.isspace()]
    body = read_argument(stack)
    if body is None:
        return f"the definition of {name} has no body"
    numbers = [parameter_number(token) for token in pattern if parameter_number(token)]
    if numbers != list(range(1, len(numbers) + 1)):
        return f"the definition of {name} has its arguments in another order than #1, #2, …"
    if len(numbers) != len(pattern):
        checked = _checked(name, Macro(len(numbers), tuple(parameters(body))))
        groups = (_hidden(pattern), _hidden(parameters(body)))
        return checked if isinstance(checked, str) else (name, _groups(DELIMITED, groups, pattern[0]))
    return _checked(name, Macro(len(pattern), tuple(parameters(body))))


def _let(stack: list[Token]) -> Reading:
    skip_spaces(stack)
    name = stack.pop().text if stack else ""
    skip_spaces(stack)
    if stack and stack[-1].text == "=":
        stack.pop()
        skip_spaces(stack)
    if not is_command(name or "x") or not stack or stack[-1].text in {"{", "}"}:
        return r"\let needs two commands, as in \let\epsilon\varepsilon"
    target = stack.pop()
    return name, Macro(0, (Token(target.text, target.start, target.end, fixed=True),))


def _operator(stack: list[Token]) -> Reading:
    command = r"\operatorname*" if _star(stack) else r"\operatorname"
    name = _name(stack)
    body = read_argument(stack)
    if not name or body is None:
        return r"an operator needs a command and its words, as in \DeclareMathOperator{\KL}{KL}"
    edge = Token("{", body[0].start if body else 0, body[0].start if body else 0)
    parts = (Token(command, edge.start, edge.end, fixed=True), edge, *body, edge._replace(text="}"))
    return _checked(name, Macro(0, parts))


def _paired(stack: list[Token]) -> Reading:
    r"""`\DeclarePairedDelimiter\abs{\lvert}{\rvert}`."""
    name, left = _name(stack), read_argument(stack)
    right = read_argument(stack)
    if not name or left is None or right is None:
        return r"a paired delimiter needs a command and two signs, as in \DeclarePairedDelimiter\abs{\lvert}{\rvert}"
    edge = Token("{", 0, 0)
    groups: list[list[Token]] = [[_like(edge, "1")], [], left, right, [], [_like(edge, _HIDDEN + "1")]]
    return name, _groups(PAIRED, groups, edge)


def _paired_x(stack: list[Token]) -> Reading:
    r"""`\DeclarePairedDelimiterX\set[2]{\{}{\}}{#1 \delimsize\vert #2}`."""
    return _paired_with(stack, outside=False)


def _paired_xpp(stack: list[Token]) -> Reading:
    r"""`\DeclarePairedDelimiterXPP\E[1]{\mathbb{E}}{[}{]}{}{#1}`, with what stands before and behind the signs."""
    return _paired_with(stack, outside=True)


def _paired_with(stack: list[Token], *, outside: bool) -> Reading:
    name, count = _name(stack), spell(read_bracket(stack) or ()).strip()
    groups = [read_argument(stack) for _ in range(5 if outside else 3)]
    filled = [parameters(group) for group in groups if group is not None]
    if not name or count not in {*"123456789"} or len(filled) < len(groups):
        return r"as in \DeclarePairedDelimiterX\set[1]{\{}{\}}{#1}, a command, a number and three groups are needed"
    before, left, right, after, body = filled if outside else [[], filled[0], filled[1], [], filled[2]]
    used = max(map(parameter_number, [*before, *after, *body]), default=0)
    if used > int(count):
        return f"the macro {name} uses more arguments than the {count} it declares"
    edge = Token("{", 0, 0)
    return name, _groups(PAIRED, [[_like(edge, count)], *map(_hidden, (before, left, right, after, body))], edge)


def _document(stack: list[Token]) -> Reading:
    r"""`\NewDocumentCommand{\x}{s O{a} m}{…}`."""
    name, kinds, body = _name(stack), read_argument(stack), read_argument(stack)
    if not name or kinds is None or body is None:
        return r"needs a command, its arguments and a body, as in \NewDocumentCommand{\x}{o m}{…}"
    return name, _groups(DOCUMENT, [kinds, _hidden(parameters(body))], kinds[0] if kinds else Token("{", 0, 0))


def _unit(stack: list[Token]) -> Reading:
    r"""`\DeclareSIUnit{\px}{px}` of siunitx."""
    read_bracket(stack)
    name, body = _name(stack), read_argument(stack)
    if not name or body is None:
        return r"a unit needs a command and its sign, as in \DeclareSIUnit{\pixel}{px}"
    edge = Token("{", body[0].start if body else 0, body[0].start if body else 0)
    return _checked(name, Macro(0, (edge, *body, edge._replace(text="}"))))


def _like(token: Token, text: str) -> Token:
    return token._replace(text=text)


def _checked(name: str, macro: Macro) -> Reading:
    fault = body_fault(spell(macro.body))
    if not fault and max(map(parameter_number, macro.body), default=0) > macro.arity:
        fault = f"uses more arguments than the {macro.arity} it declares"
    return f"the macro {name} {fault}" if fault else (name, macro)


READERS: dict[str, Callable[[list[Token]], Reading]] = {
    r"\newcommand": _newcommand,
    r"\renewcommand": _newcommand,
    r"\providecommand": _newcommand,
    r"\def": _def,
    r"\gdef": _def,
    r"\edef": _def,
    r"\xdef": _def,
    r"\let": _let,
    r"\DeclareMathOperator": _operator,
    r"\DeclarePairedDelimiter": _paired,
    r"\DeclarePairedDelimiterX": _paired_x,
    r"\DeclarePairedDelimiterXPP": _paired_xpp,
    r"\NewDocumentCommand": _document,
    r"\RenewDocumentCommand": _document,
    r"\ProvideDocumentCommand": _document,
    r"\DeclareDocumentCommand": _document,
    r"\DeclareSIUnit": _unit,
}
# Prefixes of definitions that change nothing here, where every definition holds to the end of the note.
PREFIXES = frozenset({r"\global", r"\long"})
