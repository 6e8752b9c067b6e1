"""All notes together: Notes to a Site. Addresses, terms, neighbours, every hole filled.

Every step takes values and returns a value, so that a server can link an edited note again and share the rest: relink.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from notegen.link import taxonomies
from notegen.link.asset_paths import asset_site_paths
from notegen.link.backlinks import backlinks
from notegen.link.bodies.holes import HoleRenderer
from notegen.link.bodies.images import variants_of
from notegen.link.linked_notes import LinkedNote, LinkServices, Relations, feed_entries, linked_note, rendered_note
from notegen.link.neighbours import as_link, neighbours, places
from notegen.link.routed_notes import RoutedNote, inner_path, route_notes
from notegen.link.select import Selection, select
from notegen.link.site_info import site_info
from notegen.link.targets.equations import unknown_references
from notegen.link.targets.index import Folders, Index, make_index
from notegen.link.targets.resolve import NoteLinks, Resolver, resolve_note
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.note import Note
from notegen.model.result import Result
from notegen.model.site import NO_BIBLIOGRAPHY, Bibliography, FeedEntry, Linked, Redirect, RenderedNote, Site, Term
from notegen.model.source import Tree
from notegen.routes import lists
from notegen.routes.notes import alias_path
from notegen.routes.urls import Base, base_of, site_path

_UNREAD = frozenset({"front-matter-syntax", "front-matter-unclosed"})  # the date may well be there
DATED_SHARE = 0.2  # of the notes with a date, from which on a date is missed where there is none


class Linking(msgspec.Struct, frozen=True):
    """How the notes of one build were linked: what went in, each step's value, what came out. See relink.

    `links` and `linked` are by inner path, in the order of the site.
    """

    notes: Sequence[Note]
    tree: Tree
    now: datetime
    chosen: Selection
    routed: Sequence[RoutedNote]
    services: LinkServices
    linked: Mapping[str, LinkedNote]
    relations: Relations
    result: Result[Linked]

    @property
    def links(self) -> Mapping[str, NoteLinks]:
        """Where the holes of each note lead."""
        return self.services.renderer.links


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
    routed = route_notes(chosen.notes, config, base)
    posts = [item.note for item in routed if item.is_listed]
    categories = taxonomies.categories(posts, base, feeds=config.feed.categories)
    tags = taxonomies.tags(posts, base)
    series = taxonomies.series(posts, base)
    index = _index(routed, tree, base, categories, tags, series)
    resolver = Resolver(index, _hidden(notes, chosen, tree), bibliography)
    links = {item.inner: resolve_note(resolver, item.inner, item.note) for item in routed}
    renderer = _hole_renderer(links, index, tree, base, bibliography)
    services = LinkServices(config, base, now, categories, tags, series, resolver, renderer)
    linked = {item.inner: linked_note(item, services) for item in routed}
    relations = _relations(routed, linked, services)
    rendered = {item.inner: rendered_note(item, linked[item.inner], relations, services) for item in routed}
    diagnostics = tuple(linking_diagnostics(chosen, routed, linked, services))
    return Linking(
        notes,
        tree,
        now,
        chosen,
        routed,
        services,
        linked,
        relations,
        Result(_linked(routed, rendered, linked, services), diagnostics),
    )


def _hidden(notes: Iterable[Note], chosen: Selection, tree: Tree) -> dict[str, tuple[Note, str]]:
    """Return the notes that are not published, by inner path, each with the reason."""
    left_out = (note for note in notes if note.path in chosen.skipped)
    return {inner_path(note.path, tree.config): (note, chosen.skipped[note.path]) for note in left_out}


def _index(routed: Sequence[RoutedNote], tree: Tree, base: Base, *indexes: taxonomies.Taxonomy) -> Index:
    """Return what links may name: notes, assets, static files, list pages."""
    config = tree.config
    pages = [lists.HOME, lists.ARCHIVE, lists.CATEGORIES, lists.TAGS, lists.NOT_FOUND, lists.ROBOTS]
    pages += [lists.SITEMAP] if base.origin else []
    pages += [feed.path for feed in lists.feed_routes(config.feed)]
    pages += [site_path(term.feed_url, base) for taxonomy in indexes for term in taxonomy.terms if term.feed_url]
    pages += [path for taxonomy in indexes for path in taxonomy.paths.values()]
    pages += [lists.SERIES] if any(path.startswith(lists.SERIES) for path in pages) else []
    return make_index(
        {item.inner: item.note for item in routed},
        {item.inner: item.path for item in routed},
        tree.assets,
        tree.static,
        pages,
        Folders(config.content_dir.strip("./"), config.static_dir.strip("./"), base.path),
    )


def _hole_renderer(
    links: Mapping[str, NoteLinks], index: Index, tree: Tree, base: Base, bibliography: Bibliography
) -> HoleRenderer:
    """Return what fills holes: with the site paths of assets, and smaller copies of the images that are shown."""
    asset_paths = asset_site_paths(index, {inner: item.assets for inner, item in links.items() if item.assets})
    images = dict.fromkeys(path for item in links.values() for path in item.images)
    shown = {asset_paths[path]: tree.assets[path] for path in images if path in asset_paths} | {
        path: index.static[path] for path in images if path in index.static
    }
    copies = {path: variants_of(path, asset, tree.config.images, tree.encoder) for path, asset in shown.items()}
    return HoleRenderer(index, links, base, asset_paths, copies, bibliography, tree.config)


def _relations(routed: Sequence[RoutedNote], linked: Mapping[str, LinkedNote], services: LinkServices) -> Relations:
    """Return what refers to notes and stands beside them."""
    names = {inner: as_link(note.ref) for inner, note in linked.items()}
    return Relations(
        backlinks(services.renderer.links, services.resolver.index.notes, names),
        neighbours([linked[item.inner].ref for item in routed if item.is_listed]),
        places(services.series, {item.note.path: names[item.inner] for item in routed}),
    )


def _linked(
    routed: Sequence[RoutedNote],
    rendered: Mapping[str, RenderedNote],
    linked: Mapping[str, LinkedNote],
    services: LinkServices,
) -> Linked:
    """Return the site of notes that are `rendered`, by inner path."""
    posts = [item for item in routed if item.is_listed]
    refs = [linked[item.inner].ref for item in posts]
    dates = (date for ref in refs for date in (ref.date, ref.updated))
    info = site_info(services.config, services.base, dates, has_series=bool(services.series.terms))
    feed, category_feeds = feeds(posts, linked, services)
    return Linked(
        Site(
            info=info,
            notes=tuple(rendered[item.inner] for item in posts),
            pages=tuple(rendered[item.inner] for item in routed if item.is_page),
            categories=services.categories.terms,
            tags=services.tags.terms,
            feed=feed,
            series=services.series.terms,
            category_feeds=category_feeds,
            unlisted=tuple(rendered[item.inner] for item in routed if not (item.is_page or item.is_listed)),
        ),
        dict(services.renderer.asset_paths),
        {path: variant for copies in services.renderer.variants.values() for path, variant in copies.items()},
        tuple(Redirect(old, item.url, item.note.path) for item in routed for old in _redirects(item)),
        {item.url: item.note.path for item in routed},
    )


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
    chosen: Selection, routed: Iterable[RoutedNote], linked: Mapping[str, LinkedNote], services: LinkServices
) -> Iterator[Diagnostic]:
    """Yield what linking says of the notes."""
    yield from chosen.diagnostics
    yield from _undated(routed)
    yield from unknown_references(services.resolver.index)
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


def _redirects(item: RoutedNote) -> Iterable[str]:
    """Return the old site paths that should lead to the note."""
    if not item.note.meta.aliases:
        return ()
    paths = dict.fromkeys(alias_path(alias) for alias in item.note.meta.aliases if alias.startswith("/"))
    return (path for path in paths if path != item.path)
