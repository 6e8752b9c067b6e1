"""One page alone: its template, its value and the shared values become bytes."""

import contextlib
import traceback
from collections.abc import Iterable, Mapping
from typing import Any

import jinja2

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.pages import Page
from notegen.render.theme.load import Templates, Theme

_FAILURES = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)


def compile_all(templates: Templates, names: Iterable[str]) -> None:
    """Compile templates before they are needed; wrong ones are left to the pages that need them."""
    for name in names:
        with contextlib.suppress(*_FAILURES):
            templates.environment.get_template(name)


def render_page(theme: Theme, page: Page, shared: Mapping[str, Any]) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return the bytes of `page` in UTF-8, or nothing and the one diagnostic that says why.

    The template gets `page` (the page's value), `shared` (site, categories, tags) and the theme's own values (assets,
    t, options). Diagnostics: `template-missing`, `template-syntax` and `template-error`, at the line of the template at
    fault. `template-syntax` does not name the page, so that equal ones of many pages can be shown once.
    """
    values = {**theme.shared, **shared, "page": page.value}
    try:
        text = theme.templates.environment.get_template(page.template).render(values)
    except jinja2.TemplateSyntaxError as error:
        return b"", (_syntax(theme, error),)
    except SyntaxError as error:  # Python's, of what Jinja made of the template: too deeply nested
        return b"", (diagnose("template-syntax", error.msg, path=error.filename or ""),)
    except jinja2.TemplateNotFound as error:
        return b"", (_missing(theme, page, error),)
    except _FAILURES as error:
        path, line = _place(theme, error)
        if not path:
            raise
        message = f"{_message(error)} (while making /{page.output} for {page.owner})"
        return b"", (diagnose("template-error", message, path=path, line=line),)
    return (text.rstrip() + "\n").encode("utf-8", "replace"), ()


def _syntax(theme: Theme, error: jinja2.TemplateSyntaxError) -> Diagnostic:
    file = theme.sources.get(error.name or "")
    path = error.filename or (file.path if file else "")
    return diagnose("template-syntax", error.message or "syntax error", path=path, line=error.lineno)


def _missing(theme: Theme, page: Page, error: jinja2.TemplateNotFound) -> Diagnostic:
    path, line = _place(theme, error)
    names = ", ".join(map(str, error.templates)) if isinstance(error, jinja2.TemplatesNotFound) else error.name
    message = f"no theme layer has the template {names} (needed for {page.owner})"
    return diagnose("template-missing", message, path=path, line=line)


def _place(theme: Theme, error: BaseException) -> tuple[str, int]:
    """Return path and line of the last traceback frame that is a template; Jinja gives those frames its lines."""
    paths = {file.path for file in theme.sources.values()}
    frames = traceback.extract_tb(error.__traceback__, limit=-200)
    return next(((item.filename, item.lineno or 0) for item in reversed(frames) if item.filename in paths), ("", 0))


def _message(error: BaseException) -> str:
    text = error.message if isinstance(error, jinja2.TemplateError) else str(error)
    return text or type(error).__name__
