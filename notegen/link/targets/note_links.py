"""Where the holes of one note lead, all together: what a page, its files and its backlinks are made from."""

from collections.abc import Iterable

import msgspec

from notegen.link.targets.find import find_file, name_key
from notegen.link.targets.index import Index
from notegen.link.targets.resolve import Resolver
from notegen.link.targets.resolved import Resolved, kind_of
from notegen.model.body import (
    Body,
    CiteHole,
    EmbedHole,
    Hole,
    ImageHole,
    OuterPiece,
    UrlHole,
    WikiHole,
)
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.model.strings import ContentPath
from notegen.text.addresses import is_external


class NoteLinks(msgspec.Struct, frozen=True):
    """Where the holes of one note lead.

    `body` and `excerpt` have a target for each hole; None for those that name nothing outside of the note:
    addresses of its own ids, citations. `notes`: content paths of all that they lead to. `mentions`: of each
    link and embed of the body that leads to another note, this note and the index of the sentence around it, or -1.
    `assets`: the files that body, excerpt and cover name, in order; `static`: the same of static ones (site paths);
    `mentioned`: assets and static files that styles, scripts and front matter name, each with the address; `images`:
    assets and site paths of the images that are shown. `names`: the folded names of notes that were looked up.
    """

    body: tuple[Resolved | None, ...] = ()
    excerpt: tuple[Resolved | None, ...] = ()
    cover: Resolved | None = None
    notes: frozenset[ContentPath] = frozenset()
    mentions: tuple[tuple[ContentPath, int], ...] = ()
    assets: tuple[str, ...] = ()
    static: tuple[str, ...] = ()
    mentioned: tuple[tuple[str, str], ...] = ()
    images: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def resolve_note(resolver: Resolver, content_path: ContentPath, note: Note) -> NoteLinks:
    """Return where the holes of a note lead. Diagnostics: those of links and images, once for each place."""
    links = _Links(resolver, content_path, note)
    body, excerpt = links.all_of(note.body), links.all_of(note.excerpt)
    cover = links.of(UrlHole(note.meta.cover, "image")) if _is_local(note.meta.cover) else None
    pairs = [(hole, resolved) for hole, resolved in zip(note.body.holes, body, strict=True) if resolved is not None]
    shown = [resolved for hole, resolved in pairs if isinstance(hole, ImageHole)]
    named = list(links.resolved.values())  # in the order of the text
    return NoteLinks(
        body=body,
        excerpt=excerpt,
        cover=cover,
        notes=frozenset(resolved.note for resolved in links.resolved.values()),
        mentions=tuple(_mentions(pairs, content_path)),
        assets=tuple(dict.fromkeys(resolved.asset for resolved in named if resolved.asset)),
        static=tuple(dict.fromkeys(item.site for item in named if item.site in resolver.index.static)),
        mentioned=tuple(_mentioned(resolver.index, content_path, note)),
        images=tuple(resolved.asset or resolved.site for resolved in shown),
        names=frozenset(links.names),
        diagnostics=tuple(_deduplicated(links.diagnostics)),
    )


def _deduplicated(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Yield diagnostics without those of the link that stands in a film, sound or document, which is missing."""
    missing = {(item.line, item.column) for item in diagnostics if item.code == "image-broken" and item.line}
    for item in diagnostics:
        if item.code != "link-broken" or (item.line, item.column) not in missing:
            yield item


def _mentioned(index: Index, content_path: ContentPath, note: Note) -> Iterable[tuple[str, str]]:
    """Yield the files whose addresses stand in a note and are no links, each with the address."""
    for address in note.files:
        target = find_file(index, content_path, address)
        if target is not None:
            yield target, address


def _is_local(cover: str) -> bool:
    return bool(cover) and not is_external(cover)


def _mentions(
    pairs: Iterable[tuple[OuterPiece, Resolved]], content_path: ContentPath
) -> Iterable[tuple[ContentPath, int]]:
    """Yield the other notes that holes of a note lead to, each with the index of its sentence."""
    for hole, resolved in pairs:
        if resolved.note and resolved.note != content_path and isinstance(hole, (UrlHole, WikiHole, EmbedHole)):
            yield resolved.note, hole.backlink_excerpt


class _Links:
    """Gathers where the holes of one note lead; equal holes are resolved once."""

    def __init__(self, resolver: Resolver, content_path: ContentPath, note: Note) -> None:
        self._resolver = resolver
        self._content_path = content_path
        self._ids = frozenset(note.anchors)
        self._references = resolver.bibliography.references.get(note.path, {})
        self.resolved: dict[tuple[str, str, str, str, bool], Resolved] = {}
        self.names: set[str] = set()
        self.diagnostics: dict[Diagnostic, None] = {}

    def all_of(self, body: Body) -> tuple[Resolved | None, ...]:
        """Return where each hole of a body leads; None for those that name nothing outside of it."""
        ids = self._ids
        return tuple(
            [
                None
                if isinstance(hole, UrlHole) and hole.target[0] == "#" and hole.target[1:] in ids
                else self._of(hole)
                for hole in body.holes
            ]
        )

    def _cited(self, hole: Hole, resolved: Resolved) -> Resolved:
        """Return `resolved`, or where it leads nowhere the work that a wiki link `[[@key]]` cites."""
        work = hole.target[1:] if resolved.broken and isinstance(hole, WikiHole) and hole.target[:1] == "@" else ""
        return Resolved(broken=True, cited=work) if work in self._references else resolved

    def _of(self, piece: OuterPiece) -> Resolved | None:
        """Return where a piece leads, if it is a hole; of a citation it is only seen whether its works exist."""
        if isinstance(piece, Hole):
            return self.of(piece)
        if (
            isinstance(piece, CiteHole)
            and not piece.bare
            and any(work.key not in self._references for work in piece.works)
        ):
            self.diagnostics |= dict.fromkeys(self._resolver.uncited(self._content_path, piece))
        return None

    def of(self, hole: Hole) -> Resolved:
        """Return where a hole leads."""
        fragment = hole.fragment if isinstance(hole, (WikiHole, EmbedHole)) else ""
        form = (hole.form, hole.titled) if isinstance(hole, WikiHole) else ("", False)
        key = (kind_of(hole), hole.target, fragment, *form)
        resolved = self.resolved.get(key)
        if resolved is None:
            resolved = self.resolved[key] = self._cited(hole, self._resolver.resolve(self._content_path, hole))
            if hole.target and key[0] in {"embed", "wiki"}:
                self.names.add(name_key(hole.target))
        if resolved.diagnostic is not None:
            place = {"line": hole.line, "column": hole.column, "length": hole.length}
            self.diagnostics[msgspec.structs.replace(resolved.diagnostic, **place)] = None
        return resolved
