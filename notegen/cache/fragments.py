"""Blocks of a note that are slow to make, remembered by digest: highlighted code, formulas that KaTeX rendered.

They are kept together by the path of their note: a worker that reads it is given them, and gives back those it used.
"""

from collections.abc import Mapping, Sequence

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Request, lookup_all, store_all

FRAGMENTS = Memo("fragments", dict[str, str])  # path of a note -> digest of a block's source -> its HTML


class FragmentCache:
    """The blocks of one note: those known of its last reading, and those that this one uses or makes (`used`)."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = known or {}
        self.used: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """Return the HTML kept under `key`, a digest of everything that went into it, or None."""
        value = self.used.get(key) or self._known.get(key)
        if value is not None:
            self.used[key] = value
        return value

    def put(self, key: str, value: str) -> None:
        """Keep a block's HTML."""
        self.used[key] = value


def load_fragments(paths: Sequence[str], context: BuildContext) -> list[dict[str, str]]:
    """Return the blocks that are kept for each note, by digest; none for a note without any."""
    stored = lookup_all(FRAGMENTS, (Request(path, {}) for path in paths), context)
    return [fragments or {} for fragments in stored]


def store_fragments(fragments: Mapping[str, dict[str, str]], context: BuildContext) -> None:
    """Keep the blocks of notes, by path and digest."""
    store_all(FRAGMENTS, ((Request(path, {}), blocks) for path, blocks in fragments.items()), context)
