"""The pages of a site: lists of twelve, terms, archive, pages that are no notes, and what a note's page holds."""

import pytest

from tests.support.html import addresses, elements, relations, texts, titles, values
from tests.support.pictures import png
from tests.support.site import SiteTest


def many(site: SiteTest, count: int, **front: object) -> SiteTest:
    """Write notes n-01, n-02, …, the first the oldest."""
    for number in range(1, count + 1):
        site.note(f"n-{number:02}", "Text.", date=f"2026-01-{number:02}", **front)
    return site


def names(first: int, last: int) -> list[str]:
    return [f"n-{number:02}" for number in range(first, last - 1, -1)]


# --- pagination


def test_25_notes_make_three_pages_of_twelve(site: SiteTest) -> None:
    many(site, 25).build().expect_clean()
    assert titles(site.html("index.html")) == names(25, 14)
    assert titles(site.html("page/2/index.html")) == names(13, 2)
    assert titles(site.html("page/3/index.html")) == names(1, 1)
    assert not [path for path in site.files() if path.startswith(("page/1/", "page/4/", "page/0/"))]


def test_pages_link_to_each_other_and_page_1_is_the_list_itself(site: SiteTest) -> None:
    many(site, 25).build()
    first, second, third = (site.html(path) for path in ("index.html", "page/2/index.html", "page/3/index.html"))
    assert relations(first) == {"next": "/page/2/", "canonical": "https://example.org/"}
    assert relations(second) == {"prev": "/", "next": "/page/3/", "canonical": "https://example.org/page/2/"}
    assert relations(third) == {"prev": "/page/2/", "canonical": "https://example.org/page/3/"}
    for html in (first, second, third):
        assert {"/page/2/", "/page/3/"} <= set(addresses(html))
    assert "/page/1/" not in first + second + third
    assert texts(second, "a") != texts(third, "a")


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (12, 1), (13, 2), (24, 2)])
def test_a_list_has_as_many_pages_as_it_needs(site: SiteTest, count: int, pages: int) -> None:
    many(site, count).build()
    assert len([path for path in site.files() if path == "index.html" or path.startswith("page/")]) == pages
    assert ("pagination" in site.html("index.html")) is (pages > 1)


