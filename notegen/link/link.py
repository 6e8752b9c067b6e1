"""All notes together: Notes to a Site. Addresses, terms, neighbours, every hole filled.

Every step takes values and returns a value, so that a server can link an edited note again and share the rest: relink.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from notegen.link import taxonomies
from notegen.link.addresses.alternates import translated_notes
from notegen.link.addresses.collisions import Settled, settle
from notegen.link.addresses.redirects import OldAddresses, old_addresses
from notegen.link.addresses.routed_notes import RoutedNote, content_path_of, route_notes
from notegen.link.backlinks import backlinks
from notegen.link.bodies.holes import HoleRenderer
from notegen.link.bodies.images import variants_of
from notegen.link.files.left_out import files_of_left_out
from notegen.link.files.public_files import PublicFiles, private_files, public_files
from notegen.link.linked_notes import LinkedNote, LinkServices, Relations, feed_entries, linked_note, rendered_note
from notegen.link.neighbours import as_link, neighbours, places
from notegen.link.sections.sections import Sections, site_sections
from notegen.link.select import Selection, select
from notegen.link.site_info import site_info
from notegen.link.targets.equations import unknown_references
from notegen.link.targets.index import Folders, Index, make_index
from notegen.link.targets.note_links import NoteLinks, resolve_note
from notegen.link.targets.resolve import Resolver
from notegen.link.unread_files import unread_files
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.note import Note
from notegen.model.result import Result
from notegen.model.site import NO_BIBLIOGRAPHY, Bibliography, FeedEntry, Linked, RenderedNote, Site, Term
from notegen.model.source import Tree
from notegen.routes import lists
from notegen.routes.urls import Base, base_of, site_path

_UNREAD = frozenset({"front-matter-syntax", "front-matter-unclosed"})  # the date may well be there
DATED_SHARE = 0.2  # of the notes with a date, from which on a date is missed where there is none


class Terms(NamedTuple):
    """The terms of a site's notes."""

    categories: taxonomies.Taxonomy
    tags: taxonomies.Taxonomy
    series: taxonomies.Taxonomy


class Linking(msgspec.Struct, frozen=True):
    """How the notes of one build were linked: what went in, each step's value, what came out. See relink.

    `links` and `linked` are by content path, in the order of the site.
    """

    notes: Sequence[Note]
    tree: Tree
    now: datetime
    chosen: Selection
    settled: Settled
    old: OldAddresses
    services: LinkServices
    linked: Mapping[str, LinkedNote]
    relations: Relations
    result: Result[Linked]

    @property
    def links(self) -> Mapping[str, NoteLinks]:
        """Where the holes of each note lead."""
        return self.services.renderer.links

    @property
    def routed(self) -> Sequence[RoutedNote]:
        """The published notes with their addresses."""
        return self.settled.routed


def link_notes(
    notes: Sequence[Note], tree: Tree, now: datetime, bibliography: Bibliography = NO_BIBLIOGRAPHY
) -> Linking:
    """Put the published notes into one Site.

    Steps: 1. leave out drafts; 2. addresses; 3. categories and tags; 4. what links name; 5. assets beside notes; 6.
    fill holes; 7. what stands beside each note. Diagnostics: note-skipped, note-undated, cite-unknown, and those of
    links and embeds.
    """
    config = tree.config
    base = base_of(config.base_url)
    chosen = select(notes, config, now)
    settled, terms = _settle(route_notes(chosen.notes, config, base), config, base)
    routed = settled.routed
    pages = site_pages(routed, terms, config, base)
    sections = site_sections(routed, pages, tree, base)
    pages |= {site_path(section.url, base): "the page of a folder" for section in sections.sections}
    old = old_addresses(routed, pages, tree, base)
    hidden = _hidden(notes, chosen, settled, tree)
    resolver = Resolver(_index(routed, sections, old, pages, tree, base), hidden, bibliography)
    links = {item.content_path: resolve_note(resolver, item.content_path, item.note) for item in routed}
    public = public_files(resolver.index, links, _files_left_out(hidden, resolver.index, tree), tree)
    renderer = _hole_renderer(links, resolver.index, public, tree, base, bibliography)
    translated = translated_notes(routed, config, base)
    services = LinkServices(config, base, now, *terms, resolver, renderer, public, translated)
    linked = {item.content_path: linked_note(item, services) for item in routed}
    relations = _relations(routed, sections, linked, services)
    rendered = {
        item.content_path: rendered_note(item, linked[item.content_path], relations, services) for item in routed
    }
    diagnostics = tuple(linking_diagnostics(chosen, settled, old, linked, relations, services))
    result = Result(_linked(routed, old, rendered, linked, relations, services), diagnostics)
    return Linking(notes, tree, now, chosen, settled, old, services, linked, relations, result)


