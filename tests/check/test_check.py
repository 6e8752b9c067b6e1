"""`notegen check`: each rule on a small site, severities, exceptions, the forms of its report."""

import json

import pytest

from notegen.app.sarif import as_sarif
from notegen.check.notes import images_of_note
from notegen.model.config import Config, read_settings
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.source import SourceFile
from notegen.read.parser import make_parser
from tests.support.limits import assert_linear
from tests.support.pictures import png
from tests.support.site import SiteTest

CLEAN = "---\ntitle: a\ndate: 2026-01-01\n---\n\n"
_NOTICES = {"check-unlinked-note", "file-unused"}


def remarks(site: SiteTest, *arguments: str) -> list[str]:
    """Return path, line, column and code of what check says, without what is only said of a whole site."""
    site.run("check", "--format", "json", *arguments, expect=None)
    rows = [row for row in json.loads(site.stdout) if row["code"] not in _NOTICES]
    return [f"{row['file']}:{row['line']}:{row['column']} {row['code']}" for row in rows]


def test_a_site_without_faults_has_no_remark_and_nothing_is_written(site: SiteTest) -> None:
    site.note("a", "## x\n\n![curve](i.png) \\eqref{e}\n\n$$x\\label{e}$$\n").write("content/i.png", png())
    assert remarks(site) == []
    assert not (site.root / "public").exists()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("![](i.png) and ![b](i.png)", ["1:1"]),
        ("Text `![](i.png)`\nand ![ ](i.png)", ["2:5"]),
        ('<img src="i.png">', ["1:1"]),
        ('a <IMG src="i.png" /> b <img src="i.png" alt="">', ["1:3"]),
        ("```\n![](i.png)\n```", []),
    ],
)
def test_pictures_without_a_text(site: SiteTest, text: str, places: list[str]) -> None:
    site.write("content/a.md", CLEAN + text + "\n").write("content/i.png", png())
    expected = [f"{int(line) + 5}:{column}" for line, column in (place.split(":") for place in places)]
    found = [row.removeprefix("content/a.md:").split()[0] for row in remarks(site) if "check-image-alt" in row]
    assert found == expected


def test_headings_that_skip_a_level(site: SiteTest) -> None:
    site.write("content/a.md", CLEAN + "## a\n\n#### b\n\n## c\n\n### d\n")
    assert remarks(site) == ["content/a.md:8:0 check-heading-jump"]


