"""Which ASCII characters a regular expression can begin with, told from its parsed form.

Sound, not complete: "no" is always right; whatever this does not understand is a "yes". The parsed form is that of
Python's `re` (module `re._parser`), which is no public interface: where it is missing, every answer is "yes".
"""

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, NamedTuple

Tree = Iterable[tuple[Any, Any]]

# Sets of ASCII characters are whole numbers with a bit for each code point.
_ALL = (1 << 128) - 1
_UPPER, _LOWER = (
    sum(1 << ord(letter) for letter in letters)
    for letters in ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
)
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_WIDTHLESS = frozenset({"AT", "ASSERT", "ASSERT_NOT"})


class First(NamedTuple):
    """What a match can begin with: a set of ASCII characters, and whether it can be empty."""

    characters: int
    empty: bool

    def may(self, character: str) -> bool:
        """Tell whether a match can begin with this ASCII character, or be empty; for "", whether it can be empty."""
        return self.empty or bool(character and self.characters >> ord(character) & 1)


def first_of(pattern: "re.Pattern[str]") -> First:
    """Return what a match of a compiled pattern can begin with. Upper and lower case are not told apart."""
    try:
        parser = import_module("re._parser")
    except ImportError:
        return First(_ALL, empty=True)
    return _sequence(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _sequence(tree: Tree) -> First:
    characters = 0
    for code, argument in tree:
        part = _part(str(code), argument)
        characters |= part.characters
        if not part.empty:
            return First(characters, empty=False)
    return First(characters, empty=True)


def _part(code: str, argument: Any) -> First:
    if code in _WIDTHLESS:
        return First(0, empty=True)
    if code in {"LITERAL", "IN"}:
        found = _in_set(argument if code == "IN" else [(code, argument)])
        return First(_folded(found), empty=False)
    if code in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return _sequence(argument[-1] if code == "SUBPATTERN" else argument)
    if code == "BRANCH":
        branches = [_sequence(branch) for branch in argument[1]]
        return First(_union(item.characters for item in branches), any(item.empty for item in branches))
    if code in _REPEATS:
        repeated = _sequence(argument[2])
        return First(repeated.characters, repeated.empty or argument[0] == 0)
    return First(_ALL, code not in {"NOT_LITERAL", "ANY"})


def _in_set(items: Tree) -> int:
    found, negated = 0, False
    for code, argument in items:
        name = str(code)
        if name == "NEGATE":
            negated = True
        elif name in {"LITERAL", "RANGE"}:
            found |= _range(*argument) if name == "RANGE" else _range(argument, argument)
        else:
            kind = str(argument).removeprefix("CATEGORY_").removeprefix("UNI_")
            category = _CATEGORIES.get(kind.removeprefix("NOT_"))
            if category is None:
                return _ALL
            found |= _ALL ^ category if kind.startswith("NOT_") else category
    return _ALL ^ found if negated else found


def _range(low: int, high: int) -> int:
    """Return the ASCII characters from one code point to another, both included."""
    return (_ALL >> (127 - min(high, 127))) & (_ALL << low) if low <= 127 else 0  # noqa: PLR2004 (the last of ASCII)


def _folded(characters: int) -> int:
    """Return the characters with the same letters in the other case, since a part may ignore it."""
    return characters | (characters & _UPPER) << 32 | (characters & _LOWER) >> 32


def _union(sets: Iterable[int]) -> int:
    found = 0
    for characters in sets:
        found |= characters
    return found


def _where(test: Callable[[str], bool]) -> int:
    return sum(1 << code for code in range(128) if test(chr(code)))


_CATEGORIES = {
    "DIGIT": _where(str.isdecimal),
    "SPACE": _where(str.isspace),
    "WORD": _where(lambda character: character.isalnum() or character == "_"),
}