def _settle(routed: Sequence[RoutedNote], config: Config, base: Base) -> tuple[Settled, Terms]:
    """Return the notes with an address each, and their categories, tags and series."""
    terms = _terms(routed, config, base)
    settled = settle(routed, site_pages(routed, terms, config, base), config, base)
    return settled, _terms(settled.routed, config, base) if settled.skipped else terms


def _terms(routed: Iterable[RoutedNote], config: Config, base: Base) -> Terms:
    posts = [item.note for item in routed if item.is_listed]
    return Terms(
        taxonomies.categories(posts, base, config.addresses.categories, feeds=config.feed.categories),
        taxonomies.tags(posts, base, config.addresses.tags),
        taxonomies.series(posts, base),
    )


def _hidden(notes: Iterable[Note], chosen: Selection, settled: Settled, tree: Tree) -> dict[str, tuple[Note, str]]:
    """Return the notes that are not published, by content path, each with the reason."""
    reasons = {**chosen.skipped, **settled.skipped}
    left_out = (note for note in notes if note.path in reasons) if reasons else ()
    return {content_path_of(note.path, tree.config): (note, reasons[note.path]) for note in left_out}


def site_pages(routed: Sequence[RoutedNote], terms: Terms, config: Config, base: Base) -> dict[str, str]:
    """Return the site paths of the pages that notegen makes, each with what it is, in words for messages."""
    count = sum(item.is_listed for item in routed)
    pages = dict.fromkeys(lists.list_paths(lists.HOME, _parts(count, config)), "the home page")
    pages |= dict.fromkeys(lists.list_paths(lists.ARCHIVE, _parts(count, config)), "the archive")
    pages |= {lists.CATEGORIES: "the list of all categories", lists.TAGS: "the list of all tags"}
    pages |= {lists.SERIES: "the list of all series"} if terms.series.terms else {}
    pages |= {lists.NOT_FOUND: "the 404 page", lists.ROBOTS: "robots.txt"}
    pages |= {lists.SITEMAP: "the sitemap"} if base.origin else {}
    pages |= {feed.path: "a feed" for feed in lists.feed_routes(config.feed)}
    for kind, taxonomy in (("category", terms.categories), ("tag", terms.tags), ("series", terms.series)):
        for term in taxonomy.terms:
            total = 1 if kind == "series" else _parts(term.count, config)
            pages |= dict.fromkeys(lists.list_paths(taxonomy.paths[term.name], total), f"the {kind} {term.name}")
            pages |= {site_path(term.feed_url, base): f"the feed of {term.name}"} if term.feed_url else {}
    return pages


