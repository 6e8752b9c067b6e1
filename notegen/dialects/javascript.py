"""Settings written in JavaScript or TypeScript, read as text: nothing is run.

`docusaurus.config.js`, `.vitepress/config.ts` and `quartz.config.ts` are programs, but their settings are nearly always
literals in object literals. These are read; whatever is not a literal (calls, names, functions) is left out.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

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
_DECLARATIONS = frozenset({("name", "const"), ("name", "let"), ("name", "var"), ("name", "export")})
_ASSERTIONS = frozenset({("name", "as"), ("name", "satisfies")})  # of TypeScript, behind a literal
_SPREAD = [("sign", ".")] * 3
_ARROW = [("sign", "="), ("sign", ">")]
_EXPORT = [("name", "export"), ("name", "default")]
MAX_IMPORTS = 3  # modules that import modules
MAX_CLAUSE = 200  # tokens of what is imported
MAX_DEPTH = 40  # of nested objects; deeper ones are skipped
MAX_EXPANSION = 100_000  # tokens that names of constants stand for
MAX_TYPE = 20  # tokens of the type of a constant


class NotALiteral:
    """Stands for a value that is no literal, such as a call."""


NOT_A_LITERAL = NotALiteral()
Token = tuple[str, str]  # kind, text
Load = Callable[[str], "tuple[str, Load] | None"]  # what a module imports: its text, and what loads the imports of that


class _Constant(NamedTuple):
    """The literal that a constant is, how many tokens it stands for, and whether a part of it is code."""

    value: Any
    size: int
    is_partly_code: bool


class Module(NamedTuple):
    """The literal settings of a module, and the dotted names of those whose value, or a part of it, is code.

    `constants`: by name, what it exports by default as "default".
    """

    settings: dict[str, Any]
    code: frozenset[str]
    constants: Mapping[str, _Constant] = {}


def no_imports(specifier: str) -> None:
    """Load nothing."""
    del specifier


class _Reading:
    """What is read: tokens, the constants known by then, what is found to be code, tokens that constants stood for."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.constants: dict[str, _Constant] = {}
        self.code: set[str] = set()
        self.expanded = 0

    def constant(self, name: str, path: str) -> Any:
        """Return the literal that a name stands for where the setting at `path` is it."""
        constant = self.constants.get(name)
        if constant is None or self.expanded + constant.size > MAX_EXPANSION:
            return NOT_A_LITERAL
        self.expanded += constant.size
        if constant.is_partly_code:
            self.code.add(path)
        return constant.value


def read_objects(text: str) -> dict[str, Any]:
    """Return the literal settings of all object literals of a module, see `read_module`."""
    return read_module(text).settings


def read_module(text: str, load: Load = no_imports, depth: int = 0) -> Module:
    """Return the literal settings of all object literals of a module, those of later ones added to earlier ones'.

    Values are str, int, float, bool, None, list and dict, nested as written. A template literal with `${…}` is none.
    The name of a constant of the module, `const nav = […]`, stands for its literal; so does one that is imported from
    a module that `load` gives, MAX_IMPORTS deep. Of a list only the literals stay. Never raises.
    """
    tokens = [
        (match.lastgroup or "", match.group())
        for match in _TOKEN.finditer(text)
        if match.lastgroup not in {None, "space"}
    ]
    reading = _Reading(tokens)
    settings: dict[str, Any] = {}
    position = 0
    while position < len(tokens):
        if tokens[position] == ("sign", "{") and _begins_object(tokens, position):
            value, position = _object(reading, position, 0, "")
            for key, item in value.items():
                settings.setdefault(key, item)
        elif tokens[position] in _DECLARATIONS and (assigned := _assigned(tokens, position)):
            value, position = _constant(reading, tokens[position + 1][1], assigned)
            for key, item in value.items() if isinstance(value, dict) else ():
                settings.setdefault(key, item)
        elif tokens[position] == ("name", "import") and depth < MAX_IMPORTS:
            position = _import(reading, position + 1, load, depth)
        else:
            position += 1
    return Module(settings, frozenset(reading.code), reading.constants)


def _import(reading: _Reading, position: int, load: Load, depth: int) -> int:
    """Keep the constants that `import a, {b, c as d} from './x'` names. Return the position behind it."""
    end = position
    while end < min(position + MAX_CLAUSE, len(reading.tokens)) and reading.tokens[end][0] != "string":
        end += 1
    if reading.tokens[end - 1 : end] != [("name", "from")] or end >= len(reading.tokens):
        return position
    loaded = load(_unquoted(reading.tokens[end][1]))
    if loaded is None:
        return end + 1
    constants = read_module(*loaded, depth + 1).constants
    names = [text for kind, text in reading.tokens[position : end - 1] if kind == "name" or text in "{,"]
    braces = names.index("{") if "{" in names else len(names)
    pairs = [("default", name) for name in names[:braces] if name != ","]
    parts = " ".join(names[braces + 1 :]).split(",")
    pairs += [(words[0], words[-1]) for words in map(str.split, parts) if words]  # `c as d`
    for theirs, ours in pairs:
        if theirs in constants:
            reading.constants.setdefault(ours, constants[theirs])
    return end + 1


def _constant(reading: _Reading, name: str, position: int) -> tuple[Any, int]:
    """Keep the constant whose value stands at a position. Return the value, and the position behind it."""
    known, expanded = len(reading.code), reading.expanded
    value, end = _literal(reading, position, 0, f"{name} ")  # with a space: no name of a setting
    following = reading.tokens[end] if end < len(reading.tokens) else ("sign", ";")
    if not isinstance(value, NotALiteral) and (following == ("sign", ";") or following[0] == "name"):
        size = end - position + reading.expanded - expanded
        reading.constants.setdefault(name, _Constant(value, size, len(reading.code) > known))
    start = f"{name} ."
    reading.code.update([item.removeprefix(start) for item in reading.code if item.startswith(start)])
    return value, end


