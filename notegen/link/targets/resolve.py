"""What a hole leads to: a note, a place in it, a file, or a diagnostic that says what was probably meant."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import unquote

import msgspec

from notegen.link.targets.anchors import Anchors, anchors_of, find_anchor, is_label
from notegen.link.targets.file_hints import FileHints
from notegen.link.targets.find import Target, find_name, find_path, spellings
from notegen.link.targets.index import Index, fold, names_of, stem_of, with_notes
from notegen.model.body import (
    ALL_WORKS,
    NO_BIBLIOGRAPHY,
    Bibliography,
    CiteHole,
    EmbedHole,
    Hole,
    ImageHole,
    UrlHole,
    WikiHole,
)
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import BlockLabel, Note
from notegen.model.strings import ContentPath, Html, SitePath
from notegen.text.addresses import is_unreachable
from notegen.text.paths import fits_path, strip_suffix
from notegen.text.patterns import lazy_regex
from notegen.text.private_files import is_project_file, is_secret
from notegen.text.suggestions import Suggestions

Hidden = Mapping[ContentPath, tuple[Note, str]]  # unpublished notes, each with the reason
_MOST_FILES = 3  # named in a hint
_COMPUTER = lazy_regex(r"(?i:file:|[a-z]:[\\/]|~/|/Users/|/home/)")


class Resolved(msgspec.Struct, frozen=True):
    """Where a hole leads: to a note (by content path), an asset (by its path) or a site path; to none when `broken`.

    `unpublished`: to a note that is left out of the site; it is `broken` too. `same_note`: to the note that it is in.
    `fragment` has its #, `anchor` is the id it names. `words` is the HTML of a reference without words of its own.
    `cited`: the key of the work that a wiki link to no note means.
    """

    note: ContentPath = ContentPath("")
    asset: str = ""
    site: SitePath = SitePath("")
    same_note: bool = False
    fragment: str = ""
    anchor: str = ""
    words: Html = Html("")
    broken: bool = False
    cited: str = ""
    unpublished: bool = False
    diagnostic: Diagnostic | None = None


class _Paths:
    """What is known of the paths of a site's notes and files alone."""

    def __init__(self, index: Index, hidden: Hidden) -> None:
        self.hidden = _by_name(hidden)
        self.near = FileHints(index)


