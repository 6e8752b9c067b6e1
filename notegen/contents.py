"""The bytes of rendered pages, kept under their own digest: equal pages once, and only read by who needs them."""

from collections.abc import Iterable, Iterator

from notegen.tools.tools import Tools

BATCH = 100  # pages in memory at a time


class Contents:
    """The bytes of the pages of one build."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._here: dict[str, bytes] = {}  # digest -> bytes
        self._new: dict[str, bytes] = {}  # of these, those that are not yet in the cache
        self._stored: set[str] = set()  # digests whose bytes are left in the cache

    def key(self, mark: str) -> str:
        """Return the key in the cache of the bytes with a digest, "" when they are at hand."""
        return content_key(mark) if mark in self._stored else ""

    def data(self, mark: str) -> bytes | None:
        """Return the bytes with a digest; None when they are left in the cache."""
        return None if mark in self._stored else self._here[mark]

    def keep(self, made: Iterable[tuple[bytes, str, bytes]]) -> Iterator[bytes]:
        """Put away the digest and bytes of each page that was made; yield what else came with them.

        Call `flush` behind the last one.
        """
        for rest, mark, data in made:
            if mark not in self._here and mark not in self._stored:
                self._new[mark] = data
                self._here[mark] = data
                self._tools.held.put(content_key(mark), data, len(data))
            if len(self._new) >= BATCH:
                self.flush()
            yield rest

    def flush(self) -> None:
        """Keep new bytes in the cache; what is there needs not stay in memory."""
        cache = self._tools.cache
        cache.put_many({content_key(mark): data for mark, data in self._new.items()})
        known = cache.known(map(content_key, self._new)) if self._tools.leave else set()
        for mark in self._new:
            if content_key(mark) in known:
                self._stored.add(mark)
                del self._here[mark]
        self._new = {}

    def find(self, marks: Iterable[str]) -> set[str]:
        """Look for the bytes with these digests; return the digests that are nowhere."""
        held = self._tools.held
        wanted = [mark for mark in dict.fromkeys(marks) if mark not in self._here and mark not in self._stored]
        if self._tools.leave:
            known = self._tools.cache.known(map(content_key, wanted))
            self._stored.update(mark for mark in wanted if content_key(mark) in known)
        else:
            self._here.update((mark, data) for mark in wanted if (data := held.get(content_key(mark))) is not None)
            found = self._tools.cache.get_many(content_key(mark) for mark in wanted if mark not in self._here)
            for mark in wanted:
                if content_key(mark) in found:
                    self._here[mark] = found[content_key(mark)]
                    held.put(content_key(mark), found[content_key(mark)], len(found[content_key(mark)]))
        return {mark for mark in wanted if mark not in self._here and mark not in self._stored}


def content_key(mark: str) -> str:
    """Return the key in the cache of the bytes with a digest."""
    return f"content {mark}"
