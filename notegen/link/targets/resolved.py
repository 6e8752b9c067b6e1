"""What a hole leads to, as a value; and what it is for."""

import msgspec

from notegen.model.body import EmbedHole, Hole, ImageHole, UrlHole
from notegen.model.diagnostic import Diagnostic
from notegen.model.strings import ContentPath, Html, SitePath


class Resolved(msgspec.Struct, frozen=True):
    """Where a hole leads: to a note (by content path), an asset (by its path) or a site path; to none when `broken`.

    `unpublished`: to a note that is left out of the site; it is `broken` too. `same_note`: to the note that it is in.
    `fragment` has its #, `anchor` is the id it names. `words` is the HTML of a reference without words of its own.
    `cited`: the key of the work that a wiki link to no note means.
    """

    note: ContentPath = ContentPath("")
    asset: str = ""
    site: SitePath = SitePath("")
    same_note: bool = False
    fragment: str = ""
    anchor: str = ""
    words: Html = Html("")
    broken: bool = False
    cited: str = ""
    unpublished: bool = False
    diagnostic: Diagnostic | None = None


def kind_of(hole: Hole) -> str:
    """Return what a hole is for: "image", "link", "embed", "address", "label" or "wiki"."""
    if isinstance(hole, ImageHole):
        return "image"
    if isinstance(hole, UrlHole):
        return hole.kind
    if isinstance(hole, EmbedHole):
        return "embed"
    return "address" if hole.address else "label" if hole.label else "wiki"
