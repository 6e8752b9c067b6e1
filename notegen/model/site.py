"""All notes together: what pages may know of notes, terms and the site. This is the contract with templates."""

from datetime import datetime
from typing import Any

import msgspec

from notegen.model.config import BannerConfig, CommentsConfig, StatisticsConfig
from notegen.model.note import Filled


class Link(msgspec.Struct, frozen=True):
    """A named address. `title_html` is ready HTML (formulas rendered), `title` plain text."""

    title: str
    title_html: str
    url: str


class Backlink(msgspec.Struct, frozen=True):
    """A note that links here, and the sentence around its first such link as HTML ("" when it has no words)."""

    link: Link
    context_html: str = ""


class Term(msgspec.Struct, frozen=True):
    """A category, a tag or a series: its name, the address of its list, how many notes it holds, its feed."""

    name: str
    url: str
    count: int
    feed_url: str = ""


class NoteRef(msgspec.Struct, frozen=True):
    """What other pages may know of a note.

    `url` starts with the base path; `permalink` is absolute when base_url is set.
    `excerpt` is finished HTML of block elements. `date` and `updated` are aware datetimes in the site's zone, or None.
    `description` is plain text of at most 160 characters.
    """

    title: str
    title_html: str
    url: str
    permalink: str
    path: str
    date: datetime | None
    updated: datetime | None
    category: Term | None
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    excerpt: str
    description: str
    minutes: int
    lang: str
    cover: str = ""
    draft: bool = False
    future: bool = False
    weight: int = 0
    series: str = ""
    has_math: bool = False


class SeriesPlace(msgspec.Struct, frozen=True):
    """Where a note stands in its series: `number` counts from 1; `notes` are all of its notes in reading order."""

    series: Term
    number: int
    notes: tuple[Link, ...]
    previous: Link | None = None
    next: Link | None = None


class TocItem(msgspec.Struct, frozen=True):
    """An entry of a contents list, with the entries below it. `text` is its plain text, for reading formulas aloud."""

    id: str
    html: str
    level: int
    children: tuple["TocItem", ...] = ()
    text: str = ""


class RenderedNote(msgspec.Struct, frozen=True):
    """A note (or a page that is not a note) in its place: finished HTML, contents list, neighbours."""

    ref: NoteRef
    content: Filled
    toc: tuple[TocItem, ...]
    newer: Link | None
    older: Link | None
    backlinks: tuple[Backlink, ...]
    has_math: bool
    has_code: bool
    authors: tuple[str, ...]
    edit_url: str
    words: int  # Han characters count as words
    params: dict[str, Any]  # front matter keys that notegen does not know
    series: SeriesPlace | None = None

    @property
    def html(self) -> str:
        """The body as HTML."""
        return self.content.html


class Feed(msgspec.Struct, frozen=True):
    """A feed that pages name: its address, its media type, and what to call it beside the site's title."""

    url: str
    type: str
    name: str


class Picture(msgspec.Struct, frozen=True):
    """The picture shown with links to a page: an absolute address, its size in pixels (0: unknown), what it shows."""

    url: str
    width: int
    height: int
    alt: str
    type: str = ""  # its media type


class FeedEntry(msgspec.Struct, frozen=True):
    """A note in a feed: its ref, its content as HTML with absolute addresses, and an id that is always an IRI."""

    ref: NoteRef
    content: Filled
    id: str = ""

    @property
    def html(self) -> str:
        """The content as HTML."""
        return self.content.html


class SiteInfo(msgspec.Struct, frozen=True):
    """The shared value `site`: what every page may say about the site.

    `base_path` is "/" or "/repo/"; `base_url` is absolute with a slash at its end, or empty.
    """

    title: str
    subtitle: str
    description: str
    author: str
    language: str
    base_url: str
    base_path: str
    menu: tuple[Link, ...]
    banner: BannerConfig
    license: str
    params: dict[str, Any]
    generator: str
    home_url: str
    archive_url: str
    categories_url: str
    tags_url: str
    feed_url: str
    updated: datetime | None  # newest date among the notes
    feeds: tuple[Feed, ...] = ()  # every feed of the whole site; the first is the one at feed_url
    comments: CommentsConfig = CommentsConfig()
    statistics: StatisticsConfig = StatisticsConfig()
    series_url: str = ""  # the overview of all series; empty when there is none


