"""What is exported: a note's finished HTML with its words, and the files that it shows."""

from collections.abc import Callable, Mapping

import msgspec

from notegen.jinja.html_tree import Element


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


def latex(math: Element) -> str:
    """Return the LaTeX that a formula was written in."""
    source = (item for item in math.all("annotation") if item.attributes.get("encoding") == "application/x-tex")
    return next((item.text() for item in source), math.text()).strip()


def is_display(math: Element) -> bool:
    """Return whether a formula stands on lines of its own."""
    return math.attributes.get("display") == "block"
