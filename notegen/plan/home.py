"""The home page: the newest notes, the directory of a site without dates, or a text of the author's."""

from collections.abc import Iterator, Mapping, Sequence

from notegen.model.config import Config
from notegen.model.pages import ListPage, Page
from notegen.model.site import NoteRef, RenderedNote, Site
from notegen.plan.alternates import list_alternates
from notegen.plan.pagination import chunks, pagination
from notegen.plan.sections import ROWS, groups_of, listed_notes
from notegen.routes.lists import HOME, in_language, list_paths
from notegen.routes.urls import Base, output_path


def home_pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the pages of home: on the first its text, if it has one. Without its list, the archive lists all notes."""
    refs = {note.ref.path: note.ref for note in (*site.pages, *site.notes)}
    text = next((page for page in site.pages if page.ref.path == site.home), None) if site.home else None
    has_list = text is None or site.home_has_list
    directory = site.top if has_list else None
    notes = _listed(site, refs) if has_list else ()
    groups = groups_of(directory, {section.url: section for section in site.sections}, refs) if directory else ()
    parts = chunks(notes, ROWS if directory else config.paginate)
    paths = list_paths(in_language(HOME, site.language), len(parts))
    urls = [base.url(path) for path in paths]
    for number, entries in enumerate(parts, start=1):
        note = text if number == 1 else None
        value = ListPage(
            url=urls[number - 1],
            canonical=base.absolute(urls[number - 1]),
            title=site.info.title,
            description=site.info.description or (note.ref.description if note else ""),
            kind="home",
            count=len(site.notes),
            entries=tuple(entries),
            pagination=pagination(urls, number),
            has_math=_has_math(note, entries),
            note=note,
            is_directory=directory is not None,
            kicker=config.banner.kicker,
            heading=config.banner.heading,
            has_dates=site.top is None,
            groups=groups if number == 1 else (),
            alternates=list_alternates(site, HOME) if number == 1 else (),
        )
        owner = note.ref.path if note else f"the home list {site.info.title}"
        yield Page(output_path(paths[number - 1]), "home.html", value, owner)


def _listed(site: Site, refs: Mapping[str, NoteRef]) -> Sequence[NoteRef]:
    """Return the notes of the home list: of a directory those that are in no folder, else all, pinned ones first."""
    if site.top is not None:
        return listed_notes(site.top, refs)
    notes = [note.ref for note in site.notes]
    pinned = sorted((ref for ref in notes if ref.weight > 0), key=lambda ref: -ref.weight)
    return [*pinned, *(ref for ref in notes if ref.weight <= 0)]


def _has_math(note: RenderedNote | None, entries: Sequence[NoteRef]) -> bool:
    return any(ref.has_math for ref in entries) or (note is not None and note.has_math)
