"""What a server keeps in memory between its builds: the decoded values of memos, as long as each build uses them."""

from typing import Any

import msgspec


class MemoryEntry(msgspec.Struct, frozen=True):
    """A value and what it was made of: the `item`, and all else by its digest (`common`)."""

    common: str
    item: Any
    value: Any


class MemoryCache:
    """Entries by the name of a memo and that of an item: those that the last build used.

    `limit`: of the sum of their sizes, in bytes of the encoded values.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._entries: dict[tuple[str, str], tuple[MemoryEntry, int]] = {}
        self._last: dict[tuple[str, str], tuple[MemoryEntry, int]] = {}

    def begin(self) -> None:
        """Begin a build."""
        self._last, self._entries, self._size = self._entries, {}, 0

    def end(self) -> None:
        """End a build: what it did not use goes."""
        self._last = {}

    def get(self, memo: str, name: str) -> MemoryEntry | None:
        """Return the entry of an item, and keep it for the next build."""
        key = (memo, name)
        sized = self._entries.get(key)
        if sized is None and (sized := self._last.pop(key, None)) is not None:  # else it would outlive what replaces it
            self._entries[key] = sized
            self._size += sized[1]
        return None if sized is None else sized[0]

    def put(self, memo: str, name: str, entry: MemoryEntry, size: int) -> None:
        """Keep an entry whose value takes about `size` bytes, if there is room."""
        key = (memo, name)
        if key in self._entries:
            self._size -= self._entries.pop(key)[1]
        if self._size + size <= self._limit:
            self._entries[key] = (entry, size)
            self._size += size

    def renew(self, memo: str, name: str, item: Any) -> None:
        """Let the entry of an item hold an equal one: the old one, and all that it was made of, would stay for it."""
        key = (memo, name)
        entry, size = self._entries[key]
        self._entries[key] = (MemoryEntry(entry.common, item, entry.value), size)

    def drop(self, memo: str, name: str) -> None:
        """Let go of the entry of an item, where there is one."""
        key = (memo, name)
        self._last.pop(key, None)
        if key in self._entries:
            self._size -= self._entries.pop(key)[1]


class NoMemoryCache:
    """The memory of a process that builds once."""

    def get(self, memo: str, name: str) -> MemoryEntry | None:
        """Return None."""
        del memo, name
        return None

    def put(self, memo: str, name: str, entry: MemoryEntry, size: int) -> None:
        """Keep nothing."""
        del memo, name, entry, size

    def renew(self, memo: str, name: str, item: Any) -> None:
        """Do nothing: nothing is kept."""
        del memo, name, item

    def drop(self, memo: str, name: str) -> None:
        """Do nothing: nothing is kept."""
        del memo, name
