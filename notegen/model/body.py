"""HTML with typed holes for what only all notes together tell: addresses, images, other notes, cited works.

And finished HTML.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape

import msgspec

from notegen.model.compression import compress, decompress
from notegen.model.strings import Html


class UrlHole(msgspec.Struct, frozen=True, tag="url"):
    """An address written in the note (link or file), to be resolved when all notes are known.

    It stands inside a double-quoted HTML attribute and is filled with the escaped URL. `target` is the address as the
    author meant it (percent-decoding left to the resolver); `#id` alone means this note. `line` and `column` say where
    it is written; `backlink_excerpt` is the index of its sentence in `Note.backlink_excerpts`, or -1. `attribute`: it
    stands for the whole attribute ` href="…"`, which is left out where the note it leads to is not published.
    """

    target: str
    kind: str = "link"  # "link" or "image"
    line: int = 0
    column: int = 0
    length: int = 1
    backlink_excerpt: int = -1
    attribute: bool = False


class WikiHole(msgspec.Struct, frozen=True, tag="wiki"):
    """A wiki link `[[target#fragment|text]]`, or a Markdown link without a text (`address`: its target is an address).

    Also a reference by a label alone (`fragment`) to what has it, in this note or else in the only other one.
    Filled with a whole `<a>` element, or the text alone when nothing answers. `form`: what is shown of something
    labelled where there is no text: words with `%k` for its kind and number (`图 1`), `%s` for the number; "" for kind,
    number and name.
    """

    target: str
    fragment: str = ""
    html: str = ""  # the link's text; empty: the target as written, or the heading or number that the fragment names
    line: int = 0
    column: int = 0
    length: int = 1
    backlink_excerpt: int = -1
    address: bool = False
    label: str = ""  # of a reference by a label: what it shows where nothing answers
    form: str = ""
    titled: bool = False  # without a text it shows the title of the note


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
    backlink_excerpt: int = -1


class IdHole(msgspec.Struct, frozen=True, tag="id"):
    """An id: ` id="…"` inside a tag on the note's own page, nothing where the note is embedded in another."""

    id: str


class OwnAddress(msgspec.Struct, frozen=True, tag="own"):
    """The attribute ` href="#…"` of a link that our markup has to an id of the note itself, such as of a heading."""

    id: str


class SectionBoundary(msgspec.Struct, frozen=True, tag="boundary"):
    """A place where the body can be cut; nothing is shown for it.

    Before a heading on the top level of the note: its id and `level`. Around a block with an id (`level` 0): once in
    front of it, once behind (`end`); `tag` is the block's element.
    """

    id: str
    level: int = 0
    end: bool = False
    tag: str = ""


class CitedWork(msgspec.Struct, frozen=True):
    """A work in a citation: its key, the HTML before it (`see`) and behind it (`, p. 3`), whether its authors show."""

    key: str
    prefix: str = ""
    suffix: str = ""
    authors: bool = True


ALL_WORKS = "*"  # the key that stands for each work of the bibliography (BibTeX's \nocite{*})


class CiteHole(msgspec.Struct, frozen=True, tag="cite"):
    """A citation, filled with a mark that leads to the list of references: `[1, 2]` or `(Vaswani et al., 2017)`.

    `form`: "parenthetical"; "narrative", where authors are part of the sentence; "authors" or "year", these alone;
    "yearpar", the year in parentheses; "hidden", where the work is in the list only. `written` is the HTML of what
    stands there where no work has the key; `bare`: `@key`, which may be no citation.
    """

    works: tuple[CitedWork, ...]
    form: str = "parenthetical"
    written: str = ""
    bare: bool = False
    line: int = 0
    column: int = 0
    length: int = 1


class ReferencesHole(msgspec.Struct, frozen=True, tag="references"):
    """The place of the list of the works that a page cites. `heading`: whether it needs a heading."""

    heading: bool = True


class Work(msgspec.Struct, frozen=True, cache_hash=True):
    """A cited work, all texts as HTML.

    `authors` is short: `Vaswani et al.`; `before` and `after` are the entry in the list around its year, where it
    `shows_year`; `sort_key` orders lists by author and year; `title_text` is the title as plain text.
    """

    key: str
    authors: str
    year: str
    before: str
    after: str
    sort_key: str = ""
    shows_year: bool = True
    title: Html = Html("")
    title_text: str = ""
    abstract: Html = Html("")


class CitationStyle(msgspec.Struct, frozen=True):
    """How marks in the text look: numbers, or authors and years; `raised`: as superscripts.

    `signs` are HTML: before, behind, between authors and year, between works; without them those of the page's
    language.
    """

    numeric: bool = True
    signs: tuple[str, str, str, str] | None = None
    raised: bool = False
    by_author: bool = False  # numbers go by the list's order, authors and years; else by that of the citations


class Bibliography(msgspec.Struct, frozen=True):
    """The works that the notes of a site cite.

    `references`: path of a citing note -> key -> work; `keys`: all that the `files` have; `glyphs`: the characters that
    formulas in titles show in the math font.
    """

    references: dict[str, dict[str, Work]] = {}
    style: CitationStyle = CitationStyle()
    keys: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    glyphs: str = ""


