"""The memo of the whole build: when nothing that it reads has changed, its result is known without any stage.

What it reads is the Tree, and the clock, which decides about notes of the future and notes that expire. A result
without the former holds until the next of the latter. Only the digests of its files are kept; their bytes stay in the
cache until somebody needs them. A result that names files which this Tree does not have is not believed: whoever can
write the cache could else have any file of this machine published.
"""

from collections.abc import Container, Iterator
from datetime import datetime

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Request, lookup, store
from notegen.cache.page_store import content_key
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.digest import digest
from notegen.model.output import Build, Copy, InCache, Inline, OutputFile, Published, Resized, Stripped, is_inside
from notegen.model.source import Asset, Tree
from notegen.text.patterns import lazy_regex

_DIGEST = lazy_regex(r"[0-9a-f]+")
_PASSING = frozenset({"search-failed"})  # diagnostics that another try may not have


class KnownBuild(msgspec.Struct, frozen=True):
    """A build that was made between `since` and `until` (None: for ever). `read`: how many notes were read."""

    files: tuple[OutputFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    public: tuple[Published, ...]
    note_count: int
    page_count: int
    read: int
    since: datetime
    until: datetime | None


BUILD = Memo("build", KnownBuild)


def find_build(scanned: Result[Tree], now: datetime, context: BuildContext) -> Build | None:
    """Return the build of a tree from the cache; None where there is none.

    Not for a server, which has its memory, nor where the reasons for what is made are asked for.
    """
    if context.preview or context.explain:
        return None
    known = lookup(BUILD, _request(scanned), context)
    if known is None or now < known.since or (known.until is not None and now >= known.until):
        return None
    if not _is_sound(known, scanned.value):
        return None
    context.counted("read", known.read, known.read)
    context.counted("render", known.page_count, known.page_count)
    context.cache.skip_aging()
    return Build(
        known.files,
        known.diagnostics,
        public=known.public,
        note_count=known.note_count,
        page_count=known.page_count,
    )


def keep_build(built: Build, scanned: Result[Tree], now: datetime, context: BuildContext) -> None:
    """Keep the build of a tree, unless the same tree may give another one."""
    if context.preview or context.explain or not _is_lasting(built, now):
        return
    ends = (note.meta.expires for note in built.notes)
    value = KnownBuild(
        files=tuple(_left_in_cache(built.files, context)),
        diagnostics=built.diagnostics,
        public=built.public,
        note_count=built.note_count,
        page_count=built.page_count,
        read=len(built.notes),
        since=now,
        until=min((moment for moment in ends if moment is not None and moment > now), default=None),
    )
    store(BUILD, _request(scanned), value, context)


def _is_sound(known: KnownBuild, tree: Tree) -> bool:
    """Return whether all files go into the output folder, and are copied or made of assets of the site, or of none."""
    layers = (asset for layer in tree.layers for asset in layer.static.values())
    assets = {*tree.assets.values(), *tree.static.values(), *tree.css, *layers}
    return all(is_inside(file.path) and _is_made_of(file, assets) for file in known.files)


def _is_made_of(file: OutputFile, assets: Container[Asset]) -> bool:
    match file.content:
        case Copy(asset) | Stripped(asset):
            return asset in assets
        case Resized(variant):
            return variant.asset in assets and bool(_DIGEST.fullmatch(variant.digest))
        case _:
            return True


def _request(scanned: Result[Tree]) -> Request:
    """Return what a build depends on: notes by the digests of their bytes, all else by value."""
    tree, diagnostics = scanned
    notes = [(note.path, note.digest) for note in tree.notes]
    return Request("site", {"tree": digest(msgspec.structs.replace(tree, notes=()), notes, diagnostics)})


def _is_lasting(built: Build, now: datetime) -> bool:
    """Return whether the same tree gives the same build: not where a program failed, nor with notes of the future.

    The diagnostic of a note of the future counts the hours.
    """
    future = any(note.meta.date is not None and note.meta.date > now for note in built.notes)
    return not (built.failed or future or any(item.code in _PASSING for item in built.diagnostics))


def _left_in_cache(files: tuple[OutputFile, ...], context: BuildContext) -> Iterator[OutputFile]:
    """Yield the files, with the bytes of those that have them put into the cache."""
    new: dict[str, bytes] = {}
    for file in files:
        if isinstance(file.content, Inline):
            key = content_key(file.digest)
            new[key] = file.content.data
            yield msgspec.structs.replace(file, content=InCache(key))
        else:
            yield file
    known = context.cache.known(new)
    context.cache.put_many({key: data for key, data in new.items() if key not in known})
