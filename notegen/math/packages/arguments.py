r"""Macros with other arguments than TeX's plain ones: `\DeclarePairedDelimiter`, `\NewDocumentCommand`, `\def\x(#1)`.

Their definitions (latex/definitions.py) expand to a command that nobody can write, followed by groups that say what
its arguments are; the rules here read those and the arguments.
"""

from collections.abc import Sequence

from notegen.math.latex.definitions import DELIMITED, DOCUMENT, PAIRED, hidden_number
from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces, spell
from notegen.math.packages.rule import Fault, Meaning, Part, Rule, take_groups, take_option, take_star

_LACKS = Fault("a macro of this note lacks an argument", "its definition says how many it has")
Value = list[Token] | bool | None  # an argument; of a star whether it is there; None: not given
_CONDITIONS = {
    rf"\{name}{branches}": (name, branches)
    for name in ("IfBoolean", "IfNoValue", "IfValue", "IfBlank")
    for branches in ("TF", "T", "F")
}


def filled(body: Sequence[Token], arguments: Sequence[Value]) -> list[Token]:
    """Return a body with arguments in the place of its hidden parameters."""
    result: list[Token] = []
    for token in body:
        number = hidden_number(token)
        if not number:
            result.append(token)
        elif number <= len(arguments):
            value = arguments[number - 1]
            result += value if isinstance(value, list) else []
    return result


def paired(stack: list[Token]) -> Meaning | Fault | None:
    r"""`\abs{x}`, `\abs*{x}` with growing delimiters, `\abs[\big]{x}`: the package mathtools."""
    parts = take_groups(stack, 6)
    if parts is None:
        return _LACKS
    count, before, left, right, after, body = parts
    starred = take_star(stack)
    size = spell(take_option(stack)).strip()
    arguments: list[Value] = []
    for _ in range(int(spell(count))):
        argument = read_argument(stack)
        if argument is None:
            return _LACKS
        arguments.append(argument)
    opening: list[Part] = [r"\left", left or "."] if starred else [size, left]
    closing: list[Part] = [r"\right", right or "."] if starred else [size, right]
    middle = r"\middle" if starred else size
    inside = [
        token._replace(text=middle) if token.text == r"\delimsize" else token
        for token in filled(body, arguments)
        if middle or token.text != r"\delimsize"
    ]
    return [filled(before, arguments), "{", *opening, inside, *closing, "}", filled(after, arguments)]


def document(stack: list[Token]) -> Meaning | Fault | None:
    r"""A command of `\NewDocumentCommand`: the arguments that its letters name; conditions in its body."""
    parts = take_groups(stack, 2)
    if parts is None:
        return _LACKS
    letters, body = parts[0][::-1], parts[1]
    arguments: list[Value] = []
    while letters:
        letter = letters.pop().text
        if letter.isspace() or letter in {"+", "!"}:
            continue
        value = _value(letter, letters, stack)
        if isinstance(value, Fault):
            return value
        arguments.append(value)
    return [filled(_decided(body, arguments), arguments)]


def _value(letter: str, letters: list[Token], stack: list[Token]) -> Value | Fault:
    """Take one argument, of the kind that a letter names (`letters`: what follows it)."""
    if letter == "s":
        skip_spaces(stack)
        return take_star(stack)
    if letter in "oO":
        default = read_argument(letters) if letter == "O" else None
        option = read_bracket(stack)
        return default if option is None else option
    if letter in "dDrR":
        signs = [(read_argument(letters) or [Token("", 0, 0)])[0].text for _ in range(2)]
        default = read_argument(letters) if letter in "DR" else None
        inside = _between(stack, signs[0], signs[1])
        return _LACKS if inside is None and letter in "rR" and default is None else (inside or default)
    if letter in "mv":
        argument = read_argument(stack)
        return _LACKS if argument is None else argument
    return Fault(rf"\NewDocumentCommand: arguments of the kind {letter} are not known", "m, o, O, s, d, D, r, R are")


def _between(stack: list[Token], opening: str, closing: str) -> list[Token] | None:
    skip_spaces(stack)
    if not stack or stack[-1].text != opening:
        return None
    end = next((index for index in range(len(stack) - 2, -1, -1) if stack[index].text == closing), -1)
    if end < 0:
        return None
    inside = stack[end + 1 : -1][::-1]
    del stack[end:]
    return inside


def _decided(body: Sequence[Token], arguments: Sequence[Value]) -> list[Token]:
    r"""Return a body without its `\IfBooleanTF` and the like."""
    stack = list(reversed(body))
    result: list[Token] = []
    while stack:
        token = stack.pop()
        condition = _CONDITIONS.get(token.text)
        if condition is None:
            result.append(token)
            continue
        asked = [part for part in read_argument(stack) or [] if not part.text.isspace()]
        number = hidden_number(asked[0]) if asked else 0
        value = arguments[number - 1] if 0 < number <= len(arguments) else asked
        first, second = (read_argument(stack) if name in condition[1] else None for name in "TF")
        stack.extend(reversed((first if _holds(condition[0], value) else second) or []))
    return result


def _holds(name: str, value: Value) -> bool:
    if name == "IfBoolean":
        return value is True
    if name == "IfBlank":
        return not isinstance(value, list) or not spell(value).strip()
    return (value is None) == (name == "IfNoValue")


def delimited(stack: list[Token]) -> Meaning | Fault | None:
    r"""A command of `\def\x(#1,#2){…}`: what stands between the signs of its pattern."""
    parts = take_groups(stack, 2)
    if parts is None:
        return _LACKS
    pattern, body = parts
    arguments: list[Value] = []
    place = 0
    while place < len(pattern):
        token = pattern[place]
        place += 1
        if not hidden_number(token):
            skip_spaces(stack)
            if not stack or stack.pop().text != token.text:
                return Fault(f"a macro of this note lacks its {token.text}", "its definition has that sign here")
            continue
        stop = pattern[place].text if place < len(pattern) and not hidden_number(pattern[place]) else ""
        argument = _until(stack, stop) if stop else read_argument(stack)
        if argument is None:
            return _LACKS
        arguments.append(argument)
    return [filled(body, arguments)]


def _until(stack: list[Token], stop: str) -> list[Token] | None:
    """Take what stands before `stop`, which stays."""
    depth = 0
    for index in range(len(stack) - 1, -1, -1):
        text = stack[index].text
        if text == stop and depth == 0:
            inside = stack[index + 1 :][::-1]
            del stack[index + 1 :]
            return inside
        depth += {"{": 1, "}": -1}.get(text, 0)
    return None


RULES: dict[str, Rule] = {PAIRED: paired, DOCUMENT: document, DELIMITED: delimited}