NO_BIBLIOGRAPHY = Bibliography()


Hole = UrlHole | WikiHole | ImageHole | EmbedHole
OuterPiece = Hole | CiteHole | ReferencesHole
InnerPiece = IdHole | OwnAddress | SectionBoundary
Piece = OuterPiece | InnerPiece
Pieces = Sequence[
    str | UrlHole | WikiHole | ImageHole | EmbedHole | CiteHole | ReferencesHole | IdHole | OwnAddress | SectionBoundary
]
INNER = (IdHole, OwnAddress, SectionBoundary, CiteHole, ReferencesHole)  # pieces that name no note and no file
_INNER_PIECES = msgspec.msgpack.Decoder(list[tuple[int, int, IdHole | OwnAddress | SectionBoundary]])


class Body(msgspec.Struct, frozen=True, array_like=True):
    """HTML with holes: its text in UTF-8 with a NUL for each hole, the digest of the text, and the holes in order.

    `inner`: where the text, which is that of the note's own page, differs elsewhere: in MessagePack the start and the
    end (bytes) of each such place, and what it is. Most bodies pass through a build untouched, so text and places are
    one string of bytes each; the text is `compressed` in the memory of a server.
    """

    data: bytes = b""
    digest: str = ""
    holes: tuple[UrlHole | WikiHole | ImageHole | EmbedHole | CiteHole | ReferencesHole, ...] = ()
    inner: bytes = b""
    compressed: bool = False

    @property
    def text(self) -> bytes:
        """The text."""
        return decompress(self.data) if self.compressed else self.data

    def pieces(self) -> Pieces:
        """Return the strings and holes in order, those among them that are filled on the note's own page."""
        pieces: list[str | Piece] = []
        holes = iter(self.holes)
        for part in self._parts():
            if isinstance(part, bytes):
                first, *texts = part.decode().split("\0")
                pieces.append(first)
                for text in texts:
                    pieces += (next(holes), text)
            else:
                pieces.append(part)
        return [piece for piece in pieces if piece != ""]

    def elsewhere(self, note_url: str, *, ids: bool) -> str:
        """Return the text for another place than the note's own page: `note_url` before fragments, ids or none."""
        if not self.inner:
            return self.text.decode()
        return "".join(
            part.decode() if isinstance(part, bytes) else inner_html(part, note_url, ids=ids) for part in self._parts()
        )

    def _parts(self) -> Iterator[bytes | InnerPiece]:
        """Yield the inner pieces in order, and the text between them."""
        text, at = self.text, 0
        for start, end, piece in _inner_pieces(self.inner):
            yield text[at:start]
            yield piece
            at = end
        yield text[at:]


NO_BODY = Body()


def _inner_pieces(data: bytes) -> Sequence[tuple[int, int, InnerPiece]]:
    """Return what `Body.inner` holds; nothing where a damaged cache holds something else: the text is whole without."""
    try:
        return _INNER_PIECES.decode(data) if data else ()
    except msgspec.MsgspecError:
        return ()


def compressed(body: Body) -> Body:
    """Return a body that takes a fourth of the memory, and a moment longer to show."""
    if body.compressed:
        return body
    return msgspec.structs.replace(body, data=compress(body.data), compressed=True)


def inner_html(piece: InnerPiece, note_url: str = "", *, ids: bool = True) -> str:
    """Return what stands for an inner piece: on the note's own page, else with the note's URL, and ids or none."""
    if isinstance(piece, IdHole):
        return f' id="{_escaped(piece.id)}"' if ids else ""
    return f' href="{_escaped(f"{note_url}#{piece.id}")}"' if isinstance(piece, OwnAddress) else ""


_escaped = lru_cache(maxsize=1 << 16)(escape)  # the same ids and addresses come again and again


class ResolvedBody:
    """A body of which every hole is filled. A value, though no Struct: its digest is made of `key`, see model.digest.

    The HTML is put together when it is asked for: most pages of a build are not made anew.
    """

    __slots__ = ("_body", "_fills", "_place")

    def __init__(self, body: Body = NO_BODY, fills: Sequence[str] = (), place: tuple[str, str] | None = None) -> None:
        """`place`: the URL of the note, and "ids" where these are kept, else ""; None on the note's own page."""
        self._body, self._fills, self._place = body, tuple(fills), place if body.inner else None

    @property
    def html(self) -> Html:
        """The whole."""
        body, place = self._body, self._place
        text = body.text.decode() if place is None else body.elsewhere(place[0], ids=bool(place[1]))
        texts = text.split("\0")
        parts = [part for pair in zip(texts, self._fills, strict=False) for part in pair]
        return Html("".join((*parts, texts[-1])))

    @property
    def key(self) -> tuple[str, ...]:
        """What stands for the whole in a digest."""
        return (type(self).__qualname__, self._body.digest, *(self._place or ()), *self._fills)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ResolvedBody) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)
