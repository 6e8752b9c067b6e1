"""The bytes of rendered pages, kept under their own digest: equal pages once, and only read by who needs them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

import brotli

from notegen.cache.context import BuildContext
from notegen.model.output import OutputFile

T = TypeVar("T")
BATCH = 100  # pages in memory at a time
_QUICK = 0  # a page in a twentieth of a millisecond; better packing takes longer and saves little more


class Contents:
    """The bytes of the pages of one build: packed for a preview, otherwise left in the cache where it takes them.

    A preview holds all of them, so that a request finds them whatever has become of the cache meanwhile.
    """

    def __init__(self, context: BuildContext) -> None:
        self._context = context
        self._here: dict[str, bytes] = {}  # digest -> bytes, packed for a preview
        self._new: dict[str, bytes] = {}  # of these, those that are not yet in the cache
        self._stored: set[str] = set()  # digests whose bytes are left in the cache

    def file(self, path: str, mark: str) -> OutputFile:
        """Return the file at a path whose bytes, which must have been found or kept, have this digest."""
        if mark in self._stored:
            return OutputFile(path, mark, stored=content_key(mark))
        if self._context.preview:
            return OutputFile(path, mark, packed=self._here[mark])
        return OutputFile(path, mark, self._here[mark])

    def keep(self, made: Iterable[tuple[T, str, bytes]]) -> Iterator[T]:
        """Put away the digest and bytes of each page that was made; yield what else came with them.

        Call `flush` behind the last one.
        """
        for rest, mark, data in made:
            if not self._has(mark):
                self._new[mark] = data
                self._here[mark] = pack(data) if self._context.preview else data
            if len(self._new) >= BATCH:
                self.flush()
            yield rest

    def flush(self) -> None:
        """Keep new bytes in the cache; what is there needs not stay in memory."""
        self._context.cache.put_many({content_key(mark): data for mark, data in self._new.items()})
        if not self._context.preview:
            self._leave(self._new)
        self._new = {}

    def find(self, marks: Iterable[str]) -> set[str]:
        """Look for the bytes with these digests; return the digests that are nowhere."""
        wanted = [mark for mark in dict.fromkeys(marks) if not self._has(mark)]
        if not self._context.preview:
            self._leave(wanted)
        else:
            self._take(wanted)
        return {mark for mark in wanted if not self._has(mark)}

    def _has(self, mark: str) -> bool:
        return mark in self._here or mark in self._stored

    def _leave(self, marks: Iterable[str]) -> None:
        """Leave bytes in the cache where it has them."""
        keys = {content_key(mark): mark for mark in marks}
        for key in self._context.cache.known(keys):
            self._stored.add(keys[key])
            self._here.pop(keys[key], None)

    def _take(self, marks: Iterable[str]) -> None:
        """Pack the bytes that the cache has, a few at a time."""
        rest = iter(marks)
        while batch := list(islice(rest, BATCH)):
            found = self._context.cache.get_many(map(content_key, batch))
            self._here.update((mark, pack(found[key])) for mark in batch if (key := content_key(mark)) in found)


def pack(data: bytes) -> bytes:
    """Return bytes that `unpack` makes the same of; a page takes a quarter of its room."""
    packed: bytes = brotli.compress(data, quality=_QUICK)
    return packed


def unpack(packed: bytes) -> bytes:
    """Return the bytes that were given to `pack`."""
    data: bytes = brotli.decompress(packed)
    return data


def bytes_of(file: OutputFile) -> bytes | None:
    """Return the bytes of a file that are in memory; None for one that is copied, made of an image, or in the cache."""
    return file.data if file.packed is None else unpack(file.packed)


def content_key(mark: str) -> str:
    """Return the key in the cache of the bytes with a digest."""
    return f"content {mark}"
