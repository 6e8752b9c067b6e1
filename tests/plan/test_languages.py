"""A site in two languages: each has its home page, lists, feeds, words and search; links stay in their language."""

from pathlib import Path

import pytest

from tests.support.html import addresses, e_content, elements, relations, texts, titles, values
from tests.support.site import SiteTest

SETTINGS = """\
title: 数学笔记
description: 关于公式
base_url: https://example.org/
languages:
  zh-CN:
  en: {title: Math notes, menu: {About: /en/about/}}
"""


def write(site: SiteTest) -> SiteTest:
    """Write a site with notes in both languages: by suffix, by folder and by front matter."""
    site.write("site.yaml", SETTINGS)
    site.note("posts/a", "见 [[b]]、[c](c.md)。![](x.png)", title="甲", tags=["t"], category="学习", series="列")
    site.note(
        "posts/a.en", "See [[b]], [b](b.md), [[c]], [original](a.md).", title="Alpha", tags=["t"], category="Learn"
    )
    site.note("posts/b", "乙。", title="乙", date="2026-01-03")
    site.note("posts/b.en", "> [!warning]\n> Beta. ![](x.png)", title="Beta", date="2026-01-04", series="S")
    site.note("posts/c", "丙。", title="丙", date="2026-01-05")
    site.note("en/posts/d", "[[a]], [[c]], [b](b.md), [x](/posts/b/)", title="Delta", date="2026-02-05")
    site.note("posts/e", "Text.", title="Epsilon", date="2026-02-06", lang="en")
    site.note("pages/about", "我。").note("en/pages/about", "Me.", title="About").note("index.en", "Hello.", title="Hi")
    return site.write("content/posts/x.png", b"no picture")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """Return the site in two languages."""
    return write(SiteTest(tmp_path_factory.mktemp("languages"))).build()


def hreflangs(html: str) -> dict[str | None, str | None]:
    return {item.attrs["hreflang"]: item.attrs["href"] for item in elements(html, "link") if "hreflang" in item.attrs}


def switch(html: str) -> list[str]:
    """Return where the links to other languages lead, with their words."""
    links = [item for item in elements(html, "a") if "hreflang" in item.attrs]
    assert len(links) < 2
    return [*(link.attrs["href"] or "" for link in links), *texts(html, "nav", "languages")]


def test_each_language_has_its_lists(built: SiteTest) -> None:
    assert titles(built.html("index.html")) == ["丙", "乙", "甲"]
    assert titles(built.html("archives/index.html")) == ["丙", "乙", "甲"]
    assert titles(built.html("en/archives/index.html")) == ["Epsilon", "Delta", "Beta", "Alpha"]
    assert titles(built.html("tags/t/index.html")) == ["甲"]
    assert titles(built.html("en/tags/t/index.html")) == ["Alpha"]
    assert titles(built.html("en/categories/Learn/index.html")) == ["Alpha"]
    assert titles(built.html("en/series/S/index.html")) == ["Beta"]
    assert "学习" in built.html("categories/index.html")
    assert "学习" not in built.html("en/categories/index.html")
    assert "Hello." in built.html("en/index.html")
    assert "Me." in built.html("en/about/index.html")
    home = elements(built.html("en/index.html"), "a", "site-name")[0]
    assert home.attrs["href"] == "/en/"
    assert "/en/about/" in addresses(built.html("en/posts/a/index.html"))


def test_neighbours_and_terms_are_of_the_language(built: SiteTest) -> None:
    html = built.html("en/posts/b/index.html")
    assert relations(html)["prev"] == "/en/posts/a/"
    assert relations(html)["next"] == "/en/posts/d/"
    assert "/en/tags/t/" in addresses(built.html("en/posts/a/index.html"))
    assert relations(built.html("posts/c/index.html")).keys() == {"prev", "canonical"}


def test_pages_speak_their_language(built: SiteTest) -> None:
    english, chinese = built.html("en/posts/b/index.html"), built.html("posts/b/index.html")
    assert "Skip to content" in english
    assert "跳到正文" in chinese
    assert 'title="January 4, 2026"' in english
    assert "2026 年 1 月 3 日" in chinese
    assert texts(english, "p", "callout-title") == ["Warning"]  # though its front matter names no language
    assert elements(english, "html")[0].attrs["lang"] == "en"
    assert "Math notes" in texts(english, "title")[0]
    assert "lang" not in elements(english, "header", "site-header")[0].attrs
    assert texts(built.html("en/archives/index.html"), "h1") == ["Archive"]
    assert "Skip to content" in built.html("posts/e/index.html")  # in English by its front matter


