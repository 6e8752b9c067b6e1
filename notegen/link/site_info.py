"""What every page may say about the site."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

import notegen
from notegen.model.config import Config
from notegen.model.site import Feed, Link, SiteInfo
from notegen.routes import Base


def feed_files(config: Config) -> Iterator[tuple[str, str, str]]:
    """Yield (output path, media type, name) of every feed of the whole site; further names of one are left out."""
    yield from ((path, "application/atom+xml", "Atom") for path in config.feed.filenames[:1])
    if config.feed.rss:
        yield config.feed.rss, "application/rss+xml", "RSS"
    if config.feed.json:
        yield config.feed.json, "application/feed+json", "JSON Feed"


def site_info(config: Config, base: Base, dates: Iterable[datetime | None], *, has_series: bool = False) -> SiteInfo:
    """Return the shared value `site`. `dates`: when notes were written and updated."""
    url = base.url
    known = [date for date in dates if date]
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
        home_url=url("/"),
        archive_url=url("/archives/"),
        categories_url=url("/categories/"),
        tags_url=url("/tags/"),
        feed_url=url("/" + config.feed.filenames[0]) if config.feed.filenames else "",
        updated=max(known) if known else None,
        feeds=tuple(Feed(url("/" + path), kind, name) for path, kind, name in feed_files(config)),
        comments=config.comments,
        statistics=config.statistics,
        series_url=url("/series/") if has_series else "",
    )
