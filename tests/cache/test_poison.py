"""A state folder that comes from an enemy: nothing of it is run, no file outside is written, deleted or published."""

import ast
import contextlib
import marshal
import os
import pickle
import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import notegen
from notegen.app.context import is_trusted
from notegen.cache.store import SqliteCache
from notegen.emit.manifest import manifest_file
from notegen.model.output import is_inside
from tests.support.pictures import picture
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

SECRET = b"-----BEGIN PRIVATE KEY-----"
Leaf = Callable[[str | bytes], str | bytes]


@pytest.fixture(scope="module")
def once_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folder of a built site that has of everything and of files that are none of its own; a copy."""
    place, copy = tmp_path_factory.mktemp("place"), tmp_path_factory.mktemp("copy") / "place"
    site = SiteTest(place / "site").write("site.yaml", "title: Test\nbase_url: https://example.org/\nlanguage: zh-CN\n")
    site.write("../secret.txt", SECRET).write("../outside/keep.txt", "keep")
    site.write("content/a.jpg", picture("JPEG", 1300, 700)).write("static/x.txt", "mine")
    site.note("a", "Some text, $x^2$ and ![](a.jpg).\n\n```python\nx = 1\n```", tags=["t"], aliases=["/old/"])
    site.note("b", "[[a]]", categories=["c"]).build()
    shutil.copytree(place, copy)
    return place, copy


@pytest.fixture
def blog(once_built: tuple[Path, Path]) -> SiteTest:
    """Return that site as it was built, in the place that its cache names."""
    place, copy = once_built
    shutil.rmtree(place)
    shutil.copytree(copy, place)
    return SiteTest(place / "site")


def poison(cache: Path, leaf: Leaf, only: bytes = b"") -> int:
    """Change every text and every run of bytes in the values of a cache that hold `only`; return how many values.

    Their checksums are right.
    """
    with sqlite3.connect(cache) as connection:
        query = "SELECT id, key, value FROM entry JOIN content ON id = content"
        found = [row for row in connection.execute(query) if only in row[2]]
        rows = [(number, key, changed(value, leaf)) for number, key, value in found]
        connection.executemany(
            "UPDATE content SET checksum = ?, value = ? WHERE id = ?",
            [(checksum(key, value), value, number) for number, key, value in rows],
        )
    connection.close()
    return len(rows)


def checksum(key: str, value: bytes) -> int:
    import zlib

    return zlib.crc32(value, zlib.crc32(key.encode()))


def changed(value: bytes, leaf: Leaf) -> bytes:
    try:
        return msgspec.msgpack.encode(deeply(msgspec.msgpack.decode(value), leaf))
    except (msgspec.DecodeError, UnicodeDecodeError):  # the bytes of a page
        return value


def deeply(value: Any, leaf: Leaf) -> Any:
    """Return a value whose texts and bytes are changed, but for keys: these are the names of fields."""
    if isinstance(value, dict):
        return {key: deeply(item, leaf) for key, item in value.items()}
    if isinstance(value, list):
        return [deeply(item, leaf) for item in value]
    return leaf(value) if isinstance(value, str | bytes) else value


def outside(site: SiteTest) -> dict[str, bytes]:
    """Return all files around the site, and its own sources."""
    top, ours = site.root.parent, ("site/public/", "site/.notegen/")
    files = {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(ours)}


def edit(site: SiteTest) -> None:
    """Change a note, so that a build reads what is remembered of the others."""
    site.note("b", "Other words, [[a]].", categories=["c"])


def leave(_site: SiteTest) -> None:
    """Change nothing: the whole build is remembered."""


EDITS = pytest.mark.parametrize("change", [leave, edit])


# --- nothing is run


def test_no_module_runs_or_unpickles_what_it_reads() -> None:
    found = []
    for path in Path(notegen.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [node.func.id] if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else []
            wrong = {"marshal", "pickle", "shelve", "dill", "cloudpickle", "eval", "exec", "compile", "__import__"}
            found += [f"{path.name}: {name}" for name in names if name in wrong]
    extensions = ["load.py: exec", "load.py: compile"]  # modules that site.yaml names, read by the scan, never stored
    assert sorted(found) == sorted(extensions)


class Evil:
    """What makes a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.target,)


