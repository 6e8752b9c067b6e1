"""Holes filled: bodies of notes to finished HTML, other notes embedded in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape

import msgspec

from notegen.link.bodies.citations import PageCitations, PageStyle, wiki_citation, words_of
from notegen.link.bodies.images import image_html
from notegen.link.bodies.sections import Section, sections_of
from notegen.link.targets.index import Index
from notegen.link.targets.note_links import NoteLinks
from notegen.link.targets.resolved import Resolved
from notegen.model.body import (
    Bibliography,
    Body,
    CiteHole,
    EmbedHole,
    IdHole,
    ImageHole,
    OwnAddress,
    Piece,
    Pieces,
    ReferencesHole,
    ResolvedBody,
    SectionBoundary,
    UrlHole,
    WikiHole,
    Work,
    inner_html,
)
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Asset, ImageVariant
from notegen.model.strings import ContentPath, SitePath, Url
from notegen.routes.urls import Base

DEEPEST = 5  # notes inside notes
MOST_TEXT = 2_000_000  # characters of other notes that one page embeds
MOST_EMBEDS = 1000  # in one page
_INNER = (IdHole, OwnAddress, SectionBoundary)


_escaped = lru_cache(maxsize=1 << 16)(escape)  # the same ids and addresses come again and again


class LinkContext(msgspec.Struct, frozen=True):
    """Where a body is shown. `note_url` stands before fragments of the note itself: empty on its own page.

    `absolute` turns a URL into the form wanted. `ids`: whether ids are kept. `chain`: the notes, and parts of notes,
    that are being embedded, outermost first.
    """

    note_url: Url = Url("")
    absolute: Callable[[Url], Url] = Url
    ids: bool = True
    chain: tuple[tuple[ContentPath, str], ...] = ()


class RenderedBody(msgspec.Struct, frozen=True):
    """A body with every hole filled, the content paths of notes embedded in it, and what is wrong with embeds."""

    content: ResolvedBody
    embedded: frozenset[ContentPath] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


class _Embeds:
    """What one page may still embed, and what has come of it so far."""

    def __init__(self, content_path: ContentPath, context: LinkContext, *, has_list: bool) -> None:
        """`content_path`, `context`: of the page's own note. `has_list`: whether the page has a list of references."""
        self.content_path = content_path
        self.context = context
        self.has_list = has_list
        self.citations: PageCitations | None = None  # where there are any
        self.text = MOST_TEXT
        self.count = MOST_EMBEDS
        self.notes: set[ContentPath] = set()
        self.diagnostics: dict[Diagnostic, None] = {}

    def take(self, pieces: Iterable[object]) -> bool:
        """Return whether these pieces still fit, and count them."""
        self.text -= sum(len(piece) if isinstance(piece, str) else 1 for piece in pieces)
        self.count -= 1
        return self.text >= 0 and self.count >= 0


class _Part(msgspec.Struct, frozen=True):
    """A note, or a part of one, to embed: pieces of a body, where the holes among them lead, the element of a block."""

    pieces: Pieces
    targets: Sequence[Resolved | None]
    tag: str = ""


