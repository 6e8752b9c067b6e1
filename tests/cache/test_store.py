"""The cache: what it keeps, for how long, and that nothing wrong with its file does more than cost time."""

import gc
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.cache.store import KEEP, REFRESH, SqliteCache
from tests.support.site import SiteTest
from tests.support.strategies import bounded


def cached(path: Path, *keys: str) -> dict[str, bytes]:
    """Return what a new process would find."""
    cache = SqliteCache(path)
    found = cache.get_many(keys)
    cache.close()
    return found


def store(path: Path, **values: bytes) -> None:
    """Keep values, as one build does."""
    cache = SqliteCache(path)
    cache.put_many(values)
    cache.close()


def test_values_are_found_again(tmp_path: Path) -> None:
    store(tmp_path / "c", a=b"1", b=b"")
    assert cached(tmp_path / "c", "a", "b", "c") == {"a": b"1", "b": b""}


def test_known_says_what_is_there_without_reading_it(tmp_path: Path) -> None:
    store(tmp_path / "c", a=b"1")
    with closing(SqliteCache(tmp_path / "c")) as cache:
        assert cache.known(["a", "b"]) == {"a"}


def test_more_keys_than_one_query_takes(tmp_path: Path) -> None:
    store(tmp_path / "c", **{f"k{number}": b"%d" % number for number in range(1201)})
    found = cached(tmp_path / "c", *(f"k{number}" for number in range(2000)))
    assert found == {f"k{number}": b"%d" % number for number in range(1201)}


def test_whatever_number_of_keys_is_asked_for_sqlite_keeps_few_queries(tmp_path: Path) -> None:
    cache = SqliteCache(tmp_path / "c")
    cache.put_many({f"k{number}": b"%d" % number for number in range(300)})
    for count in range(1, 301):
        keys = [f"k{number}" for number in range(count)]
        assert cache.known(keys) == {*keys}
        assert cache.get_many(keys).keys() == {*keys}
    gc.collect()
    kept = [item for item in gc.get_objects() if type(item).__name__ == "Statement"]
    assert len(kept) < 60
    cache.close()


def test_a_value_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    store(tmp_path / "c", a=b"old")
    store(tmp_path / "c", a=b"new")
    assert cached(tmp_path / "c", "a") == {"a": b"new"}
    with sqlite3.connect(tmp_path / "c") as connection:
        assert connection.execute("SELECT count(*) FROM content").fetchone() == (1,)
    connection.close()


def test_what_no_build_uses_goes_and_what_one_uses_stays(tmp_path: Path) -> None:
    store(tmp_path / "c", used=b"1", unused=b"x" * 100_000)
    size = (tmp_path / "c").stat().st_size
    for build in range(KEEP + REFRESH + 2):
        cached(tmp_path / "c", "used")
        if build == KEEP - 2:
            with sqlite3.connect(tmp_path / "c") as connection:
                assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2,)
            connection.close()
    assert cached(tmp_path / "c", "used", "unused") == {"used": b"1"}
    assert (tmp_path / "c").stat().st_size < size / 2, "its room is given back"


def test_entries_that_were_only_asked_for_stay(tmp_path: Path) -> None:
    store(tmp_path / "c", asked=b"1", other=b"2")
    for _ in range(KEEP + REFRESH + 2):
        cache = SqliteCache(tmp_path / "c")
        cache.known(["asked"])
        cache.close()
    assert cached(tmp_path / "c", "asked", "other") == {"asked": b"1"}


def test_most_builds_that_only_read_leave_the_entries_alone(tmp_path: Path) -> None:
    store(tmp_path / "c", a=b"1")
    for _ in range(REFRESH - 1):
        cached(tmp_path / "c", "a")
    with sqlite3.connect(tmp_path / "c") as connection:
        assert connection.execute("SELECT used FROM entry").fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize("data", [b"", b"x", b"SQLite format 3\0" + b"x" * 5000, os.urandom(9000)])
def test_a_file_that_is_no_cache_is_begun_anew(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "c").write_bytes(data)
    assert cached(tmp_path / "c", "a") == {}
    store(tmp_path / "c", a=b"1")
    assert cached(tmp_path / "c", "a") == {"a": b"1"}


def test_a_cache_with_other_tables_is_begun_anew(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "c") as connection:
        connection.execute("CREATE TABLE entry (x)")
    connection.close()
    for _ in range(2):
        store(tmp_path / "c", a=b"1")
    assert cached(tmp_path / "c", "a") == {"a": b"1"}


@pytest.mark.slow
@bounded(120)
@given(chance=st.randoms(use_true_random=False), cut=st.booleans(), flips=st.integers(0, 40))
def test_a_damaged_file_never_gives_a_wrong_value(
    tmp_path_factory: pytest.TempPathFactory, chance: random.Random, cut: bool, flips: int
) -> None:
    path = tmp_path_factory.mktemp("cache") / "c"
    values = {f"k{number}": bytes([number % 256]) * (number * 37) for number in range(60)}
    store(path, **values)
    data = bytearray(path.read_bytes())
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data[: chance.randrange(len(data))] if cut else data)
    for _ in range(2):
        cache = SqliteCache(path)
        assert cache.known(values) <= values.keys()
        assert cache.get_many(values).items() <= values.items()
        cache.put_many({"new": b"1", "k1": values["k1"]})
        assert cache.get_many(["new"]).items() <= {"new": b"1"}.items()
        cache.close()
    shutil.rmtree(path.parent)


def locked_by_another(path: Path) -> sqlite3.Connection:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    return other


@pytest.mark.slow
def test_a_cache_that_another_build_is_writing_is_done_without_and_stays(tmp_path: Path) -> None:
    store(tmp_path / "c", a=b"1")
    other = locked_by_another(tmp_path / "c")
    assert cached(tmp_path / "c", "a") == {}
    other.rollback()
    other.close()
    assert cached(tmp_path / "c", "a") == {"a": b"1"}


def test_a_cache_that_cannot_be_written_is_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(tmp_path / "c", a=b"1")
    real = sqlite3.connect

    def read_only(path: Path, **_options: object) -> sqlite3.Connection:
        return real(f"file:{path}?mode=ro", uri=True, isolation_level=None)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    cache = SqliteCache(tmp_path / "c")
    cache.put_many({"b": b"2"})
    assert cache.get_many(["a", "b"]) == {"a": b"1"}
    cache.close()


@pytest.mark.parametrize(
    "block", [lambda path: path.write_text("x"), lambda path: (path / "cache.sqlite").mkdir(parents=True)]
)
def test_where_no_cache_can_be_made_the_site_is_built_without(
    site: SiteTest, tmp_path: Path, block: Callable[[Path], object]
) -> None:
    block(tmp_path / "here")
    for _ in range(2):
        site.note("a", "x").build("--cache-dir", str(tmp_path / "here"), expect=None)
        assert site.exit_code in {0, 2}
    assert site.exit_code == 2 or site.output("posts/a/index.html").exists()
