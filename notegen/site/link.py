"""All notes together: Notes to a Site. Addresses, terms, neighbours, every hole filled.

Cheap, and always recomputed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

import notegen
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note, UrlHole, WikiHole
from notegen.model.site import FeedEntry, Link, NoteRef, RenderedNote, Site, SiteInfo, TocItem
from notegen.model.source import Tree
from notegen.site import terms
from notegen.site.placing import place_assets
from notegen.site.resolve import Resolved, Resolver, fill
from notegen.site.select import select
from notegen.site.targets import make_index, strip_suffix
from notegen.site.urls import Base, alias_path, base_of, note_path, page_path

TOC_MINIMUM = 3  # headings; fewer need no contents list
TOC_DEEPEST = 4
_UNREAD = frozenset({"front-matter-syntax", "front-matter-unclosed"})  # the date may well be there
_DATED = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ](?=.)")


class Linked(msgspec.Struct, frozen=True):
    """The site, where each asset goes, and what the author should hear of."""

    site: Site
    asset_paths: dict[str, str]  # asset below the content folder -> site path
    redirects: tuple[tuple[str, str, str], ...]  # old site path, URL, source path
    owners: dict[str, str]  # URL -> source path
    diagnostics: tuple[Diagnostic, ...]


class Placed(msgspec.Struct, frozen=True):
    """A published note with its inner path, its site path and its URL."""

    inner: str
    note: Note
    path: str
    url: str
    is_page: bool


def link_notes(notes: Sequence[Note], tree: Tree, now: datetime) -> Linked:
    """Put the published notes into one Site.

    Steps: 1. leave out drafts; 2. addresses; 3. categories and tags; 4. what links name; 5. assets beside notes; 6.
    fill holes. Diagnostics: note-skipped, note-undated, and those of links.
    """
    config = tree.config
    base = base_of(config.base_url)
    chosen = select(notes, config, now)
    placed = _in_order(_place(note, config, base) for note in chosen.notes)
    posts = [item for item in placed if not item.is_page]
    categories = terms.categories((item.note for item in posts), base)
    tags = terms.tags((item.note for item in posts), base)
    site_paths = _known_paths(tree, categories, tags)
    index = make_index(
        {item.inner: item.note for item in placed}, {item.inner: item.path for item in placed}, tree.assets, site_paths
    )
    skipped = {_inner(path, config): reason for path, reason in chosen.skipped.items()}
    finder = Resolver(index, base, {asset: "/" + asset for asset in tree.assets}, skipped)
    uses = _asset_uses(placed, finder)
    resolver = msgspec.structs.replace(finder, asset_paths=place_assets(index, uses))
    linker = _Linker(config, base, resolver, categories, tags, now)
    return linker.link(placed, chosen.diagnostics)


def _inner(path: str, config: Config) -> str:
    """Return a source path below the content folder."""
    return path.removeprefix(config.content_dir.strip("./") + "/") if config.content_dir.strip("./") else path


def _place(note: Note, config: Config, base: Base) -> Placed:
    inner = _inner(note.path, config)
    is_page = note.meta.layout == "page" or inner.startswith("pages/")
    date = _local(note.meta.date, config)
    path = page_path(note, inner) if is_page else note_path(note, _stem(inner), config.permalink, date)
    return Placed(inner, note, path, base.url(path), is_page)


def _stem(inner: str) -> str:
    """Return what a slug is made of: the file's name without ending and date, or its folder's for a bundle."""
    parts = strip_suffix(inner).split("/")
    stem = parts[-2] if parts[-1].lower() in {"index", "readme"} and len(parts) > 1 else parts[-1]
    return _DATED.sub("", stem)


def _in_order(placed: Iterable[Placed]) -> list[Placed]:
    """Return notes newest first; undated ones last, by path."""
    return sorted(
        placed,
        key=lambda item: (item.note.meta.date is None, -_timestamp(item.note.meta.date), item.inner),
    )


def _timestamp(date: datetime | None) -> float:
    return date.timestamp() if date else 0.0


def _known_paths(tree: Tree, *taxonomies: terms.Taxonomy) -> Iterator[str]:
    """Yield the site paths that links may name besides notes and assets."""
    yield from ("/", "/archives/", "/categories/", "/tags/", "/404.html", "/sitemap.xml", "/robots.txt")
    yield from ("/" + name for name in tree.config.feed.filenames)
    for taxonomy in taxonomies:
        yield from taxonomy.paths.values()
    yield from ("/" + path for path in tree.static)


def _asset_uses(placed: Iterable[Placed], finder: Resolver) -> dict[str, list[str]]:
    """Return which assets each note names, in the order of its text."""
    by_url = {finder.base.url(path): asset for asset, path in finder.asset_paths.items()}
    uses: dict[str, list[str]] = {}
    for item in placed:
        holes = [piece for piece in item.note.body if not isinstance(piece, str)]
        holes.extend([UrlHole(item.note.meta.cover, "image")] if item.note.meta.cover else [])
        for hole in holes:
            if isinstance(hole, UrlHole) and hole.target.startswith("#"):
                continue
            asset = by_url.get(finder.resolve(item.inner, item.note, hole).url)
            if asset is not None:
                uses.setdefault(item.inner, []).append(asset)
    return uses


class _Linker:
    """Fills the holes of every note and gathers what pages need. Lives for one call of link_notes."""

    def __init__(
        self,
        config: Config,
        base: Base,
        resolver: Resolver,
        categories: terms.Taxonomy,
        tags: terms.Taxonomy,
        now: datetime,
    ) -> None:
        self.config = config
        self.base = base
        self.resolver = resolver
        self.categories = categories
        self.tags = tags
        self.now = now
        self.found: dict[tuple[str, str, str], Resolved] = {}

    def link(self, placed: Sequence[Placed], told: Iterable[Diagnostic]) -> Linked:
        """Return the linked site."""
        diagnostics = [*told, *self._undated(placed)]
        refs = {item.inner: self._ref(item) for item in placed}
        bodies = {item.inner: self._body(item) for item in placed}
        backlinks = self._backlinks(placed, refs)
        posts = [item for item in placed if not item.is_page]
        neighbours = _neighbours([refs[item.inner] for item in posts])
        notes = tuple(self._note(item, refs, bodies, backlinks, neighbours) for item in posts)
        pages = tuple(self._note(item, refs, bodies, backlinks, {}) for item in placed if item.is_page)
        for resolved in self.found.values():
            diagnostics.extend([resolved.diagnostic] if resolved.diagnostic else [])
        feed = tuple(self._feed_entry(item, refs[item.inner]) for item in posts[: self.config.feed.limit])
        info = self._info([refs[item.inner] for item in posts])
        site = Site(info, notes, pages, self.categories.terms, self.tags.terms, feed)
        return Linked(
            site,
            self.resolver.asset_paths,
            tuple((old, item.url, item.note.path) for item in placed for old in _redirects(item)),
            {item.url: item.note.path for item in placed},
            tuple(diagnostics),
        )

    def _undated(self, placed: Iterable[Placed]) -> Iterator[Diagnostic]:
        for item in placed:
            unread = any(found.code in _UNREAD for found in item.note.diagnostics)
            if item.note.meta.date is None and not item.is_page and not unread:
                hint = "add `date: 2026-01-31` to its front matter, or begin the file's name with 2026-01-31-"
                yield diagnose("note-undated", "no date: listed last", path=item.note.path, hint=hint)

    def _resolve_for(self, item: Placed) -> Callable[[UrlHole | WikiHole], Resolved]:
        """Return the resolver of one note's holes; each different hole is resolved once."""

        def resolve(hole: UrlHole | WikiHole) -> Resolved:
            kind = hole.kind if isinstance(hole, UrlHole) else f"[[#{hole.fragment}"
            key = (item.inner, kind, hole.target)
            found = self.found.get(key)
            if found is None:
                found = self.found[key] = self.resolver.resolve(item.inner, item.note, hole)
            return found

        return resolve

    def _body(self, item: Placed) -> str:
        return fill(item.note.body, self._resolve_for(item), "", _same)

    def _ref(self, item: Placed) -> NoteRef:
        note, meta = item.note, item.note.meta
        resolve = self._resolve_for(item)
        found = self.categories.of.get(item.note.path, ())
        cover = fill((UrlHole(meta.cover, "image"),), resolve, "", _same) if meta.cover else ""
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
            excerpt=fill(note.excerpt, resolve, item.url, _same),
            description=note.description,
            minutes=note.minutes,
            words=note.words,
            lang=meta.lang or self.config.language,
            cover=cover,
            draft=meta.draft,
            future=meta.date is not None and meta.date > self.now,
            weight=meta.weight,
            series=meta.series,
            has_math=any(isinstance(piece, str) and "<math" in piece for piece in (*note.excerpt, note.title_html)),
        )

    def _backlinks(self, placed: Iterable[Placed], refs: Mapping[str, NoteRef]) -> dict[str, tuple[Link, ...]]:
        """Return which notes link to each note, in the order of the notes."""
        sources: dict[str, dict[str, None]] = {}
        for (source, _, _), found in self.found.items():
            if found.note and found.note != source:
                sources.setdefault(found.note, {})[source] = None
        order = {item.inner: number for number, item in enumerate(placed)}
        return {
            target: tuple(_link(refs[source]) for source in sorted(found, key=order.__getitem__))
            for target, found in sources.items()
        }

    def _note(
        self,
        item: Placed,
        refs: Mapping[str, NoteRef],
        bodies: Mapping[str, str],
        backlinks: Mapping[str, tuple[Link, ...]],
        neighbours: Mapping[str, tuple[Link | None, Link | None]],
    ) -> RenderedNote:
        note = item.note
        newer, older = neighbours.get(item.url, (None, None))
        return RenderedNote(
            ref=refs[item.inner],
            html=bodies[item.inner],
            toc=_toc(note) if note.meta.toc else (),
            newer=newer,
            older=older,
            backlinks=backlinks.get(item.inner, ()),
            has_math=bool(note.formulas) or "<math" in note.title_html,
            has_code=note.has_code,
            authors=note.meta.authors or ((self.config.author,) if self.config.author else ()),
            edit_url=self.config.edit_url.replace(":path", note.path),
            params=note.meta.extra,
        )

    def _feed_entry(self, item: Placed, ref: NoteRef) -> FeedEntry:
        body = item.note.body if self.config.feed.full_content else item.note.excerpt
        return FeedEntry(ref, fill(body, self._resolve_for(item), item.url, self.base.absolute))

    def _info(self, refs: Sequence[NoteRef]) -> SiteInfo:
        config, url = self.config, self.base.url
        dates = [date for ref in refs for date in (ref.date, ref.updated) if date]
        menu = tuple(
            Link(item.name, escape_text(item.name), url(item.url) if item.url.startswith("/") else item.url)
            for item in config.menu
        )
        return SiteInfo(
            title=config.title,
            subtitle=config.subtitle,
            description=config.description,
            author=config.author,
            language=config.language,
            base_url=self.base.origin + self.base.path if self.base.origin else "",
            base_path=self.base.path,
            menu=menu,
            banner=config.banner,
            license=config.license,
            params=config.params,
            generator=f"notegen {notegen.__version__}",
            home_url=url("/"),
            archive_url=url("/archives/"),
            categories_url=url("/categories/"),
            tags_url=url("/tags/"),
            feed_url=url("/" + config.feed.filenames[0]) if config.feed.filenames else "",
            updated=max(dates) if dates else None,
        )


