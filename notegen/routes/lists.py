"""The addresses of lists and of other pages that are no notes: overviews, terms, page numbers, feeds."""

from collections.abc import Iterator, Sequence

import msgspec

from notegen.model.config import FeedConfig
from notegen.routes.names import term_segment

# Site paths of the pages that are no notes.
HOME = "/"
ARCHIVE = "/archives/"
CATEGORIES = "/categories/"
TAGS = "/tags/"
SERIES = "/series/"
NOT_FOUND = "/404.html"
ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
TERM_FEED = "atom.xml"  # beside the list of a category


def in_language(path: str, language: str) -> str:
    """Return the site path of a page of one language. `language`: the folder of its addresses; "": the site's own."""
    return f"/{language}{path}" if language else path


def term_path(root: str, parts: Sequence[str]) -> str:
    """Return the site path of a term's list: `root` is CATEGORIES, TAGS or SERIES, `parts` are its names."""
    return root + "/".join(term_segment(part) for part in parts) + "/"


def list_paths(path: str, total: int) -> list[str]:
    """Return the site paths of the `total` pages of a list at `path`: page 1 is the list itself."""
    return [path, *(f"{path}page/{number}/" for number in range(2, total + 1))]


class FeedRoute(msgspec.Struct, frozen=True):
    """A feed of the whole site: its site path, and its `kind`, "atom", "rss" or "json"."""

    path: str
    kind: str


def feed_routes(config: FeedConfig) -> Iterator[FeedRoute]:
    """Yield every feed of the whole site, each name of the Atom feed among them."""
    yield from (FeedRoute("/" + name, "atom") for name in config.filenames)
    if config.rss:
        yield FeedRoute("/" + config.rss, "rss")
    if config.json:
        yield FeedRoute("/" + config.json, "json")
