"""Faults: every operation of the disk fails, or is the last one before the process dies, one after the other.

Whatever happens, each output file is whole (old or new), other people's files are untouched, and the next build ends as
if nothing had happened.
"""

import errno
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from notegen.app.context import RunOptions
from notegen.app.site_location import Flags, open_site
from notegen.cli.build_site import build_site
from notegen.model.diagnostic import Severity
from notegen.rebuild import BuildResult
from notegen.system.disk import TEMPORARY, AnyPath, Disk, DiskEntry, FileStat
from tests.support.pictures import png
from tests.support.searching import SEARCHES
from tests.support.site import NOW, SiteTest
from tests.whole_site.test_oracle import THEME

pytestmark = pytest.mark.slow
OPTIONS = RunOptions(quiet=True, jobs=1)
FOREIGN = {"CNAME": b"mine", "posts/a/mine.txt": b"mine", "t/.git/config": b"mine"}
SETTINGS = """title: One
base_url: https://example.org/
theme: mine
social_cards: {enabled: false}
search: {enabled: false}
"""
WRITES = {"write", "copy", "remove"}


class Death(BaseException):
    """The process is killed: nothing is cleaned up."""


class FaultyDisk(Disk):
    """A disk whose operation number `step` does not succeed. Writing is two operations: half of the bytes, then all."""

    def __init__(self, step: int = 1 << 30, fault: Callable[[AnyPath], BaseException] = lambda _path: Death()) -> None:
        self.step = step
        self.fault = fault
        self.done: list[str] = []

    def _take(self, name: str, path: AnyPath) -> None:
        self.done.append(name)
        if len(self.done) - 1 == self.step:
            raise self.fault(path)

    def read(self, path: AnyPath) -> bytes:
        """Fail, or read."""
        self._take("read", path)
        return super().read(path)

    def open(self, path: Path) -> BinaryIO:
        """Fail, or open."""
        self._take("open", path)
        return super().open(path)

    def size(self, path: AnyPath) -> int:
        """Fail, or tell the size."""
        self._take("size", path)
        return super().size(path)

    def file_stat(self, path: AnyPath) -> FileStat | None:
        """Fail, or tell the stat."""
        self._take("file_stat", path)
        return super().file_stat(path)

    def digest(self, path: Path) -> str:
        """Fail, or tell the digest."""
        self._take("digest", path)
        return super().digest(path)

    def same(self, path: Path, data: bytes) -> bool:
        """Fail, or compare."""
        self._take("same", path)
        return super().same(path, data)

    def walk(self, folder: Path, **options: Any) -> Iterator[DiskEntry]:
        """Fail in the way that walking does, or list."""
        try:
            self._take("walk", folder)
        except OSError:
            return iter((DiskEntry("", str(folder), problem="cannot list the folder"),))
        return super().walk(folder, **options)

    def write(self, path: Path, data: bytes) -> None:
        """Fail, write half, or write."""
        self._half("write", path, data)
        super().write(path, data)

    def copy(self, source: Path, path: Path) -> None:
        """Fail, copy half, or copy."""
        self._half("copy", path, source.read_bytes())
        super().copy(source, path)

    def remove(self, path: Path) -> None:
        """Fail before or after removing, or remove."""
        self._take("remove", path)
        super().remove(path)
        self._take("remove", path)

    def _half(self, name: str, path: Path, data: bytes) -> None:
        """Fail before anything is written, or with half of it in the temporary file."""
        self._take(name, path)
        if len(self.done) == self.step:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_name(f".{path.name[:40]}{TEMPORARY}").write_bytes(data[: len(data) // 2])
        self._take(name, path)


def full(path: AnyPath) -> OSError:
    """Return what the system says when the disk is full."""
    return OSError(errno.ENOSPC, "No space left on device", str(path))


def killed(_path: AnyPath) -> Death:
    return Death()


def make(root: Path, disk: Disk, *, force: bool = False) -> BuildResult:
    """Build a site and write it."""
    site = open_site(Flags(source=root), Disk())
    return build_site(site, datetime.fromisoformat(NOW), OPTIONS, disk, force=force)


def output(root: Path) -> dict[str, bytes]:
    """Return all files of the output folder."""
    public = root / "public"
    return {path.relative_to(public).as_posix(): path.read_bytes() for path in public.rglob("*") if path.is_file()}


def before(root: Path) -> SiteTest:
    """Write the site as it is at first."""
    site = SiteTest(root).write("site.yaml", SETTINGS)
    for path, text in THEME.items():
        site.write(f"themes/mine/{path}", text)
    site.note("a", "one", tags=["t"], aliases=["/old/"]).note("b", "one ![](i.png)", categories=["C"])
    return site.write("content/i.png", png()).write("static/x.txt", "one").write("static/way", "file")


def after(site: SiteTest) -> None:
    """Write it as it is later: things come, change, go, and stand in each other's way."""
    (site.root / "content/a.md").unlink()
    (site.root / "static/way").unlink()
    site.note("b", "two ![](i.png)").note("c", "two", tags=["u"])
    site.write("static/x.txt", "two").write("static/way/in.txt", "folder")


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], dict[str, bytes], list[str]]:
    """Return a site that was built and then edited; its old output; the output it should have; what a build does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("notegen.app.context.known_engine_digest", lambda: "engine")
        root = tmp_path_factory.mktemp("site")
        site = before(root)
        make(root, Disk())
        for path, data in FOREIGN.items():
            site.write(f"public/{path}", data)
        old = output(root)
        after(site)
        clean = tmp_path_factory.mktemp("clean") / "site"
        shutil.copytree(root, clean, ignore=shutil.ignore_patterns("public", ".notegen"))
        make(clean, Disk())
        counting = tmp_path_factory.mktemp("counting") / "site"
        shutil.copytree(root, counting)
        disk = FaultyDisk()
        make(counting, disk)
        shutil.copyfile(counting / ".notegen/cache.sqlite", root / ".notegen/cache.sqlite")  # builds are quicker so
    assert output(counting) == FOREIGN | output(clean)
    assert set(disk.done) >= WRITES
    return root, old, FOREIGN | output(clean), disk.done


@pytest.mark.parametrize(("fault", "first"), [(killed, 0), (full, 1)])  # each operation meets one of them
def test_any_fault_leaves_whole_files_and_the_next_build_finishes(
    states: tuple[Path, dict[str, bytes], dict[str, bytes], list[str]],
    fault: Callable[[AnyPath], BaseException],
    first: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("notegen.app.context.known_engine_digest", lambda: "engine")
    site, old, new, operations = states
    for step in steps(len(operations), first):
        root = tmp_path / str(step)
        shutil.copytree(site, root)
        disk = FaultyDisk(step, fault)
        if fault is killed:
            with pytest.raises(Death):
                make(root, disk)
        else:
            assert told_of_it(make(root, disk)) or operations[step] not in WRITES
        middle = {path: data for path, data in output(root).items() if not path.endswith(TEMPORARY)}
        assert [path for path, data in middle.items() if data not in (old.get(path), new.get(path))] == []
        assert FOREIGN.items() <= middle.items()
        assert make(root, Disk()).written
        assert output(root) == new, f"after {fault.__name__} at {operations[step]}, operation {step}"
        shutil.rmtree(root)


def steps(count: int, first: int) -> list[int]:
    """Return the steps to fail at: of the pairs before and after an operation every other one, in searches all."""
    return [step for step in range(count) if SEARCHES or step // 2 % 2 == first]


def told_of_it(made: BuildResult) -> bool:
    """Return whether the build says that something failed."""
    return any(item.severity is Severity.ERROR for item in made.diagnostics)


def test_a_full_disk_is_named_once(tmp_path: Path) -> None:
    before(tmp_path)
    disk = FaultyDisk()
    make(tmp_path, disk)
    shutil.rmtree(tmp_path / "public")
    shutil.rmtree(tmp_path / ".notegen")
    first = next(number for number, name in enumerate(disk.done) if name in WRITES)
    found = make(tmp_path, FaultyDisk(first + 4, full)).diagnostics
    errors = [item for item in found if item.severity is Severity.ERROR]
    assert [item.code for item in errors] == ["output-write"]
    assert "No space left on device" in errors[0].message


def test_an_output_folder_that_cannot_be_written_is_an_error(site: SiteTest) -> None:
    """A file stands where the output's folder for notes should be: what no rights of root can overcome."""
    site.note("a", "x").write("public/posts", "in the way")
    site.build(expect=1).expect_report("error[output-write]: cannot write", "the files written so far are whole")
    assert site.html("posts") == "in the way"


def test_a_build_that_died_forgets_no_file_of_its_own_and_takes_no_foreign_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest names what a build means to write; what it never wrote is not its to delete."""
    monkeypatch.setattr("notegen.app.context.known_engine_digest", lambda: "engine")
    site = before(tmp_path)
    site.write("public/posts/a/index.html", "foreign")
    disk = FaultyDisk()
    shutil.copytree(tmp_path, tmp_path.parent / "count")
    make(tmp_path.parent / "count", disk, force=True)
    first = next(number for number, name in enumerate(disk.done) if name == "copy")
    with pytest.raises(Death):
        make(tmp_path, FaultyDisk(first), force=True)
    (tmp_path / "content/a.md").unlink()
    make(tmp_path, Disk())
    assert output(tmp_path)["posts/a/index.html"] == b"foreign"
