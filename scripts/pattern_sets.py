"""What the parts of a parsed pattern that take one character, or none, accept: sets, and edges of words and lines."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Accepts = Callable[[int], bool]  # whether a set has a code point
Place = Callable[[Any, int, int], bool]  # whether a text has, at a position, what a pattern asks for; with its end
_NEWLINES = frozenset({"\n", ord("\n")})


class CharacterSet(dict[str | int, bool]):
    """Whether a part of a pattern takes a character (of bytes, a number); worked out when first asked for."""

    def __init__(self, accepts: Accepts) -> None:
        super().__init__()
        self._accepts = accepts

    def __missing__(self, character: str | int) -> bool:
        self[character] = answer = self._accepts(_code(character))
        return answer

    def takes(self, code: int) -> bool:
        """Return whether it takes a code point."""
        return self._accepts(code)


def _code(character: str | int) -> int:
    return ord(character) if isinstance(character, str) else character


def set_test(items: list[tuple[str, Any]], flags: int) -> Accepts:
    """Return the test whether one character is in a set, by its code point."""
    negated = items[0][0] in {"NEGATE", "NOT_LITERAL"}
    tests = [_item(code, argument, flags) for code, argument in items if code != "NEGATE"]
    folds = bool(flags & re.IGNORECASE)

    def accepts(code: int) -> bool:
        return any(test(form) for form in (_forms(code) if folds else (code,)) for test in tests) != negated

    return accepts


def _forms(code: int) -> Iterator[int]:
    character = chr(code)
    for form in (character, character.lower(), character.upper()):
        if len(form) == 1:
            yield ord(form)


def _item(code: str, argument: Any, flags: int) -> Accepts:
    if code in {"LITERAL", "NOT_LITERAL"}:
        return lambda character: character == argument
    if code == "RANGE":
        return lambda character: argument[0] <= character <= argument[1]
    if code == "ANY":
        return lambda character: bool(flags & re.DOTALL) or character != ord("\n")
    return _category(str(argument).removeprefix("CATEGORY_"), unicode=bool(flags & re.UNICODE))


def _category(name: str, *, unicode: bool) -> Accepts:
    kind = name.removeprefix("NOT_")
    tests: dict[str, Callable[[str], bool]] = {
        "DIGIT": str.isdecimal,
        "SPACE": str.isspace,
        "WORD": lambda character: character.isalnum() or character == "_",
    }
    test, negated = tests[kind], kind != name
    if unicode:
        return lambda character: test(chr(character)) != negated
    space = frozenset(b" \t\n\r\f\v")
    return lambda character: (
        (character in space if kind == "SPACE" else chr(character).isascii() and test(chr(character))) != negated
    )


def place_test(name: str, flags: int) -> Place:
    """Return the test whether a position of a text is the start, the end, or an edge of a word."""
    word = _category("WORD", unicode=bool(flags & re.UNICODE))
    if name == "AT_BEGINNING_STRING" or (name == "AT_BEGINNING" and not flags & re.MULTILINE):
        return lambda _text, at, _end: at == 0
    if name == "AT_BEGINNING":
        return lambda text, at, _end: at == 0 or text[at - 1] in _NEWLINES
    if name == "AT_END_STRING":
        return lambda _text, at, end: at == end
    if name == "AT_END":
        lines = bool(flags & re.MULTILINE)
        return lambda text, at, end: at == end or (text[at] in _NEWLINES and (lines or at + 1 == end))
    if name in {"AT_BOUNDARY", "AT_NON_BOUNDARY"}:
        return lambda text, at, end: (
            ((at > 0 and word(_code(text[at - 1]))) != (at < end and word(_code(text[at])))) == (name == "AT_BOUNDARY")
        )
    raise NotImplementedError(name)
