"""All notes together: what pages may know of notes, terms and the site; the whole site, linked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from notegen.model.body import ResolvedBody, Work
from notegen.model.config import BannerConfig, Person
from notegen.model.note import Citation
from notegen.model.services import CommentsConfig, StatisticsConfig
from notegen.model.source import Asset, ImageVariant
from notegen.model.strings import Html, SitePath, Url


class Link(msgspec.Struct, frozen=True):
    """A named address. `title_html` is ready HTML (formulas rendered), `title` plain text."""

    title: str
    title_html: Html
    url: Url


class Backlink(msgspec.Struct, frozen=True):
    """A note that links here, and the sentence around its first such link as HTML ("" when it has no words)."""

    link: Link
    context_html: Html = Html("")


class Term(msgspec.Struct, frozen=True):
    """A category, a tag or a series: its name, the address of its list, how many notes it holds, its feed.

    `parent`: the name of the term that it is under, whose list has its notes, too; "" for none.
    """

    name: str
    url: Url
    count: int
    feed_url: Url = Url("")
    parent: str = ""


class NoteRef(msgspec.Struct, frozen=True):
    """What other pages may know of a note.

    `url` starts with the base path; `permalink` is absolute when base_url is set.
    `excerpt` is finished HTML of block elements. `date` and `updated` are aware datetimes in the site's zone, or None.
    `description` is plain text of at most 160 characters.
    """

    title: str
    title_html: Html
    url: Url
    permalink: Url
    path: str
    date: datetime | None
    updated: datetime | None
    category: Term | None
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    excerpt: Html
    description: str
    minutes: int
    lang: str
    cover: Url = Url("")
    draft: bool = False
    future: bool = False
    weight: int = 0
    series: str = ""
    has_math: bool = False


class Alternate(msgspec.Struct, frozen=True):
    """A page in one of the languages that there are: its BCP 47 tag, the language's own name, where the page is.

    `is_translation`: it is this page in that language, or the page itself; else there is none, and `url` leads to the
    home page of that language.
    """

    language: str
    name: str
    url: Url
    permalink: Url
    is_translation: bool = True


class SeriesPlace(msgspec.Struct, frozen=True):
    """Where a note stands in its series: `number` counts from 1; `notes` are all of its notes in reading order."""

    series: Term
    number: int
    notes: tuple[Link, ...]
    previous: Link | None = None
    next: Link | None = None


class TreeItem(msgspec.Struct, frozen=True):
    """An entry of the tree of a site's folders and notes. `url` is empty for a group that has no page."""

    title: str
    title_html: Html
    url: Url
    is_section: bool = False


class TreeLevel(msgspec.Struct, frozen=True):
    """What stands side by side at one depth of the tree: `items[open]` leads to the page, or is it; -1: none does.

    Of a long row only a part is here; `more` then leads to the page that lists it whole, and says how many there are.
    """

    items: tuple[TreeItem, ...]
    open: int = -1
    more: Term | None = None


class SectionPlace(msgspec.Struct, frozen=True):
    """Where a page stands among the folders of a site.

    `breadcrumbs`: the folders above it, the outermost first; `url` is empty for one without a page. `tree`: the open
    branches, from the top down to what stands beside the page and below it; empty where the site shows no tree.
    `previous` and `next`: its neighbours in reading order, where the site has one.
    """

    breadcrumbs: tuple[Link, ...] = ()
    tree: tuple[TreeLevel, ...] = ()
    previous: Link | None = None
    next: Link | None = None


class TocItem(msgspec.Struct, frozen=True):
    """An entry of a contents list, with the entries below it. `text` is its plain text, for reading formulas aloud."""

    id: str
    html: Html
    level: int
    children: tuple["TocItem", ...] = ()
    text: str = ""


class RenderedNote(msgspec.Struct, frozen=True):
    """A note (or a page that is not a note) in its place: finished HTML, contents list, neighbours."""

    ref: NoteRef
    content: ResolvedBody
    toc: tuple[TocItem, ...]
    newer: Link | None
    older: Link | None
    backlinks: tuple[Backlink, ...]
    has_math: bool
    has_code: bool
    authors: tuple[str, ...]
    edit_url: Url
    words: int  # Han characters count as words
    params: dict[str, Any]  # front matter keys that notegen does not know
    series: SeriesPlace | None = None
    unlisted: bool = False  # in no list, feed, sitemap or search index; crawlers are asked to pass it by
    in_sitemap: bool = True
    place: SectionPlace = SectionPlace()
    has_notation: bool = False  # symbols in its formulas say what they mean
    extras: tuple[str, ...] = ()  # names of the files in extra/ that its page loads: "tabs"
    people: tuple[Person, ...] = ()  # the authors with what is known of them
    citation: Citation | None = None
    alternates: tuple[Alternate, ...] = ()  # all its languages, its own too; empty where it is in one alone
    mentions: tuple[Link, ...] = ()  # the notes that it refers to, where the site has a map
    contributors: tuple[str, ...] = ()  # names of all who changed its file, as git has them
    related: tuple[Link, ...] = ()  # notes about the same, the nearest first

    @property
    def html(self) -> Html:
        """The body as HTML."""
        return self.content.html


