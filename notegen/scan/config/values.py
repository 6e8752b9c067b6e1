"""One value of site.yaml as the type its field declares; what does not fit comes back as a ConversionError."""

import re
from typing import Any

import msgspec
from msgspec import inspect

from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence, plain

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


class ConversionError(msgspec.Struct, frozen=True):
    """A value that does not fit: where it stands (`node`), what was expected there, and what to do about it."""

    node: Node
    expected: str
    hint: str = ""


class InvalidValue(msgspec.Struct, frozen=True):
    """A value of the right type that cannot be used: what was expected, and a hint; of a mapping, at which `key`."""

    expected: str
    hint: str = ""
    key: str = ""


def convert(node: Node, kind: Any) -> Any:
    """Return `node` as `kind`, a type of a Struct's field, or a ConversionError.

    Text is the author's own text (`on` and `2024` are titles); yes/no and on/off are booleans where one is asked for;
    one value may stand for a list of one.
    """
    return _convert(node, inspect.type_info(kind))


def _convert(node: Node, info: inspect.Type) -> Any:
    if isinstance(info, inspect.VarTupleType):
        return _sequence(node, info)
    if isinstance(info, inspect.DictType):
        return _mapping(node, info)
    if isinstance(info, inspect.StructType):
        return _struct(node, info)
    if isinstance(info, inspect.AnyType):
        return plain(node)
    value = _scalar(node, info) if isinstance(node, Scalar) else None
    return ConversionError(node, describe(info)) if value is None else value


def _scalar(node: Scalar, info: inspect.Type) -> str | int | float | bool | None:
    text = node.text.strip()
    if isinstance(info, inspect.StrType):
        return node.text
    if isinstance(info, inspect.BoolType):
        word = text.lower()
        return word in _TRUE if word in _TRUE | _FALSE else None
    if isinstance(info, inspect.IntType):
        number = int(text) if re.fullmatch(r"[-+]?[0-9]{1,15}", text) else None
        return number if number is not None and _in_bounds(number, info) else None
    if isinstance(info, inspect.LiteralType):
        return text if text in info.values else None
    raise TypeError(f"site.yaml cannot express {info}")


def _in_bounds(number: int, info: inspect.IntType) -> bool:
    return (info.ge is None or number >= info.ge) and (info.le is None or number <= info.le)


def _sequence(node: Node, info: inspect.VarTupleType) -> Any:
    items = node.items if isinstance(node, Sequence) else (node,)
    values = tuple(_convert(item, info.item_type) for item in items)
    return next((value for value in values if isinstance(value, ConversionError)), values)


def _mapping(node: Node, info: inspect.DictType) -> Any:
    if not isinstance(node, Mapping):
        return ConversionError(node, describe(info))
    values = {key.text: _convert(value, info.value_type) for key, value in node.entries}
    return next((value for value in values.values() if isinstance(value, ConversionError)), values)


def _struct(node: Node, info: inspect.StructType) -> Any:
    """A Struct inside a list, such as a menu entry: every field required or defaulted, none unknown."""
    fields = {field.name: field.type for field in info.fields}
    required = {field.name for field in info.fields if field.required}
    entries = {key.text: value for key, value in node.entries} if isinstance(node, Mapping) else {}
    if not entries or entries.keys() - fields.keys() or required - entries.keys():
        return ConversionError(node, describe(info))
    values = {name: _convert(value, fields[name]) for name, value in entries.items()}
    return next((value for value in values.values() if isinstance(value, ConversionError)), None) or info.cls(**values)


def describe(info: inspect.Type) -> str:
    """Return in words what a value of this type looks like."""
    match info:
        case inspect.BoolType():
            words = "true or false"
        case inspect.IntType(ge=int(least), le=int(most)):
            words = f"a whole number from {least} to {most}"
        case inspect.IntType(ge=least):
            words = "a whole number" if least is None else f"a whole number of at least {least}"
        case inspect.LiteralType(values=values):
            words = " or ".join(str(value) for value in values)
        case inspect.VarTupleType(item_type=item):
            words = f"a list, each item {describe(item)}"
        case inspect.DictType(value_type=value):
            words = "a mapping of `name: value`" + ("" if isinstance(value, inspect.AnyType) else ", each value text")
        case inspect.StructType(fields=fields):
            words = "a mapping with " + " and ".join(field.name for field in fields)
        case _:
            words = "text"
    return words


def show(node: Node) -> str:
    """Return a value in a few words, for messages."""
    if isinstance(node, Scalar):
        text = " ".join(node.text.split())
        return repr(text if len(text) <= 40 else text[:39] + "…") if text else "nothing"  # noqa: PLR2004  one line
    return "a list" if isinstance(node, Sequence) else "a mapping"
