"""Emit: the output folder becomes equal to the build, and nothing else is touched, whatever happens on the way."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from notegen.emit.emit import LostError, emit
from notegen.model.digest import digest_bytes
from notegen.model.output import InCache, OutputFile
from notegen.system.disk import Disk
from tests.support.limits import DEADLINE, wait_until
from tests.support.site import NOW, SiteTest


def times(site: SiteTest) -> dict[str, int]:
    return {path: time for path, (_, time) in site.snapshot().items()}


def age(site: SiteTest) -> dict[str, int]:
    """Set the time of every output file back, so that a rewrite shows; return the times."""
    for path in site.files():
        os.utime(site.output(path), (1_000_000_000, 1_000_000_000))
    return times(site)


def changed(site: SiteTest, before: dict[str, int]) -> set[str]:
    """Return what was written or deleted since."""
    now = times(site)
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def test_equal_files_are_not_written_again(site: SiteTest) -> None:
    site.note("a", "x").write("static/big.bin", b"x" * 100_000).build()
    before = age(site)
    site.build().expect_clean()
    assert changed(site, before) == set()


def test_a_changed_body_changes_its_own_page_and_the_feed(site: SiteTest) -> None:
    site.note("a", "Short.\n\n<!-- more -->\n\none").note("b", "x", date="2025-01-01").build()
    before = age(site)
    site.note("a", "Short.\n\n<!-- more -->\n\ntwo").build()
    assert changed(site, before) == {"posts/a/index.html", "atom.xml", "rss.xml", "feed.json"}


def test_a_changed_static_file_is_written(site: SiteTest) -> None:
    site.note("a", "x").write("static/x.txt", "one").build()
    before = age(site)
    site.write("static/x.txt", "two").build()
    assert changed(site, before) == {"x.txt"}
    assert site.html("x.txt") == "two"


def test_a_file_that_someone_changed_is_made_right(site: SiteTest) -> None:
    site.note("a", "x").write("static/x.txt", "one").build()
    right = site.html("index.html")
    site.write("public/index.html", "broken").write("public/x.txt", "eno").build().expect_clean()
    assert (site.html("index.html"), site.html("x.txt")) == (right, "one")


def test_stale_files_of_older_builds_are_deleted_with_their_empty_folders(site: SiteTest) -> None:
    site.note("a", "x", tags=["t"]).note("b", "x").write("static/deep/er/x.txt", "x").build()
    (site.root / "content/a.md").unlink()
    (site.root / "static/deep/er/x.txt").unlink()
    site.build().expect_clean()
    assert not [path for path in ("posts/a", "tags/t", "deep") if site.output(path).exists()]
    assert site.output("posts/b/index.html").is_file()


def test_foreign_files_stay(site: SiteTest) -> None:
    foreign = {"CNAME": b"example.org", ".git/config": b"x", "posts/a/mine.txt": b"x", "old/index.html": b"x"}
    for path, data in foreign.items():
        site.write(f"public/{path}", data)
    site.note("a", "x").build()
    (site.root / "content/a.md").unlink()
    site.note("b", "x").build()
    assert {path: site.output(path).read_bytes() for path in foreign} == foreign
    assert "posts/a/index.html" not in site.files()


def test_a_foreign_file_is_not_overwritten(site: SiteTest) -> None:
    site.write("public/index.html", "mine").write("public/CNAME", "example.org").note("a", "x").build(expect=1)
    site.expect_lines("error[output-foreign]: index.html in the output folder ")
    site.expect_report("notegen did not write it", "--force", "nothing was written\n")
    assert site.files() == ["CNAME", "index.html"]
    assert site.html("index.html") == "mine"
    site.build("--force").expect_clean()
    assert "<h1" in site.html("index.html")
    assert site.html("CNAME") == "example.org"
    site.note("b", "x").build().expect_clean()  # they are ours from now on


def test_all_foreign_files_are_counted_and_equal_ones_are_none(site: SiteTest) -> None:
    site.write("static/CNAME", "example.org").write("public/CNAME", "example.org").note("a", "x").build().expect_clean()
    site.write("public/x.txt", "mine").write("public/y.txt", "mine")
    site.write("static/x.txt", "other").write("static/y.txt", "other").write("static/z.txt", "z")
    site.refused("error[output-foreign]: x.txt (and 1 more) in the output folder ")


def test_another_folder_with_files_of_ones_own(site: SiteTest) -> None:
    site.note("a", "x").write("other/index.html", "mine").build("-o", str(site.root / "other"), expect=1)
    assert [path.name for path in (site.root / "other").rglob("*")] == ["index.html"]


def test_a_site_whose_manifest_is_lost_is_known_by_its_home_page(site: SiteTest) -> None:
    site.note("a", "one").build()
    shutil.rmtree(site.root / ".notegen")
    site.note("a", "two").build().expect_clean()
    assert "two" in site.body("a")


def test_pages_of_another_machine_are_no_foreign_files(site: SiteTest) -> None:
    """The output may be under version control: then it holds notes that this machine's manifest does not know."""
    site.note("a", "x", category="c").build().note("b", "one", category="d").build("-o", str(site.root / "other"))
    for path in ("posts/b/index.html", "categories/d/index.html", "categories/d/atom.xml"):
        site.write(f"public/{path}", (site.root / "other" / path).read_bytes())
    site.note("b", "two", category="d").build().expect_clean()
    assert "two" in site.body("b")


