"""The addresses of the pages that notegen makes besides notes: lists, terms, feeds, what crawlers read."""

from collections import Counter
from collections.abc import Mapping, Sequence

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.link.addresses.taxonomies import Terms
from notegen.model.config import Config
from notegen.model.strings import SitePath
from notegen.routes import lists
from notegen.routes.urls import Base, site_path


def site_pages(
    routed: Sequence[RoutedNote], terms: Mapping[str, Terms], config: Config, base: Base
) -> dict[SitePath, str]:
    """Return the site paths of the pages that notegen makes, each with what it is, in words for messages."""
    pages = {lists.NOT_FOUND: "the 404 page", lists.ROBOTS: "robots.txt"}
    pages |= {lists.SITEMAP: "the sitemap"} if base.origin else {}
    counts = Counter(item.language for item in routed if item.is_listed)
    for language, of_language in terms.items():
        named = _list_pages(counts[language], of_language, config, base.below(language))
        pages |= {lists.in_language(path, language): what for path, what in named.items()}
    return pages


def _list_pages(count: int, terms: Terms, config: Config, base: Base) -> dict[SitePath, str]:
    """Return the lists of a language by their paths below `base`. `count`: its notes."""
    pages = dict.fromkeys(lists.list_paths(lists.HOME, _parts(count, config.paginate)), "the home page")
    pages |= dict.fromkeys(lists.list_paths(lists.ARCHIVE, _parts(count, lists.LIST_ROWS)), "the archive")
    pages |= {lists.CATEGORIES: "the list of all categories", lists.TAGS: "the list of all tags"}
    pages |= {lists.SERIES: "the list of all series"} if terms.series.terms else {}
    pages |= {lists.GRAPH: "the map of notes"} if config.graph and count else {}
    pages |= {feed.path: "a feed" for feed in lists.feed_routes(config.feed)}
    for kind, taxonomy in (("category", terms.categories), ("tag", terms.tags), ("series", terms.series)):
        for term in taxonomy.terms:
            total = 1 if kind == "series" else _parts(term.count, lists.LIST_ROWS if kind == "tag" else config.paginate)
            pages |= dict.fromkeys(lists.list_paths(taxonomy.paths[term.name], total), f"the {kind} {term.name}")
            pages |= {site_path(term.feed_url, base): f"the feed of {term.name}"} if term.feed_url else {}
    return pages


def _parts(count: int, size: int) -> int:
    """Return how many pages a list of so many notes has, `size` on each."""
    return max(1, -(-count // size))
