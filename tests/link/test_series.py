"""Series: the order of their notes, places and neighbours inside them, their pages and their overview."""

import re

from tests.support.html import elements, texts, titles, values
from tests.support.site import SiteTest


def places(html: str) -> list[str]:
    """Return what the box of a note's series says."""
    return texts(html, "p", "series-name")


def test_a_series_has_a_page_in_reading_order(site: SiteTest) -> None:
    site.note("new", "x", date="2026-03-01", series="S", series_order=1)
    site.note("old", "x", date="2024-03-01", series="S")
    site.note("mid", "x", date="2025-03-01", series="S")
    site.note("other", "x", date="2025-05-01")
    site.build()
    assert titles(site.html("series/S/index.html")) == ["new", "old", "mid"]
    assert places(site.html("posts/mid/index.html")) == ["S 第 3 篇，共 3 篇"]
    assert places(site.html("posts/other/index.html")) == []


def test_a_note_leads_to_the_one_before_and_after_it_in_its_series(site: SiteTest) -> None:
    for number in (1, 2, 3):
        site.note(f"n{number}", "x", date=f"2026-01-0{4 - number}", series="S", series_order=number)
    site.build()

    def ways(name: str) -> dict[str, str]:
        html = site.html(f"posts/{name}/index.html")
        links = [item for item in elements(html, "a") if {"previous", "next"} & set(item.classes)]
        return {item.classes[0]: item.attrs["href"] for item in links}

    assert ways("n1") == {"next": "/posts/n2/"}
    assert ways("n2") == {"previous": "/posts/n1/", "next": "/posts/n3/"}
    assert ways("n3") == {"previous": "/posts/n2/"}


def test_names_that_differ_only_in_case_are_one_series(site: SiteTest) -> None:
    site.note("a", "x", series="Deep Nets", series_order=1).note("b", "x", series="deep nets", series_order=2)
    site.note("c", "x", series="Deep Nets", series_order=3).build()
    assert places(site.html("posts/b/index.html")) == ["Deep Nets 第 2 篇，共 3 篇"]
    assert [path for path in site.files() if path.startswith("series/")] == [
        "series/Deep-Nets/index.html",
        "series/index.html",
    ]


def test_the_overview_lists_series_with_their_first_notes(site: SiteTest) -> None:
    for number in range(1, 7):
        site.note(f"n{number}", "x", series="甲", series_order=number)
    site.note("m", "$x$", title="$x$", series="乙").build()
    html = site.html("series/index.html")
    assert texts(html, "h2") == ["甲 6 篇笔记", "乙 1 篇笔记"]
    assert values(html, "a", "href")[-8:-1].count("/posts/n1/") == 1
    assert "/posts/n5/" not in html
    assert "math." in html  # the font of the formula in a title is preloaded


def test_a_site_without_series_has_no_pages_for_them(site: SiteTest) -> None:
    site.note("a", "x").build()
    assert not any(path.startswith("series") for path in site.files())
    assert "/series/" not in site.html("index.html") + site.html("sitemap.xml")


def test_series_are_in_the_menu_the_sitemap_and_can_be_linked_to(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/repo/\n")
    site.note("a", "[all](/series/) [one](/series/S/)", series="S").build()
    html = site.html("posts/a/index.html")
    assert values(html, "a", "href").count("/repo/series/") == 2
    assert values(html, "a", "href").count("/repo/series/S/") == 2
    assert "<loc>https://example.org/repo/series/S/</loc>" in site.html("sitemap.xml")


def test_hostile_names_of_series_stay_inside_the_site(site: SiteTest) -> None:
    site.note("a", "x", series="../x").note("b", "x", series="<b>").note("c", "x", series="  ").build()
    assert [path for path in site.files() if path.startswith("series/")] == [
        "series/b/index.html",
        "series/index.html",
        "series/x/index.html",
    ]
    assert not re.search("<b>", site.html("series/b/index.html"))
