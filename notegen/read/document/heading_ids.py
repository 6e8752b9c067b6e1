"""Ids of headings: made of their words as GitHub does, unique in a note."""

import re
import unicodedata


def slugify(text: str) -> str:
    """Return a heading's id as GitHub makes it: lower case, punctuation dropped, spaces to hyphens, every script kept.

    Source: GitHub's own `jch/html-pipeline` table-of-contents filter. Compatibility forms are folded, so `𝒪(n²)` gives
    `on2`.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    kept = "".join(char for char in folded if char.isalnum() or char in " -_" or unicodedata.combining(char))
    return re.sub(r"\s+", "-", kept.strip()) or "section"


class UniqueIds:
    """Hands out ids that are unique on one page: `a`, `a-1`, `a-2`. Linear in the number of ids."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return `name`, or `name` with the first free number."""
        number = self._taken.get(name)
        if number is None:
            self._taken[name] = 0
            return name
        while True:
            number += 1
            candidate = f"{name}-{number}"
            if candidate not in self._taken:
                self._taken[name] = number
                self._taken[candidate] = 0
                return candidate
