"""What rendering one body needs to know and collects on the way: the mode, the holes, the places of links."""

from collections import Counter
from enum import Enum
from html import escape

from markdown_it.token import Token

from notegen.model.body import (
    ALL_WORKS,
    CitedWork,
    CiteHole,
    EmbedHole,
    IdHole,
    ImageHole,
    OwnAddress,
    ReferencesHole,
    SectionBoundary,
    UrlHole,
    WikiHole,
)
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Reference
from notegen.read.code.highlight import Highlighter
from notegen.read.html.holes import Holes
from notegen.read.shortcodes.templates import NoteFacts, Shortcodes
from notegen.read.source_map import SourceMap
from notegen.read.token_data import BACKLINK_EXCERPT, CITATION, SPAN, WIKI_TARGET
from notegen.text.addresses import is_external


class Mode(Enum):
    """Which of the renderings of one parse is being made."""

    PAGE = "page"  # the note's own page and the feed
    EXCERPT = "excerpt"  # on list pages: no ids, no footnote marks
    LABEL = "label"  # headings in a contents list, sentences elsewhere: no links, no ids, no images


class RenderContext:
    """The state of one rendering, handed to every render rule.

    `name`: one of the note, for names that must not be those of a note beside it on a page. `breaks`: whether a line
    break is a `<br>`. `shortcodes` shows those of the site, to which `facts` tell of the note.
    """

    def __init__(
        self,
        mode: Mode,
        source_map: SourceMap,
        highlight: Highlighter,
        shortcodes: Shortcodes,
        facts: NoteFacts,
        *,
        name: str = "",
        breaks: bool = False,
    ) -> None:
        self.mode = mode
        self.name = name
        self.source_map = source_map
        self.highlight = highlight
        self.breaks = breaks
        self.shortcodes = shortcodes
        self.facts = facts
        self.holes = Holes()
        self.unknown_languages: list[Token] = []
        self.files: list[str] = []  # addresses in raw HTML that are no holes
        self.citations: dict[str, None] = {}  # keys of works, in order
        self.tab_sets: list[str] = []  # names of those that are open
        self.problems: list[Diagnostic] = []  # of templates of shortcodes
        self.ids: list[str] = []  # in what these write
        self._calls: Counter[str] = Counter()
        self._tab_sets = 0
        self._images = 0

    def url(self, target: str, kind: str, token: Token) -> str:
        """Return what stands in an address attribute.

        A mark for a local address, the address itself for one elsewhere.
        """
        if not target or is_external(target) or self.mode is Mode.LABEL:
            return target
        line, column, length = self._place(token)
        return self.holes.mark(UrlHole(target, kind, line, column, length, BACKLINK_EXCERPT.of(token)))

    def wiki(self, token: Token, html: str) -> str:
        """Return the mark for a wiki link whose text is `html`."""
        wiki = WIKI_TARGET.of(token)
        if wiki.target.startswith("@"):  # a citation, where no note has the name
            self.citations[wiki.target[1:]] = None
        return self.holes.mark(
            WikiHole(
                wiki.target,
                wiki.fragment,
                html,
                *self._place(token),
                BACKLINK_EXCERPT.of(token),
                label=wiki.label,
                form=wiki.form,
                titled=wiki.titled,
            )
        )

    def reference(self, label: str, form: str, shown: str, place: Reference) -> str:
        """Return the mark for a reference by a label in a formula; `shown`: what stands there where nothing has it."""
        return self.holes.mark(WikiHole("", label, "", place.line, place.column, place.length, label=shown, form=form))

    def empty_link(self, target: str, token: Token) -> str:
        """Return the mark for a local Markdown link without a text, which gets the name of what it leads to."""
        path, _, fragment = target.partition("#")
        return self.holes.mark(
            WikiHole(path, fragment, "", *self._place(token), BACKLINK_EXCERPT.of(token), address=True)
        )

    def embed(self, token: Token) -> str:
        """Return the mark for another note shown in this one."""
        wiki, text = WIKI_TARGET.of(token), escape(token.content)
        return self.holes.mark(
            EmbedHole(wiki.target, wiki.fragment, text, *self._place(token), BACKLINK_EXCERPT.of(token))
        )

    def image(self, target: str, token: Token, alt: str, attrs: dict[str, str], raw: tuple[str, str] | None) -> str:
        """Return the mark for a whole local image. `raw`: see ImageHole."""
        return self.holes.mark(ImageHole(target, alt, tuple(attrs.items()), raw, *self._place(token)))

    def citation(self, token: Token) -> str:
        """Return the mark for a citation; labels have the words that are a part of their sentence."""
        citation = CITATION.of(token)
        if self.mode is Mode.LABEL:
            return escape(citation.text, quote=False)
        for work in citation.works:
            self.citations[work.key] = None
        written = escape(token.content, quote=False)
        return self.holes.mark(CiteHole(citation.works, citation.form, written, citation.bare, *self._place(token)))

    def references(self, *, heading: bool, whole: bool = False) -> str:
        """Return the mark for the list of the works that are cited, or of all (`whole`): on the note's page only."""
        if self.mode is not Mode.PAGE:
            return ""
        if whole:
            self.citations[ALL_WORKS] = None
        every = self.holes.mark(CiteHole((CitedWork(ALL_WORKS),), "hidden")) if whole else ""
        return every + self.holes.mark(ReferencesHole(heading))

    def loading(self) -> str:
        """Return the loading attribute of the next image: the first one of a note is likely on the first screen."""
        self._images += 1
        return "eager" if self._images == 1 else "lazy"

    def count(self, shortcode: str) -> int:
        """Return how many shortcodes of this name there are up to here, from 1."""
        self._calls[shortcode] += 1
        return self._calls[shortcode]

    def open_tab_set(self) -> None:
        """Give the next tab set a name."""
        self._tab_sets += 1
        self.tab_sets.append(f"tabs-{self.name}-{self._tab_sets}")

    def id(self, name: str) -> str:
        """Return the mark that stands as the value of an attribute `id`."""
        return self.holes.mark(IdHole(name))

    def own_address(self, name: str) -> str:
        """Return the mark that stands as the value of an attribute `href`: of a link to an id of the note itself."""
        return self.holes.mark(OwnAddress(name))

    def boundary(self, name: str, *, level: int = 0, end: bool = False, tag: str = "") -> str:
        """Return the mark of a section boundary: embeds cut the body there."""
        return self.holes.mark(SectionBoundary(name, level, end, tag))

    def _place(self, token: Token) -> tuple[int, int, int]:
        span = SPAN.of(token)
        return (*self.source_map.of(token), span.length if span is not None else 1)