def _parts(count: int, config: Config) -> int:
    """Return how many pages a list of so many notes has."""
    size: int = config.paginate
    return max(1, -(-count // size))


def _index(
    routed: Sequence[RoutedNote],
    sections: Sections,
    old: OldAddresses,
    pages: Iterable[str],
    tree: Tree,
    base: Base,
) -> Index:
    """Return what links may name: notes, assets, static files, list pages."""
    config = tree.config
    return make_index(
        {item.content_path: item.note for item in routed},
        {item.content_path: item.path for item in routed},
        old.notes,
        tree.assets,
        tree.static,
        [*pages, *(path for path in old.paths if path not in old.notes)],
        Folders(config.content_dir.strip("./"), config.static_dir.strip("./"), base.path),
        {section.folder: site_path(section.url, base) for section in sections.sections},
    )


def _files_left_out(hidden: Mapping[str, tuple[Note, str]], index: Index, tree: Tree) -> frozenset[str]:
    """Return the files of notes that are not published, where they matter: else all files are private by themselves."""
    if not index.static and tree.config.attachments == "used":
        return frozenset()
    return files_of_left_out(((content_path, note) for content_path, (note, _) in hidden.items()), index)


def _hole_renderer(
    links: Mapping[str, NoteLinks],
    index: Index,
    public: PublicFiles,
    tree: Tree,
    base: Base,
    bibliography: Bibliography,
) -> HoleRenderer:
    """Return what fills holes: with the site paths of assets, and smaller copies of the images that are shown."""
    asset_paths = public.asset_paths
    images = dict.fromkeys(path for item in links.values() for path in item.images)
    shown = {asset_paths[path]: tree.assets[path] for path in images if path in asset_paths} | {
        path: index.static[path] for path in images if path in index.static
    }
    copies = {path: variants_of(path, asset, tree.config.images, tree.encoder) for path, asset in shown.items()}
    return HoleRenderer(index, links, base, asset_paths, copies, bibliography, tree.config)


def _relations(
    routed: Sequence[RoutedNote], sections: Sections, linked: Mapping[str, LinkedNote], services: LinkServices
) -> Relations:
    """Return what refers to notes and stands beside them. Notes in reading order have no newer and older ones."""
    names = {content_path: as_link(note.ref) for content_path, note in linked.items()}
    dated = [linked[item.content_path].ref for item in routed if item.is_listed and not sections.in_order]
    return Relations(
        backlinks(services.renderer.links, services.resolver.index.notes, names),
        neighbours(dated),
        places(services.series, {item.note.path: names[item.content_path] for item in routed}),
        sections,
    )


def _linked(
    routed: Sequence[RoutedNote],
    old: OldAddresses,
    rendered: Mapping[str, RenderedNote],
    linked: Mapping[str, LinkedNote],
    relations: Relations,
    services: LinkServices,
) -> Linked:
    """Return the site of notes that are `rendered`, by content path."""
    posts = [item for item in routed if item.is_listed]
    refs = [linked[item.content_path].ref for item in posts]
    dates = (date for ref in refs for date in (ref.date, ref.updated))
    info = site_info(services.config, services.base, dates, has_series=bool(services.series.terms))
    feed, category_feeds = feeds(posts, linked, services)
    home, has_list = home_text(routed, services.config)
    return Linked(
        Site(
            info=info,
            notes=tuple(rendered[item.content_path] for item in posts),
            pages=tuple(rendered[item.content_path] for item in routed if item.is_page),
            categories=services.categories.terms,
            tags=services.tags.terms,
            feed=feed,
            series=services.series.terms,
            category_feeds=category_feeds,
            sections=relations.sections.sections,
            top=relations.sections.top,
            home=home,
            home_has_list=has_list,
            unlisted=tuple(rendered[item.content_path] for item in routed if not (item.is_page or item.is_listed)),
        ),
        dict(services.public.files),
        {path: variant for copies in services.renderer.variants.values() for path, variant in copies.items()},
        old.redirects,
        {item.url: item.note.path for item in routed},
    )


def home_text(routed: Iterable[RoutedNote], config: Config) -> tuple[str, bool]:
    """Return the source path of the home page's text, "" for none, and whether the list of notes stands below it.

    It does where it is asked for, also by Jekyll's `layout: home`, and where the note has no text.
    """
    home = next((item.note for item in routed if item.path == lists.HOME), None)
    if home is None:
        return "", True
    return home.path, config.home == "both" or home.meta.layout == "home" or not home.body.text.strip()


def feeds(
    posts: Sequence[RoutedNote], linked: Mapping[str, LinkedNote], services: LinkServices
) -> tuple[tuple[FeedEntry, ...], tuple[tuple[Term, tuple[FeedEntry, ...]], ...]]:
    """Return the entries of the site's feed, and of the feed of each category that has one. `posts`: newest first."""
    limit = services.config.feed.limit
    members = {
        term: services.categories.members[term.name][:limit] for term in services.categories.terms if term.feed_url
    }
    newest = [item.note.path for item in posts[:limit]]
    paths = dict.fromkeys(path for group in (newest, *members.values()) for path in group)
    by_path = {item.note.path: item for item in posts if item.note.path in paths}
    entries = dict(zip(paths, feed_entries((by_path[path] for path in paths), linked, services), strict=True))
    return (
        tuple(entries[path] for path in newest),
        tuple((term, tuple(entries[path] for path in group)) for term, group in members.items()),
    )


def linking_diagnostics(
    chosen: Selection,
    settled: Settled,
    old: OldAddresses,
    linked: Mapping[str, LinkedNote],
    relations: Relations,
    services: LinkServices,
) -> Iterator[Diagnostic]:
    """Yield what linking says of the notes."""
    yield from chosen.diagnostics
    yield from private_files(services.public)
    yield from relations.sections.diagnostics
    yield from settled.diagnostics
    yield from services.translated.diagnostics
    yield from old.diagnostics
    yield from _undated(settled.routed)
    yield from unknown_references(services.resolver.index)
    yield from unread_files(services.resolver.index, services.renderer.links.values())
    for links in services.renderer.links.values():
        yield from links.diagnostics
    for note in linked.values():
        yield from note.body.diagnostics


def _undated(routed: Iterable[RoutedNote]) -> Iterator[Diagnostic]:
    """Yield a warning for each note without a date, unless its front matter could not be read.

    In a garden or a course, where hardly any note has one, it is no fault: an info.
    """
    posts = [item.note for item in routed if item.is_listed]
    undated = [note for note in posts if note.meta.date is None]
    usual = len(posts) - len(undated) < DATED_SHARE * len(posts)
    for note in undated:
        if not any(diagnostic.code in _UNREAD for diagnostic in note.diagnostics):
            hint = "add `date: 2026-01-31` to its front matter, or begin the file's name with 2026-01-31-"
            item = diagnose("note-undated", "no date: listed last", path=note.path, hint=hint)
            yield msgspec.structs.replace(item, severity=Severity.INFO) if usual else item
