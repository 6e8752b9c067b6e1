"""Files of data, `data/papers.yaml` and the like, as values: those that a template of the site reads.

All others are left alone: a folder of this name may hold anything, such as what a model was trained on.

Source: Hugo docs, "Data sources": the folder, the formats, names from files and folders.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result, take
from notegen.model.source import SiteLocation, SourceFile
from notegen.scan.files import list_files, path_below, read_text
from notegen.system.disk import Disk
from notegen.text.patterns import lazy_regex
from notegen.yaml.nodes import plain
from notegen.yaml.parse import parse_yaml
from notegen.yaml.toml_errors import toml_error

MAX_DEPTH = 64  # lists and mappings inside others
_CODE = lazy_regex(r"\{[{%]((?:[^{%}]|%(?!\})|\}(?!\})|\{(?![{%]))*+)[%}]\}")
_READ = lazy_regex(r"""(?<![\w."'-])data(?![\w-])(?:\s*+(?:\.\s*+(\w++)|\[\s*+["']([^"'\n]++)["']\s*+\]))?""")


class _BadFile(msgspec.Struct, frozen=True):
    """Why a file cannot be read, and where."""

    message: str
    line: int = 0
    column: int = 0


def data_files(
    location: SiteLocation, config: Config, templates: Iterable[SourceFile], disk: Disk
) -> Result[dict[str, Any]]:
    """Return what the data files that `templates` name hold, by name; files in folders by folder, then by name.

    Lists, mappings, texts, numbers, true, false, None and dates; of CSV a list of the rows, mappings by the first row.
    Diagnostics: data-file, and those of files.
    """
    folder = location.root / config.data_dir
    if not folder.is_dir():
        return Result({})
    names = {name for file in templates for name in names_read(file.text)}
    if not names:
        return Result({})
    diagnostics: list[Diagnostic] = []
    data: dict[str, Any] = {}
    label = path_below(location.root, folder)
    for entry in take(list_files(folder, label, disk, within=location.root), diagnostics):
        path, _, suffix = entry.path.rpartition(".")
        *folders, name = path.split("/")
        if suffix.lower() not in _READERS or not ({"", [*folders, name][0]} & names):
            continue
        file = take(read_text(entry.location, f"{label}/{entry.path}", disk), diagnostics)
        if file is None:
            continue
        value = _READERS[suffix.lower()](file.text)
        if not isinstance(value, _BadFile):
            value = _plain(value, 0)
        if isinstance(value, _BadFile):
            diagnostics.append(
                diagnose("data-file", value.message, path=file.path, line=value.line, column=value.column)
            )
        elif problem := _add(data, folders, name, value):
            diagnostics.append(diagnose("data-file", problem, path=file.path, hint="rename one of them"))
    return Result(data, tuple(diagnostics))


def names_read(text: str) -> Iterator[str]:
    """Yield the names of data files that a template reads; "" stands for any, where one is computed."""
    if "data" in text:
        for code in _CODE.finditer(text):
            yield from (match[1] or match[2] or "" for match in _READ.finditer(code[1]))


def _add(data: dict[str, Any], folders: Iterable[str], name: str, value: Any) -> str:
    """Put a value at its place; return what is wrong where another file has that."""
    for folder in folders:
        data = data.setdefault(folder, {})
        if not isinstance(data, dict):
            return f"a file and a folder are both called {folder}"
    if name in data:
        return f"another file is called {name}, too"
    data[name] = value
    return ""


def _yaml(text: str) -> Any:
    document = parse_yaml(text)
    error = document.error
    return plain(document.root) if error is None else _BadFile(error.message, error.line, error.column)


def _json(text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return _BadFile(error.msg, error.lineno, error.colno)
    except RecursionError:
        return _BadFile("lists and mappings nested too deeply")
    except ValueError as error:  # a number of thousands of digits
        return _BadFile(str(error))


def _toml(text: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _BadFile(*toml_error(str(error), text))
    except RecursionError:
        return _BadFile("lists and mappings nested too deeply")
    except ValueError as error:
        return _BadFile(str(error))


def _csv(text: str) -> Any:
    import csv

    reader = csv.reader(text.split("\n"), strict=True)
    rows: list[dict[str, str]] = []
    try:
        head = next(reader, [])
        for row in reader:
            if len(row) > len(head):
                return _BadFile(f"{len(row)} cells, and the first row has {len(head)}", reader.line_num)
            if row:
                rows.append(dict(zip(head, [*row, *[""] * (len(head) - len(row))], strict=True)))
    except csv.Error as error:
        return _BadFile(str(error), reader.line_num)
    return rows


def _plain(value: Any, depth: int) -> Any:
    """Return a value without what MessagePack cannot hold: huge numbers become texts, half characters `?`."""
    if depth > MAX_DEPTH:
        return _BadFile("lists and mappings nested too deeply")
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    if isinstance(value, list):
        items = [_plain(item, depth + 1) for item in value]
        return next((item for item in items if isinstance(item, _BadFile)), items)
    if isinstance(value, dict):
        entries = {str(_plain(key, depth)): _plain(item, depth + 1) for key, item in value.items()}
        return next((item for item in entries.values() if isinstance(item, _BadFile)), entries)
    return value


_READERS: dict[str, Callable[[str], Any]] = {
    "yaml": _yaml,
    "yml": _yaml,
    "json": _json,
    "toml": _toml,
    "csv": _csv,
}
