"""Pagination shared by every list: chunks of notes, and the row of page numbers."""

from collections.abc import Sequence
from typing import TypeVar

from notegen.model.pages import Pagination

T = TypeVar("T")
AROUND = 1  # page numbers shown on each side of the current one


def chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return `items` in parts of `size`; an empty list is one empty part, so that its page exists."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def pagination(urls: Sequence[str], number: int) -> Pagination:
    """Return the pagination of page `number` of a list whose pages have these addresses; a gap in them is (0, "")."""
    total = len(urls)
    if total == 1:
        return Pagination(1, 1, ((1, urls[0]),), "", "")
    shown = sorted({1, total, *range(max(1, number - AROUND), min(total, number + AROUND) + 1)})
    row: list[tuple[int, str]] = []
    for index, page in enumerate(shown):
        missing = page - shown[index - 1] - 1 if index else 0
        if missing == 1:
            row.append((page - 1, urls[page - 2]))
        elif missing > 1:
            row.append((0, ""))
        row.append((page, urls[page - 1]))
    previous = urls[number - 2] if number > 1 else ""
    following = urls[number] if number < total else ""
    return Pagination(number, total, tuple(row), previous, following)
