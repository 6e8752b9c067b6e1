"""Pagination shared by every list: chunks of notes, `/page/2/`, and the row of page numbers."""

from collections.abc import Sequence
from typing import TypeVar

from notegen.model.site import Pagination
from notegen.site.urls import Base

T = TypeVar("T")
AROUND = 1  # page numbers shown on each side of the current one


def chunks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return `items` in parts of `size`; an empty list is one empty part, so that its page exists."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def page_site_path(path: str, number: int) -> str:
    """Return the site path of a list's page: page 1 is the list itself."""
    return path if number == 1 else f"{path}page/{number}/"


def pagination(path: str, number: int, total: int, base: Base) -> Pagination:
    """Return the pagination of page `number` of `total`; a gap in the numbers is (0, "")."""
    shown = sorted({1, total, *range(max(1, number - AROUND), min(total, number + AROUND) + 1)})
    row: list[tuple[int, str]] = []
    for index, page in enumerate(shown):
        missing = page - shown[index - 1] - 1 if index else 0
        if missing == 1:
            row.append((page - 1, base.url(page_site_path(path, page - 1))))
        elif missing > 1:
            row.append((0, ""))
        row.append((page, base.url(page_site_path(path, page))))
    previous = base.url(page_site_path(path, number - 1)) if number > 1 else ""
    following = base.url(page_site_path(path, number + 1)) if number < total else ""
    return Pagination(number, total, tuple(row), previous, following)
