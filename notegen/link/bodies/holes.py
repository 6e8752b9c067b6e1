"""Holes filled: bodies of notes to finished HTML, other notes embedded in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape

import msgspec

from notegen.link.bodies.images import image_html
from notegen.link.bodies.sections import Section, sections_of
from notegen.link.targets.index import Index
from notegen.link.targets.resolve import NoteLinks, Resolved
from notegen.model.body import Body, EmbedHole, Filled, IdHole, ImageHole, Piece, Pieces, UrlHole, WikiHole
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Asset, ImageVariant
from notegen.routes import Base

DEEPEST = 5  # notes inside notes
MOST_TEXT = 2_000_000  # characters of other notes that one page embeds
MOST_EMBEDS = 1000  # in one page
_FILMS = (".mp4", ".webm", ".mov", ".ogv", ".m4v")
_SOUNDS = (".mp3", ".wav", ".ogg", ".oga", ".m4a", ".flac", ".opus")
_PLAYERS = dict.fromkeys(_FILMS, "video") | dict.fromkeys(_SOUNDS, "audio")


_escaped = lru_cache(maxsize=1 << 16)(escape)  # the same ids and addresses come again and again


class View(msgspec.Struct, frozen=True):
    """Where a body is shown. `own_url` stands before fragments of the note itself: empty on its own page.

    `absolute` turns a URL into the form wanted. `ids`: whether ids are kept. `chain`: the notes, and parts of notes,
    that are being embedded, outermost first.
    """

    own_url: str = ""
    absolute: Callable[[str], str] = str
    ids: bool = True
    chain: tuple[tuple[str, str], ...] = ()


class FilledBody(msgspec.Struct, frozen=True):
    """A body with every hole filled, the notes (inner paths) that are embedded in it, and what is wrong with embeds."""

    content: Filled
    embedded: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


class _Embeds:
    """What one page may still embed, and what has come of it so far."""

    def __init__(self) -> None:
        self.text = MOST_TEXT
        self.count = MOST_EMBEDS
        self.notes: set[str] = set()
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


class Filler:
    """Fills the holes of any note. What it keeps are the parts of notes that are embedded.

    `links`: where the holes of each note (inner path) lead; `asset_paths`: asset -> site path; `variants`: site path of
    an image -> copies.
    """

    def __init__(
        self,
        index: Index,
        links: Mapping[str, NoteLinks],
        base: Base,
        asset_paths: Mapping[str, str],
        variants: Mapping[str, Mapping[str, ImageVariant]],
    ) -> None:
        self.index = index
        self.links = links
        self.base = base
        self.asset_paths = asset_paths
        self.variants = variants
        self._wholes: dict[str, _Part] = {}  # by inner path of an embedded note
        self._sections: dict[str, Mapping[str, Section]] = {}

    def fill(
        self, inner: str, body: Body, targets: Sequence[Resolved | None], view: View, kind: type[Filled] = Filled
    ) -> FilledBody:
        """Return a body of the note `inner`, whose holes lead to `targets`, with every hole filled."""
        if not body.holes:
            return FilledBody(kind(body))
        embeds, start = _Embeds(), msgspec.structs.replace(view, chain=((inner, ""),))
        content = kind(body, self._fills(inner, body.holes, targets, start, embeds))
        if not (embeds.notes or embeds.diagnostics):
            return FilledBody(content)
        return FilledBody(content, frozenset(embeds.notes), tuple(embeds.diagnostics))

    def address(self, target: str, found: Resolved) -> str:
        """Return the URL of a file that a note names `target`; this itself when nothing answers."""
        return target if found.broken else self._url(found, View())

    def _fills(
        self,
        inner: str,
        pieces: Iterable[str | Piece],
        targets: Iterable[Resolved | None],
        view: View,
        embeds: _Embeds,
    ) -> list[str]:
        """Return pieces of a body of the note `inner`, with what stands in the place of those that are holes."""
        fills: list[str] = []
        own_url, ids = view.own_url, view.ids
        for piece, found in zip(pieces, targets, strict=True):
            if found is not None:
                fills.append(self._filled(inner, piece, found, view, embeds))
            elif isinstance(piece, UrlHole):
                fills.append(_escaped(own_url + piece.target))
            elif isinstance(piece, IdHole):
                fills.append(f' id="{_escaped(piece.id)}"' if ids else "")
            else:
                fills.append(piece if isinstance(piece, str) else "")
        return fills

    def _filled(self, inner: str, hole: str | Piece, found: Resolved, view: View, embeds: _Embeds) -> str:
        """Return what stands in the place of a hole that leads somewhere else."""
        if isinstance(hole, UrlHole):
            return _escaped(hole.target if found.broken else self._url(found, view))
        if isinstance(hole, WikiHole):
            return self._wiki(hole, found, view)
        if isinstance(hole, ImageHole):
            return self._image(hole, found, view)
        return "".join(self._embed(inner, hole, found, view, embeds)) if isinstance(hole, EmbedHole) else ""

    def _url(self, found: Resolved, view: View) -> str:
        """Return the address of what was found."""
        if found.own:
            return (view.own_url + found.fragment.removesuffix("#")) if view.own_url else found.fragment
        path = found.site or (self.index.site_path[found.note] if found.note else self.asset_paths[found.asset])
        return view.absolute(self.base.url(path)) + found.fragment

    def _wiki(self, hole: WikiHole, found: Resolved, view: View) -> str:
        if found.broken:
            return f'<span class="broken">{hole.html or escape(hole.target)}</span>'
        return f'<a href="{escape(self._url(found, view))}">{hole.html or found.words}</a>'

    def _image(self, hole: ImageHole, found: Resolved, view: View) -> str:
        if found.broken or not (found.asset or found.site):
            url = hole.target if found.broken else self._url(found, view)
            return image_html(hole, url, None, (), ids=view.ids)
        path, asset = self._file(found)
        copies = [
            (view.absolute(self.base.url(place)), variant.width)
            for place, variant in self.variants.get(path, {}).items()
        ]
        return image_html(hole, self._url(found, view), asset, copies, ids=view.ids)

    def _file(self, found: Resolved) -> tuple[str, Asset | None]:
        """Return the site path of a file and what is known of it."""
        if found.asset:
            return self.asset_paths[found.asset], self.index.assets[found.asset]
        return found.site, self.index.static.get(found.site)

    def _embed(self, inner: str, hole: EmbedHole, found: Resolved, view: View, embeds: _Embeds) -> Iterator[str]:
        """Yield another note, or a part of one; a link to it where it cannot be shown."""
        if found.broken:
            yield f'<p><span class="broken">{hole.html or escape(hole.target)}</span></p>\n'
            return
        url, words = escape(self._url(found, view)), hole.html or found.words
        if not found.note:
            yield _player(found, url, words)
            return
        part = self._part(found)
        problem = "" if part is None else self._refusal(inner, hole, found, part, view, embeds)
        if part is None or problem:
            yield f'<p><a href="{url}">{words}</a></p>\n'
            return
        embeds.notes.add(found.note)
        own = view.absolute(self.base.url(self.index.site_path[found.note]))
        inside = View(own, view.absolute, ids=False, chain=(*view.chain, (found.note, found.anchor)))
        yield f'<div class="embed">\n<a class="embed-source" href="{url}">{words}</a>\n'
        yield "<ul>" if part.tag == "li" else ""
        yield from self._fills(found.note, part.pieces, part.targets, inside, embeds)
        yield "</ul>\n</div>\n" if part.tag == "li" else "</div>\n"

    def _part(self, found: Resolved) -> _Part | None:
        """Return what an embed shows; None for a place that no boundaries surround."""
        whole = self._whole(found.note)
        if not found.fragment.strip("#"):
            return whole
        if found.note not in self._sections:
            self._sections[found.note] = sections_of(whole.pieces)
        section = self._sections[found.note].get(found.anchor)
        if section is None:
            return None
        return _Part(whole.pieces[section.start : section.end], whole.targets[section.start : section.end], section.tag)

    def _whole(self, inner: str) -> _Part:
        """Return a whole note to embed."""
        if inner not in self._wholes:
            pieces, targets = self.index.notes[inner].body.pieces(), iter(self.links[inner].body)
            leads = [None if isinstance(piece, str) else next(targets) for piece in pieces]
            self._wholes[inner] = _Part(pieces, leads)
        return self._wholes[inner]

    def _refusal(self, inner: str, hole: EmbedHole, found: Resolved, part: _Part, view: View, embeds: _Embeds) -> str:
        """Return the code of the reason why an embed is shown as a link, which the author is told; "" for none."""
        path = self.index.notes[found.note].path
        hint = "a link is shown in its place"
        if (found.note, found.anchor) in view.chain:
            code, message = "embed-cycle", f"{path} would be embedded in itself"
        elif len(view.chain) > DEEPEST:
            code, message = "embed-cycle", f"{path} would be embedded more than {DEEPEST} notes deep"
        elif not embeds.take(part.pieces):
            code = "embed-too-large"
            message = f"a page embeds at most {MOST_EMBEDS} notes, {MOST_TEXT // 1_000_000} million characters"
        else:
            return ""
        source = self.index.notes[inner].path
        place = {"line": hole.line, "column": hole.column, "length": hole.length}
        embeds.diagnostics[diagnose(code, message, path=source, hint=hint, **place)] = None
        return code


def _player(found: Resolved, url: str, words: str) -> str:
    """Return a file that is no note: a player for films and sounds, a link to anything else."""
    path = (found.asset or found.site).lower()
    tag = _PLAYERS.get(path[path.rfind(".") :], "")
    if not tag:
        return f'<p><a href="{url}">{words}</a></p>\n'
    return f'<p><{tag} controls preload="metadata" src="{url}"><a href="{url}">{words}</a></{tag}></p>\n'