class Pagination(msgspec.Struct, frozen=True):
    """Where a list page stands among its siblings. `pages` holds (number, url); number 0 marks a gap `…`."""

    number: int
    total: int
    pages: tuple[tuple[int, str], ...]
    previous: str = ""
    next: str = ""


class Year(msgspec.Struct, frozen=True):
    """A year of the archive with the notes of one archive page in it; year 0 holds undated notes."""

    year: int
    notes: tuple[NoteRef, ...]


class NotePage(msgspec.Struct, frozen=True, tag="note"):
    """`page` of note.html and page.html."""

    url: str
    canonical: str
    title: str
    description: str
    note: RenderedNote
    picture: Picture | None = None


class ListPage(msgspec.Struct, frozen=True, tag="list"):
    """`page` of home.html, term.html (a category or a tag) and series.html.

    `kind` is "home", "category", "tag" or "series". A series is on one page, in reading order.
    """

    url: str
    canonical: str
    title: str
    description: str
    kind: str
    count: int  # notes in the whole list, all its pages together
    entries: tuple[NoteRef, ...]
    pagination: Pagination
    has_math: bool
    term: Term | None = None
    feed_url: str = ""


class ArchivePage(msgspec.Struct, frozen=True, tag="archive"):
    """`page` of archive.html."""

    url: str
    canonical: str
    title: str
    description: str
    count: int
    years: tuple[Year, ...]
    pagination: Pagination
    has_math: bool


class TermGroup(msgspec.Struct, frozen=True):
    """A term in an overview, with a few of its notes: the newest, or the first of a series."""

    term: Term
    notes: tuple[Link, ...]


class TermsPage(msgspec.Struct, frozen=True, tag="terms"):
    """`page` of terms.html: the overview of all terms of one kind: "categories", "tags" or "series".

    `terms` are the most used first; `groups` are the same with some notes each, and empty for tags.
    """

    url: str
    canonical: str
    title: str
    description: str
    kind: str
    terms: tuple[Term, ...]
    has_math: bool = False
    groups: tuple[TermGroup, ...] = ()


class PlainPage(msgspec.Struct, frozen=True, tag="plain"):
    """`page` of 404.html."""

    url: str
    canonical: str
    title: str
    description: str
    has_math: bool = False


class RedirectPage(msgspec.Struct, frozen=True, tag="redirect"):
    """`page` of redirect.html: an old address that leads to `target`."""

    url: str
    canonical: str
    title: str
    target: str


class FeedPage(msgspec.Struct, frozen=True, tag="feed"):
    """`page` of atom.xml, rss.xml and feed.json: absolute addresses only."""

    url: str
    canonical: str
    title: str
    id: str
    home: str
    updated: datetime
    entries: tuple[FeedEntry, ...]


class SitemapEntry(msgspec.Struct, frozen=True):
    """An address in the sitemap, absolute, and its last change."""

    url: str
    updated: datetime | None


class SitemapPage(msgspec.Struct, frozen=True, tag="sitemap"):
    """`page` of sitemap.xml and robots.txt. `sitemap_url` is empty on a site without a host, which has no sitemap."""

    url: str
    entries: tuple[SitemapEntry, ...]
    sitemap_url: str


PageValue = NotePage | ListPage | ArchivePage | TermsPage | PlainPage | RedirectPage | FeedPage | SitemapPage


class Page(msgspec.Struct, frozen=True):
    """One URL to make.

    The output path below the output folder, the template's name, one value, and who asked for it.
    """

    output: str
    template: str
    value: PageValue
    owner: str  # the source path, or what the page is, for messages


class Site(msgspec.Struct, frozen=True):
    """Everything linked.

    Notes newest first (pinned ones leading lists, not here), pages, terms, assets by output path.
    """

    info: SiteInfo
    notes: tuple[RenderedNote, ...]
    pages: tuple[RenderedNote, ...]
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    feed: tuple[FeedEntry, ...]
    series: tuple[Term, ...] = ()
    category_feeds: tuple[tuple[Term, tuple[FeedEntry, ...]], ...] = ()
