"""Configuration files of other programs as plain data, and settings taken from them key by key.

YAML, TOML and JSON are read as data (a tag such as `!!python/name:…` or `!ENV` makes no object), JavaScript as text.
"""

import json
import posixpath
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from notegen.dialects.dialect import Setting, Translation
from notegen.dialects.javascript import Load, no_imports, read_module, read_objects
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.yaml.nodes import plain
from notegen.yaml.parse import parse_yaml
from notegen.yaml.toml_errors import toml_error

MAX_MODULES = 200  # that are read for one configuration
_MODULES = ("ts", "js", "mts", "mjs", "cts", "cjs")  # endings of modules
_NO_KEYS = "it holds no keys"
LIST = ""  # the key of what a file of _LISTS holds, if that is a list
_LISTS = frozenset({"_toc.yml"})  # files that may be lists: of Jupyter Book before 0.11
Table = dict[str, tuple[str, Callable[[Any], Any]]]  # their dotted name -> ours, and what makes our value or None
Site = Callable[[dict[str, Any], str, list[str]], Iterable[Setting]]  # data, path, what is not taken over -> settings


def read_data(path: str, text: str) -> dict[str, Any]:
    """Return what a configuration file says, by the ending of its path; what cannot be read says nothing.

    A list stands under the key LIST where the file may be one.
    """
    suffix = path.rpartition(".")[2].lower()
    try:
        if suffix in {"yml", "yaml"}:
            data = plain(parse_yaml(text.removeprefix("\ufeff")).root)
        elif suffix == "toml":
            data = tomllib.loads(text)
        elif suffix == "json":
            data = json.loads(text)
        else:
            data = read_objects(text)
    except (ValueError, RecursionError):  # not TOML, not JSON, or nested without end
        return {}
    if isinstance(data, list) and path in _LISTS:
        return {LIST: data}
    return data if isinstance(data, dict) else {}


def fault(path: str, text: str) -> Diagnostic | None:
    """Return the diagnostic dialect-config where a YAML, TOML or JSON file cannot be read, or holds no keys."""
    suffix = path.rpartition(".")[2].lower()
    document = parse_yaml(text.removeprefix("\ufeff")) if suffix in {"yml", "yaml"} else None
    reason: tuple[str, int, int] | None = None
    try:
        if document is not None and document.error is not None:
            reason = (document.error.message, document.error.line, document.error.column)
        elif document is not None:
            kinds = (dict, list) if path in _LISTS else dict
            reason = None if document.root is None or isinstance(plain(document.root), kinds) else (_NO_KEYS, 1, 1)
        elif suffix == "toml":
            tomllib.loads(text)
        elif suffix == "json":
            reason = None if isinstance(json.loads(text), dict) else (_NO_KEYS, 1, 1)
    except json.JSONDecodeError as error:
        reason = (error.msg, error.lineno, error.colno)
    except tomllib.TOMLDecodeError as error:
        reason = toml_error(str(error), text)
    except RecursionError:
        reason = ("nested without end", 1, 1)
    return unread(path, *reason) if reason else None


def unread(path: str, reason: str, line: int = 0, column: int = 0) -> Diagnostic:
    """Return the diagnostic of a program's configuration that cannot be read."""
    hint = "correct it, or write the settings to site.yaml"
    return diagnose(
        "dialect-config", f"nothing is taken from it: {reason}", path=path, line=line, column=column, hint=hint
    )


def lookup(data: Any, name: str) -> Any:
    """Return the value at a dotted path of nested mappings; None where there is none."""
    for part in name.split("."):
        if not isinstance(data, Mapping) or part not in data:
            return None
        data = data[part]
    return data


def take(data: Mapping[str, Any], path: str, table: Table) -> Iterator[Setting]:
    """Yield the settings that a file's `data` gives; None of `table` leaves a setting alone.

    A value of a type that no such setting has is given on as it is: site.yaml refuses it, and `notegen init` names it.
    """
    for theirs, (ours, convert) in table.items():
        value = lookup(data, theirs)
        converted = None if value is None else convert(value)
        if converted is not None:
            yield Setting(ours, converted, f"{path}: {theirs}")
        elif value is not None and value is not False and not isinstance(value, _TYPES.get(convert, object)):
            yield Setting(ours, json.loads(json.dumps(value, default=str)), f"{path}: {theirs}")


