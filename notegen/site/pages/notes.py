"""One page for each note, and for each page that is not a note."""

from collections.abc import Iterator, Mapping

from notegen.model.site import NotePage, Page, Picture, RenderedNote, Site
from notegen.site.urls import Base, output_path


def pages(site: Site, owners: Mapping[str, str], pictures: Mapping[str, Picture], base: Base) -> Iterator[Page]:
    """Yield the pages of notes and of pages. `owners` maps a URL to its source file, `pictures` to its picture."""
    for template, found in (("note.html", site.notes), ("page.html", site.pages)):
        for note in found:
            value = _value(note, pictures.get(note.ref.url))
            yield Page(_output(note, base), template, value, note.ref.path or owners[note.ref.url])


def _output(note: RenderedNote, base: Base) -> str:
    from urllib.parse import unquote

    return output_path("/" + unquote(note.ref.url.removeprefix(base.path)))


def _value(note: RenderedNote, picture: Picture | None) -> NotePage:
    ref = note.ref
    return NotePage(ref.url, ref.permalink, ref.title, ref.description, note, picture)
