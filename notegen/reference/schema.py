"""JSON Schemas of site.yaml and of front matter, for editors: they complete keys, and show what each one means.

Made of the types that read the files (`model/config.py`, `read/front_matter/`) and of their comments. Whatever a build
accepts they accept; a key of site.yaml that no field has they refuse. Draft-07 is what editors for YAML know.
"""

import json
from collections.abc import Mapping
from typing import Any, get_type_hints

import msgspec
from msgspec import inspect

from notegen.model.config import Config
from notegen.model.note import Meta
from notegen.read.front_matter.names import NAMES, TABLES, TOGGLES
from notegen.reference.comments import field_comments, summary
from notegen.scan.config.rules import ALIASES

Schema = dict[str, Any]
NAME = ".notegen.schema.json"  # what `init` calls the schema of site.yaml beside it
MODELINE = f"yaml-language-server: $schema={NAME}"  # the comment by which editors find it
_DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}  # `title: 2024` and `title: on` are titles
_SWITCH: Schema = {"anyOf": [{"type": ["boolean", "null"]}, {"enum": ["yes", "no", "on", "off"]}]}
_ANY: Schema = {}
_TABLE: Schema = {"type": ["object", "null"]}
_LINKS: Schema = {"type": ["array", "object", "null"]}  # `- Home: /` or `Home: /`
# Keys that `load_config` and `reshape` read besides the fields and their aliases.
_SHORT_FORMS: dict[str, Schema] = {
    "menu": _LINKS,
    "languages": {"type": ["array", "object", "string", "null"]},
    "languages.menu": _LINKS,
    "numbering": {"enum": ["all", "labelled"]},
    "author": {"type": "object"},
}
_OTHER_KEYS = {
    "root": "the path that follows `url` (Hexo)",
    "baseurl": "the path that follows `url` (Jekyll)",
    "citation_style": "the same as `citations: {style: …}`",
    "csl": "the same as `citations: {style: …}` (Pandoc, Quarto)",
}
_FRONT_MATTER: dict[str, Schema] = {
    **dict.fromkeys(("draft", "publish", "hidden", "sitemap", "toc", "number_sections", "citation"), _ANY),
    "unpublished_by": _ANY,
    **dict.fromkeys(("categories", "tags", "aliases", "authors", "people", "bibliography", "cover", "layout"), _ANY),
    **dict.fromkeys(("title", "summary", "slug", "permalink", "lang", "translation_key", "series"), _TEXT),
    **dict.fromkeys(("date", "updated", "expires", "series_order", "weight", "order"), _TEXT),
    **dict.fromkeys(("macros", "notation"), _TABLE),
}
_NO_TEXT = frozenset({"url", "path", "image", "published", "status", "build", "_build", "math", "language", "series"})


def site_schema() -> Schema:
    """Return the schema of site.yaml."""
    properties = _properties(Config, "", Config())
    for alias, name in ALIASES.items():
        _put_alias(properties, alias, name)
    for name, words in _OTHER_KEYS.items():
        properties[name] = {"description": words, **_TEXT}
    head = {"$schema": _DRAFT, "title": "site.yaml of notegen", "description": summary(Config)}
    return {**head, **_object(properties), "type": ["object", "null"]}


def front_matter_schema() -> Schema:
    """Return the schema of front matter; keys without a meaning are kept for templates, so no key is refused."""
    comments = {field.name: field.comment for field in field_comments(Meta)}
    properties: Schema = {}
    for field, names in NAMES.items():
        for name in names:
            words = comments[field] if name == names[0] else f"the same as `{names[0]}`"
            value = _ANY if name in _NO_TEXT else _FRONT_MATTER[field]
            properties.setdefault(name, {"description": words, **value})
    for name in TABLES:
        properties.setdefault(name, {"description": "a table of Zola or Hugo: what is in it counts as keys of its own"})
    for name in TOGGLES:
        properties.setdefault(name, {"description": "on or off, for templates"})
    head = {"$schema": _DRAFT, "title": "front matter of a note of notegen", "type": ["object", "null"]}
    return {**head, "properties": properties}


def as_json(schema: Schema) -> str:
    """Return a schema as the text of a file, a line for each key."""
    rows = ",\n".join(f"  {_line(key)}: {_line(value)}" for key, value in schema["properties"].items())
    others = [f" {_line(key)}: {_line(value)}" for key, value in schema.items() if key != "properties"]
    return "{\n" + ",\n".join([*others, f' "properties": {{\n{rows}\n }}']) + "\n}\n"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _put_alias(properties: Schema, alias: str, name: str) -> None:
    """Add another name of a setting, by dotted paths."""
    *sections, last = alias.split(".")
    inner = properties
    for section in sections:
        inner = inner[section]["properties"]
    inner[last] = {**inner[name.rpartition(".")[2]], "description": f"the same as `{name}`"}


def _properties(struct: type[Any], prefix: str, default: Any) -> Schema:
    """Return the properties of a section; `prefix` is its dotted path, `default` the value it has without site.yaml."""
    kinds = get_type_hints(struct, include_extras=True)
    properties: Schema = {}
    for field in field_comments(struct):
        if field.is_property:
            continue
        key, kind = prefix + field.name, kinds[field.name]
        usual = getattr(default, field.name, None) if default is not None else None
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            schema = {"description": summary(kind), **_section(kind, key, usual)}
        else:
            value = _value(inspect.type_info(kind), key)
            words = {"description": field.comment} if field.comment else {}
            shown = (
                {} if usual is None or usual in ("", (), {}) else {"default": json.loads(msgspec.json.encode(usual))}
            )
            schema = {**words, **_with_short_form(key, value), **shown}
        properties[field.name] = schema
    return properties


def _section(struct: type[Any], key: str, default: Any) -> Schema:
    return _with_short_form(key, {**_object(_properties(struct, f"{key}.", default)), "type": ["object", "null"]})


def _with_short_form(key: str, value: Schema) -> Schema:
    """Return the schema of a value that may be written shorter, too; keys and defaults stay those of the long form."""
    short = _SHORT_FORMS.get(key)
    if short is None:
        return value
    kept = {name: value[name] for name in ("properties",) if name in value}
    return {**kept, "anyOf": [value, short]}


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _value(info: inspect.Type, key: str) -> Schema:
    """Return the schema of a value as `scan.config.values` reads it."""
    schema = _TEXT
    match info:
        case inspect.BoolType():
            schema = _SWITCH
        case inspect.IntType(ge=least, le=most):
            bounds = {"minimum": least, "maximum": most}
            schema = {"type": ["integer", "null"], **{name: end for name, end in bounds.items() if end is not None}}
        case inspect.LiteralType(values=values):
            words = (True, False) if {"on", "off"} & {*values} else ()  # what YAML 1.1 makes of these
            schema = {"enum": [*values, *words, None]}
        case inspect.VarTupleType(item_type=item):
            one = _value(item, key)
            schema = {"anyOf": [{"type": "array", "items": one}, one]}  # one value stands for a list of one
        case inspect.DictType(value_type=value):
            schema = {"type": ["object", "null"], "additionalProperties": _value(value, key)}
        case inspect.StructType(cls=struct):
            required = [field.name for field in info.fields if field.required]
            schema = {**_object(_properties(struct, f"{key}.", None)), "required": required}
        case inspect.AnyType():
            schema = _ANY
    return dict(schema)
