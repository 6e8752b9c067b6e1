r"""What stands raised or lowered in a chemical formula: `_2`, `^2-`, `^{(2*)-}`, `_{$n$}`; text and formulas in it."""

from collections.abc import Sequence

from notegen.math.latex.tokens import Token, is_word
from notegen.math.packages.chemistry.cursor import Cursor
from notegen.math.packages.rule import Part

DIGITS = "0123456789"
_CHARGE_ENDS = frozenset("_},;/])")
_SIGNS = {"*": r"\bullet ", ".": r"\bullet ", "-": "-", "+": "+", "'": "'"}


def take_script(cursor: Cursor, *, raised: bool) -> list[Part]:
    r"""Take what follows `^` or `_`: a group, a formula in dollars, a number with its sign, a letter, a command."""
    following = cursor.peek()
    if following == "{":
        inside = cursor.take_pair()
        return [] if inside is None else script(inside, raised=raised)
    if following == "$":
        inside = cursor.take_math()
        return [] if inside is None else [inside]
    parts: list[Part] = []
    if not raised and following == "-" and cursor.peek(1) in DIGITS:
        parts.append(cursor.take().text)
    if raised and following in _SIGNS and following != "'":
        parts.append(_SIGNS[cursor.take().text])
        if parts[-1] in {"-", "+"} and cursor.peek() not in DIGITS:
            return parts
    digits = cursor.take_while(DIGITS)
    parts += [digits] if digits else []
    if not digits and not cursor.done and (cursor.peek().isalpha() or is_word(cursor.peek())):
        token = cursor.take()
        while raised and cursor.peek().isupper() and token.text.isupper():  # oxidation states: ^II
            parts.append([token])
            token = cursor.take()
        parts.append([token] if token.text.islower() or is_word(token.text) else rf"{{\rm {token.text}}}")
    if raised and (cursor.peek() == "+" or (cursor.peek() == "-" and ends_here(cursor, 1))):
        parts.append(cursor.take().text)
    return parts


def ends_here(cursor: Cursor, ahead: int = 0) -> bool:
    """Return whether a formula ends before a token that comes: a sign before it is a charge, no bond."""
    following = cursor.peek(ahead)
    return following == "" or following.isspace() or following in _CHARGE_ENDS


def upright(letters: Sequence[Token]) -> list[Part]:
    r"""Return letters as elements stand; by `\rm`, which readable text does not part by spaces as words."""
    return [r"{\rm ", list(letters), "}"]


def script(tokens: Sequence[Token], *, raised: bool) -> list[Part]:
    """Return the inside of a group that is raised or lowered: single small letters are variables, others upright."""
    cursor = Cursor(tokens)
    parts: list[Part] = []
    while not cursor.done:
        text = cursor.peek()
        if text == "{":
            parts += grouped_text(cursor)
        elif text == "$":
            inside = cursor.take_math()
            parts.append([cursor.take()] if inside is None else inside)
        elif text.isalpha() and text.isascii():
            word = _word(cursor)
            parts.append(word if len(word) == 1 and word.islower() else rf"{{\rm {word}}}")
        elif text.isspace():
            cursor.take()
            parts.append(r"\,")
        elif text in {"*", "."} and raised:
            cursor.take()
            parts.append(r"\bullet ")
        else:
            parts += with_arguments(cursor)
    return parts


def _word(cursor: Cursor) -> str:
    word = ""
    while not cursor.done and cursor.peek().isalpha() and cursor.peek().isascii():
        word += cursor.take().text
    return word


def grouped_text(cursor: Cursor) -> list[Part]:
    r"""Take a group, which is text: `{Gluconic Acid}`; one that holds commands is a formula."""
    place = cursor.tokens[cursor.index]
    inside = cursor.take_pair()
    if inside is None:
        cursor.take()
        return []
    if not inside:
        return ["{}"]
    formula = any(is_word(token.text) or token.text in {"^", "_"} for token in inside)
    if formula and not any(token.text == "$" for token in inside):
        return ["{", inside, "}"]
    return [r"\text", [place._replace(text="{"), *inside, place._replace(text="}")]]


def with_arguments(cursor: Cursor) -> list[Part]:
    r"""Take a token; a command with the groups that directly follow it, as they are: `\text{x}`, `\color{red}`."""
    token = cursor.take()
    parts: list[Part] = [[token]]
    while is_word(token.text) and cursor.peek() == "{":
        inside = cursor.take_pair()
        if inside is None:
            break
        parts.append([token._replace(text="{"), *inside, token._replace(text="}")])
    return parts
