"""Which characters a regular expression can begin with, told from its parsed form.

Sound, not complete: "no" is always right; whatever this does not understand is a "yes". The parsed form is that of
Python's `re` (module `re._parser`), which is no public interface: where it is missing, every answer is "yes".
"""

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

_CATEGORIES: Mapping[str, Callable[[str], bool]] = {
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
    "WORD": lambda character: character.isalnum() or character == "_",
}
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_WIDTHLESS = frozenset({"AT", "ASSERT", "ASSERT_NOT"})


def parsed(pattern: "re.Pattern[str]") -> Iterable[tuple[Any, Any]] | None:
    """Return the parsed form of a compiled pattern; None where it cannot be had."""
    try:
        parser = import_module("re._parser")
    except ImportError:
        return None
    tree: Iterable[tuple[Any, Any]] = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    return tree


def can_begin(tree: Iterable[tuple[Any, Any]] | None, character: str) -> bool:
    """Tell whether a match can begin with this ASCII character, or be empty; for "", whether it can be empty.

    `tree` is what `parsed` returned. Upper and lower case are not told apart, since a part may ignore them.
    """
    if tree is None:
        return True
    begins, empty = _sequence(tree, frozenset({character.lower(), character.upper()} - {""}))
    return begins or empty


def _sequence(tree: Iterable[tuple[Any, Any]], wanted: frozenset[str]) -> tuple[bool, bool]:
    """Return whether a sequence can begin with one of the characters, and whether it can be empty."""
    for code, argument in tree:
        begins, empty = _part(str(code), argument, wanted)
        if begins or not empty:
            return begins, False
    return False, True


def _part(code: str, argument: Any, wanted: frozenset[str]) -> tuple[bool, bool]:
    if code in _WIDTHLESS:
        return False, True
    if code in {"LITERAL", "IN"}:
        return (chr(argument) in wanted if code == "LITERAL" else _in_set(argument, wanted)), False
    if code in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return _sequence(argument[-1] if code == "SUBPATTERN" else argument, wanted)
    if code == "BRANCH":
        found = [_sequence(branch, wanted) for branch in argument[1]]
        return any(begins for begins, _ in found), any(empty for _, empty in found)
    if code in _REPEATS:
        begins, empty = _sequence(argument[2], wanted)
        return begins, empty or argument[0] == 0
    return bool(wanted), code not in {"NOT_LITERAL", "ANY"}


def _in_set(items: Iterable[tuple[Any, Any]], wanted: frozenset[str]) -> bool:
    found: set[str] = set()
    negated = False
    for code, argument in items:
        name = str(code)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            found.update(wanted & {chr(argument)})
        elif name == "RANGE":
            found.update(character for character in wanted if argument[0] <= ord(character) <= argument[1])
        else:
            kind = str(argument).removeprefix("CATEGORY_").removeprefix("UNI_")
            test = _CATEGORIES.get(kind.removeprefix("NOT_"))
            if test is None:
                return True
            found.update(character for character in wanted if test(character) != kind.startswith("NOT_"))
    return bool(wanted - found) if negated else bool(found)
