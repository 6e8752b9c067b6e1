"""One note in its place: what other pages may know of it, its page's value, its entry in feeds."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from notegen.link.addresses.alternates import Translated
from notegen.link.addresses.routed_notes import RoutedNote, local
from notegen.link.addresses.taxonomies import Terms
from notegen.link.bodies.citations import described
from notegen.link.bodies.feed_html import FeedContent, PictureFeedContent
from notegen.link.bodies.holes import HoleRenderer, LinkContext, RenderedBody
from notegen.link.bodies.sentences import description_of
from notegen.link.citation import citation_of, people_of
from notegen.link.files.public_files import PublicFiles
from notegen.link.relations.neighbours import Neighbours
from notegen.link.sections.sections import Sections
from notegen.link.targets.resolve import Resolver
from notegen.link.toc import toc
from notegen.model.config import Config
from notegen.model.note import Note
from notegen.model.site import Backlink, FeedEntry, Link, NoteRef, RenderedNote, SeriesPlace
from notegen.model.source import FileHistory
from notegen.model.strings import ContentPath, Html, Url
from notegen.routes.languages import localized
from notegen.routes.urls import Base, iri_path


class LinkServices(msgspec.Struct, frozen=True):
    """What linking one note looks at besides the note: settings, the clock, terms, links, holes, files."""

    config: Config
    base: Base
    now: datetime
    terms: Mapping[str, Terms]  # of each language, by the folder of its addresses
    resolver: Resolver
    renderer: HoleRenderer
    public: PublicFiles
    translated: Translated = Translated()
    history: Mapping[str, FileHistory] = {}  # of source files, where site.yaml asks git


class LinkedNote(msgspec.Struct, frozen=True):
    """A note's ref, and its body with every hole filled."""

    ref: NoteRef
    body: RenderedBody


class Relations(msgspec.Struct, frozen=True):
    """What refers to notes and stands beside them: backlinks and related by content path, the rest by source path."""

    backlinks: Mapping[ContentPath, tuple[Backlink, ...]]
    neighbours: Mapping[str, Neighbours]
    series: Mapping[str, SeriesPlace]
    sections: Mapping[str, Sections]  # of each language, by the folder of its addresses
    related: Mapping[ContentPath, tuple[Link, ...]]
    mentions: Mapping[ContentPath, tuple[Link, ...]] = {}  # where the site has a map


def linked_note(item: RoutedNote, services: LinkServices) -> LinkedNote:
    """Return a note with its holes filled."""
    targets = services.renderer.links[item.content_path]
    excerpt = services.renderer.render(
        item.content_path, item.note.excerpt, targets.excerpt, LinkContext(note_url=item.url, ids=False)
    )
    body = services.renderer.render(item.content_path, item.note.body, targets.body, LinkContext())
    if excerpt.embedded or excerpt.diagnostics:
        body = RenderedBody(body.content, body.embedded | excerpt.embedded, (*body.diagnostics, *excerpt.diagnostics))
    return LinkedNote(_ref(item, excerpt.content.html, services), body)


def _ref(item: RoutedNote, excerpt: Html, services: LinkServices) -> NoteRef:
    note, meta, config = item.note, item.note.meta, services.config
    terms = services.terms[item.language]
    categories = terms.categories.of.get(note.path, ())
    cover = services.renderer.links[item.content_path].cover
    works = services.resolver.bibliography.references.get(note.path, {})
    return NoteRef(
        title=note.title,
        title_html=note.title_html,
        url=item.url,
        permalink=services.base.absolute(item.url),
        path=note.path,
        date=local(meta.date, config),
        updated=local(meta.updated or _changed(note.path, services), config),
        category=categories[0] if categories else None,
        categories=categories,
        tags=terms.tags.of.get(note.path, ()),
        excerpt=excerpt,
        description=described(description_of(note, services.renderer.links[item.content_path], works), works),
        minutes=note.minutes,
        lang=_language(item) or localized(config, item.language).language,
        cover=services.renderer.address(meta.cover, cover) if cover else _remote(meta.cover),
        draft=meta.draft,
        future=meta.date is not None and meta.date > services.now,
        weight=meta.weight,
        series=meta.series,
        has_math=b"<math" in note.excerpt.text or "<math" in note.title_html,
    )


