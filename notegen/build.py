"""The stages put together: a Tree to a Build.

`notegen build` emits it, `notegen list` prints from it; there is no other path.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from notegen.memo import Wanted, remember
from notegen.model.config import ReadSettings, read_settings
from notegen.model.diagnostic import Diagnostic, Severity, sort_key
from notegen.model.digest import digest, digest_bytes
from notegen.model.note import Note
from notegen.model.output import Build, OutputFile
from notegen.model.site import Page
from notegen.model.source import SourceFile, Tree
from notegen.notes.read import make_reader
from notegen.site.link import Linked, link_notes
from notegen.site.plan import Plan, plan_pages
from notegen.site.urls import base_of
from notegen.theme.font import math_font
from notegen.theme.layers import Theme, load_theme
from notegen.theme.render import reads, render_page
from notegen.tools.pool import run
from notegen.tools.tools import Tools

PARALLEL_FROM = 400_000  # characters to read before starting processes is worth it


def build(tree: Tree, tools: Tools, now: datetime) -> Build:
    """Return the whole site as values. Never raises for anything an author wrote.

    read: each note alone, cached, in parallel; link: all notes together; plan: one Page per URL; render: each page
    alone, cached. Diagnostics of all stages are sorted by place.
    """
    notes = read_notes(tree, tools)
    linked = link_notes(notes, tree, now)
    plan = plan_pages(linked, tree)
    font, font_problems = math_font((note.glyphs for note in notes), tree.font, tools)
    theme, theme_problems = load_theme(tree, tree.config, base_path=base_of(tree.config.base_url).path, font=font)
    pages, page_problems = render_pages(plan, linked, theme, tools) if tree.layers else ([], [])
    files = _files(pages, plan, theme)
    found = (
        *tree.diagnostics,
        *(item for note in notes for item in note.diagnostics),
        *linked.diagnostics,
        *plan.diagnostics,
        *font_problems,
        *theme_problems,
        *page_problems,
    )
    return Build(files, tuple(sorted(set(found), key=sort_key)), linked.site, notes, len(plan.pages))


def read_notes(tree: Tree, tools: Tools) -> tuple[Note, ...]:
    """Return every note understood alone, in the order of the tree. A note's key: settings, path, bytes."""
    settings = read_settings(tree.config)
    common = digest(settings)
    wanted = [Wanted(item.path, {"settings": common, "text": item.digest}) for item in tree.notes]

    def make(missing: Sequence[int]) -> Iterable[bytes]:
        sources = [tree.notes[number] for number in missing]
        size = sum(len(source.text) for source in sources)
        return run(_encoding_reader, settings, sources, tools.workers if size > PARALLEL_FROM else 1)

    decoder = msgspec.msgpack.Decoder(Note)
    return tuple(decoder.decode(data) for data in remember("read", wanted, make, tools))


def _encoding_reader(settings: ReadSettings) -> Callable[[SourceFile], bytes]:
    """Return the function that reads a note and encodes it, for the cache and for the way between processes."""
    read = make_reader(settings)
    encoder = msgspec.msgpack.Encoder()
    return lambda source: encoder.encode(read(source))


class _Rendered(msgspec.Struct, frozen=True):
    """A page as the cache keeps it."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


def render_pages(plan: Plan, linked: Linked, theme: Theme, tools: Tools) -> tuple[list[OutputFile], list[Diagnostic]]:
    """Return the finished pages; a page whose template failed is missing, its diagnostic there.

    A page's key: its value, the templates it can reach, and each shared value that these read.
    """
    site = linked.site
    shared = {"site": site.info, "categories": site.categories, "tags": site.tags}
    values = {name: digest(value) for name, value in {**theme.shared, **shared}.items()}
    parts = {name: _template_parts(theme, name, values) for name in {page.template for page in plan.pages}}
    wanted = [
        Wanted(page.output, {"page": digest(page.value, page.owner), **parts[page.template]}) for page in plan.pages
    ]

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        for number in missing:
            yield msgspec.msgpack.encode(_Rendered(*render_page(theme, plan.pages[number], shared)))

    files: list[OutputFile] = []
    problems: list[Diagnostic] = []
    decoder = msgspec.msgpack.Decoder(_Rendered)
    for page, data in zip(plan.pages, remember("render", wanted, make, tools), strict=True):
        rendered = decoder.decode(data)
        problems.extend(rendered.diagnostics)
        if not _failed(rendered.diagnostics):
            files.append(_output(page, rendered.data))
    return files, problems


def _template_parts(theme: Theme, name: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a key that a template brings: texts of all it can reach, shared values they read."""
    templates, shared = reads(theme, name)
    texts = {f"template {item}": theme.sources[item].digest for item in templates if item in theme.sources}
    return texts | {f"shared {item}": values[item] for item in shared}


def _failed(found: Iterable[Diagnostic]) -> bool:
    return any(item.severity is Severity.ERROR for item in found)


def _output(page: Page, data: bytes) -> OutputFile:
    return OutputFile(page.output, digest_bytes(data), data)


def _files(pages: Sequence[OutputFile], plan: Plan, theme: Theme) -> tuple[OutputFile, ...]:
    """Return all output files in the order they are emitted: what pages need, then pages.

    A site's file wins over the theme's.
    """
    assets = {path: OutputFile(path, asset.digest, asset=asset) for path, asset in plan.assets.items()}
    for path, variant in plan.variants.items():
        assets[path] = OutputFile(path, variant.digest, asset=variant.asset, variant=variant)
    made = {item.path: item for item in theme.files} | assets
    made.setdefault(".nojekyll", OutputFile(".nojekyll", digest_bytes(b""), b""))
    for page in pages:
        made.pop(page.path, None)
    return (*made.values(), *pages)