def test_translations_older_than_the_last_change_of_their_original(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguages: [zh-CN, en]\n")
    site.note("a", "甲", date="2026-01-01", updated="2026-03-01").note("a.en", "A", date="2026-02-01")
    site.note("b", "乙", date="2026-02-01").note("b.en", "B", date="2026-01-01")  # the English one came first
    site.note("c", "丙", updated="2026-03-01").note("c.en", "C", updated="2026-03-01").note("d", "丁").note("d.en", "D")
    assert remarks(site) == ["content/a.en.md:0:0 check-stale-translation"]
    site.run("check", expect=None)
    site.expect_report("content/a.md, which this translates, was changed on 2026-03-01, after 2026-02-01")
    site.expect_report("say `updated: 2026-03-01`")


def test_labels_macros_and_pictures_that_nothing_uses(site: SiteTest) -> None:
    site.write(
        "site.yaml", "title: T\nlanguage: en\nmath:\n  macros: {used: x, inner: y, outer: '\\inner', spare: z}\n"
    )
    site.note("a", "$\\used\\outer$\n\n$$x\\label{one}$$\n\n$$y\\label{two}$$\n\n\\eqref{one}", macros={"own": "q"})
    site.write("content/old.png", png()).write("content/notes.txt", "x")
    assert remarks(site) == [
        "content/a.md:4:11 check-unused-macro",
        "content/a.md:11:11 check-unused-label",
        "content/old.png:0:0 check-unused-file",
        "site.yaml:4:48 check-unused-macro",
    ]


def test_works_that_no_note_cites(site: SiteTest) -> None:
    parent = "@book{parent, title={P}, year=2000}\n@xdata{spare, title={S}}\n"
    bib = "@inbook{cited, title={C}, crossref={parent}}\n@book{hidden, title={H}}\n"
    site.note("a", "[@cited] \\nocite{hidden}").write("content/refs.bib", parent + bib)
    site.write("more.csl.json", '[{"id": "other", "title": "O"}, {"id": "cited", "title": "C"}]')
    site.write("site.yaml", "title: T\nlanguage: en\nbibliography: [content/refs.bib, more.csl.json]\n")
    assert remarks(site) == ["content/refs.bib:2:0 check-unused-work", "more.csl.json:0:0 check-unused-work"]
    site.run("check").expect_report("content/refs.bib:2: info[check-unused-work]: no note cites spare")


def test_labels_of_all_kinds_that_nothing_refers_to(site: SiteTest) -> None:
    labelled = (
        *("![a](i.png){#fig-a}", "![b](i.png){#fig-b}", "![c \\label{fig:c}](i.png)", "![d](i.png)\n^fig-d"),
        *("| a |\n|---|\n\n: T {#tbl-a}", "## S {#sec-a}", "## T {#other}", "> [!theorem|thm:a] x"),
    )
    used = "@fig-b，见（@sec-a）。\\cref{fig:x, fig:c}, [[a#^fig-d]]"
    site.write("content/i.png", png()).note("a", "\n\n".join((*labelled, used)))
    site.run("check", "--format", "json", expect=None)
    messages = [row["message"] for row in json.loads(site.stdout) if row["code"] == "check-unused-label"]
    unused = [message.split("label ")[1] for message in messages]
    assert unused == ["fig-a", "tbl-a", "thm:a"]


def test_notes_that_none_links_to_are_a_notice(site: SiteTest) -> None:
    site.note("a", "[[b]]").note("b", "x").run("check")
    site.expect_report("content/a.md: info[check-unlinked-note]: no other note links here")
    assert "content/b.md" not in site.stderr


def test_severities_and_exceptions(site: SiteTest) -> None:
    head = "title: T\nlanguage: en\ncheck:\n"
    site.write("content/i.png", png()).note("a", "![](i.png)").note("b", "![](i.png)")
    site.write("site.yaml", head + "  rules: {image-alt: error, unlinked-note: off}\n  ignore: ['*/b.md']\n")
    site.run("check", expect=1).expect_report("content/a.md:6:1: error[check-image-alt]: a picture without a text")
    site.note("a", "<!-- notegen-ignore check-image-alt -->\n![](i.png)").run("check", expect=0)
    site.note("a", "![](i.png)")
    site.write("site.yaml", head + "  rules: {image-alt: off}\n").run("check", "--strict", expect=0)
    site.write("site.yaml", head + "  rules: {image-alr: off}\n").run("check", expect=2)
    site.expect_report("did you mean image-alt?")
    site.write("site.yaml", head + "  rules: {link-broken: error}\n").run("check", expect=2)
    site.expect_report("builds tell link-broken, too")
    site.write("site.yaml", head + "  rules: {image-alt: loud}\n").run("check", expect=2)
    site.expect_report("a mapping of rules to off, info, warning, error")


@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        ("<!-- notegen-ignore image-alt -->", True),
        ("<!-- notegen-ignore check-image-alt, link-broken -->", True),
        ("<!-- notegen-ignore -->", True),
        ("<!-- notegen-ignore link-broken -->", False),
    ],
)
def test_a_comment_silences_the_line_below_it(site: SiteTest, comment: str, *, silent: bool) -> None:
    site.write("content/a.md", CLEAN + f"{comment}\n![](i.png)\n\n![](i.png)\n").write("content/i.png", png())
    found = [row for row in remarks(site) if "image-alt" in row]
    assert len(found) == 1 + (not silent)


def test_what_a_build_reports_is_in_it(site: SiteTest) -> None:
    site.note("a", "[x](gone.md) $\\unknowncommand$")
    assert {row.split()[1] for row in remarks(site)} == {"link-broken", "math-undefined-command"}


def test_sarif_is_what_its_specification_requires(site: SiteTest) -> None:
    site.write("content/深 度.md", CLEAN + "![](gone.png)\n## a\n\n#### b\n").run("check", "--format", "sarif")
    log = json.loads(site.stdout)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert {"check-image-alt", "check-heading-jump", "image-broken"} <= set(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"note", "warning", "error"}
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "content/%E6%B7%B1%20%E5%BA%A6.md"
        assert place.get("region", {"startLine": 1})["startLine"] >= 1


def test_sarif_of_ten_thousand_remarks() -> None:
    items = (Diagnostic("check-image-alt", Severity.WARNING, "m", "a.md", n) for n in range(10_000))
    log = json.loads(as_sarif(items, {}))
    assert len(log["runs"][0]["results"]) == 10_000


def test_pictures_are_looked_for_in_linear_time() -> None:
    settings = read_settings(Config())
    parser = make_parser(settings)

    def look(count: int) -> None:
        note = SourceFile("a.md", CLEAN + "![](i.png)\n\n" * count, "digest")
        assert len(list(images_of_note(note, parser, settings))) == count

    assert_linear(look, 50)
