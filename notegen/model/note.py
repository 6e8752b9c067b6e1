"""One note understood alone: its metadata, its body, and everything others may ask of it."""

from datetime import datetime
from html import escape
from typing import Any, NamedTuple

import msgspec

from notegen.model.body import NO_BODY, Body
from notegen.model.config import Person
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Kind
from notegen.model.strings import Html, Url


class CitationRequest(msgspec.Struct, frozen=True):
    """What front matter says under `citation:`, in Quarto's names: whether it is shown, and what is known besides.

    `type` is one of CSL (`article-journal`, `webpage`); `journal` its `container-title`.
    """

    shown: bool = True
    type: str = ""
    doi: str = ""
    journal: str = ""
    url: str = ""


class Citation(msgspec.Struct, frozen=True):
    """How a note is cited: a BibTeX entry, the address and DOI that it names, whether it is scholarly by its type."""

    bibtex: str
    url: Url
    doi: str = ""
    journal: str = ""
    scholarly: bool = False
    doi_url: Url = Url("")  # the address that the DOI stands for
    file_url: Url = Url("")  # of the entry as a file


class Meta(msgspec.Struct, frozen=True):
    """Front matter, understood: every spelling of a key folded into one field, dates aware of their zone.

    `title` is empty when the note names none. `categories` holds paths: `(("Sports", "Baseball"),)`. `draft` covers
    `draft`, `published: false` and `status`; `publish` is what `publish:` says, None for nothing; `extra` keeps unknown
    keys for templates.
    """

    title: str = ""  # may hold formulas; without one the `#` heading that opens the note, else the file's name
    date: datetime | None = None  # 2026-01-31, with a time and a zone if you like: 2026-01-31 20:15 +08:00
    updated: datetime | None = None  # the date of the last change
    expires: datetime | None = None  # from this date on the note is not published
    draft: bool = False  # true: the note is not published
    unpublished_by: str = ""  # what keeps the note back besides `draft`, as it is written: `published: false`
    publish: bool | None = None  # false: the note stays private; true where the site publishes only marked notes
    hidden: bool = False  # true: the page is made, and nothing of the site names it but links in notes
    sitemap: bool = True  # false: search engines are not told of the note
    categories: tuple[tuple[str, ...], ...] = ()  # one or several; `a/b` or a list in a list is b inside a
    tags: tuple[str, ...] = ()  # a list, or words with commas between them
    summary: str = ""  # what lists and search engines show in place of the note's beginning
    slug: str = ""  # the end of the note's address
    permalink: str = ""  # the whole address of the note, from the site's root
    aliases: tuple[str, ...] = ()  # old addresses, which lead to the note then; other names for wiki links
    cover: str = ""  # a picture for lists and for links in chats
    toc: bool = True  # false: no table of contents
    lang: str = ""  # the language of the note, where it is not that of the site
    translation_key: str = ""  # what the translations of a note have in common, where their names do not tell
    series: str = ""  # the series that the note is a part of
    series_order: int = 0  # its place there, where dates do not tell
    weight: int = 0  # larger is pinned higher; 0 is not pinned
    order: float | None = None  # its place in its folder, smaller is first
    authors: tuple[str, ...] = ()  # names, or mappings with name, url, orcid, affiliation, email
    people: tuple[Person, ...] = ()  # those of the authors of whom more than the name is said
    citation: CitationRequest | None = None  # true: "cite this note" below it; or doi, container-title, type, url
    layout: str = ""  # page: a page that is no note, in no list and feed
    number_sections: bool | None = None  # whether headings have numbers; else as the site has it
    macros: dict[str, str] = {}  # name without backslash -> LaTeX, for the formulas of the note
    bibliography: tuple[str, ...] = ()  # .bib files beside those of the site
    notation: dict[str, dict[str, str]] = {}  # a symbol's LaTeX -> what it means, by language ("" for any)
    extra: dict[str, Any] = {}  # all other keys


class Heading(msgspec.Struct, frozen=True):
    """A heading of the body.

    Level 1 to 6, unique id, its text as HTML (formulas rendered, no links) and as plain text; `source` is its text as
    written, where that differs. `in_tab`: it stands in a tab, so no contents list has it. `marked`: its HTML with marks
    for references to other notes (text/html.py), where it has any.
    """

    level: int
    id: str
    html: Html
    text: str
    line: int
    source: str = ""
    in_tab: bool = False
    marked: str = ""


