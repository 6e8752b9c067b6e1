"""The stages put together: a Tree to a Build.

`notegen build` emits it, `notegen list` prints from it; there is no other path.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from notegen.contents import Contents
from notegen.memo import BATCH, Point, keep, recall, remember_values
from notegen.model.config import ReadSettings, read_settings
from notegen.model.diagnostic import Diagnostic, Severity, sort_key
from notegen.model.digest import digest, digest_bytes
from notegen.model.note import NO_BODY, Note
from notegen.model.output import Build, OutputFile
from notegen.model.site import Page
from notegen.model.source import SourceFile, Tree
from notegen.site.link import Linked
from notegen.site.plan import Plan, plan_pages
from notegen.site.relink import link
from notegen.site.search_index import search_index, search_urls
from notegen.site.urls import base_of
from notegen.theme.cards import card_urls, social_cards
from notegen.theme.font import math_font
from notegen.theme.layers import Reads, Templates, Theme, load_theme
from notegen.tools.fragments import Fragments
from notegen.tools.pool import run
from notegen.tools.tools import NoCache, Tools
from notegen.unchanged import remembered

PARALLEL_TEXT = 150_000  # characters to read from which on processes are worth starting
PARALLEL_PAGES = 200  # pages to make from which on they are


def build(tree: Tree, tools: Tools, now: datetime) -> Build:
    """Return the whole site as values, remembered for an unchanged tree. Never raises for anything an author wrote.

    Nor for what the cache holds: where that is no value of ours, it is done without.
    """
    try:
        return remembered(tree, tools, now, lambda tools: _build(tree, tools, now))
    except msgspec.DecodeError:
        return _build(tree, msgspec.structs.replace(tools, cache=NoCache()), now)


def _build(tree: Tree, tools: Tools, now: datetime) -> Build:
    """Go through the stages.

    read: each note alone, cached, in parallel; link: all notes together; plan: one Page per URL; render: each page
    alone, cached. Diagnostics of all stages are sorted by place.
    """
    with tools.stage("read"):
        notes = read_notes(tree, tools)
    with math_font((note.glyphs for note in notes), tree.font, tools) as font:
        with tools.stage("link"):
            linked = link(notes, tree, now, tools.held)
            # Bodies live on in the site.
            notes = tuple(msgspec.structs.replace(note, body=NO_BODY, excerpt=NO_BODY) for note in notes)
        with tools.stage("cards"):
            cards = social_cards(linked.site, tree, tools)
        with tools.stage("plan"):
            plan = plan_pages(linked, tree, cards.pictures, tools.held)
            base = base_of(tree.config.base_url)
            made = search_urls(tree, linked.site, base) | card_urls(cards)
            theme, theme_problems = load_theme(tree, tree.config, base_path=base.path, font=font.path, made=made)
        with search_index(linked.site, notes, tree, tools) as found_index:
            with tools.stage("render"):
                zone = tree.config.timezone
                pages, page_problems = render_pages(plan, linked, theme, zone, tools) if tree.layers else ([], [])
            with tools.stage("search"):
                index, index_problems = found_index()
        with tools.stage("font"):
            font_files, font_problems = font.wait()
    files = _files(pages, plan, theme, (*font_files, *index, *cards.files))
    found = (
        *tree.diagnostics,
        *(item for note in notes for item in note.diagnostics),
        *linked.diagnostics,
        *plan.diagnostics,
        *font_problems,
        *theme_problems,
        *page_problems,
        *index_problems,
        *cards.diagnostics,
    )
    told = tuple(sorted(dict.fromkeys(found), key=sort_key))
    return Build(files, told, linked.site, notes, len(linked.site.notes), len(plan.pages))


def read_notes(tree: Tree, tools: Tools) -> tuple[Note, ...]:
    """Return every note understood alone, in the order of the tree. A note's key: its path, the settings, its bytes.

    What is slow in a note (highlighted code, formulas for KaTeX) is kept by its path and value, for when it changes.
    """
    settings = read_settings(tree.config)
    common = digest(settings)

    def parts(item: SourceFile) -> dict[str, str]:
        return {"settings": common, "text": item.digest}

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        import notegen.notes.read  # noqa: F401 (once, before the workers start)

        sources = [tree.notes[number] for number in missing]
        paths = [source.path for source in sources]
        jobs = list(zip(sources, recall("fragments", paths, tools), strict=True))
        size = sum(len(source.text) for source in sources)
        workers = tools.workers if size > PARALLEL_TEXT else 1
        for (source, known), (data, used) in zip(jobs, run(_note_maker, settings, jobs, workers), strict=True):
            slow.update({source.path: used} if used != known else {})
            if len(slow) >= BATCH:
                keep("fragments", slow, tools)
                slow.clear()
            yield data

    slow: dict[str, dict[str, str]] = {}
    point = Point("read", common, parts, make, msgspec.msgpack.Decoder(Note).decode)
    notes = tuple(remember_values(point, [item.path for item in tree.notes], tree.notes, tools))
    keep("fragments", slow, tools)
    return notes


def _note_maker(settings: ReadSettings) -> Callable[[tuple[SourceFile, dict[str, str]]], tuple[bytes, dict[str, str]]]:
    """Return the function that reads a note with what is known of it, and encodes it."""
    from notegen.notes.read import make_reader

    read, encode = make_reader(settings), msgspec.msgpack.Encoder().encode

    def make(job: tuple[SourceFile, dict[str, str]]) -> tuple[bytes, dict[str, str]]:
        fragments = Fragments(job[1])
        return encode(read(job[0], fragments)), fragments.used

    return make


class _Rendered(msgspec.Struct, frozen=True):
    """What is remembered of a page. Its bytes stand apart, under their own digest: few builds need them."""

    digest: str
    diagnostics: tuple[Diagnostic, ...] = ()


class _PageWork(msgspec.Struct, frozen=True):
    """What rendering pages needs, as values."""

    theme: Theme
    site: Mapping[str, Any]  # the site's shared values


def render_pages(
    plan: Plan, linked: Linked, theme: Theme, zone: str, tools: Tools
) -> tuple[list[OutputFile], list[Diagnostic]]:
    """Return the finished pages; a page whose template failed is missing, its diagnostic there.

    A page's key: its output path, value and owner, the template, the path and text of every template that this one can
    reach, and each shared value that these read; and the time zone, because one moment is equal in two of them.
    """
    site = linked.site
    shared = {"site": site.info, "categories": site.categories, "tags": site.tags}
    values = {name: digest(value) for name, value in {**theme.shared, **shared}.items()}
    reads = _analysis(theme, sorted({page.template for page in plan.pages}), tools)
    in_zone = {"time zone": zone}
    of_template = {name: in_zone | _template_parts(theme, *found, values) for name, found in reads.items()}
    templates = _templates(theme, reads, tools)

    def parts(page: Page) -> dict[str, str]:
        return {"page": digest(page.value, page.owner), "kind of page": page.template, **of_template[page.template]}

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        from notegen.theme.render import compile_all

        workers = tools.workers if len(missing) > PARALLEL_PAGES else 1
        if workers > 1:  # once, before they start
            compile_all(templates, _reached(reads[plan.pages[number].template] for number in missing))
        work = _PageWork(Theme(templates, theme.sources, theme.shared, ()), shared)
        yield from contents.keep(run(_page_maker, work, [plan.pages[number] for number in missing], workers))

    contents = Contents(tools)
    point = Point("render", digest(of_template), parts, make, msgspec.msgpack.Decoder(_Rendered).decode)
    paths = [page.output for page in plan.pages]
    rendered = list(remember_values(point, paths, plan.pages, tools))
    contents.flush()
    files = _page_files(plan.pages, rendered, contents, make, tools)
    return files, [problem for item in rendered for problem in item.diagnostics]


def _page_files(
    pages: Sequence[Page],
    rendered: Sequence[_Rendered],
    contents: Contents,
    make: Callable[[Sequence[int]], Iterator[bytes]],
    tools: Tools,
) -> list[OutputFile]:
    """Return the file of each page that did not fail, the last build's where it is the same.

    Pages whose bytes have left the cache are made again.
    """
    files: list[OutputFile | None] = [tools.held.get(("file", page.output)) for page in pages]
    rest: list[int] = []
    for number, (file, item) in enumerate(zip(files, rendered, strict=True)):
        if item.diagnostics and _failed(item.diagnostics):
            files[number] = None
        elif file is None or file.digest != item.digest:
            rest.append(number)
    lost = contents.find(rendered[number].digest for number in rest)
    again = [number for number in rest if rendered[number].digest in lost]
    if again:
        list(make(again))  # which keeps each
        contents.flush()
    for number in rest:
        path = pages[number].output
        files[number] = file = contents.file(path, rendered[number].digest)
        tools.held.put(("file", path), file, len(file.data or file.packed or b""))
    return [file for file in files if file is not None]


def _page_maker(work: _PageWork) -> Callable[[Page], tuple[bytes, str, bytes]]:
    """Return the function that renders a page: what is remembered of it, the digest and the bytes."""
    from notegen.theme.render import render_page

    encode = msgspec.msgpack.Encoder().encode

    def make(page: Page) -> tuple[bytes, str, bytes]:
        data, problems = render_page(work.theme, page, work.site)
        mark = digest_bytes(data)
        return encode(_Rendered(mark, problems)), mark, data

    return make


def warm_up(tree: Tree, tools: Tools) -> None:
    """Do once what the next build will need and the last one, of `tree` with these tools, has not: load, compile."""
    from notegen.theme.render import compile_all

    note = next((note for note in tree.notes if len(note.text) < PARALLEL_TEXT), SourceFile("", "", ""))
    _note_maker(read_settings(tree.config))((note, {}))
    last: _HeldTemplates | None = tools.held.get("templates")
    if last:
        compile_all(last.templates, last.reached)


class _HeldTemplates(msgspec.Struct, frozen=True):
    """The templates of the last build, the paths and texts they are made of, and those that its pages can reach."""

    texts: dict[str, tuple[str, str]]
    templates: Templates
    reached: tuple[str, ...]


def _templates(theme: Theme, reads: Mapping[str, Reads], tools: Tools) -> Templates:
    """Return the theme's templates, those of the last build when their paths and texts are the same."""
    texts = {name: (file.path, file.digest) for name, file in theme.sources.items()}
    last: _HeldTemplates | None = tools.held.get("templates")
    templates = last.templates if last and last.texts == texts else theme.templates
    tools.held.put("templates", _HeldTemplates(texts, templates, _reached(reads.values())), 0)
    return templates


