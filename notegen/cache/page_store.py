"""The store of bytes by digest, for finished pages and the search index: equal ones once, read by who needs them."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from notegen.cache.context import BuildContext
from notegen.cache.memory import MemoryEntry
from notegen.model.compression import compress, decompress
from notegen.model.output import Compressed, Content, InCache, Inline, OutputFile

T = TypeVar("T")
_MEMO = "bytes"  # the name under which memory has them, by digest
BATCH = 100  # pages in memory at a time


class PageStore:
    """The bytes of the pages of one build: compressed for a preview, otherwise left in the cache where it takes them.

    A preview has all of them in memory, so that a request finds them whatever has become of the cache meanwhile; those
    of its last build are there still.
    """

    def __init__(self, context: BuildContext) -> None:
        self._context = context
        self._in_memory: dict[str, Inline | Compressed] = {}  # by the digest of the bytes
        self._in_cache: set[str] = set()  # digests of bytes that are left in the cache
        self._unwritten: dict[str, bytes] = {}  # digest -> bytes that are not yet in the cache

    def file(self, path: str, digest: str) -> OutputFile:
        """Return the file at a path whose bytes, which were found or added, have this digest."""
        content = InCache(content_key(digest)) if digest in self._in_cache else self._in_memory[digest]
        return OutputFile(path, digest, content)

    def add(self, pages: Iterable[tuple[T, str, bytes]]) -> Iterator[T]:
        """Add the bytes of pages, each given with their digest; yield what else came with them.

        Call `flush` behind the last one.
        """
        for value, digest, data in pages:
            if digest not in self:
                self._unwritten[digest] = data
                if self._context.preview:
                    self._compress(digest, data)
                else:
                    self._in_memory[digest] = Inline(data)
            if len(self._unwritten) >= BATCH:
                self.flush()
            yield value

    def flush(self) -> None:
        """Put new bytes into the cache; what is there needs not stay in memory."""
        self._context.cache.put_many({content_key(digest): data for digest, data in self._unwritten.items()})
        if not self._context.preview:
            self._leave_in_cache(self._unwritten)
        self._unwritten = {}

    def find(self, digests: Iterable[str]) -> set[str]:
        """Look for the bytes with these digests; return the digests that are nowhere."""
        unseen = [digest for digest in dict.fromkeys(digests) if digest not in self]
        if self._context.preview:
            self._load(unseen)
        else:
            self._leave_in_cache(unseen)
        return {digest for digest in unseen if digest not in self}

    def __contains__(self, digest: str) -> bool:
        return digest in self._in_memory or digest in self._in_cache

    def _leave_in_cache(self, digests: Iterable[str]) -> None:
        """Leave bytes in the cache where it has them."""
        keys = {content_key(digest): digest for digest in digests}
        for key in self._context.cache.known(keys):
            self._in_cache.add(keys[key])
            self._in_memory.pop(keys[key], None)

    def _load(self, digests: Iterable[str]) -> None:
        """Take the bytes that are in memory; compress those that the cache has, a few at a time."""
        waiting = iter([digest for digest in digests if not self._recall(digest)])
        while batch := list(islice(waiting, BATCH)):
            cached = self._context.cache.get_many(map(content_key, batch))
            for digest in batch:
                data = cached.get(content_key(digest))
                if data is not None:
                    self._compress(digest, data)

    def _recall(self, digest: str) -> bool:
        """Take bytes that the memory has since the last build; return whether it has them."""
        entry = self._context.memory.get(_MEMO, digest)
        if entry is not None:
            self._in_memory[digest] = entry.value
        return entry is not None

    def _compress(self, digest: str, data: bytes) -> None:
        compressed = Compressed(compress(data))
        self._in_memory[digest] = compressed
        self._context.memory.put(_MEMO, digest, MemoryEntry("", digest, compressed), len(compressed.data))


def bytes_of(content: Content) -> bytes | None:
    """Return the bytes of a file that are in memory; None for one that is copied, made of an image, or in the cache."""
    if isinstance(content, Inline):
        return content.data
    return decompress(content.data) if isinstance(content, Compressed) else None


def content_key(digest: str) -> str:
    """Return the key in the cache of the bytes with a digest."""
    return f"content {digest}"
