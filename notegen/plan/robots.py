"""What crawlers read: sitemap.xml and robots.txt."""

from collections.abc import Iterator

from notegen.model.pages import Page, SitemapEntry, SitemapPage
from notegen.model.site import Site
from notegen.routes import ARCHIVE, CATEGORIES, HOME, ROBOTS, SITEMAP, TAGS, Base, output_path


def pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield the sitemap (no page 2 and on of lists) and robots.txt, which names it.

    A sitemap holds whole addresses (sitemaps.org/protocol.html), so a site that does not know its host has none.
    """
    lists = [base.url(path) for path in (HOME, ARCHIVE, CATEGORIES, TAGS)]
    lists += [site.info.series_url] if site.series else []
    terms = [term.url for term in (*site.categories, *site.tags, *site.series)]
    entries = [
        *(SitemapEntry(base.absolute(url), None) for url in (*lists, *terms)),
        *(
            SitemapEntry(note.ref.permalink, note.ref.updated or note.ref.date)
            for note in (*site.notes, *site.pages)
            if not note.ref.draft
        ),
    ]
    url = base.absolute(base.url(SITEMAP)) if base.origin else ""
    value = SitemapPage(base.absolute(base.url(HOME)), tuple(entries), url)
    if base.origin:
        yield Page(output_path(SITEMAP), "sitemap.xml", value, "the sitemap")
    yield Page(output_path(ROBOTS), "robots.txt", value, "robots.txt")
