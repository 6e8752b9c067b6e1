"""The plan: a Site to one Page per URL, values only.

Two pages with one address are found here, before anything is written.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.pages import NotePage, Page, Picture, RedirectPage
from notegen.model.site import Linked, Site
from notegen.model.source import Asset, ImageVariant, Tree
from notegen.model.strings import Url
from notegen.plan.alternates import section_alternates
from notegen.plan.archive import archive_pages, overview_pages, paper_pages
from notegen.plan.conflicts import Claim, Rank, conflicts
from notegen.plan.feed import feed_pages
from notegen.plan.graph.page import graph_pages
from notegen.plan.home import home_pages
from notegen.plan.lists import list_pages, series_pages
from notegen.plan.sections import section_pages
from notegen.plan.single import not_found_page, note_pages, redirect_pages, redirects_file
from notegen.plan.sitemap import crawler_pages, llms_pages
from notegen.routes.urls import Base, base_of

# A file of static/ takes the place of these.
OVERRIDABLE = frozenset({"404.html", "atom.xml", "feed.json", "llms.txt", "robots.txt", "rss.xml", "sitemap.xml"})

_RANKS: dict[type, Rank] = {NotePage: Rank.NOTE, RedirectPage: Rank.REDIRECT}


class Plan(msgspec.Struct, frozen=True):
    """Every page to make, every asset to copy and image to make, by output path."""

    pages: tuple[Page, ...]
    assets: dict[str, Asset]
    variants: dict[str, ImageVariant]
    redirects: bytes = b""  # of the file _redirects, which Netlify and Cloudflare Pages read; empty: none


def plan_pages(linked: Linked, tree: Tree, cards: Mapping[Url, Picture] | None = None) -> Result[Plan]:
    """Return the pages and files of the site. `cards`: the social card of a page, by its URL.

    Diagnostics: url-conflict, url-taken, config-no-base-url.
    """
    config = tree.config
    base = base_of(config.base_url)
    files = {file.path: file.asset for file in linked.files.values()}
    site = linked.site
    planned = [
        *paper_pages(site, base),
        *(page for one in site.languages for page in _pages(one, linked, files, cards or {}, config, base)),
        not_found_page(config, base),
        *redirect_pages(linked, base),
        *(page for one in site.languages for page in _in_language(feed_pages(one, config, base), one)),
        *crawler_pages(site, base),
        *(page for one in site.languages for page in _in_language(llms_pages(one, config, base), one)),
    ]
    pages = [page for page in planned if page.template not in OVERRIDABLE or page.output not in files]
    claims = [*map(_claim, pages), *(Claim(path, asset.path, Rank.FILE) for path, asset in files.items())]
    settled = conflicts(claims)
    pages = [page for number, page in enumerate(pages) if number not in settled.lost]
    lost_files = {claims[number].path for number in settled.lost if claims[number].rank == Rank.FILE}
    taken = {page.output for page in pages} | lost_files
    plan = Plan(
        tuple(pages),
        {path: item for path, item in files.items() if path not in taken},
        {path.lstrip("/"): variant for path, variant in linked.variants.items() if path.lstrip("/") not in taken},
        redirects_file(linked, {page.output for page in pages if page.template == "redirect.html"}, base),
    )
    return Result(plan, (*settled.diagnostics, *_unaddressed(tree, base)))


def _pages(
    site: Site,
    linked: Linked,
    files: Mapping[str, Asset],
    cards: Mapping[Url, Picture],
    config: Config,
    base: Base,
) -> Iterator[Page]:
    """Yield the lists, folders and notes of one language."""
    pages = (
        *home_pages(site, config, base),
        *list_pages(site, config, base),
        *section_pages(site, files, section_alternates(linked.site), base),
        *archive_pages(site, base),
        *overview_pages(site, base),
        *graph_pages(site, config, base),
        *series_pages(site, base),
        *note_pages(site, linked.owners, files, cards, base, with_markdown=config.outputs.markdown),
    )
    yield from _in_language(pages, site)


def _in_language(pages: Iterable[Page], site: Site) -> Iterable[Page]:
    """Return the pages as those of a site's language."""
    if not site.language:
        return pages
    return [msgspec.structs.replace(page, language=site.language) for page in pages]


def _claim(page: Page) -> Claim:
    """Return the claim of a page to its file."""
    rank = _RANKS.get(page.value.__class__, Rank.PAGE)
    return Claim(page.output, page.owner, rank)


def _unaddressed(tree: Tree, base: Base) -> Iterator[Diagnostic]:
    """Yield the diagnostic of a site without a host."""
    if not base.origin:
        hint = "set base_url: https://user.github.io/repo/ in site.yaml, or pass --base-url"
        message = "no base_url: addresses in the feed lack a host, and there is no sitemap"
        yield diagnose("config-no-base-url", message, path=tree.config_path, hint=hint)
