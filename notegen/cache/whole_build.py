"""The whole build as one memo point: when nothing that it reads has changed, its result is known without any stage.

What it reads is the Tree, and the clock, which decides about notes of the future and notes that expire. A result
without the former holds until the next of the latter. Only the digests of its files are kept; their bytes stay in the
cache until somebody needs them.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.pages import content_key
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest
from notegen.model.output import Build, OutputFile
from notegen.model.source import Tree

_PASSING = frozenset({"search-failed"})  # diagnostics that another try may not have
Count = tuple[str, int, int]  # stage, items, how many of them the cache had


class _Known(msgspec.Struct, frozen=True):
    """A build that was made between `since` and `until` (None: for ever)."""

    files: tuple[OutputFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    note_count: int
    page_count: int
    since: datetime
    until: datetime | None
    counts: tuple[Count, ...]


def remembered(tree: Tree, context: BuildContext, now: datetime, make: Callable[[BuildContext], Build]) -> Build:
    """Return the build of `tree` from the cache, or made by `make` and put there.

    Not for a server, which has its memory. Builds with errors are not kept.
    """
    if context.preview or context.explain:
        return make(context)
    key = _key(tree, context)
    data = context.cache.get_many([key]).get(key)
    known = msgspec.msgpack.decode(data, type=_Known) if data is not None else None
    if known and known.since <= now and (known.until is None or now < known.until):
        for name, items, _ in known.counts:
            context.counted(name, items, items)
        context.cache.rest()
        return Build(known.files, known.diagnostics, note_count=known.note_count, page_count=known.page_count)
    counts: dict[str, Count] = {}

    def counted(name: str, items: int, hits: int) -> None:
        counts[name] = (name, items, hits)
        context.counted(name, items, hits)

    built = make(msgspec.structs.replace(context, counted=counted))
    if _is_lasting(built, now):
        files = tuple(_left(built.files, context))
        ends = (note.meta.expires for note in built.notes)
        until = min((moment for moment in ends if moment is not None and moment > now), default=None)
        value = _Known(files, built.diagnostics, built.note_count, built.page_count, now, until, tuple(counts.values()))
        context.cache.put_many({key: msgspec.msgpack.encode(value)})
    return built


def _key(tree: Tree, context: BuildContext) -> str:
    """Return the key of a tree: notes by the digests of their bytes, all else by value."""
    notes = [(note.path, note.digest) for note in tree.notes]
    return digest("build", context.engine, msgspec.structs.replace(tree, notes=()), notes)


def _is_lasting(built: Build, now: datetime) -> bool:
    """Return whether the same tree gives the same build: not where a program failed, nor with notes of the future.

    What is said of a note of the future counts the hours.
    """
    future = any(note.meta.date is not None and note.meta.date > now for note in built.notes)
    return not (built.failed or future or any(item.code in _PASSING for item in built.diagnostics))


def _left(files: tuple[OutputFile, ...], context: BuildContext) -> Iterator[OutputFile]:
    """Yield the files, with the bytes of those that have them put into the cache."""
    new: dict[str, bytes] = {}
    for file in files:
        if file.data is None:
            yield file
        else:
            key = content_key(file.digest)
            new[key] = file.data
            yield msgspec.structs.replace(file, data=None, stored=key)
    known = context.cache.known(new)
    context.cache.put_many({key: data for key, data in new.items() if key not in known})
