"""Notes as Markdown: what a page shows, with formulas as LaTeX; index.md beside pages, llms.txt."""

import json

from notegen.jinja.html_tree import parse_html
from notegen.jinja.markdown import markdown
from tests.support.cases import all_cases
from tests.support.html import elements
from tests.support.limits import assert_linear
from tests.support.site import SiteTest

SETTINGS = "title: T\ndescription: D\nlanguage: en\nbase_url: https://example.org/n/\n"
MATH = "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>|x_{1}|</annotation></semantics></math>"
CASES = {
    "<p>a <b>b</b> <i>c</i> <s>d</s> <code>e`f</code></p>": "a **b** *c* ~~d~~ ``e`f``",
    "<p>2 * 3 [x] a_b _c_ $5 `</p>": r"2 \* 3 \[x\] a_b \_c\_ \$5 \`",
    "<p># no heading</p><p>1. none</p>": "\\# no heading\n\n\\1. none",
    "<p>a<br>\nb</p>": "a\\\nb",
    f"<p>So {MATH}.</p>": "So $|x_{1}|$.",
    f"<div class='math-display'>{MATH.replace('<math>', '<math display=block>')}</div>": "$$\n|x_{1}|\n$$",
    "<h2 id='x'>A<a class='anchor' href='#x'></a></h2>": "## A",
    "<p><a href='../b/#c'>d</a> <img src='e f.png' alt='[g]'></p>": (
        "[d](https://example.org/b/#c) ![\\[g\\]](<https://example.org/a/e f.png>)"
    ),
    "<ol start='3'><li>a<ul><li>b</li></ul></li><li>c</li></ol>": "3. a\n   - b\n4. c",
    "<ul><li><p>a</p><p>b</p></li></ul>": "- a\n\n  b",
    "<blockquote><p>a</p><p>b</p></blockquote>": "> a\n>\n> b",
    "<details class='diagram-source'><summary>mermaid</summary><pre><code>flowchart LR\n</code></pre></details>": (
        "```mermaid\nflowchart LR\n```"
    ),
    "<p>A work. <a class='paper-link' href='/papers/x/'>cited by</a></p>": "A work.",
    "<pre><code>a\n```\nb</code></pre>": "````\na\n```\nb\n````",
    "<div class='highlight' data-lang='py'><pre><span>x</span> = 1\n</pre></div>": "```py\nx = 1\n```",
    f"<table><tr><th style='text-align:right'>a|b</th></tr><tr><td>{MATH}</td></tr></table>": (
        "| a\\|b |\n| ---: |\n| $\\vert x_{1}\\vert $ |"
    ),
    "<aside class='callout'><p class='callout-title'>Note</p><p>x</p></aside>": "> **Note**\n>\n> x",
    "<p>a<sup class='footnote-ref'><a href='#fn1'>1</a></sup></p><section class='footnotes'><ol><li id='fn1'>"
    "<p>b <a href='#fnref1' class='footnote-back'>↩</a></p></li></ol></section>": "a[^1]\n\n[^1]: b",
    "<p>a</p><script>x</script><video src='v.mp4'></video>": "a\n\n<https://example.org/a/v.mp4>",
    "<p>H<sub>2</sub>O</p><hr>": "H<sub>2</sub>O\n\n---",
    "": "",
}


@all_cases("html", CASES)
def test_html_as_markdown(html: str) -> None:
    assert markdown(html, "https://example.org/a/").rstrip("\n") == CASES[html]


def test_html_that_closes_nothing_is_read_to_its_end() -> None:
    assert markdown("<p>a <b>b<p>c</x>").split() == ["a", "**b**", "c"] or "c" in markdown("<p>a <b>b<p>c</x>")
    assert parse_html("<p>a</p></div>").text() == "a"


def test_elements_in_ten_thousand_elements_are_read() -> None:
    assert markdown("<div>" * 10_000 + "a" + "</div>" * 10_000) == "a\n"


def test_it_grows_with_the_text() -> None:
    assert_linear(lambda size: markdown("<p>a <b>b</b></p>" * size), 100)


def test_by_default_there_is_none(site: SiteTest) -> None:
    site.note("a", "x").build()
    assert not [path for path in site.files() if path.endswith((".md", "llms.txt"))]
    assert "text/markdown" not in site.html("posts/a/index.html")


def test_a_note_has_its_markdown_beside_it(site: SiteTest) -> None:
    site.write("site.yaml", SETTINGS + "outputs: {markdown: true}\n")
    site.note("a", "See [[b]] and $x_1$.\n\n![[b]]", title=r"On $\beta$: “it's”", tags=["a: b"])
    site.note("b", "Of b.").write(
        "content/about.md", "---\ntitle: About\nlayout: page\n---\nMe."
    ).build().expect_clean()
    head, _, body = site.html("posts/a/index.md").removeprefix("---\n").partition("---\n")
    assert 'url: "https://example.org/n/posts/a/"' in head
    assert json.loads(head.partition("tags: ")[2]) == ["a: b"]
    assert "it's" in head, "as one writes it, not as \\u0027, which scripts in HTML need"
    assert body.startswith("\n# On $\\beta$: “it's”\n\nSee [b](https://example.org/n/posts/b/) and $x_1$.\n")
    assert "Of b." in body
    assert "Me." in site.html("about/index.md")
    (link,) = [
        item for item in elements(site.html("posts/a/index.html"), "link") if "markdown" in item.attrs.get("type", "")
    ]
    assert link.attrs["href"] == "/n/posts/a/index.md"
    assert "extra/markdown.js" in site.html("posts/a/index.html")


def test_a_page_with_a_file_s_name(site: SiteTest) -> None:
    site.write("site.yaml", SETTINGS + "permalink: /:slug.html\noutputs: {markdown: true}\n").note("a", "x").build()
    assert "a.md" in site.files()


def test_llms_txt_lists_what_search_engines_may_know(site: SiteTest) -> None:
    site.write("site.yaml", SETTINGS + "outputs: {llms: true}\n")
    site.note("a", "Words.").note("b", "x", hidden=True).note("c", "x", sitemap=False).note(
        "d", "x", draft=True
    ).build()
    assert site.html("llms.txt") == "# T\n\n> D\n\n## Notes\n\n- [a](https://example.org/n/posts/a/): Words.\n"
    site.write("site.yaml", SETTINGS + "outputs: {llms: true, markdown: true}\n").build()
    assert "(https://example.org/n/posts/a/index.md)" in site.html("llms.txt")


def test_the_markdown_of_a_note_is_the_note(site: SiteTest) -> None:
    """Read again, it shows the same formulas, code and tables."""
    body = "$a_1$ and\n\n$$\n\\sum_i x_i\n$$\n\n| a | b |\n| --- | :-: |\n| $x$ | `c` |\n"
    body += "\n```python\nx = 1\n```\n\n- a\n- b"
    site.write("site.yaml", SETTINGS + "outputs: {markdown: true}\n").note("a", body).build()
    site.write("content/again.md", site.html("posts/a/index.md").replace("# a\n", "", 1)).build()
    first, again = site.html("posts/a/index.md"), site.html("posts/again/index.md")
    assert first.partition("# a\n")[2] == again.partition("# a\n")[2]
