"""Links that lead nowhere, or to what is not published: the diagnostic, with a hint at what was probably meant."""

from collections.abc import Iterable, Mapping
from urllib.parse import unquote

import msgspec

from notegen.link.targets.find import spellings
from notegen.link.targets.index import Index, fold, names_of, stem_of
from notegen.link.targets.near_names import NearNames
from notegen.link.targets.resolved import Resolved, kind_of
from notegen.model.body import ALL_WORKS, Bibliography, CiteHole, Hole, WikiHole
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.model.strings import ContentPath
from notegen.text.addresses import is_unreachable
from notegen.text.paths import strip_suffix
from notegen.text.patterns import lazy_regex
from notegen.text.private_files import is_secret
from notegen.text.suggestions import Suggestions

Hidden = Mapping[ContentPath, tuple[Note, str]]  # unpublished notes, each with the reason
_MOST_FILES = 3  # named in a hint
_COMPUTER = lazy_regex(r"(?i:file:|[a-z]:[\\/]|~/|/Users/|/home/)")


class Paths:
    """What is known of the paths of a site's notes and files alone."""

    def __init__(self, index: Index, hidden: Hidden) -> None:
        self.hidden = _by_name(hidden)
        self.near = NearNames(index)


class BrokenLinks:
    """Says what is wrong with holes. What it keeps are suggestions, made when they are first asked for.

    `paths`: those of the same notes and files, as they are known already.
    """

    def __init__(self, index: Index, paths: Paths, bibliography: Bibliography) -> None:
        self.paths = paths
        self._index = index
        self._bibliography = bibliography
        self._near_keys: Suggestions | None = None
        self._near_labels: Suggestions | None = None
        self._near_places: dict[ContentPath, Suggestions] = {}

    def broken(self, source: ContentPath, hole: Hole, path: str) -> Resolved:
        """Return a hole whose path names nothing public: link-private, -unpublished, -broken, image-broken."""
        target, image = unquote(hole.target), kind_of(hole) == "image"
        if ".excalidraw" in last_part(path):
            message = f"{target!r} is a drawing: drawings are not shown, but the pictures that are exported of them are"
            hint = "export it as .svg or .png beside it"
            return self.withheld(source, hole, message, hint, "drawing")
        if is_secret(path):
            message = f"{target!r} is never published: by its name it is a key, a password or a backup"
            return self.withheld(source, hole, message, "rename what is none of these", "secret")
        reason = self._unpublished(source, path)
        if reason and not image:
            message = f"{target!r} is left out of the site: {reason}; its words are shown without a link"
            problem = msgspec.structs.replace(
                self.diagnostic(source, hole, "link-unpublished", message, ""), cause="unpublished"
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
            problem = self.diagnostic(source, hole, "image-broken" if image else "link-broken", message, hint)
            return Resolved(broken=True, diagnostic=msgspec.structs.replace(problem, cause="outside"))
        else:
            message = f"no file {target!r}" if image else f"nothing to link to at {target!r}"
            hint = self.paths.near.hint(source, path, image=image)
        problem = self.diagnostic(source, hole, "image-broken" if image else "link-broken", message, hint)
        return Resolved(broken=True, diagnostic=problem)

    def withheld(self, source: ContentPath, hole: Hole, message: str, hint: str, cause: str) -> Resolved:
        """Return a file that a link does not publish: its words are shown without the link."""
        problem = self.diagnostic(source, hole, "link-private", message, hint)
        return Resolved(broken=True, unpublished=True, diagnostic=msgspec.structs.replace(problem, cause=cause))

    def unlabelled(self, source: ContentPath, hole: Hole, owners: Iterable[ContentPath]) -> Resolved:
        """Return a reference to a label that no note has, or several: the `owners`."""
        label = hole.fragment if isinstance(hole, WikiHole) else ""
        folder = source.rpartition("/")[0]
        owners = sorted(owners, key=lambda inner: inner.rpartition("/")[0] != folder)
        message = f"nothing has the label {label}"
        hint = self.near_place(source, label, 0.8) or self._near_label(label) or self.near_place(source, label)
        if owners:
            paths = ", ".join(self._index.notes[inner].path for inner in owners[:_MOST_FILES])
            message = f"several notes have the label {label}: {paths}"
            hint = f"say which one: [[{stem_of(owners[0])}#{label}]]"
        return Resolved(broken=True, diagnostic=self.diagnostic(source, hole, "label-unknown", message, hint))

    def uncited(self, source: ContentPath, hole: CiteHole) -> Iterable[Diagnostic]:
        """Yield a warning for each work of a citation that no bibliography has."""
        note = self._index.notes[source]
        known = self._bibliography.references.get(note.path, {})
        for key in dict.fromkeys(work.key for work in hole.works if work.key not in known):
            if key == ALL_WORKS:
                continue
            if self._near_keys is None:
                self._near_keys = Suggestions({name: name for name in self._bibliography.keys})
            hint = self._near_keys.hint(key) or "see the keys in " + ", ".join(self._bibliography.files[:_MOST_FILES])
            message = f"no bibliography has a work with the key {key}"
            line, column, length = hole.line, hole.column, hole.length
            yield diagnose("cite-unknown", message, path=note.path, line=line, column=column, length=length, hint=hint)

    def diagnostic(self, source: ContentPath, hole: Hole, code: str, message: str, hint: str) -> Diagnostic:
        """Return a diagnostic at the place of a hole."""
        path = self._index.notes[source].path
        return diagnose(code, message, path=path, line=hole.line, column=hole.column, length=hole.length, hint=hint)

    def near_place(self, inner: ContentPath, name: str, cutoff: float = 0.6) -> str:
        """Return a hint that names the place of a note whose name is nearest."""
        if inner not in self._near_places:
            named = self._index.notes[inner]
            names = (*named.anchors, *named.labels, *named.block_labels)
            self._near_places[inner] = Suggestions({name: name for name in names})
        return self._near_places[inner].hint(name, cutoff)

    def _near_label(self, label: str) -> str:
        if self._near_labels is None:
            names = (name for note in self._index.notes.values() for name in (*note.labels, *note.block_labels))
            self._near_labels = Suggestions({name: name for name in names})
        return self._near_labels.hint(label)

    def _leads_out(self, source: ContentPath, path: str) -> bool:
        """Return whether a relative path leaves the content folder."""
        depth = source.count("/")
        for part in spellings(path)[-1].split("/") if not path.startswith("/") else ():
            depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
            if depth < 0:
                return True
        return False

    def _unpublished(self, source: ContentPath, path: str) -> str:
        """Return why a note is left out, if a link that leads nowhere means it: the nearest of that name."""
        name = strip_suffix(unquote(path).strip("/")).rpartition("/")[2].removesuffix(".html")
        named = self.paths.hidden.get(fold(name), ())
        folder = source.rpartition("/")[0]
        same = [reason for content_path, reason in named if content_path.rpartition("/")[0] == folder]
        return same[0] if same else named[0][1] if named else ""


def last_part(path: str) -> str:
    """Return the last part of an address, folded as names are."""
    return fold(unquote(path).replace("\\", "/").rstrip("/").rpartition("/")[2])


def _by_name(hidden: Hidden) -> dict[str, list[tuple[ContentPath, str]]]:
    """Return unpublished notes, (content path, reason), by every name that links may call them by."""
    named: dict[str, list[tuple[ContentPath, str]]] = {}
    for content_path, (note, reason) in hidden.items():
        for name in dict.fromkeys((*names_of(content_path, note), fold(stem_of(content_path)))):
            named.setdefault(name, []).append((content_path, reason))
    return named
