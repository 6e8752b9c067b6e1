"""Pages without notes: 404, and redirects from old addresses."""

from collections.abc import Iterator

from notegen.link.link import Linked
from notegen.model.config import Config
from notegen.model.site import Page, PlainPage, RedirectPage
from notegen.routes import NOT_FOUND, Base, output_path


def pages(linked: Linked, config: Config, base: Base) -> Iterator[Page]:
    """Yield 404.html and one small page for each old address."""
    url = base.url(NOT_FOUND)
    yield Page(
        output_path(NOT_FOUND),
        "404.html",
        PlainPage(url, base.absolute(url), "404", config.description),
        "the 404 page",
    )
    for path, target, source in linked.redirects:
        value = RedirectPage(base.url(path), base.absolute(target), "→ " + target, base.absolute(target))
        yield Page(output_path(path), "redirect.html", value, source)