def _assigned(tokens: list[Token], position: int) -> int:
    """Return the position of the value in `const NAME: Type = value` or `export default value`; 0 for others."""
    if tokens[position : position + 2] == _EXPORT:
        return position + 2
    if tokens[position] != _EXPORT[0] and tokens[position + 1 : position + 2] and tokens[position + 1][0] == "name":
        for index in range(position + 2, min(position + MAX_TYPE, len(tokens))):
            if tokens[index] == ("sign", "="):
                return index + 1
            if tokens[index] == ("sign", ";") or tokens[index] in _DECLARATIONS:
                break
    return 0


def _begins_object(tokens: list[Token], position: int) -> bool:
    """Return whether the brace at a position begins an object literal that has keys, not a block of statements."""
    following = tokens[position + 1 : position + 3]
    has_key = len(following) == 2 and following[0][0] in {"name", "string"} and following[1] == ("sign", ":")  # noqa: PLR2004
    return has_key or tokens[position + 1 : position + 4] == _SPREAD


def _object(reading: _Reading, position: int, depth: int, path: str) -> tuple[dict[str, Any], int]:
    """Return the object whose brace stands at a position, and the position behind it.

    `path`: the dotted name of the object with a dot behind it, "" at the top.
    """
    tokens, value = reading.tokens, dict[str, Any]()
    position += 1
    while position < len(tokens):
        kind, text = tokens[position]
        if kind == "sign" and text in _CLOSING:
            return value, position + 1
        key = _unquoted(text) if kind == "string" else text
        item: Any = None
        if kind in {"name", "string"} and tokens[position + 1 : position + 2] == [("sign", ":")]:
            item, position = _value(reading, position + 2, depth, f"{path}{key}")
        elif kind == "name" and tokens[position + 1 : position + 2] in ([("sign", ",")], [("sign", "}")]):
            item, position = reading.constant(key, f"{path}{key}"), position + 1  # `{nav, sidebar}`
        elif tokens[position : position + 3] == _SPREAD:
            item, position = _value(reading, position + 3, depth, path.rstrip("."))
            if isinstance(item, dict):
                value |= item
            else:
                reading.code.add(path.rstrip("."))  # a part of the object
            continue
        else:
            position = max(_behind(tokens, position), position + (text == ","))
            continue
        if isinstance(item, NotALiteral):
            reading.code.add(f"{path}{key}")
        else:
            value[key] = item
    return value, position


def _value(reading: _Reading, position: int, depth: int, path: str) -> tuple[Any, int]:
    """Return the value at a position, and the position of the comma or bracket behind it. `path`: its dotted name."""
    value, position = _literal(reading, position, depth, path)
    end = _behind(reading.tokens, position)
    plain = end == position or reading.tokens[position] in _ASSERTIONS
    return (value if plain else NOT_A_LITERAL), end


def _literal(reading: _Reading, position: int, depth: int, path: str) -> tuple[Any, int]:
    """Return the literal at a position, and the position behind it; what is none has no length."""
    if position >= len(reading.tokens):
        return NOT_A_LITERAL, position
    kind, text = reading.tokens[position]
    value: Any = NOT_A_LITERAL
    if kind == "sign" and text == "{" and depth < MAX_DEPTH:
        value, position = _object(reading, position, depth + 1, f"{path}.")
    elif kind == "sign" and text == "[" and depth < MAX_DEPTH:
        value, position = _array(reading, position, depth + 1, path)
    elif kind == "sign" and text == "(" and depth < MAX_DEPTH:
        value, position = _in_parentheses(reading, position, depth + 1, path)
    elif kind == "string" and not (text[0] == "`" and "${" in text):
        value, position = _unquoted(text), position + 1
    elif kind == "number":
        value, position = float(text) if "." in text else int(text[:18]), position + 1
    elif kind == "name" and text in _CONSTANTS:
        value, position = _CONSTANTS[text], position + 1
    elif kind == "name" and text in reading.constants:
        value, position = reading.constant(text, path), position + 1
    return value, position


def _in_parentheses(reading: _Reading, position: int, depth: int, path: str) -> tuple[Any, int]:
    """Return the literal in the parentheses at a position, `/** @type {T} */ ({a: 1})`, and the position behind them.

    Expressions that are more than a literal, and the parameters of a function, are none and have no length.
    """
    tokens = reading.tokens
    value, end = _literal(reading, position + 1, depth, path)
    if tokens[end : end + 1] and tokens[end] in _ASSERTIONS:  # `({a: 1} as T)`
        end = next((at for at in range(end, min(end + MAX_TYPE, len(tokens))) if tokens[at] == ("sign", ")")), end)
    is_whole = tokens[end : end + 1] == [("sign", ")")] and tokens[end + 1 : end + 3] != _ARROW
    return (value, end + 1) if is_whole and not isinstance(value, NotALiteral) else (NOT_A_LITERAL, position)


def _array(reading: _Reading, position: int, depth: int, path: str) -> tuple[list[Any], int]:
    """Return the literals of the array whose bracket stands at a position, and the position behind it."""
    tokens, items = reading.tokens, list[Any]()
    position += 1
    while position < len(tokens) and tokens[position] != ("sign", "]"):
        if tokens[position] == ("sign", ","):
            position += 1
            continue
        start = position
        is_spread = tokens[position : position + 3] == _SPREAD
        item, position = _value(reading, position + 3 * is_spread, depth, path)
        if isinstance(item, NotALiteral) or (is_spread and not isinstance(item, list)):
            reading.code.add(path)
        else:
            items += item if is_spread else [item]
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
