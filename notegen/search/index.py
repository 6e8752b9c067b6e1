"""The search index: remembered by all that is searched; where that changed, made anew while pages are rendered."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Request, Tiers, latest, lookup, memoize_bytes, store, store_latest
from notegen.cache.memory import MemoryCache, MemoryEntry
from notegen.cache.page_store import PageStore
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Result
from notegen.model.digest import digest, digest_bytes
from notegen.model.note import Note
from notegen.model.output import Compressed, Inline, OutputFile, is_inside
from notegen.model.site import Site
from notegen.model.source import Tree
from notegen.model.strings import SitePath, Url
from notegen.routes.urls import Base, base_of
from notegen.search.documents import SearchText, document, filter_list, language_of, paper_text, search_text
from notegen.system.pagefind import Indexing, indexing
from notegen.system.pool import run

FOLDER = "pagefind"
INDEX = Memo("search index", dict[str, str])  # output path -> digest of the bytes, which are in the PageStore
DOCUMENTS = Memo("search", bytes)
PREVIEWED = Memo("search index of a preview", tuple[OutputFile, ...], Tiers.MEMORY)
_NAME = "site"  # of the one index
_PARALLEL = 100  # documents to make from which on processes are worth starting

Files = tuple[OutputFile, ...]


@contextlib.contextmanager
def search_index(
    site: Site, notes: Sequence[Note], tree: Tree, context: BuildContext
) -> Iterator[Callable[[], Result[Files]]]:
    """Begin the search index, and give the function that waits for its files.

    A preview has the latest index that is known, if there is one. Diagnostics: search-missing, search-failed.
    """
    if not tree.config.search.enabled or not any(one.notes for one in site.languages):
        yield lambda: Result(())
        return
    if not tree.indexer:
        hint = 'pip install "notegen-ssg[search]", or set search: {enabled: false}'
        missing = diagnose("search-missing", "pagefind is not installed: the site has no search", hint=hint)
        yield lambda: Result((), (missing,))
        return
    if context.preview:
        previewed = _latest_index(context)
        yield lambda: Result(previewed)
        return
    texts = _texts(site, notes, tree)
    digests = [digest(text) for text in texts]
    language = tree.config.language
    request = Request(_NAME, {"indexer": tree.indexer, "language": language, "texts": digest(digests)})
    known = _stored_index(request, context)
    if known is not None:
        if latest(INDEX, _NAME, context) != request:
            store_latest(INDEX, request, context)
        yield lambda: Result(known)
        return
    documents = _documents(texts, digests, context)
    with contextlib.ExitStack() as stack:
        with context.stage("search"):
            spoken = language_of(texts, language)
            begun = stack.enter_context(indexing(documents, spoken, background=context.background))
        yield lambda: _finish(begun, filter_list(texts), request, context)


def search_urls(tree: Tree, site: Site, base: Base) -> dict[str, Url]:
    """Return the address of the index by its name among the theme's assets; nothing for a site without search."""
    if not (tree.config.search.enabled and tree.indexer and any(one.notes for one in site.languages)):
        return {}
    return {FOLDER: base.url(SitePath(f"/{FOLDER}/"))}


def preview_index(files: Files, memory: MemoryCache) -> None:
    """Let previews have an index that no cache has: it is the latest."""
    memory.put(PREVIEWED.name, _NAME, MemoryEntry("", None, files), _size(files))


def _texts(site: Site, notes: Sequence[Note], tree: Tree) -> list[SearchText]:
    """Return what is searched of each note and page."""
    config = tree.config
    macros_of = {note.path: {**config.math.macros, **note.meta.macros} for note in notes if note.meta.macros}
    base, shared = base_of(config.base_url), config.math.macros
    names = {language.language: language.name for language in site.info.languages}
    texts = [
        search_text(note, macros_of.get(note.ref.path, shared), base, names.get(one.info.language, ""))
        for one in site.languages
        for note in (*one.notes, *one.pages)
        if not note.unlisted
    ]
    return [*texts, *(paper_text(paper, shared, base) for paper in site.papers)]


def _stored_index(request: Request, context: BuildContext) -> Files | None:
    """Return the index that is kept for a request; None when it, or a part of it, is not there."""
    digests = lookup(INDEX, request, context)
    return None if digests is None else _files(digests, PageStore(context))


def _files(digests: Mapping[str, str], pages: PageStore) -> Files | None:
    """Return the files of an index, given by path and digest; None when one is missing or leads elsewhere."""
    if pages.find(digests.values()) or not all(map(is_inside, digests)):
        return None
    return tuple(pages.file(path, digest) for path, digest in digests.items())


def _latest_index(context: BuildContext) -> Files:
    """Return the latest index that is known, which a server keeps between its builds; nothing where there is none."""
    request, entry = latest(INDEX, _NAME, context), context.memory.get(PREVIEWED.name, _NAME)
    if request is not None and (entry is None or entry.item != request):
        stored = _stored_index(request, context)
        entry = entry if stored is None else MemoryEntry("", request, stored)
    if entry is None:
        return ()
    files: Files = entry.value
    context.memory.put(PREVIEWED.name, _NAME, entry, _size(files))
    return files


def _size(files: Files) -> int:
    return sum(len(file.content.data) for file in files if isinstance(file.content, (Inline, Compressed)))


def _documents(
    texts: Sequence[SearchText], digests: Sequence[str], context: BuildContext
) -> Iterator[tuple[str, bytes]]:
    """Yield the document of each note, remembered by what goes into it, under a name that depends on its address.

    In the order of the names: pagefind takes files as a folder lists them, and some list them as they came.
    """

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        items = [texts[number] for number in missing]
        return run(_document_maker, None, items, context.workers if len(items) > _PARALLEL else 1)

    named = {f"{digest(text.url)[:16]}.html": number for number, text in enumerate(texts)}
    names = sorted(named)
    texts = [texts[named[name]] for name in names]
    requests = [Request(text.url, {"text": digests[named[name]]}) for name, text in zip(names, texts, strict=True)]
    yield from zip(names, memoize_bytes(DOCUMENTS, requests, make, context), strict=True)


def _document_maker(_state: None) -> Callable[[SearchText], bytes]:
    return _encoded


def _encoded(text: SearchText) -> bytes:
    return document(text).encode("utf-8", "replace")


def _finish(begun: Indexing, filters: bytes, request: Request, context: BuildContext) -> Result[Files]:
    """Return the files of an index and of its filters, or what went wrong."""
    outcome = begun.result()
    if isinstance(outcome, str):
        hint = "the site is whole but for search"
        return Result((), (diagnose("search-failed", f"pagefind failed: {outcome}", hint=hint),))
    pages = PageStore(context)
    named = ((f"{FOLDER}/{path}", data) for path, data in {**outcome, "filters.json": filters}.items())
    digested = ((path, digest_bytes(data), data) for path, data in named)
    digests = dict(pages.add(((path, value), value, data) for path, value, data in digested))
    pages.flush()
    store(INDEX, request, digests, context)
    return Result(tuple(pages.file(path, value) for path, value in digests.items()))
