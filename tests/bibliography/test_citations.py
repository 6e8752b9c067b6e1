"""Citations on pages: numbers or years, the list, links both ways, where they are left out, what is told."""

import re

import pytest

from tests.support.site import SiteTest

REFS = """@article{ho, author={Ho, Jonathan and Jain, Ajay}, title={Diffusion on $\\ell_2$}, year=2020}
@misc{kingma, author={Kingma, Diederik}, title={Adam}, year=2014, url={https://x.org/adam}}
@misc{kingma2, author={Kingma, Diederik}, title={VAE}, year=2014}
@article{he, author={何, 恺明 and 张, 祥雨 and 任, 少卿}, title={深度残差学习}, year=2016}
@misc{unused, title={Unused}}
"""


@pytest.fixture
def cited(site: SiteTest) -> SiteTest:
    """Return a site with a bibliography."""
    return site.write("site.yaml", "title: T\nlanguage: en\npapers: false\n").write("content/refs.bib", REFS)


def words(html: str) -> str:
    """Return the text of HTML on one line, formulas by their LaTeX."""
    html = re.sub(r"<math.*?<annotation[^>]*>(.*?)</annotation>.*?</math>", r"\1", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_works_are_numbered_by_first_use_and_listed(cited: SiteTest) -> None:
    cited.note("n", "A [see @ho, p. 3; @kingma]. B [@ho]. @he show, {cite:year}`ho`.").build().expect_clean()
    assert words(cited.body("n")) == (
        "A [see 1, p. 3; 2]. B [1]. 何恺明等 [3] show, 2020. References "
        "Jonathan Ho, Ajay Jain. Diffusion on \\ell_2. 2020. ↩1 ↩2 ↩3 "
        "Diederik Kingma. Adam. 2014. x.org/adam ↩ 何恺明, 张祥雨, 任少卿. 深度残差学习. 2016. ↩"
    )


def test_a_work_may_stand_in_the_list_without_a_mark(cited: SiteTest) -> None:
    cited.note("n", "A [@ho].\\nocite{kingma}").build().expect_clean()
    assert words(cited.body("n")) == (
        "A [1]. References Jonathan Ho, Ajay Jain. Diffusion on \\ell_2. 2020. ↩ "
        "Diederik Kingma. Adam. 2014. x.org/adam"
    )


@pytest.mark.parametrize("nocite", [["kingma"], "@kingma, @ho;", "*"])
def test_front_matter_may_name_works_of_the_list(cited: SiteTest, nocite: object) -> None:
    cited.note("n", "Text [@ho].", nocite=nocite).build().expect_clean()
    shown = words(cited.body("n"))
    assert shown.startswith("Text [1]. References Jonathan Ho, Ajay Jain. Diffusion on \\ell_2. 2020. ↩ ")
    assert "Diederik Kingma. Adam. 2014. x.org/adam" in shown
    assert shown.endswith("Unused.") == (nocite == "*")


@pytest.mark.parametrize(
    "source", ["{% bibliography --group_by none %}", '<div class="x">\n{% bibliography %}\n</div>', "x\\nocite{*}"]
)
def test_a_page_may_list_every_work(cited: SiteTest, source: str) -> None:
    cited.note("n", source).build().expect_clean()
    found = words(cited.body("n")).removeprefix("x").removeprefix(" References").strip()
    assert found == (
        "Jonathan Ho, Ajay Jain. Diffusion on \\ell_2. 2020. 何恺明, 张祥雨, 任少卿. 深度残差学习. 2016. "
        "Diederik Kingma. Adam. 2014. x.org/adam Diederik Kingma. VAE. 2014. Unused."
    )


def test_a_tag_that_asks_for_cited_works_lists_these_alone(cited: SiteTest) -> None:
    cited.note("n", "A [@ho].\n\n{% bibliography --cited %}").build().expect_clean()
    assert words(cited.body("n")).endswith("Jonathan Ho, Ajay Jain. Diffusion on \\ell_2. 2020. ↩")
    cited.note("n", "A [@ho].\n\n{% bibliography --query @*[x=1] %}").build().expect_report("tag-unknown")


def test_author_year(cited: SiteTest) -> None:
    cited.write("site.yaml", "language: en\npapers: false\ncitations: {style: author-year}\n")
    cited.note("n", "A [see @ho, p. 3; -@kingma]. @kingma2 and \\citeauthor{he} [@he].").build()
    assert words(cited.body("n")) == (
        "A (see Ho and Jain, 2020, p. 3; 2014a). Kingma (2014b) and 何恺明等 (何恺明等, 2016). References "
        "Jonathan Ho, Ajay Jain (2020). Diffusion on \\ell_2. ↩ Diederik Kingma (2014a). Adam. x.org/adam ↩ "
        "Diederik Kingma (2014b). VAE. ↩ 何恺明, 张祥雨, 任少卿 (2016). 深度残差学习. ↩1 ↩2"
    )


def test_a_chinese_note_has_chinese_words_and_signs(cited: SiteTest) -> None:
    cited.write("site.yaml", "language: zh-CN\npapers: false\ncitations: {style: author-year}\n")
    cited.note("n", "见 [@he; @ho]。").build()
    assert words(cited.body("n")).startswith("见 （何恺明等，2016；Ho and Jain，2020）。 参考文献 ")


def test_links_lead_both_ways(cited: SiteTest) -> None:
    cited.note("n", "A [@ho] and [@ho].").build()
    html = cited.body("n")
    ids = set(re.findall(r' id="([^"]*)"', html))
    hrefs = set(re.findall(r'href="#([^"]*)"', html))
    assert hrefs == ids == {"bib:ho", "cite:ho", "cite:ho:2"}


def test_what_is_no_key_stays_as_it_is(cited: SiteTest) -> None:
    body = "By @someone, me@x.org, [@ho]."
    cited.note("n", body).build().expect_clean()
    assert "<p>By @someone, me@x.org, <span" in cited.body("n")


def test_an_unknown_key_is_told_with_the_nearest(cited: SiteTest) -> None:
    cited.note("n", "A [@kingma3] and\n[@ho; @nothing].").build().expect_lines(
        "content/n.md:6:3: warning[cite-unknown]: no bibliography has a work with the key kingma3",
        "content/n.md:7:1: warning[cite-unknown]: no bibliography has a work with the key nothing",
    )
    cited.expect_report("did you mean kingma", "see the keys in content/refs.bib")
    assert '<span class="broken">[@kingma3]</span>' in cited.body("n")
    assert '1</a>, <span class="broken">nothing</span>]' in cited.body("n")


def test_mistakes_of_the_bibliography_are_told_where_they_are(cited: SiteTest) -> None:
    cited.write("content/refs.bib", REFS + "@misc{a, title={no end\n\n@misc{ho, title={again}}\n")
    cited.note("n", "[@ho]").build().expect_lines(
        "content/refs.bib:6:16: warning[bib-syntax]: the entry a is left out: a brace is not closed",
        "content/refs.bib:8: warning[bib-duplicate]: the key ho is used a second time; the entry of line 1 counts",
    )
    assert "Diffusion" in cited.body("n")


def test_nothing_is_told_of_a_bibliography_that_nobody_cites(cited: SiteTest) -> None:
    cited.write("content/refs.bib", "@misc{a, title={no end").note("n", "Text.").build().expect_clean()


def test_a_site_without_a_bibliography_is_as_it_was(site: SiteTest) -> None:
    site.note("n", "A [@ho], @ho and {cite}`ho`.\n\n[[REFERENCES]]").build()
    assert "<p>A [@ho], @ho and {cite}<code>ho</code>.</p>" in site.body("n")
    site.expect_report("warning[syntax-foreign]: a citation of Pandoc [@ho]")


def test_lists_and_descriptions(cited: SiteTest) -> None:
    cited.write("site.yaml", "language: en\nbase_url: https://x.org/\n")
    cited.note("n", "@ho show it [@kingma].\n\n<!-- more -->\n\n[@he]").build()
    assert 'content="Ho and Jain show it."' in cited.html("posts/n/index.html")
    home = cited.html("index.html")
    assert words(home).count("Ho and Jain [1] show it [2].") == 1
    assert "bib:" not in home
    feed = cited.html("atom.xml")
    assert "https://x.org/posts/n/#bib:ho" in feed
    assert "Adam" in feed
    assert "doc-backlink" not in feed
    assert "pagefind" not in feed


def test_authors_are_named_wherever_the_words_are_shown(cited: SiteTest) -> None:
    body = (
        "文献@he也说，@ho…… "
        + "长" * 130
        + "@kingma\n\n## On @ho [@he]\n\n[@ho，第 3 页；@he]、\\citeyear{ho}~\\cite{ho}"
    )
    body += "\n\n## Two\n\n## Three\n"
    cited.note("n", body, toc=True, title="After @ho and @someone").build().expect_clean()
    html = cited.html("posts/n/index.html")
    assert ">1</a>]</span></span>也说" in html, "numbers are no words of the text to search"
    assert '<h1 class="p-name">After Ho and Jain and @someone</h1>' in html
    assert f'content="文献何恺明等也说，Ho and Jain…… {"长" * 130}' in html
    assert "@" not in words(cited.body("n"))
    assert '<a href="#on-ho">On Ho and Jain</a>' in html
    assert "[2，第 3 页; 1]、2020\N{NO-BREAK SPACE}[2]" in re.sub(r"<[^>]*>", "", html)


ALGORITHM = (
    "```algorithm\n\\begin{algorithm}\n\\caption{Adam \\cite{kingma,ho}}\n\\begin{algorithmic}\n\\State \\citet{gone}\n"
)
ALGORITHM += "\\end{algorithmic}\n\\end{algorithm}\n```\n\n> [!lemma|l] Of Ho [@ho]\n> Text.\n\n\\cref{l}\n"


def test_algorithms_and_names_of_theorems_cite(cited: SiteTest) -> None:
    cited.note("n", ALGORITHM).build().expect_lines("content/n.md:10:15: warning[cite-unknown]: no bibliography has ")
    assert words(cited.body("n")).startswith(
        "Algorithm 1 Adam [1, 2] \\citet{gone} Lemma 1 (Of Ho [2]) Text. Lemma 1 (Of Ho)"
    )
    cited.root.joinpath("content/refs.bib").unlink()
    cited.build().expect_report("content/n.md:8:15: warning[algorithm-unknown-command]: \\cite is no command")
    assert "Adam \\cite{kingma,ho}" in words(cited.body("n"))


def test_a_place_for_the_list(cited: SiteTest) -> None:
    cited.note("n", "A [@ho].\n\n## Literature\n\n[[REFERENCES]]\n\n## Later\n\nB [@kingma].").build()
    html = cited.body("n")
    assert html.count("<h2") == 2
    assert html.index("Literature") < html.index('id="bib:kingma"') < html.index("Later")


def test_a_note_that_is_embedded_is_cited_from_the_list_of_its_page(cited: SiteTest) -> None:
    cited.note("a", "A [@kingma].\n\n![[b]]\n").note("b", "B [@ho; @kingma].").build().expect_clean()
    html = cited.body("a")
    assert "B [2, 1]." in words(html)
    assert html.count('id="bib:ho"') == html.count('id="bib:kingma"') == 1
    assert 'href="#bib:ho"' in html
    assert "B [1, 2]." in words(cited.body("b"))


def test_wiki_links_cite_where_no_note_has_the_name(cited: SiteTest) -> None:
    cited.note("n", "[[@ho]], [[@he|residuals]], [[@kingma]], [[@gone]]").note("@kingma", "My notes.")
    cited.build(expect=0).expect_lines("content/n.md:6:42: warning[link-broken]")
    assert words(cited.body("n")).startswith("Ho and Jain [1], residuals [2], @kingma, @gone References")


def test_files_that_site_yaml_and_front_matter_name(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\nbibliography: [lib/all.json, gone.bib]\n")
    site.write("lib/all.json", '[{"id": "a", "title": "From JSON"}, {"id": "b", "title": "JSON b"}]')
    site.write("content/own/b.bib", "@misc{b, title={Beside}}").write("content/lib/c.bib", "@misc{a, title={Named}}")
    site.note("n", "[@a; @b]").note("own/m", "[@a; @b]").note("named", "[@a]", bibliography="c").build()
    site.expect_lines("site.yaml:2: warning[bib-file]: bibliography: there is no file gone.bib in the site")
    assert "From JSON" in site.body("n")
    assert "JSON b" in site.body("n")
    assert "Beside" in site.body("m")
    assert "Named" in site.body("named")


def test_a_bibliography_that_is_not_there_or_not_text(cited: SiteTest) -> None:
    cited.write("content/latin.bib", b"@misc{m, title={M\xfcller}}").note("n", "[@ho]", bibliography="refz.bib")
    cited.build().expect_lines(
        "content/latin.bib: warning[bib-file]: not read: not UTF-8: byte 0xfc",
        "content/n.md:1: warning[bib-file]: there is no bibliography 'refz.bib'",
    )


def test_hostile_keys_and_fields_stay_text(cited: SiteTest) -> None:
    bib = '@misc{x\'<script>, title={<script>alert(1)</script> {\\"o} "q"}, url={https://x.org/"onclick=1}}\n'
    cited.write("content/refs.bib", bib).note("n", "{cite}`x'<script>`").build()
    html = cited.body("n")
    assert "<script" not in html
    assert "onclick" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ö" in html


def test_a_new_entry_reads_no_note_and_makes_no_page_again(cited: SiteTest) -> None:
    cited.note("a", "[@ho]").note("b", "[@kingma]").build()
    before = cited.snapshot()

    def changed() -> set[str]:
        return {path for path, state in cited.snapshot().items() if state != before[path]} - {"refs.bib"}

    cited.write("content/refs.bib", REFS + "@misc{new, title={New}}\n").build("--explain")
    assert changed() == set()
    assert "content/a.md" not in cited.stdout + cited.stderr
    cited.write("content/refs.bib", REFS.replace("Adam", "ADAM")).build()
    assert {path for path in changed() if path.endswith(".html")} == {"posts/b/index.html"}
