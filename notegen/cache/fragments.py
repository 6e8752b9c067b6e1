"""Parts of a note that are slow to make, remembered by digest: highlighted code, formulas that KaTeX rendered."""

from collections.abc import Mapping


class Fragments:
    """What was made for a note the last time, and what is used of it, or made, this time (`used`)."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = known or {}
        self.used: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """Return the text kept under `key`, a digest of everything that went into it, or None."""
        value = self.used.get(key) or self._known.get(key)
        if value is not None:
            self.used[key] = value
        return value

    def put(self, key: str, value: str) -> None:
        """Keep a text."""
        self.used[key] = value
