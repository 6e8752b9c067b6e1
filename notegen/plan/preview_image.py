"""The picture that is shown with links to a note: its cover, else its social card."""

from collections.abc import Mapping

from notegen.model.pages import Picture
from notegen.model.site import Site
from notegen.model.source import Asset
from notegen.routes import Base, site_path

_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "apng": "image/png", "gif": "image/gif", "webp": "image/webp"}


def pictures(site: Site, files: Mapping[str, Asset], cards: Mapping[str, Picture], base: Base) -> dict[str, Picture]:
    """Return the picture of each note that has one, by the note's URL.

    `files` are the site's by output path: a cover among them tells its size. Social networks show no SVG, so a card
    goes before a cover of that kind.
    """
    found: dict[str, Picture] = {}
    for note in (*site.notes, *site.pages):
        ref = note.ref
        if ref.url in cards:
            found[ref.url] = cards[ref.url]
        elif ref.cover:
            asset = files.get(site_path(ref.cover, base).lstrip("/"))
            width, height, kind = (asset.width, asset.height, asset.format) if asset else (0, 0, "")
            found[ref.url] = Picture(base.absolute(ref.cover), width, height, ref.title, _TYPES.get(kind, ""))
    return found
