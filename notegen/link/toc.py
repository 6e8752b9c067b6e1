"""Contents lists: the headings of a note as a tree."""

from collections.abc import Sequence

from notegen.model.note import Heading, Note
from notegen.model.site import TocItem

MINIMUM = 3  # headings; fewer need no contents list
DEEPEST = 4  # level of headings that are listed


def toc(note: Note) -> tuple[TocItem, ...]:
    """Return the contents list as a tree; notes with few headings, or that want none, have none."""
    headings = [heading for heading in note.headings if heading.level <= DEEPEST and not heading.in_tab]
    if len(headings) < MINIMUM or not note.meta.toc:
        return ()
    return _branch(headings, 0, 0)[0]


def _branch(headings: Sequence[Heading], start: int, above: int) -> tuple[tuple[TocItem, ...], int]:
    """Return the items below a heading of level `above`, beginning at `start`, and where they end."""
    items: list[TocItem] = []
    while start < len(headings) and headings[start].level > above:
        heading = headings[start]
        start += 1
        children: tuple[TocItem, ...] = ()
        if start < len(headings) and headings[start].level > heading.level:
            children, start = _branch(headings, start, heading.level)
        items.append(TocItem(heading.id, heading.html, heading.level, children, heading.text))
    return tuple(items), start
