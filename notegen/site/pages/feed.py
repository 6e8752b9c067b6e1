"""The Atom feed: the newest notes with their whole content and absolute addresses."""

from collections.abc import Iterator
from datetime import UTC, datetime

from notegen.model.config import Config
from notegen.model.site import FeedPage, Page, Site
from notegen.site.urls import Base

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # what an empty feed says: never the clock, so that builds are equal


def pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield one feed for each file name of the configuration."""
    home = base.absolute(base.url("/"))
    for name in config.feed.filenames:
        url = base.absolute(base.url("/" + name))
        value = FeedPage(
            url, url, config.title, base.identity(base.url("/")), home, site.info.updated or EPOCH, site.feed
        )
        yield Page(name, "atom.xml", value, f"the feed {name}")
