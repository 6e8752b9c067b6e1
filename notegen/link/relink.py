"""Linking again after an edit of what few others know of a note: then all that is far from it stays as it was linked.

For a server, which builds again and again. What others may know of the edited notes is compared. Where only titles
differ, and no note shows another, the last linking holds for all but the edited notes and those that name them. The
last linking is not changed: the new one shares what is the same. `tests/link/test_relink.py` and the oracle compare it
with linking everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import TypeVar

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.link.bodies.holes import HoleRenderer
from notegen.link.bodies.papers import Addresses, paper_addresses, papers_root
from notegen.link.edited_notes import Edit, edits_since, embedding, notes_naming, stays
from notegen.link.link import Linking, linking_diagnostics
from notegen.link.linked_notes import LinkedNote, LinkServices, Relations, linked_note, rendered_note
from notegen.link.linked_site import feeds, home_text, with_papers
from notegen.link.published_notes import Selection, select
from notegen.link.relations.backlinks import backlinks, mentions, renamed, requoted
from notegen.link.relations.neighbours import Neighbours, as_link, neighbours_at, places
from notegen.link.relations.related import related_links
from notegen.link.sections.sections import Sections, sections_by_language
from notegen.link.targets.note_links import NoteLinks, resolve_note
from notegen.model.body import NO_BIBLIOGRAPHY, Bibliography
from notegen.model.diagnostic import Result
from notegen.model.note import Note
from notegen.model.site import Backlink, Linked, RenderedNote, SeriesPlace, Site
from notegen.model.source import Tree
from notegen.model.strings import ContentPath
from notegen.routes import lists

K = TypeVar("K")


def relink(
    last: Linking, notes: Sequence[Note], tree: Tree, now: datetime, bibliography: Bibliography = NO_BIBLIOGRAPHY
) -> Linking | None:
    """Return the linking of `notes`, equal to that of `link_notes`; None where the last one does not hold."""
    chosen = select(notes, tree.config, now)
    edits = edits_since(last, notes, chosen, tree, now)
    if edits is None:
        return None
    naming = notes_naming({edit.content_path for edit in edits if edit.retitled}, last)
    if not all(stays(edit, last) for edit in edits) or embedding(naming | {edit.content_path for edit in edits}, last):
        return None
    addresses = _paper_addresses(last, edits, bibliography)
    if set(addresses.values()) != set(last.services.renderer.papers.values()):
        return None
    return _relinked(last, notes, chosen, edits, naming, tree, now, bibliography, addresses)


def _relinked(
    last: Linking,
    notes: Sequence[Note],
    chosen: Selection,
    edits: Sequence[Edit],
    naming: AbstractSet[ContentPath],
    tree: Tree,
    now: datetime,
    bibliography: Bibliography,
    addresses: Addresses,
) -> Linking:
    """Return the new linking: the edited notes and those that name one linked again, the pages around them renewed."""
    new = {edit.content_path: edit.new for edit in edits}
    routed = tuple(new.get(item.content_path, item) for item in last.routed) if new else last.routed
    again = [item for item in routed if item.content_path in naming or item.content_path in new]
    services = _services(last, {path: item.note for path, item in new.items()}, again, now, bibliography, addresses)
    linked = {**last.linked, **{item.content_path: linked_note(item, services) for item in again}}
    relations, touched = _relations(last, edits, naming, routed, linked, tree, services)
    touched |= {item.content_path for item in again}
    near = [item for item in routed if item.content_path in touched]
    rendered = {item.note.path: rendered_note(item, linked[item.content_path], relations, services) for item in near}
    value = last.result.value
    sites = [_renewed(site, routed, rendered, linked, relations, services) for site in value.site.languages]
    new_site = with_papers(sites, routed, linked, services)
    settled = msgspec.structs.replace(last.settled, routed=routed)
    diagnostics = tuple(linking_diagnostics(chosen, settled, last.old, linked, relations, services))
    result: Result[Linked] = Result(msgspec.structs.replace(value, site=new_site), diagnostics)
    return Linking(notes, tree, now, chosen, settled, last.old, services, linked, relations, result)


def _relations(
    last: Linking,
    edits: Sequence[Edit],
    naming: AbstractSet[ContentPath],
    routed: Sequence[RoutedNote],
    linked: Mapping[ContentPath, LinkedNote],
    tree: Tree,
    services: LinkServices,
) -> tuple[Relations, set[ContentPath]]:
    """Return what stands around notes after the edits, and the notes around which it is another (content paths)."""
    relations, touched = last.relations, set[ContentPath]()
    retitled = [edit for edit in edits if edit.retitled]
    for edit in retitled:
        relations, more = _renamed(edit, routed, linked, relations, last, services)
        touched |= more
    if retitled:
        relations, more = _quoted(naming, routed, linked, relations, tree, services)
        touched |= more
    if retitled or any(edit.old.note.features != edit.new.note.features for edit in edits):
        relations, more = _related(routed, linked, relations, services)
        touched |= more
    return relations, touched


def _quoted(
    naming: AbstractSet[ContentPath],
    routed: Sequence[RoutedNote],
    linked: Mapping[ContentPath, LinkedNote],
    relations: Relations,
    tree: Tree,
    services: LinkServices,
) -> tuple[Relations, set[ContentPath]]:
    """Quote the notes that name a retitled one anew: their sentences may show its title, `[](note.md#Part)`.

    Return that, with the tree of folders, and the notes around which either is another.
    """
    names = {path: as_link(linked[path].ref) for path in naming}
    links, index = {path: services.renderer.links[path] for path in naming}, services.resolver.index
    relinked = backlinks(links, index.notes, names, services.renderer.bibliography, services.translated.partners)
    quoted = {target: requoted(relations.backlinks.get(target, ()), entries) for target, entries in relinked.items()}
    sections = sections_by_language(routed, relations.sections[""].pages, tree, services.base)
    moved = {item.content_path for item in routed if _moved(item, relations.sections, sections)}
    known = {**relations.backlinks, **quoted}
    return msgspec.structs.replace(relations, backlinks=known, sections=sections), moved | quoted.keys()


def _related(
    routed: Sequence[RoutedNote],
    linked: Mapping[ContentPath, LinkedNote],
    relations: Relations,
    services: LinkServices,
) -> tuple[Relations, set[ContentPath]]:
    """Compare all notes anew; return what is related, with the map of notes, and the notes for which it is another."""
    names = {content_path: as_link(note.ref) for content_path, note in linked.items()}
    links = services.renderer.links
    related = related_links(routed, links, names)
    named = mentions(links, services.resolver.index.notes, names) if services.config.graph else relations.mentions
    touched = _differing(relations.related, related) | _differing(relations.mentions, named)
    return msgspec.structs.replace(relations, related=related, mentions=named), touched


def _differing(one: Mapping[K, object], other: Mapping[K, object]) -> set[K]:
    """Return the keys whose values differ."""
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def _renewed(
    site: Site,
    routed: Iterable[RoutedNote],
    rendered: Mapping[str, RenderedNote],
    linked: Mapping[ContentPath, LinkedNote],
    relations: Relations,
    services: LinkServices,
) -> Site:
    """Return the site in one language with the notes that are `rendered` again, by source path, and all around them."""
    items = [item for item in routed if item.language == site.language]
    posts = [item for item in items if item.is_listed]
    feed, category_feeds = feeds(posts, linked, services.terms[site.language], services)
    sections = relations.sections[site.language]
    return msgspec.structs.replace(
        site,
        notes=tuple(rendered.get(note.ref.path, note) for note in site.notes),
        pages=tuple(rendered.get(note.ref.path, note) for note in site.pages),
        unlisted=tuple(rendered.get(note.ref.path, note) for note in site.unlisted),
        feed=feed,
        category_feeds=category_feeds,
        sections=sections.sections,
        top=sections.top,
        home_has_list=home_text(items, services.config)[1],
    )


def _moved(item: RoutedNote, before: Mapping[str, Sections], after: Mapping[str, Sections]) -> bool:
    """Return whether a note's breadcrumbs, its part of the tree or its neighbours in reading order have changed."""
    return before[item.language].place_of(item.content_path) != after[item.language].place_of(item.content_path)


