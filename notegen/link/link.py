"""All notes together: Notes to a Site. Addresses, terms, neighbours, every hole filled.

Cheap, and always recomputed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from notegen import routes
from notegen.link import taxonomies as terms
from notegen.link.asset_paths import place_assets
from notegen.link.backlinks import backlinks, references
from notegen.link.bodies.feed_html import FeedContent
from notegen.link.bodies.holes import Filler, View
from notegen.link.bodies.images import variants_of
from notegen.link.select import Selection, select
from notegen.link.series import places
from notegen.link.site_info import site_info
from notegen.link.targets.equations import unknown_references
from notegen.link.targets.index import Folders, Index, make_index, stem_of
from notegen.link.targets.resolve import Resolver
from notegen.link.toc import toc
from notegen.model.body import Filled, Hole, ImageHole, UrlHole
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.model.site import (
    Backlink,
    FeedEntry,
    Link,
    Linked,
    NoteRef,
    Redirect,
    RenderedNote,
    SeriesPlace,
    Site,
    Term,
)
from notegen.model.source import Tree
from notegen.routes import Base, alias_path, base_of, note_path, page_path, site_path
from notegen.text.paths import undated

_UNREAD = frozenset({"front-matter-syntax", "front-matter-unclosed"})  # the date may well be there


class Placed(msgspec.Struct, frozen=True):
    """A published note with its inner path, its site path and its URL."""

    inner: str
    note: Note
    path: str
    url: str
    is_page: bool


class Linking(msgspec.Struct, frozen=True):
    """How the notes of one build were linked; see relink."""

    notes: Sequence[Note]
    tree: Tree
    now: datetime
    chosen: Selection
    placed: list[Placed]
    linker: "Linker"
    linked: Linked


def link_notes(notes: Sequence[Note], tree: Tree, now: datetime) -> Linking:
    """Put the published notes into one Site.

    Steps: 1. leave out drafts; 2. addresses; 3. categories and tags; 4. what links name; 5. assets beside notes; 6.
    fill holes. Diagnostics: note-skipped, note-undated, and those of links and embeds.
    """
    config = tree.config
    base = base_of(config.base_url)
    chosen = select(notes, config, now)
    placed = _in_order(place(note, config, base) for note in chosen.notes)
    posts = [item for item in placed if not item.is_page]
    categories = terms.categories((item.note for item in posts), base, feeds=config.feed.categories)
    tags = terms.tags((item.note for item in posts), base)
    series = terms.series((item.note for item in posts), base)
    index = _index(placed, tree, base, categories, tags, series)
    hidden = {
        _inner(note.path, config): (note, chosen.skipped[note.path]) for note in notes if note.path in chosen.skipped
    }
    resolver = Resolver(index, hidden)
    holes = {item.inner: references(item.note) for item in placed}
    uses = _uses(placed, holes, resolver)
    asset_paths = place_assets(index, uses.assets)
    shown = {asset_paths[path]: tree.assets[path] for path in uses.images if path in asset_paths} | {
        path: index.static[path] for path in uses.images if path in index.static
    }
    copies = {path: variants_of(path, asset, config.images, tree.encoder) for path, asset in shown.items()}
    filler = Filler(resolver, base, asset_paths, copies)
    linker = Linker(config, base, filler, categories, tags, series, now)
    linked = linker.link(placed, holes, chosen.diagnostics)
    return Linking(notes, tree, now, chosen, placed, linker, linked)


def _inner(path: str, config: Config) -> str:
    """Return a source path below the content folder."""
    return path.removeprefix(config.content_dir.strip("./") + "/") if config.content_dir.strip("./") else path


def place(note: Note, config: Config, base: Base) -> Placed:
    """Return a note with its addresses."""
    inner = _inner(note.path, config)
    is_page = note.meta.layout == "page" or inner.startswith("pages/")
    date = _local(note.meta.date, config)
    path = (
        page_path(note, inner) if is_page else note_path(note, inner, undated(stem_of(inner)), config.permalink, date)
    )
    return Placed(inner, note, path, base.url(path), is_page)


def _in_order(placed: Iterable[Placed]) -> list[Placed]:
    """Return notes newest first; undated ones last, by path."""
    return sorted(
        placed,
        key=lambda item: (item.note.meta.date is None, -_timestamp(item.note.meta.date), item.inner),
    )


def _timestamp(date: datetime | None) -> float:
    return date.timestamp() if date else 0.0


def _index(placed: Sequence[Placed], tree: Tree, base: Base, *taxonomies: terms.Taxonomy) -> Index:
    """Return what links may name: notes, assets, static files, list pages."""
    config = tree.config
    pages = [routes.HOME, routes.ARCHIVE, routes.CATEGORIES, routes.TAGS, routes.NOT_FOUND, routes.ROBOTS]
    pages += [routes.SITEMAP] if base.origin else []
    pages += [feed.path for feed in routes.feed_routes(config.feed)]
    pages += [site_path(term.feed_url, base) for taxonomy in taxonomies for term in taxonomy.terms if term.feed_url]
    pages += [path for taxonomy in taxonomies for path in taxonomy.paths.values()]
    pages += [routes.SERIES] if any(path.startswith(routes.SERIES) for path in pages) else []
    return make_index(
        {item.inner: item.note for item in placed},
        {item.inner: item.path for item in placed},
        tree.assets,
        tree.static,
        pages,
        Folders(config.content_dir.strip("./"), config.static_dir.strip("./"), base.path),
    )


class _Uses(msgspec.Struct, frozen=True):
    """What notes use: the assets that each one names, in the order of its text; the images shown, assets and others."""

    assets: dict[str, list[str]]
    images: dict[str, None]


def _uses(placed: Iterable[Placed], holes: Mapping[str, Sequence[Hole]], resolver: Resolver) -> _Uses:
    uses = _Uses({}, {})
    for item in placed:
        for hole in (*holes[item.inner], *cover_of(item.note)):
            found = resolver.resolve(item.inner, hole)
            if found.asset:
                uses.assets.setdefault(item.inner, []).append(found.asset)
            if isinstance(hole, ImageHole):
                uses.images[found.asset or found.site] = None
    return uses


def cover_of(note: Note) -> tuple[UrlHole, ...]:
    """Return the picture that the front matter names, as what it is: a link to a file."""
    return (UrlHole(note.meta.cover, "image"),) if note.meta.cover else ()


class Linker:
    """Makes every note's page value from its filled body. Lives for one call of link_notes, and for relink."""

    def __init__(
        self,
        config: Config,
        base: Base,
        filler: Filler,
        categories: terms.Taxonomy,
        tags: terms.Taxonomy,
        series: terms.Taxonomy,
        now: datetime,
    ) -> None:
        self.config = config
        self.base = base
        self.filler = filler
        self.categories = categories
        self.tags = tags
        self.series = series
        self.now = now
        self.refs: dict[str, NoteRef] = {}
        self.bodies: dict[str, Filled] = {}
        self.referring: dict[str, tuple[Backlink, ...]] = {}
        self.neighbours: dict[str, tuple[Link | None, Link | None]] = {}
        self.parts: Mapping[str, SeriesPlace] = {}

    def link(self, placed: Sequence[Placed], holes: Mapping[str, Sequence[Hole]], told: Iterable[Diagnostic]) -> Linked:
        """Return the linked site. `holes`: what each note refers to, by inner path."""
        for item in placed:
            self.fill(item)
        links = {inner: as_link(ref) for inner, ref in self.refs.items()}
        self.parts = places(self.series, {item.note.path: links[item.inner] for item in placed})
        self.referring = backlinks(holes, links, self.filler.resolver)
        self.neighbours = _neighbours([self.refs[item.inner] for item in placed if not item.is_page])
        return self.site(placed, {item.inner: self.note(item) for item in placed}, told)

    def fill(self, item: Placed) -> None:
        """Fill the holes of a note."""
        self.refs[item.inner] = self._ref(item)
        self.bodies[item.inner] = self.filler.fill(item.inner, item.note.body, View())

    def site(self, placed: Sequence[Placed], made: Mapping[str, RenderedNote], told: Iterable[Diagnostic]) -> Linked:
        """Return the site of notes that are `made`, by inner path."""
        filler, refs = self.filler, self.refs
        posts = [item for item in placed if not item.is_page]
        notes = tuple(made[item.inner] for item in posts)
        pages = tuple(made[item.inner] for item in placed if item.is_page)
        feed, category_feeds = self._feeds(posts, refs)
        dates = (date for item in posts for date in (refs[item.inner].date, refs[item.inner].updated))
        info = site_info(self.config, self.base, dates, has_series=bool(self.series.terms))
        site = Site(info, notes, pages, self.categories.terms, self.tags.terms, feed, self.series.terms, category_feeds)
        return Linked(
            site,
            dict(filler.asset_paths),
            {path: variant for copies in filler.variants.values() for path, variant in copies.items()},
            tuple(Redirect(old, item.url, item.note.path) for item in placed for old in _redirects(item)),
            {item.url: item.note.path for item in placed},
            (
                *told,
                *_undated(placed),
                *unknown_references(filler.resolver.index),
                *filler.resolver.problems,
                *filler.diagnostics,
            ),
        )

    def _ref(self, item: Placed) -> NoteRef:
        note, meta = item.note, item.note.meta
        found = self.categories.of.get(item.note.path, ())
        return NoteRef(
            title=note.title,
            title_html=note.title_html,
            url=item.url,
            permalink=self.base.absolute(item.url),
            path=note.path,
            date=_local(meta.date, self.config),
            updated=_local(meta.updated, self.config),
            category=found[0] if found else None,
            categories=found,
            tags=self.tags.of.get(note.path, ()),
            excerpt=self.filler.fill(item.inner, note.excerpt, View(own_url=item.url, ids=False)).html,
            description=note.description,
            minutes=note.minutes,
            lang=note.lang or self.config.language,
            cover=self.filler.address(item.inner, meta.cover) if meta.cover else "",
            draft=meta.draft,
            future=meta.date is not None and meta.date > self.now,
            weight=meta.weight,
            series=meta.series,
            has_math=b"<math" in note.excerpt.text or "<math" in note.title_html,
        )

    def note(self, item: Placed) -> RenderedNote:
        """Return a note in its place. All notes must be filled."""
        note = item.note
        newer, older = (None, None) if item.is_page else self.neighbours.get(note.path, (None, None))
        found = self.referring.get(item.inner, ())
        notes = self.filler.resolver.index.notes
        shown = [note, *(notes[inner] for inner in self.filler.embedded.get(item.inner, ()))]
        return RenderedNote(
            ref=self.refs[item.inner],
            content=self.bodies[item.inner],
            toc=toc(note),
            newer=newer,
            older=older,
            backlinks=found,
            has_math=any(part.formulas for part in shown)
            or any("<math" in html for html in (note.title_html, *(entry.context_html for entry in found))),
            has_code=any(part.has_code for part in shown),
            authors=note.meta.authors or ((self.config.author,) if self.config.author else ()),
            edit_url=self.config.edit_url.replace(":path", note.path),
            words=note.words,
            params=note.meta.extra,
            series=None if item.is_page else self.parts.get(note.path),
        )

    def _feeds(
        self, posts: Sequence[Placed], refs: Mapping[str, NoteRef]
    ) -> tuple[tuple[FeedEntry, ...], tuple[tuple[Term, tuple[FeedEntry, ...]], ...]]:
        """Return the entries of the site's feed, and of the feed of each category that has one."""
        limit = self.config.feed.limit
        by_path = {item.note.path: item for item in posts}
        names = {term: self.categories.members[term.name][:limit] for term in self.categories.terms if term.feed_url}
        shown = [item.note.path for item in posts[:limit]]
        paths = dict.fromkeys(path for group in (shown, *names.values()) for path in group)
        entries = {path: self._feed_entry(by_path[path], refs[by_path[path].inner]) for path in paths}
        return (
            tuple(entries[path] for path in shown),
            tuple((term, tuple(entries[path] for path in group)) for term, group in names.items()),
        )

    def _feed_entry(self, item: Placed, ref: NoteRef) -> FeedEntry:
        full = self.config.feed.full_content
        view = View(self.base.absolute(item.url), self.base.absolute, ids=full)
        content = self.filler.fill(item.inner, item.note.body if full else item.note.excerpt, view, FeedContent)
        return FeedEntry(ref, content, self.base.identity(item.url))