def _changed(path: str, services: LinkServices) -> datetime | None:
    """Return when git says that a note was changed last; None where it is not asked."""
    known = services.history.get(path)
    return datetime.fromisoformat(known.updated) if known else None


def _language(item: RoutedNote) -> str:
    """Return the language of a note: of its front matter, its path, or seen in its text; "" for the site's."""
    named = item.translation.tag if item.translation and (item.translation.folder or item.language) else ""
    return item.note.meta.lang or named or item.note.lang


def _remote(cover: str) -> Url:
    """Return the address of a cover of another site (or "") with its scheme."""
    return Url(f"https:{cover}" if cover.startswith("//") else cover)


def _edit_url(item: RoutedNote, pattern: str) -> Url:
    """Return where a note's file is edited: `:path` is its path in the site's folder, `:content_path` in the notes'."""
    if not pattern:
        return Url("")
    below = pattern.replace(":content_path", iri_path(item.content_path))
    return Url(below.replace(":path", iri_path(item.note.path)))


def rendered_note(item: RoutedNote, linked: LinkedNote, relations: Relations, services: LinkServices) -> RenderedNote:
    """Return a note in its place."""
    note, config = item.note, services.config
    newer, older = relations.neighbours.get(note.path, (None, None))
    referring = relations.backlinks.get(item.content_path, ())
    people = people_of(note, config)
    shown = [note, *(services.resolver.index.notes[content_path] for content_path in linked.body.embedded)]
    return RenderedNote(
        ref=linked.ref,
        content=linked.body.content,
        toc=toc(note),
        newer=newer,
        older=older,
        backlinks=referring,
        has_math=any(part.formulas for part in shown)
        or "<math" in note.title_html
        or any(_cites_math(part, services) for part in shown)
        or any("<math" in entry.context_html for entry in referring),
        has_code=any(part.has_code for part in shown),
        authors=tuple(person.name for person in people),
        edit_url=_edit_url(item, config.edit_url),
        words=note.words,
        params=note.meta.extra,
        series=relations.series.get(note.path),
        unlisted=note.meta.hidden,
        in_sitemap=note.meta.sitemap and not note.meta.hidden,
        has_notation=any(part.has_notation for part in shown),
        extras=tuple(sorted({name for part in shown for name in part.extras})),
        people=people,
        citation=citation_of(note, people, linked.ref.date, linked.ref.url, linked.ref.permalink, config),
        place=relations.sections[item.language].place_of(item.content_path),
        alternates=services.translated.alternates.get(item.content_path, ()),
        contributors=services.history[note.path].people if note.path in services.history else (),
        mentions=relations.mentions.get(item.content_path, ()),
        related=relations.related.get(item.content_path, ()),
    )


def _cites_math(note: Note, services: LinkServices) -> bool:
    """Return whether a work that a note may cite has a formula in its title."""
    works = services.resolver.bibliography.references.get(note.path, {})
    return any("<math" in work.before or "<math" in work.after for work in works.values())


def feed_entries(
    items: Iterable[RoutedNote], linked: Mapping[ContentPath, LinkedNote], services: LinkServices
) -> list[FeedEntry]:
    """Return the entries of notes in feeds. What is wrong with their bodies is known from their pages."""
    full, base = services.config.feed.full_content, services.base
    kind = PictureFeedContent if services.config.feed.math == "svg" else FeedContent
    entries = []
    for item in items:
        note, links = item.note, services.renderer.links[item.content_path]
        context = LinkContext(base.absolute(item.url), base.absolute, ids=full)
        body, targets = (note.body, links.body) if full else (note.excerpt, links.excerpt)
        content = services.renderer.render(item.content_path, body, targets, context, kind).content
        entries.append(FeedEntry(linked[item.content_path].ref, content, base.identity(item.url)))
    return entries
