r"""Physical units: what `\pu` takes, as LaTeX: `\pu{123 kJ*mol-1}`, `\pu{1.2e3 m//s2}`, `\pu{20 °C}`."""

from collections.abc import Sequence

from notegen.math.latex.tokens import Token
from notegen.math.packages.chemistry.cursor import Cursor
from notegen.math.packages.chemistry.scripts import DIGITS, with_arguments
from notegen.math.packages.numbers import is_number, number
from notegen.math.packages.rule import Meaning, Part, take_group


def physical_unit(stack: list[Token]) -> Meaning | None:
    r"""`\pu{…}`; a rule."""
    inside = take_group(stack)
    if inside is None:
        return None
    cursor = Cursor(inside)
    cursor.skip_spaces()
    parts = _number(cursor)
    above, below = _halves(list(cursor.tokens[cursor.index :]))
    unit = _unit(above) if below is None else [r"\frac{", *_unit(above), "}{", *_unit(below), "}"]
    return [*parts, *([r"\, "] if parts and unit else []), *unit]


def _number(cursor: Cursor) -> list[Part]:
    """Take the number in front."""
    start = cursor.index
    while not cursor.done and not cursor.peek().isspace():
        if cursor.peek().isalpha() and not (cursor.peek() in "eE" and cursor.peek(1) in "-+0123456789"):
            break
        cursor.take()
    taken = list(cursor.tokens[start : cursor.index])
    if not taken or not is_number(taken):
        cursor.index = start
        return []
    cursor.skip_spaces()
    return number(taken)


def _halves(tokens: list[Token]) -> tuple[list[Token], list[Token] | None]:
    """Return what stands above and below a fraction's line, `//`."""
    for index in range(len(tokens) - 1):
        if tokens[index].text == tokens[index + 1].text == "/":
            return tokens[:index], tokens[index + 2 :]
    return tokens, None


def _unit(tokens: Sequence[Token]) -> list[Part]:
    """Return a unit: letters upright, digits behind them raised, `*` and `.` as a dot, a space as a thin one."""
    cursor = Cursor(tokens)
    parts: list[Part] = []
    while not cursor.done:
        text = cursor.peek()
        if text.isalpha() or text in {"°", "%"}:
            parts.append(rf"\mathrm{{{_word(cursor)}}}")
        elif text in DIGITS or (text in {"-", "+"} and cursor.peek(1) in DIGITS) or text == "^":
            parts += ["^{", *_power(cursor), "}"]
        elif text in {"*", "."}:
            cursor.take()
            parts.append(r"{\cdot}")
        elif text.isspace():
            cursor.skip_spaces()
            parts.append(r"\, ")
        elif text == "$":
            inside = cursor.take_math()
            parts += [] if inside is None and cursor.take() else [inside or []]
        else:
            parts += with_arguments(cursor)
    return parts


def _word(cursor: Cursor) -> str:
    word = ""
    while not cursor.done and (cursor.peek().isalpha() or cursor.peek() in {"°", "%"}):
        word += cursor.take().text.replace("%", r"\%")
    return word.replace("°", r"{}^{\circ}")


def _power(cursor: Cursor) -> list[Part]:
    if cursor.peek() == "^":
        cursor.take()
        if cursor.peek() == "{":
            return [cursor.take_pair() or []]
    return [cursor.take_while("+-") + cursor.take_while(DIGITS)]
