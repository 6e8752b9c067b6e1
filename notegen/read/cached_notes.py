"""All notes of a site read: each remembered by its path, settings and bytes; what is missing by a few processes.

Blocks that are slow to make (highlighted code, formulas for KaTeX) are kept by their note, for when it changes.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.fragments import FragmentCache, load_fragments, store_fragments
from notegen.cache.memo import BATCH, Memo, Request, Tiers, lookup, memoize, store
from notegen.model.body import OuterPiece, UrlHole, compressed
from notegen.model.config import ReadSettings, read_settings
from notegen.model.diagnostic import Result
from notegen.model.digest import digest
from notegen.model.note import Note
from notegen.model.source import ExtensionFile, SourceFile, Tree
from notegen.read.includes.directives import may_include
from notegen.read.includes.find import with_included
from notegen.read.shortcodes.templates import NO_SHORTCODES, ShortcodeFiles
from notegen.read.shortcodes.used import shortcode_digests, used_digests
from notegen.system.installed import graph_program
from notegen.system.pool import run

PLAIN = Memo("plain", list[str])  # the digests of texts that include no file: looking for signs takes longer
PARALLEL_TEXT = 200_000  # characters to read from which on processes are worth starting


def compact(note: Note) -> Note:
    """Return a note of which a site has thousands: its body compressed, the words that others have too kept once."""
    holes = tuple(_with_shared_words(hole) for hole in note.body.holes)
    return msgspec.structs.replace(
        note,
        body=compressed(msgspec.structs.replace(note.body, holes=holes)),
        features=tuple(map(sys.intern, note.features)),
        anchors=tuple(map(sys.intern, note.anchors)),
        headings=tuple(msgspec.structs.replace(heading, id=sys.intern(heading.id)) for heading in note.headings),
        formulas=tuple(msgspec.structs.replace(item, engine=sys.intern(item.engine)) for item in note.formulas),
    )


def _with_shared_words(hole: OuterPiece) -> OuterPiece:
    """Return a hole whose words are those of all such holes."""
    return msgspec.structs.replace(hole, kind=sys.intern(hole.kind)) if isinstance(hole, UrlHole) else hole


NOTES = Memo("read", Note, Tiers.BOTH, compact)


class _Reading(NamedTuple):
    """What reading notes needs besides them."""

    settings: ReadSettings
    shortcodes: ShortcodeFiles
    extensions: tuple[ExtensionFile, ...]


class _Item(NamedTuple):
    """A note, and the digests of the templates of shortcodes that it may use."""

    source: SourceFile
    shortcodes: dict[str, str]


def _reading(tree: Tree) -> _Reading:
    settings = msgspec.structs.replace(
        read_settings(tree.config, citing=bool(tree.bibliographies)),
        segmenter=tree.segmenter,
        uncoloured=tree.uncoloured,
    )
    shortcodes = ShortcodeFiles(tree.shortcodes, tree.data) if tree.shortcodes else NO_SHORTCODES
    return _Reading(settings, shortcodes, tree.extensions)


def read_notes(tree: Tree, context: BuildContext) -> Result[tuple[Note, ...]]:
    """Return every note understood alone, in the order of the tree. Diagnostics: those of the notes."""
    reading = _reading(tree)
    shortcodes = shortcode_digests(reading.shortcodes, context)

    from notegen.read.diagrams.kept import with_drawings

    sources = with_drawings(with_included(tree, _including(tree.notes, context)), tree)
    common = digest(
        reading.settings, graph_program()
    )  # whether a text has a diagram of Graphviz costs more than it would save
    items = [_Item(source, used_digests(source, shortcodes)) for source in sources]

    def parts(item: _Item) -> dict[str, str]:
        source = item.source
        named = {"defaults": source.defaults} if source.defaults else {}
        return {"settings": common, "kind": source.kind, "text": source.digest, **named, **item.shortcodes}

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        return _read([sources[number] for number in missing], reading, context)

    paths = [source.path for source in sources]
    notes = tuple(memoize(NOTES, paths, items, parts, make, context, common))
    return Result(notes, tuple(item for note in notes for item in note.diagnostics))


def _including(notes: Sequence[SourceFile], context: BuildContext) -> list[bool]:
    """Return of each note whether its text may include files. Those of notebooks depend on settings, too."""
    request = Request("all texts", {})
    known = frozenset(lookup(PLAIN, request, context) or ())
    including = [(note.notebook is not None or note.digest not in known) and may_include(note.text) for note in notes]
    plain = {note.digest for note, may in zip(notes, including, strict=True) if not may and note.notebook is None}
    if plain != known:
        store(PLAIN, request, sorted(plain), context)
    return including


def warm_up(tree: Tree) -> None:
    """Load what reading a note needs, and compile its patterns, so that the first note after this is read quickly."""
    source = next((note for note in tree.notes if len(note.text) < PARALLEL_TEXT), SourceFile("", "", ""))
    _note_reader(_reading(tree))((source, {}))


def _read(sources: Sequence[SourceFile], reading: _Reading, context: BuildContext) -> Iterator[bytes]:
    """Yield each note, encoded; keep its slow blocks."""
    import notegen.read.read  # noqa: F401 (once, before the workers start)

    jobs = list(zip(sources, load_fragments([source.path for source in sources], context), strict=True))
    size = sum(len(source.text) for source in sources)
    workers = context.workers if size > PARALLEL_TEXT else 1
    unwritten: dict[str, dict[str, str]] = {}
    for (source, known), (data, used) in zip(jobs, run(_note_reader, reading, jobs, workers), strict=True):
        unwritten.update({source.path: used} if used != known else {})
        if len(unwritten) >= BATCH:
            store_fragments(unwritten, context)
            unwritten.clear()
        yield data
    store_fragments(unwritten, context)


def _note_reader(reading: _Reading) -> Callable[[tuple[SourceFile, dict[str, str]]], tuple[bytes, dict[str, str]]]:
    """Return the function that reads a note, given its known blocks: the encoded note, and the blocks it used."""
    from notegen.read.read import make_reader

    read, encode = make_reader(*reading), msgspec.msgpack.Encoder().encode

    def read_encoded(job: tuple[SourceFile, dict[str, str]]) -> tuple[bytes, dict[str, str]]:
        fragments = FragmentCache(job[1])
        return encode(read(job[0], fragments)), fragments.used

    return read_encoded
