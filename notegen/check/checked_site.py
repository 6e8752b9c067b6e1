"""A rule of `notegen check` and what all rules look at."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

import msgspec

from notegen.cache.memory import MemoryCache, MemoryEntry, NoMemoryCache
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.model.output import OutputFile
from notegen.model.site import Site
from notegen.model.source import Tree

T = TypeVar("T")
Earlier = Callable[[str, datetime], str]  # path of a note and a time -> its text then; empty where that is not known
_SMALL = 500  # bytes that the value of a note takes, about


def nothing_earlier(_path: str, _time: datetime) -> str:
    """Return no text: where nothing is asked for what notes were."""
    return ""


class CheckedSite(msgspec.Struct, frozen=True):
    """A site as a build makes it: what was read, its notes alone, all of them together, the files to write."""

    tree: Tree
    notes: tuple[Note, ...]
    site: Site
    files: tuple[OutputFile, ...]
    memory: MemoryCache | NoMemoryCache = NoMemoryCache()  # of a server, which asks again after every edit
    earlier: Earlier = nothing_earlier

    def recall(self, kind: str, path: str, key: str, make: Callable[[], T]) -> T:
        """Return `make()`, or what it was the last time for the file at `path`, if `key` was the same."""
        entry = self.memory.get(kind, path)
        if entry is None or entry.common != key:
            entry = MemoryEntry(key, None, make())
            self.memory.put(kind, path, entry, _SMALL)
        value: T = entry.value
        return value


class CheckRule(msgspec.Struct, frozen=True):
    """A rule: the code of its diagnostics (without `check-` its name in site.yaml) and what yields them."""

    code: str
    find: Callable[[CheckedSite], Iterator[Diagnostic]]

    @property
    def name(self) -> str:
        """Return the rule's name in site.yaml."""
        return self.code.removeprefix("check-")


def at_text(code: str, message: str, path: str, text: str, position: int, length: int, hint: str = "") -> Diagnostic:
    """Return a diagnostic of `length` characters at a position in the text of a file. `position`: -1 for none."""
    if position < 0:
        return diagnose(code, message, path=path, hint=hint)
    line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    return diagnose(code, message, path=path, line=line, column=column, length=length, hint=hint)
