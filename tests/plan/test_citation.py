"""How notes are cited: where they offer it, the entry in BibTeX, the line, what Scholar and search engines read."""

import re
from html import unescape
from typing import Any

import pytest

from tests.support.cases import check_each
from tests.support.site import SiteTest

SITE = """title: Notes & more
language: en
base_url: https://example.org/
author: {name: Ada Lovelace, orcid: 0000-0002-1825-0097}
authors:
  - {id: wang, name: 王小明, url: https://wang.example/, affiliation: U}
"""


def entry(site: SiteTest, slug: str) -> str:
    """Return the BibTeX entry on a note's page; "" where there is none."""
    block = re.search(
        r'<details class="cite">.*?<code>(.*?)</code>', site.html(f"posts/{slug}/index.html"), flags=re.DOTALL
    )
    return unescape(block[1]) if block else ""


def test_an_entry_names_authors_title_date_and_address(site: SiteTest) -> None:
    site.write("site.yaml", SITE).note("the-sgd-note", "x", title=r"On $x_t$ & 50% of {it}", citation=True).build()
    site.expect_clean()
    assert entry(site, "the-sgd-note").split("\n") == [
        "@misc{lovelace2026sgd,",
        "  author = {Ada Lovelace},",
        r"  title = {{On $x_t$ \& 50\% of it}},",
        r"  howpublished = {Notes \& more},",
        "  year = {2026},",
        "  month = jan,",
        "  url = {https://example.org/posts/the-sgd-note/},",
        "}",
    ]
    page = site.html("posts/the-sgd-note/index.html")
    assert site.html("posts/the-sgd-note/cite.bib") == entry(site, "the-sgd-note") + "\n"
    assert '<a href="/posts/the-sgd-note/cite.bib" download>bibtex</a>' in page
    assert "<p>Ada Lovelace. “On xₜ &amp; 50% of {it}.” Notes &amp; more, 2026-01-02.\n" in page


def test_names_that_bibtex_would_take_apart_are_kept_whole(site: SiteTest) -> None:
    people = ["wang", "Simon and Garfunkel", "Lovelace, Ada", "Jean de la Fontaine"]
    site.write("site.yaml", SITE).note("随机", "x", authors=people, citation=True).build()
    names = "{王小明} and {Simon and Garfunkel} and {Lovelace, Ada} and Jean de la Fontaine"
    assert f"  author = {{{names}}},\n" in entry(site, "随机")
    assert re.match(r"@misc\{note2026[0-9a-f]{4},", entry(site, "随机"))
    assert '<a class="p-author h-card" rel="author" href="https://wang.example/">王小明</a>' in site.html(
        "posts/随机/index.html"
    )


def test_what_is_known_of_a_paper(site: SiteTest) -> None:
    paper = {"type": "article-journal", "container-title": "J. of X", "doi": "https://doi.org/10.1/ab_c"}
    site.write("site.yaml", SITE).note("a", "x", citation=paper, author="wang", slug="gauss").build()
    assert entry(site, "gauss").startswith("@article{note2026gauss,\n")
    assert "  journal = {J. of X},\n" in entry(site, "gauss")
    assert "  doi = {10.1/ab_c},\n" in entry(site, "gauss")
    page = site.html("posts/gauss/index.html")
    tags = re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page)
    assert tags == [
        ("citation_title", "a"),
        ("citation_author", "王小明"),
        ("citation_author_institution", "U"),
        ("citation_publication_date", "2026/01/02"),
        ("citation_journal_title", "J. of X"),
        ("citation_doi", "10.1/ab_c"),
        ("citation_public_url", "https://example.org/posts/gauss/"),
        ("citation_language", "en"),
    ]
    assert '"@type":"ScholarlyArticle"' in page
    assert '"affiliation":{"@type":"Organization","name":"U"}' in page
    assert '<a href="https://doi.org/10.1/ab_c">' in page


OFFERS: tuple[tuple[bool, dict[str, Any], bool], ...] = (
    (False, {}, False),
    (False, {"author": "B"}, False),
    (False, {"citation": True}, True),
    (False, {"author": {"name": "B", "affiliations": [{"name": "U"}]}}, True),
    (False, {"authors": [{"name": "B", "orcid": "https://orcid.org/0000-0002-1825-009X"}]}, True),
    (False, {"authors": [{"name": "B", "orcid": "none", "url": "https://b.example"}]}, False),
    (False, {"author": {"name": "B", "affiliation": "U"}, "citation": False}, False),
    (True, {}, True),
    (True, {"date": None}, False),
    (True, {"citation": False}, False),
)


@pytest.mark.parametrize("setting", [False, True])
def test_which_notes_offer_it(site: SiteTest, setting: bool) -> None:
    site.write("site.yaml", f"{SITE}cite_note: {str(setting).lower()}\n").note("b", "x")
    cases = [case for case in OFFERS if case[0] is setting]
    for number, (_, front, _) in enumerate(cases):
        site.note(f"a{number}", "x", **front)
    site.build()
    assert bool(entry(site, "b")) is setting

    def check(number: int, _setting: bool, _front: object, offered: bool) -> None:
        assert bool(entry(site, f"a{number}")) is offered
        assert ("citation_title" in site.html(f"posts/a{number}/index.html")) is offered

    check_each(cases, check)


def test_an_author_without_a_name_is_told(site: SiteTest) -> None:
    site.write("site.yaml", "author: {orcid: 0000-0002-1825-0097}\n").note("a", "x").build(expect=2)
    site.expect_report("site.yaml:1:9: error[config-value]: authors must be a mapping with name")


def test_an_author_s_address_is_no_script(site: SiteTest) -> None:
    site.write("site.yaml", "author: {name: B, url: 'javascript:x()'}\n").note("a", "x").build(expect=2)
    site.expect_report("site.yaml:1:9: error[config-value]: authors must be a list of people, the url of each")


def test_an_orcid_may_be_an_address_and_must_be_one(site: SiteTest) -> None:
    orcid = "author: {{name: B, orcid: {}}}\n"
    site.write("site.yaml", orcid.format("https://orcid.org/0000-0002-1825-0097/")).note(
        "a", "x", citation=True
    ).build()
    assert 'content="https://orcid.org/0000-0002-1825-0097">' in site.html("posts/a/index.html")
    site.write("site.yaml", orcid.format("me")).build(expect=2)
    site.expect_report("authors must be a list of people, an ORCID written as 0000-0002-1825-0097")
