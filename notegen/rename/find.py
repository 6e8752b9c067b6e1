"""What a name means and what its renaming is to change; the tree as it is then."""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import msgspec

from notegen.link.link import Linking
from notegen.model.digest import digest
from notegen.model.source import SourceFile, Tree
from notegen.read.includes.find import with_included
from notegen.rename.edits import Renaming, by_path, edited
from notegen.rename.names import label_edits, owners, tag_edits
from notegen.rename.note import alias_edit, lost_links, mended, new_path

Link = Callable[[Tree], Linking]
_UNANSWERED = frozenset(("label-unknown", "link-anchor"))


class Renamed(msgspec.Struct, frozen=True):
    """A renaming as a whole, how the notes are linked after it, and what an author must look at."""

    renaming: Renaming
    after: Linking
    problems: tuple[str, ...]


def complete_renaming(renaming: Renaming, linking: Linking, link: Link, *, aliases: bool) -> Renamed:
    """Return a renaming with what follows from it: the new address of a note that moves, links that are lost.

    `link` says how the notes of a tree are linked.
    """
    after = link(renamed_tree(linking.tree, renaming))
    if renaming.moved:
        renaming = with_address(renaming, linking, after, aliases=aliases)
        after = link(renamed_tree(linking.tree, renaming))
    problems = (
        *renaming.problems,
        *lost_links(linking, after, renaming.moved),
        *_lost_labels(linking, after, renaming),
    )
    return Renamed(renaming, after, tuple(dict.fromkeys(problems)))


def _lost_labels(before: Linking, after: Linking, renaming: Renaming) -> Iterator[str]:
    """Yield a line for each reference that nothing answers after a renaming, and something did before."""
    old, new = renaming.moved or ("", "")
    unanswered = (item for item in before.result.diagnostics if item.code in _UNANSWERED)
    known = {(new if item.path == old else item.path, item.message) for item in unanswered}
    for item in after.result.diagnostics:
        if item.code in _UNANSWERED and (item.path, item.message) not in known:
            yield f"{item.path}:{item.line}: {item.message}"


def find_renaming(old: str, new: str, kind: str, linking: Linking) -> Renaming | str:
    """Return what a renaming is to change, or why there is none."""
    tree, notes = linking.tree, linking.notes
    path = _note_path(old, linking) if kind in {"", "note"} else ""
    if path:
        target = new_path(path, new, tree.config.content_dir)
        taken = {*(note.path for note in (*tree.notes, *tree.parts)), *(asset.path for asset in tree.assets.values())}
        if not target or target in taken:
            return f"{target} is there already" if target else f"{new} is no path below the content folder"
        return mended(linking, path, target)
    if kind in {"", "label"} and (places := owners(old, notes)):
        if len(places) > 1 or owners(new, notes):
            several = f"the label {old} stands in several notes: {', '.join(places)}"
            return several if len(places) > 1 else f"the label {new} is there already"
        return Renaming(tuple(label_edits(old, new, tree.notes)))
    tag = old.removeprefix("#")
    problems: list[str] = []
    hashtags = tree.config.markdown.hashtags
    edits = tuple(tag_edits(tag, new.removeprefix("#"), tree.notes, problems, hashtags=hashtags))
    if kind in {"", "tag"} and (edits or problems):
        return Renaming(edits, None, tuple(problems))
    return f"there is no {kind or 'note, label or tag'} {old}"


def _note_path(name: str, linking: Linking) -> str:
    """Return the path of the note that is called so: its path below the site's or the content folder, or its name."""
    content = linking.tree.config.content_dir
    paths = [note.path for note in linking.tree.notes]
    for form in (name, f"{content}/{name}", f"{name}.md", f"{content}/{name}.md"):
        normal = PurePosixPath(form.replace("\\", "/")).as_posix()
        if normal in paths:
            return normal
    named = [path for path in paths if PurePosixPath(path).stem == name]
    return named[0] if len(named) == 1 else ""


def renamed_tree(tree: Tree, renaming: Renaming) -> Tree:
    """Return a tree as it is read after a renaming."""
    files = by_path(renaming.edits)
    moved = dict([renaming.moved] if renaming.moved else [])

    def changed(note: SourceFile) -> SourceFile:
        if note.path not in files and note.path not in moved:
            return note
        text = edited(note.text, files.get(note.path, ()))
        return msgspec.structs.replace(note, path=moved.get(note.path, note.path), text=text, digest=digest(text))

    notes = tuple(sorted(map(changed, tree.notes), key=lambda note: note.path))
    known = {file.path for file in tree.parts}
    included = {file.path: file.text for note in with_included(tree) for file in note.included}
    others = [SourceFile(path, text, "", "private") for path, text in included.items() if path in files]
    parts = (*tree.parts, *(part for part in others if part.path not in known))
    return msgspec.structs.replace(tree, notes=notes, parts=tuple(map(changed, parts)))


def texts_of(tree: Tree) -> dict[str, str]:
    """Return the texts that a renaming may edit, by their paths: notes, the files that they include, site.yaml."""
    included = {file.path: file.text for note in with_included(tree) for file in note.included if file.path}
    return included | {note.path: note.text for note in tree.notes} | {tree.config_path: tree.config_text}


def with_address(renaming: Renaming, linking: Linking, after: Linking, *, aliases: bool) -> Renaming:
    """Return a renaming with what follows from the new address of a note: links by address, its alias."""
    if renaming.moved is None:
        return renaming
    path, target = renaming.moved
    old = next((item for item in linking.routed if item.note.path == path), None)
    new = next((item for item in after.routed if item.note.path == target), None)
    if old is None or new is None or old.path == new.path:
        return renaming
    again = mended(linking, path, target, str(new.path))
    if not aliases or old.note.meta.draft:
        return again
    source = next(note for note in linking.tree.notes if note.path == path)
    edit = alias_edit(source, str(old.path))
    if edit is None:
        hint = f"{target}: add {old.path} to its aliases, so that the old address leads to it"
        return msgspec.structs.replace(again, problems=(*again.problems, hint))
    return msgspec.structs.replace(again, edits=(*again.edits, edit))
