"""What a hole leads to: a note, a place in it, a file; what leads nowhere is a matter of broken_links.py."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import unquote

import msgspec

from notegen.link.targets.anchors import Anchors, anchors_of, find_anchor, is_label
from notegen.link.targets.broken_links import BrokenLinks, Hidden, Paths, last_part
from notegen.link.targets.find import Target, find_name, find_path
from notegen.link.targets.index import Index, fold, with_notes
from notegen.link.targets.resolved import Resolved
from notegen.model.body import (
    NO_BIBLIOGRAPHY,
    Bibliography,
    CiteHole,
    EmbedHole,
    Hole,
    ImageHole,
    UrlHole,
    WikiHole,
)
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import BlockLabel, Note
from notegen.model.strings import ContentPath, Html
from notegen.text.addresses import is_unreachable
from notegen.text.paths import fits_path
from notegen.text.private_files import is_project_file


class Resolver:
    """Resolves the holes of any note. What it keeps are the places of notes, made when they are first asked for.

    `hidden`: unpublished notes by content path, each with the reason. `paths`: those of another resolver.
    """

    def __init__(
        self,
        index: Index,
        hidden: Hidden,
        bibliography: Bibliography = NO_BIBLIOGRAPHY,
        paths: Paths | None = None,
    ) -> None:
        self.index = index
        self.bibliography = bibliography
        self._wrong = BrokenLinks(index, paths or Paths(index, hidden), bibliography)
        self._anchors: dict[ContentPath, Anchors] = {}
        self._owners: dict[str, list[ContentPath]] | None = None  # label -> notes, made when a note asks for another's

    def with_notes(self, edited: Mapping[ContentPath, Note], bibliography: Bibliography) -> "Resolver":
        """Return a resolver that knows other values of some notes (by content path), at the same paths."""
        return Resolver(with_notes(self.index, edited), {}, bibliography, self._wrong.paths)

    def _places(self, content_path: ContentPath) -> Anchors:
        if content_path not in self._anchors:
            self._anchors[content_path] = anchors_of(self.index.notes[content_path])
        return self._anchors[content_path]

    def uncited(self, source: ContentPath, hole: CiteHole) -> Iterable[Diagnostic]:
        """Yield a warning for each work of a citation that no bibliography has."""
        return self._wrong.uncited(source, hole)

    def resolve(self, source: ContentPath, hole: Hole) -> Resolved:
        """Return where a hole of the note `source` (content path) leads."""
        return self._resolve(source, hole, hole.fragment if isinstance(hole, (WikiHole, EmbedHole)) else "")

    def _resolve(self, source: ContentPath, hole: Hole, fragment: str) -> Resolved:
        path, query = hole.target, ""
        if isinstance(hole, (UrlHole, ImageHole)):
            path, query, fragment = _split(hole.target)
        if isinstance(hole, ImageHole) and (not path or is_unreachable(path)):
            is_embed = fragment and not path
            return self._embedded(source, hole, fragment) if is_embed else self._wrong.broken(source, hole, path)
        if not path:
            return self._without_path(source, hole, fragment)
        if isinstance(hole, EmbedHole) or (isinstance(hole, WikiHole) and not hole.address):
            target, others = find_name(self.index, source, path)
        else:
            target, others = find_path(self.index, source, path), tuple[ContentPath, ...]()
            whole = self._whole(source, hole) if query or fragment else None
            target, query, fragment = (whole, "", "") if whole else (target, query, fragment)
        if target is None:
            return self._wrong.broken(source, hole, path)
        if target.asset and self._stays(target.asset):
            static = self.index.folders.static.rstrip("/") or "static"
            message = f"not published: {target.asset}; configuration, bibliographies and the like stay private"
            return self._wrong.withheld(source, hole, message, f"put it into {static}/ to publish it", "project file")
        if target.note:
            return self._noted(self._place(source, target.note, fragment, hole), source, hole, target, others)
        tail = (f"?{query}" if query and target.site else "") + (f"#{fragment}" if fragment else "")
        name = path if ".excalidraw" in last_part(path) else target.site or target.asset
        words = Html(escape(name.rstrip("/").rpartition("/")[2]))
        resolved = Resolved(asset=target.asset, site=target.site, fragment=tail, words=words)
        return self._noted(resolved, source, hole, target)

    def _without_path(self, source: ContentPath, hole: Hole, fragment: str) -> Resolved:
        """Return a place in the note itself, or the one that has a label."""
        content_path = self._labelled(source, fragment) if isinstance(hole, WikiHole) and hole.label else source
        if content_path:
            return self._place(source, content_path, fragment, hole)
        return self._wrong.unlabelled(source, hole, (self._owners or {}).get(fragment, []))

    def _labelled(self, source: ContentPath, label: str) -> ContentPath | None:
        """Return the note that has a label: `source` itself, else the only other one, or that in its language."""
        if find_anchor(self._places(source), label):
            return source
        if self._owners is None:
            self._owners = {}
            for content_path, note in self.index.notes.items():
                for name in {*note.anchors, *note.labels, *note.block_labels}:
                    self._owners.setdefault(name, []).append(content_path)
        owners = self.index.languages.nearest(source, self._owners.get(label, ()))
        return owners[0] if len(owners) == 1 else None

    def _embedded(self, source: ContentPath, hole: Hole, fragment: str) -> Resolved:
        """Return the place that MyST's `![](#name)` shows: here a link to it."""
        place = self._place(source, self._labelled(source, fragment) or source, fragment, hole)
        message = f"![](#{fragment}) is a link here, not what it leads to"
        problem = self._wrong.diagnostic(source, hole, "syntax-foreign", message, "write ![[name of the note#heading]]")
        diagnostic = place.diagnostic or msgspec.structs.replace(problem, cause="an embed of MyST")
        return msgspec.structs.replace(place, diagnostic=diagnostic)

    def _target_elsewhere(self, source: ContentPath, name: str) -> ContentPath | None:
        """Return the only other note where a label of this name is written: `[](#name)` of MyST means it."""
        owner = self._labelled(source, name)
        return owner if owner and owner != source and is_label(self.index.notes[owner], name) else None

    def _stays(self, asset: str) -> bool:
        """Return whether a file below the content folder is one that no link publishes."""
        passthrough = self.index.folders.passthrough
        return is_project_file(asset) and not (passthrough and fits_path(asset, passthrough))

    def _whole(self, source: ContentPath, hole: Hole) -> Target | None:
        """Return the file with # or ? in its name that an address means, if there is one."""
        target = hole.target
        resolved = find_path(self.index, source, target) if isinstance(hole, (UrlHole, ImageHole)) else None
        path = (resolved.asset or resolved.site) if resolved is not None else ""
        return resolved if path and fold(path).endswith(last_part(target)) else None

    def _place(self, source: ContentPath, content_path: ContentPath, fragment: str, hole: Hole) -> Resolved:
        """Return the place in the note `content_path` that a fragment (without #) names."""
        named, same_note = self.index.notes[content_path], content_path == source
        written = _written(hole) or named.title_html
        if not fragment:
            return Resolved(note=content_path, same_note=same_note, fragment="#" if same_note else "", words=written)
        anchors = self._places(content_path)
        anchor = find_anchor(anchors, fragment)
        if anchor:
            words = _shown(hole, anchors.numbered.get(anchor)) or anchors.words.get(anchor) or _written(hole)
            words = words or Html(escape(anchor))
            return Resolved(note=content_path, same_note=same_note, fragment="#" + anchor, anchor=anchor, words=words)
        name = unquote(fragment)
        other = self._target_elsewhere(source, name) if same_note and isinstance(hole, (UrlHole, WikiHole)) else None
        if other:
            return self._place(source, other, fragment, hole)
        message = f"{'this note' if same_note else named.path} has no place named {name!r}"
        hint = self._wrong.near_place(content_path, name.removeprefix("^"), 0.5)  # one of two Han characters
        problem = self._wrong.diagnostic(source, hole, "link-broken-anchor", message, hint)
        return Resolved(
            note=content_path, same_note=same_note, fragment="#" + fragment, words=written, diagnostic=problem
        )

    def _noted(
        self, resolved: Resolved, source: ContentPath, hole: Hole, target: Target, others: tuple[ContentPath, ...] = ()
    ) -> Resolved:
        """Return where a hole leads, with a warning where it is not certain or does not work everywhere."""
        if resolved.diagnostic is not None or not (others or target.real_path):
            return resolved
        if others:
            message = f"several notes answer to {hole.target!r}: {', '.join((target.note, *others[:3]))}"
            problem = self._wrong.diagnostic(source, hole, "link-ambiguous", message, "name the folder too")
        else:
            message = f"{unquote(hole.target)!r} is written {target.real_path} on the disk"
            hint = "spell it like the file: elsewhere, as on GitHub, upper and lower case are different files"
            problem = self._wrong.diagnostic(source, hole, "link-case", message, hint)
        return msgspec.structs.replace(resolved, diagnostic=problem)


def _written(hole: Hole) -> Html:
    """Return what a wiki link without a text shows: what the author wrote, as in Obsidian. "": the title is shown.

    So it is for other holes, for Hexo's `post_link`, and for a name with a formula, which only the title shows typeset.
    """
    shows_itself = isinstance(hole, WikiHole) and not (hole.address or hole.titled) and "$" not in hole.target
    return Html(escape(hole.target) if shows_itself else "")


def _shown(hole: Hole, label: BlockLabel | None) -> Html:
    """Return what a reference shows of something labelled, as HTML; "" for another hole."""
    return label.shown(hole.form) if label is not None and isinstance(hole, WikiHole) and hole.form else Html("")


def _split(target: str) -> tuple[str, str, str]:
    """Return path, query and fragment of an address, without their signs."""
    path, _, fragment = target.partition("#")
    path, _, query = path.partition("?")
    return path, query, fragment
