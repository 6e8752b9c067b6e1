"""What is exported: a note's finished HTML with its words, and the files that it shows."""

from collections.abc import Callable, Mapping

import msgspec


class ExportedNote(msgspec.Struct, frozen=True):
    """A note in its place on the site.

    `title`: plain text; `title_html`, `html`: finished HTML; `url`: its absolute address, "" on a site without one,
    from which links begin; `macros`: of its formulas, by name without backslash; `picture`: the bytes of a picture of
    the site by its address, None for what is none.
    """

    title: str
    title_html: str
    html: str
    url: str
    language: str
    author: str
    date: str  # RFC 3339, or ""
    macros: Mapping[str, str]
    picture: Callable[[str], bytes | None]
