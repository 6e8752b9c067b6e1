"""What every page may say about the site."""

from collections.abc import Collection, Iterable
from datetime import datetime
from html import escape

import notegen
from notegen.link.addresses.alternates import home_pages
from notegen.model.config import Config
from notegen.model.site import Feed, Link, SiteInfo
from notegen.model.strings import Html, SitePath, Url
from notegen.routes.languages import localized
from notegen.routes.lists import ARCHIVE, CATEGORIES, GRAPH, HOME, SERIES, TAGS, feed_routes
from notegen.routes.urls import Base

# Kind of a feed -> its media type, and what to call it beside the site's title.
_FEEDS = {
    "atom": ("application/atom+xml", "Atom"),
    "rss": ("application/rss+xml", "RSS"),
    "json": ("application/feed+json", "JSON Feed"),
}
_CC_VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
_CC_TERMS = frozenset({"by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"})
_SPDX = (
    *("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MPL-2.0", "Unlicense", "0BSD"),
    *("GFDL-1.3-or-later", "GPL-3.0-or-later"),
)


def site_info(
    config: Config, base: Base, dates: Iterable[datetime | None], language: str, lists: Collection[SitePath]
) -> SiteInfo:
    """Return the shared value `site` of the pages in a language.

    `dates`: when its notes were written and updated; `language`: the folder of its addresses; `lists`: the overviews
    (ARCHIVE, TAGS and the like) that hold something.
    """
    languages = tuple(home_pages(config, base))
    config, url = localized(config, language), base.below(language).url
    dates = list(dates)
    known, known_notes = [date for date in dates if date], bool(dates)
    overview = {path: url(path) if path in lists else Url("") for path in (ARCHIVE, CATEGORIES, TAGS, SERIES)}
    feeds: dict[str, Feed] = {}  # the first of each kind: further names keep subscribers of an older blog
    for route in feed_routes(config.feed):
        feeds.setdefault(route.kind, Feed(url(route.path), *_FEEDS[route.kind]))
    return SiteInfo(
        title=config.title,
        subtitle=config.subtitle,
        description=config.description,
        author=config.author,
        language=config.language,
        base_url=Url(base.origin + base.path if base.origin else ""),
        base_path=base.path,
        menu=tuple(Link(item.name, Html(escape(item.name)), _menu_url(item.url, base)) for item in config.menu),
        banner=config.banner,
        license=config.license,
        params=config.params,
        generator=f"notegen {notegen.__version__}",
        home_url=url(HOME),
        archive_url=overview[ARCHIVE],
        categories_url=overview[CATEGORIES],
        tags_url=overview[TAGS],
        feed_url=feeds["atom"].url if "atom" in feeds else Url(""),
        updated=max(known) if known else None,
        feeds=tuple(feeds.values()),
        comments=config.comments,
        statistics=config.statistics,
        series_url=overview[SERIES],
        graph_url=url(GRAPH) if config.graph and known_notes else Url(""),
        license_url=license_url(config.license),
        languages=languages,
    )


def _menu_url(written: str, base: Base) -> Url:
    """Return the URL of an entry of the menu: of a site path, or the address of another site."""
    return base.url(SitePath(written)) if written.startswith("/") else Url(written)


def license_url(words: str) -> Url:
    """Return the address of a licence: the words themselves where they are one, Creative Commons', or SPDX's.

    The names are `CC BY-NC 4.0`, which may lack its version, and the identifiers of https://spdx.org/licenses.
    """
    words = words.strip()
    name = words.lower().replace(" ", "-")
    if name.startswith(("https://", "http://")):
        return Url(words)
    if name in {"cc0", "cc0-1.0"}:
        return Url("https://creativecommons.org/publicdomain/zero/1.0/")
    family, *parts = name.split("-")
    version = next((part for part in parts if part in _CC_VERSIONS), _CC_VERSIONS[-1])
    terms = "-".join(part for part in parts if part != version)
    if family == "cc" and terms in _CC_TERMS:
        return Url(f"https://creativecommons.org/licenses/{terms}/{version}/")
    known = next((known for known in _SPDX if known.lower() == name), "")
    return Url(f"https://spdx.org/licenses/{known}.html" if known else "")
