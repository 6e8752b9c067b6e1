"""Holes filled.

Every local address of a note to a URL of the site, or a diagnostic that says what was probably meant.
"""

import difflib
import unicodedata
from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import unquote

import msgspec

from notegen.math.ids import anchor_id
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Body, Note, UrlHole, WikiHole
from notegen.site.targets import Index, Target, find_name, find_path, strip_suffix
from notegen.site.urls import Base


class Resolved(msgspec.Struct, frozen=True):
    """Where a hole leads.

    `url` has no fragment and is empty for the note itself; `fragment` has its #; `note` is the note it names, if any.
    """

    url: str
    fragment: str = ""
    note: str = ""
    title_html: str = ""
    broken: bool = False
    diagnostic: Diagnostic | None = None


class Resolver(msgspec.Struct, frozen=True):
    """Resolves the holes of any note.

    `asset_paths`: asset -> site path; `skipped`: inner path of unpublished notes -> reason.
    """

    index: Index
    base: Base
    asset_paths: dict[str, str]
    skipped: dict[str, str]

    def resolve(self, source: str, note: Note, hole: UrlHole | WikiHole) -> Resolved:
        """Return where a hole of `note` (inner path `source`) leads."""
        if isinstance(hole, WikiHole):
            return self._wiki(source, note, hole)
        path, fragment = _split(hole.target)
        if not path:
            return self._anchor(source, note, fragment, note, hole, own=True)
        target = find_path(self.index, source, path)
        if target is None and (fragment or "?" in path):
            target = find_path(self.index, source, unquote(hole.target))  # a file with # or ? in its name
            fragment = "" if target is not None else fragment
        if target is None:
            return self._broken(source, note, hole, path)
        return self._to(target, source, note, fragment, hole)

    def _wiki(self, source: str, note: Note, hole: WikiHole) -> Resolved:
        fragment = f"#{hole.fragment}" if hole.fragment else ""
        if not hole.target:
            return self._anchor(source, note, fragment, note, hole, own=True)
        target, others = find_name(self.index, source, hole.target)
        if target is None:
            return self._broken(source, note, hole, hole.target)
        resolved = self._to(target, source, note, fragment, hole)
        if others and resolved.diagnostic is None:
            message = f"several notes answer to {hole.target!r}: {', '.join((target.note, *others[:3]))}"
            problem = _at(hole, note, "link-ambiguous", message, "name the folder too")
            return msgspec.structs.replace(resolved, diagnostic=problem)
        return resolved

    def _to(self, target: Target, source: str, note: Note, fragment: str, hole: UrlHole | WikiHole) -> Resolved:
        if target.note:
            named = self.index.notes[target.note]
            return self._anchor(target.note, named, fragment, note, hole, own=target.note == source)
        path = self.asset_paths[target.asset] if target.asset else target.site
        title = escape(path.rstrip("/").rpartition("/")[2])
        return Resolved(self.base.url(path), fragment, title_html=title)

    def _anchor(
        self, inner: str, named: Note, fragment: str, note: Note, hole: UrlHole | WikiHole, *, own: bool
    ) -> Resolved:
        """Return the address of a place in the note `named`."""
        url = "" if own else self.base.url(self.index.site_path[inner])
        title = named.title_html
        if not fragment or fragment == "#":
            return Resolved(url, "#" if own else "", inner, title)
        wanted = unquote(fragment[1:])
        anchor, label = _find_anchor(named, wanted)
        if anchor:
            number = named.labels.get(label, "") if label else ""
            words = f"({number})" if number else _heading_html(named, anchor) or title
            return Resolved(url, "#" + anchor, inner, words)
        known = [*named.anchors, *named.labels]
        message = f"{named.path if not own else 'this note'} has no place named {wanted!r}"
        problem = _at(hole, note, "link-broken-anchor", message, _nearest(wanted, known))
        return Resolved(url, fragment, inner, title, diagnostic=problem)

    def _broken(self, source: str, note: Note, hole: UrlHole | WikiHole, path: str) -> Resolved:
        target = hole.target
        reason = self._unpublished(source, path)
        if reason:
            message, hint = f"{target!r} is left out of the site: {reason}", ""
        elif isinstance(hole, UrlHole) and hole.kind == "image":
            message, hint = f"no file {unquote(target)!r}", _nearest_name(path, self.index.assets)
        else:
            message = f"nothing to link to at {unquote(target)!r}"
            hint = _nearest_name(path, (*self.index.notes, *self.index.assets))
        code = "image-broken" if isinstance(hole, UrlHole) and hole.kind == "image" else "link-broken"
        return Resolved(target, broken=True, diagnostic=_at(hole, note, code, message, hint))

    def _unpublished(self, source: str, path: str) -> str:
        folder = source.rpartition("/")[0]
        name = strip_suffix(unquote(path).strip("/")).rpartition("/")[2].casefold()
        near = [inner for inner in self.skipped if strip_suffix(inner).rpartition("/")[2].casefold() == name]
        same = [inner for inner in near if inner.rpartition("/")[0] == folder] or near
        return self.skipped[same[0]] if same else ""


