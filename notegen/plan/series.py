"""The page of each series: its notes in reading order, all on one page."""

from collections.abc import Iterator

from notegen.model.pages import ListPage, Page
from notegen.model.site import NoteRef, Site
from notegen.plan.pagination import pagination
from notegen.routes import Base, output_path, site_path


def pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield one page for each series."""
    parts: dict[str, dict[int, NoteRef]] = {}
    for note in site.notes:
        if note.series is not None:
            parts.setdefault(note.series.series.name, {})[note.series.number] = note.ref
    for term in site.series:
        path = site_path(term.url, base)
        entries = tuple(ref for _, ref in sorted(parts[term.name].items()))
        value = ListPage(
            url=term.url,
            canonical=base.absolute(term.url),
            title=term.name,
            description="",
            kind="series",
            count=len(entries),
            entries=entries,
            pagination=pagination([term.url], 1),
            has_math=any(ref.has_math for ref in entries),
            term=term,
        )
        yield Page(output_path(path), "series.html", value, f"the series {term.name}")