def test_paginate_is_a_setting(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\npaginate: 2\n")
    many(site, 5).build().expect_clean()
    assert titles(site.html("page/3/index.html")) == ["n-01"]


def test_lists_with_excerpts_are_paginated(site: SiteTest) -> None:
    many(site, 13, category="机器学习", tags=["C++"]).build().expect_clean()
    for folder in ("", "categories/机器学习/"):
        assert titles(site.html(f"{folder}page/2/index.html")) == ["n-01"]


def test_equal_dates_are_ordered_by_path_and_undated_notes_come_last(site: SiteTest) -> None:
    for name in ("b", "a", "c"):
        site.note(name, "Text.")
    site.note("old", "Text.", date="2001-01-01").note("undated", "Text.", date=None).build()
    assert titles(site.html("index.html")) == ["a", "b", "c", "old", "undated"]
    site.expect_lines("content/undated.md: warning[note-undated]: no date: listed last")


def test_pinned_notes_lead_the_home_list_only(site: SiteTest) -> None:
    many(site, 3, tags=["t"]).note("pinned", "Text.", date="2001-01-01", sticky=1, tags=["t"])
    site.note("higher", "Text.", date="2000-01-01", sticky=5).build()
    assert titles(site.html("index.html")) == ["higher", "pinned", "n-03", "n-02", "n-01"]
    assert titles(site.html("tags/t/index.html")) == ["n-03", "n-02", "n-01", "pinned"]


# --- categories and tags


TERMS = {  # a name -> its folder and its address
    "机器学习": ("机器学习", "%E6%9C%BA%E5%99%A8%E5%AD%A6%E4%B9%A0"),
    "LLM 推理": ("LLM-推理", "LLM-%E6%8E%A8%E7%90%86"),
    "C++": ("C++", "C++"),
    "C#": ("C#", "C%23"),
    "a/b": ("a-b", "a-b"),
    "Q&A": ("Q&A", "Q&A"),
    "100%": ("100", "100"),
    "<i>": ("i", "i"),
    "'quote\"": ("'quote", "'quote"),
    "...": ("-", "-"),
    "é": ("é", "%C3%A9"),
}


def test_any_words_make_a_category_and_a_tag(site: SiteTest) -> None:
    for number, name in enumerate(TERMS):
        site.note(f"n{number}", "Text.", category=name, tags=[name])
    site.build().expect_clean()
    for kind in ("categories", "tags"):
        overview = site.html(f"{kind}/index.html")
        for number, (name, (folder, url)) in enumerate(TERMS.items()):
            page = site.html(f"{kind}/{folder}/index.html")
            assert (titles(page), texts(page, "h1")) == ([f"n{number}"], [name])
            element, counted = ("h2", f"{name} 1 篇笔记") if kind == "categories" else ("a", f"{name} 1")
            assert counted in texts(overview, element)
            assert f"/{kind}/{url}/" in values(overview, "a", "href")
            assert f"/{kind}/{url}/" in values(site.html(f"posts/n{number}/index.html"), "a", "href")


def test_c_plus_plus_c_sharp_and_c_keep_lists_of_their_own(site: SiteTest) -> None:
    for number, name in enumerate(("C", "C++", "C#", "F#", "F")):
        site.note(f"n{number}", "Text.", tags=[name])
    site.build().expect_clean()
    pages = {path: titles(site.html(path)) for path in site.files() if path.startswith("tags/") and path.count("/") > 1}
    assert sorted(map(tuple, pages.values())) == [(f"n{number}",) for number in range(5)]


def test_spellings_of_one_term_share_a_list(site: SiteTest) -> None:
    site.note("a", "Text.", tags=["PyTorch"]).note("b", "Text.", tags=["pytorch"]).note("c", "Text.", tags=["PyTorch"])
    site.build().expect_clean()
    assert titles(site.html("tags/PyTorch/index.html")) == ["a", "b", "c"]
    assert [path for path in site.files() if path.startswith("tags/")] == ["tags/PyTorch/index.html", "tags/index.html"]


def test_terms_are_ordered_by_their_number_of_notes(site: SiteTest) -> None:
    site.note("a", "Text.", tags=["one", "two"]).note("b", "Text.", tags=["two"]).build()
    terms = [text.split()[0] for text in texts(site.html("tags/index.html"), "a") if text.endswith((" 1", " 2"))]
    assert terms == ["two", "one"]


def test_a_path_of_categories_has_a_folder_for_each_part(site: SiteTest) -> None:
    site.note("a", "Text.", categories=[["运动", "棒球"]]).build().expect_clean()
    assert titles(site.html("categories/运动/棒球/index.html")) == ["a"]


# --- archive, pages, 404


def test_the_archive_groups_all_notes_by_year(site: SiteTest) -> None:
    site.note("new", "x", date="2026-03-01").note("old", "x", date="2024-03-01").note("older", "x", date="2024-01-01")
    site.note("undated", "x", date=None).build()
    page = site.html("archives/index.html")
    assert titles(page) == ["new", "old", "older", "undated"]
    assert texts(page, "h2") == ["2026 1 篇笔记", "2024 2 篇笔记", "未注明日期 1 篇笔记"] or texts(page, "h2")[:2] == [
        "2026",
        "2024",
    ]


def test_a_year_goes_by_the_sites_zone(site: SiteTest) -> None:
    site.note("eve", "x", date="2024-12-31T20:00:00Z").build()
    assert texts(site.html("archives/index.html"), "h2") == ["2025 1 篇笔记"]


@pytest.mark.parametrize("path", ["about", "pages/about"])
def test_a_page_that_is_no_note(site: SiteTest, path: str) -> None:
    layout = "page" if path == "about" else None
    site.note(path, "About *us*.", title="关于", layout=layout, date=None).note("note", "Text.").build().expect_clean()
    assert "About <em>us</em>." in site.html("about/index.html")
    assert titles(site.html("index.html")) == ["note"]
    assert titles(site.html("archives/index.html")) == ["note"]
    assert "关于" not in site.html("atom.xml")
    assert "https://example.org/about/" in site.html("sitemap.xml")


def test_404_works_at_any_depth(site: SiteTest) -> None:
    site.note("note", "Text.").build("-b", "https://user.github.io/repo/")
    page = site.html("404.html")
    local = [url for url in addresses(page) if not url.startswith("https://")]
    assert local
    assert all(url.startswith(("/repo/", "#")) for url in local)
    assert [item.attrs["content"] for item in elements(page, "meta") if item.attrs.get("name") == "robots"] == [
        "noindex"
    ]
    assert "404" not in site.html("sitemap.xml")


# --- files


def test_static_files_are_copied_as_they_are(site: SiteTest) -> None:
    data = png()
    site.write("static/CNAME", "example.org").write("static/img/深 度.png", data).write("static/.well-known/x", "no")
    site.note("note", "![x](/img/深%20度.png) [c](/CNAME)").build().expect_clean()
    assert site.output("img/深 度.png").read_bytes() == data
    assert site.html("CNAME") == "example.org"
    assert "/img/%E6%B7%B1%20%E5%BA%A6.png" in values(site.body("note"), "img", "src")


def test_nojekyll_and_favicon_are_written(site: SiteTest) -> None:
    site.note("note", "Text.").build()
    assert site.output(".nojekyll").read_bytes() == b""
    assert site.output("favicon.svg").is_file()


def test_a_static_file_wins_over_the_themes(site: SiteTest) -> None:
    site.write("static/favicon.svg", "<svg/>").note("note", "Text.").build().expect_clean()
    assert site.html("favicon.svg") == "<svg/>"


# --- a note's page


def test_a_note_is_an_h_entry(site: SiteTest) -> None:
    site.note(
        "x", "Body $x$.", title="Title $y$", category="NLP", tags=["t1", "t2"], date="2026-01-02 08:00", author="Ada"
    )
    site.build().expect_clean()
    page = site.html("posts/x/index.html")
    assert len(elements(page, class_="h-entry")) == 1
    assert [item.name for item in elements(page, class_="p-name")] == ["h1"]
    assert elements(page, "time", "dt-published")[0].attrs["datetime"] == "2026-01-02T08:00:00+08:00"
    assert texts(page, class_="p-category") == ["NLP", "t1", "t2"]
    assert texts(page, class_="p-author") == ["Ada"]
    assert elements(page, class_="u-url")[0].attrs["value"] == "https://example.org/posts/x/"
    assert len(elements(page, class_="e-content")) == 1
    assert texts(site.body("x"), "p") == ["Body xx."]  # the formula, and its LaTeX in an annotation


def test_an_entry_of_a_list_is_an_h_entry(site: SiteTest) -> None:
    site.note("x", "Body.", category="NLP").build()
    page = site.html("index.html")
    assert len(elements(page, class_="h-entry")) == 1
    assert texts(page, class_="p-summary") == ["Body."]
    assert values(page, "time", "datetime") == ["2026-01-02T00:00:00+08:00"]
    assert "e-content" not in page


def test_older_and_newer_notes_and_backlinks(site: SiteTest) -> None:
    many(site, 3).note("pages/about", "[x](/posts/n-02/)", title="About").build().expect_clean()
    page = site.html("posts/n-02/index.html")
    assert [item.attrs["href"] for item in elements(page, "a", "newer")] == ["/posts/n-03/"]
    assert [item.attrs["href"] for item in elements(page, "a", "older")] == ["/posts/n-01/"]
    assert relations(page)["prev"] == "/posts/n-01/"
    assert "About" in texts(page, "a")


def test_every_page_is_balanced_html_without_repeated_ids(site: SiteTest) -> None:
    body = "# A\n\n## B\n\n$$\nx \\label{e}\n\\tag{1}\n$$\n\nText[^1] $\\eqref{e}$.\n\n[^1]: Foot $y$.\n\n- [ ] a\n"
    for name in ("a", "b"):
        site.note(name, body, category="c", tags=["t"])
    site.build()
    for path in (path for path in site.files() if path.endswith(".html")):
        ids = [item.attrs["id"] for item in elements(site.html(path)) if "id" in item.attrs]
        assert len(ids) == len(set(ids)), path


def test_a_static_file_takes_the_place_of_robots_and_404(site: SiteTest) -> None:
    site.note("a", "x").write("static/robots.txt", "User-agent: *\nDisallow: /\n").write(
        "static/404.html", "<p>mine</p>"
    )
    site.build().expect_clean()
    assert site.html("robots.txt") == "User-agent: *\nDisallow: /\n"
    assert site.html("404.html") == "<p>mine</p>"


def test_a_folder_named_like_the_shipped_theme_overrides_single_files(site: SiteTest) -> None:
    site.write(
        "themes/transmission/templates/404.html",
        "{% extends '!transmission/404.html' %}{% block main %}gone{% endblock %}",
    )
    site.note("a", "x").build().expect_clean()
    assert "gone" in site.html("404.html")
    assert "h-entry" in site.html("posts/a/index.html")
