"""One message a kind and cause: what is printed once for many places, what is not, and what still has all of them."""

import json

import pytest

from notegen.app.grouping import MAX_CAUSES, MAX_ERRORS, condensed
from notegen.model.codes import diagnose
from tests.support.site import SiteTest


def dated(site: SiteTest, number: int) -> SiteTest:
    for index in range(number):
        site.note(f"dated-{index}", "Text.")
    return site


def undated(site: SiteTest, number: int) -> SiteTest:
    for index in range(number):
        site.note(f"undated-{index:02}", "Text.", date=None)
    return site


def test_many_notes_without_a_date_are_one_message_with_their_number(site: SiteTest) -> None:
    undated(dated(site, 12), 12).build()
    site.expect_lines("content/undated-00.md: warning[note-undated]: 12 notes have no date: listed last")
    site.expect_report("hint: add `date: ", ", 12 warnings in ")
    assert site.stderr.count("hint: ") == 1


def test_few_places_are_all_named(site: SiteTest) -> None:
    undated(dated(site, 6), 3).build().expect_lines(
        "content/undated-00.md: warning[note-undated]: 3 notes have no date: listed last; "
        "also content/undated-01.md, content/undated-02.md"
    )


def test_an_undefined_command_is_counted_over_all_notes(site: SiteTest) -> None:
    site.note("a", "first $\\qtty{x}$").note("b", "$\\qtty{y}$ and $\\qtty{z}$\n\n$\\qtty$ $\\qtty$ $\\other$").build()
    site.expect_lines(
        "content/a.md:6:8: warning[math-undefined-command]: undefined command \\qtty: 5 times in 2 notes",
        "content/b.md:8:",
    )
    site.expect_report("    6 | first $\\qtty{x}$\n      |        ^^^^^")


def test_times_in_one_note_name_no_number_of_notes(site: SiteTest) -> None:
    site.note("a", "$\\qtty$ " * 7).build()
    site.expect_lines("content/a.md:6:2: warning[math-undefined-command]: undefined command \\qtty: 7 times")


def test_different_causes_stay_apart(site: SiteTest) -> None:
    site.note("a", "[x](gone.md) [y](lost.md)").build().expect_lines(
        "content/a.md:6:1: warning[link-broken]: nothing to link to at 'gone.md'",
        "content/a.md:6:14: warning[link-broken]: nothing to link to at 'lost.md'",
    )


def test_notes_left_out_for_one_reason_are_one_message(site: SiteTest) -> None:
    site.note("a", "x", draft=True).note("b", "x", date="2032-01-01").note("c", "x", draft=True).build()
    site.expect_lines(
        "content/a.md: info[note-skipped]: left out: a draft: 2 notes; also content/c.md",
        "content/b.md: info[note-skipped]: left out: dated ",
    )


def test_verbose_lists_all_and_json_has_all(site: SiteTest) -> None:
    undated(dated(site, 5), 5)
    lines = [f"content/undated-{index:02}.md: warning[note-undated]: no date: listed last" for index in range(5)]
    site.build("-v").expect_report(*lines)
    rows = json.loads(site.build("--format", "json").stdout)
    assert [row["message"] for row in rows] == ["no date: listed last"] * 5


def test_github_gets_one_annotation_a_kind_at_the_first_place(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    undated(dated(site, 11), 11).build()
    (line,) = site.stdout.splitlines()
    start = "::warning file=content/undated-00.md,title=note-undated::11 notes have no date: listed last"
    assert line.startswith(start)


def test_where_most_notes_have_no_date_none_is_missed(site: SiteTest) -> None:
    undated(dated(site, 4), 9).build("--strict").expect_clean()
    site.build("-v").expect_report("content/undated-08.md: info[note-undated]: no date: listed last")


def test_where_half_the_notes_have_dates_they_are_missed_elsewhere(site: SiteTest) -> None:
    undated(dated(site, 6), 6).build("--strict", expect=1).expect_report("warning[note-undated]: 6 notes have no date")


def test_documents_beside_a_blog_need_no_date(site: SiteTest) -> None:
    site.write("site.yaml", "permalinks: {docs: '/docs/:subpath/', blog: '/blog/:dated_slug/'}\n")
    site.note("docs/a", "Text.", date=None)
    dated(site, 3).note("blog/b", "Text.").build("--strict").expect_clean()
    site.note("blog/c", "Text.", date=None).build().expect_lines("content/blog/c.md: warning[note-undated]: no date")


def test_a_flood_of_errors_or_of_causes_ends_with_a_count() -> None:
    errors = [diagnose("file-nul", "a NUL byte", path=f"{number}.md") for number in range(MAX_ERRORS + 7)]
    links = [diagnose("link-broken", f"no {number}", path="a.md") for number in range(MAX_CAUSES + 3)]
    entries = condensed([*errors, *links])
    assert entries[MAX_CAUSES].message == "3 more of this kind"
    assert entries[-1].message == "7 more errors"
    assert entries[MAX_CAUSES + 1 : -1] == errors[:MAX_ERRORS]


def test_one_cause_may_have_several_messages() -> None:
    alike = [diagnose("link-broken", f"no {number}", path="a.md", line=number, cause="x") for number in (1, 2)]
    (entry,) = condensed(alike)
    assert (entry.message, entry.line) == ("no 1: 2 times; also a.md:2", 1)


def test_what_is_wrong_with_notes_that_are_left_out_is_counted_only(site: SiteTest) -> None:
    site.note("a", "$\\qtty$ [x](gone.md)", draft=True).note("b", "$\\qtty$", draft=True).note(
        "c", "[x](lost.md)"
    ).build()
    assert "qtty" not in site.stderr
    site.expect_lines(
        "content/a.md: info[note-skipped]: left out: a draft: 2 notes; also content/b.md",
        "content/c.md:6:1: warning[link-broken]: nothing to link to at 'lost.md'",
        "info[note-skipped]: 2 more messages about what is left out: 2 notes",
    )
    assert site.build("-v").stderr.count("undefined command") == 2
    assert "qtty" in site.build("--drafts").stderr
