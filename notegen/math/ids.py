"""Ids of equations: the anchor of a label, and MathML without ids for pages that show a note again."""

from collections.abc import Iterator
from html import unescape

from notegen.text.patterns import lazy_regex

_UNSAFE = lazy_regex(r"[^\w.-]+")
_ID = lazy_regex(r'(<[a-zA-Z][^<>]*?) id="([^"<>]*)"')


def anchor_id(label: str) -> str:
    """Return the id of the equation with this label: "eq:elbo" and "elbo" give "eq-elbo".

    Letters and digits of all scripts stay, so Chinese labels do; anything else becomes a hyphen.
    """
    name = _UNSAFE.sub("-", label).strip("-")
    return name if name.startswith("eq-") else f"eq-{name}"


def split_ids(html: str) -> Iterator[tuple[str, str]]:
    """Yield `html`, made by render_formulas, in pieces, each with the id whose attribute follows it ("" at the end)."""
    start = 0
    for match in _ID.finditer(html):
        yield html[start : match.end(1)], unescape(match[2])
        start = match.end()
    yield html[start:], ""


def without_ids(html: str) -> str:
    """Return `html`, made by render_formulas, without id attributes; in-page references stay."""
    return _ID.sub(r"\1", html) if ' id="' in html else html
