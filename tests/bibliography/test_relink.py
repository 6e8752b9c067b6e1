"""Linking again after a citation is edited equals linking anew; a change of a bibliography is linked anew."""

import msgspec
import pytest

from notegen.bibliography.bibliography import read_bibliography
from notegen.cache.context import BuildContext
from notegen.link.link import Linking, link_notes
from notegen.link.relink import relink
from notegen.model.body import Bibliography
from notegen.model.config import Config
from notegen.model.digest import digest
from notegen.model.source import SourceFile, Tree
from notegen.read.cached_notes import read_notes
from tests.link.test_relink import NOW
from tests.support.strategies import make_tree

REFS = "@misc{a, title={A}}\n@misc{b, title={B}}\n"
NOTES = {"content/n.md": "One [@a].\n", "content/m.md": "Two [@b] and @a, [@c].\n"}


def state(notes: dict[str, str], refs: str) -> tuple[Tree, Bibliography, Linking]:
    """Return a site, what it cites, and its linking."""
    tree = make_tree(notes, Config())
    tree = msgspec.structs.replace(tree, bibliographies=(SourceFile("refs.bib", refs, digest(refs)),))
    read = read_notes(tree, BuildContext()).value
    works = read_bibliography(read, tree, BuildContext()).value
    return tree, works, link_notes(read, tree, NOW, works)


def shown(linking: Linking) -> tuple[str, frozenset[object]]:
    """Return what linking says."""
    return digest(linking.result.value.site), frozenset(linking.result.diagnostics)


@pytest.mark.parametrize("text", ["One [@b].\n", "One [@a; @b].\n", "None.\n", "One [@unknown].\n"])
def test_a_citation_is_edited(text: str) -> None:
    _, _, last = state(NOTES, REFS)
    tree, works, clean = state(NOTES | {"content/n.md": text}, REFS)
    notes = [old if old == new else new for old, new in zip(last.notes, clean.notes, strict=True)]
    again = relink(last, notes, msgspec.structs.replace(tree, config=last.tree.config), NOW, works)
    assert again is not None
    assert shown(again) == shown(clean)


def test_a_bibliography_is_edited() -> None:
    _, _, last = state(NOTES, REFS)
    tree, works, _ = state(NOTES, REFS.replace("{A}", "{AA}"))
    assert relink(last, last.notes, tree, NOW, works) is None