def _reached(reads: Iterable[Reads]) -> tuple[str, ...]:
    return tuple(sorted(frozenset[str]().union(*(names for names, _ in reads))))


def _analysis(theme: Theme, names: Sequence[str], tools: Tools) -> dict[str, Reads]:
    """Return what templates can reach and read, remembered by the paths and texts of all templates."""
    texts = {name: digest(file.path, file.digest) for name, file in theme.sources.items()}

    def make(_missing: Sequence[int]) -> Iterator[bytes]:
        from notegen.theme.analyse import analyse

        yield msgspec.msgpack.encode(analyse(theme.sources, names))

    point = Point("analyse", "", _same, make, msgspec.msgpack.Decoder(dict[str, Reads]).decode)
    (found,) = remember_values(point, ["templates"], [{"which are used": digest(names), **texts}], tools)
    return found


def _same(parts: dict[str, str]) -> dict[str, str]:
    return parts


def _template_parts(
    theme: Theme, templates: frozenset[str], shared: frozenset[str], values: Mapping[str, str]
) -> dict[str, str]:
    """Return the parts of a key that a template brings: all it can reach, the shared values they read."""
    files = ((name, theme.sources[name]) for name in sorted(templates) if name in theme.sources)
    texts = {f"template {name}": digest(file.path, file.digest) for name, file in files}
    return texts | {f"shared {name}": values[name] for name in sorted(shared)}


def _failed(found: Iterable[Diagnostic]) -> bool:
    return any(item.severity is Severity.ERROR for item in found)


def _files(pages: Sequence[OutputFile], plan: Plan, theme: Theme, more: Sequence[OutputFile]) -> tuple[OutputFile, ...]:
    """Return all output files in the order they are emitted: what pages need, then pages. `more`: neither is.

    A site's file wins over the theme's.
    """
    assets = {path: OutputFile(path, asset.digest, asset=asset) for path, asset in plan.assets.items()}
    for path, variant in plan.variants.items():
        assets[path] = OutputFile(path, variant.digest, asset=variant.asset, variant=variant)
    made = {item.path: item for item in (*theme.files, *more)} | assets
    made.setdefault(".nojekyll", OutputFile(".nojekyll", digest_bytes(b""), b""))
    for page in pages:
        made.pop(page.path, None)
    return (*made.values(), *pages)
