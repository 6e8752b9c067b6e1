"""One value for each kind of page: the contract with themes.

docs/content/reference/templates.md is generated from these types.
"""

from datetime import datetime

import msgspec

from notegen.model.site import Alternate, FeedEntry, Link, NoteRef, Paper, RenderedNote, SectionPlace, Term
from notegen.model.strings import Html, Url


class Picture(msgspec.Struct, frozen=True):
    """The picture shown with links to a page: an absolute address, its size in pixels (0: unknown), what it shows."""

    url: Url
    width: int
    height: int
    alt: str
    type: str = ""  # its media type


class Pagination(msgspec.Struct, frozen=True):
    """Where a list page stands among its siblings. `pages` holds (number, url); number 0 marks a gap `…`."""

    number: int
    total: int
    pages: tuple[tuple[int, str], ...]
    previous: str = ""
    next: str = ""


class Year(msgspec.Struct, frozen=True):
    """A year of the archive with the notes of one archive page in it; year 0 holds undated notes.

    The notes have neither excerpt nor description here, so that an edit of these changes no archive. `count`: notes of
    the year on all pages.
    """

    year: int
    notes: tuple[NoteRef, ...]
    count: int = 0


class NotePage(msgspec.Struct, frozen=True, tag="note"):
    """`page` of note.html and page.html."""

    url: Url
    canonical: Url
    title: str
    description: str
    note: RenderedNote
    picture: Picture | None = None
    alternates: tuple[Alternate, ...] = ()
    markdown_url: Url = Url("")  # of the note as Markdown; empty: there is none


class TermGroup(msgspec.Struct, frozen=True):
    """A term in an overview, with a few of its notes: the newest, or the first of a series or of a folder."""

    term: Term
    notes: tuple[Link, ...]