def _paper_addresses(last: Linking, edits: Sequence[Edit], bibliography: Bibliography) -> Addresses:
    """Return the site paths of the works that notes cite after the edits, below the same folder as before."""
    new = {edit.content_path: edit.new for edit in edits}
    routed = (new.get(item.content_path, item) for item in last.routed)
    taken = (lists.PAPERS,) if papers_root(last.services.renderer.papers) == lists.OTHER_PAPERS else ()
    return paper_addresses(routed, bibliography, last.services.config, taken)


def _services(
    last: Linking,
    edited: Mapping[ContentPath, Note],
    again: Iterable[RoutedNote],
    now: datetime,
    bibliography: Bibliography,
    addresses: Addresses,
) -> LinkServices:
    """Return what linking looks at, with the edited notes in it and the links of the notes to link `again`."""
    resolver, old = last.services.resolver.with_notes(edited, bibliography), last.services.renderer
    new_links = {item.content_path: resolve_note(resolver, item.content_path, item.note) for item in again}
    links: dict[ContentPath, NoteLinks] = {**old.links, **new_links}
    config = last.services.config
    base, assets, variants = old.base, old.asset_paths, old.variants
    renderer = HoleRenderer(resolver.index, links, base, assets, variants, bibliography, config, addresses)
    return msgspec.structs.replace(last.services, now=now, resolver=resolver, renderer=renderer)


