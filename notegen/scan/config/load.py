"""site.yaml, read: every setting a field of Config, every mistake a Diagnostic at its place, all of them at once.

A new setting is one field of a Struct in model/config.py and nothing here: the fields are walked with their types.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from notegen.dialects.dialect import Dialect
from notegen.dialects.find import find_dialect
from notegen.dialects.settings import with_settings
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result
from notegen.scan.config.rules import ALIASES, CHECKS
from notegen.scan.config.short_forms import reshape
from notegen.scan.config.values import ConversionError, InvalidValue, convert, show
from notegen.text.languages import is_language, language_hint
from notegen.text.suggestions import close_matches
from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence
from notegen.yaml.parse import parse_yaml

NAMES = ("site.yaml", "site.yml", "notegen.yaml", "notegen.yml")
UNNAMED = Config(language="", timezone="")  # both are guessed from the notes where site.yaml names none
_PATTERNS = frozenset({"permalink", "permalinks"})
_STYLES = ("citation_style", "csl")  # of citations
_BASE_PATHS = ("root", "baseurl")  # Hexo, Jekyll: the path that follows `url`


def find_config(names: Iterable[str]) -> str | None:
    """Return which of the file `names` in the site's root is its configuration."""
    present = set(names)
    return next((name for name in NAMES if name in present), None)


def load_config(text: str, path: str) -> Result[Config]:
    """Return what site.yaml says, with defaults for all that is missing or wrong, and everything that is wrong.

    Where it names no language or no time zone, these are empty: they are guessed from the notes.

    `path` names the file in the diagnostics: config-syntax, config-unknown-key, config-value, config-duplicate-key,
    config-language.
    """
    document = parse_yaml(text.removeprefix("\ufeff"))
    diagnostics: list[Diagnostic] = []
    if document.error:
        error = document.error
        line, column = error.line, error.column
        diagnostics.append(
            diagnose("config-syntax", error.message, path=path, line=line, column=column, hint=error.hint)
        )
    diagnostics.extend(_report("config-duplicate-key", f"{x.text} is given twice", x, path) for x in document.repeated)
    root = document.root
    if isinstance(root, Mapping):
        dialect = _named_dialect(root)
        default = with_settings(UNNAMED, dialect.settings) if dialect is not None else UNNAMED
        if dialect is not None and dialect.placeholders:
            root = _in_our_names(root, dialect.placeholders)
        config = _struct(default, _part_author(_join_base(_name_style(root))), "", path, diagnostics)
        diagnostics += _language(root, config.language, path)
        return Result(config, tuple(diagnostics))
    if root is not None and not (isinstance(root, Scalar) and root.null):
        diagnostics.append(_report("config-syntax", "settings are written as `key: value`", root, path))
    return Result(UNNAMED, tuple(diagnostics))


def _named_dialect(root: Mapping) -> Dialect | None:
    """Return the program that `dialect` names."""
    named = next((node.text for key, node in root.entries if key.text == "dialect" and isinstance(node, Scalar)), "")
    return find_dialect(named) if named else None


def _in_our_names(root: Mapping, placeholders: dict[str, str]) -> Mapping:
    """Return site.yaml with the placeholders of a program in permalink patterns in our names."""
    pattern = re.compile(f":({'|'.join(placeholders)})(?![a-z_])")

    def renamed(node: Node) -> Node:
        if isinstance(node, Mapping):
            return msgspec.structs.replace(node, entries=tuple((key, renamed(value)) for key, value in node.entries))
        if isinstance(node, Scalar):
            text = pattern.sub(lambda match: f":{placeholders[match[1]]}", node.text)
            return msgspec.structs.replace(node, text=text)
        return node

    entries = ((key, renamed(value) if key.text in _PATTERNS else value) for key, value in root.entries)
    return msgspec.structs.replace(root, entries=tuple(entries))


def _struct(default_values: Any, node: Mapping, prefix: str, path: str, diagnostics: list[Diagnostic]) -> Any:
    """Return `default_values` with what `node` sets; `prefix` is the dotted path of the mapping ("feed." or empty)."""
    fields = {field.name: field.type for field in msgspec.structs.fields(default_values)}
    values: dict[str, Any] = {}
    for key, value in node.entries:
        name = ALIASES.get(prefix + key.text, prefix + key.text).removeprefix(prefix)
        if name not in fields:
            diagnostics.append(_unknown(key, prefix, list(fields), path))
        elif isinstance(value, Scalar) and value.null:
            continue  # `title:` alone asks for the default
        elif name in values and name != key.text:
            continue  # our own name goes before an alias
        else:
            default = getattr(default_values, name)
            values |= _setting(prefix + name, fields[name], default, value, path, diagnostics)
    return msgspec.structs.replace(default_values, **values)


