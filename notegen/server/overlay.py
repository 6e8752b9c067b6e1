"""Diagnostics as browsers show them: the words of the terminal, and a link that opens the place in the editor."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

import msgspec

from notegen.app.report import Lines, as_text
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.scan.config.editors import editor_pattern

MAX_ERRORS = 50  # that are shown


class OverlayEntry(msgspec.Struct, frozen=True):
    """A diagnostic for the overlay. `excerpt`: source line, caret and hint as on the terminal; `href`: the editor."""

    file: str
    line: int
    column: int
    severity: str
    code: str
    message: str
    excerpt: str
    href: str


def overlay_entries(
    diagnostics: Iterable[Diagnostic], lines: Lines, root: Path, editor: str
) -> tuple[OverlayEntry, ...]:
    """Return errors first, then warnings, each in the order of their places; `editor` is the setting serve.editor."""
    items = list(diagnostics)
    errors = [item for item in items if item.severity is Severity.ERROR]
    warnings = [item for item in items if item.severity is Severity.WARNING]
    return tuple(_entry(item, lines, root, editor) for item in (*errors[:MAX_ERRORS], *warnings))


def _entry(item: Diagnostic, lines: Lines, root: Path, editor: str) -> OverlayEntry:
    return OverlayEntry(
        file=f"{item.path}: cell {item.cell}" if item.cell else item.path,
        line=item.line,
        column=0 if item.cell else item.column,
        severity=item.severity.name.lower(),
        code=item.code,
        message=item.message,
        excerpt=as_text(item, lines, colour=False).partition("\n")[2],
        href=editor_link(editor, root / item.path, 0 if item.cell else item.line, item.column) if item.path else "",
    )


def editor_link(editor: str, file: Path, line: int, column: int) -> str:
    """Return the address that opens a file in the editor; empty where the setting is no pattern of a known editor."""
    pattern = editor_pattern(editor)
    path = quote("/" + file.as_posix().lstrip("/"), safe="/:")
    values = {"file": path, "line": str(max(1, line)), "column": str(max(1, column))}
    return re.sub(r"\{(file|line|column)\}", lambda match: values[match[1]], pattern)


def for_page(problems: Sequence[OverlayEntry], source: str) -> tuple[OverlayEntry, ...]:
    """Return what a page shows: every error of the site, and the warnings of its own source file."""
    return tuple(item for item in problems if item.severity == "error" or (source and item.file == source))
