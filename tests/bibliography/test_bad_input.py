"""Bibliographies and citations that are hostile, or only very many: bounded, linear, and never a way into the page."""

import pytest

from notegen.bibliography.bibtex import read_bibtex
from notegen.bibliography.works import with_parents
from tests.support.site import SiteTest


def test_crossrefs_in_a_circle_end() -> None:
    text = "@misc{a, crossref={b}}\n@misc{b, crossref={c}, title={B}}\n@misc{c, crossref={a}, year={2000}}\n"
    entries = read_bibtex(text, "r.bib").entries
    assert with_parents(entries["a"], entries).fields == {"crossref": "b", "booktitle": "B", "year": "2000"}


def test_a_file_of_many_megabytes_is_told(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\n").write("big.bib", "@misc{a, title={A}}\n" + "% comment\n" * 5_100_000)
    site.note("n", "Text.").build().expect_lines("big.bib: warning[bib-file]: not read: larger than")


def test_a_new_entry_among_thousands_reads_no_note(site: SiteTest) -> None:
    refs = "".join(f"@misc{{k{n}, title={{T{n}}}, year={{2000}}}}\n" for n in range(2000))
    site.write("site.yaml", "language: en\npapers: false\n").write("refs.bib", refs)
    site.note("n", "[@k7]").build()
    before = site.snapshot()
    site.write("refs.bib", refs + "@misc{new, title={New}}\n").build("--explain")
    assert site.snapshot() == before
    assert "content/n.md" not in site.stdout + site.stderr


@pytest.mark.slow
def test_ten_thousand_citations_in_a_note(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\n").write("refs.bib", "@misc{a, title={A}}\n@misc{b, title={B}}\n")
    site.note("n", "[@a; @b] @a " * 5000).build().expect_clean()
    assert site.body("n").count('href="#bib:') == 15_000
    assert site.body("n").count("<li") == 2


def test_what_only_looks_like_a_citation(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\n").write("refs.bib", "@misc{property, title={P}}\n@misc{ho, title={H}}\n")
    text = "Mail a@ho.example, me@ho, @ho@mastodon.social, https://x.org/@ho, `@property`.\n\n```python\n@property\n```"
    site.note("n", text).build().expect_clean()
    assert "bib:" not in site.body("n")
