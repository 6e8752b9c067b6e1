"""One page for each note, and for each page that is not a note."""

from collections.abc import Iterator, Mapping

from notegen.model.pages import NotePage, Page, Picture
from notegen.model.site import RenderedNote, Site
from notegen.routes import Base, output_path, site_path


def pages(site: Site, owners: Mapping[str, str], pictures: Mapping[str, Picture], base: Base) -> Iterator[Page]:
    """Yield the pages of notes and of pages. `owners` maps a URL to its source file, `pictures` to its picture."""
    for template, found in (("note.html", site.notes), ("page.html", site.pages)):
        for note in found:
            value = _value(note, pictures.get(note.ref.url))
            owner = note.ref.path or owners[note.ref.url]
            yield Page(output_path(site_path(note.ref.url, base)), template, value, owner)


def _value(note: RenderedNote, picture: Picture | None) -> NotePage:
    ref = note.ref
    return NotePage(ref.url, ref.permalink, ref.title, ref.description, note, picture)
