"""The notes of a site linked; by a server from its last linking, where that holds for all notes but the edited ones."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Tiers, last_value
from notegen.cache.memory import MemoryEntry
from notegen.link.edited_notes import FEW, is_around_the_same
from notegen.link.link import Linking, link_notes
from notegen.link.published_notes import select
from notegen.link.relink import relink
from notegen.link.targets.named_titles import with_named_titles
from notegen.model.body import Bibliography
from notegen.model.diagnostic import Result
from notegen.model.note import Note
from notegen.model.site import Linked
from notegen.model.source import Tree

LINKING = Memo("link", Linking, Tiers.MEMORY)
_NAME = "site"  # the one that is published


def link_site(
    notes: Sequence[Note], bibliography: Bibliography, tree: Tree, now: datetime, context: BuildContext
) -> Result[Linked]:
    """Return the linked site. Diagnostics: those of `link_notes`."""
    return cached_linking(notes, bibliography, tree, now, context).result


def forget_linking(tree: Tree, context: BuildContext) -> None:
    """Let go of the last linking where it cannot hold for `tree`: it has all notes, which are about to be read anew."""
    last = last_value(LINKING, _NAME, context)
    if last is not None and not _is_near(last.tree, tree):
        context.memory.drop(LINKING.name, _NAME)


def _is_near(before: Tree, now: Tree) -> bool:
    """Return whether a linking of the notes of one tree may hold for most notes of the other."""
    if len(before.notes) != len(now.notes) or not is_around_the_same(now, before):
        return False
    return sum(one != other for one, other in zip(before.notes, now.notes, strict=True)) <= FEW


def cached_linking(
    notes: Sequence[Note],
    bibliography: Bibliography,
    tree: Tree,
    now: datetime,
    context: BuildContext,
    name: str = _NAME,
) -> Linking:
    """Return how notes are linked, made of the last linking of this `name` where that holds for most of them."""
    published = partial(select, notes, tree.config, now)
    notes = with_named_titles(notes, lambda: published().notes, tree.config, bibliography)
    last = last_value(LINKING, name, context)
    linking = relink(last, notes, tree, now, bibliography) if last else None
    if linking is None:
        del last  # with its notes, which may all be other ones
        context.memory.drop(LINKING.name, name)
        linking = link_notes(notes, tree, now, bibliography)
    context.memory.put(LINKING.name, name, MemoryEntry("", None, linking), 0)
    return linking