@EDITS
@pytest.mark.parametrize("kind", ["marshal", "pickle"])
@pytest.mark.parametrize("only", [b"", b"base.html"], ids=["everywhere", "of templates"])
def test_code_in_a_cache_is_not_run(blog: SiteTest, kind: str, only: bytes, change: Callable[[SiteTest], None]) -> None:
    target = blog.root.parent / "run"
    code = marshal.dumps(compile(f"import pathlib\npathlib.Path({str(target)!r}).touch()", "x", "exec"))
    evil = code if kind == "marshal" else pickle.dumps(Evil(target))
    assert poison(blog.root / ".notegen/cache.sqlite", lambda leaf: leaf if isinstance(leaf, str) else evil, only)
    change(blog)
    with contextlib.suppress(UnicodeDecodeError):  # where it stands in the place of a note's text
        blog.build(expect=None)
    assert not target.exists()


# --- nothing outside is written or shown


def up(leaf: str | bytes) -> str | bytes:
    """Return a path that leads out of the folder it is meant for, where a text may be a path."""
    return f"../../{leaf}" if isinstance(leaf, str) and ("/" in leaf or "." in leaf) else leaf


def absolute(leaf: str | bytes) -> str | bytes:
    return leaf if isinstance(leaf, bytes) or " " in leaf else f"/{leaf}"


@EDITS
@pytest.mark.parametrize("leaf", [up, absolute])
def test_paths_that_lead_out_write_nothing_there(
    blog: SiteTest, leaf: Leaf, change: Callable[[SiteTest], None]
) -> None:
    change(blog)
    before = outside(blog)
    poison(blog.root / ".notegen/cache.sqlite", leaf)
    blog.build(expect=None)
    assert outside(blog) == before
    shutil.rmtree(blog.root / ".notegen")
    shutil.rmtree(blog.root / "public")
    right = blog.build().snapshot().keys()
    assert {"posts/a/index.html", "index.html"} <= right


@EDITS
@pytest.mark.parametrize("name", ["a.jpg", "x.txt", "favicon.svg"])
def test_a_cache_has_no_file_from_outside_published(
    blog: SiteTest, name: str, change: Callable[[SiteTest], None]
) -> None:
    def leaf(value: str | bytes) -> str | bytes:
        named = isinstance(value, str) and value.startswith("/") and value.endswith(f"/{name}")
        return str(blog.root.parent / "secret.txt") if named else value

    poison(blog.root / ".notegen/cache.sqlite", leaf)
    shutil.rmtree(blog.root / "public")
    change(blog)
    blog.build(expect=None)
    assert [path for path in blog.files() if SECRET in blog.output(path).read_bytes()] == []


def test_a_smaller_image_of_a_remembered_build_stays_in_its_folder(blog: SiteTest) -> None:
    """Its file is named after a digest."""
    kept = next((blog.root / ".notegen/images").glob("*.webp"))
    name, _, width = kept.name.partition("-")
    blog.write(f"../outside/made-{width}", SECRET)
    before = outside(blog)
    poison(blog.root / ".notegen/cache.sqlite", lambda leaf: "../../../outside/made" if leaf == name else leaf)
    shutil.rmtree(blog.root / "public")
    blog.build()
    assert [path for path in blog.files() if SECRET in blog.output(path).read_bytes()] == []
    assert outside(blog) == before


