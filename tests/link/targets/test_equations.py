"""Equations referred to from other notes and from lists: their numbers, their ids, and mistakes about them."""

import re

import pytest

from tests.support.cases import check_each
from tests.support.site import SiteTest

ONE = r"""\begin{equation} x \label{eq:elbo} \end{equation}

$$ y \label{eq:two} $$ and \eqref{eq:two}

\begin{align} a &= b \label{eq:三} \\ c &= d \tag{*} \label{eq:star} \end{align}
"""


@pytest.fixture
def notes(site: SiteTest) -> SiteTest:
    """Return a site with a note whose equations others refer to."""
    return site.note("one", ONE)


LINKS = (
    ("[[one#eq:elbo]]", "(1)", "eq-elbo"),
    ("[](one.md#eq:elbo)", "(1)", "eq-elbo"),
    ("[[one#eq:two|the bound]]", "the bound", "eq-two"),
    ("[the bound](one.md#eq:two)", "the bound", "eq-two"),
    ("[[one#eq:三]]", "(3)", "eq-三"),
    ("[[one#eq:star]]", "(*)", "eq-star"),
    ("[by id](one.md#eq-elbo)", "by id", "eq-elbo"),
)


def test_a_link_to_an_equation_of_another_note(notes: SiteTest) -> None:
    for number, (written, *_) in enumerate(LINKS):
        notes.note(f"two{number}", f"See {written}.")
    notes.build().expect_clean()

    def check(number: int, _written: str, shown: str, anchor: str) -> None:
        found = re.search(r'<a href="/posts/one/#([^"]*)">(.*?)</a>', notes.body(f"two{number}"))
        assert found
        assert (found[1], found[2]) in {(anchor, shown), (anchor.replace("三", "%E4%B8%89"), shown)}
        assert f' id="{anchor}"' in notes.body("one")

    check_each(LINKS, check)


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
        "content/a.md:8:5: warning[label-duplicate]: the label eq:a is defined twice",
        "content/a.md:10:8: warning[label-unknown]: ",
        "content/a.md:10:19: warning[label-unknown]: ",
    )
    site.expect_report("did you mean eq:a?")


def test_latex_in_the_text_finds_the_equation_of_another_note(notes: SiteTest) -> None:
    notes.note("two", r"See \eqref{eq:elbo}, \ref{eq:elbo}.").build().expect_clean()
    shown = re.findall(r'<a href="/posts/one/#eq-elbo">(.*?)</a>', notes.body("two"))
    assert shown == ["(1)", "1"]


def test_a_formula_refers_to_the_equation_of_another_note(notes: SiteTest) -> None:
    notes.note("two", r"See $a = \eqref{eq:elbo}$ and $$b \overset{\ref{eq:star}}{=} \cref{eq:none}$$").build()
    shown = re.findall(r'<mtext><a href="/posts/one/#([^"]*)">(.*?)</a></mtext>', notes.body("two"))
    assert shown == [("eq-elbo", "(1)"), ("eq-star", "*")]
    notes.expect_lines("content/two.md:6:62: warning[label-unknown]: nothing has the label eq:none")
    notes.note("one", r"\begin{equation} w \end{equation}" + "\n\n" + ONE).build()
    assert '<mtext><a href="/posts/one/#eq-elbo">(2)</a></mtext>' in notes.body("two")
    assert 'href="#' not in notes.html("atom.xml").partition("two")[2]


def test_where_no_link_can_be_the_note_that_has_the_equation_is_named(notes: SiteTest) -> None:
    notes.write("site.yaml", "math: {output: source}\n").note("two", r"See $a = \eqref{eq:elbo}$.").build()
    notes.expect_lines("content/two.md:6:10: warning[label-unknown]: nothing in this note has the label eq:elbo")
    notes.expect_report("content/one.md has it: link to it with [[one#eq:elbo]], which shows its number")


def test_the_link_that_is_proposed_leads_there(notes: SiteTest) -> None:
    notes.write("site.yaml", "math: {output: source}\n")
    notes.write("content/deep/one.md", "---\ndate: 2026-01-01\nslug: deep\n---\n$$z \\label{eq:deep|]}$$\n")
    notes.note("two", r"$\eqref{eq:deep|]}$ $\eqref{eq:star}$").build()
    proposed = re.findall(r"link to it with (\[\[.*\]\])", notes.stderr)
    assert len(proposed) == 2
    notes.note("two", " and ".join(proposed)).build().expect_clean()
    assert re.findall(r'<a href="/posts/(?:deep|one)/#[^"]*">(.*?)</a>', notes.body("two")) == ["(1)", "(*)"]


def test_of_several_notes_one_in_the_same_folder_is_named(notes: SiteTest) -> None:
    for name in ("b/other", "a/most", "b/more"):
        notes.write(f"content/{name}.md", "---\ndate: 2026-01-01\n---\n$$z \\label{eq:z}$$\n")
    notes.write("content/b/asks.md", "---\ndate: 2026-01-01\n---\n\\eqref{eq:z}\n").build()
    notes.expect_report("say which one: [[more#eq:z]]")


def test_a_label_of_a_note_that_is_left_out_is_not_proposed(site: SiteTest) -> None:
    site.note("one", ONE, draft=True).note("two", r"\eqref{eq:elbo}").build()
    site.expect_lines("content/one.md: info[note-skipped]: ", "content/two.md:6:8: warning[label-unknown]: ")
    assert "link to it" not in site.stderr


def test_a_theorem_is_referred_to_as_in_latex(site: SiteTest) -> None:
    theorem = "> [!theorem|thm:bayes] Bayes\n> Text.\n\n"
    site.note("one", theorem + r"By \ref{thm:bayes}, \cref{thm:bayes}, [[#thm:bayes]].").build().expect_clean()
    shown = re.findall(r'<a(?: class="eqref")? href="#thm-bayes">(.*?)</a>', site.body("one"))
    assert shown == ["1", "定理\xa01（Bayes）", "定理\xa01（Bayes）"]
    site.note("one", theorem + r"By $\ref{thm:bayes} \text{ and \cref{thm:bayes}}$.").build().expect_clean()
    assert re.findall(r'<a href="#thm-bayes">(.*?)</a>', site.body("one")) == ["1", "定理 1"]


def test_inspect_tells_of_unknown_references_too(notes: SiteTest) -> None:
    notes.note("two", "$$y \\label{eq:ab}$$\n\n\\eqref{eq:b} and $\\eqref{eq:elbo}$")
    notes.run("inspect", str(notes.root / "content/two.md"))
    notes.expect_lines(
        "content/two.md:8:8: warning[label-unknown]: ",
        "content/two.md:8:19: warning[label-unknown]: ",
    )
    notes.expect_report("did you mean eq:ab?")


def test_a_reference_in_a_title_or_summary_is_told(site: SiteTest) -> None:
    site.note("one", "Text.", title=r"On $\eqref{eq:x}$", summary=r"By \eqref{eq:y}").build()
    assert site.stderr.count("label-unknown") == 2
