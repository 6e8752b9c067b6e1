"""Contents lists: the headings of a note as a tree."""

from collections.abc import Sequence

import msgspec

from notegen.model.note import Note
from notegen.model.site import TocItem

MINIMUM = 3  # headings; fewer need no contents list
DEEPEST = 4  # level of headings that are listed


def toc(note: Note) -> tuple[TocItem, ...]:
    """Return the contents list as a tree; notes with few headings, or that want none, have none."""
    headings = [heading for heading in note.headings if heading.level <= DEEPEST]
    if len(headings) < MINIMUM or not note.meta.toc:
        return ()
    items = [TocItem(heading.id, heading.html, heading.level, text=heading.text) for heading in headings]
    return _branch(items, 0, 0)[0]


def _branch(items: Sequence[TocItem], start: int, above: int) -> tuple[tuple[TocItem, ...], int]:
    """Return the items below a heading of level `above`, beginning at `start`, and where they end."""
    result: list[TocItem] = []
    while start < len(items) and items[start].level > above:
        children, end = _branch(items, start + 1, items[start].level)
        result.append(msgspec.structs.replace(items[start], children=children))
        start = end
    return tuple(result), start
