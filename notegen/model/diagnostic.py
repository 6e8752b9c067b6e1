"""A mistake by the author, as a value: code, place, message, hint; and what a stage returns, a value with such.

Never an exception, never printed where it arises.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Generic, NamedTuple, TypeVar

import msgspec

T = TypeVar("T")


class Severity(IntEnum):
    """How bad it is. Errors stop the emit; warnings fail under `--strict`; infos never fail."""

    INFO = 0
    WARNING = 1
    ERROR = 2


class Diagnostic(msgspec.Struct, frozen=True):
    """One problem, with its place in a source file.

    `path` is relative to the site's root, with forward slashes; empty when no file is concerned. `line` and `column`
    count from 1, columns in characters; 0 means "the whole file" (line) or "the whole line" (column). `length` is the
    number of characters to underline. `code` is a key of `notegen.model.codes.CODES`. Those of one code and one `cause`
    are listed as one; "" stands for the message, so a cause is given where the message shows what the author wrote.
    `cell`: of a notebook, from 1; `line` is then one of the cell.
    """

    code: str
    severity: Severity
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    length: int = 1
    hint: str = ""
    cause: str = ""
    cell: int = 0


def sort_key(item: Diagnostic) -> tuple[str, int, int, int, str, str]:
    """Order diagnostics by place, then code, then message."""
    return (item.path, item.cell, item.line, item.column, item.code, item.message)


class Result(NamedTuple, Generic[T]):
    """A value and the diagnostics of making it. `app.stages.Stages` takes the value out and keeps the diagnostics."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether an error is among diagnostics."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def first_names(names: Sequence[str], most: int = 3, more: str = ", …") -> str:
    """Return the first names of a list as a message shows them; `more` stands behind them where there are others."""
    return ", ".join(names[:most]) + (more if len(names) > most else "")


def take(result: Result[T], diagnostics: list[Diagnostic]) -> T:
    """Return the value of a result, and add its diagnostics to a list."""
    diagnostics.extend(result.diagnostics)
    return result.value
