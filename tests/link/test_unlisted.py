"""Unlisted notes: their pages are there for who has the address, and nothing of the site leads to them but links."""

import json
from typing import Any

import pytest

from tests.support.html import titles
from tests.support.site import SiteTest

NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def mixed(site: SiteTest) -> SiteTest:
    """Return a site with an unlisted note and an unlisted page between listed ones."""
    site.note(
        "a", "First.\n\n<!-- more -->\n\nSee [the other](b.md) and [[c]].", date="2026-01-01", tags=["t"], series="S"
    )
    site.note("b", "See [[a]]. Rare.", date="2026-01-02", tags=["t", "only"], series="S", hidden=True, aliases=["/x/"])
    site.note("c", "x", date="2026-01-03", tags=["t"], categories=["C"], series="S")
    return site.note("p", "Of the [[a]].", layout="page", unlisted=True)


def test_the_page_is_made_and_found_by_its_links_alone(mixed: SiteTest) -> None:
    mixed.build()
    assert NOINDEX in mixed.html("posts/b/index.html")
    assert NOINDEX in mixed.html("p/index.html")
    assert NOINDEX not in mixed.html("posts/a/index.html")
    assert '<a href="/posts/b/">the other</a>' in mixed.body("a")
    texts = {path: mixed.html(path) for path in mixed.files() if path.endswith((".html", ".xml"))}
    assert [path for path, text in texts.items() if "Rare" in text] == ["posts/b/index.html"]
    linking = {path for path, text in texts.items() if "/posts/b/" in text}
    # The note itself, its old address, the page of the note with the link, and feeds, which hold that note.
    assert linking == {"posts/b/index.html", "x/index.html", "posts/a/index.html", "atom.xml", "rss.xml"}


def test_no_list_counts_it(mixed: SiteTest) -> None:
    mixed.build()
    assert titles(mixed.html("index.html")) == ["c", "a"]
    assert titles(mixed.html("tags/t/index.html")) == ["c", "a"]
    assert not mixed.output("tags/only/index.html").exists()
    assert "posts/b" not in mixed.html("archives/index.html") + mixed.html("series/S/index.html")
    assert "posts/b" not in mixed.html("sitemap.xml")
    assert "/p/" not in mixed.html("sitemap.xml")
    assert [item["title"] for item in json.loads(mixed.html("feed.json"))["items"]] == ["c", "a"]


def test_it_is_beside_no_note(mixed: SiteTest) -> None:
    mixed.build()
    page = mixed.html("posts/a/index.html")
    assert page.count("/posts/b/") == 1, "the link that the note itself has; neighbours and backlinks have none"
    assert "/p/" not in page
    assert "/posts/c/" in page, "the next note"


@pytest.mark.parametrize(
    "front",
    [
        {"hidden": True},
        {"unlisted": True},
        {"hide": True},
        {"status": "hidden"},
        {"_build": {"list": "never"}},
        {"build": {"list": False}},
        {"eleventyExcludeFromCollections": True},
    ],
)
def test_every_spelling(site: SiteTest, front: dict[str, Any]) -> None:
    site.note("a", "x").note("b", "x", **front).build()
    assert titles(site.html("index.html")) == ["a"]
    assert NOINDEX in site.html("posts/b/index.html")


@pytest.mark.parametrize(
    "front", [{"hidden": False}, {"hide": ["toc"]}, {"build": {"list": "local"}}, {"build": "v2"}, {"status": "done"}]
)
def test_what_says_something_else(site: SiteTest, front: dict[str, Any]) -> None:
    site.note("b", "x", **front).build().expect_clean()
    assert titles(site.html("index.html")) == ["b"]


@pytest.mark.parametrize("front", [{"sitemap": False}, {"sitemap": {"disable": True}}, {"sitemap_exclude": True}])
def test_a_note_that_only_the_sitemap_leaves_out(site: SiteTest, front: dict[str, Any]) -> None:
    site.note("b", "x", **front).note("c", "x", sitemap={"priority": 0.5}).build()
    assert titles(site.html("index.html")) == ["b", "c"]
    assert NOINDEX not in site.html("posts/b/index.html")
    assert "posts/b" not in site.html("sitemap.xml")
    assert "posts/c" in site.html("sitemap.xml")


def test_a_folder_whose_text_is_unlisted(site: SiteTest) -> None:
    site.note("h/_index", "Text.", title="Not listed", hidden=True).note("h/a", "x").note("g/_index", "x", title="G")
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\nsections: on\npermalink: /:path/\n").note(
        "g/b", "y"
    )
    site.build()
    assert NOINDEX in site.html("h/index.html")
    texts = {path: site.html(path) for path in site.files() if path.endswith((".html", ".xml"))}
    assert [path for path, text in texts.items() if "Not listed" in text] == ["h/index.html"]
    assert "h/a/index.html" in site.files()


def test_the_list_marks_it(mixed: SiteTest) -> None:
    mixed.run("list")
    assert "b.md  b [unlisted]" in mixed.stdout
    assert "p.md  p [page] [unlisted]" in mixed.stdout
    assert [row["unlisted"] for row in json.loads(mixed.run("list", "--json").stdout)] == [False, False, True]
