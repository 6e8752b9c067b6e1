"""Numbers of figures, tables, code and sections: settings, languages, many labels. Spellings: tests/fixtures/forms."""

import re

import pytest

from notegen.model.config import Config, NumberingConfig
from notegen.read.syntax.cross_references.label_prefixes import float_of, numbered_words
from tests.support.cases import all_cases
from tests.support.limits import assert_linear
from tests.support.reading import problems, read_note, shown
from tests.support.site import SiteTest

FIGURE = "![A](a.png){#fig-a}\n\n"


def _read(body: str, **numbering: object) -> str:
    return shown(read_note(body, Config(language="en", numbering=NumberingConfig(**numbering))))  # type: ignore[arg-type]


def test_all_that_has_a_caption_is_numbered_where_the_site_says_so() -> None:
    body = '![a](a.png "One")\n\n![b](b.png)\n\n' + FIGURE + "| a |\n|---|\n\n: Rows\n"
    assert re.findall(r"<b>(.*?)</b>", _read(body, figures="all")) == ["Figure 1", "Figure 2", "Table 1"]
    assert re.findall(r"<b>(.*?)</b>", _read(body)) == ["Figure 1"]


def test_sections_are_numbered_below_the_title_and_but_for_those_that_do_not_want_it() -> None:
    headings = ("# Title", "## A {#sec-a}", "### B", "## Thanks {-}", "## C {#sec-c}", "> ## quoted")
    body = "\n\n".join((*headings, "@sec-c, \\ref{sec-a}, [[#sec-a]]"))
    html = _read(body, sections=True)
    assert re.findall(r'section-number">(.*?)<', html) == ["1", "1.1", "2"]
    assert re.findall(r'<a href="#sec-.">(.*?)</a>', html) == ["Section\xa02", "1", "Section\xa01"]
    assert re.findall(r'<a href="#sec-.">(.*?)</a>', _read(body)) == ["C", "A", "A"]


def test_a_number_of_a_section_is_no_part_of_its_id() -> None:
    note = read_note("## A b\n", Config(language="en", numbering=NumberingConfig(sections=True)))
    assert (note.headings[0].id, note.headings[0].text) == ("a-b", "A b")
    assert note.headings[0].html.startswith('<span class="section-number">1</span>')


THEOREMS = """## A

> [!theorem] x

> [!lemma] x

## B

> [!theorem] x

> [!proof]

> [!lemma|lem:z] x

\\cref{lem:z}
"""


@all_cases(
    ("theorems", "numbers"),
    [
        ("by-kind", ["Theorem 1", "Lemma 1", "Theorem 2", "Proof", "Lemma 2"]),
        ("shared", ["Theorem 1", "Lemma 2", "Theorem 3", "Proof", "Lemma 4"]),
        ("by-section", ["Theorem 1.1", "Lemma 1.2", "Theorem 2.1", "Proof", "Lemma 2.2"]),
    ],
)
def test_theorems_count_by_kind_together_or_by_section(theorems: str, numbers: list[str]) -> None:
    html = _read(THEOREMS, theorems=theorems)
    assert re.findall(r'callout-label">(.*?)<', html) == numbers
    assert '<a href="#lem-z">{}\xa0{} (x)</a>'.format(*numbers[-1].split()) in html


@all_cases(
    ("languages", "words"),
    [
        (("", "zh-CN"), "图 1"),
        (("en", "zh-CN"), "Figure 1"),
        (("zh-TW", "en"), "圖 1"),
        (("de-AT", "en"), "Abbildung 1"),
        (("sv", "ja"), "図 1"),
        (("sv", "tlh"), "Figure 1"),
    ],
)
def test_words_are_those_of_the_note_else_of_the_site(languages: tuple[str, str], words: str) -> None:
    assert numbered_words("figure", "1", languages) == words


def test_prefixes_name_kinds() -> None:
    labels = ("fig-x", "fig:x", "tab:x", "tbl-x", "lst-x", "Fig-x", "figx", "sec-x", "-", "", "figures-x")
    assert [float_of(label) for label in labels] == [
        *("figure", "figure", "table", "table", "listing", "figure"),
        *("", "", "", "", ""),
    ]


def test_a_note_may_say_for_itself_whether_its_sections_have_numbers(site: SiteTest) -> None:
    site.note("one", "## A\n", **{"number-sections": True}).note("two", "## A\n").build()
    assert 'class="section-number">1</span>' in site.body("one")
    assert "section-number" not in site.body("two")


@pytest.mark.slow
def test_many_labels_take_linear_time() -> None:
    def read(count: int) -> None:
        figures = "".join(f"![A](a.png){{#fig-{number}}}\n\n" for number in range(count))
        references = " ".join(f"@fig-{number} @fig-no-{number} [@fig-{number}" for number in range(count))
        note = read_note(figures + references)
        assert note.block_labels[f"fig-{count - 1}"].number == str(count)
        assert problems(note) == []

    assert_linear(read, 100)
