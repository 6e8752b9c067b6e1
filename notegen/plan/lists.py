"""Lists of notes: one for each category and tag, paginated; one for each series, on one page."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from notegen.model.config import Config
from notegen.model.pages import ListPage, Page
from notegen.model.site import NoteRef, Site, Term
from notegen.model.strings import SitePath
from notegen.plan.pagination import chunks, pagination
from notegen.routes.lists import list_paths
from notegen.routes.urls import Base, output_path, site_path


class _List(msgspec.Struct, frozen=True):
    """What the pages of a list are made of. `path` is the site path of its first page."""

    kind: str  # see ListPage
    path: SitePath
    title: str
    notes: Sequence[NoteRef]
    term: Term


def list_pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the pages of all categories and of all tags."""
    notes = [note.ref for note in site.notes]
    categories, tags = _members(notes, "category"), _members(notes, "tag")
    lists = [_of_term("category", term, categories[term.name], base) for term in site.categories]
    lists += [_of_term("tag", term, tags[term.name], base) for term in site.tags]
    for item in lists:
        yield from _pages(item, config.paginate, base)


def series_pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield one page for each series: its notes in reading order."""
    parts: dict[str, dict[int, NoteRef]] = {}
    for note in site.notes:
        if note.series is not None:
            parts.setdefault(note.series.series.name, {})[note.series.number] = note.ref
    for term in site.series:
        notes = [ref for _, ref in sorted(parts[term.name].items())]
        yield from _pages(_of_term("series", term, notes, base), len(notes), base)


def _members(notes: Sequence[NoteRef], kind: str) -> Mapping[str, list[NoteRef]]:
    """Return the notes of each term, newest first."""
    members: dict[str, list[NoteRef]] = {}
    for ref in notes:
        for term in ref.categories if kind == "category" else ref.tags:
            members.setdefault(term.name, []).append(ref)
    return members


def _of_term(kind: str, term: Term, notes: Sequence[NoteRef], base: Base) -> _List:
    return _List(kind, site_path(term.url, base), term.name, notes, term)


_TEMPLATES = {"category": "term.html", "tag": "term.html", "series": "series.html"}


def _pages(item: _List, size: int, base: Base) -> Iterator[Page]:
    """Yield the pages of a list, `size` notes on each."""
    parts = chunks(item.notes, size)
    paths = list_paths(item.path, len(parts))
    urls = [base.url(path) for path in paths]
    owner = f"the series {item.title}" if item.kind == "series" else f"the {item.kind} list {item.title}"
    for number, entries in enumerate(parts, start=1):
        value = ListPage(
            url=urls[number - 1],
            canonical=base.absolute(urls[number - 1]),
            title=item.title,
            description="",
            kind=item.kind,
            count=len(item.notes),
            entries=tuple(entries),
            pagination=pagination(urls, number),
            has_math=any(ref.has_math for ref in entries),
            term=item.term,
            feed_url=item.term.feed_url,
        )
        yield Page(output_path(paths[number - 1]), _TEMPLATES[item.kind], value, owner)
