"""Addresses of notes: patterns, presets, slugs, permalinks of their own, and old addresses that lead to them."""

import pytest

from tests.support.html import elements, relations, values
from tests.support.site import SiteTest


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/posts/:slug/", "posts/flash-attention/index.html"),
        ("/:year/:month/:day/:slug/", "2026/01/02/flash-attention/index.html"),
        ("/:category/:slug.html", "LLM-推理/flash-attention.html"),
        ("/:title/", "注意力-a-b/index.html"),
        (":title/", "注意力-a-b/index.html"),
        ("/:filename", "flash-attention/index.html"),
        ("/:short_year/:i_month-:i_day/:y_day/:month_name/:name.html", "26/1-2/002/January/flash-attention.html"),
        ("/:categories/:post_title/", "LLM-推理/Sports/注意力-a-b/index.html"),
        ("/:params.urlname.html", "attention.html"),
        ("hexo", "2026/01/02/flash-attention/index.html"),
        ("jekyll", "LLM-推理/Sports/2026/01/02/flash-attention.html"),
        ("hugo", "flash-attention/index.html"),
    ],
)
def test_permalink_patterns_and_presets(site: SiteTest, pattern: str, path: str) -> None:
    site.write("site.yaml", f"title: T\nbase_url: https://example.org/\npermalink: '{pattern}'\n")
    front = {"title": "注意力 a/b", "categories": ["LLM 推理", "Sports"], "urlname": "attention"}
    site.note("2026-01-02-flash-attention", "Text.", **front).build().expect_clean()
    assert "Text." in site.html(path)


def test_a_part_without_a_value_is_dropped(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\npermalink: /:category/:year/:slug/\n")
    site.note("x", "Text.", date=None).build()
    assert "Text." in site.html("x/index.html")


@pytest.mark.parametrize(
    ("front", "path"),
    [
        ({"slug": "Self-Attention 自注意力"}, "posts/Self-Attention-自注意力/index.html"),
        ({"slug": "deep/er"}, "posts/deep/er/index.html"),
        ({"permalink": "/a/b.html"}, "a/b.html"),
        ({"permalink": "/a/b/"}, "a/b/index.html"),
        ({"permalink": "a/b"}, "a/b/index.html"),
        ({"url": "/old/post/"}, "old/post/index.html"),
    ],
)
def test_a_notes_own_slug_and_permalink(site: SiteTest, front: dict[str, str], path: str) -> None:
    site.note("x", "Text.", **front).build().expect_clean()
    assert "Text." in site.html(path)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("2026-01-02-flash_attention", "flash_attention"),
        ("深度 学习", "深度-学习"),
        ("bundle/index", "bundle"),
        ("A.B", "A.B"),
    ],
)
def test_a_slug_comes_from_the_file_name(site: SiteTest, name: str, slug: str) -> None:
    site.note(name, "Text.", title="T").build().expect_clean()
    assert "Text." in site.body(slug)


def test_aliases_lead_to_the_note(site: SiteTest) -> None:
    site.note("x", "Text.", aliases=["/2019/old/", "/旧 文/", "/p/old.html", "a name"])
    site.note("y", "[old](/2019/old/)").build("-b", "https://user.github.io/repo/").expect_clean()
    for path in ("2019/old/index.html", "旧 文/index.html", "p/old.html"):
        page = site.html(path)
        refresh = [item.attrs["content"] for item in elements(page, "meta") if item.attrs.get("http-equiv")]
        assert refresh == ["0; url=https://user.github.io/repo/posts/x/"]
        assert relations(page) == {"canonical": "https://user.github.io/repo/posts/x/"}
    assert values(site.body("y"), "a", "href") == ["/repo/posts/x/"]
    assert "/2019/old/" not in site.html("sitemap.xml")


def test_path_keeps_the_folders_of_notes_with_one_name(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\npermalink: /posts/:path/\n")
    site.note("有向/index-note", "x").note("b/index-note", "x").build().expect_clean()
    assert site.html("posts/有向/index-note/index.html")
    assert site.html("posts/b/index-note/index.html")
