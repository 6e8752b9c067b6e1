"""Diagnostics made readable: for people with source line and caret, as JSON for editors, as annotations for GitHub."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from notegen.app.notebook_places import lines_name
from notegen.model.diagnostic import Diagnostic, Severity, first_names
from notegen.model.output import Published
from notegen.text.cjk import columns

Lines = Callable[[str], Sequence[str]]  # path -> the file's lines
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_ANNOTATION = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_ALWAYS = frozenset(
    (
        "note-skipped",
        "note-unmarked",
        "note-unnamed",
        "note-none",
        "link-unpublished",
        "file-unused",
        "file-withheld",
        "config-missing",
        "dialect-recognised",
    )
)
_NAMES = 8  # of files in a message
MAX_EXCERPT = 120  # characters of a source line around the caret


def shown(diagnostics: Iterable[Diagnostic], *, quiet: bool, verbose: bool) -> list[Diagnostic]:
    """Return the diagnostics to print: errors only when quiet.

    Infos only when verbose, but for what explains a missing note, and what `notegen check` was asked for.
    """
    if quiet:
        return [item for item in diagnostics if item.severity >= Severity.ERROR]
    lowest = Severity.INFO if verbose else Severity.WARNING
    return [x for x in diagnostics if x.severity >= lowest or x.code in _ALWAYS or x.code.startswith("check-")]


def worst_last(items: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics as they are printed, errors behind all others: a hundred warnings must not hide them."""
    return sorted(items, key=lambda item: item.severity is Severity.ERROR)


def as_text(item: Diagnostic, lines: Lines, *, colour: bool) -> str:
    """Return one diagnostic for people.

    `path:line:column: severity[code]: message`, the source line, a caret below the place, and the hint.
    """
    place = place_of(item)
    name = item.severity.name.lower()
    head = f"{_paint(f'{name}[{item.code}]', _COLOURS[item.severity], colour)}: {item.message}"
    text = f"{place}: {head}" if place else head
    source = lines(lines_name(item.path, item.cell)) if item.path and item.line else ()
    if not item.column or item.line > len(source):
        return f"{text}\n      hint: {item.hint}" if item.hint else text
    return f"{text}\n{_excerpt(item, source[item.line - 1], colour)}"


def place_of(item: Diagnostic) -> str:
    """Return `path:line:column`, as far as it is known; in a notebook `path: cell 7, line 3`."""
    if item.cell:
        return f"{item.path}: cell {item.cell}" + (f", line {item.line}" if item.line else "")
    return ":".join([item.path, *(str(number) for number in (item.line, item.column) if number)])


def _excerpt(item: Diagnostic, line: str, colour: bool) -> str:
    """Return the source line with carets below the place; a long line is cut around it."""
    start = max(0, item.column - 1 - MAX_EXCERPT // 2) if len(line) > MAX_EXCERPT else 0
    part = "".join(char if char.isprintable() else " " for char in line[start : start + MAX_EXCERPT])
    before = part[: item.column - 1 - start]
    marked = part[len(before) : len(before) + item.length]
    number = f"{item.line:5}"
    lead = "…" if start else ""
    carets = " " * (columns(before) + len(lead)) + "^" * max(1, columns(marked))
    hint = f" {item.hint}" if item.hint else ""
    return f"{number} | {lead}{part}\n      | {_paint(carets + hint, _COLOURS[item.severity], colour)}"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def as_json(diagnostics: Iterable[Diagnostic], explained: Mapping[str, str]) -> str:
    """Return a JSON array, one object a diagnostic, fields as in Diagnostic with the severity as a word.

    `explained`: code -> address of its explanation, where such are known; it is the field `help`.
    """
    import json

    rows = [{**as_row(x), "help": explained[x.code]} if x.code in explained else as_row(x) for x in diagnostics]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_row(item: Diagnostic) -> dict[str, str | int]:
    """Return a diagnostic as an object of the JSON that editors read."""
    return {
        "file": item.path,
        **({"cell": item.cell} if item.cell else {}),
        "line": item.line,
        "column": item.column,
        "length": item.length,
        "severity": item.severity.name.lower(),
        "code": item.code,
        "message": item.message,
        "hint": item.hint,
    }


def as_annotation(item: Diagnostic) -> str:
    """Return a GitHub workflow command that shows the diagnostic beside the line in a pull request."""
    place = [] if item.cell else [("line", item.line), ("col", item.column)]
    properties = [("file", item.path), *place, ("title", item.code)]
    fields = ",".join(f"{key}={_property(str(value))}" for key, value in properties if value)
    hint = f" ({item.hint})" if item.hint else ""
    cell = f"{place_of(item).removeprefix(f'{item.path}: ')}: " if item.cell else ""
    return f"::{_ANNOTATION[item.severity]} {fields}::{_data(cell + item.message + hint)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(notes: int, pages: int, diagnostics: Iterable[Diagnostic], seconds: float, folder: str = "") -> str:
    """Return the closing line: `128 notes, 171 pages, 2 warnings in 0.9 s`; `folder`: the one that they are in."""
    severities = [item.severity for item in diagnostics]
    parts = [counted(notes, "note"), counted(pages, "page")]
    parts += [counted(number, word) for word, number in _problems(severities) if number]
    return f"{', '.join(parts)} in {seconds:.1f} s{f', in {folder}' if folder else ''}"


def newly_public(before: Mapping[str, str] | None, public: Sequence[Published]) -> str:
    """Return the message about the author's files that are public for the first time: `newly public: 1 note: a.md`.

    `before`: the source of each output path of the last build; None where none is known: then only how many are public.
    """
    known = frozenset(before.values()) if before is not None else frozenset()
    new = {
        kind: dict.fromkeys(item.source for item in public if item.kind == kind) for kind in ("note", "page", "file")
    }
    new = {kind: {path: None for path in paths if path not in known} for kind, paths in new.items()}
    counts = [counted(len(paths), kind) for kind, paths in new.items() if paths]
    if before is None:
        return f"public: {', '.join(counts)}; `notegen list public` names them" if counts else ""
    names = [path for paths in new.values() for path in paths]
    return f"newly public: {', '.join(counts)}: {first_names(names, _NAMES)}" if counts else ""


def _problems(severities: Sequence[Severity]) -> list[tuple[str, int]]:
    return [("error", severities.count(Severity.ERROR)), ("warning", severities.count(Severity.WARNING))]


def counted(number: int, word: str) -> str:
    """Return `1 note`, `2 notes`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
