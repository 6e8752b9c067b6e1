"""Dates and contributors from git: renames, names of any bytes, clones without their past, folders in no repository."""

import os
import subprocess
from pathlib import Path

from notegen.system.children.git import read_log
from tests.support.html import elements, texts
from tests.support.site import SiteTest

PEOPLE = {"Ada": "ada@example.org", "Bob": "bob@example.org"}


def git(folder: Path, *arguments: str, name: str = "Ada", date: str = "2026-02-01T10:00:00+08:00") -> None:
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", PEOPLE[name]))
    }
    when = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env={**os.environ, **who, **when})


def commit(site: SiteTest, date: str, name: str = "Ada") -> None:
    git(site.root, "add", "--all", name=name, date=date)
    git(site.root, "commit", "-qm", "x", name=name, date=date)


def repository(site: SiteTest) -> SiteTest:
    site.write(
        "site.yaml",
        "title: T\nlanguage: zh-CN\ntimezone: Asia/Shanghai\nbase_url: https://example.org/\nupdated: git\n",
    ).write(".gitignore", "public\n.notegen\n")
    git(site.root, "init", "-q")
    return site


def updated(site: SiteTest, slug: str) -> str:
    times = elements(site.html(f"posts/{slug}/index.html"), "time")
    return next((item.attrs["datetime"] for item in times if "dt-updated" in item.attrs.get("class", "")), "")


def test_a_note_was_updated_by_its_last_commit_and_renaming_it_changes_nothing(site: SiteTest) -> None:
    repository(site).note("a", "Text of some length, so that it is known again.\n" * 5)
    commit(site, "2026-02-01T10:00:00+08:00")
    git(site.root, "mv", "content/a.md", "content/二.md")
    commit(site, "2026-03-01T10:00:00+08:00")
    site.write("content/二.md", (site.root / "content/二.md").read_text("utf-8") + "More.\n")
    commit(site, "2026-04-01T10:00:00+08:00", "Bob")
    git(site.root, "mv", "content/二.md", "content/three.md")
    commit(site, "2026-05-01T10:00:00+08:00")
    site.build().expect_clean()
    assert updated(site, "three") == "2026-04-01T10:00:00+08:00"
    assert any("Ada, Bob" in text for text in texts(site.html("posts/three/index.html"), "span"))


def test_front_matter_goes_first_and_a_note_in_no_commit_has_no_date(site: SiteTest) -> None:
    repository(site).note("a", "Text.", updated="2026-01-20")
    commit(site, "2026-02-01T10:00:00+08:00")
    site.note("new", "Text.").build().expect_clean()
    assert updated(site, "a") == "2026-01-20T00:00:00+08:00"
    assert updated(site, "new") == ""


def test_a_shallow_clone_is_told(site: SiteTest, tmp_path: Path) -> None:
    repository(site).note("a", "Text.")
    commit(site, "2026-02-01T10:00:00+08:00")
    site.note("a", "Text, more.")
    commit(site, "2026-03-01T10:00:00+08:00")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{site.root}", "second")
    clone = SiteTest(tmp_path / "second").build()
    clone.expect_lines("site.yaml: warning[git-shallow]: the clone is shallow")
    assert updated(clone, "a") == ""


def test_a_folder_in_no_repository_is_told(site: SiteTest) -> None:
    site.write(
        "site.yaml",
        "title: T\nlanguage: zh-CN\ntimezone: Asia/Shanghai\nbase_url: https://example.org/\nupdated: git\n",
    ).note("a", "Text.").build()
    site.expect_report("site.yaml: warning[git-missing]: no dates from git: ")


def test_nothing_that_the_repository_names_is_run(site: SiteTest) -> None:
    repository(site).note("a", "Text.")
    commit(site, "2026-02-01T10:00:00+08:00")
    for key in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "core.sshCommand", "diff.x.textconv"):
        git(site.root, "config", key, f"touch {site.root}/ran;")
    git(site.root, "config", "log.showSignature", "true")
    site.write(".gitattributes", "*.md diff=x\n").build()
    assert updated(site, "a") == "2026-02-01T10:00:00+08:00"
    assert not (site.root / "ran").exists()


def entry(date: str, name: str, *changes: bytes) -> bytes:
    return b"\x01%b\x02%b\x02%b@x\0\n" % (date.encode(), name.encode(), name.encode()) + b"".join(
        part + b"\0" for part in changes
    )


def test_a_stale_translation_is_told_with_what_changed_since(site: SiteTest) -> None:
    repository(site).write("site.yaml", "title: T\nlanguages: [zh-CN, en]\nupdated: git\n")
    site.note("甲", "一。\n\n## 步长\n\n二。\n\n## 例子\n\n```\n## 三\n```").note("甲.en", "A", date="2026-02-01")
    commit(site, "2026-02-01T10:00:00+08:00")
    site.note("甲", "一。\n\n## 步长\n\n改。\n\n## 新的\n\n三。")
    commit(site, "2026-03-01T10:00:00+08:00")
    site.run("check", expect=None)
    site.expect_report(
        "hint: changed since: 步长, 新的, 例子 (gone); bring it up to date, and say `updated: 2026-03-01`"
    )


def test_names_need_not_be_utf8_and_a_new_file_has_no_past_of_an_old_one() -> None:
    name = b"content/\xc4\xe3.md"
    log = (
        entry("2026-03-01", "Ada", b"A", name)
        + entry("2026-02-01", "Bob", b"D", name)
        + entry("2026-01-01", "Bob", b"A", name)
    )
    (known,) = read_log(log).items()
    assert (known[0], known[1].updated, known[1].people) == (os.fsdecode(name), "2026-03-01", ("Ada",))


def test_a_chain_of_renames_is_followed_and_people_come_in_their_order() -> None:
    log = b"".join(
        (
            entry("2026-04-01", "Ada", b"R090", b"b.md", b"c.md"),
            entry("2026-03-01", "Bob", b"M", b"b.md"),
            entry("2026-02-01", "Bob", b"R100", b"a.md", b"b.md"),
            entry("2026-01-01", "Eve", b"A", b"a.md"),
        )
    )
    history = read_log(log)
    assert {path: (item.updated, item.people) for path, item in history.items()} == {
        "c.md": ("2026-04-01", ("Eve", "Bob", "Ada"))
    }
