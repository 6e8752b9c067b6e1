"""The bytes of rendered pages, kept under their own digest: equal pages once, and only read by who needs them."""

from collections.abc import Iterable, Iterator

from notegen.model.output import OutputFile
from notegen.tools.tools import Tools

BATCH = 100  # pages in memory at a time


class Contents:
    """The bytes of the pages of one build: at hand for a preview, otherwise left in the cache where it takes them."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._here: dict[str, bytes] = {}  # digest -> bytes
        self._new: dict[str, bytes] = {}  # of these, those that are not yet in the cache
        self._stored: set[str] = set()  # digests whose bytes are left in the cache

    def file(self, path: str, mark: str) -> OutputFile:
        """Return the file at a path whose bytes, which must have been found or kept, have this digest."""
        if mark in self._stored:
            return OutputFile(path, mark, stored=content_key(mark))
        return OutputFile(path, mark, self._here[mark])

    def keep(self, made: Iterable[tuple[bytes, str, bytes]]) -> Iterator[bytes]:
        """Put away the digest and bytes of each page that was made; yield what else came with them.

        Call `flush` behind the last one.
        """
        for rest, mark, data in made:
            if not self._has(mark):
                self._new[mark] = data
                self._here[mark] = data
            if len(self._new) >= BATCH:
                self.flush()
            yield rest

    def flush(self) -> None:
        """Keep new bytes in the cache; what is there needs not stay in memory."""
        self._tools.cache.put_many({content_key(mark): data for mark, data in self._new.items()})
        if not self._tools.preview:
            self._leave(self._new)
        self._new = {}

    def find(self, marks: Iterable[str]) -> set[str]:
        """Look for the bytes with these digests; return the digests that are nowhere."""
        wanted = [mark for mark in dict.fromkeys(marks) if not self._has(mark)]
        if not self._tools.preview:
            self._leave(wanted)
        else:
            found = self._tools.cache.get_many(map(content_key, wanted))
            self._here.update((mark, found[content_key(mark)]) for mark in wanted if content_key(mark) in found)
        return {mark for mark in wanted if not self._has(mark)}

    def _has(self, mark: str) -> bool:
        return mark in self._here or mark in self._stored

    def _leave(self, marks: Iterable[str]) -> None:
        """Leave bytes in the cache where it has them."""
        keys = {content_key(mark): mark for mark in marks}
        for key in self._tools.cache.known(keys):
            self._stored.add(keys[key])
            self._here.pop(keys[key], None)


def content_key(mark: str) -> str:
    """Return the key in the cache of the bytes with a digest."""
    return f"content {mark}"