def site_address(data: Mapping[str, Any], path: str, names: tuple[str, str]) -> Iterator[Setting]:
    """Yield the address of the site out of two values: `url` and the path below it, as they are called in `names`."""
    url, below = (data.get(name) for name in names)
    base = address(url, below)
    if base:
        yield Setting("base_url", base, f"{path}: {', '.join(names)}")
    for theirs, value in zip(names, (url, below), strict=True):
        if value and not isinstance(value, str):
            yield Setting("base_url", json.loads(json.dumps([value], default=str)), f"{path}: {theirs}")


def translate_files(files: Mapping[str, str], site: Site) -> Translation:
    """Return what `site` makes of the data of each file; it adds to its last argument what is not taken over."""
    omitted: list[str] = []
    settings = [item for path, content in files.items() for item in site(read_data(path, content), path, omitted)]
    return Translation(tuple(settings), tuple(omitted))


def importer(files: Mapping[str, str], folder: str, loaded: list[str] | None = None) -> Load:
    """Return what loads the modules that one in a folder imports, of files that are there (path -> text).

    `loaded`: what is loaded by then, of which there is a limit.
    """
    loaded = [] if loaded is None else loaded

    def load(specifier: str) -> tuple[str, Load] | None:
        path = posixpath.normpath(posixpath.join(folder, specifier))
        stem, dot, ending = path.rpartition(".")
        stem = stem if dot and ending in _MODULES else path
        places = (path, *(f"{stem}{inner}.{item}" for inner in ("", "/index") for item in _MODULES))
        place = next((place for place in places if place in files), "") if specifier.startswith(".") else ""
        if not place or len(loaded) >= MAX_MODULES:
            return None
        loaded.append(place)
        return files[place], importer(files, posixpath.dirname(place), loaded)

    return load


def computed(path: str, content: str, advice: Mapping[str, str], load: Load = no_imports) -> Iterator[str]:
    """Yield in words which settings of a module of JavaScript are code, in whole or in part. It is never run.

    `advice`: their dotted names -> what to write in site.yaml in their place.
    """
    code = read_module(content, load).code
    for key, instead in advice.items():
        if any(name == key or name.startswith(f"{key}.") for name in code):
            yield f"{path}: {key} is code, which is not run: write {instead}"


def text(value: Any) -> str | None:
    """Return a value that is a text with something in it, on one line."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return words or None


def name(value: Any) -> str | None:
    """Return a person's name: a text, a mapping with `name`, or the first of a list of these."""
    if isinstance(value, list):
        return next(filter(None, map(name, value)), None)
    return text(value.get("name")) if isinstance(value, Mapping) else text(value)


def count(value: Any) -> int | None:
    """Return a whole number above zero."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def switch(value: Any) -> bool | None:
    """Return true or false."""
    return value if isinstance(value, bool) else None


def switched_on(value: Any) -> bool | None:
    """Return true for true: for settings that are off by themselves."""
    return True if value is True else None


def texts(value: Any) -> tuple[str, ...] | None:
    """Return a list of texts, given as a list or as one."""
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str) and item.strip()) or None


def language(value: Any) -> str | None:
    """Return a language tag, `zh_CN` as `zh-CN`; of a list the first."""
    first = value[0] if isinstance(value, list) and value else value
    tag = text(first)
    return tag.replace("_", "-") if tag else None


def address(url: Any, path: Any = "") -> str | None:
    """Return the site's address with a slash behind it: `url`, and the path below it where it has not got that yet."""
    base, tail = (text(url) or "").rstrip("/"), (text(path) or "").strip("/")
    if not base or "://" not in base or "example.com" in base or "yoursite" in base:
        return f"/{tail}/" if tail else None
    ends = not tail or base.partition("://")[2].endswith(f"/{tail}")
    return f"{base}/" if ends else f"{base}/{tail}/"


# The types that a value may have for what converts it.
_TYPES: dict[Callable[[Any], Any], type | tuple[type, ...]] = {
    text: str,
    address: str,
    count: int,
    switch: bool,
    switched_on: bool,
    name: (str, list, dict),
    texts: (str, list),
    language: (str, list),
}
