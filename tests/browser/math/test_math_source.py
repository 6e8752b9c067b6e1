"""`math.output: source` with a KaTeX of the site's own: every formula is typeset, numbers and links are notegen's."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.katex_npm import katex_folder
from tests.support.math_page import show_site
from tests.support.site import SiteTest

if TYPE_CHECKING:
    from playwright.sync_api import Page

SETTINGS = r"""
title: Source
base_url: https://example.org/
math:
  output: source
  macros: {KL: 'D_{\mathrm{KL}}', norm: '\left\|#1\right\|'}
"""
NOTE = r"""The sign $a<b$ and $\KL(p \| q)$, and \(x_1 * x_2 * x_3\) in $\norm{x}$.
See \eqref{eq:sum} and $\eqref{eq:two}$.

$$
\begin{aligned} f(x) &= \begin{cases} 1 & x>0 \\ 0 & \text{否则} \end{cases} \end{aligned}
$$

\begin{align}
a &= b + c \label{eq:sum} \\
d &= e \label{eq:two}
\end{align}

| column | $\vec{v}$ |
| --- | --- |
| $|x|$ | $\sqrt{x}$ |

$$ \newcommand{\R}{\mathbb{R}} $$

Then $x \in \R$, and $$ y = z \tag{*} $$

<!-- more -->

The rest.
"""
RENDER = """() => {
  renderMathInElement(document.body, {
    throwOnError: true,
    errorCallback: (message, error) => { throw error },
    delimiters: [{left: "\\\\(", right: "\\\\)", display: false}, {left: "\\\\[", right: "\\\\]", display: true}],
  });
}"""


@pytest.fixture(scope="module")
def katex() -> Path:
    """Return KaTeX's folder; the whole module is skipped without it."""
    return katex_folder()


@pytest.fixture(scope="module", name="source")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """Return a built site with one note."""
    site = SiteTest(tmp_path_factory.mktemp("source")).write("site.yaml", SETTINGS)
    return site.note("a", NOTE).build().expect_clean()


@pytest.fixture
def public(source: SiteTest) -> Path:
    """Return the output folder of that site."""
    return source.root / "public"


def typeset(page: "Page", public: Path, path: str, katex: Path) -> None:
    """Open a page and let KaTeX's own script find and set the formulas, as its documentation says."""
    assert show_site(page, public, path, katex=katex) == []
    page.add_style_tag(url="https://example.org/katex/katex.min.css")
    page.add_script_tag(url="https://example.org/katex/katex.min.js")
    page.add_script_tag(url="https://example.org/katex/contrib/auto-render.min.js")
    page.evaluate(RENDER)


@pytest.mark.parametrize(("path", "formulas"), [("posts/a/", 12), ("", 9)], ids=["page", "excerpt without its table"])
def test_katex_typesets_every_formula(page: "Page", public: Path, katex: Path, path: str, formulas: int) -> None:
    typeset(page, public, path, katex)
    assert page.locator(".katex").count() == formulas
    assert page.locator(".katex-error").count() == 0
    text = page.locator("body").inner_text()
    assert not any(mark in text for mark in (r"\(", r"\)", r"\[", r"\]"))


def test_katex_reads_the_author_s_latex(page: "Page", public: Path, katex: Path) -> None:
    typeset(page, public, "posts/a/", katex)
    read = page.locator("annotation").all_text_contents()
    assert read[0] == "a<b"
    assert r"x_1 * x_2 * x_3" in read
    assert r"D_{\mathrm{KL}}(p \| q)" in read
    assert r"x \in \mathbb{R}" in read


def test_numbers_are_those_of_the_links_in_prose(page: "Page", public: Path, katex: Path) -> None:
    typeset(page, public, "posts/a/", katex)
    tags = page.locator(".katex-html .tag").all_inner_texts()
    assert [re.sub(r"\s|\u200b", "", tag) for tag in tags if tag.strip()] == ["(1)(2)", "(*)"]
    link = page.locator("a.eqref")
    assert link.inner_text() == "(1)"
    assert page.locator(str(link.get_attribute("href"))).locator(".katex-display").count() == 1
    assert page.locator("#eq-two").count() == 1


def test_signs_drawn_as_pictures_are_seen(page: "Page", public: Path, katex: Path) -> None:
    """KaTeX's arrows and roots are pictures in boxes without width; the theme must not fit them into these."""
    typeset(page, public, "posts/a/", katex)
    widths = page.locator(".katex svg").evaluate_all("all => all.map(svg => svg.getBoundingClientRect().width)")
    assert len(widths) >= 2
    assert min(widths) > 3


def test_pages_with_source_load_no_math_font(source: SiteTest) -> None:
    assert not [path for path in source.files() if path.endswith(".woff2")]
    assert "<math" not in source.html("posts/a/index.html")
    assert r"\(a&lt;b\)" in source.html("atom.xml")
