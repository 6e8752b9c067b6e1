"""The feeds: the newest notes of the site as Atom, RSS and JSON, and those of each category as Atom."""

from collections.abc import Iterator
from datetime import UTC, datetime

from notegen.model.config import Config
from notegen.model.pages import FeedPage, Page
from notegen.model.site import FeedEntry, Site
from notegen.model.strings import Url
from notegen.routes.lists import feed_routes, in_language
from notegen.routes.urls import Base, site_path

_TEMPLATES = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # what an empty feed says: never the clock, so that builds are equal


def feed_pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the site's feeds, then one for each category."""
    for route in feed_routes(config.feed):
        updated = site.info.updated or EPOCH
        path = in_language(route.path, site.language)
        value = _value(base.url(path), site.info.home_url, site.info.title, site.feed, updated, base)
        name = path.removeprefix("/")  # as the setting has it, also without a suffix
        yield Page(name, _TEMPLATES[route.kind], value, f"the feed {name}")
    for term, entries in site.category_feeds:
        yield Page(
            site_path(term.feed_url, base).removeprefix("/"),
            _TEMPLATES["atom"],
            _value(term.feed_url, term.url, f"{term.name} · {site.info.title}", entries, _newest(entries), base),
            f"the feed of the category {term.name}",
        )


def _value(url: Url, home: Url, title: str, entries: tuple[FeedEntry, ...], updated: datetime, base: Base) -> FeedPage:
    absolute = base.absolute(url)
    return FeedPage(absolute, absolute, title, base.identity(home), base.absolute(home), updated, entries)


def _newest(entries: tuple[FeedEntry, ...]) -> datetime:
    """Return when the latest of the entries was written or updated."""
    dates = (date for entry in entries for date in (entry.ref.date, entry.ref.updated) if date)
    return max(dates, default=EPOCH)
