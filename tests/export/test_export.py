"""`notegen export`: a note for other places, its formulas what they are."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from notegen.export.pdf import find_browser
from notegen.export.zhihu import definitions
from notegen.jinja.html_tree import parse_html
from notegen.link.bodies.formula_svg import as_svg
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from tests.support.pictures import png
from tests.support.site import SiteTest

NOTE = r"""In text $\KL{q}{p}$, a [link](https://example.com/?a=1&b=2) and [[b|a note]].

$$
\mathcal{L} = \sum_i x_i % a comment
- \KL{q}{p} \label{eq:elbo}
$$

By \eqref{eq:elbo}.[^1]

```python
if x:
    y = "<a>"
```

> [!note] Title
> Words.

![Alt](p.png)

[^1]: A remark.
"""
MATHML = "{http://www.w3.org/1998/Math/MathML}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def noted(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> SiteTest:
    """Return a site with a note that has one of everything; files are written into its folder."""
    site.write("site.yaml", "title: T\nlanguage: en\nauthor: A\nbase_url: https://example.org/n/\n")
    site.write("content/p.png", png(2, 1)).note("b", "Of b.", draft=True)
    site.note("a", NOTE, title="A & $x$", macros={"KL": r"\operatorname{KL}(#1\,\|\,#2)"})
    monkeypatch.chdir(site.root)
    return site


def exported(site: SiteTest, to: str, name: str = "a") -> bytes:
    """Return what a note is exported as."""
    site.run("export", str(site.root / f"content/{name}.md"), "--to", to)
    return (site.root / site.stdout.strip()).read_bytes()


def test_markdown_with_whole_addresses(noted: SiteTest) -> None:
    text = exported(noted, "markdown").decode()
    assert text.startswith("# A & x\n\nIn text $\\KL{q}{p}$, a [link](https://example.com/?a=1&b=2)")
    assert "[a note](https://example.org/n/posts/b/)" in text
    assert "![Alt](https://example.org/n/posts/a/p.png)" in text


def test_zhihu_gets_formulas_with_their_macros_and_numbers(noted: SiteTest) -> None:
    text = exported(noted, "zhihu").decode()
    first, second = (unquote(found) for found in re.findall(r'equation\?tex=([^"]+)" alt', text))
    macro = r"\newcommand{\KL}[2]{\operatorname{KL}(#1\,\|\,#2)}"
    assert first == rf"{macro}\KL{{q}}{{p}}"
    assert second == rf"{macro}\mathcal{{L}} = \sum_i x_i - \KL{{q}}{{p}} \tag{{1}}\\"
    assert "$" not in text


def test_zhihu_gets_each_number_once(noted: SiteTest) -> None:
    rows = r"a \label{a} \tag{A} \\ b \label{b}"
    noted.note("c", f"$$\n\\begin{{align}}\n{rows}\n\\end{{align}}\n$$\n")
    (formula,) = (
        unquote(tex) for tex in re.findall(r'equation\?tex=([^"]+)" alt', exported(noted, "zhihu", "c").decode())
    )
    assert re.findall(r"\\tag\{\w+\}", formula) == [r"\tag{A}", r"\tag{1}"]


def test_macros_in_macros_are_defined_before() -> None:
    macros = {"a": r"\b", "b": "x#1", "c": r"\c"}
    assert definitions(r"\a", macros) == r"\newcommand{\b}[1]{x#1}\newcommand{\a}{\b}"
    assert definitions(r"\c", macros) == r"\newcommand{\c}{\c}"
    assert definitions(r"\d", macros) == ""


def test_wechat_gets_styles_in_attributes_and_formulas_as_outlines(noted: SiteTest) -> None:
    text = exported(noted, "wechat").decode()
    assert text.count("<svg ") == 2
    assert not re.search(r"<(math|script|style|a|use|aside|details)\b| (id|class)=", text.partition("<body")[2])
    assert 'if&nbsp;x:<br>&nbsp;&nbsp;&nbsp;&nbsp;y&nbsp;=&nbsp;"&lt;a&gt;"' in text
    assert "link</span><sup>[1]</sup>" in text
    assert "[2] a note: https://example.org/n/posts/b/" in text
    assert "data:image/png;base64," in text


def test_without_a_host_it_is_said_that_links_lead_nowhere(noted: SiteTest) -> None:
    noted.write("site.yaml", "title: T\n")
    exported(noted, "zhihu")
    noted.expect_report("no base_url with a host")


def test_greek_letters_of_a_formula_slant() -> None:
    (upright, slanted) = (
        as_svg(next(parse_html(f"<math><mi{attribute}>ϕ</mi></math>").all("math")))
        for attribute in (' mathvariant="normal"', "")
    )
    assert upright != slanted


def test_a_book_is_a_zip_of_xhtml_with_mathml(noted: SiteTest) -> None:
    data = exported(noted, "epub")
    book = zipfile.ZipFile(BytesIO(data))
    assert book.namelist()[0] == "mimetype"
    assert book.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
    assert book.read("EPUB/picture-1.png") == png(2, 1)
    chapter = ET.fromstring(book.read("EPUB/note.xhtml"))  # noqa: S314 (what we wrote)
    assert [item.get("alttext") for item in chapter.iter(f"{MATHML}math")][:2] == ["x", r"\KL{q}{p}"]
    assert [item.get("src") for item in chapter.iter(f"{XHTML}img")] == ["picture-1.png"]
    package = ET.fromstring(book.read("EPUB/package.opf"))  # noqa: S314
    named = {item.get("href") for item in package.iter("{http://www.idpf.org/2007/opf}item")}
    assert {f"EPUB/{name}" for name in named} | {"mimetype", "META-INF/container.xml", "EPUB/package.opf"} == set(
        book.namelist()
    )
    assert exported(noted, "epub") == data


@pytest.mark.slow
@pytest.mark.skipif(not find_browser(), reason="no browser that prints")
def test_a_browser_prints_pdf(noted: SiteTest) -> None:
    assert exported(noted, "pdf").startswith(b"%PDF-")


def test_without_a_browser_it_is_said(noted: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(noted.root))
    noted.run("export", str(noted.root / "content/a.md"), "--to", "pdf", expect=1)
    noted.expect_report("no Chromium was found")


def test_drafts_are_exported_and_other_files_are_told(noted: SiteTest) -> None:
    assert b"Of b." in exported(noted, "markdown", "b")
    noted.write("elsewhere.md", "x").run("export", str(noted.root / "elsewhere.md"), "--to", "markdown", expect=2)
    noted.expect_report("is none of the site's notes")


def test_the_file_is_named_or_printed(noted: SiteTest) -> None:
    noted.run("export", str(noted.root / "content/b.md"), "--to", "markdown", "-o", "-")
    assert noted.stdout == "# b\n\nOf b.\n"
    noted.run("export", str(noted.root / "content/b.md"), "--to", "markdown", "-o", "x.md")
    assert Path("x.md").read_text(encoding="utf-8") == "# b\n\nOf b.\n"
    noted.run("export", str(noted.root / "content/b.md"), "--to", "markdown", "-o", "gone/x.md", expect=1)
    noted.expect_report("cannot write gone/x.md")


def test_an_empty_cell_keeps_its_column() -> None:
    def width(latex: str) -> str:
        html = render_formulas([Snippet(latex, display=True)], {}).formulas[0].html
        return as_svg(next(parse_html(html).all("math"))).partition('width="')[2].partition('"')[0]

    rows = r"\begin{{aligned}} a &= b \\ {} &= b \end{{aligned}}"
    assert width(rows.format("")) == width(rows.format("a"))
