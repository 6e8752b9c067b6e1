"""The pages of folders: their texts, the folders in them and their notes."""

from collections.abc import Iterator, Mapping

import msgspec

from notegen.model.pages import Page, SectionPage, TermGroup
from notegen.model.site import Alternate, Link, NoteRef, Section, Site
from notegen.model.source import Asset
from notegen.model.strings import Url
from notegen.plan.pagination import chunks, pagination
from notegen.plan.single import preview_image
from notegen.routes.lists import list_paths
from notegen.routes.urls import Base, output_path, site_path

ROWS = 100  # notes on one page of a folder
FEW = 4  # notes of a folder that are shown where the folder is listed


def section_pages(
    site: Site, files: Mapping[str, Asset], alternates: Mapping[str, tuple[Alternate, ...]], base: Base
) -> Iterator[Page]:
    """Yield the pages of each folder; a text stands on the first of them.

    `files`: see note_pages; `alternates`: the pages of a folder in all languages, where it has several.
    """
    refs = {note.ref.path: note.ref for note in (*site.pages, *site.notes)}
    by_url = {section.url: section for section in site.sections}
    texts = {page.ref.path: page for page in site.pages}
    for section in site.sections:
        if not section.has_page or section.text in site.term_texts:
            continue
        text = texts.get(section.text)
        parts = chunks(listed_notes(section, refs), ROWS)
        paths = list_paths(site_path(section.url, base), len(parts))
        urls = [base.url(path) for path in paths]
        for number, entries in enumerate(parts, start=1):
            note = text if number == 1 else None
            value = SectionPage(
                url=urls[number - 1],
                canonical=base.absolute(urls[number - 1]),
                title=section.title,
                title_html=section.title_html,
                description=note.ref.description if note else "",
                count=section.count,
                place=section.place,
                groups=groups_of(section, by_url, refs) if number == 1 else (),
                entries=tuple(entries),
                pagination=pagination(urls, number),
                has_math="<math" in section.title_html or any("<math" in ref.title_html for ref in entries),
                note=note,
                picture=preview_image(note, files, {}, base) if note else None,
                alternates=alternates.get(section.folder, ()) if number == 1 else (),
            )
            owner = section.text if note else f"the page of the folder {section.folder}"
            yield Page(output_path(paths[number - 1]), "section.html", value, owner)


def listed_notes(section: Section, refs: Mapping[str, NoteRef]) -> list[NoteRef]:
    """Return the notes of a folder as lists show them, called as `nav` calls them. `refs`: notes by path."""
    return [_called(refs[path], section.titles.get(path)) for path in section.notes]


def _called(ref: NoteRef, link: Link | None) -> NoteRef:
    return ref if link is None else msgspec.structs.replace(ref, title=link.title, title_html=link.title_html)


def groups_of(section: Section, by_url: Mapping[Url, Section], refs: Mapping[str, NoteRef]) -> tuple[TermGroup, ...]:
    """Return the folders in a section, each with its first notes. `by_url`: all sections; `refs`: notes by path."""
    return tuple(
        TermGroup(term, tuple(Link(ref.title, ref.title_html, ref.url) for ref in _first(by_url[term.url], refs)))
        for term in section.sections
    )


def _first(section: Section, refs: Mapping[str, NoteRef]) -> list[NoteRef]:
    return listed_notes(section, refs)[:FEW]
