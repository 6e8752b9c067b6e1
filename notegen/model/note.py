"""One note understood alone: its metadata, its body with typed holes, and everything others may ask of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from notegen.model.diagnostic import Diagnostic


class UrlHole(msgspec.Struct, frozen=True, tag="url"):
    """An address written in the note (link or file), to be resolved when all notes are known.

    It stands inside a double-quoted HTML attribute and is filled with the escaped URL. `target` is the address as the
    author meant it (percent-decoding left to the resolver); `#id` alone means this note. `line` and `column` say where
    it is written; `context` is the index of the sentence around it in `Note.contexts`, or -1.
    """

    target: str
    kind: str = "link"  # "link" or "image"
    line: int = 0
    column: int = 0
    length: int = 1
    context: int = -1


class WikiHole(msgspec.Struct, frozen=True, tag="wiki"):
    """A wiki link `[[target#fragment|text]]`, or a Markdown link without a text (`address`: its target is an address).

    Filled with a whole `<a>` element, or the text alone when nothing answers.
    """

    target: str
    fragment: str = ""
    html: str = ""  # the link's text; empty: the title, heading or number of what it names
    line: int = 0
    column: int = 0
    length: int = 1
    context: int = -1
    address: bool = False


class ImageHole(msgspec.Struct, frozen=True, tag="image"):
    """A local image, filled with a whole `<img>` element: address, size and smaller variants of the real file.

    `attrs` are its attributes in order, without `src` and `alt`. `raw` holds the bytes before and after the address of
    a tag that the author wrote as HTML, which are kept; there, `attrs` only tell what the tag has.
    """

    target: str
    alt: str = ""
    attrs: tuple[tuple[str, str], ...] = ()
    raw: tuple[str, str] | None = None
    line: int = 0
    column: int = 0
    length: int = 1


class EmbedHole(msgspec.Struct, frozen=True, tag="embed"):
    """Another note, a part of it, or a file, shown in this one: `![[target#fragment|text]]` alone in its paragraph."""

    target: str
    fragment: str = ""
    html: str = ""  # words instead of the title
    line: int = 0
    column: int = 0
    length: int = 1
    context: int = -1


class IdHole(msgspec.Struct, frozen=True, tag="id"):
    """An id: ` id="…"` inside a tag on the note's own page, nothing where the note is embedded in another."""

    id: str


class Seam(msgspec.Struct, frozen=True, tag="seam"):
    """A place where the body can be cut; nothing is shown for it.

    Before a heading on the top level of the note: its id and `level`. Around a block with an id (`level` 0): once in
    front of it, once behind (`end`); `tag` is the block's element.
    """

    id: str
    level: int = 0
    end: bool = False
    tag: str = ""


Hole = UrlHole | WikiHole | ImageHole | EmbedHole
Piece = Hole | IdHole | Seam
Pieces = Sequence[str | UrlHole | WikiHole | ImageHole | EmbedHole | IdHole | Seam]


class Body(msgspec.Struct, frozen=True, array_like=True):
    """HTML with holes: its text in UTF-8 with a NUL for each hole, the digest of the text, and the holes in order.

    One string of bytes, because most bodies pass through a build untouched.
    """

    text: bytes = b""
    digest: str = ""
    holes: tuple[UrlHole | WikiHole | ImageHole | EmbedHole | IdHole | Seam, ...] = ()

    def pieces(self) -> Pieces:
        """Return the strings and holes in order."""
        texts = self.text.decode().split("\0")
        pieces: list[str | UrlHole | WikiHole | ImageHole | EmbedHole | IdHole | Seam] = [texts[0]]
        for hole, text in zip(self.holes, texts[1:], strict=True):
            pieces += (hole, text)
        return [piece for piece in pieces if piece != ""]


NO_BODY = Body()


class Filled:
    """A body of which every hole is filled. A value, though no Struct: its digest is made of `key`, see model.digest.

    The HTML is put together when it is asked for: most pages of a build are not made anew.
    """

    __slots__ = ("_fills", "_mark", "_text")

    def __init__(self, body: Body = NO_BODY, fills: Sequence[str] = ()) -> None:
        self._text, self._mark, self._fills = body.text, body.digest, tuple(fills)

    @property
    def html(self) -> str:
        """The whole."""
        texts = self._text.decode().split("\0")
        parts = [part for pair in zip(texts, self._fills, strict=False) for part in pair]
        return "".join((*parts, texts[-1]))

    @property
    def key(self) -> tuple[str, ...]:
        """What stands for the whole in a digest."""
        return (type(self).__qualname__, self._mark, *self._fills)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filled) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Meta(msgspec.Struct, frozen=True):
    """Front matter, understood: every spelling of a key folded into one field, dates aware of their zone.

    `title` is empty when the note names none. `categories` holds paths: `(("Sports", "Baseball"),)`. `draft` covers
    `draft`, `published: false` and `status`; `extra` keeps unknown keys for templates.
    """

    title: str = ""
    date: datetime | None = None
    updated: datetime | None = None
    expires: datetime | None = None
    draft: bool = False
    hidden: bool = False
    categories: tuple[tuple[str, ...], ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    slug: str = ""
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    cover: str = ""
    toc: bool = True
    lang: str = ""
    series: str = ""
    series_order: int = 0
    weight: int = 0  # larger is pinned higher; 0 is not pinned
    authors: tuple[str, ...] = ()
    layout: str = ""  # "page": not a note
    macros: dict[str, str] = {}
    extra: dict[str, Any] = {}


class Heading(msgspec.Struct, frozen=True):
    """A heading of the body.

    Level 1 to 6, unique id, its text as HTML (formulas rendered, no links) and as plain text.
    """

    level: int
    id: str
    html: str
    text: str
    line: int


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


class Label(msgspec.Struct, frozen=True):
    """What a reference to a labelled box leads to and shows: its id, and its kind with its number (`定理 1`)."""

    anchor: str
    text: str


class Reference(msgspec.Struct, frozen=True):
    r"""An `\eqref` or `\ref` to a label that no numbered equation of its note has, and its place in the file."""

    label: str
    line: int = 0
    column: int = 0
    length: int = 1


class Note(msgspec.Struct, frozen=True):
    """One Markdown file understood alone. It knows neither its URL nor its neighbours.

    `title`/`title_html`: plain text and HTML of the title. `body`, `excerpt`: HTML with holes. `description`: plain
    text of at most 160 characters. `anchors`: every id in the body, so that links to it can be checked. `words`: Han
    characters plus Latin words, without code and LaTeX. `labels`: equation label -> number; `boxes`: label of a theorem
    or the like -> its id and words. `contexts`: the sentences around links to other notes, as HTML. `unknown`:
    references to equations that it does not have; linking diagnoses them, as it knows those of the other notes.
    """

    path: str
    digest: str
    meta: Meta
    title: str
    title_html: str
    body: Body
    excerpt: Body
    description: str = ""
    headings: tuple[Heading, ...] = ()
    formulas: tuple[Formula, ...] = ()
    anchors: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    boxes: dict[str, Label] = {}
    contexts: tuple[str, ...] = ()
    unknown: tuple[Reference, ...] = ()
    words: int = 0
    lang: str = ""  # of its front matter, or seen in its text; empty: the site's
    minutes: int = 1
    has_code: bool = False
    glyphs: str = ""  # the characters its formulas show in the math font
    diagnostics: tuple[Diagnostic, ...] = ()


def without_body(note: Note) -> Note:
    """Return a note without its body and excerpt, for who has these elsewhere."""
    return msgspec.structs.replace(note, body=NO_BODY, excerpt=NO_BODY)