def _setting(key: str, kind: Any, default: Any, node: Node, path: str, diagnostics: list[Diagnostic]) -> dict[str, Any]:
    """Return the value of one setting under its field's name, or nothing when it is wrong."""
    name, node = key.rpartition(".")[2], reshape(key, node)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if isinstance(node, Mapping):
            return {name: _struct(default, node, f"{key}.", path, diagnostics)}
        value: Any = ConversionError(node, "a mapping of `key: value`")
    else:
        value = convert(node, kind)
        value = CHECKS[key](value) if key in CHECKS and not isinstance(value, ConversionError) else value
    if not isinstance(value, (ConversionError, InvalidValue)):
        return {name: value}
    at = value.node if isinstance(value, ConversionError) else _entry(node, value.key)
    message = f"{key} must be {value.expected}; given: {show(at)}"
    diagnostics.append(_report("config-value", message, at, path, value.hint))
    return {}


def _entry(node: Node, key: str) -> Node:
    """Return the value of a mapping that a check found wrong; the node itself where it named none."""
    entries = node.entries if isinstance(node, Mapping) and key else ()
    return next((value for name, value in entries if name.text == key), node)


def _unknown(key: Scalar, prefix: str, names: list[str], path: str) -> Diagnostic:
    near = close_matches(key.text.lower(), names, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else "own settings for templates go below params"
    return _report("config-unknown-key", f"notegen does not know the setting {prefix}{key.text}", key, path, hint)


def _report(code: str, message: str, node: Node, path: str, hint: str = "") -> Diagnostic:
    length = max(1, node.end - node.start) if isinstance(node, Scalar) and not node.style.strip("'\"") else 1
    return diagnose(code, message, path=path, line=node.line, column=node.column, length=length, hint=hint)


def _language(root: Mapping, language: str, path: str) -> Iterator[Diagnostic]:
    """Yield a warning for a language that is none: browsers, screen readers and search engines would not know it."""
    named = (value for key, value in root.entries if ALIASES.get(key.text, key.text) == "language")
    node = next((value for value in named if isinstance(value, Scalar) and value.text == language), None)
    if node is not None and not is_language(language):
        yield _report("config-language", f"there is no language {language!r}", node, path, language_hint(language))


def _part_author(root: Mapping) -> Mapping:
    """Write `author: {name: …, orcid: …}` as the name of the author, who then is one of `authors`."""
    author = next((value for key, value in root.entries if key.text == "author"), None)
    if not isinstance(author, Mapping):
        return root
    name = next((value for key, value in author.entries if key.text == "name"), Scalar(""))
    others = next((value for key, value in root.entries if key.text == "authors"), None)
    people = (*(others.items if isinstance(others, Sequence) else ((others,) if others else ())), author)
    everybody = Sequence(people, author.line, author.column, author.start, author.end)
    kept = [(key, name if key.text == "author" else value) for key, value in root.entries if key.text != "authors"]
    key = next(key for key, _ in root.entries if key.text == "author")
    return msgspec.structs.replace(root, entries=(*kept, (msgspec.structs.replace(key, text="authors"), everybody)))


def _name_style(root: Mapping) -> Mapping:
    """Write `citation_style: apa`, or Pandoc's and Quarto's `csl: x.csl`, as `citations: {style: apa}`."""
    key, style = next(((key, value) for key, value in root.entries if key.text in _STYLES), (Scalar(""), Scalar("")))
    if not key.text:
        return root
    kept = tuple((key, value) for key, value in root.entries if key.text not in _STYLES)
    if any(key.text == "citations" for key, _ in kept):
        return msgspec.structs.replace(root, entries=kept)
    mapping = Mapping(
        ((msgspec.structs.replace(key, text="style"), style),), key.line, key.column, key.start, style.end
    )
    named = (msgspec.structs.replace(key, text="citations"), mapping)
    return msgspec.structs.replace(root, entries=(*kept, named))


def _join_base(root: Mapping) -> Mapping:
    """Put `url` and `root` (Hexo) or `baseurl` (Jekyll) together; Hexo's `url` often ends with its `root` already."""
    texts = {key.text: value for key, value in root.entries if isinstance(value, Scalar)}
    name = next((name for name in _BASE_PATHS if name in texts), None)
    if name is None:
        return root
    tail = texts[name].text.strip("/")
    first, whole = texts.get("url"), texts[name]
    if first is not None:
        base = first.text.rstrip("/")
        ends = not tail or base.partition("://")[2].endswith(f"/{tail}")
        whole = msgspec.structs.replace(first, text=base if ends else f"{base}/{tail}")
    kept = tuple((key, value) for key, value in root.entries if key.text not in {"url", *_BASE_PATHS})
    joined = msgspec.structs.replace(texts[name], text="base_url")
    return msgspec.structs.replace(root, entries=(*kept, (joined, whole)))