class Formula(msgspec.Struct, frozen=True):
    """One formula.

    `latex` is the author's exact text; `engine` is "math-core", "katex", "" (not rendered) or "macros"
    (a block of definitions that shows nothing).
    """

    display: bool
    latex: str
    line: int
    column: int
    engine: str = ""
    number: str = ""
    label: str = ""


_NO_BREAK = "\N{NO-BREAK SPACE}"


class BlockLabel(msgspec.Struct, frozen=True):
    """What a reference to something labelled leads to and shows: its id, its kind and number (`图 1`), the number.

    `html`: the same with its name, `定理 1（贝叶斯）`; empty where it has none. A section without a number has its
    words.
    """

    anchor: str
    text: str
    number: str = ""
    html: Html = Html("")

    def shown(self, form: str) -> Html:
        """Return what a reference shows, as HTML; `form` as in WikiHole. No line ends beside its number."""
        if not self.number:
            return self.html or Html(escape(self.text, quote=False))
        text = escape(self.text, quote=False)
        number = escape(self.number, quote=False)
        kept = text.replace(f" {number}", f"{_NO_BREAK}{number}").replace(f"{number} ", f"{number}{_NO_BREAK}")
        if form:
            return Html(escape(form, quote=False).replace("%k", kept).replace("%s", number))
        return Html(self.html.replace(text, kept, 1) or kept)


class Marked(NamedTuple):
    """Title and description, not shortened, with marks for references to other notes (text/html.py); "" without any."""

    title: str = ""
    title_html: str = ""
    description: str = ""


NOT_MARKED = Marked()


class Reference(msgspec.Struct, frozen=True):
    r"""An `\eqref` or `\ref` to a label that nothing numbered in its note has, and its place in the file.

    `is_hole`: a hole stands there, which may lead to another note; not so in titles and summaries.
    """

    label: str
    line: int = 0
    column: int = 0
    length: int = 1
    is_hole: bool = False


class Note(msgspec.Struct, frozen=True):
    """One Markdown file understood alone. It knows neither its URL nor its neighbours.

    `kind`: "note", "page" or "section"; a draft is what it would be when finished, with `meta.draft`.
    `title`/`title_html`: plain text and HTML of the title. `body`, `excerpt`: HTML with holes. `description`: plain
    text of at most 160 characters. `anchors`: every id in the body, so that links to it can be checked. `words`: Han
    characters plus Latin words, without code and LaTeX. `labels`: equation label -> number; `block_labels`: label of
    anything else (a figure, a table, code, a section, a theorem, an algorithm, a line of one) -> its id and words.
    `block_words`: id of another block -> what a reference without words of its own shows, as plain text.
    `backlink_excerpts`: sentences around links to other notes, as HTML.
    `unknown`: references to labels that it does not have; linking diagnoses them, as it knows those of other notes.
    `citations`: the keys of works that its body may cite, each once, in order; `citing_sentences`: the sentence around
    the first citation of each as HTML with citation marks.
    """

    path: str
    digest: str
    meta: Meta
    title: str
    title_html: Html
    body: Body
    excerpt: Body
    description: str = ""
    marked: Marked = NOT_MARKED
    headings: tuple[Heading, ...] = ()
    formulas: tuple[Formula, ...] = ()
    anchors: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    block_labels: dict[str, BlockLabel] = {}
    block_words: dict[str, str] = {}
    backlink_excerpts: tuple[Html, ...] = ()
    unknown: tuple[Reference, ...] = ()
    citations: tuple[str, ...] = ()
    citing_sentences: dict[str, str] = {}
    files: tuple[str, ...] = ()  # addresses in front matter, styles and scripts that may name files, as written
    included: tuple[str, ...] = ()  # paths of the files below the root that stand in its text
    words: int = 0
    lang: str = ""  # of its front matter, or seen in its text; empty: the site's
    minutes: int = 1
    has_code: bool = False
    has_notation: bool = False  # symbols in its formulas say what they mean
    extras: tuple[str, ...] = ()  # names of styles and scripts that its page needs besides those of all pages
    kind: Kind = "note"
    features: tuple[str, ...] = ()  # words and names of formulas that tell what it is about
    glyphs: str = ""  # the characters its formulas show in the math font
    diagnostics: tuple[Diagnostic, ...] = ()


def without_body(note: Note) -> Note:
    """Return a note without its body and excerpt, for who has these elsewhere."""
    return msgspec.structs.replace(note, body=NO_BODY, excerpt=NO_BODY)
