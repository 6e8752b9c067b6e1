"""The contract of extensions, version 1: what one is made of, and what it returns.

An extension is named in site.yaml, `extensions: [stats]`, and is the file `extensions/stats.py` of the site, or an
installed package's entry point of the group `notegen.extensions`. Either has, or is, a function `extension` without
arguments that returns an `Extension`. Nothing else of a folder is ever run.

    from notegen.extensions.api import EXTENSION_API, Extension, MadePage

    def pages(site):
        yield MadePage("/stats/", "Statistics", f"<p>{len(site.notes)} notes</p>")

    def extension():
        return Extension(api=EXTENSION_API, pages=pages)

Its functions are functions of values: they are given frozen ones, keep none, and read neither clock nor disk, so that a
cache stays exact: the digest of the module is part of every key, and what it reads besides is not. An exception in one
is a diagnostic at its line. A change of this contract that old extensions would not survive raises `EXTENSION_API`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

EXTENSION_API = 1


class MadePage(msgspec.Struct, frozen=True):
    """A page of the site at a site path, `/stats/`, in the theme's frame. `html` is finished, `title` plain text."""

    path: str
    title: str
    html: str
    description: str = ""


class MadeFile(msgspec.Struct, frozen=True):
    """A file of the site at a path below its root, `data/stats.json`."""

    path: str
    data: str | bytes


class Finding(msgspec.Struct, frozen=True):
    """What a check has to say: the source path of a note or file, the message, a line (0: the whole file), a hint."""

    path: str
    message: str
    line: int = 0
    hint: str = ""


class Extension(msgspec.Struct, frozen=True):
    """What an extension adds.

    - `api`: the version of the contract that it is written for.
    - `rules`: syntax rules of Markdown, `notegen.read.syntax.rule.Rule`: each runs before ours of its chain.
    - `filters`: Jinja filters for templates and shortcodes, by name; a name of ours is replaced.
    - `pages`: given the `notegen.model.site.Site` of the site's own language, yields pages and files.
    - `checks`: given the same, each yields what `notegen check` is to say; the severity is that of `extension` there.
    """

    api: int
    rules: tuple[Any, ...] = ()
    filters: Mapping[str, Callable[..., Any]] = {}
    pages: Callable[[Any], Iterable[MadePage | MadeFile]] | None = None
    checks: tuple[Callable[[Any], Iterable[Finding]], ...] = ()
