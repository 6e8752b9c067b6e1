"""What crawlers read: the sitemap, robots.txt, which names it, and llms.txt, the notes as a list in Markdown."""

from collections.abc import Iterable, Iterator

from notegen.model.config import Config
from notegen.model.pages import LlmsEntry, LlmsPage, Page, SitemapEntry, SitemapPage
from notegen.model.site import RenderedNote, Site
from notegen.model.strings import Url
from notegen.plan.alternates import list_alternates
from notegen.routes.lists import ARCHIVE, CATEGORIES, HOME, LLMS, ROBOTS, SITEMAP, TAGS, in_language
from notegen.routes.urls import Base, markdown_url, output_path


def crawler_pages(site: Site, base: Base) -> Iterator[Page]:
    """Yield the sitemap (no page 2 and on of lists) and robots.txt, which names it.

    A sitemap holds whole addresses (sitemaps.org/protocol.html), so a site that does not know its host has none.
    """
    papers = (site.info.papers_url, *(paper.url for paper in site.papers)) if site.papers else ()
    entries = (
        *(entry for one in site.languages for entry in _sitemap_entries(one, base)),
        *(SitemapEntry(base.absolute(url), None) for url in papers),
    )
    url = base.absolute(base.url(SITEMAP)) if base.origin else Url("")
    value = SitemapPage(base.absolute(base.url(HOME)), entries, url)
    if base.origin:
        yield Page(output_path(SITEMAP), "sitemap.xml", value, "the sitemap")
    yield Page(output_path(ROBOTS), "robots.txt", value, "robots.txt")


def _sitemap_entries(site: Site, base: Base) -> Iterator[SitemapEntry]:
    """Yield the lists of a language, its terms and folders, then its notes and pages."""
    for route in (HOME, ARCHIVE, CATEGORIES, TAGS):
        url = base.url(in_language(route, site.language))
        yield SitemapEntry(base.absolute(url), None, list_alternates(site, route))
    texts = {note.ref.url for note in site.pages}
    urls = [site.info.series_url] if site.series else []
    urls += [site.info.graph_url] if site.info.graph_url else []
    urls += [term.url for term in (*site.categories, *site.tags, *site.series)]
    urls += [section.url for section in site.sections if section.url not in texts]
    for url in urls:
        yield SitemapEntry(base.absolute(url), None)
    for note in (*site.notes, *site.pages):
        if note.in_sitemap and not note.ref.draft and note.ref.path != site.home:
            yield SitemapEntry(note.ref.permalink, note.ref.updated or note.ref.date, note.alternates)


def llms_pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield llms.txt of one language (llmstxt.org), where the site asks for it: its notes, newest first, its pages.

    Notes lead to their Markdown where there is such. What no list shows is not in it, nor what search engines are not
    told of.
    """
    if not config.outputs.llms:
        return
    path = in_language(LLMS, site.language)
    home = base.absolute(base.url(in_language(HOME, site.language)))
    value = LlmsPage(
        base.absolute(base.url(path)),
        home,
        site.info.title,
        site.info.description,
        tuple(_entries(site.notes, config, base)),
        tuple(_entries((page for page in site.pages if page.ref.path != site.home), config, base)),
    )
    yield Page(output_path(path), "llms.txt", value, "llms.txt")


def _entries(notes: Iterable[RenderedNote], config: Config, base: Base) -> Iterator[LlmsEntry]:
    for note in notes:
        if note.in_sitemap and not note.ref.draft:
            url = base.absolute(markdown_url(note.ref.url)) if config.outputs.markdown else note.ref.permalink
            yield LlmsEntry(note.ref.title, url, note.ref.description)
