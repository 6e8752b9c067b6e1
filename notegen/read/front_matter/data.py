"""JSON and TOML front matter as the same trees that YAML gives, so that fields are read in one way."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, time
from typing import Any

import msgspec

from notegen.text.characters import SURROGATES
from notegen.text.patterns import lazy_regex
from notegen.yaml.errors import MAX_DEPTH, YamlError
from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence
from notegen.yaml.parse import Document
from notegen.yaml.toml_errors import toml_error

LONGEST_TOML = 64_000  # characters, and dots in one line: the reader's time grows with the square of a dotted key
MOST_DOTS = 500
_KEY = lazy_regex(r"""(?:^|[{,])[ \t]*(["']?)([\w.-]+)\1[ \t]*[:=]""", re.MULTILINE)
_SURROGATE = lazy_regex(f"[{SURROGATES}]")
_TOO_DEEP = f"lists and mappings nested deeper than {MAX_DEPTH}"


def read_json(text: str) -> Document:
    """Return the JSON object in `text`."""
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(items)
        if len(members) < len(items):
            counts = Counter(key for key, _ in items)
            repeated.extend(key for key, count in counts.items() if count > 1)
        return members

    # Numbers stay texts, as in YAML: no limit of digits, and `1.0` is a tag as it was written.
    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_int=Scalar, parse_float=Scalar, parse_constant=str)
    except json.JSONDecodeError as error:
        return _broken(error.msg[:1].lower() + error.msg[1:], error.lineno, error.colno, "check quotes and commas")
    except RecursionError:
        return _broken(_TOO_DEEP, 1, 1)
    return _document(text, data, repeated)


def read_members(text: str) -> Document:
    """Return Hexo's JSON front matter: the members of an object without its braces."""
    document = read_json("{" + text + "}")
    return _shift(document, lambda line, column: (line, column - 1 if line == 1 else column))


def read_toml(text: str) -> Document:
    """Return TOML. Dates become texts in ISO form."""
    import tomllib

    if len(text) > LONGEST_TOML or any(line.count(".") > MOST_DOTS for line in text.split("\n")):
        return _broken("TOML front matter of this size is not read", 1, 1)
    try:
        data = tomllib.loads(text, parse_float=Scalar)
    except tomllib.TOMLDecodeError as error:
        message, line, column = toml_error(str(error), text)
        return _broken(message[:1].lower() + message[1:], line, column)
    except RecursionError:
        return _broken(_TOO_DEEP, 1, 1)
    except ValueError as error:  # a number of thousands of digits
        return _broken(f"a number is too long: {error}", 1, 1)
    return _document(text, data, [])


def _broken(message: str, line: int, column: int, hint: str = "") -> Document:
    return Document(error=YamlError(message, line, column, "syntax", hint, line))


def _document(text: str, data: dict[str, Any], repeated: list[str]) -> Document:
    if _too_deep(data):
        return _broken(_TOO_DEEP, 1, 1)
    places = _places(text)
    entries = []
    for key, value in data.items():
        line, column = places.get(key, (1, 1))
        entries.append((Scalar(_clean(key), '"', line, column), node_of(value, line, column)))
    again = tuple(Scalar(key, '"', *places.get(key, (1, 1))) for key in repeated)
    return Document(Mapping(tuple(entries)), None, again)


def _places(text: str) -> dict[str, tuple[int, int]]:
    """Return line and column of the first place where each key is written: neither parser says."""
    places: dict[str, tuple[int, int]] = {}
    line, counted = 1, 0
    for match in _KEY.finditer(text):
        line += text.count("\n", counted, match.start(2))
        counted = match.start(2)
        if match[2] not in places:
            column = match.start(1) - text.rfind("\n", 0, match.start(1))
            places[match[2]] = (line, column)
    return places


def _too_deep(data: Any) -> bool:
    level = [data]
    for _ in range(MAX_DEPTH):
        values = (x.values() if isinstance(x, dict) else x for x in level if isinstance(x, (dict, list)))
        level = [value for group in values for value in group]
    return bool(level)


def node_of(value: Any, line: int, column: int) -> Node:
    """Return plain data as a tree at a place in a text."""
    match value:
        case dict():
            entries = ((Scalar(_clean(key), '"', line, column), node_of(x, line, column)) for key, x in value.items())
            return Mapping(tuple(entries), line, column)
        case list():
            return Sequence(tuple(node_of(item, line, column) for item in value), line, column)
        case str():
            text, style = _clean(value), '"'
        case Scalar():
            text, style = value.text, ""
        case int() if abs(value) >= 2**64:  # hexadecimal digits, which have no limit
            text, style = hex(value), '"'
        case date() | time():  # a datetime is a date
            text, style = value.isoformat(), '"'
        case _:
            text, style = "null" if value is None else str(value).lower(), ""
    return Scalar(text, style, line, column)


def _clean(text: str) -> str:
    """JSON can write half a surrogate pair, which UTF-8 cannot."""
    return _SURROGATE.sub("\ufffd", text)


def _shift(document: Document, move: Callable[[int, int], tuple[int, int]]) -> Document:
    error = document.error
    if error is None:
        return document
    line, column = move(error.line, error.column)
    return msgspec.structs.replace(document, error=msgspec.structs.replace(error, line=line, column=column))