def test_values_of_another_kind_are_done_without(blog: SiteTest) -> None:
    with sqlite3.connect(blog.root / ".notegen/cache.sqlite") as connection:
        query = "SELECT id, key FROM entry JOIN content ON id = content"
        rows = [(checksum(key, b"\x01"), b"\x01", number) for number, key in connection.execute(query)]
        connection.executemany("UPDATE content SET checksum = ?, value = ? WHERE id = ?", rows)
    connection.close()
    for change in (leave, edit):
        change(blog)
        blog.build().expect_clean()
    assert "Other words" in blog.body("b")


@pytest.mark.parametrize("path", ["/x", "..", "../x", "a/../x", "a/..", "", "a\0b"])
def test_a_path_that_leads_out_is_seen(path: str) -> None:
    assert not is_inside(path)


@pytest.mark.parametrize("path", ["x", "a/b.html", ".nojekyll", "a..b/..c/d..", "字/…/x"])
def test_a_path_that_stays_inside_is_seen(path: str) -> None:
    assert is_inside(path)


# --- the manifest


def write_manifest(site: SiteTest, *paths: str) -> None:
    """Let the manifest say that notegen wrote these."""
    file = manifest_file(site.root / ".notegen", site.root / "public")
    manifest = msgspec.json.decode(file.read_bytes())
    entry = next(iter(manifest["entries"].values()))
    manifest["entries"] |= dict.fromkeys(paths, entry)
    file.write_bytes(msgspec.json.encode(manifest))


@pytest.mark.parametrize("command", ["build", "clean"])
def test_a_manifest_that_names_files_outside_deletes_none(blog: SiteTest, command: str) -> None:
    before = outside(blog)
    write_manifest(blog, "../../outside/keep.txt", "../site.yaml", str(blog.root.parent / "secret.txt"), "a/../../x")
    blog.run(command)
    assert outside(blog) == before


@pytest.mark.parametrize("command", ["build", "clean"])
def test_a_link_in_the_output_folder_takes_nothing_with_it(blog: SiteTest, command: str) -> None:
    before = outside(blog)
    blog.output("link").symlink_to(blog.root.parent / "outside")
    blog.write("../outside/.keep.txt.notegen-tmp", "x")
    write_manifest(blog, "link/keep.txt")
    file = manifest_file(blog.root / ".notegen", blog.root / "public")
    file.write_bytes(file.read_bytes().replace(b'"finished":true', b'"finished":false'))
    blog.run(command)
    assert outside(blog) == {**before, "outside/.keep.txt.notegen-tmp": b"x"}


# --- links in the state folder


def test_links_in_the_state_folder_lead_nowhere(blog: SiteTest) -> None:
    state, target = blog.root / ".notegen", blog.root.parent / "outside"
    before = outside(blog)
    shutil.rmtree(state / "images")
    for name in ("cache.sqlite", "lock", "cache.sqlite-wal", "cache.sqlite-journal"):
        (state / name).unlink(missing_ok=True)
        (state / name).symlink_to(target / f"made-{name}")
    (state / "images").symlink_to(target)
    for _ in range(40):  # longer than an image that nobody uses is kept
        blog.build()
    assert outside(blog) == before


def test_a_link_among_the_images_is_not_published(blog: SiteTest) -> None:
    kept = list((blog.root / ".notegen/images").glob("*.webp"))
    assert kept
    for file in kept:
        file.unlink()
        file.symlink_to(blog.root.parent / "secret.txt")
    shutil.rmtree(blog.root / "public")
    blog.build()
    assert [path for path in blog.files() if SECRET in blog.output(path).read_bytes()] == []
    assert (blog.root.parent / "secret.txt").read_bytes() == SECRET


# --- SQLite's own ways


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Path]:
    """Return a cache with one value, and check that what happens to it leaves the file beside it alone."""
    path = tmp_path / "cache.sqlite"
    opened = SqliteCache(path)
    opened.put_many({"a": b"1"})
    opened.close()
    (tmp_path / "victim").write_bytes(b"my thesis\0more\0")
    yield path
    assert (tmp_path / "victim").read_bytes() == b"my thesis\0more\0"


