"""Memos: what is known is not made again, in whichever tier it is; what a server no longer uses goes."""

import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from notegen.cache.context import BuildContext
from notegen.cache.memo import (
    Memo,
    Request,
    Tiers,
    last_value,
    latest,
    lookup,
    memoize,
    memoize_in_memory,
    store,
    store_latest,
)
from notegen.cache.memory import MemoryCache, MemoryEntry
from notegen.cache.page_store import PageStore, bytes_of
from notegen.cache.store import SqliteCache
from notegen.model.digest import digest_bytes
from notegen.model.output import Compressed, InCache, Inline

LENGTHS = Memo("lengths", int, Tiers.BOTH)
WORDS = ("a", "bb", "ccc")


def lengths(words: Sequence[str], context: BuildContext, common: str = "") -> tuple[list[int], list[str]]:
    """Return the length of each word, and the words that were measured for it."""
    measured: list[str] = []

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        for number in missing:
            measured.append(words[number])
            yield msgspec.msgpack.encode(len(words[number]))

    names = [f"word {number}" for number in range(len(words))]
    return list(memoize(LENGTHS, names, words, lambda word: {"word": word + common}, make, context, common)), measured


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[BuildContext]:
    """Return a context with a cache on the disk."""
    with closing(SqliteCache(tmp_path / "cache.sqlite")) as cache:
        yield BuildContext(cache, "engine")


def test_what_the_disk_has_is_not_made_again(disk: BuildContext) -> None:
    assert lengths(WORDS, disk) == ([1, 2, 3], ["a", "bb", "ccc"])
    assert lengths(("a", "dddd", "ccc"), disk) == ([1, 4, 3], ["dddd"])


def test_another_engine_or_another_common_part_finds_nothing(disk: BuildContext) -> None:
    lengths(WORDS, disk)
    assert lengths(WORDS, msgspec.structs.replace(disk, engine="other"))[1] == [*WORDS]
    assert lengths(WORDS, disk, "common")[1] == [*WORDS]


def test_what_memory_has_needs_no_key() -> None:
    context = BuildContext(memory=MemoryCache(1000))
    assert lengths(WORDS, context)[1] == [*WORDS]
    assert lengths(("a", "dddd", "ccc"), context) == ([1, 4, 3], ["dddd"])
    assert lengths(WORDS, context, "common")[1] == [*WORDS]
    assert last_value(LENGTHS, "word 1", context) == 2


def test_memory_lets_go_of_what_a_build_does_not_use() -> None:
    memory = MemoryCache(1000)
    context = BuildContext(memory=memory)
    lengths(WORDS, context)
    memory.begin()
    lengths(WORDS[:1], context)
    memory.end()
    assert lengths(WORDS, context)[1] == ["bb", "ccc"]


class Value:
    """Something of which one can tell whether it is still there."""


def test_a_build_keeps_one_value_of_a_thing_the_new_one_once_it_is_made() -> None:
    memory = MemoryCache(1000)
    old = Value()
    memory.put("memo", "a", MemoryEntry("", 1, old), 6)
    gone = weakref.ref(old)
    del old
    memory.begin()
    memory.get("memo", "a")
    memory.put("memo", "a", MemoryEntry("", 2, Value()), 6)
    assert gone() is None


@pytest.mark.parametrize("tiers", [Tiers.BOTH, Tiers.MEMORY])
def test_what_is_found_in_memory_is_kept_for_the_newest_of_equal_items(tiers: Tiers) -> None:
    context, memo = BuildContext(memory=MemoryCache(1000)), Memo("memo", int, tiers)
    old, new = [1], [1]  # equal
    for item in (old, new):
        if tiers is Tiers.MEMORY:
            assert [*memoize_in_memory(memo, ["a"], [item], len, context)] == [1]
        else:
            assert [*memoize(memo, ["a"], [item], lambda _: {}, lambda _: iter([b"\x01"]), context)] == [1]
    entry = context.memory.get("memo", "a")
    assert entry is not None
    assert entry.item is new


def test_what_is_dropped_makes_room() -> None:
    memory = MemoryCache(10)
    memory.put("memo", "a", MemoryEntry("", 1, "one"), 6)
    memory.drop("memo", "a")
    memory.drop("memo", "never there")
    memory.put("memo", "b", MemoryEntry("", 2, "two"), 6)
    assert memory.get("memo", "a") is None
    assert memory.get("memo", "b") is not None


def test_memory_has_a_limit() -> None:
    memory = MemoryCache(10)
    memory.put("memo", "a", MemoryEntry("", 1, "one"), 6)
    memory.put("memo", "b", MemoryEntry("", 2, "two"), 6)
    assert memory.get("memo", "b") is None
    memory.put("memo", "a", MemoryEntry("", 3, "three"), 2)
    memory.put("memo", "b", MemoryEntry("", 2, "two"), 6)
    assert [entry and entry.value for entry in (memory.get("memo", "a"), memory.get("memo", "b"))] == ["three", "two"]


def test_without_caches_all_is_made_each_time() -> None:
    for _ in range(2):
        assert lengths(WORDS, BuildContext())[1] == [*WORDS]


def test_a_memo_of_memory_alone_makes_what_differs() -> None:
    made: list[str] = []

    def make(word: str) -> int:
        made.append(word)
        return len(word)

    memo, context = Memo("in memory", int, Tiers.MEMORY), BuildContext(memory=MemoryCache(10))
    for words in (WORDS, WORDS, ("a", "x", "ccc")):
        assert list(memoize_in_memory(memo, ("1", "2", "3"), words, make, context)) == [*map(len, words)]
    assert made == [*WORDS, "x"]


def test_the_latest_request_of_a_name_is_known_to_the_engine_that_made_it(disk: BuildContext) -> None:
    first, second = Request("site", {"part": "1"}), Request("site", {"part": "2"})
    assert latest(LENGTHS, "site", disk) is None
    store(LENGTHS, first, 1, disk)
    store(LENGTHS, second, 2, disk)
    assert (latest(LENGTHS, "site", disk), lookup(LENGTHS, first, disk)) == (second, 1)
    store_latest(LENGTHS, first, disk)
    assert latest(LENGTHS, "site", disk) == first
    assert latest(LENGTHS, "site", msgspec.structs.replace(disk, engine="other")) is None


# --- bytes by digest


def added(context: BuildContext, *pages: bytes) -> PageStore:
    """Return a store to which pages were added."""
    pages_of_build = PageStore(context)
    assert list(pages_of_build.add((page, digest_bytes(page), page) for page in pages)) == [*pages]
    pages_of_build.flush()
    return pages_of_build


def test_bytes_are_left_in_the_cache_but_compressed_for_a_preview(disk: BuildContext) -> None:
    digest = digest_bytes(b"page")
    assert isinstance(added(disk, b"page").file("x", digest).content, InCache)
    preview = msgspec.structs.replace(disk, preview=True)
    content = added(preview, b"page").file("x", digest).content
    assert isinstance(content, Compressed)
    assert bytes_of(content) == b"page"
    assert added(BuildContext(), b"page").file("x", digest).content == Inline(b"page")


def test_a_preview_has_bytes_since_its_last_build_whatever_becomes_of_the_cache() -> None:
    memory = MemoryCache(1000)
    preview = BuildContext(preview=True, memory=memory)
    added(preview, b"kept", b"gone")
    for _ in range(2):
        memory.begin()
        assert PageStore(preview).find([digest_bytes(b"kept")]) == set()
        memory.end()
    assert PageStore(preview).find([digest_bytes(b"kept"), digest_bytes(b"gone")]) == {digest_bytes(b"gone")}
