"""Notebooks of sites of other programs: at the addresses of these; files where the program makes no pages of them."""

import pytest

from tests.support.notebooks import base64_png, code, head, markdown, notebook, shown
from tests.support.site import SiteTest

PLOT = code("plot()", shown({"image/png": base64_png(30, 20)}))


def test_jupyter_book(site: SiteTest) -> None:
    (site.root / "site.yaml").unlink(missing_ok=True)
    site.write("_config.yml", "title: Book\n").write("_toc.yml", "root: intro\nchapters:\n- file: chap/one\n")
    site.write("intro.md", "# Intro\n\nSee {doc}`chap/one` and [](chap/one.ipynb).\n")
    cells = (markdown("# One\n\n(sec-x)=\n## Part\n\n```{note}\nHello\n```\n\n{ref}`sec-x`"), PLOT)
    site.write("chap/one.ipynb", notebook(*cells)).init().build()
    page = site.html("chap/one.html")
    assert 'src="/chap/one_files/' in page
    assert "callout" in page
    assert site.html("index.html").count('href="/chap/one.html"') >= 2


def test_quarto(site: SiteTest) -> None:
    (site.root / "site.yaml").unlink(missing_ok=True)
    site.write("_quarto.yml", "project: {type: website}\nwebsite: {title: Q}\n")
    site.write("posts/a/index.ipynb", notebook(head("A"), markdown("::: {.callout-note}\nx\n:::"), PLOT))
    site.write("posts/b.ipynb", notebook(head("B"), markdown("x"))).init().build()
    assert 'src="/posts/a/index_files/' in site.html("posts/a/index.html")
    assert site.output("posts/b.html").is_file()


def test_myst(site: SiteTest) -> None:
    (site.root / "site.yaml").unlink(missing_ok=True)
    site.write("myst.yml", "version: 1\nproject: {title: M}\nsite: {title: M}\n")
    site.write("a.md", "# A\n").write("b.ipynb", notebook(markdown("# B\n\nWords."))).init().build()
    assert "Words." in site.html("b/index.html")


@pytest.mark.parametrize("dialect", ["hexo", "hugo", "docusaurus", "vitepress"])
def test_of_programs_without_notebooks_they_are_files(site: SiteTest, dialect: str) -> None:
    site.write("site.yaml", f"dialect: {dialect}\ncontent_dir: content\npermalink: /posts/:slug/\n")
    site.note("a", "[x](b.ipynb)").write("content/b.ipynb", "no JSON").build()
    assert [path for path in site.files() if path.endswith("b.ipynb")]


def test_fastpages(site: SiteTest) -> None:
    site.write("site.yaml", 'dialect: jekyll\ncontent_dir: "."\n').write("_posts/2026-01-01-a.md", "# A\n")
    site.write("_notebooks/2026-01-02-b.ipynb", notebook(markdown("# B\n> Summary.\n\n- toc: true"), PLOT)).build()
    assert "Summary." in site.html("2026/01/02/b.html")
