"""Linking again after an edit of what a note keeps to itself: then everything but that note stays as it was linked.

For a server, which builds again and again. What others may know of a note is compared; where that is the same, and no
note shows another, the last linking holds for all notes but the edited ones. `tests/test_oracle.py` compares the result
with that of linking everything.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from notegen.model.note import NO_BODY, EmbedHole, Hole, ImageHole, Note, WikiHole
from notegen.model.source import Tree
from notegen.site.backlinks import references
from notegen.site.link import Linked, Linking, Placed, cover_of, link_notes
from notegen.site.select import select
from notegen.tools.tools import Held

FEW = 20  # edited notes; more are linked from the beginning


def link(notes: Sequence[Note], tree: Tree, now: datetime, held: Held) -> Linked:
    """Return what `link_notes` does, from the linking that `held` has of the last build where that holds."""
    last: Linking | None = held.get("linking")
    linking = (relink(last, notes, tree, now) if last else None) or link_notes(notes, tree, now)
    held.put("linking", linking, 0)
    return linking.linked


def relink(last: Linking, notes: Sequence[Note], tree: Tree, now: datetime) -> Linking | None:
    """Return the linking of `notes`; None where the last one does not hold."""
    if len(notes) != len(last.notes) or _surroundings(tree) != _surroundings(last.tree):
        return None
    edited = [(old, new) for old, new in zip(last.notes, notes, strict=True) if old is not new]
    shows_notes = any(last.linker.filler.embedded.values())
    if len(edited) > FEW or shows_notes or any(_face(old) != _face(new) for old, new in edited):
        return None
    chosen = select(notes, tree.config, now)
    if chosen.skipped != last.chosen.skipped or _future(notes, now) != _future(last.notes, last.now):
        return None
    linker, made = last.linker, {note.ref.path: note for note in (*last.linked.site.notes, *last.linked.site.pages)}
    new_notes = {new.path: new for _, new in edited}
    placed = [_with(item, new_notes.get(item.note.path)) for item in last.placed]
    renewed = [item for item in placed if item.note.path in new_notes]
    resolver = linker.filler.resolver
    resolver.forget(new_notes)
    for item in renewed:
        resolver.index.notes[item.inner] = item.note
        for hole in (*references(item.note), *cover_of(item.note)):
            resolver.resolve(item.inner, hole)  # for what is wrong with it
        linker.fill(item)
    new = {item.inner: linker.note(item) for item in renewed}
    linked = linker.site(placed, {item.inner: made[item.note.path] for item in placed} | new, chosen.diagnostics)
    return Linking(notes, tree, now, chosen, placed, linker, linked)


def _with(item: Placed, note: Note | None) -> Placed:
    return item if note is None else msgspec.structs.replace(item, note=note)


def _surroundings(tree: Tree) -> tuple[object, ...]:
    """Return what linking looks at besides notes."""
    return tree.config, tree.assets, tree.static, tree.encoder


def _future(notes: Sequence[Note], now: datetime) -> list[str]:
    return [note.path for note in notes if note.meta.date is not None and note.meta.date > now]


def _face(note: Note) -> tuple[object, ...]:
    """Return all that the pages of other notes may depend on."""
    own = {"digest": "", "body": NO_BODY, "excerpt": NO_BODY, "description": "", "headings": (), "formulas": ()}
    own |= {"words": 0, "minutes": 0, "has_code": False, "glyphs": "", "unknown": (), "diagnostics": ()}
    headings = [(heading.level, heading.id, heading.html, heading.text) for heading in note.headings]
    return msgspec.structs.replace(note, **own), headings, [_named(hole) for hole in references(note)]


def _named(hole: Hole) -> tuple[object, ...]:
    """Return what a hole names, whose sentence is among the contexts; not where it stands."""
    fragment = hole.fragment if isinstance(hole, (WikiHole, EmbedHole)) else ""
    context = -1 if isinstance(hole, ImageHole) else hole.context
    return type(hole), hole.target, fragment, context
