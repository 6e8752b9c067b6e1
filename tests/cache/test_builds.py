"""What builds make of the cache: only what changed is made anew, `--explain` says why, `clean` removes it all."""

import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest

from notegen.app import context as app_context
from notegen.cache.store import KEEP, REFRESH, SqliteCache
from tests.support.katex import needs_katex
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

FORMULA = "$$\\require{cancel}\\cancelto{0}{x}$$"
CUT = "Short.\n\n<!-- more -->\n\n"


@pytest.fixture
def blog(site: SiteTest) -> SiteTest:
    """Return a site of three notes, built; `b` links to `a`."""
    site.note("a", CUT + "one", tags=["t"], date="2026-01-01").note("b", "see [](a.md)", tags=["u"], date="2026-01-02")
    return site.note("c", "x", date="2026-01-03").build()


def explained(site: SiteTest) -> dict[str, str]:
    """Build with --explain; return what was made and why."""
    lines = re.findall(r"^(?:read|render|analyse) (\S+) because: (.*)$", site.build("--explain").stderr, re.MULTILINE)
    return dict(lines)


def test_nothing_is_made_of_a_site_that_did_not_change(blog: SiteTest) -> None:
    assert explained(blog) == {}


def test_a_body_edit_makes_that_note_its_page_and_what_shows_its_body(blog: SiteTest) -> None:
    blog.note("a", CUT + "two words", tags=["t"], date="2026-01-01")
    feeds = dict.fromkeys(("atom.xml", "rss.xml", "feed.json"), "page")
    assert explained(blog) == {"content/a.md": "text", "posts/a/index.html": "page"} | feeds


def test_a_body_edit_of_a_note_that_the_feed_is_too_short_for_makes_two_things(blog: SiteTest) -> None:
    blog.write("site.yaml", (blog.root / "site.yaml").read_text() + "feed: {limit: 1}\n").build()
    blog.note("a", CUT + "two words", tags=["t"], date="2026-01-01")
    assert explained(blog).keys() == {"content/a.md", "posts/a/index.html"}


def test_a_title_edit_makes_the_pages_that_name_the_note(blog: SiteTest) -> None:
    blog.note("a", CUT + "one", tags=["t"], date="2026-01-01", title="Other")
    made = explained(blog)
    assert {"posts/a/index.html", "posts/b/index.html", "index.html", "tags/t/index.html"} <= made.keys()
    assert not {"content/b.md", "posts/c/index.html", "404.html"} & made.keys()


def test_a_template_edit_makes_pages_only_and_names_the_template(blog: SiteTest) -> None:
    blog.write("themes/transmission/templates/404.html", "{{ site.title }}")
    made = explained(blog)
    assert "template 404.html" in made["404.html"]
    assert not [name for name in made if name.endswith(".md")]
    assert "posts/a/index.html" not in made


def test_a_setting_that_pages_read_is_named(blog: SiteTest) -> None:
    blog.write("site.yaml", (blog.root / "site.yaml").read_text() + "license: CC0\n")
    assert explained(blog)["posts/c/index.html"] == "shared site"


def test_a_macro_edit_reads_all_notes(blog: SiteTest) -> None:
    blog.write("site.yaml", (blog.root / "site.yaml").read_text() + "math: {macros: {R: x}}\n")
    assert explained(blog) == dict.fromkeys(("content/a.md", "content/b.md", "content/c.md"), "settings")


def test_a_new_note_is_new(blog: SiteTest) -> None:
    assert explained(blog.note("d", "x"))["content/d.md"] == "new"


def test_another_engine_is_named(blog: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_context, "known_engine_digest", lambda: "another")
    assert explained(blog)["content/a.md"] == "notegen or a library"


def test_without_a_cache_everything_is_made_and_nothing_kept(site: SiteTest) -> None:
    site.note("a", "x")
    for _ in range(2):
        site.build("--no-cache", "--explain").expect_report("read content/a.md because: new")
    assert not (site.root / ".notegen/cache.sqlite").exists()


def test_the_cache_can_stand_elsewhere(site: SiteTest, tmp_path: Path) -> None:
    site.note("a", "x").build("--cache-dir", str(tmp_path / "cache"))
    assert (tmp_path / "cache/cache.sqlite").exists()
    assert not (site.root / ".notegen/cache.sqlite").exists()


def test_the_summary_tells_what_the_cache_had_and_its_size(blog: SiteTest) -> None:
    blog.build("-v").expect_report("cache: read 3 of 3, render ")
    assert re.search(r"; 0\.\d MB$", blog.stderr, re.MULTILINE)


