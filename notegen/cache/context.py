"""What a build is given to work with: caches, the digest of the engine, the number of processes, its progress."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import msgspec

from notegen.cache.memory import MemoryCache, NoMemoryCache


class Cache(Protocol):
    """A store of bytes by key."""

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return the keys that are there. The value of one may still turn out to be damaged, and missing."""

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values that are there and whole."""

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep the values."""

    def skip_aging(self) -> None:
        """Let this build not count among those that did not use an entry: it needed to look at none."""


class NoCache:
    """A cache that keeps nothing."""

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return nothing."""
        del keys
        return set()

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return nothing."""
        del keys
        return {}

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep nothing."""

    def skip_aging(self) -> None:
        """Count nothing."""


Progress = Callable[[str, int, int], None]  # stage, done, total
Explain = Callable[[str, str, str], None]  # what was done ("read", "render"), to what, why
Stage = Callable[[str], contextlib.AbstractContextManager[None]]  # entered for as long as a stage takes
Counted = Callable[[str, int, int], None]  # stage, items, how many of them the cache had


class BuildContext(msgspec.Struct, frozen=True):
    """How a build works: this changes how fast it is, never its result. `engine` is part of every cache key.

    `cache` is on the disk, `memory` that of a server between its builds. `preview`, for a server: what is slow and no
    page shows may be left out, or be an older one; and all bytes are in memory. Otherwise bytes that the cache has are
    left there, and who writes the files reads them. `background`: what is made is for later, others come first.
    """

    cache: Cache = NoCache()
    engine: str = ""
    workers: int = 1
    progress: Progress = lambda _stage, _done, _total: None
    explain: Explain | None = None
    stage: Stage = lambda _name: contextlib.nullcontext()
    preview: bool = False
    background: bool = False
    counted: Counted = lambda _stage, _items, _hits: None
    memory: MemoryCache | NoMemoryCache = NoMemoryCache()
