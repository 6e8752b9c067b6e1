"""What authors say of a cell of code: lines `#| key: value` above it, tags, and what Jupyter keeps of its look.

Source: Quarto docs, "Execution Options", "Code Cells: Jupyter"; Jupyter Book docs, "Hide or remove content"; nbsphinx
docs, "Hidden Cells"; nbdev docs, "Directives"; nbformat's documentation, "Cell metadata".
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from notegen.model.source import Shown
from notegen.text.patterns import lazy_regex
from notegen.yaml.errors import YamlError
from notegen.yaml.nodes import Mapping as YamlMapping
from notegen.yaml.nodes import Scalar, Sequence
from notegen.yaml.parse import parse_yaml

_OPTION = lazy_regex(r"(?:\#|//|--|%%)\|(?P<option>.*)")
_PAIR = lazy_regex(r"(?P<key>[A-Za-z][\w.-]*+)[ \t]*+:(?P<value>.*)")
_DIRECTIVE = lazy_regex(r"\#[ \t]*+(?P<word>hide|hide_input|hide_output|hide-input|hide-output)")
_FOR_ALL_CELLS = frozenset({"echo", "output", "include", "warning", "message"})
_LOOKS = frozenset({"code-fold", "code-summary"})
_NO = frozenset({"false", "f", "no"})
_YES = frozenset({"true", "t", "yes"})
MAX_OPTIONS = 200  # lines above the code that are looked at


class CellOptions(msgspec.Struct, frozen=True):
    """How a cell of code is shown. `values`: all other options by their names, lists as lines; `lines`: how many."""

    code: Shown = "shown"
    outputs: Shown = "shown"
    omitted: bool = False
    stdout: bool = True
    warnings: bool = True
    asis: bool = False
    unrun: bool = False  # it was not meant to be run
    values: dict[str, str] = {}
    lines: int = 0
    error: YamlError | None = None  # of lines that are no YAML; they are read as well as can be


def split_options(code: str) -> tuple[dict[str, str], str, YamlError | None]:
    """Return the options at the beginning of a cell, the code behind them, and what is no YAML in them.

    Of a list each item is a line of the value. Directives of nbdev, `#| export`, are no mistakes.
    """
    lines = code.split("\n", MAX_OPTIONS)
    written: list[str] = []
    for line in lines[:MAX_OPTIONS]:
        option = _OPTION.fullmatch(line.strip())
        if option is None:
            break
        written.append(option["option"].removeprefix(" "))
    if not written:
        return {}, code, None
    document = parse_yaml("\n".join(written))
    root, error = document.root, document.error
    if isinstance(root, YamlMapping):
        values = {key.text.lower(): _text(value) for key, value in root.entries}
    else:
        pairs = [_PAIR.fullmatch(line.strip()) for line in written]
        error = error if None not in pairs else None
        values = {pair["key"].lower(): pair["value"].strip().strip("\"'") for pair in pairs if pair is not None}
    return values, "\n".join(lines[len(written) :]), error


def _text(value: object) -> str:
    if isinstance(value, Scalar):
        return value.text.strip()
    if isinstance(value, Sequence):
        return "\n".join(_text(item) for item in value.items)
    return ""


def cell_defaults(front_matter: str) -> dict[str, str]:
    """Return the options that front matter, YAML, gives all cells: `execute: {echo: false}` of Quarto.

    `code-fold` and `code-summary` stand in `format: {html: …}`, or at its root.
    """
    if not any(sign in front_matter for sign in ("execute:", "code-fold")):
        return {}
    root = parse_yaml(front_matter).root
    html = _entries(_entries([root], "format"), "html")
    looks = _pairs([root], _LOOKS) | _pairs(html, _LOOKS)
    return looks | _pairs(_entries([root], "execute"), _FOR_ALL_CELLS)


def _entries(tables: list[Any], name: str) -> list[Any]:
    """Return the values of a key in tables."""
    maps = [table for table in tables if isinstance(table, YamlMapping)]
    return [value for table in maps for key, value in table.entries if key.text == name]


def _pairs(tables: list[Any], names: frozenset[str]) -> dict[str, str]:
    maps = [table for table in tables if isinstance(table, YamlMapping)]
    entries = [pair for table in maps for pair in table.entries]
    return {key.text.lower(): _text(value) for key, value in entries if key.text.lower() in names}


def cell_options(
    code: str, metadata: Mapping[str, Any], defaults: Mapping[str, str] = MappingProxyType({})
) -> tuple[CellOptions, str]:
    """Return how a cell is shown, and its code without the options.

    `metadata`: the cell's; `defaults`: options for cells that do not say otherwise.
    """
    values, shown, error = split_options(code)
    values = {**defaults, **values} if defaults else values
    first, _, behind = shown.partition("\n")
    directive = _DIRECTIVE.fullmatch(first.strip())  # of fastpages and nbdev 1
    word = directive["word"].replace("_", "-") if directive is not None else ""
    shown = behind if word else shown
    lines = code.count("\n") - shown.count("\n")
    tags = {str(tag).replace("_", "-").lower() for tag in _list(metadata.get("tags"))} | ({word} if word else set())
    jupyter = metadata.get("jupyter")
    jupyter = jupyter if isinstance(jupyter, Mapping) else {}
    code_shown, outputs_shown = _by_options(values)
    if "remove-input" in tags:
        code_shown = "hidden"
    elif code_shown == "shown" and ("hide-input" in tags or jupyter.get("source_hidden") is True):
        code_shown = "folded"
    if "remove-output" in tags:
        outputs_shown = "hidden"
    elif "hide-output" in tags or jupyter.get("outputs_hidden") is True or metadata.get("collapsed") is True:
        outputs_shown = "folded" if outputs_shown == "shown" else outputs_shown
    if "hide-cell" in tags:
        code_shown, outputs_shown = "folded", "folded"
    hidden = bool(tags & {"remove-cell", "hide"}) or metadata.get("nbsphinx") == "hidden"
    return CellOptions(
        code=code_shown,
        outputs=outputs_shown,
        omitted=hidden or _is(values, "include", _NO),
        stdout="remove-stdout" not in tags,
        warnings="remove-stderr" not in tags and not _is(values, "warning", _NO) and not _is(values, "message", _NO),
        asis=values.get("output", "") == "asis" or values.get("results", "") == "asis",
        unrun=_is(values, "eval", _NO) or "skip-execution" in tags,
        values=values,
        lines=lines,
        error=error,
    ), shown


def _by_options(values: Mapping[str, str]) -> tuple[Shown, Shown]:
    """Return how code and outputs are shown by the lines above the code."""
    code: Shown = "hidden" if _is(values, "echo", _NO) else "shown"
    if code == "shown" and values.get("code-fold", "").lower() in {*_YES, "show"}:
        code = "folded"
    hides = _is(values, "output", _NO) or values.get("results", "").lower() == "hide"
    return code, "hidden" if hides else "shown"


def _is(values: Mapping[str, str], key: str, words: frozenset[str]) -> bool:
    return values.get(key, "").lower() in words


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else value.split() if isinstance(value, str) else []
