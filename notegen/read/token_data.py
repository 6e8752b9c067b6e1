"""What reading knows of a token besides its text and attributes: typed fields, kept in markdown-it's `token.meta`.

Here are the fields that several modules share. A field that only the rules of one syntax use stands beside them.
"""

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec
from markdown_it.token import Token

from notegen.model.body import CitedWork
from notegen.model.note import Reference

T = TypeVar("T")


class TokenField(Generic[T]):
    """A field that tokens may have: `ANCHOR.set(token, "eq-1")`, `ANCHOR.of(token)`; without a value, its default."""

    __slots__ = ("_default", "_name")

    def __init__(self, name: str, default: T) -> None:
        self._name = name
        self._default = default

    def of(self, token: Token) -> T:
        """Return the token's value."""
        value: T = token.meta.get(self._name, self._default)
        return value

    def set(self, token: Token, value: T) -> None:
        """Set the token's value. Copies of the token, which share its `meta`, keep theirs."""
        token.meta = {**token.meta, self._name: value} if token.meta else {self._name: value}


class Span(msgspec.Struct, frozen=True):
    """Where an inline token is written: `length` characters from `offset` on in the content of its inline token."""

    offset: int
    length: int = 1


class Place(msgspec.Struct, frozen=True):
    """Where a token begins in the text that was parsed: line and column, both from 0, in characters."""

    line: int
    column: int


class ContentStart(msgspec.Struct, frozen=True):
    """Where the content of an inline token begins in its source line, if not where the line's own text does.

    `column`: from 0, in characters. `dropped`: the indices in the content before which a backslash was dropped.
    """

    column: int
    dropped: tuple[int, ...] = ()


class FormulaSource(msgspec.Struct, frozen=True):
    """What the scanner knows of a formula besides its LaTeX: how it is shown, and whether raw HTML holds it."""

    display: bool = False
    from_html: bool = False


class Written(msgspec.Struct, frozen=True):
    """A formula as it stands in the file, where it was read as another: see syntax/math/escapes.py.

    `dropped`: the indices in what it was read as before which a backslash was dropped.
    """

    latex: str
    dropped: tuple[int, ...] = ()


class RenderedFormula(msgspec.Struct, frozen=True):
    """A formula's HTML. `html_without_ids`: the same for lists and labels, where no id may be repeated.

    `macros`: name without backslash -> LaTeX, those that it was written with. `numbers`: of its equations.
    """

    html: str = ""
    html_without_ids: str = ""
    macros: Mapping[str, str] = {}
    numbers: tuple[str, ...] = ()

    @property
    def has_ids(self) -> bool:
        """True for a formula with labelled equations, which has their ids."""
        return self.html != self.html_without_ids


MISSING: TokenField[tuple[Reference, ...]] = TokenField("missing", ())  # of formulas: what the note has no labels for


class CrossReference(msgspec.Struct, frozen=True):
    """A reference by a label, resolved: what it shows, `(3)`, `图 1`, as text and as HTML; the id that it leads to.

    `anchor` is empty where nothing in the note has the label.
    """

    text: str = ""
    html: str = ""
    anchor: str = ""


class WikiTarget(msgspec.Struct, frozen=True):
    """What a wiki link or an embed names, as written: `[[target#fragment|text]]`. `label`, `form`: see WikiHole."""

    target: str = ""
    fragment: str = ""
    has_text: bool = False
    label: str = ""
    form: str = ""
    titled: bool = False  # without a text it shows the title of its note, not the target


class Citation(msgspec.Struct, frozen=True):
    """A citation, see CiteHole."""

    works: tuple[CitedWork, ...] = ()
    form: str = "parenthetical"
    bare: bool = False

    @property
    def text(self) -> str:
        """What stands for it in plain text: nothing, unless it is a part of the sentence."""
        return (
            ""
            if self.form in {"parenthetical", "year", "yearpar", "hidden"}
            else ", ".join(f"@{work.key}" for work in self.works)
        )


class HeadingLink(msgspec.Struct, frozen=True):
    """A heading's id, unique in its note, and its readable text."""

    id: str
    text: str


