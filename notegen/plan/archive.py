"""The archive: every note by year; overviews of categories, tags, series and of the works that notes cite."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from notegen.model.pages import ArchivePage, Page, PaperPage, PapersPage, TermGroup, TermsPage, Year
from notegen.model.site import Link, NoteRef, Paper, Site
from notegen.model.strings import Html
from notegen.plan.alternates import list_alternates
from notegen.plan.pagination import chunks, pagination
from notegen.routes.lists import ARCHIVE, CATEGORIES, LIST_ROWS, SERIES, TAGS, in_language, list_paths
from notegen.routes.urls import Base, output_path, site_path

WORKS = 200  # works on a page of the overview
FEW = 4  # notes shown under a category or a series in its overview


def archive_pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield the archive: one page, for a very large site some. Titles are keys of the theme's labels."""
    refs = as_rows(note.ref for note in site.notes)
    counts = year_counts(refs)
    parts = chunks(refs, LIST_ROWS)
    paths = list_paths(in_language(ARCHIVE, site.language), len(parts))
    urls = [base.url(path) for path in paths]
    for number, entries in enumerate(parts, start=1):
        value = ArchivePage(
            url=urls[number - 1],
            canonical=base.absolute(urls[number - 1]),
            title="archive",
            description="",
            count=len(refs),
            years=by_year(entries, counts),
            pagination=pagination(urls, number),
            has_math=any(ref.has_math for ref in entries),
            alternates=list_alternates(site, ARCHIVE) if number == 1 else (),
            has_dates=any(ref.date for ref in refs),
        )
        yield Page(output_path(paths[number - 1]), "archive.html", value, "the archive")


def overview_pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield the overviews of all categories, all tags, and all series if there are any."""
    for kind, route, terms, groups in (
        ("categories", CATEGORIES, site.categories, _categories(site)),
        ("tags", TAGS, site.tags, ()),
        ("series", SERIES, site.series, _series(site)),
    ):
        if kind != "series" or terms:
            path = in_language(route, site.language)
            url = base.url(path)
            alternates = list_alternates(site, route) if kind != "series" else ()
            shows_math = any("<math" in link.title_html for group in groups for link in group.notes)
            overview = TermsPage(url, base.absolute(url), kind, "", kind, terms, shows_math, groups, alternates)
            yield Page(output_path(path), "terms.html", overview, f"the overview of {kind}")


def _categories(site: Site) -> tuple[TermGroup, ...]:
    """Return the categories, each with its newest notes."""
    newest: dict[str, list[Link]] = {term.name: [] for term in site.categories}
    for note in site.notes:
        for term in note.ref.categories:
            if len(newest[term.name]) < FEW:
                newest[term.name].append(Link(note.ref.title, note.ref.title_html, note.ref.url))
    return tuple(TermGroup(term, tuple(newest[term.name])) for term in site.categories)


def _series(site: Site) -> tuple[TermGroup, ...]:
    """Return the series, each with its first notes."""
    notes = {note.series.series.name: note.series.notes[:FEW] for note in site.notes if note.series}
    return tuple(TermGroup(term, notes[term.name]) for term in site.series)


def _year(ref: NoteRef) -> int:
    """Return the year of a note, 0 without a date."""
    return ref.date.year if ref.date else 0


def as_rows(refs: Iterable[NoteRef]) -> list[NoteRef]:
    """Return what lists of one line a note show of them: an edit of an excerpt changes no such list."""
    return [
        msgspec.structs.replace(ref, excerpt=Html(""), description="", has_math="<math" in ref.title_html)
        for ref in refs
    ]


def year_counts(refs: Iterable[NoteRef]) -> Counter[int]:
    """Return how many of the notes each year has."""
    return Counter(map(_year, refs))


def by_year(refs: Sequence[NoteRef], counts: Mapping[int, int]) -> tuple[Year, ...]:
    """Return the notes grouped by year in the order given; undated ones are year 0. `counts`: notes of each year."""
    groups: dict[int, list[NoteRef]] = {}
    for ref in refs:
        groups.setdefault(_year(ref), []).append(ref)
    return tuple(Year(year, tuple(notes), counts[year]) for year, notes in groups.items())


def paper_pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield the page of each work, and those of the overview. Titles of the overview are keys of the theme's labels."""
    if not site.papers:
        return
    parts = chunks(site.papers, WORKS)
    paths = list_paths(site_path(site.info.papers_url, base), len(parts))
    urls = [base.url(path) for path in paths]
    for number, papers in enumerate(parts, start=1):
        url = urls[number - 1]
        rows = pagination(urls, number)
        math = any("<math" in paper.work.title for paper in papers)
        value = PapersPage(url, base.absolute(url), "papers", "", len(site.papers), tuple(papers), rows, math)
        yield Page(output_path(paths[number - 1]), "papers.html", value, "the list of papers")
    for paper in site.papers:
        yield _paper_page(paper, base)


def _paper_page(paper: Paper, base: Base) -> Page:
    work = paper.work
    texts = (
        *(work.before, work.after, work.title, work.abstract),
        *(item.context_html + item.link.title_html for item in paper.citing),
        *(item.link.title_html for item in paper.together),
    )
    math = any("<math" in text for text in texts)
    value = PaperPage(paper.url, base.absolute(paper.url), work.title_text, "", paper, math)
    return Page(output_path(site_path(paper.url, base)), "paper.html", value, f"the paper {work.key}")
