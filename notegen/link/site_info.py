"""What every page may say about the site."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

import notegen
from notegen.model.config import Config
from notegen.model.site import Feed, Link, SiteInfo
from notegen.routes.lists import ARCHIVE, CATEGORIES, HOME, SERIES, TAGS, feed_routes
from notegen.routes.urls import Base

# Kind of a feed -> its media type, and what to call it beside the site's title.
_FEEDS = {
    "atom": ("application/atom+xml", "Atom"),
    "rss": ("application/rss+xml", "RSS"),
    "json": ("application/feed+json", "JSON Feed"),
}


def site_info(config: Config, base: Base, dates: Iterable[datetime | None], *, has_series: bool = False) -> SiteInfo:
    """Return the shared value `site`. `dates`: when notes were written and updated."""
    url = base.url
    known = [date for date in dates if date]
    feeds: dict[str, Feed] = {}  # the first of each kind: further names keep subscribers of an older blog
    for route in feed_routes(config.feed):
        feeds.setdefault(route.kind, Feed(url(route.path), *_FEEDS[route.kind]))
    return SiteInfo(
        title=config.title,
        subtitle=config.subtitle,
        description=config.description,
        author=config.author,
        language=config.language,
        base_url=base.origin + base.path if base.origin else "",
        base_path=base.path,
        menu=tuple(
            Link(item.name, escape(item.name), url(item.url) if item.url.startswith("/") else item.url)
            for item in config.menu
        ),
        banner=config.banner,
        license=config.license,
        params=config.params,
        generator=f"notegen {notegen.__version__}",
        home_url=url(HOME),
        archive_url=url(ARCHIVE),
        categories_url=url(CATEGORIES),
        tags_url=url(TAGS),
        feed_url=feeds["atom"].url if "atom" in feeds else "",
        updated=max(known) if known else None,
        feeds=tuple(feeds.values()),
        comments=config.comments,
        statistics=config.statistics,
        series_url=url(SERIES) if has_series else "",
    )
