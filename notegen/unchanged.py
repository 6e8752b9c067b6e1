"""The whole build as one memo point: when nothing that it reads has changed, its result is known without any stage.

What it reads is the Tree, and the clock, which decides about notes of the future and notes that expire. A result
without the former holds until the next of the latter. Only the digests of its files are kept; their bytes stay in the
cache until somebody needs them. A result that names files which this Tree does not have is not believed: whoever can
write the cache could else have any file of this machine published.
"""

import re
from collections.abc import Callable, Container, Iterator
from datetime import datetime

import msgspec

from notegen.contents import content_key
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest
from notegen.model.output import Build, OutputFile, is_inside
from notegen.model.source import Asset, Tree
from notegen.tools.tools import Tools

_DIGEST = re.compile(r"[0-9a-f]+").fullmatch
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


def remembered(tree: Tree, tools: Tools, now: datetime, make: Callable[[Tools], Build]) -> Build:
    """Return the build of `tree` from the cache, or made by `make` and put there.

    Not for a server, which has its memory. Builds with errors are not kept.
    """
    if tools.preview or tools.explain:
        return make(tools)
    key = _key(tree, tools)
    known = _known(tools.cache.get_many([key]).get(key), tree)
    if known and known.since <= now and (known.until is None or now < known.until):
        for name, items, _ in known.counts:
            tools.counted(name, items, items)
        tools.cache.rest()
        return Build(known.files, known.diagnostics, note_count=known.note_count, page_count=known.page_count)
    counts: dict[str, Count] = {}

    def counted(name: str, items: int, hits: int) -> None:
        counts[name] = (name, items, hits)
        tools.counted(name, items, hits)

    built = make(msgspec.structs.replace(tools, counted=counted))
    if _is_lasting(built, now):
        files = tuple(_left(built.files, tools))
        ends = (note.meta.expires for note in built.notes)
        until = min((moment for moment in ends if moment is not None and moment > now), default=None)
        value = _Known(files, built.diagnostics, built.note_count, built.page_count, now, until, tuple(counts.values()))
        tools.cache.put_many({key: msgspec.msgpack.encode(value)})
    return built


def _known(data: bytes | None, tree: Tree) -> _Known | None:
    """Return a remembered build, if there is one that may be one of this tree."""
    try:
        known = msgspec.msgpack.decode(data or b"", type=_Known)
    except msgspec.DecodeError:
        return None
    layers = (asset for layer in tree.layers for asset in layer.static.values())
    assets = {*tree.assets.values(), *tree.static.values(), *layers}
    return known if all(_is_sound(file, assets) for file in known.files) else None


def _is_sound(file: OutputFile, assets: Container[Asset]) -> bool:
    """Return whether a file goes into the output folder, and is copied or made of an asset of the site, or of none."""
    sources = [item for item in (file.asset, file.variant.asset if file.variant else None) if item is not None]
    named = file.variant is None or _DIGEST(file.variant.digest)
    return is_inside(file.path) and bool(named) and all(asset in assets for asset in sources)


def _key(tree: Tree, tools: Tools) -> str:
    """Return the key of a tree: notes by the digests of their bytes, all else by value."""
    notes = [(note.path, note.digest) for note in tree.notes]
    return digest("build", tools.engine, msgspec.structs.replace(tree, notes=()), notes)


def _is_lasting(built: Build, now: datetime) -> bool:
    """Return whether the same tree gives the same build: not where a program failed, nor with notes of the future.

    What is said of a note of the future counts the hours.
    """
    future = any(note.meta.date is not None and note.meta.date > now for note in built.notes)
    return not (built.failed or future or any(item.code in _PASSING for item in built.diagnostics))


def _left(files: tuple[OutputFile, ...], tools: Tools) -> Iterator[OutputFile]:
    """Yield the files, with the bytes of those that have them put into the cache."""
    new: dict[str, bytes] = {}
    for file in files:
        if file.data is None:
            yield file
        else:
            key = content_key(file.digest)
            new[key] = file.data
            yield msgspec.structs.replace(file, data=None, stored=key)
    known = tools.cache.known(new)
    tools.cache.put_many({key: data for key, data in new.items() if key not in known})
