"""Places in a note whose body was expanded: back to the lines of its own file."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from notegen.model.body import Body
from notegen.model.note import Note
from notegen.read.includes.expand import Expanded

T = TypeVar("T", bound=msgspec.Struct)


def in_own_lines(note: Note, expanded: Expanded, shift: int) -> Note:
    """Return a note whose places are those in its file; diagnostics of an included file are where it is named."""
    if not expanded.lines:
        return note

    def placed(item: T) -> T:
        line: int = getattr(item, "line", 0)
        at = line - shift - 1
        if at < 0:
            return item
        at = min(at, len(expanded.lines) - 1)
        changes: dict[str, int] = {"line": expanded.lines[at] + 1 + shift}
        if expanded.foreign[at]:
            changes |= {name: value for name, value in (("column", 0), ("length", 1)) if hasattr(item, name)}
        return msgspec.structs.replace(item, **changes)

    def all_placed(items: Iterable[T]) -> tuple[T, ...]:
        return tuple(map(placed, items))

    def body(value: Body) -> Body:
        return msgspec.structs.replace(value, holes=tuple(map(placed, value.holes)))

    return msgspec.structs.replace(
        note,
        body=body(note.body),
        excerpt=body(note.excerpt),
        headings=all_placed(note.headings),
        formulas=all_placed(note.formulas),
        unknown=all_placed(note.unknown),
        diagnostics=(
            *(placed(item) if item.path == note.path else item for item in note.diagnostics),
            *expanded.diagnostics,
        ),
    )