def test_without_a_manifest_nothing_is_deleted(site: SiteTest) -> None:
    site.note("a", "x").note("b", "x").build()
    for file in (site.root / ".notegen").glob("manifest*"):
        file.write_text("not json [")
    (site.root / "content/a.md").unlink()
    site.build()
    assert "posts/a/index.html" in site.files()


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/hostname-x", "a/../../outside.txt", "C:/x"])
def test_a_manifest_that_names_files_outside_deletes_none_of_them(site: SiteTest, path: str) -> None:
    site.note("a", "x").build().write("outside.txt", "mine")
    for file in (site.root / ".notegen").glob("manifest*"):
        file.write_text(f'["{path}", "index.html"]')
    site.build()
    assert (site.root / "outside.txt").read_text() == "mine"


def test_two_output_folders_do_not_know_each_others_files(site: SiteTest) -> None:
    site.note("a", "x").build().build("-o", str(site.root / "other"))
    (site.root / "content/a.md").unlink()
    site.note("b", "x").build("-o", str(site.root / "other"))
    assert "posts/a/index.html" in site.files()
    assert not (site.root / "other/posts/a").exists()


def test_a_file_becomes_a_folder_and_a_folder_a_file(site: SiteTest) -> None:
    site.note("a", "x").write("static/data", "file").write("static/dir/x.txt", "x").build()
    (site.root / "static/data").unlink()
    (site.root / "static/dir/x.txt").unlink()
    (site.root / "static/dir").rmdir()
    site.write("static/data/x.txt", "inner").write("static/dir", "file").build().expect_clean()
    assert (site.html("data/x.txt"), site.html("dir")) == ("inner", "file")


def test_the_output_does_not_take_rights_or_times_from_the_sources(site: SiteTest) -> None:
    site.note("a", "x").write("static/run.sh", "#!/bin/sh")
    (site.root / "static/run.sh").chmod(0o400)
    site.build().build().expect_clean()
    assert os.access(site.output("run.sh"), os.W_OK)


