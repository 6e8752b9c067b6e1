"""All notes together: Notes to a Site. Addresses, terms, neighbours, every hole filled.

Every step takes values and returns a value, so that a server can link an edited note again and share the rest: relink.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from notegen.link.addresses.alternates import Translated, language_tag, translated_notes
from notegen.link.addresses.collisions import Settled, settle
from notegen.link.addresses.list_pages import site_pages
from notegen.link.addresses.redirects import OldAddresses, old_addresses
from notegen.link.addresses.routed_notes import RoutedNote, route_notes
from notegen.link.addresses.taxonomies import Terms, terms_by_language
from notegen.link.bodies.holes import HoleRenderer
from notegen.link.bodies.images import variants_of
from notegen.link.bodies.papers import Addresses, paper_addresses, papers_root
from notegen.link.files.left_out import files_of_left_out
from notegen.link.files.public_files import PublicFiles, private_files, public_files
from notegen.link.linked_notes import LinkedNote, LinkServices, Relations, linked_note, rendered_note
from notegen.link.linked_site import site_in, with_papers
from notegen.link.published_notes import Selection, select
from notegen.link.relations.backlinks import backlinks, mentions
from notegen.link.relations.neighbours import as_link, neighbours, places
from notegen.link.relations.related import related_links
from notegen.link.sections.sections import Sections, sections_by_language
from notegen.link.targets.broken_links import Hidden
from notegen.link.targets.index import Folders, Index, make_index
from notegen.link.targets.languages import LinkLanguages
from notegen.link.targets.note_links import NoteLinks, resolve_note
from notegen.link.targets.resolve import Resolver
from notegen.link.targets.unknown_labels import unknown_references
from notegen.link.unread_files import unread_files
from notegen.model.body import NO_BIBLIOGRAPHY, Bibliography
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result, Severity
from notegen.model.note import Note
from notegen.model.site import Linked, NoteRef, RenderedNote
from notegen.model.source import Tree
from notegen.model.strings import ContentPath, SitePath
from notegen.routes.languages import content_path_of
from notegen.routes.notes import pattern_of
from notegen.routes.urls import Base, base_of, site_path

_UNREAD = frozenset({"front-matter-syntax", "front-matter-unclosed"})  # the date may well be there
DATED_SHARE = 0.5  # of the notes with a date, from which on a date is missed where there is none


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
    linked: Mapping[ContentPath, LinkedNote]
    relations: Relations
    result: Result[Linked]

    @property
    def links(self) -> Mapping[ContentPath, NoteLinks]:
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
    sections = sections_by_language(routed, pages, tree, base)
    pages |= {
        site_path(section.url, base): "the page of a folder" for one in sections.values() for section in one.sections
    }
    old = old_addresses(routed, pages, tree, base)
    hidden = _hidden(notes, chosen, settled, tree)
    addresses = paper_addresses(routed, bibliography, config, [*pages, *(item.path for item in routed)])
    pages |= dict.fromkeys(addresses.values(), "the page of a paper")
    pages |= dict.fromkeys(filter(None, (papers_root(addresses),)), "the list of all papers")
    translated = translated_notes(routed, config, base)
    languages = _link_languages(routed, translated, config)
    resolver = Resolver(_index(routed, sections, old, pages, tree, base, languages), hidden, bibliography)
    links = {item.content_path: resolve_note(resolver, item.content_path, item.note) for item in routed}
    public = public_files(resolver.index, links, _files_left_out(hidden, resolver.index, tree), tree)
    renderer = _hole_renderer(links, resolver.index, public, tree, base, bibliography, addresses)
    services = LinkServices(config, base, now, terms, resolver, renderer, public, translated, tree.history)
    linked = {item.content_path: linked_note(item, services) for item in routed}
    relations = _relations(routed, sections, linked, services)
    rendered = {
        item.content_path: rendered_note(item, linked[item.content_path], relations, services) for item in routed
    }
    diagnostics = tuple(linking_diagnostics(chosen, settled, old, linked, relations, services))
    result = Result(_linked(routed, old, rendered, linked, relations, services), diagnostics)
    return Linking(notes, tree, now, chosen, settled, old, services, linked, relations, result)


def _settle(routed: Sequence[RoutedNote], config: Config, base: Base) -> tuple[Settled, Mapping[str, Terms]]:
    """Return the notes with an address each, and their categories, tags and series."""
    terms = terms_by_language(routed, config, base)
    settled = settle(routed, site_pages(routed, terms, config, base), config, base)
    return settled, terms_by_language(settled.routed, config, base) if settled.skipped else terms


def _hidden(notes: Iterable[Note], chosen: Selection, settled: Settled, tree: Tree) -> Hidden:
    """Return the notes that are not published, by content path, each with the reason."""
    reasons = {**chosen.skipped, **settled.skipped}
    left_out = (note for note in notes if note.path in reasons) if reasons else ()
    return {content_path_of(note.path, tree.config.content_dir): (note, reasons[note.path]) for note in left_out}


def _index(
    routed: Sequence[RoutedNote],
    sections: Mapping[str, Sections],
    old: OldAddresses,
    pages: Iterable[str],
    tree: Tree,
    base: Base,
    languages: LinkLanguages,
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
        Folders(config.content_dir.strip("./"), config.static_dir.strip("./"), base.path, config.passthrough),
        {
            f"{language}/{section.folder}".lstrip("/"): site_path(section.url, base)
            for language, one in sections.items()
            for section in one.sections
        },
        languages,
    )


def _link_languages(routed: Iterable[RoutedNote], translated: Translated, config: Config) -> LinkLanguages:
    """Return what links need to know of the languages of notes."""
    spoken = [
        (item.content_path, language_tag(item, config)) for item in routed if item.translation or item.note.meta.lang
    ]
    bare = {item.content_path: item.bare for item in routed if item.bare != item.content_path}
    return LinkLanguages(
        {content_path: tag for content_path, tag in spoken if tag != config.language}, bare, translated.partners
    )


def _files_left_out(hidden: Hidden, index: Index, tree: Tree) -> frozenset[str]:
    """Return the files of notes that are not published, where they matter: else all files are private by themselves."""
    if not index.static and tree.config.attachments == "used":
        return frozenset()
    return files_of_left_out(((content_path, note) for content_path, (note, _) in hidden.items()), index)


def _hole_renderer(
    links: Mapping[ContentPath, NoteLinks],
    index: Index,
    public: PublicFiles,
    tree: Tree,
    base: Base,
    bibliography: Bibliography,
    addresses: Addresses,
) -> HoleRenderer:
    """Return what fills holes: with the site paths of assets, and smaller copies of the images that are shown."""
    asset_paths = public.asset_paths
    images = dict.fromkeys(path for item in links.values() for path in item.images)
    shown = {asset_paths[path]: tree.assets[path] for path in images if path in asset_paths}
    shown |= {site: index.static[site] for site in map(SitePath, images) if site in index.static}
    copies = {path: variants_of(path, asset, tree.config.images, tree.encoder) for path, asset in shown.items()}
    return HoleRenderer(index, links, base, asset_paths, copies, bibliography, tree.config, addresses)


def _relations(
    routed: Sequence[RoutedNote],
    sections: Mapping[str, Sections],
    linked: Mapping[ContentPath, LinkedNote],
    services: LinkServices,
) -> Relations:
    """Return what refers to notes and stands beside them. Notes in reading order have no newer and older ones."""
    names = {content_path: as_link(note.ref) for content_path, note in linked.items()}
    dated: dict[str, list[NoteRef]] = {}
    for item in routed:
        if item.is_listed and not sections[item.language].in_order:
            dated.setdefault(item.language, []).append(linked[item.content_path].ref)
    by_path = {item.note.path: names[item.content_path] for item in routed}
    return Relations(
        backlinks(
            services.renderer.links,
            services.resolver.index.notes,
            names,
            services.renderer.bibliography,
            services.translated.partners,
        ),
        {path: beside for refs in dated.values() for path, beside in neighbours(refs).items()},
        {path: place for one in services.terms.values() for path, place in places(one.series, by_path).items()},
        sections,
        related_links(routed, services.renderer.links, names),
        mentions(services.renderer.links, services.resolver.index.notes, names) if services.config.graph else {},
    )


def _linked(
    routed: Sequence[RoutedNote],
    old: OldAddresses,
    rendered: Mapping[ContentPath, RenderedNote],
    linked: Mapping[ContentPath, LinkedNote],
    relations: Relations,
    services: LinkServices,
) -> Linked:
    """Return the site of notes that are `rendered`, by content path."""
    by_language: dict[str, list[RoutedNote]] = {language: [] for language in services.terms}
    for item in routed:
        by_language[item.language].append(item)
    site, *translated = (
        site_in(language, items, rendered, linked, relations, services) for language, items in by_language.items()
    )
    return Linked(
        with_papers([site, *translated], routed, linked, services),
        dict(services.public.files),
        {path: variant for copies in services.renderer.variants.values() for path, variant in copies.items()},
        old.redirects,
        {item.url: item.note.path for item in routed},
    )


def linking_diagnostics(
    chosen: Selection,
    settled: Settled,
    old: OldAddresses,
    linked: Mapping[ContentPath, LinkedNote],
    relations: Relations,
    services: LinkServices,
) -> Iterator[Diagnostic]:
    """Yield what linking says of the notes."""
    yield from chosen.diagnostics
    yield from private_files(services.public)
    for sections in relations.sections.values():
        yield from sections.diagnostics
    yield from settled.diagnostics
    yield from services.translated.diagnostics
    yield from old.diagnostics
    yield from _undated(settled.routed, services.config)
    yield from unknown_references(services.resolver.index)
    yield from unread_files(services.resolver.index, services.renderer.links.values(), services.config.math.preamble)
    for links in services.renderer.links.values():
        yield from links.diagnostics
    for note in linked.values():
        yield from note.body.diagnostics


def _undated(routed: Iterable[RoutedNote], config: Config) -> Iterator[Diagnostic]:
    """Yield a warning for each note without a date, unless its front matter could not be read.

    In a garden or a course, where most notes have none, it is no fault: an info. So it is among the notes of one
    permalink pattern, such as the docs beside a blog (Docusaurus).
    """
    posts = [(pattern_of(item.content_path, config), item.note) for item in routed if item.is_listed]
    numbers = Counter(pattern for pattern, _ in posts)
    undated = [(pattern, note) for pattern, note in posts if note.meta.date is None]
    without = Counter(pattern for pattern, _ in undated)
    for pattern, note in undated:
        usual = numbers[pattern] - without[pattern] < DATED_SHARE * numbers[pattern]
        if not any(diagnostic.code in _UNREAD for diagnostic in note.diagnostics):
            hint = "add `date: 2026-01-31` to its front matter, or begin the file's name with 2026-01-31-"
            item = diagnose("note-undated", "no date: listed last", path=note.path, hint=hint)
            yield msgspec.structs.replace(item, severity=Severity.INFO) if usual else item
