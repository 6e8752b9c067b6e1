"""All pages of a site rendered: each remembered by its value, its templates and the shared values that these read.

What is missing is rendered by a few processes. The bytes of pages stand apart, in the PageStore: few builds need them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Tiers, last_value, memoize, memoize_in_memory
from notegen.cache.page_store import PageStore
from notegen.jinja.templates import Reads, Templates
from notegen.model.diagnostic import Diagnostic, Result, has_errors
from notegen.model.digest import digest, digest_bytes
from notegen.model.output import OutputFile
from notegen.model.pages import ListPage, Page
from notegen.model.site import NoteRef, Site
from notegen.model.source import Tree
from notegen.render.theme.load import Theme
from notegen.system.pool import run

PARALLEL_PAGES = 200  # pages to make from which on processes are worth starting


class RenderedPage(msgspec.Struct, frozen=True):
    """What is remembered of a page: the digest of its bytes, and the diagnostic of one that failed."""

    digest: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """True where there are no bytes."""
        return has_errors(self.diagnostics)


class _PageWork(msgspec.Struct, frozen=True):
    """What rendering pages needs, as values."""

    theme: Theme
    shared: Mapping[str, Mapping[str, Any]]  # of each language, by the folder of its addresses


class _ReadyTemplates(msgspec.Struct, frozen=True):
    """The templates of a theme, and the names of those that its pages can reach."""

    templates: Templates
    reached: tuple[str, ...]


PAGES = Memo("render", RenderedPage, Tiers.BOTH)
ANALYSIS: Memo[dict[str, Reads]] = Memo("analyse", dict[str, Reads], Tiers.BOTH)
TEMPLATES = Memo("templates", _ReadyTemplates, Tiers.MEMORY)


def render_pages(
    pages: Sequence[Page], site: Site, theme: Theme, tree: Tree, context: BuildContext
) -> Result[tuple[OutputFile, ...]]:
    """Return the finished pages; a page whose template failed is missing, its diagnostic there.

    A page's key: its output path, value and owner, the template, the path and text of every template that this one can
    reach, and each shared value that these read; and the time zone, because one moment is equal in two of them.
    Diagnostics: those of `render_page`.
    """
    if not tree.layers:
        return Result(())  # there is no theme, as the scan says
    shared = {one.language: _shared(one, theme) for one in site.languages}
    digests = {language: _digests(theme.shared) | _digests(values) for language, values in shared.items()}
    reads = _analysis(theme, sorted({page.template for page in pages}), context)
    templates = _templates(theme, reads, context)
    zone = {"time zone": tree.config.timezone}
    of_template = {
        language: {name: zone | _template_parts(theme, *read, values) for name, read in reads.items()}
        for language, values in digests.items()
    }

    refs: dict[int, str] = {}

    def parts(page: Page) -> dict[str, str]:
        common = of_template[page.language][page.template]
        return {"page": page_digest(page, refs), "kind of page": page.template, **common}

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        from notegen.render.render import compile_all

        workers = context.workers if len(missing) > PARALLEL_PAGES else 1
        if workers > 1:  # once, before they start
            compile_all(templates, _reached(reads[pages[number].template] for number in missing))
        work = _PageWork(Theme(templates, theme.sources, theme.shared, ()), shared)
        yield from bytes_of_pages.add(run(_page_renderer, work, [pages[number] for number in missing], workers))
        bytes_of_pages.flush()

    bytes_of_pages = PageStore(context)
    paths = [page.output for page in pages]
    rendered = list(memoize(PAGES, paths, pages, parts, make, context, digest(of_template)))
    good = [number for number, item in enumerate(rendered) if not item.failed]
    lost = bytes_of_pages.find(rendered[number].digest for number in good)
    if lost:  # bytes have left the cache: these pages are made again, and added to the store
        list(make([number for number in good if rendered[number].digest in lost]))
    files = tuple(bytes_of_pages.file(paths[number], rendered[number].digest) for number in good)
    return Result(files, tuple(item for page in rendered for item in page.diagnostics))


def page_digest(page: Page, refs: dict[int, str]) -> str:
    """Return the digest of a page's value and owner. `refs`: those of notes that stand in lists, by `id`.

    A note stands in a dozen lists: digested once, these take a third of the time.
    """

    def of_all(notes: Iterable[NoteRef]) -> list[str]:
        return [refs.get(id(ref)) or refs.setdefault(id(ref), digest(ref)) for ref in notes]

    value = page.value
    if not isinstance(value, ListPage):
        return digest(value, page.owner)
    years = [(year.year, year.count, of_all(year.notes)) for year in value.years]
    alone = msgspec.structs.replace(value, entries=(), years=())
    return digest(alone, page.owner, of_all(value.entries), years)


def _shared(site: Site, theme: Theme) -> dict[str, Any]:
    """Return the values that the pages of a language share, its labels where they are not those of the site."""
    labels = {"t": theme.labels[site.language]} if site.language else {}
    return {"site": site.info, "categories": site.categories, "tags": site.tags, **labels}


def _digests(values: Mapping[str, Any]) -> dict[str, str]:
    digests = {name: digest(value) for name, value in values.items()}
    return digests | {f"data.{name}": digest(value) for name, value in values.get("data", {}).items()}


def warm_up(context: BuildContext) -> None:
    """Compile the templates of the last build, so that the next page is rendered quickly."""
    from notegen.render.render import compile_all

    ready = last_value(TEMPLATES, "theme", context)
    if ready is not None:
        compile_all(ready.templates, ready.reached)


def _page_renderer(work: _PageWork) -> Callable[[Page], tuple[bytes, str, bytes]]:
    """Return the function that renders a page: the encoded RenderedPage, the digest of its bytes, and these."""
    from notegen.render.render import render_page

    encode = msgspec.msgpack.Encoder().encode

    def render(page: Page) -> tuple[bytes, str, bytes]:
        data, diagnostics = render_page(work.theme, page, work.shared[page.language])
        rendered = RenderedPage(digest_bytes(data), diagnostics)
        return encode(rendered), rendered.digest, data

    return render


def _sources(theme: Theme) -> dict[str, tuple[str, str]]:
    return {name: (file.path, file.digest) for name, file in theme.sources.items()}


def _reached(reads: Iterable[Reads]) -> tuple[str, ...]:
    """Return the names of all templates that some can reach."""
    return tuple(sorted(frozenset[str]().union(*(names for names, _ in reads))))


def _templates(theme: Theme, reads: Mapping[str, Reads], context: BuildContext) -> Templates:
    """Return the theme's templates, those of the last build when their paths and texts are the same."""
    reached = _reached(reads.values())

    def make(_sources: object) -> _ReadyTemplates:
        return _ReadyTemplates(theme.templates, reached)

    (ready,) = memoize_in_memory(TEMPLATES, ["theme"], [(_sources(theme), theme.templates.extensions)], make, context)
    return ready.templates


def _analysis(theme: Theme, names: Sequence[str], context: BuildContext) -> dict[str, Reads]:
    """Return what templates can reach and read, remembered by the paths and texts of all templates."""
    texts = {name: digest(*file) for name, file in _sources(theme).items()}

    def make(_missing: Sequence[int]) -> Iterator[bytes]:
        from notegen.jinja.dependencies import analyse

        yield msgspec.msgpack.encode(analyse(theme.sources, names))

    requested = {"which are used": digest(names), **texts}
    (reads,) = memoize(ANALYSIS, ["templates"], [requested], dict, make, context)
    return reads


def _template_parts(
    theme: Theme, templates: frozenset[str], shared: frozenset[str], values: Mapping[str, str]
) -> dict[str, str]:
    """Return the parts of a key that a template brings: all it can reach, the shared values they read."""
    files = ((name, theme.sources[name]) for name in sorted(templates) if name in theme.sources)
    texts = {f"template {name}": digest(file.path, file.digest) for name, file in files}
    return texts | {f"shared {name}": values[name] for name in sorted(shared & values.keys())}
