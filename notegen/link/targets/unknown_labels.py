r"""References to labels that their note does not have, where no hole stands: which note has them, how to link to it.

`\eqref` in a title, a summary or a formula for a browser's renderer knows the labels of its own note only; elsewhere it
is a hole that linking fills.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from notegen.link.targets.find import find_name
from notegen.link.targets.index import Index, stem_of
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note, Reference
from notegen.model.strings import ContentPath
from notegen.text.paths import strip_suffix
from notegen.text.suggestions import Suggestions

_SYNTAX = frozenset("[]|#^%\\")  # signs that mean something in a wiki link


def unknown_references(index: Index) -> Iterator[Diagnostic]:
    """Yield a `label-unknown` for each of them in the notes of the index. Those in the text are holes."""
    notes = index.notes
    asking = [
        (content_path, note) for content_path, note in notes.items() if any(not item.is_hole for item in note.unknown)
    ]
    owners = _owners(notes) if asking else {}
    for content_path, note in asking:
        suggestions = _labels(note)
        for reference in (item for item in note.unknown if not item.is_hole):
            label = reference.label
            hint = _elsewhere(index, content_path, owners.get(label, []), label)
            yield diagnosed(note, reference, hint or suggestions.hint(label))


def of_one(note: Note) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a note, in its order, when no other note is known."""
    suggestions = _labels(note)
    in_order = sorted(note.unknown, key=lambda reference: (reference.line, reference.column))
    return tuple(diagnosed(note, reference, suggestions.hint(reference.label)) for reference in in_order)


def _labels(note: Note) -> Suggestions:
    return Suggestions({label: label for label in (*note.labels, *note.block_labels)})


def diagnosed(note: Note, reference: Reference, hint: str) -> Diagnostic:
    """Return the diagnostic of one reference."""
    message = f"nothing in this note has the label {reference.label}"
    line, column, length = reference.line, reference.column, reference.length
    return diagnose("label-unknown", message, path=note.path, line=line, column=column, length=length, hint=hint)


def _owners(notes: Mapping[ContentPath, Note]) -> dict[str, list[ContentPath]]:
    """Return the notes (content paths) that define each label, of an equation or a box."""
    owners: dict[str, list[ContentPath]] = {}
    for content_path, note in notes.items():
        for label in dict.fromkeys((*note.labels, *note.block_labels)):
            owners.setdefault(label, []).append(content_path)
    return owners


def _elsewhere(index: Index, source: ContentPath, owners: list[ContentPath], label: str) -> str:
    """Return a hint that names the note with the label, one in the same folder before others."""
    folder = source.rpartition("/")[0]
    for content_path in sorted(owners, key=lambda owner: (owner.rpartition("/")[0] != folder, owner)):
        for name in (stem_of(content_path), strip_suffix(content_path)):
            target, others = find_name(index, source, name)
            if target is not None and target.note == content_path and not others and not _SYNTAX.intersection(name):
                path = index.notes[content_path].path
                return f"{path} has it: link to it with [[{name}#{_quoted(label)}]], which shows its number"
    return ""


def _quoted(label: str) -> str:
    return "".join(quote(char) if char in _SYNTAX else char for char in label)
