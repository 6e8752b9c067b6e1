"""Linking again after an edit equals linking anew; an edit of a title or a body takes the short way."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.cache.context import BuildContext
from notegen.cache.memo import last_value
from notegen.cache.memory import MemoryCache
from notegen.link.cached_link import LINKING, forget_linking, link_site
from notegen.link.edited_notes import FEW
from notegen.link.link import Linking, link_notes
from notegen.link.relink import relink
from notegen.model.body import NO_BIBLIOGRAPHY
from notegen.model.config import Config, LanguageConfig, read_settings
from notegen.model.diagnostic import Result
from notegen.model.digest import digest
from notegen.model.note import Note
from notegen.model.site import Linked
from notegen.model.source import SourceFile, Tree
from notegen.read.read import make_reader
from tests.support.strategies import bounded, make_tree

pytestmark = pytest.mark.slow

NOW = datetime.fromisoformat("2026-06-01T12:00:00+08:00")
NAMES = ("a", "b", "deep/c", "deep/d", "deep/index", "e", "index", "a.en", "en/e")
TITLES = ("A", "B", "U", "$x$ and *y*", "b", "d", "e", "三")
FRONTS = (
    "date: 2026-01-01\nseries: S\n",
    "date: 2026-01-02\nseries: S\ntags: [t]\n",
    "date: 2026-01-03\ncover: i.png\nweight: 1\n",
    "layout: page\n",
    "date: 2026-01-05\ndraft: true\n",
    "date: 2026-01-06\nslug: fixed\naliases: [other]\n",
    "order: 1\n",
)
BODIES = (
    "Text.\n",
    "[b](b.md), [[deep/c]], [[e#S]]\n\n## S\n\n$$\\label{eq:e} x$$\n",
    "[[U]] and [[d|words]], [gone](gone.md), [[other]] \\eqref{eq:e}\n",
    "[](a.md), [[a]], [[a]]: [](deep/d.md#S) [[#S]]\n\n## S\n",
    "![[b]]\n",
    "![[nowhere]] ![i](i.png)\n",
)
Sources = dict[str, tuple[str, str, str]]  # name -> title, other front matter, body


class Site:
    """Notes that are read once each, so that unchanged ones are the very same."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._read = make_reader(read_settings(tree.config))
        self._known: dict[str, Note] = {}

    def notes(self, sources: Sources) -> tuple[Note, ...]:
        """Return the notes."""
        texts = {
            f"content/{name}.md": f"---\ntitle: {title!r}\n{front}---\n{body}"
            for name, (title, front, body) in sources.items()
        }
        files = [_with_kind(file) for file in make_tree(texts).notes]
        return tuple(self._known.setdefault(digest(file), self._read(file)) for file in files)


def _with_kind(file: SourceFile) -> SourceFile:
    """Return a file as scanning does, which knows the texts of folders."""
    return msgspec.structs.replace(file, kind="section") if file.path.endswith("index.md") else file


CONFIGS = (
    Config(),
    Config(drafts=True, home="both"),
    Config(permalink="/:path/"),
    Config(permalink="/:path/", languages=(LanguageConfig("zh-CN"), LanguageConfig("en", path="en"))),
    Config(sections="on", nav=({"G": ["deep/", "e.md"]}, "a.md", "gone.md")),
)


def value(result: Result[Linked]) -> tuple[object, ...]:
    """Return everything that linking says, diagnostics as a set."""
    linked, diagnostics = result
    own = (linked.site, linked.files, linked.variants, linked.redirects, linked.owners)
    return (digest(*own), frozenset(diagnostics))


def title() -> st.SearchStrategy[str]:
    """Return titles of notes."""
    return st.sampled_from(TITLES)


@bounded(50)
@given(
    first=st.fixed_dictionaries(
        {name: st.tuples(title(), st.sampled_from(FRONTS), st.sampled_from(BODIES)) for name in NAMES}
    ),
    config=st.sampled_from(CONFIGS),
    edits=st.lists(
        st.tuples(st.sampled_from(NAMES), title() | st.none(), st.sampled_from(("", "More.\n"))), max_size=8
    ),
)
def test_linking_again_equals_linking(
    first: Sources, config: Config, edits: Sequence[tuple[str, str | None, str]]
) -> None:
    sources, site = first, Site(make_tree({}, config))
    last = link_notes(site.notes(sources), site.tree, NOW)
    for name, new, more in edits:
        old, front, body = sources[name]
        sources = sources | {name: (new or old, front, body + more)}
        notes = site.notes(sources)
        clean = link_notes(notes, site.tree, NOW)
        again = relink(last, notes, site.tree, NOW)
        if again is not None:
            assert value(again.result) == value(clean.result)
        last = again or clean