class Resolver:
    """Resolves the holes of any note. What it keeps are the places of notes, made when they are first asked for.

    `hidden`: unpublished notes by content path, each with the reason. `paths`: those of another resolver.
    """

    def __init__(
        self,
        index: Index,
        hidden: Hidden,
        bibliography: Bibliography = NO_BIBLIOGRAPHY,
        paths: _Paths | None = None,
    ) -> None:
        self.index = index
        self.bibliography = bibliography
        self._near_keys: Suggestions | None = None
        self._near_labels: Suggestions | None = None
        self._paths = paths or _Paths(index, hidden)
        self._anchors: dict[ContentPath, Anchors] = {}
        self._near_places: dict[ContentPath, Suggestions] = {}
        self._owners: dict[str, list[ContentPath]] | None = None  # label -> notes, made when a note asks for another's

    def with_notes(self, edited: Mapping[ContentPath, Note], bibliography: Bibliography) -> "Resolver":
        """Return a resolver that knows other values of some notes (by content path), at the same paths."""
        return Resolver(with_notes(self.index, edited), {}, bibliography, self._paths)

    def _places(self, content_path: ContentPath) -> Anchors:
        if content_path not in self._anchors:
            self._anchors[content_path] = anchors_of(self.index.notes[content_path])
        return self._anchors[content_path]

    def resolve(self, source: ContentPath, hole: Hole) -> Resolved:
        """Return where a hole of the note `source` (content path) leads."""
        return self._resolve(source, hole, hole.fragment if isinstance(hole, (WikiHole, EmbedHole)) else "")

    def _resolve(self, source: ContentPath, hole: Hole, fragment: str) -> Resolved:
        path, query = hole.target, ""
        if isinstance(hole, (UrlHole, ImageHole)):
            path, query, fragment = _split(hole.target)
        if isinstance(hole, ImageHole) and (not path or is_unreachable(path)):
            is_embed = fragment and not path
            return self._embedded(source, hole, fragment) if is_embed else self._broken(source, hole, path)
        if not path:
            content_path = self._labelled(source, fragment) if isinstance(hole, WikiHole) and hole.label else source
            return self._place(source, content_path, fragment, hole) if content_path else self._unlabelled(source, hole)
        if isinstance(hole, EmbedHole) or (isinstance(hole, WikiHole) and not hole.address):
            target, others = find_name(self.index, source, path)
        else:
            target, others = find_path(self.index, source, path), tuple[ContentPath, ...]()
            whole = self._whole(source, hole) if query or fragment else None
            target, query, fragment = (whole, "", "") if whole else (target, query, fragment)
        if target is None:
            return self._broken(source, hole, path)
        if target.asset and self._stays(target.asset):
            static = self.index.folders.static.rstrip("/") or "static"
            message = f"not published: {target.asset}; configuration, bibliographies and the like stay private"
            return self._withheld(source, hole, message, f"put it into {static}/ to publish it", "project file")
        if target.note:
            return self._noted(self._place(source, target.note, fragment, hole), source, hole, target, others)
        tail = (f"?{query}" if query and target.site else "") + (f"#{fragment}" if fragment else "")
        name = path if ".excalidraw" in _last(path) else target.site or target.asset
        words = Html(escape(name.rstrip("/").rpartition("/")[2]))
        resolved = Resolved(asset=target.asset, site=target.site, fragment=tail, words=words)
        return self._noted(resolved, source, hole, target)

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
        problem = self._at(source, hole, "syntax-foreign", message, "write ![[name of the note#heading]]")
        diagnostic = place.diagnostic or msgspec.structs.replace(problem, cause="an embed of MyST")
        return msgspec.structs.replace(place, diagnostic=diagnostic)

    def _target_elsewhere(self, source: ContentPath, name: str) -> ContentPath | None:
        """Return the only other note where a label of this name is written: `[](#name)` of MyST means it."""
        owner = self._labelled(source, name)
        return owner if owner and owner != source and is_label(self.index.notes[owner], name) else None

    def _unlabelled(self, source: ContentPath, hole: Hole) -> Resolved:
        """Return a reference to a label that nothing has, or that several notes have."""
        label = hole.fragment if isinstance(hole, WikiHole) else ""
        folder = source.rpartition("/")[0]
        owners = sorted((self._owners or {}).get(label, []), key=lambda inner: inner.rpartition("/")[0] != folder)
        message = f"nothing has the label {label}"
        hint = self._near_place(source, label, 0.8) or self._near_label(label) or self._near_place(source, label)
        if owners:
            paths = ", ".join(self.index.notes[inner].path for inner in owners[:_MOST_FILES])
            message = f"several notes have the label {label}: {paths}"
            hint = f"say which one: [[{stem_of(owners[0])}#{label}]]"
        return Resolved(broken=True, diagnostic=self._at(source, hole, "label-unknown", message, hint))

    def _near_label(self, label: str) -> str:
        if self._near_labels is None:
            names = (name for note in self.index.notes.values() for name in (*note.labels, *note.block_labels))
            self._near_labels = Suggestions({name: name for name in names})
        return self._near_labels.hint(label)

    def _near_place(self, inner: ContentPath, name: str, cutoff: float = 0.6) -> str:
        """Return a hint that names the place of a note whose name is nearest."""
        if inner not in self._near_places:
            named = self.index.notes[inner]
            names = (*named.anchors, *named.labels, *named.block_labels)
            self._near_places[inner] = Suggestions({name: name for name in names})
        return self._near_places[inner].hint(name, cutoff)

    def _stays(self, asset: str) -> bool:
        """Return whether a file below the content folder is one that no link publishes."""
        passthrough = self.index.folders.passthrough
        return is_project_file(asset) and not (passthrough and fits_path(asset, passthrough))

    def _whole(self, source: ContentPath, hole: Hole) -> Target | None:
        """Return the file with # or ? in its name that an address means, if there is one."""
        target = hole.target
        resolved = find_path(self.index, source, target) if isinstance(hole, (UrlHole, ImageHole)) else None
        path = (resolved.asset or resolved.site) if resolved is not None else ""
        return resolved if path and fold(path).endswith(_last(target)) else None

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
        hint = self._near_place(content_path, name.removeprefix("^"), 0.5)  # one of two Han characters
        problem = self._at(source, hole, "link-broken-anchor", message, hint)
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
            problem = self._at(source, hole, "link-ambiguous", message, "name the folder too")
        else:
            message = f"{unquote(hole.target)!r} is written {target.real_path} on the disk"
            hint = "spell it like the file: elsewhere, as on GitHub, upper and lower case are different files"
            problem = self._at(source, hole, "link-case", message, hint)
        return msgspec.structs.replace(resolved, diagnostic=problem)

    def _broken(self, source: ContentPath, hole: Hole, path: str) -> Resolved:
        target, image = unquote(hole.target), kind_of(hole) == "image"
        if ".excalidraw" in _last(path):
            message = f"{target!r} is a drawing: drawings are not shown, but the pictures that are exported of them are"
            hint = "export it as .svg or .png beside it"
            return self._withheld(source, hole, message, hint, "drawing")
        if is_secret(path):
            message = f"{target!r} is never published: by its name it is a key, a password or a backup"
            return self._withheld(source, hole, message, "rename what is none of these", "secret")
        reason = self._unpublished(source, path)
        if reason and not image:
            message = f"{target!r} is left out of the site: {reason}; its words are shown without a link"
            problem = msgspec.structs.replace(
                self._at(source, hole, "link-unpublished", message, ""), cause="unpublished"
            )
            return Resolved(broken=True, unpublished=True, diagnostic=problem)
        if _COMPUTER.match(target) or is_unreachable(target):
            message, hint = f"{target!r} is a place on your computer", "copy the file beside the note"
        elif not target:
            message, hint = "an image without an address", "write the path of its file"
        elif self._leads_out(source, path):
            message = f"{target!r} is outside the content folder"
            copy = "copy the file into the content folder or into static"
            hint = copy if image else f"write its address on the web, or {copy}"
            problem = self._at(source, hole, "image-broken" if image else "link-broken", message, hint)
            return Resolved(broken=True, diagnostic=msgspec.structs.replace(problem, cause="outside"))
        else:
            message = f"no file {target!r}" if image else f"nothing to link to at {target!r}"
            hint = self._paths.near.hint(source, path, image=image)
        problem = self._at(source, hole, "image-broken" if image else "link-broken", message, hint)
        return Resolved(broken=True, diagnostic=problem)

    def _withheld(self, source: ContentPath, hole: Hole, message: str, hint: str, cause: str) -> Resolved:
        """Return a file that a link does not publish: its words are shown without the link."""
        problem = self._at(source, hole, "link-private", message, hint)
        return Resolved(broken=True, unpublished=True, diagnostic=msgspec.structs.replace(problem, cause=cause))

    def _leads_out(self, source: ContentPath, path: str) -> bool:
        """Tell whether a relative path leaves the content folder."""
        depth = source.count("/")
        for part in spellings(path)[-1].split("/") if not path.startswith("/") else ():
            depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
            if depth < 0:
                return True
        return False

    def _unpublished(self, source: ContentPath, path: str) -> str:
        """Return why a note is left out, if a link that leads nowhere means it: the nearest of that name."""
        name = strip_suffix(unquote(path).strip("/")).rpartition("/")[2].removesuffix(".html")
        named = self._paths.hidden.get(fold(name), ())
        folder = source.rpartition("/")[0]
        same = [reason for content_path, reason in named if content_path.rpartition("/")[0] == folder]
        return same[0] if same else named[0][1] if named else ""

    def uncited(self, source: ContentPath, hole: CiteHole) -> Iterable[Diagnostic]:
        """Yield a warning for each work of a citation that no bibliography has."""
        note = self.index.notes[source]
        known = self.bibliography.references.get(note.path, {})
        for key in dict.fromkeys(work.key for work in hole.works if work.key not in known):
            if key == ALL_WORKS:
                continue
            if self._near_keys is None:
                self._near_keys = Suggestions({name: name for name in self.bibliography.keys})
            hint = self._near_keys.hint(key) or "see the keys in " + ", ".join(self.bibliography.files[:_MOST_FILES])
            message = f"no bibliography has a work with the key {key}"
            line, column, length = hole.line, hole.column, hole.length
            yield diagnose("cite-unknown", message, path=note.path, line=line, column=column, length=length, hint=hint)

    def _at(self, source: ContentPath, hole: Hole, code: str, message: str, hint: str) -> Diagnostic:
        path = self.index.notes[source].path
        return diagnose(code, message, path=path, line=hole.line, column=hole.column, length=hole.length, hint=hint)