class ListPage(msgspec.Struct, frozen=True, tag="list"):
    """`page` of home.html, term.html (a category or a tag) and series.html.

    `kind` is "home", "category", "tag" or "series". A series is on one page, in reading order; the notes of a tag are
    in `years`, too, and have neither excerpt nor description. Home may have a text of the author's, its `note`, with or
    without the list; so may the others on their first page. `below`: the categories or tags below the one of the list.
    Where (nearly) no note has a date it `is_directory`: the folders of the site in `groups`, and the notes outside of
    them in `entries`. `kicker` and `heading` are those of the banner in site.yaml; empty where it names none.
    """

    url: Url
    canonical: Url
    title: str
    description: str
    kind: str
    count: int  # notes in the whole list, all its pages together; of the whole site for home
    entries: tuple[NoteRef, ...]
    pagination: Pagination
    has_math: bool
    term: Term | None = None
    feed_url: Url = Url("")
    note: RenderedNote | None = None
    is_directory: bool = False
    kicker: str = ""
    heading: str = ""
    groups: tuple[TermGroup, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    below: tuple[Term, ...] = ()
    years: tuple[Year, ...] = ()
    has_dates: bool = True  # of any note in `years`; of home: of the site's notes


class SectionPage(msgspec.Struct, frozen=True, tag="section"):
    """`page` of section.html: a folder, with its text if it has one.

    `groups`: the folders in it; `entries`: its notes, in the order of the folder. `count`: notes in it and below.
    """

    url: Url
    canonical: Url
    title: str
    title_html: Html
    description: str
    count: int
    place: SectionPlace
    groups: tuple[TermGroup, ...]
    entries: tuple[NoteRef, ...]
    pagination: Pagination
    has_math: bool
    note: RenderedNote | None = None
    picture: Picture | None = None
    alternates: tuple[Alternate, ...] = ()


class ArchivePage(msgspec.Struct, frozen=True, tag="archive"):
    """`page` of archive.html."""

    url: Url
    canonical: Url
    title: str
    description: str
    count: int
    years: tuple[Year, ...]
    pagination: Pagination
    has_math: bool
    has_dates: bool  # of any note: else no heading says that these are undated
    alternates: tuple[Alternate, ...] = ()


class TermsPage(msgspec.Struct, frozen=True, tag="terms"):
    """`page` of terms.html: the overview of all terms of one kind: "categories", "tags" or "series".

    `terms` are the most used first; `groups` are the same with some notes each, and empty for tags.
    """

    url: Url
    canonical: Url
    title: str
    description: str
    kind: str
    terms: tuple[Term, ...]
    has_math: bool = False
    groups: tuple[TermGroup, ...] = ()
    alternates: tuple[Alternate, ...] = ()


class GraphPage(msgspec.Struct, frozen=True, tag="graph"):
    """`page` of graph.html: the map of all notes as SVG, how many there are, and how many links between them."""

    url: Url
    canonical: Url
    title: str
    description: str
    count: int
    links: int
    svg: Html


class PapersPage(msgspec.Struct, frozen=True, tag="papers"):
    """`page` of papers.html: the works that notes cite, by author and year; `count` of all pages together."""

    url: str
    canonical: str
    title: str
    description: str
    count: int
    papers: tuple[Paper, ...]
    pagination: Pagination
    has_math: bool = False


class PaperPage(msgspec.Struct, frozen=True, tag="paper"):
    """`page` of paper.html: a work, the notes that cite it, what they cite together with it."""

    url: str
    canonical: str
    title: str
    description: str
    paper: Paper
    has_math: bool = False


class CitePage(msgspec.Struct, frozen=True, tag="cite"):
    """`page` of cite.bib: how a note is cited, as a file."""

    url: Url
    canonical: Url
    bibtex: str


class MarkdownPage(msgspec.Struct, frozen=True, tag="markdown"):
    """`page` of note.md: a note as Markdown, beside its page."""

    url: Url
    canonical: Url
    title: str
    note: RenderedNote


class LlmsEntry(msgspec.Struct, frozen=True):
    """A note in llms.txt: an absolute address, of its Markdown where there is such."""

    title: str
    url: Url
    description: str


class LlmsPage(msgspec.Struct, frozen=True, tag="llms"):
    """`page` of llms.txt: the notes and pages of one language."""

    url: Url
    canonical: Url
    title: str
    description: str
    notes: tuple[LlmsEntry, ...]
    pages: tuple[LlmsEntry, ...]


class PlainPage(msgspec.Struct, frozen=True, tag="plain"):
    """`page` of 404.html."""

    url: Url
    canonical: Url
    title: str
    description: str
    has_math: bool = False


class ExtensionPage(msgspec.Struct, frozen=True, tag="extension"):
    """`page` of extension.html: a page that an extension makes. `html` is finished HTML."""

    url: Url
    canonical: Url
    title: str
    description: str
    html: Html


class RedirectPage(msgspec.Struct, frozen=True, tag="redirect"):
    """`page` of redirect.html: an old address that leads to `target`."""

    url: Url
    canonical: Url
    title: str
    target: Url


class FeedPage(msgspec.Struct, frozen=True, tag="feed"):
    """`page` of atom.xml, rss.xml and feed.json: absolute addresses only."""

    url: Url
    canonical: Url
    title: str
    id: str
    home: Url
    updated: datetime
    entries: tuple[FeedEntry, ...]


class SitemapEntry(msgspec.Struct, frozen=True):
    """An address in the sitemap, absolute, its last change, and the same page in all its languages."""

    url: Url
    updated: datetime | None
    alternates: tuple[Alternate, ...] = ()


class SitemapPage(msgspec.Struct, frozen=True, tag="sitemap"):
    """`page` of sitemap.xml and robots.txt. `sitemap_url` is empty on a site without a host, which has no sitemap."""

    url: Url
    entries: tuple[SitemapEntry, ...]
    sitemap_url: Url


PageValue = (
    NotePage
    | ListPage
    | SectionPage
    | ArchivePage
    | TermsPage
    | GraphPage
    | PapersPage
    | PaperPage
    | CitePage
    | MarkdownPage
    | LlmsPage
    | PlainPage
    | ExtensionPage
    | RedirectPage
    | FeedPage
    | SitemapPage
)


class Page(msgspec.Struct, frozen=True):
    """One URL to make.

    The output path below the output folder, the template's name, one value, and who asked for it.
    """

    output: str
    template: str
    value: PageValue
    owner: str  # the source path, or what the page is, for messages
    language: str = ""  # whose words and lists are on it, by the folder of its addresses; "": the site's own