class Callout(msgspec.Struct, frozen=True):
    """A callout: its kind (`theorem`), its number ("" where not counted), its label as written ("" where none).

    `text` is what a reference to it shows: `定理 1`.
    """

    kind: str
    number: str
    label: str
    text: str


class Tab(msgspec.Struct, frozen=True):
    """A tab of a tab set: those of one key switch together; whether it is the one that is shown first."""

    key: str = ""
    chosen: bool = False


class LineIds(msgspec.Struct, frozen=True):
    """The ids of the lines of a block of code: what they begin with, the number of the first, how many there are."""

    prefix: str
    first: int
    count: int


class Labelled(msgspec.Struct, frozen=True):
    """What is numbered besides callouts: its id, its number, its labels as written, what a reference to it shows."""

    anchor: str
    number: str
    labels: tuple[str, ...]
    text: str


class DiagramSource(msgspec.Struct, frozen=True):
    """A diagram as written: the language of its fence, its source, a text for who cannot see it.

    `line`: the number of its first line in the text that was parsed, from 0.
    """

    language: str = ""
    source: str = ""
    line: int = 0
    alt: str = ""


SPAN: TokenField[Span | None] = TokenField("span", None)  # of inline tokens that diagnostics may name
PLACE: TokenField[Place | None] = TokenField("place", None)  # of formulas, and of all tokens with a SPAN
CONTENT_START: TokenField[ContentStart | None] = TokenField("content_start", None)  # of inline tokens
ANCHOR: TokenField[str] = TokenField("anchor", "")  # of blocks: the id that the author has given, for links
FORMULA: TokenField[FormulaSource] = TokenField("formula", FormulaSource())  # of math_inline, math_block
LABEL: TokenField[str] = TokenField(
    "label", ""
)  # of blocks: a label that stands beside: `{#eq-x}` of math_block, `(x)=`
WRITTEN: TokenField[Written | None] = TokenField("written", None)  # of the same, where their LaTeX is another
RENDERED: TokenField[RenderedFormula] = TokenField("rendered", RenderedFormula())  # of the same
READABLE: TokenField[str | None] = TokenField("readable", None)  # of the same: their plain text, made when asked for
REFERENCE: TokenField[CrossReference] = TokenField("reference", CrossReference())  # of cross_ref
WIKI_TARGET: TokenField[WikiTarget] = TokenField("wiki_target", WikiTarget())  # of wikilink_open, note_embed
CITATION: TokenField[Citation] = TokenField("citation", Citation())  # of citation
BACKLINK_EXCERPT: TokenField[int] = TokenField("backlink_excerpt", -1)  # of links: the number of their sentence
HEADING: TokenField[HeadingLink | None] = TokenField("heading", None)  # of heading_close
CALLOUT: TokenField[Callout | None] = TokenField("callout", None)  # of callout_open
LABELLED: TokenField[Labelled | None] = TokenField("labelled", None)  # of what opens a block with a number or label
LINE_IDS: TokenField[LineIds | None] = TokenField("line_ids", None)  # of fence
DIAGRAM: TokenField[DiagramSource] = TokenField("diagram", DiagramSource())  # of diagram
DRAWN: TokenField[str] = TokenField("drawn", "")  # of the same: its SVG
SECTION: TokenField[str] = TokenField("section", "")  # of heading_open: its number, `2.1`
TAB: TokenField[Tab] = TokenField("tab", Tab())  # of tab_open
COUNTED: TokenField[str] = TokenField("counted", "")  # of blocks that are numbered with callouts of this kind
COUNTED_NUMBER: TokenField[str] = TokenField("counted_number", "")  # of the same, when they are counted


def footnote_number(token: Token) -> tuple[str, str]:
    """Return a footnote's number and the suffix of its mark's id, from 1; a second mark has `1-1`.

    Of the tokens of the footnote plugin, whose `meta` has `id` and `subId`.
    """
    number = str(int(token.meta["id"]) + 1)
    repeat = int(token.meta.get("subId", 0))
    return number, f"{number}-{repeat}" if repeat > 0 else number
