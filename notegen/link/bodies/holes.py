"""Holes filled: bodies of notes to finished HTML, other notes embedded in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape

import msgspec

from notegen.link.bodies.images import image_html
from notegen.link.bodies.sections import Section, sections_of
from notegen.link.targets.resolve import Resolved, Resolver
from notegen.model.body import (
    Body,
    EmbedHole,
    Filled,
    IdHole,
    ImageHole,
    Piece,
    Pieces,
    SectionBoundary,
    UrlHole,
    WikiHole,
)
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


class Budget:
    """What one page may still embed."""

    def __init__(self) -> None:
        self.text = MOST_TEXT
        self.embeds = MOST_EMBEDS
        self.notes: set[str] = set()  # embedded so far

    def take(self, pieces: Iterable[object]) -> bool:
        """Return whether these pieces still fit, and count them."""
        self.text -= sum(len(piece) if isinstance(piece, str) else 1 for piece in pieces)
        self.embeds -= 1
        return self.text >= 0 and self.embeds >= 0


class Filler:
    """Fills the holes of any note. `asset_paths`: asset -> site path; `variants`: site path of an image -> copies."""

    def __init__(
        self,
        resolver: Resolver,
        base: Base,
        asset_paths: Mapping[str, str],
        variants: Mapping[str, Mapping[str, ImageVariant]],
    ) -> None:
        self.resolver = resolver
        self.index = resolver.index
        self.base = base
        self.asset_paths = asset_paths
        self.variants = variants
        self.embedded: dict[str, set[str]] = {}  # inner path of a note -> the notes it embeds
        self.diagnostics: dict[Diagnostic, None] = {}
        self._pieces: dict[str, Pieces] = {}  # inner path of an embedded note -> its body
        self._sections: dict[str, Mapping[str, Section]] = {}

    def fill(self, inner: str, body: Body, view: View, kind: type[Filled] = Filled) -> Filled:
        """Return a body of the note `inner` with every hole filled."""
        if not body.holes:
            return kind(body)
        budget, start = Budget(), msgspec.structs.replace(view, chain=((inner, ""),))
        fills = [
            "" if type(hole) is SectionBoundary else self._filled(inner, hole, start, budget) for hole in body.holes
        ]
        if budget.notes:
            self.embedded.setdefault(inner, set()).update(budget.notes)
        return kind(body, fills)

    def address(self, inner: str, target: str) -> str:
        """Return the URL of a file that a note names, or `target` when nothing answers."""
        found = self.resolver.resolve(inner, UrlHole(target, "image"))
        return target if found.broken else self._url(found, View())

    def _filled(self, inner: str, hole: Piece, view: View, budget: Budget) -> str:
        if isinstance(hole, UrlHole):
            return self._address(inner, hole, view)
        if isinstance(hole, IdHole):
            return f' id="{_escaped(hole.id)}"' if view.ids else ""
        if isinstance(hole, WikiHole):
            return self._wiki(inner, hole, view)
        if isinstance(hole, ImageHole):
            return self._image(inner, hole, view)
        return "".join(self._embed(inner, hole, view, budget)) if isinstance(hole, EmbedHole) else ""

    def _url(self, found: Resolved, view: View) -> str:
        """Return the address of what was found."""
        if found.own:
            return (view.own_url + found.fragment.removesuffix("#")) if view.own_url else found.fragment
        path = found.site or (self.index.site_path[found.note] if found.note else self.asset_paths[found.asset])
        return view.absolute(self.base.url(path)) + found.fragment

    def _address(self, inner: str, hole: UrlHole, view: View) -> str:
        if hole.target[0] == "#" and hole.target[1:] in self.resolver.ids(inner):
            return _escaped(view.own_url + hole.target)
        found = self.resolver.resolve(inner, hole)
        return _escaped(hole.target if found.broken else self._url(found, view))

    def _wiki(self, inner: str, hole: WikiHole, view: View) -> str:
        found = self.resolver.resolve(inner, hole)
        if found.broken:
            return f'<span class="broken">{hole.html or escape(hole.target)}</span>'
        return f'<a href="{escape(self._url(found, view))}">{hole.html or found.words}</a>'

    def _image(self, inner: str, hole: ImageHole, view: View) -> str:
        found = self.resolver.resolve(inner, hole)
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

    def _embed(self, inner: str, hole: EmbedHole, view: View, budget: Budget) -> Iterator[str]:
        """Yield another note, or a part of one; a link to it where it cannot be shown."""
        found = self.resolver.resolve(inner, hole)
        if found.broken:
            yield f'<p><span class="broken">{hole.html or escape(hole.target)}</span></p>\n'
            return
        url, words = escape(self._url(found, view)), hole.html or found.words
        if not found.note:
            yield _player(found, url, words)
            return
        part = self._part(found)
        problem = "" if part is None else self._refusal(inner, hole, found, part, view, budget)
        if part is None or problem:
            yield f'<p><a href="{url}">{words}</a></p>\n'
            return
        budget.notes.add(found.note)
        pieces, tag = part
        own = view.absolute(self.base.url(self.index.site_path[found.note]))
        inside = View(own, view.absolute, ids=False, chain=(*view.chain, (found.note, found.anchor)))
        yield f'<div class="embed">\n<a class="embed-source" href="{url}">{words}</a>\n'
        yield "<ul>" if tag == "li" else ""
        for piece in pieces:
            yield piece if isinstance(piece, str) else self._filled(found.note, piece, inside, budget)
        yield "</ul>\n</div>\n" if tag == "li" else "</div>\n"

    def _part(self, found: Resolved) -> tuple[Pieces, str] | None:
        """Return what an embed shows, and the element of a block; None for a place that no boundaries surround."""
        if found.note not in self._pieces:
            self._pieces[found.note] = self.index.notes[found.note].body.pieces()
        pieces = self._pieces[found.note]
        if not found.fragment.strip("#"):
            return pieces, ""
        if found.note not in self._sections:
            self._sections[found.note] = sections_of(pieces)
        part = self._sections[found.note].get(found.anchor)
        return None if part is None else (pieces[part.start : part.end], part.tag)

    def _refusal(
        self, inner: str, hole: EmbedHole, found: Resolved, part: tuple[Pieces, str], view: View, budget: Budget
    ) -> str:
        """Return the code of the reason why an embed is shown as a link, after telling the author; "" for none."""
        shown = (found.note, found.anchor)
        path = self.index.notes[found.note].path
        hint = "a link is shown in its place"
        if shown in view.chain:
            code, message = "embed-cycle", f"{path} would be embedded in itself"
        elif len(view.chain) > DEEPEST:
            code, message = "embed-cycle", f"{path} would be embedded more than {DEEPEST} notes deep"
        elif not budget.take(part[0]):
            code = "embed-too-large"
            message = f"a page embeds at most {MOST_EMBEDS} notes, {MOST_TEXT // 1_000_000} million characters"
        else:
            return ""
        source = self.index.notes[inner].path
        place = {"line": hole.line, "column": hole.column, "length": hole.length}
        self.diagnostics[diagnose(code, message, path=source, hint=hint, **place)] = None
        return code


def _player(found: Resolved, url: str, words: str) -> str:
    """Return a file that is no note: a player for films and sounds, a link to anything else."""
    path = (found.asset or found.site).lower()
    tag = _PLAYERS.get(path[path.rfind(".") :], "")
    if not tag:
        return f'<p><a href="{url}">{words}</a></p>\n'
    return f'<p><{tag} controls preload="metadata" src="{url}"><a href="{url}">{words}</a></{tag}></p>\n'