def escape_text(text: str) -> str:
    """Return text as HTML."""
    from html import escape

    return escape(text)


def _same(url: str) -> str:
    return url


def _redirects(item: Placed) -> Iterator[str]:
    """Yield the old site paths that should lead to the note."""
    paths = dict.fromkeys(alias_path(alias) for alias in item.note.meta.aliases if alias.startswith("/"))
    yield from (path for path in paths if path != item.path)


def _local(date: datetime | None, config: Config) -> datetime | None:
    """Return the moment in the site's zone."""
    return date.astimezone(ZoneInfo(config.timezone)) if date else None


def _link(ref: NoteRef) -> Link:
    return Link(ref.title, ref.title_html, ref.url)


def _neighbours(refs: Sequence[NoteRef]) -> dict[str, tuple[Link | None, Link | None]]:
    """Return (newer, older) of each note, by URL."""
    links = [_link(ref) for ref in refs]
    return {
        ref.url: (links[number - 1] if number else None, links[number + 1] if number + 1 < len(links) else None)
        for number, ref in enumerate(refs)
    }


def _toc(note: Note) -> tuple[TocItem, ...]:
    """Return the contents list as a tree; notes with few headings need none."""
    headings = [heading for heading in note.headings if heading.level <= TOC_DEEPEST]
    if len(headings) < TOC_MINIMUM:
        return ()
    items, _ = _branch([TocItem(heading.id, heading.html, heading.level, text=heading.text) for heading in headings], 0, 0)
    return items


def _branch(items: Sequence[TocItem], start: int, above: int) -> tuple[tuple[TocItem, ...], int]:
    """Return the items below a heading of level `above`, beginning at `start`, and where they end."""
    result: list[TocItem] = []
    while start < len(items) and items[start].level > above:
        children, end = _branch(items, start + 1, items[start].level)
        result.append(msgspec.structs.replace(items[start], children=children))
        start = end
    return tuple(result), start
