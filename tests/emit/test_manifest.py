"""The manifest's proofs: an output file that surely holds what it should is not read, any other one is."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from notegen.emit.manifest import COARSE, RESTED, Manifest, ManifestEntry
from notegen.system.disk import Disk, FileStat
from tests.support.cases import all_cases
from tests.support.site import SiteTest

SECOND = 1_000_000_000
STAT = FileStat(size=5, modified=100 * SECOND + 1, changed=100 * SECOND + 1, number=7)


def proves(stat: FileStat | None, *, age: int = SECOND, digest: str = "d", path: str = "x") -> bool:
    """Return whether a manifest that knows of `x` proves this stat, written `age` nanoseconds after the file."""
    manifest = Manifest({"x": ManifestEntry("d", STAT)}, time=STAT.changed + age)
    return manifest.proves(path, digest, stat)


def test_a_file_as_it_was_written_is_proven() -> None:
    assert proves(STAT)


@all_cases(
    "stat",
    [
        None,
        FileStat(6, STAT.modified, STAT.changed, 7),
        FileStat(5, STAT.modified + 1, STAT.changed, 7),
        FileStat(5, STAT.modified, STAT.changed + 1, 7),
        FileStat(5, STAT.modified, STAT.changed, 8),
    ],
)
def test_a_file_that_was_touched_in_any_way_is_not(stat: FileStat | None) -> None:
    assert not proves(stat)


def test_a_file_that_should_hold_something_else_or_is_not_known_is_not_proven() -> None:
    assert not proves(STAT, digest="e")
    assert not proves(STAT, path="y")
    assert not Manifest({"x": ManifestEntry("d")}, time=STAT.changed + SECOND).proves("x", "d", None)


def test_a_file_must_have_rested_before_the_manifest_was_written() -> None:
    assert not proves(STAT, age=RESTED)
    assert proves(STAT, age=RESTED + 1)


def test_a_file_system_that_keeps_whole_seconds_proves_after_seconds() -> None:
    stat = FileStat(5, 100 * SECOND, 100 * SECOND, 7)
    old, fresh = (Manifest({"x": ManifestEntry("d", stat)}, time=stat.changed + age) for age in (COARSE + 1, SECOND))
    assert (old.proves("x", "d", stat), fresh.proves("x", "d", stat)) == (True, False)


@pytest.fixture
def quick(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> SiteTest:
    """Return a built site whose files count as rested at once."""
    monkeypatch.setattr("notegen.emit.manifest.RESTED", 0)
    return site.note("a", "x").write("static/x.txt", "one").build()


def test_proven_files_are_not_read(quick: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = Disk.same

    def same(disk: Disk, path: Path, data: bytes) -> bool:
        read.append(path.name)
        return real(disk, path, data)

    monkeypatch.setattr(Disk, "same", same)
    quick.build()
    assert len(read) <= 1, "but for the last one, perhaps written within the clock's tick"


def rewrite(file: Path) -> None:
    """Give a file other bytes of the same number, and its old time."""
    before = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("harm", [rewrite, Path.unlink, lambda file: file.write_bytes(b"x")])
@pytest.mark.parametrize("path", ["index.html", "x.txt"])
def test_a_proven_file_that_someone_harms_is_made_right(
    quick: SiteTest, harm: Callable[[Path], object], path: str
) -> None:
    right = quick.output(path).read_bytes()
    harm(quick.output(path))
    quick.build()
    assert quick.output(path).read_bytes() == right
