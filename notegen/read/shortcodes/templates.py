"""The templates of shortcodes: values go in, HTML comes out.

A template gets `args`, `body`, `note`, `data`, `inline` and `number`: see docs/content/extending.md.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from notegen.jinja.templates import Templates
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Meta
from notegen.model.source import ExtensionFile, SourceFile
from notegen.read.syntax.templated.tags import Call


class ShortcodeFiles(msgspec.Struct, frozen=True):
    """The templates of shortcodes by file name, and the data that they may read."""

    templates: dict[str, SourceFile] = {}
    data: dict[str, Any] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names of the shortcodes that have a template."""
        return frozenset(name.removesuffix(".html") for name in self.templates)


NO_SHORTCODES = ShortcodeFiles()


class NoteFacts(msgspec.Struct, frozen=True):
    """What the template of a shortcode may know of its note: what front matter says.

    `categories` are paths: `Sports/Baseball`; `params` holds the keys that notegen does not know.
    """

    path: str
    title: str = ""
    lang: str = ""
    date: datetime | None = None
    updated: datetime | None = None
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    series: str = ""
    params: dict[str, Any] = {}


def note_facts(path: str, meta: Meta, language: str) -> NoteFacts:
    """Return what templates may know of a note; `language`: of the site."""
    return NoteFacts(
        path,
        meta.title,
        meta.lang or language,
        meta.date,
        meta.updated,
        meta.tags,
        tuple("/".join(category) for category in meta.categories),
        meta.authors,
        meta.series,
        meta.extra,
    )


class Shortcodes:
    """Shows the shortcodes of notes by their templates, which are compiled when one is first needed."""

    def __init__(self, files: ShortcodeFiles, extensions: tuple[ExtensionFile, ...] = ()) -> None:
        self._templates = Templates(files.templates, extensions, sandboxed=True)
        self._data = files.data

    def show(self, call: Call, values: Mapping[str, Any], owner: str) -> tuple[str, Diagnostic | None]:
        """Return what the template writes; with what is wrong where it fails. `owner`: the place of the call."""
        from notegen.jinja.bounded import BoundedEnvironment
        from notegen.jinja.failures import FAILURES, failure

        sources = self._templates.sources
        try:
            environment = self._templates.environment
            template = environment.get_template(f"{call.name}.html")
            if isinstance(environment, BoundedEnvironment):
                environment.begin()
            return template.render({**values, "args": call.args, "data": self._data}), None
        except (SyntaxError, *FAILURES) as error:
            problem = failure(
                error, sources, owner, f"(in the shortcode {call.written} of {owner})", "shortcodes/ has no"
            )
            if problem is None:
                raise
            return "", problem
