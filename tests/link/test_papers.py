"""Papers as nodes: pages of cited works, with the notes that cite them, the sentences, what is cited together."""

import re
from html import unescape

import pytest

from notegen.link.bodies.papers import MOST_WORKS
from tests.support.site import SiteTest

REFS = """@article{ho, author={Ho, Jonathan and Jain, Ajay}, title={Diffusion on $\\ell_2$}, year=2020,
  abstract={On $x$}}
@misc{adam, author={Kingma, Diederik}, title={Adam}, year=2014}
@misc{DBLP:conf/a, author={A, B}, title={Slashes}, year=2001}
@misc{DBLP-conf-a, author={A, B}, title={Hyphens}, year=2002}
@misc{q'"<script>", author={A, C}, title={<script>alert(1)</script>}, year=2003}
@misc{unused, title={Unused}}
"""


@pytest.fixture
def cited(site: SiteTest) -> SiteTest:
    """Return a site with a bibliography."""
    site.write("site.yaml", "title: T\nlanguage: en\nbase_url: https://x.org/\n")
    return site.write("content/refs.bib", REFS.replace('q\'"<script>"', "q'<script>"))


def main(site: SiteTest, path: str) -> str:
    """Return the words of a page without its frame, formulas by their LaTeX, marks kept."""
    html = site.html(path).partition("<main")[2].partition("</main>")[0].partition(">")[2]
    html = re.sub(r"<math.*?<annotation[^>]*>(.*?)</annotation>.*?</math>", r"\1", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<(?!/?mark)[^<>]*>", "", html)).split())


def test_a_page_has_the_entry_the_notes_that_cite_it_and_what_is_cited_together(cited: SiteTest) -> None:
    cited.note("a", "Before. It works [see @ho; @adam], says *he*, $y$. After [@adam].").note("b", "By @ho it\nworks.")
    cited.note("c", "Not [[a]]: [[@ho]] cites.").note("d", "[@ho]").note("hidden", "[@ho]", hidden=True)
    cited.note("draft", "[@unused]", draft=True).build()
    assert "<title>Diffusion on ℓ₂ · " in cited.html("papers/ho/index.html")
    assert main(cited, "papers/ho/index.html") == (
        "Papers Diffusion on \\ell_2 Jonathan Ho, Ajay Jain. Diffusion on \\ell_2. 2020. Abstract On x Referenced by "
        "a It works <mark>(Ho and Jain, 2020; Kingma, 2014)</mark>, says he, y. "
        "b By <mark>Ho and Jain (2020)</mark> it works. c Not a: <mark>@ho</mark> cites. d "
        "Cited together with Adam 1 note Kingma · 2014"
    )
    assert main(cited, "papers/index.html") == (
        "Cited in these notes Papers 2 in all Diffusion on \\ell_2 4 notes Ho and Jain · 2020 Adam 1 note Kingma · 2014"
    )
    assert "https://x.org/papers/ho/" in cited.html("sitemap.xml")
    assert '<a class="paper-link" href="/papers/ho/">cited by</a>' in cited.body("a")
    assert 'href="https://x.org/papers/ho/"' in unescape(cited.html("atom.xml"))
    assert not [path for path in cited.files() if "unused" in path]


def test_addresses_of_keys_are_safe_and_differ(cited: SiteTest) -> None:
    cited.note("n", "[@DBLP:conf/a; @DBLP-conf-a] {cite}`q'<script>`").build().expect_clean()
    pages = [path for path in cited.files() if path.startswith("papers/")]
    assert pages == [
        "papers/DBLP-conf-a-2/index.html",
        "papers/DBLP-conf-a/index.html",
        "papers/index.html",
        "papers/q-script/index.html",
    ]
    assert "Hyphens" in main(cited, "papers/DBLP-conf-a/index.html")
    assert 'href="/papers/DBLP-conf-a-2/"' in cited.body("n")
    assert "<script>alert" not in cited.html("papers/q-script/index.html")


def test_a_site_may_do_without_or_have_pages_of_that_name(cited: SiteTest) -> None:
    cited.note("mine", "Mine.", permalink="/papers/").note("n", "[@ho]").build()
    assert "references/ho/index.html" in cited.files()
    assert "papers/ho/index.html" not in cited.files()
    cited.write("site.yaml", "language: en\npapers: false\n").build()
    assert not [path for path in cited.files() if path.startswith(("references", "papers/ho"))]
    assert "paper-link" not in cited.body("n")


def test_no_citation_no_pages(cited: SiteTest) -> None:
    cited.note("n", "Nothing, @someone.").build().expect_clean()
    assert not [path for path in cited.files() if path.startswith("papers")]
    assert "/papers/" not in cited.html("index.html")


def test_what_a_note_cites_all_at_once_is_not_together(cited: SiteTest) -> None:
    cited.write("content/refs.bib", "".join(f"@misc{{k{n}, title={{T{n}}}}}\n" for n in range(MOST_WORKS + 1)))
    cited.note("n", " ".join(f"[@k{n}]" for n in range(MOST_WORKS + 1))).build("--no-cache")
    assert "Cited together" not in main(cited, "papers/k0/index.html")
    assert "papers/page/2/index.html" in cited.files()


def test_two_works_with_the_same_words_stand_side_by_side(cited: SiteTest) -> None:
    """Notes with a bibliography each may cite two works under one key that differ in their address alone."""
    for folder in ("one", "two"):
        work = f"@misc{{same, author={{A, B}}, title={{S}}, doi={{10.1000/{folder}}}}}"
        cited.write(f"content/{folder}/refs.bib", work)
        cited.note(f"{folder}/n-{folder}", "[@same; @adam]")
    cited.build().expect_clean()
    assert main(cited, "papers/adam/index.html").endswith("Cited together with S 1 note A S 1 note A")
