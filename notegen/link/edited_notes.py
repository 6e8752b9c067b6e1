"""What was edited since the last linking, and whether that still holds: what others may know of notes is compared."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote, route
from notegen.link.files.theme_names import addresses_of_themes
from notegen.link.link import Linking
from notegen.link.published_notes import Selection
from notegen.link.targets.index import names_of
from notegen.model.body import NO_BODY, EmbedHole, Hole, ImageHole, WikiHole
from notegen.model.note import NOT_MARKED, Note
from notegen.model.source import Tree
from notegen.model.strings import ContentPath

FEW = 20  # edited notes; more are linked from the beginning


class Edit(msgspec.Struct, frozen=True):
    """A published note before and after."""

    old: RoutedNote
    new: RoutedNote

    @property
    def content_path(self) -> ContentPath:
        """The note's content path, which an edit does not change."""
        return self.new.content_path

    @property
    def retitled(self) -> bool:
        """Whether its title differs, as text or in HTML."""
        return _title(self.old.note) != _title(self.new.note)


def edits_since(
    last: Linking, notes: Sequence[Note], chosen: Selection, tree: Tree, now: datetime
) -> list[Edit] | None:
    """Return the published notes that were edited; None where others may know more of them than a title."""
    shared = len(last.result.value.owners) < len(last.routed)  # addresses, by which notes are told apart here
    if shared or len(notes) != len(last.notes) or not is_around_the_same(tree, last.tree):
        return None
    pairs = [(old, new) for old, new in zip(last.notes, notes, strict=True) if old is not new]
    if len(pairs) > FEW or any(_public(old) != _public(new) for old, new in pairs):
        return None
    if chosen.skipped != last.chosen.skipped or _future(notes, now) != _future(last.notes, last.now):
        return None
    if any(old.path in chosen.skipped and _title(old) != _title(new) for old, new in pairs):
        return None  # the diagnostics of links to it
    new_notes = {new.path: new for _, new in pairs}
    if not last.settled.displaced.isdisjoint(new_notes):
        return None
    edited = [item for item in last.routed if item.note.path in new_notes]
    config, base = last.services.config, last.services.base
    return [Edit(item, route(new_notes[item.note.path], config, base, item.translation)) for item in edited]


def notes_naming(retitled: AbstractSet[ContentPath], last: Linking) -> set[ContentPath]:
    """Return the notes with a hole that leads to one of the retitled notes (content paths, all)."""
    if not retitled:
        return set()
    return {content_path for content_path, links in last.links.items() if not links.notes.isdisjoint(retitled)}


def stays(edit: Edit, last: Linking) -> bool:
    """Return whether a note keeps its address, and no link was ever looked up by a name that it gains or loses."""
    bare = edit.new.bare if edit.new.bare != edit.content_path else None
    before, after = names_of(edit.content_path, edit.old.note, bare), names_of(edit.content_path, edit.new.note, bare)
    changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
    if edit.old.path != edit.new.path:
        return False
    return not changed or all(changed.isdisjoint(links.names) for links in last.links.values())


def embedding(content_paths: AbstractSet[ContentPath], last: Linking) -> bool:
    """Return whether one of these notes shows another, or is shown by one."""
    embedded = ((content_path, note.body.embedded) for content_path, note in last.linked.items() if note.body.embedded)
    return any(content_path in content_paths or not content_paths.isdisjoint(shown) for content_path, shown in embedded)


def _title(note: Note) -> tuple[str, str]:
    return note.title, note.title_html


def is_around_the_same(one: Tree, other: Tree) -> bool:
    """Return whether what linking looks at besides notes is equal in two trees: of themes what files they name."""
    if _surroundings(one) != _surroundings(other):
        return False
    return one.layers == other.layers or [*addresses_of_themes(one)] == [*addresses_of_themes(other)]


def _surroundings(tree: Tree) -> tuple[object, ...]:
    cited = (*tree.bibliographies, *((tree.citation_style,) if tree.citation_style else ()))
    files = [(file.path, file.digest) for file in cited]  # what unedited notes cite is the same
    return tree.config, tree.assets, tree.static, tree.encoder, files, tree.history


def _future(notes: Sequence[Note], now: datetime) -> list[str]:
    return [note.path for note in notes if note.meta.date is not None and note.meta.date > now]


def _public(note: Note) -> tuple[object, ...]:
    """Return all that the pages of other notes may depend on, but for the title."""
    private = {
        "digest": "",
        "body": NO_BODY,
        "excerpt": NO_BODY,
        "description": "",
        "marked": NOT_MARKED,
        "headings": (),
        "formulas": (),
    }
    private |= {"title": "", "title_html": "", "meta": msgspec.structs.replace(note.meta, title="")}
    private |= {
        "words": 0,
        "minutes": 0,
        "has_code": False,
        "glyphs": "",
        "features": (),
        "unknown": (),
        "citations": (),
        "citing_sentences": {},
        "diagnostics": (),
    }
    headings = [(heading.level, heading.id, heading.html, heading.text, heading.source) for heading in note.headings]
    return msgspec.structs.replace(note, **private), headings, [_named(hole) for hole in _references(note)]


def _references(note: Note) -> list[Hole]:
    """Return the holes of a note that name something outside of it."""
    holes = (hole for hole in note.body.holes if isinstance(hole, Hole))
    return [hole for hole in holes if hole.target[:1] not in {"#", ""} or (isinstance(hole, WikiHole) and hole.label)]


def _named(hole: Hole) -> tuple[object, ...]:
    """Return what a hole names, whose sentence is among the backlink excerpts; not where it stands."""
    fragment = hole.fragment if isinstance(hole, (WikiHole, EmbedHole)) else ""
    backlink_excerpt = -1 if isinstance(hole, ImageHole) else hole.backlink_excerpt
    return type(hole), hole.target, fragment, backlink_excerpt
