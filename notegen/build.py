"""The stages put together: a Tree to a Build.

`notegen build` emits it, `notegen list` prints from it; there is no other path.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from notegen.model.config import read_settings
from notegen.model.diagnostic import Diagnostic, Severity, sort_key
from notegen.model.digest import digest_bytes
from notegen.model.note import Note
from notegen.model.output import Build, OutputFile
from notegen.model.site import Page
from notegen.model.source import Tree
from notegen.notes.read import make_reader
from notegen.site.link import Linked, link_notes
from notegen.site.plan import Plan, plan_pages
from notegen.site.urls import base_of
from notegen.theme.layers import Theme, load_theme
from notegen.theme.render import render_page

Progress = Callable[[str, int, int], None]  # stage, done, total


def build(tree: Tree, now: datetime, progress: Progress) -> Build:
    """Return the whole site as values. Never raises for anything an author wrote.

    read: each note alone; link: all notes together; plan: one Page per URL; render: each page alone. Diagnostics of all
    stages are sorted by place. `progress` is told of every note read and page made.
    """
    notes = read_notes(tree, progress)
    linked = link_notes(notes, tree, now)
    plan = plan_pages(linked, tree)
    theme, theme_problems = load_theme(tree, tree.config, base_path=base_of(tree.config.base_url).path)
    pages, page_problems = render_pages(plan, linked, theme, progress) if tree.layers else ([], [])
    files = _files(pages, plan, theme)
    found = (
        *tree.diagnostics,
        *(item for note in notes for item in note.diagnostics),
        *linked.diagnostics,
        *plan.diagnostics,
        *theme_problems,
        *page_problems,
    )
    return Build(files, tuple(sorted(set(found), key=sort_key)), linked.site, notes, len(plan.pages))


def read_notes(tree: Tree, progress: Progress) -> tuple[Note, ...]:
    """Return every note understood alone, in the order of the tree."""
    read = make_reader(read_settings(tree.config))
    notes = []
    for number, source in enumerate(tree.notes, start=1):
        notes.append(read(source))
        progress("read", number, len(tree.notes))
    return tuple(notes)


def render_pages(
    plan: Plan, linked: Linked, theme: Theme, progress: Progress
) -> tuple[list[OutputFile], list[Diagnostic]]:
    """Return the finished pages; a page whose template failed is missing, its diagnostic there."""
    site = linked.site
    shared = {"site": site.info, "categories": site.categories, "tags": site.tags}
    files: list[OutputFile] = []
    problems: list[Diagnostic] = []
    for number, page in enumerate(plan.pages, start=1):
        data, found = render_page(theme, page, shared)
        problems.extend(found)
        if not _failed(found):
            files.append(_output(page, data))
        progress("render", number, len(plan.pages))
    return files, problems


def _failed(found: Iterable[Diagnostic]) -> bool:
    return any(item.severity is Severity.ERROR for item in found)


def _output(page: Page, data: bytes) -> OutputFile:
    return OutputFile(page.output, digest_bytes(data), data)


def _files(pages: Sequence[OutputFile], plan: Plan, theme: Theme) -> tuple[OutputFile, ...]:
    """Return all output files in the order they are emitted: what pages need, then pages.

    A site's file wins over the theme's.
    """
    assets = {path: OutputFile(path, asset.digest, asset=asset) for path, asset in plan.assets.items()}
    made = {item.path: item for item in theme.files} | assets
    made.setdefault(".nojekyll", OutputFile(".nojekyll", digest_bytes(b""), b""))
    for page in pages:
        made.pop(page.path, None)
    return (*made.values(), *pages)