class Feed(msgspec.Struct, frozen=True):
    """A feed that pages name: its address, its media type, and what to call it beside the site's title."""

    url: Url
    type: str
    name: str


class FeedEntry(msgspec.Struct, frozen=True):
    """A note in a feed: its ref, its content as HTML with absolute addresses, and an id that is always an IRI."""

    ref: NoteRef
    content: ResolvedBody
    id: str = ""

    @property
    def html(self) -> Html:
        """The content as HTML."""
        return self.content.html


class CitedTogether(msgspec.Struct, frozen=True):
    """A work that notes cite together with another: its page, authors and year as HTML, how many notes do."""

    link: Link
    authors: Html
    year: Html
    count: int


class Paper(msgspec.Struct, frozen=True):
    """A work that notes cite, and its page: the notes, each with the sentence, and what they cite together with it."""

    work: Work
    url: Url
    citing: tuple[Backlink, ...]
    together: tuple[CitedTogether, ...]


class SiteInfo(msgspec.Struct, frozen=True):
    """The shared value `site`: what every page may say about the site.

    `base_path` is "/" or "/repo/"; `base_url` is absolute with a slash at its end, or empty.
    """

    title: str
    subtitle: str
    description: str
    author: str
    language: str
    base_url: Url
    base_path: str
    menu: tuple[Link, ...]
    banner: BannerConfig
    license: str
    params: dict[str, Any]
    generator: str
    home_url: Url
    archive_url: Url  # empty where no note has a date
    categories_url: Url  # empty where there are none
    tags_url: Url  # likewise
    feed_url: Url
    updated: datetime | None  # newest date among the notes
    feeds: tuple[Feed, ...] = ()  # every feed of the whole site; the first is the one at feed_url
    comments: CommentsConfig = CommentsConfig()
    statistics: StatisticsConfig = StatisticsConfig()
    series_url: Url = Url("")  # the overview of all series; empty when there is none
    graph_url: Url = Url("")  # the map of all notes; empty when there is none
    papers_url: Url = Url("")  # the overview of all works that notes cite; empty when there is none
    license_url: Url = Url("")  # where `license` can be read; empty when its words do not tell
    languages: tuple[Alternate, ...] = ()  # the home page in each language; empty on a site with one


class Section(msgspec.Struct, frozen=True):
    """A folder that has a page: its notes and the folders in it, in the order of the folder.

    `folder`: its path below the content folder, "" for that folder. `text`: source path of the note that is its text,
    or "". `sections`: the folders in it, with all notes below each; `notes`: source paths; `titles`: what `nav` calls
    some of them. `count`: notes in and below.
    """

    folder: str
    title: str
    title_html: Html
    url: Url
    permalink: Url
    text: str
    sections: tuple[Term, ...]
    notes: tuple[str, ...]
    count: int
    place: SectionPlace = SectionPlace()
    has_page: bool = True  # of its own; else the page of the note that is its text
    titles: Mapping[str, Link] = {}


class Site(msgspec.Struct, frozen=True):
    """Everything linked; of a site in several languages that which is in its own, the others are in `translated`.

    Notes newest first (pinned ones leading lists, not here), pages, terms. `unlisted`: notes that are in no list;
    unlisted pages are among `pages`. `sections`: the folders that have a page; their texts are among `pages`, too.
    `top`: the content folder as a section where the home list is a directory, since (nearly) no note has a date.
    `papers`: the works that notes cite, by author and year.
    `home`: source path of the page that is the home page's text, or ""; `home_has_list`: whether a list follows it.
    """

    info: SiteInfo
    notes: tuple[RenderedNote, ...]
    pages: tuple[RenderedNote, ...]
    categories: tuple[Term, ...]
    tags: tuple[Term, ...]
    feed: tuple[FeedEntry, ...]
    series: tuple[Term, ...] = ()
    category_feeds: tuple[tuple[Term, tuple[FeedEntry, ...]], ...] = ()
    sections: tuple[Section, ...] = ()
    top: Section | None = None
    home: str = ""
    home_has_list: bool = False
    unlisted: tuple[RenderedNote, ...] = ()
    papers: tuple[Paper, ...] = ()
    language: str = ""  # the folder of its addresses; "" for the site's own language
    term_texts: frozenset[str] = frozenset()  # source paths of the pages that are texts of categories, tags, series
    translated: tuple["Site", ...] = ()  # the site in its other languages

    @property
    def languages(self) -> tuple["Site", ...]:
        """The site in each of its languages, its own first."""
        return (self, *self.translated)


class PublicFile(msgspec.Struct, frozen=True):
    """A file of the author's that goes public: its output path, the file, and the reason in words."""

    path: str
    asset: Asset
    reason: str


class Redirect(msgspec.Struct, frozen=True):
    """An old address: the site path that leads to a note's URL, for the sake of the source file `owner`."""

    path: SitePath
    url: Url
    owner: str


class Linked(msgspec.Struct, frozen=True):
    """What linking gives: the site, where each asset and each smaller image goes, redirects."""

    site: Site
    files: dict[SitePath, PublicFile]  # the author's files that go public, by site path
    variants: dict[SitePath, ImageVariant]  # site path -> the smaller image to make
    redirects: tuple[Redirect, ...]
    owners: dict[Url, str]  # URL -> source path
