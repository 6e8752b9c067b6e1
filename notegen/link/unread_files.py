"""Files that would be notes in another program, and are not read: reStructuredText and the like.

Where nothing links them, they are missing from the site without a word; so there is one, for each kind of file.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from notegen.link.targets.index import Index
from notegen.link.targets.note_links import NoteLinks
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.text.paths import strip_suffix


class _Kind(msgspec.Struct, frozen=True):
    """A kind of file: what one and what several are called, and what makes notes of them."""

    one: str
    many: str
    hint: str


_PANDOC = "`pandoc -t gfm -o NAME.md` makes a note of one"
_KINDS: Mapping[str, _Kind] = {
    ".rst": _Kind("file of reStructuredText", "files of reStructuredText", _PANDOC),
    ".org": _Kind("file of Org mode", "files of Org mode", _PANDOC),
    ".adoc": _Kind("file of AsciiDoc", "files of AsciiDoc", "`downdoc` makes a note of one"),
    ".tex": _Kind("file of LaTeX", "files of LaTeX", _PANDOC),
    ".typ": _Kind("file of Typst", "files of Typst", _PANDOC),
    ".canvas": _Kind("canvas of Obsidian", "canvases of Obsidian", "export it as a picture"),
    ".base": _Kind("base of Obsidian", "bases of Obsidian", "a note with a list of links says what it shows"),
    ".excalidraw": _Kind("drawing of Excalidraw", "drawings of Excalidraw", "export it as a picture"),
}
_SUFFIXES = tuple(_KINDS)


def unread_files(index: Index, links: Iterable[NoteLinks], macro_files: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Yield file-unread for each kind of files that no note links.

    A warning where they lie beside notes, or are not fewer than these; else an info. A file beside a note of its name,
    as Jupytext writes them, is no other note; `macro_files` (paths below the root) are read.
    """
    paths = [path for path in index.assets if path.lower().endswith(_SUFFIXES)]
    if not paths:
        return
    linked = {path for item in links for path in item.assets}
    linked |= {path for path in paths if index.assets[path].path in macro_files}
    stems = {strip_suffix(path) for path in index.notes}
    kinds: dict[str, list[str]] = {}
    for path in paths:
        stem, _, suffix = path.rpartition(".")
        if path not in linked and stem not in stems:
            kinds.setdefault(f".{suffix.lower()}", []).append(path)
    folders = {path.rpartition("/")[0] for path in index.notes}
    for suffix, files in kinds.items():
        kind = _KINDS[suffix]
        name, verb = (kind.one, "is") if len(files) == 1 else (kind.many, "are")
        message = f"{len(files)} {name} (*{suffix}) {verb} not read"
        item = diagnose("file-unread", message, path=index.assets[files[0]].path, hint=kind.hint)
        matters = len(files) >= len(index.notes) or any(path.rpartition("/")[0] in folders for path in files)
        yield item if matters else msgspec.structs.replace(item, severity=Severity.INFO)
