"""What a server remembers of the notes that it has read."""

import gc
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from notegen.cache.context import BuildContext
from notegen.cache.memory import MemoryCache
from notegen.cache.store import SqliteCache
from notegen.model.body import NO_BODY
from notegen.model.config import Config
from notegen.read.cached_notes import read_notes
from tests.support.strategies import make_tree


def test_a_server_keeps_no_older_texts_of_a_note() -> None:
    gc.freeze()  # what other tests have left is not to be looked through
    memory = MemoryCache(1_000_000)
    context = BuildContext(memory=memory)
    trees = [make_tree({"content/n.md": f"Text {number}.\n"}, Config()) for number in range(3)]
    texts = [tree.notes[0] for tree in trees]
    before = sys.getrefcount(texts[0]), sys.getrefcount(texts[-1])
    for tree in trees:
        memory.begin()
        assert len(read_notes(tree, context).value) == 1
        memory.end()
    gc.collect()
    first, last = sys.getrefcount(texts[0]), sys.getrefcount(texts[-1])  # not within an assert, which counts too
    assert first == before[0]
    assert last > before[1]


def test_a_text_that_includes_nothing_is_searched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def may_include(text: str) -> bool:
        asked.append(text)
        return "include" in text

    monkeypatch.setattr("notegen.read.cached_notes.may_include", may_include)
    texts = {"content/a.md": "A\n", "content/b.md": "{% include_code b.py %}\n"}
    with closing(SqliteCache(tmp_path / "cache.sqlite")) as cache:
        for text in ("A\n", "A\n", "Another\n"):
            asked.clear()
            read_notes(make_tree({**texts, "content/a.md": text}, Config()), BuildContext(cache=cache))
    assert asked == ["Another\n", "{% include_code b.py %}\n"]


def test_a_server_keeps_bodies_compressed_and_words_once() -> None:
    texts = {f"content/{name}.md": "## A heading\n\n$x$ " + "The same gradient. " * 50 for name in "ab"}
    tree = make_tree(texts, Config())
    plain = read_notes(tree, BuildContext()).value
    kept = read_notes(tree, BuildContext(preview=True, memory=MemoryCache(1_000_000))).value
    assert [note.body.text for note in kept] == [note.body.text for note in plain]
    assert [msgspec.structs.replace(note, body=NO_BODY) for note in kept] == [
        msgspec.structs.replace(note, body=NO_BODY) for note in plain
    ]
    assert all(2 * len(small.body.data) < len(note.body.data) for small, note in zip(kept, plain, strict=True))
    first, second = kept
    assert first.features
    assert all(one is other for one, other in zip(first.features, second.features, strict=True))
    assert first.anchors[0] is first.headings[0].id is second.anchors[0]
    assert first.formulas[0].engine is second.formulas[0].engine
