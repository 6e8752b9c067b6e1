"""Lists of notes: of each category, paginated; of each tag by year, a line a note; of each series, on one page."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from notegen.model.config import Config
from notegen.model.pages import ListPage, Page
from notegen.model.site import NoteRef, RenderedNote, Site, Term
from notegen.model.strings import SitePath
from notegen.plan.archive import as_rows, by_year, year_counts
from notegen.plan.pagination import chunks, pagination
from notegen.routes.lists import LIST_ROWS, list_paths
from notegen.routes.urls import Base, output_path, site_path


class _List(msgspec.Struct, frozen=True):
    """What the pages of a list are made of. `path` is the site path of its first page."""

    kind: str  # see ListPage; notes of a tag have a line each
    path: SitePath
    title: str
    notes: Sequence[NoteRef]
    term: Term


def list_pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the pages of all categories and of all tags."""
    notes = [note.ref for note in site.notes]
    categories = _members(notes, "category", {})
    tags = _members(as_rows(notes), "tag", {term.name: term for term in site.tags})
    texts = texts_of_terms(site)
    lists = [_of_term("category", term, categories[term.name], base) for term in site.categories]
    lists += [_of_term("tag", term, tags[term.name], base) for term in site.tags]
    for item in lists:
        size = LIST_ROWS if item.kind == "tag" else config.paginate
        yield from _pages(item, size, base, texts, _below(item, site))


def series_pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield one page for each series: its notes in reading order."""
    parts: dict[str, dict[int, NoteRef]] = {}
    texts = texts_of_terms(site)
    for note in site.notes:
        if note.series is not None:
            parts.setdefault(note.series.series.name, {})[note.series.number] = note.ref
    for term in site.series:
        notes = [ref for _, ref in sorted(parts[term.name].items())]
        yield from _pages(_of_term("series", term, notes, base), len(notes), base, texts)


def texts_of_terms(site: Site) -> dict[str, RenderedNote]:
    """Return the texts of categories, tags and series, by the URL of the list that they stand above."""
    if not site.term_texts:
        return {}
    return {page.ref.url: page for page in site.pages if page.ref.path in site.term_texts}


def _below(item: "_List", site: Site) -> tuple[Term, ...]:
    """Return the terms below that of a list."""
    terms = site.tags if item.kind == "tag" else site.categories
    return tuple(term for term in terms if term.parent == item.title) if any(term.parent for term in terms) else ()


def _members(notes: Sequence[NoteRef], kind: str, terms: Mapping[str, Term]) -> Mapping[str, list[NoteRef]]:
    """Return the notes of each term, newest first. `terms`, by name: those whose lists have the notes of others."""
    members: dict[str, list[NoteRef]] = {}
    for ref in notes:
        names = dict.fromkeys(term.name for term in (ref.categories if kind == "category" else ref.tags))
        for name in [*names]:
            while name in terms and (name := terms[name].parent):
                names[name] = None
        for name in names:
            members.setdefault(name, []).append(ref)
    return members


def _of_term(kind: str, term: Term, notes: Sequence[NoteRef], base: Base) -> _List:
    return _List(kind, site_path(term.url, base), term.name, notes, term)


_TEMPLATES = {"category": "term.html", "tag": "term.html", "series": "series.html"}


def _pages(
    item: _List, size: int, base: Base, texts: Mapping[str, RenderedNote], below: tuple[Term, ...] = ()
) -> Iterator[Page]:
    """Yield the pages of a list, `size` notes on each. `texts`: see `texts_of_terms`; `below`: terms below its own."""
    text = texts.get(item.term.url)
    parts = chunks(item.notes, size)
    counts = year_counts(item.notes) if item.kind == "tag" else {}
    paths = list_paths(item.path, len(parts))
    urls = [base.url(path) for path in paths]
    owner = f"the series {item.title}" if item.kind == "series" else f"the {item.kind} list {item.title}"
    for number, entries in enumerate(parts, start=1):
        value = ListPage(
            url=urls[number - 1],
            canonical=base.absolute(urls[number - 1]),
            title=item.title,
            description=text.ref.description if text else "",
            kind=item.kind,
            count=len(item.notes),
            entries=tuple(entries),
            pagination=pagination(urls, number),
            years=by_year(entries, counts) if item.kind == "tag" else (),
            has_dates=any(ref.date for ref in item.notes),
            has_math=any(ref.has_math for ref in entries) or (number == 1 and text is not None and text.has_math),
            term=item.term,
            feed_url=item.term.feed_url,
            note=text if number == 1 else None,
            below=below,
        )
        yield Page(output_path(paths[number - 1]), _TEMPLATES[item.kind], value, owner)
