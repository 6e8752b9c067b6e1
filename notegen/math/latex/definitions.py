r"""Definitions inside formulas: `\newcommand`, `\def`, `\let`, `\DeclareMathOperator` and their relatives."""

from collections.abc import Callable

from notegen.math.latex.macros import Macro, body_fault, is_command, parameter_number, parameters
from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces, spell

# A reader takes the rest of a definition from the stack: the macro's name and the macro, or the fault in words.
Reading = tuple[str, Macro] | str


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
    if [parameter_number(token) for token in pattern] != list(range(1, len(pattern) + 1)):
        return f"the definition of {name} has delimited arguments, which are not supported"
    body = read_argument(stack)
    if body is None:
        return f"the definition of {name} has no body"
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
}
# Prefixes of definitions that change nothing here, where every definition holds to the end of the note.
PREFIXES = frozenset({r"\global", r"\long"})
