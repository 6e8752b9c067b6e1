"""Notes with the drawings that the site keeps of their diagrams, on which what they show depends."""

import msgspec

from notegen.diagrams.tikz_sources import sources_in
from notegen.model.digest import digest
from notegen.model.source import SourceFile, Tree


def with_drawings(notes: tuple[SourceFile, ...], tree: Tree) -> tuple[SourceFile, ...]:
    """Return notes with those of the tree's drawings that they show."""
    if not tree.drawings:
        return notes
    return tuple(_with_drawings(note, tree) for note in notes)


def _with_drawings(note: SourceFile, tree: Tree) -> SourceFile:
    texts = (note.text, *(file.text for file in note.included))
    names = [name for text in texts for name in sources_in(text) if name in tree.drawings]
    drawings = tuple((name, tree.drawings[name]) for name in sorted(set(names)))
    if not drawings:
        return note
    return msgspec.structs.replace(note, drawings=drawings, digest=digest(note.digest, drawings))
