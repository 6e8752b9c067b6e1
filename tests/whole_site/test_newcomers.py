"""Notes brought along from other programs, through a whole build: what they show, and what their author is told."""

from tests.support.pictures import png
from tests.support.site import SiteTest


def test_a_post_of_jekyll(site: SiteTest) -> None:
    site.write(
        "content/_posts/2024-01-02-x.md",
        "---\nlayout: post\ntitle: X\ntags: machine learning\n---\n"
        '<div class="row" markdown="1">\n**a** $x$\n</div>\n\n<p>b</p>\n{% highlight python %}\nc = 1\n\nd = 2\n'
        "{% endhighlight %}\n",
    ).build().expect_clean()
    assert [path for path in site.files() if path.startswith("tags/")] == [
        *("tags/index.html", "tags/learning/index.html", "tags/machine/index.html"),
    ]
    body = site.body("x")
    assert '<div class="row">\n<p><strong>a</strong> <math' in body
    assert "markdown=" not in body
    assert body.count('<div class="highlight') == 1
    assert "{%" not in body


def test_a_tag_of_hexo_and_hugo_keeps_its_space(site: SiteTest) -> None:
    site.note("n", "x", tags="machine learning").build().expect_clean()
    assert "tags/machine-learning/index.html" in site.files()


def test_containers_and_admonitions_are_callouts(site: SiteTest) -> None:
    site.note(
        "n", "::: tip 标 $x$\na\n:::\n\n!!! warning\n    b $y$\n\n::: my-box\n## 节\n:::\n\n[TOC]\n\n[[#节]]"
    ).build()
    site.expect_clean()
    body = site.body("n")
    assert body.count('<aside class="callout callout-') == 2
    assert body.count("<math") == 2
    assert '<div class="my-box">\n<h2 ' in body
    assert "TOC" not in body


def test_what_stays_visible_is_told_once_a_note(site: SiteTest) -> None:
    site.note("n", "## 节\n:numref:`a` :cite:`b`\n\n:cite:`c` [@d]\n\n::: tip").build()
    site.expect_lines(
        "content/n.md:7:1: warning[syntax-foreign]: a role of Sphinx or d2l :numref:`a` is shown as written",
        "content/n.md:9:11: warning[syntax-foreign]: a citation of Pandoc [@d] is shown as written",
        "content/n.md:11:1: warning[syntax-foreign]: a container ::: tip without a name or an end is shown as written",
    )


def test_elements_that_need_a_script_are_told_once_a_note(site: SiteTest) -> None:
    site.note("n", "<d-code>x</d-code> b <d-code>y</d-code>\n\n<d-math>x</d-math>").build("-v")
    site.expect_report("content/n.md:6:1: info[html-script]: <d-code>, <d-math>: ")
    assert site.stderr.count("[html-script]") == 1
    site.build("--strict").expect_clean()


def test_a_citation_of_distill_without_a_bibliography_is_told_once(site: SiteTest) -> None:
    site.note("n", 'a <d-cite key="a"></d-cite> b <d-cite key="c"></d-cite>').build()
    site.expect_report(
        'content/n.md:6:3: warning[syntax-foreign]: a citation of distill <d-cite key="a"> shows nothing: 2 times'
    )
    site.write("content/works.bib", "@book{a, title={T}}\n@book{c, title={U}}\n").build()
    assert "d-cite" not in site.stderr


def test_an_image_with_a_space_in_its_name_is_shown(site: SiteTest) -> None:
    site.write("content/my pic (1).png", png()).note("a b", "x")
    site.note("n", "图 ![x](my pic (1).png) 与 [a b.md](a b.md)").build("-v")
    body = site.body("n")
    assert 'src="/posts/n/my%20pic%20(1).png" alt="x" ' in body
    assert 'width="2" height="1"' in body
    assert 'href="/posts/a-b/"' in body
    site.expect_report(
        "content/n.md:6:3: info[link-space]: ", "write ![x](<my pic (1).png>)", "write [a b.md](<a b.md>)"
    )


def test_an_image_with_a_space_that_is_missing_is_told(site: SiteTest) -> None:
    site.note("n", "![x](my pic.png)").build().expect_lines(
        "content/n.md:6:1: warning[image-broken]: no file 'my pic.png'"
    )


def test_formulas_escaped_for_another_renderer_are_told_and_can_be_read(site: SiteTest) -> None:
    site.note("n", "$D\\_{KL}$ 与 $\\\\alpha$").build().expect_lines(
        "content/n.md:6:3: warning[math-escaped]: 2 formulas are escaped for a renderer that reads Markdown's"
    )
    site.write("site.yaml", "math:\n  unescape: true\n").build().expect_clean()
    assert ">D_{KL}</annotation>" in site.body("n")
    assert ">\\alpha</annotation>" in site.body("n")


def test_markdown_in_raw_html_is_read_where_it_is_certain_and_else_told(site: SiteTest) -> None:
    site.note(
        "n", "<details>\n<summary>答</summary>\n```python\nx = 1\n\ny = 2\n```\n</details>"
    ).build().expect_clean()
    assert site.body("n").count('<div class="highlight') == 1
    assert "```" not in site.body("n")
    site.note("n", "<aside>\n💡 **注意** $x$\n</aside>").build().expect_lines(
        "content/n.md:7:3: warning[html-markdown]: Markdown inside raw HTML, **注意**, is shown as written"
    )


def test_a_quarto_document_is_a_note(site: SiteTest) -> None:
    cell = "```{python}\n#| echo: false\nf()\n```\n\n"
    text = f"---\ntitle: Q\ndate: 2026-01-01\n---\n\n{cell}[x](b.qmd), [y](c), see @thm-a.\n"
    site.write("content/a.qmd", text).write("content/b.qmd", text.replace("Q", "B"))
    site.write("content/c/index.qmd", '---\ntitle: C\ndate: "2026-01-01"\n---\n::: {#thm-a}\n## Name\nx\n:::\n').build()
    site.expect_clean()
    body = site.body("a")
    assert "<pre" not in body
    assert '<a href="/posts/b/">x</a>, <a href="/posts/c/">y</a>' in body
    assert 'see <a href="/posts/c/#thm-a">定理\xa01（Name）</a>.' in body
    assert not [path for path in site.files() if path.endswith(".qmd")]
