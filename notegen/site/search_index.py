"""The search index: remembered by all that is searched; where that changed, made anew while pages are rendered."""

import contextlib
from collections.abc import Callable, Iterator, Sequence

import msgspec

from notegen.contents import Contents
from notegen.memo import Wanted, remember
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest, digest_bytes
from notegen.model.note import Note
from notegen.model.output import OutputFile, is_inside
from notegen.model.site import Site
from notegen.model.source import Tree
from notegen.site.search import SearchText, document, filter_list, language_of, search_text
from notegen.site.urls import Base, base_of
from notegen.tools.pool import run
from notegen.tools.search import Indexing, indexing
from notegen.tools.tools import Held, Tools

FOLDER = "pagefind"
_PARALLEL = 100  # documents to make from which on processes are worth starting

Found = tuple[tuple[OutputFile, ...], tuple[Diagnostic, ...]]


@contextlib.contextmanager
def search_index(site: Site, notes: Sequence[Note], tree: Tree, tools: Tools) -> Iterator[Callable[[], Found]]:
    """Begin the search index, and give the function that waits for its files.

    A preview has the latest index that is known, if there is one. Diagnostics: search-missing, search-failed.
    """
    if not tree.config.search.enabled or not site.notes:
        yield lambda: ((), ())
        return
    if not tree.indexer:
        hint = 'pip install "notegen[search]", or set search: {enabled: false}'
        missing = diagnose("search-missing", "pagefind is not installed: the site has no search", hint=hint)
        yield lambda: ((), (missing,))
        return
    if tools.preview:
        latest = _latest_known(tools)
        yield lambda: (latest, ())
        return
    config = tree.config
    own = {note.path: note.meta.macros for note in notes if note.meta.macros}
    base, macros = base_of(config.base_url), {path: {**config.math.macros, **found} for path, found in own.items()}
    linked = (*site.notes, *site.pages)
    texts = [search_text(note, macros.get(note.ref.path, config.math.macros), base) for note in linked]
    digests = [digest(text) for text in texts]
    key = digest("search index", tools.engine, tree.indexer, config.language, digests)
    known = _known(key, tools)
    if known is not None:
        if _latest(tools) != key:
            tools.cache.put_many({_name(tools): key.encode()})
        yield lambda: (known, ())
        return
    documents = _documents(texts, digests, tools)
    with contextlib.ExitStack() as stack:
        with tools.stage("search"):
            begun = stack.enter_context(indexing(documents, language_of(texts, config.language)))
        yield lambda: _finish(begun, filter_list(texts), key, tools)


def search_urls(tree: Tree, site: Site, base: Base) -> dict[str, str]:
    """Return the address of the index by its name among the theme's assets; nothing for a site without search."""
    if not (tree.config.search.enabled and tree.indexer and site.notes):
        return {}
    return {FOLDER: base.url(f"/{FOLDER}/")}


def _known(key: str, tools: Tools) -> tuple[OutputFile, ...] | None:
    """Return the index that is kept under a key; None when it, or a part of it, is not there."""
    data = tools.cache.get_many([key]).get(key)
    if data is None:
        return None
    marks, contents = msgspec.msgpack.decode(data, type=dict[str, str]), Contents(tools)
    if contents.find(marks.values()) or not all(map(is_inside, marks)):
        return None
    return tuple(contents.file(path, mark) for path, mark in marks.items())


def hold_index(files: tuple[OutputFile, ...], held: Held) -> None:
    """Hold an index that no cache has: it is the latest."""
    held.put(FOLDER, ("", files), sum(len(file.data or b"") for file in files))


def _latest_known(tools: Tools) -> tuple[OutputFile, ...]:
    """Return the latest index that is known, which a server holds between its builds; nothing where there is none."""
    key: str = _latest(tools)
    held: tuple[str, tuple[OutputFile, ...]] | None = tools.held.get(FOLDER)
    if held is None or (key and held[0] != key):
        held = (key, _known(key, tools) or (held[1] if held else ()))
    if held[1]:
        tools.held.put(FOLDER, held, sum(len(file.packed or file.data or b"") for file in held[1]))
    return held[1]


def _latest(tools: Tools) -> str:
    """Return the key of the index that was made or wanted last; "" for none."""
    return tools.cache.get_many([_name(tools)]).get(_name(tools), b"").decode()


def _name(tools: Tools) -> str:
    return digest("the latest search index", tools.engine)


def _documents(texts: Sequence[SearchText], digests: Sequence[str], tools: Tools) -> Iterator[tuple[str, bytes]]:
    """Yield the document of each note, remembered by what goes into it, under a name that depends on its address."""

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        items = [texts[number] for number in missing]
        return run(_maker, None, items, tools.workers if len(items) > _PARALLEL else 1)

    wanted = [Wanted(text.url, {"text": value}) for text, value in zip(texts, digests, strict=True)]
    for text, data in zip(texts, remember("search", wanted, make, tools), strict=True):
        yield f"{digest(text.url)[:16]}.html", data


def _maker(_state: None) -> Callable[[SearchText], bytes]:
    return _encoded


def _encoded(text: SearchText) -> bytes:
    return document(text).encode("utf-8", "replace")


def _finish(begun: Indexing, filters: bytes, key: str, tools: Tools) -> Found:
    """Return the files of an index and of its filters, or what went wrong."""
    found = begun.result()
    if isinstance(found, str):
        hint = "the site is whole but for search"
        return (), (diagnose("search-failed", f"pagefind failed: {found}", hint=hint),)
    contents = Contents(tools)
    named = ((f"{FOLDER}/{path}", data) for path, data in {**found, "filters.json": filters}.items())
    made = ((path, digest_bytes(data), data) for path, data in named)
    marks = dict(contents.keep(((path, mark), mark, data) for path, mark, data in made))
    contents.flush()
    tools.cache.put_many({key: msgspec.msgpack.encode(marks), _name(tools): key.encode()})
    return tuple(contents.file(path, mark) for path, mark in marks.items()), ()