def test_the_switcher_leads_to_the_same_page_or_says_where_else(built: SiteTest) -> None:
    assert switch(built.html("posts/a/index.html")) == ["/en/posts/a/", "English"]
    assert switch(built.html("en/posts/a/index.html")) == ["/posts/a/", "简体中文"]
    assert switch(built.html("posts/c/index.html")) == ["/en/", "English (首页)"]
    assert switch(built.html("en/posts/d/index.html")) == ["/", "简体中文 (Home)"]
    assert switch(built.html("index.html")) == ["/en/", "English"]
    assert switch(built.html("en/tags/index.html")) == ["/tags/", "简体中文"]
    assert switch(built.html("tags/t/index.html")) == ["/en/", "English (首页)"]
    assert switch(built.html("en/about/index.html")) == ["/about/", "简体中文"]
    assert hreflangs(built.html("en/index.html")) == {
        "x-default": "https://example.org/",
        "zh-CN": "https://example.org/",
        "en": "https://example.org/en/",
    }
    assert hreflangs(built.html("posts/c/index.html")) == {}
    sitemap = built.html("sitemap.xml")
    assert '<loc>https://example.org/en/</loc><xhtml:link rel="alternate" hreflang="zh-CN"' in sitemap
    assert "<loc>https://example.org/en/tags/t/</loc></url>" in sitemap


def test_feeds_are_of_the_language(built: SiteTest) -> None:
    english, chinese = built.html("en/atom.xml"), built.html("atom.xml")
    assert "<title>Epsilon</title>" in english
    assert "Epsilon" not in chinese
    assert 'xml:lang="en"' in english
    assert "<title>Math notes</title>" in english
    assert "<id>https://example.org/en/</id>" in english
    assert "<language>en</language>" in built.html("en/rss.xml")
    assert "Learn · Math notes" in built.html("en/categories/Learn/atom.xml")
    assert "/en/atom.xml" in values(built.html("en/posts/a/index.html"), "link", "href")


def test_links_lead_to_the_language_of_their_note_first(built: SiteTest) -> None:
    def leads(path: str) -> list[str]:
        return values(e_content(built.html(path)), "a", "href")

    assert leads("posts/a/index.html") == ["/posts/b/", "/posts/c/"]
    assert leads("en/posts/a/index.html") == ["/en/posts/b/", "/en/posts/b/", "/posts/c/", "/posts/a/"]
    assert leads("en/posts/d/index.html") == ["/en/posts/a/", "/posts/c/", "/en/posts/b/", "/posts/b/"]


def test_a_translation_without_a_date_has_that_of_its_original(site: SiteTest) -> None:
    site.write("site.yaml", SETTINGS).note("a", "甲", date="2026-01-02").note("a.en", "A", date=None)
    site.note("b", "乙", date="2026-01-01", translationKey="k").note("en/c", "C", date=None, translationKey="k")
    site.build().expect_clean()
    assert titles(site.html("en/index.html")) == ["a.en", "en/c"]
    assert "2026-01-02" in site.html("en/posts/a/index.html")


def test_a_translation_remakes_its_partner_and_the_lists_of_its_language(tmp_path: Path) -> None:
    site = write(SiteTest(tmp_path)).build()
    before = site.snapshot()
    site.note("posts/c.en", "Gamma.", title="Gamma", date="2026-01-05").build()
    after = site.snapshot()
    changed = {path for path, state in after.items() if before.get(path) != state and path.endswith("index.html")}
    chinese = {path for path in changed if not path.startswith("en/")}
    assert chinese == {"posts/c/index.html"}
    assert "en/posts/a/index.html" in changed  # it is the newer note's neighbour, and links to it
    assert "en/posts/e/index.html" not in changed


def test_a_site_in_one_language_is_as_ever(site: SiteTest) -> None:
    site.note("a", "Text.").build()
    before = site.snapshot()
    site.write("site.yaml", "title: T\nlanguage: zh-CN\nlanguages: [zh-CN]\nbase_url: https://example.org/\n").build()
    site.write("site.yaml", "title: T\nlanguage: zh-CN\nbase_url: https://example.org/\n").build()
    assert {path: data for path, (data, _) in before.items()}.keys() == site.snapshot().keys()
    assert not any("hreflang" in site.html(path) for path in site.files() if path.endswith(".html"))
    assert "xhtml" not in site.html("sitemap.xml")


@pytest.mark.parametrize(
    ("languages", "problem"),
    [
        ("[zh-CN, klingon]", "a list of language tags"),
        ("[zh-CN, en, en]", "languages that are given once"),
        ("[{tag: en, path: a/b}]", "one part of an address"),
        ("[{name: English}]", "a mapping with tag"),
        ("{en: [English]}", "a mapping with tag"),
    ],
)
def test_languages_that_cannot_be(site: SiteTest, languages: str, problem: str) -> None:
    site.write("site.yaml", f"title: T\nlanguages: {languages}\n").note("a", "Text.").build(expect=2)
    site.expect_report("site.yaml:2:", "error[config-value]", problem)


@pytest.mark.parametrize("text", ["[zh-CN, {tag: en, folder: english}]", "en", "{en: English}"])
def test_short_forms_are_written_out(site: SiteTest, text: str) -> None:
    site.write("site.yaml", f"title: T\nlanguage: zh-CN\nlanguages: {text}\nbase_url: https://example.org/\n")
    site.note("english/a", "Text.").build()
    assert site.output("en/index.html").is_file()
    assert site.output("en/posts/a/index.html").is_file() is ("folder" in text)
