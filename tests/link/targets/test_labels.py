"""References by a label alone, of MyST and Quarto: to this note, to another one, to none."""

from tests.support.html import elements, texts
from tests.support.pictures import png
from tests.support.site import SiteTest


def test_a_label_of_another_note_is_found(site: SiteTest) -> None:
    site.note("a", "{ref}`sec-b`, {ref}`here <sec-b>`, {eq}`eq-b` and {prf:ref}`thm-b`")
    site.note(
        "b", "(sec-b)=\n## 节 $x$\n\n```{math}\n:label: eq-b\nx\n```\n\n```{prf:theorem}\n:label: thm-b\ny\n```"
    ).build().expect_clean()
    body = site.body("a")
    assert '<a href="/posts/b/#sec-b">节 <math' in body
    assert '<a href="/posts/b/#sec-b">here</a>' in body
    assert '<a href="/posts/b/#eq-b">(1)</a>' in body
    assert '<a href="/posts/b/#thm-b">定理\xa01</a>' in body
    assert ">a</a>" in site.html("posts/b/index.html"), "a backlink"


FIGURE = "![Cap](a.png){#fig-a}\n\n> [!theorem|thm:b] Bayes $x$\n> Text.\n\n| a |\n|---|\n\n: T {#tbl-a}\n"


def test_references_to_another_note_show_its_numbers(site: SiteTest) -> None:
    site.write("content/a.png", png()).note("a", "![First](a.png){#fig-first}\n\n" + FIGURE)
    written = "@fig-a, [-@fig-a], [Fig. @fig-a], \\ref{fig-a}, [[a#^fig-a]], [](a.md#tbl-a), {numref}`No. %s <tbl-a>`"
    site.note("b", f"{written}, [[a#thm:b]], \\cref{{thm:b}}\n\n![[a#^fig-a]]").build().expect_clean()
    shown = [item.text.replace("xx", "x") for item in elements(site.body("b"), "a")]
    assert shown == [
        *("图 2", "2", "Fig. 2", "2", "图 2", "表 1", "No. 1", "定理 1（Bayes x）", "定理 1（Bayes x）", "图 2"),
    ]
    assert "<b>图 2</b> Cap" in site.body("b"), "an embed has the number of its home"
    feed = site.output("atom.xml").read_text("utf-8") if site.output("atom.xml").is_file() else ""
    assert not feed or "图\xa02" in feed
    assert "图\xa02" in site.html("index.html"), "excerpts show them"


def test_a_new_number_reaches_the_notes_that_show_it(site: SiteTest) -> None:
    site.write("content/a.png", png()).note("a", FIGURE).note("b", "@fig-a").build()
    assert ">图\xa01</a>" in site.body("b")
    site.note("a", "![New](a.png){#fig-new}\n\n" + FIGURE).build()
    assert ">图\xa02</a>" in site.body("b")


def test_a_label_may_hold_anything(site: SiteTest) -> None:
    figure = '```{figure} a.png\n:name: a"<script>x\n\nCap\n```\n\n{numref}`a"<script>x`'
    site.write("content/a.png", png()).note("a", figure).note("b", '{numref}`a"<script>x`').build().expect_clean()
    for name in "ab":
        assert "<script>" not in site.body(name)
        assert elements(site.body(name), "a")[0].text == "图 1"
    assert 'id="a&quot;&lt;script&gt;x"' in site.body("a")


def test_an_unknown_label_is_told_with_the_nearest(site: SiteTest) -> None:
    own = "![B](a.png){#fig-bb}\n\n@fig-b, \\cref{tbl-aa} and @fig-aa"
    site.write("content/a.png", png()).note("a", FIGURE).note("b", own).build()
    site.expect_lines(
        "content/b.md:8:2: warning[label-unknown]: nothing has the label fig-b",
        "content/b.md:8:15: warning[label-unknown]: nothing has the label tbl-aa",
        "content/b.md:8:28: warning[label-unknown]: nothing has the label fig-aa",
    )
    site.expect_report("did you mean fig-bb?")
    site.expect_report("did you mean fig-a?")
    site.expect_report("did you mean tbl-a?")


def test_the_label_of_this_note_is_nearer_and_that_of_several_is_none(site: SiteTest) -> None:
    for name in "abc":
        site.note(name, f"(s)=\n## {name}\n\n" + ("{ref}`s`" if name == "a" else f"(t)=\n\n{name}"))
    site.note("d", "{ref}`t` {eq}`e`").build().expect_lines(
        "content/d.md:6:7: warning[label-unknown]: several notes have the label t: content/b.md, content/c.md",
        "content/d.md:6:15: warning[label-unknown]: nothing has the label e",
    )
    assert '<a href="#s">a</a>' in site.body("a")
    assert '<span class="broken">t</span> <span class="broken">e</span>' in site.body("d")


MYST = "(here)=\n## A heading\n\n$$ x $$ (eq-x)\n\n:::{note}\n:name: box\nIn a box.\n:::\n"


def test_a_label_of_another_note_is_found_as_myst_does(site: SiteTest) -> None:
    site.write("content/b.md", MYST).note(
        "a", "[words](#here) [](#eq-x) [](#box) ![](#here)\n\n[no](#a-heading)"
    ).build()
    shown = site.body("a")
    assert '<a href="/posts/b/#here">words</a> <a href="/posts/b/#eq-x">(1)</a> <a href="/posts/b/#box">' in shown
    assert '<a href="/posts/b/#here">A heading</a>' in shown
    assert "<img" not in shown
    site.expect_report("syntax-foreign]: ![](#here) is a link here, not what it leads to")
    site.expect_report("this note has no place named 'a-heading'")  # no label: what a program makes of words


def test_a_label_of_a_note_and_its_translation_means_that_of_the_language(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\nlanguage: zh-CN\nlanguages: [zh-CN, en]\n")
    for end, name in (("", "名"), (".en", "Name")):
        site.write(
            f"content/a{end}.md", f"---\ntitle: A\n---\n::: {{#thm-x}}\n## {name}\nText.\n:::\n\n$$a$$ {{#eq-x}}"
        )
        body = "@thm-x, [](#thm-x), \\eqref{eq-x}\n\n## By @thm-x and [[a#^thm-x]]\n"
        site.write(f"content/b{end}.md", f"---\ntitle: On @thm-x\ntoc: true\n---\n{body}")
    site.build().expect_clean()
    for page, name in (("posts/b", "定理 1（名）"), ("en/posts/b", "Theorem 1 (Name)")):
        html = site.html(f"{page}/index.html")
        assert texts(html, "h1") == [f"On {name}"]
        assert [item.text for item in elements(html, "a")].count(name) == 4
        assert "@thm-x" not in html.partition("<article")[2]


def test_a_title_shows_what_readers_may_know(site: SiteTest) -> None:
    for name, draft in (("a", False), ("b", False), ("hidden", True)):
        label = "secret" if draft else "shared"
        site.note(name, f"> [!lemma|{label}] Of {name}\n> Text.\n\nWords. ^words", draft=draft)
    site.note("c", "", title="[[a#^shared]], \\cref{shared}, [[b#^words]], \\cref{secret}").build()
    assert texts(site.html("posts/c/index.html"), "h1") == ["引理 1（Of a）, ??, Words., ??"]
