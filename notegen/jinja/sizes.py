"""How large what a template's calls and filters make can be at most: known before they make it."""

from collections.abc import Iterable, Mapping
from typing import Any

from notegen.text.patterns import lazy_regex

MOST_LENGTH = 5_000_000  # characters or items of one value: no page could hold more
MOST_MADE = 100_000_000  # of what a call may make at most; the sizes below are generous
_ITEM = 20  # characters that stand for an item of a list, besides its own; so that few items are looked at
_OTHER = 20  # characters that a value of another type is written with, about
# Methods and filters whose result can be larger than what goes in; of WIDTHS numbers say how large.
_WIDTHS = "center ljust rjust zfill expandtabs to_bytes indent batch slice wordwrap tojson round"
_OTHERS = "replace join translate format format_map string sum xmlattr pprint urlize fill"
WIDTHS = frozenset(_WIDTHS.split())
MULTIPLYING = WIDTHS | frozenset(_OTHERS.split())
_PERCENT_WIDTH = lazy_regex(r"%(?:\([^)%]*+\))?[-#0 +]*+([0-9]*)(?:\.([0-9]*))?")
_FIELD_WIDTH = lazy_regex(r":[^{}]*")
_NUMBER = lazy_regex(r"[0-9]+")


def size(value: Any) -> int:
    """Return with how many characters a value is written, about, with all its items; or more than the most."""
    total, todo = 0, [value]
    while todo and total <= MOST_LENGTH:
        item = todo.pop()
        if isinstance(item, str | bytes):
            total += len(item)
        elif isinstance(item, int):
            total += item.bit_length() // 3 + 1
        elif isinstance(item, Mapping):
            total += _ITEM * len(item)
            todo += [*item.keys(), *item.values()]
        elif isinstance(item, list | tuple | set | frozenset):
            total += _ITEM * len(item)
            todo += item if total <= MOST_LENGTH else ()
        else:
            total += _OTHER
    return total


def most_made(name: str, value: Any, arguments: Iterable[Any]) -> int:
    """Return the most that a method or filter can make of a value: as if each character became all the arguments."""
    has_widths = name in WIDTHS
    factor = 1
    if name in {"%", "{}"} and isinstance(value, str):
        factor += _width(value, is_percent=name == "%")
        has_widths = "*" in value if name == "%" else _has_nested_field(value)
    for item in arguments:
        factor += size(item) + (_largest(item) if has_widths else 0)
    return (size(value) + 1) * factor


def _width(text: str, *, is_percent: bool) -> int:
    """Return the largest width that a text to be filled in asks for itself."""
    if is_percent:
        numbers = [number for match in _PERCENT_WIDTH.finditer(text) for number in match.groups("")]
    else:
        numbers = [number[0] for field in _FIELD_WIDTH.finditer(text) for number in _NUMBER.finditer(field[0])]
    return max(
        (MOST_MADE if len(number) > len(str(MOST_MADE)) else int(number) for number in numbers if number), default=0
    )


def _has_nested_field(text: str) -> bool:
    """Return whether a field stands in a field, whose value is a width then."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth > 1:
            return True
    return False


def _largest(item: Any) -> int:
    """Return the largest number of an argument, which may be several."""
    if isinstance(item, Mapping):
        item = tuple(item.values())
    numbers = item if isinstance(item, list | tuple) else (item,)
    return max((abs(int(number)) for number in numbers if isinstance(number, int | float)), default=0)