@pytest.mark.slow
@pytest.mark.parametrize("step", [0, 4, 8, 12])
def test_a_kill_at_any_step_leaves_whole_files_and_the_next_build_finishes(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    site.note("a", "one", tags=["t"]).note("b", "one").write("static/x.txt", "one").build()
    old = site.snapshot()
    (site.root / "content/a.md").unlink()
    site.note("b", "two").note("c", "two").write("static/x.txt", "two").write("static/y.txt", "two")
    with monkeypatch.context() as patch:
        killed_at(patch, step)
        site.build(expect=130)
    middle = site.snapshot()
    site.build()
    new = site.snapshot()
    assert all(data in (old.get(path, (b"",))[0], new.get(path, (b"",))[0]) for path, (data, _) in middle.items())
    fresh = SiteTest(site.root.parent / "fresh").write("site.yaml", (site.root / "site.yaml").read_bytes())
    fresh.note("b", "two").note("c", "two").write("static/x.txt", "two").write("static/y.txt", "two").build()
    assert {path: data for path, (data, _) in fresh.snapshot().items()} == {
        path: data for path, (data, _) in new.items()
    }


def killed_at(patch: pytest.MonkeyPatch, step: int) -> None:
    """Interrupt the build at the step-th change of the disk."""
    changes = iter(range(1000))
    for name in ("write", "copy", "remove"):
        real = getattr(Disk, name)

        def operation(disk: Disk, *arguments: object, real: object = real) -> object:
            if next(changes) == step:
                raise KeyboardInterrupt
            assert callable(real)
            return real(disk, *arguments)

        patch.setattr(Disk, name, operation)


SLOW = """
import pathlib, time
import notegen.build
from notegen.cli.commands import main
def read_notes(*arguments):
    pathlib.Path({marker!r}).touch()
    time.sleep(600)
notegen.build.read_notes = read_notes
main()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows sends signals to groups of processes")
def test_control_c_gives_130_and_no_traceback(site: SiteTest, tmp_path: Path) -> None:
    """A real signal to a real process that is in the middle of a build."""
    marker = tmp_path / "started"
    start = SLOW.format(marker=str(marker))
    command = [sys.executable, "-c", start, "build", "-s", str(site.note("a", "x").root), "--now", NOW]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        wait_until(lambda: marker.exists() or process.poll() is not None, "build")
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=DEADLINE)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert not (site.root / "public").exists()


def test_a_second_build_at_the_same_time_says_so(site: SiteTest) -> None:
    fcntl = pytest.importorskip("fcntl")
    site.note("a", "one").build()
    before = site.snapshot()
    with (site.root / ".notegen/lock").open("rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        site.note("a", "two").build(expect=1).expect_lines("error[output-locked]: another build is writing this site")
    assert site.snapshot() == before
    site.build().expect_clean()


# Bytes that are left in the cache


def left(count: int) -> tuple[list[OutputFile], dict[str, bytes]]:
    """Files whose bytes are left in the cache, and the cache."""
    kept = {f"key {number}": b"%d" % number for number in range(count)}
    files = [OutputFile(f"p/{key}.html", digest_bytes(data), InCache(key)) for key, data in kept.items()]
    return files, kept


def test_bytes_are_taken_from_the_cache_a_few_at_a_time(tmp_path: Path) -> None:
    files, kept = left(120)
    asked: list[int] = []

    def load(keys: Iterable[str]) -> dict[str, bytes]:
        wanted = [*keys]
        asked.append(len(wanted))
        return {key: kept[key] for key in wanted}

    done, _ = emit(files, tmp_path / "out", tmp_path / "state", Disk(), load=load)
    assert (done.written, asked) == (120, [50, 50, 20])
    assert {path.read_bytes() for path in (tmp_path / "out/p").iterdir()} == {*kept.values()}


def test_files_before_one_that_the_cache_has_lost_are_whole(tmp_path: Path) -> None:
    files, kept = left(60)
    del kept["key 55"]
    with pytest.raises(LostError):
        emit(files, tmp_path / "out", tmp_path / "state", Disk(), load=lambda keys: {
            key: kept[key] for key in keys if key in kept
        })  # fmt: skip
    assert len([*(tmp_path / "out/p").iterdir()]) == 55
    again = [OutputFile.of_bytes(file.path, b"%d" % number) for number, file in enumerate(files)]
    assert emit(again, tmp_path / "out", tmp_path / "state", Disk()).value.written == 5


def test_a_long_file_is_written_whole(tmp_path: Path) -> None:
    data = os.urandom(5_000_001)
    Disk().write(tmp_path / "a/b/file", data)
    Disk().write(tmp_path / "a/b/empty", b"")
    assert (tmp_path / "a/b/file").read_bytes() == data
    assert (tmp_path / "a/b/empty").read_bytes() == b""
