"""The command line: commands, flags, exit codes, and sites with little or no configuration."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import notegen
from notegen.cli.commands import cli
from tests.support.html import texts, titles
from tests.support.pictures import png
from tests.support.site import SiteTest


def listed(site: SiteTest, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(site.run("list", *arguments, "--json").stdout)
    return found


# --- list


def test_list_json_gives_every_note(site: SiteTest) -> None:
    site.note("a", "x", date="2026-01-02 08:00", category="机器学习", tags=["t", "u"]).note(
        "b", "x", draft=True, date="2025-01-01"
    )
    site.note("c", "x", title="Loss $L_\\theta$", date=None).note("pages/about", "x")
    rows = listed(site)
    assert rows[0] == {
        "path": "content/a.md",
        "url": "/posts/a/",
        "title": "a",
        "date": "2026-01-02T08:00:00+08:00",
        "category": "机器学习",
        "tags": ["t", "u"],
        "draft": False,
    } | {
        key: value
        for key, value in rows[0].items()
        if key not in {"path", "url", "title", "date", "category", "tags", "draft"}
    }
    assert [(row["path"], row["draft"], row["date"]) for row in rows[1:]] == [
        ("content/b.md", True, "2025-01-01T00:00:00+08:00"),
        ("content/c.md", False, None),
    ]
    assert rows[2]["title"] == "Loss L_θ"
    assert not (site.root / "public").exists()


def test_list_chooses_by_kind(site: SiteTest) -> None:
    site.note("a", "x", tags=["t"], category="c").note("d", "x", draft=True, tags=["t"]).note(
        "f", "x", date="2030-01-01"
    )
    assert [row["path"] for row in listed(site, "drafts")] == ["content/d.md"]
    assert [row["path"] for row in listed(site, "future")] == ["content/f.md"]
    assert [(row["name"], row["url"]) for row in listed(site, "tags")] == [("t", "/tags/t/")]
    assert [row["name"] for row in listed(site, "categories")] == ["c"]


def test_list_in_words(site: SiteTest) -> None:
    site.note("a", "x", title="标题").note("d", "x", draft=True, date="2025-01-01").run("list")
    assert site.stdout == "2026-01-02  content/a.md  标题\n2025-01-01  content/d.md  d [draft]\n"


def test_list_shows_pages_behind_the_notes(site: SiteTest) -> None:
    site.note("a", "x").note("关于", "x", layout="page").note("pages/later", "x", draft=True).run("list")
    assert site.stdout == (
        "2026-01-02  content/a.md  a\n"
        "2026-01-02  content/pages/later.md  pages/later [page] [draft]\n"
        "2026-01-02  content/关于.md  关于 [page]\n"
    )
    assert site.run("list", "drafts").stdout == "2026-01-02  content/pages/later.md  pages/later [page] [draft]\n"
    assert site.run("list", "pages").stdout.count("[page]") == site.stdout.count("\n") == 2
    assert [(row["path"], row["page"]) for row in listed(site, "pages")][1] == ("content/关于.md", True)
    assert [row["path"] for row in listed(site)] == ["content/a.md"]


def test_list_follows_base_url(site: SiteTest) -> None:
    site.note("a", "x")
    assert [row["url"] for row in listed(site, "-b", "https://x.example/repo/")] == ["/repo/posts/a/"]


# --- exit codes


def test_0_when_clean_and_with_warnings(site: SiteTest) -> None:
    site.note("a", "x").build(expect=0).expect_clean()
    site.note("a", "[x](gone.md)").build(expect=0)


def test_strict_lets_warnings_fail_but_not_infos(site: SiteTest) -> None:
    site.note("d", "x", draft=True).note("a", "```nolang\nx\n```").build("--strict", expect=0)
    site.note("a", "[x](gone.md)").build("--strict", expect=1)
    assert site.output("posts/a/index.html").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--nope"],
        ["nope"],
        ["build", "extra"],
        ["build", "--now", "tomorrow"],
        ["build", "--now", "2026-13-01"],
        ["build", "--format", "xml"],
        ["build", "-s", "/nowhere/at/all"],
        ["build", "-c", "/nowhere/site.yaml"],
        ["list", "nothing"],
    ],
)
def test_2_for_wrong_usage(site: SiteTest, arguments: list[str]) -> None:
    site.note("a", "x").run(*arguments, expect=2)
    assert "Error" in site.stderr
    assert site.stdout == ""


def test_2_for_configuration_errors_all_told_at_once(site: SiteTest) -> None:
    site.write("site.yaml", "titel: x\npaginate: 0\nbase_url: example.org\ntimezone: Asia/Shangai\nmenu: 3\n")
    site.build(expect=2).expect_lines(
        "site.yaml:1:1: error[config-unknown-key]: ",
        "site.yaml:2:11: error[config-value]: ",
        "site.yaml:3:11: error[config-value]: ",
        "site.yaml:4:11: error[config-value]: ",
        "site.yaml:5:7: error[config-value]: ",
    )
    site.expect_report("did you mean title?", "did you mean https://example.org?", "did you mean Asia/Shanghai?")
    site.run("list", expect=2)


def test_version_and_help() -> None:
    result = CliRunner().invoke(cli, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"notegen {notegen.__version__}\n")
    for arguments in (["-h"], ["build", "--help"], ["list", "-h"]):
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage:")


# --- flags


def test_source_output_and_config(site: SiteTest, tmp_path: Path) -> None:
    site.note("a", "x").write("conf/other.yaml", "title: Other\nbase_url: /\n")
    for flag in ("-o", "--output", "-d", "--destination"):
        out = tmp_path / f"out{flag}"
        site.build("-c", str(site.root / "conf/other.yaml"), flag, str(out))
        assert texts((out / "index.html").read_text(), "h1") == ["Other"]
    assert not (site.root / "public").exists()


def test_paths_are_those_of_the_working_folder(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    site.note("a", "x").write("sub/.keep", "")
    monkeypatch.chdir(site.root / "sub")
    site.build("-o", "here")
    assert (site.root / "sub/here/index.html").is_file()


def test_quiet_prints_errors_only_and_verbose_prints_notices(site: SiteTest) -> None:
    site.note("a", "[x](gone.md)\n\n```nolang\nx\n```").note("d", "x", draft=True)
    assert site.build("-q").stderr == ""
    site.build().expect_lines("content/a.md:6:1: warning[link-broken]", "content/d.md: info[note-skipped]")
    site.build("-v").expect_lines(
        "info[card-no-font]",
        "info[search-missing]",
        "content/a.md:6:1: warning[link-broken]",
        "content/a.md:8: info[code-unknown-language]",
        "content/d.md: info[note-skipped]",
    )
    site.write("content/bad.md", b"\xff").build("-q", expect=1).expect_lines("content/bad.md:1:1: error[file-not-utf8]")


# --- little or no configuration


def test_a_title_is_enough(site: SiteTest) -> None:
    site.write("site.yaml", "title: 我的笔记\n").note("a", "x").build().expect_clean()
    assert texts(site.html("index.html"), "h1") == ["我的笔记"]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "title:\n"])
def test_an_empty_site_yaml_gives_defaults(site: SiteTest, text: str) -> None:
    site.write("site.yaml", text).note("a", "x").build().expect_clean()


@pytest.mark.parametrize("name", ["site.yml", "notegen.yaml", "notegen.yml"])
def test_other_names_of_the_configuration(site: SiteTest, name: str) -> None:
    (site.root / "site.yaml").unlink()
    site.write(name, "title: Other name\n").note("a", "x").build().expect_clean()
    assert texts(site.html("index.html"), "h1") == ["Other name"]


def test_without_site_yaml_defaults_and_a_hint(site: SiteTest) -> None:
    (site.root / "site.yaml").unlink()
    site.note("a", "x").build().expect_lines("info[config-missing]: no site.yaml: defaults are used")
    site.expect_report("hint: `notegen init` writes one")
    assert titles(site.html("index.html")) == ["a"]


def test_a_folder_of_markdown_without_front_matter(tmp_path: Path) -> None:
    site = SiteTest(tmp_path)
    site.write("flash_attention.md", "Text with $x$.").write("2026-01-02-vae.md", "# 变分 *自编码器*\n\nText.")
    site.write("sub/深度 学习.md", "[vae](../2026-01-02-vae.md) ![i](i.png)").write("sub/i.png", png()).write(
        ".hidden/x.md", "no"
    )
    site.build().expect_lines("info[config-missing]")
    assert titles(site.html("index.html")) == ["变分 自编码器", "flash attention", "深度 学习"]
    assert texts(site.body("vae"), "p") == ["Text."]
    assert 'href="/posts/vae/"' in site.body("深度-学习")
    site.build()
    assert not [path for path in site.files() if path.startswith("public")]


def test_an_empty_folder_makes_an_empty_site(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).build().expect_lines("info[config-missing]", "warning[file-none]: no Markdown files in .")
    assert titles(site.html("index.html")) == []
    site.expect_report("0 notes, ")


def test_ignore_patterns(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\nattachments: all\nignore: ['*.draft.md', private, 'x/*.txt']\n")
    site.note("a", "x").note("b.draft", "x").note("private/c", "x").write("content/x/a.txt", "x").write(
        "content/x/b.csv", "x"
    )
    site.build().expect_clean()
    assert titles(site.html("index.html")) == ["a"]
    assert [path for path in site.files() if path.startswith(("x/", "private/"))] == ["x/b.csv"]


def test_a_content_folder_that_is_not_there_leaves_the_site_as_it_is(site: SiteTest) -> None:
    site.note("a", "x").build()
    before = site.files()
    site.write("site.yaml", "title: T\ncontent_dir: contnet\n").build(expect=2)
    site.expect_report("site.yaml:2:14: error[config-value]: content_dir: there is no folder 'contnet'")
    assert site.files() == before
