"""Linking again after an edit of what few others know of a note: then all that is far from it stays as it was linked.

For a server, which builds again and again. What others may know of the edited notes is compared. Where only titles
differ, and no note shows another, the last linking holds for all but the edited notes and those that name them. The
last linking is not changed: the new one shares what is the same. `tests/link/test_relink.py` and the oracle compare it
with linking everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote, route
from notegen.link.bodies.holes import HoleRenderer
from notegen.link.bodies.papers import Addresses, paper_addresses, papers_root
from notegen.link.files.theme_names import addresses_of_themes
from notegen.link.link import Linking, linking_diagnostics
from notegen.link.linked_notes import LinkedNote, LinkServices, Relations, linked_note, rendered_note
from notegen.link.linked_site import feeds, home_text, with_papers
from notegen.link.published_notes import Selection, select
from notegen.link.relations.backlinks import backlinks, mentions, renamed, requoted
from notegen.link.relations.neighbours import Neighbours, as_link, neighbours_at, places
from notegen.link.relations.related import related_links
from notegen.link.sections.sections import Sections, sections_by_language
from notegen.link.targets.index import names_of
from notegen.link.targets.note_links import NoteLinks, resolve_note
from notegen.model.body import NO_BIBLIOGRAPHY, NO_BODY, Bibliography, EmbedHole, Hole, ImageHole, WikiHole
from notegen.model.diagnostic import Result
from notegen.model.note import NOT_MARKED, Note
from notegen.model.site import Backlink, Linked, RenderedNote, SeriesPlace, Site
from notegen.model.source import Tree
from notegen.model.strings import ContentPath
from notegen.routes import lists

FEW = 20  # edited notes; more are linked from the beginning


class _Edit(msgspec.Struct, frozen=True):
    """A published note before and after."""

    old: RoutedNote
    new: RoutedNote

    @property
    def content_path(self) -> ContentPath:
        return self.new.content_path

    @property
    def retitled(self) -> bool:
        return _title(self.old.note) != _title(self.new.note)


def relink(
    last: Linking, notes: Sequence[Note], tree: Tree, now: datetime, bibliography: Bibliography = NO_BIBLIOGRAPHY
) -> Linking | None:
    """Return the linking of `notes`, equal to that of `link_notes`; None where the last one does not hold."""
    chosen = select(notes, tree.config, now)
    edits = _edits(last, notes, chosen, tree, now)
    if edits is None:
        return None
    naming = _naming({edit.content_path for edit in edits if edit.retitled}, last)
    if not all(_stays(edit, last) for edit in edits) or _shown(naming | {edit.content_path for edit in edits}, last):
        return None
    addresses = _paper_addresses(last, edits, bibliography)
    if set(addresses.values()) != set(last.services.renderer.papers.values()):
        return None
    return _relinked(last, notes, chosen, edits, naming, tree, now, bibliography, addresses)


def _edits(last: Linking, notes: Sequence[Note], chosen: Selection, tree: Tree, now: datetime) -> list[_Edit] | None:
    """Return the published notes that were edited; None where others may know more of them than a title."""
    shared = len(last.result.value.owners) < len(last.routed)  # addresses, by which notes are told apart here
    if shared or len(notes) != len(last.notes) or not is_around_the_same(tree, last.tree):
        return None
    pairs = [(old, new) for old, new in zip(last.notes, notes, strict=True) if old is not new]
    if len(pairs) > FEW or any(_public(old) != _public(new) for old, new in pairs):
        return None
    if chosen.skipped != last.chosen.skipped or _future(notes, now) != _future(last.notes, last.now):
        return None
    if any(old.path in chosen.skipped and _title(old) != _title(new) for old, new in pairs):
        return None  # what is said of links to it
    new_notes = {new.path: new for _, new in pairs}
    if not last.settled.displaced.isdisjoint(new_notes):
        return None
    edited = [item for item in last.routed if item.note.path in new_notes]
    config, base = last.services.config, last.services.base
    return [_Edit(item, route(new_notes[item.note.path], config, base, item.translation)) for item in edited]


def _relinked(
    last: Linking,
    notes: Sequence[Note],
    chosen: Selection,
    edits: Sequence[_Edit],
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
    relations = last.relations
    touched = {item.content_path for item in again}
    for edit in (edit for edit in edits if edit.retitled):
        relations, more = _renamed(edit, routed, linked, relations, last, services)
        touched |= more
    if any(edit.retitled for edit in edits):
        # Sentences of notes that name a retitled one may show its title: `[](note.md#Part)`.
        names = {path: as_link(linked[path].ref) for path in naming}
        links, index = {path: services.renderer.links[path] for path in naming}, services.resolver.index
        relinked = backlinks(links, index.notes, names, bibliography, services.translated.partners)
        quoted = {
            target: requoted(relations.backlinks.get(target, ()), entries) for target, entries in relinked.items()
        }
        touched |= quoted.keys()
        relations = msgspec.structs.replace(relations, backlinks={**relations.backlinks, **quoted})
        sections = sections_by_language(routed, relations.sections[""].pages, tree, services.base)
        touched |= {item.content_path for item in routed if _moved(item, relations.sections, sections)}
        relations = msgspec.structs.replace(relations, sections=sections)
    if any(edit.retitled or edit.old.note.features != edit.new.note.features for edit in edits):
        names = {content_path: as_link(note.ref) for content_path, note in linked.items()}
        related = related_links(routed, services.renderer.links, names)
        touched |= {
            path for path in related.keys() | relations.related if related.get(path) != relations.related.get(path)
        }
        relations = msgspec.structs.replace(relations, related=related)
        if services.config.graph:
            named = mentions(services.renderer.links, services.resolver.index.notes, names)
            touched |= {
                path for path in named.keys() | relations.mentions if named.get(path) != relations.mentions.get(path)
            }
            relations = msgspec.structs.replace(relations, mentions=named)
    near = [item for item in routed if item.content_path in touched]
    rendered = {item.note.path: rendered_note(item, linked[item.content_path], relations, services) for item in near}
    value = last.result.value
    sites = [_renewed(site, routed, rendered, linked, relations, services) for site in value.site.languages]
    new_site = with_papers(sites, routed, linked, services)
    settled = msgspec.structs.replace(last.settled, routed=routed)
    diagnostics = tuple(linking_diagnostics(chosen, settled, last.old, linked, relations, services))
    result: Result[Linked] = Result(msgspec.structs.replace(value, site=new_site), diagnostics)
    return Linking(notes, tree, now, chosen, settled, last.old, services, linked, relations, result)


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


def _paper_addresses(last: Linking, edits: Sequence[_Edit], bibliography: Bibliography) -> Addresses:
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


def _naming(retitled: AbstractSet[ContentPath], last: Linking) -> set[ContentPath]:
    """Return the notes with a hole that leads to one of the retitled notes (content paths, all)."""
    if not retitled:
        return set()
    return {content_path for content_path, links in last.links.items() if not links.notes.isdisjoint(retitled)}


def _stays(edit: _Edit, last: Linking) -> bool:
    """Return whether a note keeps its address, and no link was ever looked up by a name that it gains or loses."""
    bare = edit.new.bare if edit.new.bare != edit.content_path else None
    before, after = names_of(edit.content_path, edit.old.note, bare), names_of(edit.content_path, edit.new.note, bare)
    changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
    if edit.old.path != edit.new.path:
        return False
    return not changed or all(changed.isdisjoint(links.names) for links in last.links.values())


def _shown(content_paths: AbstractSet[ContentPath], last: Linking) -> bool:
    """Return whether one of these notes shows another, or is shown by one."""
    embedded = ((content_path, note.body.embedded) for content_path, note in last.linked.items() if note.body.embedded)
    return any(content_path in content_paths or not content_paths.isdisjoint(shown) for content_path, shown in embedded)


def _renamed(
    edit: _Edit,
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
    edit: _Edit,
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
    edit: _Edit, posts: Sequence[RoutedNote], linked: Mapping[ContentPath, LinkedNote], known: Mapping[str, Neighbours]
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
    edit: _Edit,
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


def _title(note: Note) -> tuple[str, str]:
    return note.title, note.title_html


def is_around_the_same(one: Tree, other: Tree) -> bool:
    """Return whether what linking looks at besides notes is equal in two trees: of themes what files they name."""
    if _surroundings(one) != _surroundings(other):
        return False
    return one.layers == other.layers or [*addresses_of_themes(one)] == [*addresses_of_themes(other)]


def _surroundings(tree: Tree) -> tuple[object, ...]:
    cited = (*tree.bibliographies, *((tree.citation_style,) if tree.citation_style else ()))
    files = [(file.path, file.digest) for file in cited]  # what unedited notes cite is the same
    return tree.config, tree.assets, tree.static, tree.encoder, files, tree.history


def _future(notes: Sequence[Note], now: datetime) -> list[str]:
    return [note.path for note in notes if note.meta.date is not None and note.meta.date > now]


def _public(note: Note) -> tuple[object, ...]:
    """Return all that the pages of other notes may depend on, but for the title."""
    private = {
        "digest": "",
        "body": NO_BODY,
        "excerpt": NO_BODY,
        "description": "",
        "marked": NOT_MARKED,
        "headings": (),
        "formulas": (),
    }
    private |= {"title": "", "title_html": "", "meta": msgspec.structs.replace(note.meta, title="")}
    private |= {
        "words": 0,
        "minutes": 0,
        "has_code": False,
        "glyphs": "",
        "features": (),
        "unknown": (),
        "citations": (),
        "citing_sentences": {},
        "diagnostics": (),
    }
    headings = [(heading.level, heading.id, heading.html, heading.text, heading.source) for heading in note.headings]
    return msgspec.structs.replace(note, **private), headings, [_named(hole) for hole in _references(note)]


def _references(note: Note) -> list[Hole]:
    """Return the holes of a note that name something outside of it."""
    holes = (hole for hole in note.body.holes if isinstance(hole, Hole))
    return [hole for hole in holes if hole.target[:1] not in {"#", ""} or (isinstance(hole, WikiHole) and hole.label)]


def _named(hole: Hole) -> tuple[object, ...]:
    """Return what a hole names, whose sentence is among the backlink excerpts; not where it stands."""
    fragment = hole.fragment if isinstance(hole, (WikiHole, EmbedHole)) else ""
    backlink_excerpt = -1 if isinstance(hole, ImageHole) else hole.backlink_excerpt
    return type(hole), hole.target, fragment, backlink_excerpt
