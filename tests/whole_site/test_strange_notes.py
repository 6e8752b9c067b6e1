"""Strange notes as whole sites: pages stay well formed, nothing written becomes markup or leaves its folder."""

import pytest

from tests.support.html import Page, elements, texts, titles
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

LONG = "很长的标题" * 60


def check(site: SiteTest) -> None:
    """Every page nests, has one h1 and one title."""
    for path in site.files():
        if path.endswith(".html"):
            parsed = Page(site.html(path))
            assert parsed.problems == [], path
            assert [element.name for element in parsed.elements].count("h1") == 1, path


def test_a_title_of_300_characters(site: SiteTest) -> None:
    site.note("a", "x", title=LONG).build()
    check(site)
    assert titles(site.html("index.html")) == [LONG]
    assert elements(site.html("posts/a/index.html"), "h1")[0].classes == ["p-name", "long"]


def test_a_title_that_is_only_a_formula_has_words(site: SiteTest) -> None:
    site.note("a", "x", title=r"$\alpha+\beta$").note("b", "[](a.md)").build()
    check(site)
    assert "<math" not in site.html("posts/a/index.html").partition("<title>")[2].partition("</title>")[0]
    for path in ("index.html", "archives/index.html", "posts/a/index.html", "posts/b/index.html"):
        assert "α" in " ".join(texts(site.html(path), "span", "visually-hidden")), path


def test_a_note_without_body_and_one_without_category(site: SiteTest) -> None:
    site.note("empty", "").note("bare", "x").build()
    check(site)
    assert site.body("empty").strip() == ""
    assert elements(site.html("posts/bare/index.html"), "a", "p-category") == []


def test_forty_tags(site: SiteTest) -> None:
    site.note("a", "x", tags=[f"标签 {number}" for number in range(40)]).build()
    check(site)
    assert len(elements(site.html("posts/a/index.html"), "a", "p-category")) == 40
    assert len(elements(site.html("tags/index.html"), "a", "rank-1")) == 40


def test_five_hundred_categories(site: SiteTest) -> None:
    for number in range(500):
        site.note(f"n{number}", "x", category=f"c {number}")
    site.build()
    html = site.html("categories/index.html")
    assert len(elements(html, "a", "rank-1")) == 500
    assert len(html) < 100_000


def test_categories_that_are_markup_or_lead_elsewhere(site: SiteTest) -> None:
    site.note("a", "x", category="../x").note("b", "x", category="<b>").build()
    check(site)
    assert {path.split("/")[1] for path in site.files() if path.startswith("categories/")} == {"b", "index.html", "x"}
    assert [item.text for item in elements(site.html("index.html"), "a", "p-category")] == ["../x", "<b>"]
    assert not (site.root / "x").exists()


def test_text_from_right_to_left(site: SiteTest) -> None:
    site.note("a", "שלום $x$ עולם", title="שלום", lang="he").note("b", "שלום $x$").build()
    check(site)
    assert elements(site.html("posts/a/index.html"), "html")[0].attrs == {"lang": "he", "dir": "rtl"}
    assert elements(site.html("posts/b/index.html"), "html")[0].attrs == {"lang": "zh-CN"}


def test_an_image_of_no_bytes(site: SiteTest) -> None:
    site.write("content/i.png", b"").note("a", '![empty](i.png "caption")', cover="i.png").build()
    check(site)
    (image,) = elements(site.body("a"), "img")
    assert image.attrs["alt"] == "empty"
    assert "width" not in image.attrs
    site.expect_report("image-unreadable")


def test_tables_and_tasks_have_names_for_screen_readers(site: SiteTest) -> None:
    site.note("a", "| $x$ |  | y |\n|---|---|---|\n| 1 | 2 | 3 |\n\n- [ ] see $x$ *now*\n- [x] `a<b`").build()
    body = site.body("a")
    assert len(elements(body, "th")) == 2
    assert elements(body, "math")[0].attrs["aria-label"] == "x"
    assert [item.attrs["aria-label"] for item in elements(body, "input")] == ["see x now", "a<b"]
    assert len(elements(body, "td")) == 4