def test_profile_prints_the_stages(blog: SiteTest) -> None:
    blog.note("a", "edited")
    rows = [line.split()[0] for line in blog.build("--profile").stderr.splitlines() if re.search(r" \d+\.\d{3}", line)]
    assert rows[:3] == ["scan", "read", "link"]
    assert {"plan", "render", "cache", "emit"} <= set(rows)


def test_pages_that_left_the_cache_before_they_were_written_are_made_again(
    blog: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: data for path, (data, _) in blog.snapshot().items()}
    read = SqliteCache.get_many

    def lose(self: SqliteCache, keys: Iterable[str]) -> dict[str, bytes]:
        return {key: data for key, data in read(self, keys).items() if not key.startswith("content ")}

    monkeypatch.setattr(SqliteCache, "get_many", lose)
    shutil.rmtree(blog.root / "public")
    blog.build()
    assert {path: data for path, (data, _) in blog.snapshot().items()} == before


def test_pages_whose_bytes_left_the_cache_are_made_again(blog: SiteTest) -> None:
    before = {path: data for path, (data, _) in blog.snapshot().items()}
    with sqlite3.connect(blog.root / ".notegen/cache.sqlite") as file:
        file.execute("DELETE FROM entry WHERE key LIKE 'content %'")
    file.close()
    shutil.rmtree(blog.root / "public")
    blog.build()
    assert {path: data for path, (data, _) in blog.snapshot().items()} == before


# --- a tree that has not changed


def test_an_unchanged_site_goes_through_no_stage(blog: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: data for path, (data, _) in blog.snapshot().items()}
    monkeypatch.setattr("notegen.build.read_notes", fail)
    monkeypatch.setattr("notegen.build.link_site", fail)
    shutil.rmtree(blog.root / "public")
    blog.build("-v").expect_report("cache: read 3 of 3, render ")
    assert {path: data for path, (data, _) in blog.snapshot().items()} == before


def test_builds_with_nothing_to_do_make_nothing_leave_the_cache(blog: SiteTest) -> None:
    for _ in range(KEEP + REFRESH + 2):
        blog.build()
    blog.note("a", "edited")
    blog.build("-v").expect_report("read 2 of 3")


def test_what_was_told_of_an_unchanged_site_is_told_again(blog: SiteTest) -> None:
    blog.note("a", "[gone](gone.md)").build()
    first = blog.stderr.rpartition(" in ")[0]
    assert "link-broken" in first
    assert blog.build().stderr.rpartition(" in ")[0] == first


def test_an_unchanged_site_changes_with_the_clock(blog: SiteTest) -> None:
    blog.note("a", "x", expires="2026-06-10", date="2026-06-01")
    for day, there in (("2026-06-02", True), ("2026-06-03", True), ("2026-06-11", False), ("2026-06-02", True)):
        blog.run("build", "--now", f"{day}T12:00:00+08:00")
        assert (blog.root / "public/posts/a/index.html").exists() is there, day


# --- other commands take the same road