PLAIN: Sources = {
    "a": ("A", FRONTS[0], BODIES[1]),
    "b": ("B", FRONTS[1], BODIES[0]),
    "deep/c": ("C", FRONTS[0], BODIES[3]),
    "deep/d": ("D", FRONTS[2], BODIES[0]),
    "deep/index": ("Deep", FRONTS[6], BODIES[0]),
    "index": ("Home", FRONTS[6], BODIES[0]),
    "e": ("E", FRONTS[5], "[[old name]]\n\n## S\n"),
    "a.en": ("A", FRONTS[0], BODIES[1]),
    "en/e": ("E", FRONTS[1], BODIES[3]),
}


def edited(
    name: str, title: str, more: str = "", front: str = "", config: Config = CONFIGS[0]
) -> tuple[Linking | None, Linking]:
    """Return the relinking of PLAIN with one note edited, and its linking anew."""
    site = Site(make_tree({}, config))
    last = link_notes(site.notes(PLAIN), site.tree, NOW)
    notes = site.notes(PLAIN | {name: (title, front or PLAIN[name][1], PLAIN[name][2] + more)})
    return relink(last, notes, site.tree, NOW), link_notes(notes, site.tree, NOW)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("more", ["", "More words.\n"])
@pytest.mark.parametrize("config", CONFIGS)
def test_an_edit_of_title_or_body_takes_the_short_way(name: str, more: str, config: Config) -> None:
    again, clean = edited(name, "Quite new $y$", more, config=config)
    assert again is not None
    assert value(again.result) == value(clean.result)


@pytest.mark.parametrize(
    ("name", "title", "more", "front"),
    [
        ("b", "Old name", "", ""),  # a link that led nowhere is answered now
        ("a", "A", "[another](b.md)\n", ""),
        ("a", "A", "## New\n", ""),
        ("a", "A", "", FRONTS[1]),
        ("a", "A", "![[b]]\n", ""),
    ],
)
def test_what_others_may_know_is_linked_anew(name: str, title: str, more: str, front: str) -> None:
    assert edited(name, title, more, front)[0] is None


@pytest.mark.parametrize("name", PLAIN)
def test_relinking_changes_nothing_of_the_last_linking(name: str) -> None:
    site = Site(make_tree({}, Config()))
    last = link_notes(site.notes(PLAIN), site.tree, NOW)
    before, index = value(last.result), digest(last.services.resolver.index)
    edit = PLAIN | {name: ("Quite new", PLAIN[name][1], PLAIN[name][2] + "More.\n")}
    assert relink(last, site.notes(edit), site.tree, NOW) is not None
    assert (value(last.result), digest(last.services.resolver.index)) == (before, index)
    again = relink(last, site.notes(PLAIN), site.tree, NOW)
    assert again is not None
    assert value(again.result) == before


# --- what a server keeps of its last linking

FEW_TEXTS = {f"content/{number}.md": "Text.\n" for number in range(FEW + 1)}
FEW_NOTES = make_tree(FEW_TEXTS, Config())


def with_edits(count: int) -> Tree:
    """Return the tree with so many notes edited."""
    return make_tree({**FEW_TEXTS, **dict.fromkeys([*FEW_TEXTS][:count], "Other.\n")}, Config())


@pytest.mark.parametrize(
    ("tree", "stays"),
    [
        (FEW_NOTES, True),
        (with_edits(FEW), True),
        (with_edits(FEW + 1), False),
        (make_tree(dict([*FEW_TEXTS.items()][1:]), Config()), False),
        (msgspec.structs.replace(FEW_NOTES, config=Config(drafts=True)), False),
    ],
)
def test_a_linking_that_cannot_hold_is_let_go_before_notes_are_read(tree: Tree, stays: bool) -> None:
    context, read = BuildContext(memory=MemoryCache(1000)), make_reader(read_settings(FEW_NOTES.config))
    link_site([*map(read, FEW_NOTES.notes)], NO_BIBLIOGRAPHY, FEW_NOTES, NOW, context)
    forget_linking(tree, context)
    assert (last_value(LINKING, "site", context) is not None) is stays
