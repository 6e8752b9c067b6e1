"""Equations referred to from other notes and from lists: their numbers, their ids, and mistakes about them."""

import re

import pytest
from site_test import SiteTest

ONE = r"""\begin{equation} x \label{eq:elbo} \end{equation}

$$ y \label{eq:two} $$ and \eqref{eq:two}

\begin{align} a &= b \label{eq:三} \\ c &= d \tag{*} \label{eq:star} \end{align}
"""


@pytest.fixture
def notes(site: SiteTest) -> SiteTest:
    """Return a site with a note whose equations others refer to."""
    return site.note("one", ONE)


@pytest.mark.parametrize(
    ("written", "shown", "anchor"),
    [
        ("[[one#eq:elbo]]", "(1)", "eq-elbo"),
        ("[](one.md#eq:elbo)", "(1)", "eq-elbo"),
        ("[[one#eq:two|the bound]]", "the bound", "eq-two"),
        ("[the bound](one.md#eq:two)", "the bound", "eq-two"),
        ("[[one#eq:三]]", "(3)", "eq-三"),
        ("[[one#eq:star]]", "(*)", "eq-star"),
        ("[by id](one.md#eq-elbo)", "by id", "eq-elbo"),
    ],
)
def test_a_link_to_an_equation_of_another_note(notes: SiteTest, written: str, shown: str, anchor: str) -> None:
    notes.note("two", f"See {written}.").build().expect_clean()
    found = re.search(r'<a href="/posts/one/#([^"]*)">(.*?)</a>', notes.body("two"))
    assert found
    assert (found[1], found[2]) in {(anchor, shown), (anchor.replace("三", "%E4%B8%89"), shown)}
    assert f' id="{anchor}"' in notes.body("one")


def test_a_new_number_reaches_the_notes_that_show_it(notes: SiteTest) -> None:
    notes.note("two", "See [[one#eq:elbo]].").build()
    notes.note("one", r"\begin{equation} w \end{equation}" + "\n\n" + ONE).build()
    assert ">(2)</a>" in notes.body("two")


def test_ids_are_unique_where_notes_meet(notes: SiteTest) -> None:
    notes.note("two", ONE).note("three", ONE).build().expect_clean()
    for page in ("index.html", "posts/one/index.html"):
        ids = re.findall(r'\sid="([^"]+)"', notes.html(page))
        assert len(ids) == len(set(ids))
    hrefs = re.findall(r'href="([^"]*#eq-[^"]*)"', notes.html("index.html"))
    assert sorted(set(hrefs)) == [f"/posts/{name}/#eq-two" for name in ("one", "three", "two")]


def test_a_link_to_no_equation_is_told(notes: SiteTest) -> None:
    notes.note("two", "See [[one#eq:elba]].").build()
    notes.expect_lines("content/two.md:6:5: warning[link-broken-anchor]: ")
    notes.expect_report("did you mean eq:elbo?")


def test_double_labels_and_dangling_references_are_told(site: SiteTest) -> None:
    site.note("a", "$$x \\label{eq:a}$$\n\n$$y \\label{eq:a}$$\n\n\\eqref{eq:b} and $\\ref{eq:c}$").build()
    site.expect_lines(
        "content/a.md:8:5: warning[math-duplicate-label]: the label eq:a is defined twice",
        "content/a.md:10:8: warning[math-unknown-reference]: ",
        "content/a.md:10:19: warning[math-unknown-reference]: ",
    )
    site.expect_report("did you mean eq:a?")
