"""The archive: every note by year, and the overviews of all categories and all tags."""

from collections.abc import Iterator, Sequence

from notegen.model.config import Config
from notegen.model.site import ArchivePage, NoteRef, Page, Site, TermsPage, Year
from notegen.site.pages.pagination import chunks, page_site_path, pagination
from notegen.site.urls import Base, output_path


def pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the archive's pages, then the two overviews. Titles are keys of the theme's labels."""
    refs = [note.ref for note in site.notes]
    parts = chunks(refs, config.paginate)
    for number, entries in enumerate(parts, start=1):
        path = page_site_path("/archives/", number)
        value = ArchivePage(
            url=base.url(path),
            canonical=base.absolute(base.url(path)),
            title="archive",
            description="",
            count=len(refs),
            years=_years(entries),
            pagination=pagination("/archives/", number, len(parts), base),
            has_math=any("<math" in ref.title_html for ref in entries),
        )
        yield Page(output_path(path), "archive.html", value, "the archive")
    for kind, terms in (("categories", site.categories), ("tags", site.tags)):
        url = base.url(f"/{kind}/")
        overview = TermsPage(url, base.absolute(url), kind, "", kind, terms)
        yield Page(f"{kind}/index.html", "terms.html", overview, f"the overview of {kind}")


def _years(refs: Sequence[NoteRef]) -> tuple[Year, ...]:
    """Return the notes grouped by year in the order given; undated ones are year 0."""
    groups: dict[int, list[NoteRef]] = {}
    for ref in refs:
        groups.setdefault(ref.date.year if ref.date else 0, []).append(ref)
    return tuple(Year(year, tuple(found)) for year, found in groups.items())
