"""One page alone: its template, its value and the shared values become bytes."""

import contextlib
from collections.abc import Iterable, Mapping
from typing import Any

from notegen.jinja.failures import FAILURES, failure
from notegen.jinja.templates import Templates
from notegen.model.diagnostic import Result
from notegen.model.pages import Page
from notegen.render.theme.load import Theme


def compile_all(templates: Templates, names: Iterable[str]) -> None:
    """Compile templates before they are needed; wrong ones are left to the pages that need them."""
    for name in names:
        with contextlib.suppress(*FAILURES):
            templates.environment.get_template(name)


def render_page(theme: Theme, page: Page, shared: Mapping[str, Any]) -> Result[bytes]:
    """Return the bytes of `page` in UTF-8, or nothing and the one diagnostic that says why.

    The template gets `page` (the page's value), `shared` (site, categories, tags) and the theme's own values (assets,
    t, options, data, inject, stylesheets). Diagnostics: those of `failure`, at the line of the template at fault.
    """
    values = {**theme.shared, **shared, "page": page.value}
    try:
        text = theme.templates.environment.get_template(page.template).render(values)
    except (SyntaxError, *FAILURES) as error:
        problem = failure(error, theme.sources, page.owner, f"(while making /{page.output} for {page.owner})")
        if problem is None:
            raise
        return Result(b"", (problem,))
    return Result((text.rstrip() + "\n").encode("utf-8", "replace"), ())