def use(path: Path) -> dict[str, bytes]:
    """Do what a build does."""
    opened = SqliteCache(path)
    opened.put_many({"b": b"2"})
    found = opened.get_many(["a", "b"])
    opened.close()
    return found


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON entry BEGIN UPDATE content SET value = 'x'; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE INDEX i ON entry (abs(used))",
        "ALTER TABLE entry ADD COLUMN x DEFAULT (1)",
        "CREATE TABLE more (x)",
    ],
)
def test_a_cache_that_has_more_than_our_tables_is_begun_anew(cache: Path, statement: str) -> None:
    with sqlite3.connect(cache) as connection:
        connection.execute(statement)
    connection.close()
    assert use(cache) == {"b": b"2"}


def test_a_journal_that_names_another_file_does_not_have_it_deleted(cache: Path, tmp_path: Path) -> None:
    """SQLite deletes the journal of several databases when the last of them has used its own."""
    other = sqlite3.connect(cache, isolation_level=None)
    other.executescript("PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN")
    other.executemany("INSERT INTO build VALUES (?)", [(number,) for number in range(20_000)])
    hot, journal = tmp_path / "hot", tmp_path / "hot-journal"
    shutil.copy(cache, hot)
    data = Path(f"{cache}-journal").read_bytes()
    (size,) = other.execute("PRAGMA page_size").fetchone()
    other.rollback()
    other.close()
    name = str(tmp_path / "victim").encode()
    ending = struct.pack(">II", len(name), sum(name)) + bytes.fromhex("d9d505f920a163d7")
    journal.write_bytes(data + struct.pack(">I", 0x40000000 // size + 1) + name + ending)
    assert use(hot)["b"] == b"2"


@pytest.mark.parametrize("ending", ["", "-journal", "-wal", "-shm"])
def test_a_cache_that_is_a_link_is_begun_anew(cache: Path, tmp_path: Path, ending: str) -> None:
    Path(f"{cache}{ending}").unlink(missing_ok=True)
    Path(f"{cache}{ending}").symlink_to(tmp_path / "victim")
    assert use(cache)["b"] == b"2"
    assert not cache.is_symlink()


# --- whose the state folder is

ROOT_ONLY = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives files away")
OTHER = 54_321  # a user's number


@ROOT_ONLY
def test_a_state_folder_of_another_user_is_not_used(blog: SiteTest) -> None:
    os.chown(blog.root / ".notegen", OTHER, OTHER)
    before = {path.name: path.stat().st_mtime_ns for path in (blog.root / ".notegen").iterdir()}
    blog.build("-v", expect=0).expect_report("warning[state-foreign]: ", "belongs to another user", "read 0 of 2")
    blog.build("-v", expect=0).expect_report("warning[state-foreign]: ", "read 2 of 2")
    assert {path.name: path.stat().st_mtime_ns for path in (blog.root / ".notegen").iterdir()} == before
    os.chown(blog.root, OTHER, OTHER)  # root builds in that user's folder, as in a container
    assert "state-foreign" not in blog.build("-v").stderr


@ROOT_ONLY
def test_a_named_cache_folder_of_another_user_is_not_used(blog: SiteTest, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    os.chown(tmp_path / "cache", OTHER, OTHER)
    blog.build("--cache-dir", str(tmp_path / "cache")).expect_report("warning[state-foreign]: ")
    assert list((tmp_path / "cache").iterdir()) == []


@ROOT_ONLY
def test_a_link_that_another_user_made_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    assert is_trusted(tmp_path / "link", tmp_path)
    os.chown(tmp_path / "link", OTHER, OTHER, follow_symlinks=False)
    assert not is_trusted(tmp_path / "link", tmp_path)


def test_a_folder_of_ones_own_or_none_at_all_is_used(tmp_path: Path) -> None:
    assert is_trusted(tmp_path, tmp_path)
    assert is_trusted(tmp_path / "missing", tmp_path)