@pytest.mark.parametrize("first", ["build", "list"])
def test_a_list_of_notes_that_were_read_before_reads_none(
    blog: SiteTest, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    listed = blog.note("a", "edited").run("list", "--no-cache").stdout
    blog.run(first)
    monkeypatch.setattr("notegen.read.read.read_note", fail)
    assert blog.run("list").stdout == listed
    assert blog.run("list", "--json").stdout
    assert "a" in blog.run("inspect", str(blog.root / "content/a.md")).stdout


def test_a_list_makes_nothing_leave_the_cache(blog: SiteTest) -> None:
    for _ in range(KEEP + REFRESH + 2):
        blog.run("list")
    blog.note("a", CUT + "two words", tags=["t"], date="2026-01-01")
    blog.build("-v").expect_report("read 2 of 3", "render 11 of 15")


# --- fragments


@needs_katex
def test_an_edit_of_a_note_makes_neither_its_code_nor_its_formulas_again(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = f"```python\nx = 1\n```\n\n{FORMULA}\n\n"
    right = site.note("a", body + "two").build().body("a")
    site.note("a", body + "one").build()
    monkeypatch.setattr("notegen.read.code.highlight._frame", fail)
    monkeypatch.setattr("notegen.math.katex.process.KatexProcess.ask", fail)
    site.note("a", body + "two").build()
    assert site.body("a") == right


def fail(*_: object, **__: object) -> None:
    raise AssertionError("made again")


def test_an_edited_code_block_is_made_again(site: SiteTest) -> None:
    site.note("a", "```python\nx = 1\n```\n").build().note("a", "```python\nx = 2\n```\n").build()
    assert ">2<" in site.body("a")
    site.note("a", "```text\nx = 2\n```\n").build()
    assert ">2<" not in site.body("a")
    site.note("a", "```python\nx = y\n```\n").build()
    assert "x = y" in site.body("a")
    settings = "highlight: {style: monokai}\n"
    assert '<span class="o">=</span>' in site.write("site.yaml", settings).build().body("a"), "in the style of the site"


# --- a fresh checkout, as in CI


def test_a_fresh_checkout_with_a_restored_cache_parses_nothing(
    blog: SiteTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All file times are new, the output is empty, the folder is another; .notegen/ comes from the last run."""
    checkout = SiteTest(tmp_path / "checkout")
    for name in ("site.yaml", "content", ".notegen"):
        source = blog.root / name
        if source.is_dir():
            shutil.copytree(source, checkout.root / name, copy_function=shutil.copyfile)
        else:
            checkout.write(name, source.read_bytes())
    monkeypatch.setattr("notegen.read.read.read_note", fail)
    monkeypatch.setattr("notegen.render.render.render_page", fail)
    checkout.build("-v").expect_report("cache: read 3 of 3")
    assert {path: data for path, (data, _) in checkout.snapshot().items()} == {
        path: data for path, (data, _) in blog.snapshot().items()
    }


# --- clean


def test_clean_deletes_what_was_written_and_the_cache_and_nothing_else(blog: SiteTest) -> None:
    blog.write("public/CNAME", "mine").write("public/posts/mine.txt", "mine").run("clean")
    assert blog.files() == ["CNAME", "posts/mine.txt"]
    assert not list((blog.root / ".notegen").glob("*.sqlite*"))
    assert not list((blog.root / ".notegen").glob("manifest*"))
    blog.build().expect_clean()
    assert "index.html" in blog.files()


def test_clean_of_a_site_without_other_files_leaves_no_folder(blog: SiteTest) -> None:
    blog.run("clean").expect_report(" files deleted")
    assert not (blog.root / "public").exists()
    blog.run("clean").expect_report("0 files deleted")


def test_clean_during_a_build_says_so(blog: SiteTest) -> None:
    fcntl = pytest.importorskip("fcntl")
    with (blog.root / ".notegen/lock").open("rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        blog.run("clean", expect=1).expect_report("error[output-locked]")
    assert "index.html" in blog.files()


# --- a site's folder that cannot be written


@pytest.fixture
def read_only(blog: SiteTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteTest:
    """Return a site with a file in the place of its .notegen folder: a folder without rights does not stop root."""
    shutil.rmtree(blog.root / ".notegen")
    shutil.rmtree(blog.root / "public")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return blog.write(".notegen", "in the way")


def test_a_read_only_site_is_built_elsewhere_and_the_next_build_is_warm(read_only: SiteTest, tmp_path: Path) -> None:
    output = tmp_path / "out"
    read_only.build("-o", str(output), "-v").expect_report("info[state-elsewhere]", "read 0 of 3")
    assert (output / "index.html").exists()
    read_only.build("-o", str(output), "-v").expect_report("read 3 of 3")
    (read_only.root / "content/c.md").unlink()
    read_only.build("-o", str(output))
    assert not (output / "posts/c").exists(), "the manifest is kept too"


@pytest.mark.skipif(os.name != "posix", reason="rights of folders")
def test_a_folder_that_others_can_write_in_keeps_no_state(read_only: SiteTest, tmp_path: Path) -> None:
    read_only.build("-o", str(tmp_path / "out"))
    (kept,) = (tmp_path / "temporary").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    kept.chmod(0o777)
    read_only.build("-o", str(tmp_path / "out"), "-v").expect_report("read 0 of 3")
    kept.chmod(0o700)
    read_only.build("-o", str(tmp_path / "out"), "-v").expect_report("read 3 of 3")
    kept.rename(tmp_path / "other")
    kept.symlink_to(tmp_path / "other")
    read_only.build("-o", str(tmp_path / "out"), "-v").expect_report("read 0 of 3")


def test_a_read_only_site_keeps_its_state_in_the_folder_named_for_the_cache(
    read_only: SiteTest, tmp_path: Path
) -> None:
    read_only.build("-o", str(tmp_path / "out"), "--cache-dir", str(tmp_path / "cache"))
    assert {path.name.partition("-")[0] for path in (tmp_path / "cache").iterdir()} >= {"cache.sqlite", "manifest"}
    assert list((tmp_path / "temporary").iterdir()) == []