def _split(target: str) -> tuple[str, str]:
    """Return an address's path (query included) and its fragment with the #."""
    path, mark, fragment = target.partition("#")
    return path.partition("?")[0] if not path.startswith("?") else path, mark + fragment


def _find_anchor(named: Note, wanted: str) -> tuple[str, str]:
    """Return the id a fragment names, and the equation label it is, if it is one.

    Ids as they are, equation labels (`eq:elbo`), block ids (`^eq-f`), and Obsidian's heading texts (`Part A#Part B`)
    are understood.
    """
    anchors = set(named.anchors)
    if wanted in named.labels and anchor_id(wanted) in anchors:
        return anchor_id(wanted), wanted
    for candidate in (wanted, wanted.removeprefix("^")):
        if candidate in anchors:
            return candidate, next((name for name in named.labels if anchor_id(name) == candidate), "")
    text = _fold(wanted.rpartition("#")[2])
    return next((heading.id for heading in named.headings if _fold(heading.text) == text), ""), ""


def _heading_html(named: Note, anchor: str) -> str:
    return next((heading.html for heading in named.headings if heading.id == anchor), "")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split())).casefold()


def _at(hole: UrlHole | WikiHole, note: Note, code: str, message: str, hint: str) -> Diagnostic:
    return diagnose(code, message, path=note.path, line=hole.line, column=hole.column, length=hole.length, hint=hint)


def _nearest(word: str, known: Iterable[str]) -> str:
    matches = difflib.get_close_matches(word, list(known)[:2000], n=1)
    return f"did you mean {matches[0]}?" if matches else ""


def _nearest_name(path: str, known: Iterable[str]) -> str:
    """Return a hint with the path whose file name is closest to that of `path`."""
    names = {inner.rpartition("/")[2]: inner for inner in list(known)[:5000]}
    matches = difflib.get_close_matches(unquote(path).rpartition("/")[2], names, n=1)
    return f"did you mean {names[matches[0]]}?" if matches else ""


Resolve = Callable[[UrlHole | WikiHole], Resolved]


def fill(body: Body, resolve: Resolve, own_url: str, absolute: Callable[[str], str]) -> str:
    """Return the body's HTML with every hole filled.

    `own_url` stands before fragments of the note itself (empty on its own page); `absolute` turns a URL into the form
    wanted.
    """
    parts: list[str] = []
    for piece in body:
        if isinstance(piece, str):
            parts.append(piece)
            continue
        found = resolve(piece)
        url = found.url if found.broken else absolute(found.url or own_url) + found.fragment
        if isinstance(piece, UrlHole):
            parts.append(escape(url))
        elif found.broken:
            parts.append(f'<span class="broken">{piece.html or escape(piece.target)}</span>')
        else:
            parts.append(f'<a href="{escape(url)}">{piece.html or found.title_html}</a>')
    return "".join(parts)
