"""How problems are told: text with the source line and a caret, JSON, annotations, colours, and the summary."""

import json
import re
import shutil

import pytest

from tests.support.site import SiteTest


def test_a_problem_shows_its_line_a_caret_and_a_hint(site: SiteTest) -> None:
    site.note("a", "the weights $\\aplha(x)$ sum").build()
    assert site.stderr.startswith(
        "content/a.md:6:14: warning[math-undefined-command]: undefined command \\aplha\n"
        "    6 | the weights $\\aplha(x)$ sum\n"
        "      |              ^^^^^^ did you mean \\alpha?\n"
    )


def test_the_caret_stands_below_the_place_behind_wide_characters(site: SiteTest) -> None:
    site.note("a", "权重和 é e\u0301 [x](gone.md)").build()
    lines = site.stderr.splitlines()
    assert lines[0].startswith("content/a.md:6:10: warning[link-broken]")
    wide = len("权重和")
    assert (
        lines[2].index("^") - lines[1].index("[x]") == wide - 1
    )  # each Han character takes two columns, the accent none


def test_a_long_line_is_cut_around_the_place(site: SiteTest) -> None:
    site.note("a", "word " * 400 + "[x](gone.md)" + " word" * 400).build()
    shown = site.stderr.splitlines()[1]
    assert len(shown) < 160
    assert "[x](gone.md)" in shown
    assert "…" in shown


def test_control_characters_of_a_source_line_do_not_reach_the_terminal(site: SiteTest) -> None:
    site.note("a", "\x1b[31mred\x07 [x](gone.md)").build()
    assert "\x1b" not in site.stderr
    assert "\x07" not in site.stderr


def test_problems_are_ordered_by_place_and_told_once(site: SiteTest) -> None:
    site.note("b", "[2](y.md)\n\n[1](x.md) [1](x.md)").note("a", "[3](z.md)").build()
    places = [line.split(": ")[0] for line in site.stderr.splitlines() if ": warning" in line]
    assert places == ["content/a.md:6:1", "content/b.md:6:1", "content/b.md:8:1"]
    site.expect_report("'x.md': 2 times; also content/b.md:8:11")


def test_errors_come_last_so_that_warnings_do_not_hide_them(site: SiteTest) -> None:
    site.note("b", "[1](gone.md)").note("c", "x", draft=True).note("d", "[2](lost.md)")
    site.write("content/a.md", b"\xff").write("content/c2.md", b"\xff").build(expect=1)
    site.expect_lines(
        "content/b.md:6:1: warning[link-broken]",
        "content/c.md: info[note-skipped]",
        "content/d.md:6:1: warning[link-broken]",
        "content/a.md:1:1: error[file-not-utf8]",
        "content/c2.md:1:1: error[file-not-utf8]",
    )
    rows = json.loads(site.build("--format", "json", expect=1).stdout)
    assert [row["file"][8:] for row in rows] == ["a.md", "b.md", "c.md", "c2.md", "d.md"]  # programs sort themselves


def test_front_matter_and_configuration_have_columns_too(site: SiteTest) -> None:
    site.write("content/a.md", '---\ntitle: "Loss $\\theta$"\ndate: soon\nlang: 3\n---\nx\n').build()
    assert "content/a.md:2:" in site.stderr
    assert "content/a.md:3:7: warning[front-matter-date]: " in site.stderr
    assert "content/a.md:4:7: warning[front-matter-value]: " in site.stderr


# --- JSON


def test_json_goes_to_stdout_and_is_whole(site: SiteTest) -> None:
    site.note("a", "权重 [x](gone.md)").build("--format", "json")
    (row,) = json.loads(site.stdout)
    assert {key: row[key] for key in ("file", "line", "column", "length", "severity", "code")} == {
        "file": "content/a.md",
        "line": 6,
        "column": 4,
        "length": 12,
        "severity": "warning",
        "code": "link-broken",
    }
    assert row["message"].startswith("nothing to link to at")
    assert set(row) == {"file", "line", "column", "length", "severity", "code", "message", "hint"}


def test_json_without_problems_is_an_empty_list(site: SiteTest) -> None:
    assert json.loads(site.note("a", "x").build("--format", "json").stdout) == []


def test_json_of_a_configuration_error(site: SiteTest) -> None:
    rows = json.loads(site.write("site.yaml", "titel: x\n").build("--format", "json", expect=2).stdout)
    assert [(row["code"], row["severity"]) for row in rows] == [("config-unknown-key", "error")]


# --- GitHub


def test_annotations_for_github(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    site.note("a,b:c", "100% [x](gone.md)").write("content/z.md", b"\xff").note("d", "x", draft=True)
    site.build(expect=1)
    lines = site.stdout.splitlines()
    assert lines[0].startswith("::warning file=content/a%2Cb%3Ac.md,line=6,col=6,title=link-broken::nothing to link to")
    assert lines[1].startswith("::notice file=content/d.md,title=note-skipped::left out: a draft")
    assert lines[2].startswith("::error file=content/z.md,line=1,col=1,title=file-not-utf8::not UTF-8: byte 0xff")
    assert len(lines) == 3


def test_an_annotation_is_one_line_with_escapes(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    site.note("a", "[x](100%25-gone.md)").build()
    assert site.stdout.count("\n") == 1
    assert "100%25-gone.md" in site.stdout


# --- colours


@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),  # no terminal
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": ""}, True),
    ],
)
def test_no_color_and_clicolor_force(site: SiteTest, environment: dict[str, str], coloured: bool) -> None:
    site.note("a", "[x](gone.md)").process("build", expect=0, installed=False, **{"NO_COLOR": "", **environment})
    assert ("\x1b[33mwarning[link-broken]\x1b[0m" in site.stderr) is coloured
    assert ("\x1b" in site.stderr) is coloured


# --- the summary


@pytest.mark.parametrize(
    ("notes", "line"),
    [
        (["x"], r"1 note, \d+ pages in \d+\.\d s"),
        (["x", "[x](gone.md)"], r"2 notes, \d+ pages, 1 warning in \d+\.\d s"),
        (["[x](gone.md) [y](lost.md)"], r"1 note, \d+ pages, 2 warnings in \d+\.\d s"),
    ],
)
def test_the_summary_counts(site: SiteTest, notes: list[str], line: str) -> None:
    for number, body in enumerate(notes):
        site.note(f"n{number}", body)
    site.build()
    assert re.fullmatch(line, site.stderr.splitlines()[-1])
    assert site.stdout == ""


def test_the_summary_counts_errors_and_says_what_became_of_the_site(site: SiteTest) -> None:
    site.note("a", "x").write("content/b.md", b"\xff").build(expect=1)
    assert site.stderr.splitlines()[-2] == "nothing was written"
    (site.root / "content/b.md").unlink()
    site.build().write("content/b.md", b"\xff").build(expect=1)
    assert site.stderr.splitlines()[-2] == "nothing was written; the site from the last good build stays"
    shutil.rmtree(site.root / ".notegen")  # the pages tell who made them
    site.build(expect=1).expect_report("nothing was written; the site from the last good build stays\n")
    shutil.rmtree(site.root / "public")
    site.build(expect=1).expect_report("nothing was written\n")
    assert re.fullmatch(r"1 note, \d+ pages, 1 error in \d+\.\d s", site.stderr.splitlines()[-1])


@pytest.mark.slow
def test_no_progress_bar_where_there_is_no_terminal(site: SiteTest) -> None:
    for number in range(30):
        site.note(f"n{number}", "$x$ " * 50)
    assert "\r" not in site.process("build").stderr