def _renamed(
    edit: Edit,
    routed: Sequence[RoutedNote],
    linked: Mapping[ContentPath, LinkedNote],
    relations: Relations,
    last: Linking,
    services: LinkServices,
) -> tuple[Relations, set[ContentPath]]:
    """Name a retitled note anew in what stands around others; return all of that, and these notes (content paths)."""
    posts = [item for item in routed if item.is_listed and item.language == edit.new.language]
    links, referred = _backlinks(edit, linked, relations.backlinks, last, services)
    beside, neighbouring = _neighbours(edit, posts, linked, relations.neighbours)
    series, members = _series(edit, posts, linked, relations.series, services)
    return Relations(
        links, beside, series, relations.sections, relations.related, relations.mentions
    ), referred | neighbouring | members


def _backlinks(
    edit: Edit,
    linked: Mapping[ContentPath, LinkedNote],
    known: Mapping[ContentPath, tuple[Backlink, ...]],
    last: Linking,
    services: LinkServices,
) -> tuple[Mapping[ContentPath, tuple[Backlink, ...]], set[ContentPath]]:
    """Name a retitled note anew in the backlinks of the notes it refers to; return all backlinks, and these notes."""
    before, after = as_link(last.linked[edit.content_path].ref), as_link(linked[edit.content_path].ref)
    referred = services.renderer.links[edit.content_path].notes & known.keys()
    named = {content_path: renamed(known[content_path], before, after) for content_path in referred}
    return {**known, **named}, set(referred)


def _neighbours(
    edit: Edit, posts: Sequence[RoutedNote], linked: Mapping[ContentPath, LinkedNote], known: Mapping[str, Neighbours]
) -> tuple[Mapping[str, Neighbours], set[ContentPath]]:
    """Name a retitled note anew in its neighbours; return all neighbours, and these notes."""
    if edit.new.note.path not in known:  # a page, or notes in reading order
        return known, set()
    number = next((number for number, item in enumerate(posts) if item.content_path == edit.content_path), -1)
    beside = [other for other in (number - 1, number + 1) if number >= 0 and 0 <= other < len(posts)]
    refs = [linked[item.content_path].ref for item in posts]
    named = {posts[other].note.path: neighbours_at(refs, other) for other in beside}
    return {**known, **named}, {posts[other].content_path for other in beside}


def _series(
    edit: Edit,
    posts: Sequence[RoutedNote],
    linked: Mapping[ContentPath, LinkedNote],
    known: Mapping[str, SeriesPlace],
    services: LinkServices,
) -> tuple[Mapping[str, SeriesPlace], set[ContentPath]]:
    """Name a retitled note anew in its series; return the places in all series, and the notes of these."""
    series = services.terms[edit.new.language].series
    if edit.new.note.path not in series.of:
        return known, set()
    members = [item for item in posts if item.note.path in series.of]
    named = places(series, {item.note.path: as_link(linked[item.content_path].ref) for item in members})
    return {**known, **named}, {item.content_path for item in members}
