"""The addresses of lists and of other pages that are no notes: overviews, terms, page numbers, feeds."""

from collections.abc import Container, Iterator, Sequence

import msgspec

from notegen.model.config import FeedConfig
from notegen.model.strings import SitePath
from notegen.routes.names import segment, term_segment
from notegen.text.patterns import lazy_regex

_NO_WORD = lazy_regex(r"[^\w.-]+")
# Site paths of the pages that are no notes.
HOME = SitePath("/")
ARCHIVE = SitePath("/archives/")
CATEGORIES = SitePath("/categories/")
TAGS = SitePath("/tags/")
SERIES = SitePath("/series/")
GRAPH = SitePath("/graph/")
PAPERS = SitePath("/papers/")
OTHER_PAPERS = SitePath("/references/")  # where a site has pages of its own below /papers/
NOT_FOUND = SitePath("/404.html")
ROBOTS = SitePath("/robots.txt")
SITEMAP = SitePath("/sitemap.xml")
LLMS = SitePath("/llms.txt")
LIST_ROWS = 2000  # notes on a page of the archive and of a tag, one a line: all of nearly every site
TERM_FEED = "atom.xml"  # beside the list of a category


def in_language(path: SitePath, language: str) -> SitePath:
    """Return the site path of a page of one language. `language`: the folder of its addresses; "": the site's own."""
    return SitePath(f"/{language}{path}") if language else path


def term_path(root: SitePath, parts: Sequence[str]) -> SitePath:
    """Return the site path of a term's list: `root` is CATEGORIES, TAGS or SERIES, `parts` are its names."""
    return SitePath(root + "/".join(term_segment(part) for part in parts) + "/")


def paper_path(root: SitePath, key: str, taken: Container[str]) -> SitePath:
    """Return the site path of the page of a work, by its key; `taken`: folded paths that others have.

    Of a key letters, digits, hyphens, dots and underscores are kept.
    """
    name = segment(_NO_WORD.sub("-", key))
    number = 1
    while (path := f"{root}{name}{f'-{number}' if number > 1 else ''}/").casefold() in taken:
        number += 1
    return SitePath(path)


def list_paths(path: SitePath, total: int) -> list[SitePath]:
    """Return the site paths of the `total` pages of a list at `path`: page 1 is the list itself."""
    return [path, *(SitePath(f"{path}page/{number}/") for number in range(2, total + 1))]


class FeedRoute(msgspec.Struct, frozen=True):
    """A feed of the whole site: its site path, and its `kind`, "atom", "rss" or "json"."""

    path: SitePath
    kind: str


def feed_routes(config: FeedConfig) -> Iterator[FeedRoute]:
    """Yield every feed of the whole site, each name of the Atom feed among them."""
    yield from (FeedRoute(SitePath("/" + name), "atom") for name in config.filenames)
    if config.rss:
        yield FeedRoute(SitePath("/" + config.rss), "rss")
    if config.json:
        yield FeedRoute(SitePath("/" + config.json), "json")
