"""Linking again after an edit of what few others know of a note: then all that is far from it stays as it was linked.

For a server, which builds again and again. What others may know of the edited notes is compared. Where only titles
differ, and no note shows another, the last linking holds for all but the edited notes and those that name them.
`tests/whole_site/test_oracle.py` compares the result with that of linking everything.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec

from notegen.link.backlinks import references, renamed
from notegen.link.link import Linker, Linking, Placed, as_link, cover_of, neighbours_at, place
from notegen.link.select import select
from notegen.link.series import places
from notegen.link.targets.index import names_of, rename
from notegen.model.body import NO_BODY, EmbedHole, Hole, ImageHole, WikiHole
from notegen.model.note import Note
from notegen.model.site import Link
from notegen.model.source import Tree

FEW = 20  # edited notes; more are linked from the beginning


class _Edit(msgspec.Struct, frozen=True):
    """A published note before and after."""

    old: Placed
    new: Placed

    @property
    def inner(self) -> str:
        return self.new.inner

    @property
    def retitled(self) -> bool:
        return _title(self.old.note) != _title(self.new.note)


def relink(last: Linking, notes: Sequence[Note], tree: Tree, now: datetime) -> Linking | None:
    """Return the linking of `notes`; None where the last one does not hold."""
    shared = len(last.linked.owners) < len(last.placed)  # addresses, by which notes are told apart here
    if shared or len(notes) != len(last.notes) or _surroundings(tree) != _surroundings(last.tree):
        return None
    pairs = [(old, new) for old, new in zip(last.notes, notes, strict=True) if old is not new]
    if len(pairs) > FEW or any(_face(old) != _face(new) for old, new in pairs):
        return None
    chosen = select(notes, tree.config, now)
    if chosen.skipped != last.chosen.skipped or _future(notes, now) != _future(last.notes, last.now):
        return None
    if any(old.path in chosen.skipped and _title(old) != _title(new) for old, new in pairs):
        return None  # what is said of links to it
    linker, news = last.linker, {new.path: new for _, new in pairs}
    edits = [
        _Edit(item, place(news[item.note.path], linker.config, linker.base))
        for item in last.placed
        if item.note.path in news
    ]
    naming = linker.filler.resolver.sources({edit.inner for edit in edits if edit.retitled})
    if not all(_stays(edit, linker) for edit in edits) or _shown(naming | {edit.inner for edit in edits}, linker):
        return None
    new = {edit.inner: edit.new for edit in edits}
    placed = [new.get(item.inner, item) for item in last.placed]
    again = _refill(edits, naming, placed, linker)
    made = {note.ref.path: note for note in (*last.linked.site.notes, *last.linked.site.pages)}
    shown = {item.inner: linker.note(item) if item.inner in again else made[item.note.path] for item in placed}
    return Linking(notes, tree, now, chosen, placed, linker, linker.site(placed, shown, chosen.diagnostics))


def _stays(edit: _Edit, linker: Linker) -> bool:
    """Return whether a note keeps its address, and no link was ever looked up by a name that it gains or loses."""
    before, after = names_of(edit.inner, edit.old.note), names_of(edit.inner, edit.new.note)
    changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
    return edit.old.path == edit.new.path and changed.isdisjoint(linker.filler.resolver.asked)


def _shown(inners: AbstractSet[str], linker: Linker) -> bool:
    """Return whether one of these notes shows another, or is shown by one."""
    embedded = linker.filler.embedded
    return not inners.isdisjoint(embedded) or any(not inners.isdisjoint(shown) for shown in embedded.values())


def _refill(edits: Sequence[_Edit], naming: AbstractSet[str], placed: Sequence[Placed], linker: Linker) -> set[str]:
    """Fill the edited notes, and those whose text names one. Return the inner paths of all notes whose page changes."""
    resolver, links = linker.filler.resolver, {edit.inner: as_link(linker.refs[edit.inner]) for edit in edits}
    resolver.forget({edit.new.note.path for edit in edits}, {edit.inner for edit in edits if edit.retitled})
    for edit in edits:
        rename(resolver.index, edit.inner, edit.new.note)
    again = {*naming, *(edit.inner for edit in edits)}
    for item in (item for item in placed if item.inner in again):
        for hole in (*references(item.note), *cover_of(item.note)):
            resolver.resolve(item.inner, hole)  # for what is wrong with it
        linker.fill(item)
    posts = [item for item in placed if not item.is_page]
    for edit in (edit for edit in edits if edit.retitled):
        again.update(_name_behind(edit, links[edit.inner], linker))
        again.update(_name_beside(edit, posts, linker))
        again.update(_name_in_series(edit, posts, linker))
    return again


def _name_behind(edit: _Edit, before: Link, linker: Linker) -> Iterable[str]:
    """Name a retitled note anew where it is said to refer to others. Return the inner paths of these."""
    found = {linker.filler.resolver.resolve(edit.inner, hole).note for hole in references(edit.new.note)}
    named = found & linker.referring.keys()
    after = as_link(linker.refs[edit.inner])
    linker.referring = linker.referring | {inner: renamed(linker.referring[inner], before, after) for inner in named}
    return named


def _name_beside(edit: _Edit, posts: Sequence[Placed], linker: Linker) -> Iterable[str]:
    """Name a retitled note anew in its neighbours. Return their inner paths."""
    number = next((number for number, item in enumerate(posts) if item.inner == edit.inner), -1)
    beside = [other for other in (number - 1, number + 1) if number >= 0 and 0 <= other < len(posts)]
    refs = [linker.refs[item.inner] for item in posts]
    linker.neighbours = linker.neighbours | {posts[other].note.path: neighbours_at(refs, other) for other in beside}
    return {posts[other].inner for other in beside}


def _name_in_series(edit: _Edit, posts: Sequence[Placed], linker: Linker) -> Iterable[str]:
    """Name a retitled note anew in its series. Return the inner paths of the notes of all series."""
    if edit.new.note.path not in linker.series.of:
        return ()
    members = [item for item in posts if item.note.path in linker.series.of]
    linker.parts = places(linker.series, {item.note.path: as_link(linker.refs[item.inner]) for item in members})
    return {item.inner for item in members}


def _title(note: Note) -> tuple[str, str]:
    return note.title, note.title_html


def _surroundings(tree: Tree) -> tuple[object, ...]:
    """Return what linking looks at besides notes."""
    return tree.config, tree.assets, tree.static, tree.encoder


def _future(notes: Sequence[Note], now: datetime) -> list[str]:
    return [note.path for note in notes if note.meta.date is not None and note.meta.date > now]


def _face(note: Note) -> tuple[object, ...]:
    """Return all that the pages of other notes may depend on, but for the title."""
    own = {"digest": "", "body": NO_BODY, "excerpt": NO_BODY, "description": "", "headings": (), "formulas": ()}
    own |= {"title": "", "title_html": "", "meta": msgspec.structs.replace(note.meta, title="")}
    own |= {"words": 0, "minutes": 0, "has_code": False, "glyphs": "", "unknown": (), "diagnostics": ()}
    headings = [(heading.level, heading.id, heading.html, heading.text) for heading in note.headings]
    return msgspec.structs.replace(note, **own), headings, [_named(hole) for hole in references(note)]


def _named(hole: Hole) -> tuple[object, ...]:
    """Return what a hole names, whose sentence is among the backlink excerpts; not where it stands."""
    fragment = hole.fragment if isinstance(hole, (WikiHole, EmbedHole)) else ""
    backlink_excerpt = -1 if isinstance(hole, ImageHole) else hole.backlink_excerpt
    return type(hole), hole.target, fragment, backlink_excerpt
