"""The values of a YAML text: a tree with positions whose scalars keep the text their author wrote."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

import msgspec

from notegen.text.patterns import lazy_regex

_INT = lazy_regex(r"[-+]?[0-9]{1,20}")
_HEX = lazy_regex(r"0x[0-9a-fA-F]{1,16}")
_FLOAT = lazy_regex(r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)")
_CONSTANTS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Scalar(msgspec.Struct, frozen=True):
    """A word, number or text, as its text. `style` is the opening quote or `|`, `>`; empty for plain text.

    `line` and `column` count from 1, columns in characters; `start` and `end` are offsets in the source.
    """

    text: str
    style: str = ""
    line: int = 1
    column: int = 1
    start: int = 0
    end: int = 0

    @property
    def null(self) -> bool:
        """True when nothing is given: `key:`, `key: ~`, `key: null`."""
        return not self.style and self.text in _CONSTANTS and _CONSTANTS[self.text] is None


class Sequence(msgspec.Struct, frozen=True):
    """A list."""

    items: "tuple[Node, ...]"
    line: int = 1
    column: int = 1
    start: int = 0
    end: int = 0


class Mapping(msgspec.Struct, frozen=True):
    """Keys and values in the order written; a repeated key stands only with its last value."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    line: int = 1
    column: int = 1
    start: int = 0
    end: int = 0


Node = Scalar | Sequence | Mapping


def plain(node: Node | None) -> Any:
    """Return the tree as dicts, lists, str, int, float, bool and None, typed by YAML 1.2's core schema.

    So `no` and `on` are words and dates are texts. Numbers that JSON or MessagePack cannot hold stay texts.
    """
    if node is None:
        return None
    if isinstance(node, Scalar):
        return node.text if node.style else plain_scalar(node.text)
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def plain_scalar(text: str) -> str | int | float | bool | None:
    """Return what an unquoted YAML scalar stands for."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text) or _HEX.fullmatch(text):
        number = int(text, 16) if text.startswith("0x") else int(text)
        return number if -(2**63) <= number < 2**64 else text
    if len(text) <= 40 and _FLOAT.fullmatch(text) and isfinite(float(text)):  # noqa: PLR2004  longer is no number
        return float(text)
    return text


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield every scalar below `node`, keys included."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.entries:
            yield key
            yield from scalars(value)
