"""Settings written in JavaScript or TypeScript, read as text: nothing is run.

`docusaurus.config.js`, `.vitepress/config.ts` and `quartz.config.ts` are programs, but their settings are nearly always
literals in object literals. These are read; whatever is not a literal (calls, names, functions) is left out.
"""

import re
from typing import Any

from notegen.text.patterns import lazy_regex

_TOKEN = lazy_regex(
    r"""(?P<space>\s++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)
    |(?P<string>"(?:[^"\\\n]|\\.)*+"?|'(?:[^'\\\n]|\\.)*+'?|`(?:[^`\\]|\\.)*+`?)
    |(?P<number>-?\d++(?:\.\d++)?)
    |(?P<name>[A-Za-z_$][\w$]*+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = lazy_regex(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "\n": ""}
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None}
_OPENING, _CLOSING = "{[(", "}])"
MAX_DEPTH = 40  # of nested objects; deeper ones are skipped


class NotALiteral:
    """Stands for a value that is no literal, such as a call."""


NOT_A_LITERAL = NotALiteral()
Token = tuple[str, str]  # kind, text


def read_objects(text: str) -> dict[str, Any]:
    """Return the literal settings of all object literals of a module, those of later ones added to earlier ones'.

    Values are str, int, float, bool, None, list and dict, nested as written. A template literal with `${…}` is none.
    Of a list only the literals stay. Never raises.
    """
    tokens = [
        (match.lastgroup or "", match.group())
        for match in _TOKEN.finditer(text)
        if match.lastgroup not in {None, "space"}
    ]
    settings: dict[str, Any] = {}
    position = 0
    while position < len(tokens):
        if tokens[position] == ("sign", "{") and _begins_object(tokens, position):
            value, position = _object(tokens, position, 0)
            for key, item in value.items():
                settings.setdefault(key, item)
        else:
            position += 1
    return settings


def _begins_object(tokens: list[Token], position: int) -> bool:
    """Return whether the brace at a position begins an object literal that has keys, not a block of statements."""
    following = tokens[position + 1 : position + 3]
    return len(following) == 2 and following[0][0] in {"name", "string"} and following[1] == ("sign", ":")  # noqa: PLR2004


def _object(tokens: list[Token], position: int, depth: int) -> tuple[dict[str, Any], int]:
    """Return the object whose brace stands at a position, and the position behind it."""
    value: dict[str, Any] = {}
    position += 1
    while position < len(tokens):
        kind, text = tokens[position]
        if kind == "sign" and text in _CLOSING:
            return value, position + 1
        if kind in {"name", "string"} and tokens[position + 1 : position + 2] == [("sign", ":")]:
            key = _unquoted(text) if kind == "string" else text
            item, position = _value(tokens, position + 2, depth)
            if not isinstance(item, NotALiteral):
                value[key] = item
        else:
            position = max(_behind(tokens, position), position + (text == ","))
    return value, position


def _value(tokens: list[Token], position: int, depth: int) -> tuple[Any, int]:
    """Return the value at a position, and the position of the comma or bracket behind it."""
    if position >= len(tokens):
        return NOT_A_LITERAL, position
    kind, text = tokens[position]
    value: Any = NOT_A_LITERAL
    if kind == "sign" and text == "{" and depth < MAX_DEPTH:
        value, position = _object(tokens, position, depth + 1)
    elif kind == "sign" and text == "[" and depth < MAX_DEPTH:
        value, position = _array(tokens, position, depth + 1)
    elif kind == "string" and not (text[0] == "`" and "${" in text):
        value, position = _unquoted(text), position + 1
    elif kind == "number":
        value, position = float(text) if "." in text else int(text[:18]), position + 1
    elif kind == "name" and text in _CONSTANTS:
        value, position = _CONSTANTS[text], position + 1
    end = _behind(tokens, position)
    plain = end == position or tokens[position : position + 1] in ([("name", "as")], [("name", "satisfies")])
    return (value if plain else NOT_A_LITERAL), end


def _array(tokens: list[Token], position: int, depth: int) -> tuple[list[Any], int]:
    """Return the literals of the array whose bracket stands at a position, and the position behind it."""
    items: list[Any] = []
    position += 1
    while position < len(tokens) and tokens[position] != ("sign", "]"):
        if tokens[position] == ("sign", ","):
            position += 1
            continue
        start = position
        item, position = _value(tokens, position, depth)
        if not isinstance(item, NotALiteral):
            items.append(item)
        if position == start:  # a bracket that closes nothing
            position += 1
    return items, position + 1


def _behind(tokens: list[Token], position: int) -> int:
    """Return the position of the comma or closing bracket at which the expression at a position ends."""
    depth = 0
    while position < len(tokens):
        kind, text = tokens[position]
        if kind == "sign":
            if depth == 0 and (text == "," or text in _CLOSING):
                return position
            depth += (text in _OPENING) - (text in _CLOSING)
        position += 1
    return position


def _unquoted(text: str) -> str:
    """Return what a string literal stands for."""

    def character(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else _CONTROLS.get(match[2], match[2])

    return _ESCAPE.sub(character, text[1:-1])
