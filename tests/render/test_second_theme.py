"""A small theme over the shipped one: its own frame, one note template that extends the one it shadows, one label."""

import re
import shutil

import pytest

from tests.support.html import elements, texts
from tests.support.paths import FIXTURES
from tests.support.site import SiteTest

LEDGER = FIXTURES / "ledger"


@pytest.fixture(name="layered")
def layered_site(site: SiteTest) -> SiteTest:
    """Return a site whose theme is ledger over transmission."""
    shutil.copytree(LEDGER, site.root / "themes" / "ledger")
    settings = "title: T\nlanguage: zh-CN\nbase_url: /\ntheme: [ledger, transmission]\n"
    site.write("site.yaml", settings + "theme_options: {motto: 慢慢读}\n")
    site.note("a", "See [b](b.md) and $x^2$.\n\n## One\n\n## Two\n\n## Three", tags=["t"], series="S")
    return site.note("b", "[a](a.md) once more.", series="S", lang="en")


def test_pages_of_the_lower_theme_stand_in_the_frame_of_the_upper(layered: SiteTest) -> None:
    layered.write("content/about.md", "---\ntitle: About\nlayout: page\n---\n\nWords.\n").build()
    for path in ("index", "posts/a/index", "about/index", "tags/index", "series/S/index", "404"):
        html = layered.html(f"{path}.html")
        assert '<body class="ledger">' in html, path
        assert texts(html, "em") == ["慢慢读"], path
        assert len(elements(html, "h1")) == 1, path


def test_a_template_adds_to_the_one_it_shadows(layered: SiteTest) -> None:
    html = layered.build().html("posts/a/index.html")
    assert len(elements(html, class_="e-content")) == 1
    assert texts(html, "p", "count") == ["6"]
    assert texts(html, "h2", "section-heading") == ["谁提到了它"]
    assert texts(html, "nav", "toc") == ["目录 One Two Three"]


def test_what_the_upper_theme_does_not_have_comes_from_the_lower(layered: SiteTest) -> None:
    css = next(layered.build().root.glob("public/css/main.*.css")).read_text("utf-8")
    assert css.index("--accent: light-dark(#9a3d0b") < css.index("--accent: light-dark(#0b5a9a")
    assert (layered.root / "public/favicon.svg").is_file()


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("note.html", "themes/ledger/templates/note.html:4: error[template-error]: "),
        ("home.html", "themes/ledger/templates/home.html:8: error[template-error]: "),
    ],
)
def test_an_error_is_at_its_line_and_names_the_page(layered: SiteTest, template: str, problem: str) -> None:
    file = layered.root / "themes/ledger/templates" / template
    text = file.read_text("utf-8").replace("page.note.words", "page.note.wrods")
    file.write_text(text.replace("</table>", "{{ page.entires }}"), "utf-8")
    layered.build(expect=1)
    pages = {"note.html": r"posts/[ab]/index\.html for content/[ab]\.md", "home.html": r"index\.html for the home list"}
    assert re.search(re.escape(problem) + rf".*'(?:wrods|entires)' \(while making /{pages[template]}", layered.stderr)
