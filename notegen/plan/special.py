"""Pages without notes: 404, and redirects from old addresses."""

from collections.abc import Iterator

from notegen.model.config import Config
from notegen.model.pages import Page, PlainPage, RedirectPage
from notegen.model.site import Linked
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
    for redirect in linked.redirects:
        target = base.absolute(redirect.url)
        value = RedirectPage(base.url(redirect.path), target, "→ " + redirect.url, target)
        yield Page(output_path(redirect.path), "redirect.html", value, redirect.owner)