class HoleRenderer:
    """Fills the holes of any note. What it keeps are the parts of notes that are embedded, and what notes cite.

    `links`: where the holes of each note (content path) lead; `asset_paths`: asset -> site path; `variants`: site path
    of an image -> copies; `bibliography`: the works that notes cite; `papers`: site paths of their pages.
    """

    def __init__(
        self,
        index: Index,
        links: Mapping[ContentPath, NoteLinks],
        base: Base,
        asset_paths: Mapping[str, SitePath],
        variants: Mapping[SitePath, Mapping[SitePath, ImageVariant]],
        bibliography: Bibliography,
        config: Config,
        papers: Mapping[Work, SitePath] | None = None,
    ) -> None:
        self.index = index
        self.links = links
        self.base = base
        self.asset_paths = asset_paths
        self.variants = variants
        self.bibliography = bibliography
        self.config = config
        self.papers = papers or {}
        self._wholes: dict[ContentPath, _Part] = {}  # by content path of an embedded note
        self._sections: dict[ContentPath, Mapping[str, Section]] = {}
        self._works: dict[ContentPath, tuple[Work, ...]] = {}
        self._paper_urls = {work: base.url(path) for work, path in self.papers.items()}

    def render(
        self,
        content_path: ContentPath,
        body: Body,
        targets: Sequence[Resolved | None],
        context: LinkContext,
        kind: type[ResolvedBody] = ResolvedBody,
    ) -> RenderedBody:
        """Return a body of the note `content_path`, whose holes lead to `targets`, with every hole filled."""
        where: tuple[str, str] | None = (context.note_url, "ids" if context.ids else "")
        where = None if where == ("", "ids") else where
        if not body.holes:
            return RenderedBody(kind(body, (), where))
        start = msgspec.structs.replace(context, chain=((content_path, ""),))
        holes = body.holes if self.bibliography.references else ()
        places = [number for number, hole in enumerate(holes) if isinstance(hole, ReferencesHole)]
        embeds = _Embeds(content_path, context, has_list=bool(places))
        fills = self._rendered_pieces(content_path, body.holes, targets, start, embeds)
        if places and embeds.citations is not None:
            place = body.holes[places[0]]
            heading = isinstance(place, ReferencesHole) and place.heading
            fills[places[0]] = embeds.citations.list_html(heading=heading, ids=context.ids)
        content = kind(body, fills, where)
        if not (embeds.notes or embeds.diagnostics):
            return RenderedBody(content)
        return RenderedBody(content, frozenset(embeds.notes), tuple(embeds.diagnostics))

    def address(self, target: str, link: Resolved) -> Url:
        """Return the URL of a file that a note names `target`; this itself when nothing answers."""
        return Url(target) if link.broken else self._url(link, LinkContext())

    def _rendered_pieces(
        self,
        content_path: ContentPath,
        pieces: Iterable[str | Piece],
        targets: Iterable[Resolved | None],
        context: LinkContext,
        embeds: _Embeds,
    ) -> list[str]:
        """Return pieces of a body of the note `content_path`, with what stands in the place of those that are holes."""
        fills: list[str] = []
        note_url, ids = context.note_url, context.ids
        for piece, link in zip(pieces, targets, strict=True):
            if link is not None:
                fills.append(self._rendered(content_path, piece, link, context, embeds))
            elif isinstance(piece, UrlHole):
                fills.append(_address(piece, note_url + piece.target))
            elif isinstance(piece, CiteHole):
                fills.append(self._cite(content_path, piece, context, embeds))
            elif isinstance(piece, _INNER):
                fills.append(inner_html(piece, note_url, ids=ids))
            else:
                fills.append(piece if isinstance(piece, str) else "")
        return fills

    def _cite(self, content_path: ContentPath, hole: CiteHole, context: LinkContext, embeds: _Embeds) -> str:
        """Return the mark of a citation in the note `content_path`."""
        references = self.bibliography.references.get(self.index.notes[content_path].path, {})
        if not references and hole.bare:
            return hole.written
        if embeds.citations is None:
            note = self.index.notes[embeds.content_path]
            words = words_of(note.lang or self.config.language)
            style = PageStyle(self.bibliography.style, words, embeds.has_list, embeds.context.note_url)
            embeds.citations = PageCitations(style, self._cited(embeds.content_path), self._paper_url(embeds.context))
        return embeds.citations.mark(hole, references, ids=context.ids)

    def _paper_url(self, context: LinkContext) -> Callable[[Work], str]:
        """Return what gives the URL of a work's page, "" where it has none."""
        urls, absolute = self._paper_urls, context.absolute
        return lambda work: absolute(urls[work]) if work in urls else ""

    def _cited(self, content_path: ContentPath) -> tuple[Work, ...]:
        """Return the works that the body of a note cites, in order: asked for its page, its excerpt, its feed."""
        if content_path not in self._works:
            note = self.index.notes[content_path]
            references = self.bibliography.references.get(note.path, {})
            keys: list[str] = []
            for hole, link in zip(note.body.holes, self.links[content_path].body, strict=True):
                if link is not None:
                    keys.append(link.cited)
                elif isinstance(hole, CiteHole):
                    keys += [work.key for work in hole.works]
            self._works[content_path] = tuple([references[key] for key in keys if key in references])
        return self._works[content_path]

    def _rendered(
        self, content_path: ContentPath, hole: str | Piece, link: Resolved, context: LinkContext, embeds: _Embeds
    ) -> str:
        """Return what stands in the place of a hole that leads somewhere else."""
        if isinstance(hole, UrlHole):
            if link.unpublished and hole.attribute:
                return ""
            return _address(hole, hole.target if link.broken else self._url(link, context))
        if isinstance(hole, WikiHole):
            return self._wiki(content_path, hole, link, context, embeds)
        if isinstance(hole, ImageHole):
            return self._image(hole, link, context)
        return "".join(self._embed(content_path, hole, link, context, embeds)) if isinstance(hole, EmbedHole) else ""

    def _url(self, link: Resolved, context: LinkContext) -> Url:
        """Return the URL of what a hole leads to."""
        if link.same_note:
            return Url((context.note_url + link.fragment.removesuffix("#")) if context.note_url else link.fragment)
        path = link.site or (self.index.site_path[link.note] if link.note else self.asset_paths[link.asset])
        return Url(context.absolute(self.base.url(path)) + link.fragment)

    def _wiki(
        self, content_path: ContentPath, hole: WikiHole, link: Resolved, context: LinkContext, embeds: _Embeds
    ) -> str:
        if link.cited:
            cite = wiki_citation(hole.target, hole.html, (hole.line, hole.column, hole.length))
            words = f"{hole.html} " if hole.html else ""
            return words + self._cite(content_path, cite, context, embeds)
        if link.unpublished:
            return hole.html or escape(hole.target)
        if link.broken:
            return f'<span class="broken">{hole.html or escape(hole.target or hole.label)}</span>'
        return f'<a href="{escape(self._url(link, context))}">{hole.html or link.words}</a>'

    def _image(self, hole: ImageHole, link: Resolved, context: LinkContext) -> str:
        if link.unpublished:
            return escape(hole.alt or hole.target)
        if link.note:
            return f'<a href="{escape(self._url(link, context))}">{escape(hole.alt) or link.words}</a>'
        if link.broken or not (link.asset or link.site):
            url = Url(hole.target) if link.broken else self._url(link, context)
            return image_html(hole, url, None, (), ids=context.ids)
        path, asset = self._file(link)
        copies = [
            (context.absolute(self.base.url(place)), variant.width)
            for place, variant in self.variants.get(path, {}).items()
        ]
        return image_html(hole, self._url(link, context), asset, copies, ids=context.ids)

    def _file(self, link: Resolved) -> tuple[SitePath, Asset | None]:
        """Return the site path of a file and what is known of it."""
        if link.asset:
            return self.asset_paths[link.asset], self.index.assets[link.asset]
        return link.site, self.index.static.get(link.site)

    def _embed(
        self, content_path: ContentPath, hole: EmbedHole, link: Resolved, context: LinkContext, embeds: _Embeds
    ) -> Iterator[str]:
        """Yield another note, or a part of one; a link to it where it cannot be shown."""
        if link.unpublished:
            yield f"<p>{hole.html or escape(hole.target)}</p>\n"
            return
        if link.broken:
            yield f'<p><span class="broken">{hole.html or escape(hole.target)}</span></p>\n'
            return
        url, words = escape(self._url(link, context)), hole.html or link.words
        if not link.note:
            yield f'<p><a href="{url}">{words}</a></p>\n'
            return
        part = self._part(link)
        problem = "" if part is None else self._refusal(content_path, hole, link, part, context, embeds)
        if part is None or problem:
            yield f'<p><a href="{url}">{words}</a></p>\n'
            return
        embeds.notes.add(link.note)
        embedded_url = context.absolute(self.base.url(self.index.site_path[link.note]))
        inside = LinkContext(
            embedded_url, context.absolute, ids=False, chain=(*context.chain, (link.note, link.anchor))
        )
        yield f'<div class="embed">\n<a class="embed-source" href="{url}">{words}</a>\n'
        yield "<ul>" if part.tag == "li" else ""
        yield from self._rendered_pieces(link.note, part.pieces, part.targets, inside, embeds)
        yield "</ul>\n</div>\n" if part.tag == "li" else "</div>\n"

    def _part(self, link: Resolved) -> _Part | None:
        """Return what an embed shows; None for a place that no boundaries surround."""
        whole = self._whole(link.note)
        if not link.fragment.strip("#"):
            return whole
        if link.note not in self._sections:
            self._sections[link.note] = sections_of(whole.pieces)
        section = self._sections[link.note].get(link.anchor)
        if section is None:
            return None
        return _Part(whole.pieces[section.start : section.end], whole.targets[section.start : section.end], section.tag)

    def _whole(self, content_path: ContentPath) -> _Part:
        """Return a whole note to embed."""
        if content_path not in self._wholes:
            pieces, targets = self.index.notes[content_path].body.pieces(), iter(self.links[content_path].body)
            leads = [None if isinstance(piece, (str, *_INNER)) else next(targets) for piece in pieces]
            self._wholes[content_path] = _Part(pieces, leads)
        return self._wholes[content_path]

    def _refusal(
        self,
        content_path: ContentPath,
        hole: EmbedHole,
        link: Resolved,
        part: _Part,
        context: LinkContext,
        embeds: _Embeds,
    ) -> str:
        """Return the code of the reason why an embed is shown as a link, after reporting it; "" for none."""
        path = self.index.notes[link.note].path
        hint = "a link is shown in its place"
        if (link.note, link.anchor) in context.chain:
            code, message = "embed-cycle", f"{path} would be embedded in itself"
        elif len(context.chain) > DEEPEST:
            code, message = "embed-cycle", f"{path} would be embedded more than {DEEPEST} notes deep"
        elif not embeds.take(part.pieces):
            code = "embed-too-large"
            message = f"a page embeds at most {MOST_EMBEDS} notes, {MOST_TEXT // 1_000_000} million characters"
        else:
            return ""
        source = self.index.notes[content_path].path
        line, column, length = hole.line, hole.column, hole.length
        item = diagnose(code, message, path=source, line=line, column=column, length=length, hint=hint)
        embeds.diagnostics[item] = None
        return code


def _address(hole: UrlHole, url: str) -> str:
    """Return what stands for a hole that leads to `url`."""
    return f' href="{_escaped(url)}"' if hole.attribute else _escaped(url)