def _undated(placed: Iterable[Placed]) -> Iterator[Diagnostic]:
    """Yield a warning for each note without a date, unless its front matter could not be read."""
    for item in placed:
        if item.note.meta.date is not None or item.is_page:
            continue
        if not any(found.code in _UNREAD for found in item.note.diagnostics):
            hint = "add `date: 2026-01-31` to its front matter, or begin the file's name with 2026-01-31-"
            yield diagnose("note-undated", "no date: listed last", path=item.note.path, hint=hint)


def _redirects(item: Placed) -> Iterable[str]:
    """Return the old site paths that should lead to the note."""
    if not item.note.meta.aliases:
        return ()
    paths = dict.fromkeys(alias_path(alias) for alias in item.note.meta.aliases if alias.startswith("/"))
    return (path for path in paths if path != item.path)


def _local(date: datetime | None, config: Config) -> datetime | None:
    """Return the moment in the site's zone."""
    return date.astimezone(ZoneInfo(config.timezone)) if date else None


def as_link(ref: NoteRef) -> Link:
    """Return how a note is named where only its title is shown."""
    return Link(ref.title, ref.title_html, ref.url)


def neighbours_at(refs: Sequence[NoteRef], number: int) -> tuple[Link | None, Link | None]:
    """Return the (newer, older) of the note at a place among all notes, newest first."""
    newer = as_link(refs[number - 1]) if number else None
    older = as_link(refs[number + 1]) if number + 1 < len(refs) else None
    return newer, older


def _neighbours(refs: Sequence[NoteRef]) -> dict[str, tuple[Link | None, Link | None]]:
    """Return (newer, older) of each note, by source path."""
    return {ref.path: neighbours_at(refs, number) for number, ref in enumerate(refs)}