def _written(hole: Hole) -> Html:
    """Return what a wiki link without a text shows: what the author wrote, as in Obsidian. "": the title is shown.

    So it is for other holes, for Hexo's `post_link`, and for a name with a formula, which only the title shows typeset.
    """
    shows_itself = isinstance(hole, WikiHole) and not (hole.address or hole.titled) and "$" not in hole.target
    return Html(escape(hole.target) if shows_itself else "")


def _shown(hole: Hole, label: BlockLabel | None) -> Html:
    """Return what a reference shows of something labelled, as HTML; "" for another hole."""
    return label.shown(hole.form) if label is not None and isinstance(hole, WikiHole) and hole.form else Html("")


def kind_of(hole: Hole) -> str:
    """Return what a hole is for: "image", "link", "embed", "address", "label" or "wiki"."""
    if isinstance(hole, ImageHole):
        return "image"
    if isinstance(hole, UrlHole):
        return hole.kind
    if isinstance(hole, EmbedHole):
        return "embed"
    return "address" if hole.address else "label" if hole.label else "wiki"


def _split(target: str) -> tuple[str, str, str]:
    """Return path, query and fragment of an address, without their signs."""
    path, _, fragment = target.partition("#")
    path, _, query = path.partition("?")
    return path, query, fragment


def _last(path: str) -> str:
    return fold(unquote(path).replace("\\", "/").rstrip("/").rpartition("/")[2])


def _by_name(hidden: Hidden) -> dict[str, list[tuple[ContentPath, str]]]:
    """Return unpublished notes, (content path, reason), by every name that links may call them by."""
    named: dict[str, list[tuple[ContentPath, str]]] = {}
    for content_path, (note, reason) in hidden.items():
        for name in dict.fromkeys((*names_of(content_path, note), fold(stem_of(content_path)))):
            named.setdefault(name, []).append((content_path, reason))
    return named
