"""Every setting of site.yaml and every key of front matter as a row: name, default, what it means."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import msgspec

from notegen.model.config import Config
from notegen.model.note import Meta
from notegen.read.front_matter.names import NAMES
from notegen.reference.comments import field_comments, summary

_HIDDEN = frozenset({"unpublished_by", "people"})  # fields of Meta that read the keys of another one


class SettingRow(msgspec.Struct, frozen=True):
    """A setting by its dotted name; `default` as JSON, "" for none; `kind` in words; of a section the meaning alone."""

    name: str
    kind: str
    default: str
    meaning: str


class KeyRow(msgspec.Struct, frozen=True):
    """A key of front matter, its other spellings, what it means."""

    name: str
    others: tuple[str, ...]
    meaning: str


def settings() -> Iterator[SettingRow]:
    """Yield all settings in the order of `Config`, each section before its settings."""
    yield from _rows(Config, "", Config())


def keys() -> Iterator[KeyRow]:
    """Yield the keys of front matter in the order of `Meta`."""
    comments = {field.name: field.comment for field in field_comments(Meta)}
    for field, names in NAMES.items():
        if field not in _HIDDEN:
            yield KeyRow(names[0], names[1:], comments[field])


def as_text(row: SettingRow) -> str:
    """Return a setting in two lines or three, for the terminal."""
    head = f"{row.name}: {row.default}" if row.default else f"{row.name}:"
    kind = f"  ({row.kind})" if row.kind else ""
    return f"{head}{kind}\n    {row.meaning}\n"


def _rows(struct: type[Any], prefix: str, default: Any) -> Iterator[SettingRow]:
    kinds = get_type_hints(struct, include_extras=True)
    for field in field_comments(struct):
        if field.is_property:
            continue
        kind, value = kinds[field.name], getattr(default, field.name)
        name = prefix + field.name
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            also = f" {field.comment}." if field.comment else ""
            yield SettingRow(name, "", "", f"{summary(kind)}{also}")
            yield from _rows(kind, f"{name}.", value)
        else:
            yield SettingRow(name, _words(kind), msgspec.json.encode(value).decode(), field.comment)


def _words(kind: Any) -> str:
    """Return what a value may be, in words."""
    from notegen.scan.config.values import describe

    words = describe(msgspec.inspect.type_info(kind))
    inner = [item for item in get_args(kind) if isinstance(item, type) and issubclass(item, msgspec.Struct)]
    return f"a list of mappings with {', '.join(inner[0].__struct_fields__)}" if inner else words
