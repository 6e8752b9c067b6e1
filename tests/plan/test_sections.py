"""Sites of folders: pages of folders, breadcrumbs, the tree in the margin, reading order, the home page."""

import json
import re

import pytest

from notegen.link.sections.tree import MOST
from tests.support.html import e_content, elements, texts, values
from tests.support.site import SiteTest

FOLDERS = "title: Test\nbase_url: https://example.org/\nlanguage: en\npermalink: /:path/\n"
FOLDERS += "search: {enabled: false}\nsocial_cards: {enabled: false}\n"


def folder_site(site: SiteTest, settings: str = "", **notes: str) -> SiteTest:
    """Write a site whose addresses are its folders': notes by path without suffix, `__` for a slash."""
    site.write("site.yaml", FOLDERS + settings)
    for name, text in notes.items():
        site.write(f"content/{name.replace('__', '/')}.md", text)
    return site.build("--keep-going", expect=None)


def tree(site: SiteTest, path: str) -> list[tuple[int, str, str]]:
    """Return the tree of a page: depth, title and what it says of the page in view, of each entry."""
    html = site.html(path)
    nav = re.search(r'<nav class="tree".*?</nav>', html, re.DOTALL)
    rows, depth = [], 0
    for mark, current, title in re.findall(
        r'(<ol>|</ol>|<(?:a|span)\b[^>]*?(?:aria-current="(\w+)")?>([^<]*)</(?:a|span)>)', nav[0] if nav else ""
    ):
        depth += {"<ol>": 1, "</ol>": -1}.get(mark, 0)
        if title:
            rows.append((depth, title, current))
    return rows


def crumbs(site: SiteTest, path: str) -> list[str]:
    """Return the breadcrumbs of a page; what search engines read has those with an address, and the page itself."""
    html = site.html(path)
    nav = re.search(r'<nav class="crumbs".*?</nav>', html, re.DOTALL)
    shown = texts(nav[0], "li") if nav else []
    lists = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    items = [item for one in lists if one["@type"] == "BreadcrumbList" for item in one["itemListElement"]]
    assert [item["name"] for item in items[:-1]] == (texts(nav[0], "a") if nav else [])
    assert all(item["item"].startswith("https://example.org/") for item in items)
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    return shown


def order(site: SiteTest, path: str) -> tuple[str, str]:
    """Return the titles of the previous and the next page."""
    html = site.html(path)
    links = [re.findall(rf'class="{name}" rel="{rel}".*?<span>([^<]*)</span></a>', html) for name, rel in ORDER]
    return (*(found[0] if found else "" for found in links),)  # type: ignore[return-value]


ORDER = (("previous", "prev"), ("next", "next"))


# --- pages of folders


def test_a_folder_has_a_page_with_its_text_and_its_notes(site: SiteTest) -> None:
    folder_site(
        site,
        ml___index="---\ntitle: Machine learning\n---\nThe *text* of the folder. [a](a.md)\n",
        ml__a="# Alpha\n\nx\n",
        ml__svm__b="# Beta\n\nx\n",
        nlp__README="# Language\n\nWords.\n",
        nlp__c="x\n",
        plain__d="x\n",
    )
    html = site.html("ml/index.html")
    assert texts(html, "h1") == ["Machine learning"]
    assert "<p>The <em>text</em> of the folder." in html
    assert 'href="/ml/a/"' in html
    assert {"/ml/a/", "/ml/svm/"} <= set(values(html, "a", "href"))
    assert texts(site.html("nlp/index.html"), "h1") == ["Language"]
    assert texts(site.html("plain/index.html"), "h1") == ["plain"]
    assert texts(site.html("ml/svm/index.html"), "h1") == ["svm"]
    assert "3 notes" not in html
    assert "2 notes" in html
    assert "https://example.org/plain/" in site.html("sitemap.xml")
    assert site.html("sitemap.xml").count("<loc>https://example.org/ml/</loc>") == 1


@pytest.mark.parametrize(
    ("permalink", "page"),
    [
        ("/:path/", "ml/index.html"),
        ("/posts/:path/", "posts/ml/index.html"),
        ("/:path.html", "ml/index.html"),
        ("/:path", "ml/index.html"),
    ],
)
@pytest.mark.parametrize("text", ["_index", "index", "README", ""])
def test_the_page_of_a_folder_is_where_the_addresses_of_its_notes_begin(
    site: SiteTest, permalink: str, page: str, text: str
) -> None:
    site.write("site.yaml", FOLDERS.replace("/:path/", permalink)).write("content/ml/a.md", "x\n")
    site.write(f"content/ml/{text}.md", "# Text\n\nwords\n") if text else site
    site.build()
    assert texts(site.html(page), "h1") == ["Text" if text else "ml"]


def test_links_lead_to_pages_of_folders(site: SiteTest) -> None:
    folder_site(
        site,
        a="[x](ml/) [y](ml) [[ml/]] [z](/ml/) [w](nlp/index.md)\n",
        ml__b="[up](../ml/)\n",
        nlp__index="N\n",
        nlp__c="x",
    )
    assert values(e_content(site.html("a/index.html")), "a", "href") == [*["/ml/"] * 4, "/nlp/"]
    assert 'href="/ml/">up' in site.html("ml/b/index.html")
    assert "link-broken" not in site.stderr


def test_a_blog_has_pages_of_folders_only_where_these_have_a_text(site: SiteTest) -> None:
    site.note("tech/a", "x").note("life/b", "x").write("content/tech/_index.md", "---\ntitle: Tech\n---\nAll of it.\n")
    site.build()
    assert "All of it." in site.html("tech/index.html")
    assert values(site.html("tech/index.html"), "a", "p-name") or "/posts/a/" in values(
        site.html("tech/index.html"), "a", "href"
    )
    assert "life/index.html" not in site.files()
    assert 'class="crumbs"' in site.html("posts/a/index.html")
    assert 'class="crumbs"' not in site.html("posts/b/index.html")
    assert 'class="tree"' not in site.html("posts/a/index.html")
    assert "较旧" in site.html("posts/a/index.html") or "较新" in site.html("posts/a/index.html")


def test_long_folders_have_several_pages(site: SiteTest) -> None:
    for number in range(101):
        site.write(f"content/ml/n{number}.md", "x\n")
    site.write("site.yaml", FOLDERS).build()
    assert "ml/page/2/index.html" in site.files()
    assert len(texts(site.html("ml/index.html"), "a", "u-url")) == 100
    assert texts(site.html("ml/page/2/index.html"), "a", "u-url") == ["n100"]


# --- breadcrumbs, tree and order


COURSE = {
    "a": "# Alpha\n",
    "ml___index": "---\ntitle: ML\n---\ntext\n",
    "ml__b": "# Beta\n",
    "ml__deep__c": "# Gamma\n",
    "ml__deep__d": "# Delta\n",
    "nlp__e": "# Epsilon\n",
}


def test_breadcrumbs_name_the_folders_above(site: SiteTest) -> None:
    folder_site(site, **COURSE)
    assert crumbs(site, "ml/deep/c/index.html") == ["Home", "ML", "deep"]
    assert crumbs(site, "ml/deep/index.html") == ["Home", "ML"]
    assert crumbs(site, "ml/index.html") == []
    assert crumbs(site, "a/index.html") == []


def test_the_tree_shows_the_open_branches_alone(site: SiteTest) -> None:
    folder_site(site, **COURSE)
    assert tree(site, "ml/deep/c/index.html") == [
        (1, "ML", "true"),
        (2, "deep", "true"),
        (3, "Gamma", "page"),
        (3, "Delta", ""),
        (2, "Beta", ""),
        (1, "nlp", ""),
        (1, "Alpha", ""),
    ]
    assert tree(site, "ml/index.html") == [
        *((1, "ML", "page"), (2, "deep", ""), (2, "Beta", "")),
        *((1, "nlp", ""), (1, "Alpha", "")),
    ]


def test_previous_and_next_follow_the_tree(site: SiteTest) -> None:
    folder_site(site, **COURSE)
    assert order(site, "ml/index.html") == ("", "Gamma")
    assert order(site, "ml/deep/c/index.html") == ("ML", "Delta")
    assert order(site, "ml/b/index.html") == ("Delta", "Epsilon")
    assert order(site, "a/index.html") == ("Epsilon", "")
    html = site.html("ml/b/index.html")
    assert '<link rel="next" href="/nlp/e/">' in html
    assert "Newer" not in html


def test_a_row_of_the_tree_has_a_limited_number_of_entries(site: SiteTest) -> None:
    for number in range(MOST + 5):
        site.write(f"content/ml/n{number}.md", "x\n")
    site.write("content/a/b.md", "x\n").write("site.yaml", FOLDERS).build()
    rows = tree(site, "ml/n3/index.html")
    assert len(rows) == 2 + MOST + 1
    assert rows[-1] == (2, f"All {MOST + 5} notes", "")
    assert (2, f"n{MOST + 2}", "page") in tree(site, f"ml/n{MOST + 2}/index.html")
    assert order(site, f"ml/n{MOST}/index.html") == (f"n{MOST - 1}", f"n{MOST + 1}")


@pytest.mark.parametrize(("sections", "shown"), [("on", True), ("auto", False), ("off", False)])
def test_the_tree_is_a_setting_where_notes_are_dated(site: SiteTest, sections: str, *, shown: bool) -> None:
    dated = {name: f"---\ndate: 2026-01-0{number}\n---\nx\n" for number, name in enumerate(("m__a", "m__b"), 1)}
    folder_site(site, f"sections: {sections}\n", **dated)
    assert bool(tree(site, "m/a/index.html")) == shown
    assert ("m/index.html" in site.files()) == (sections != "off")
    assert (order(site, "m/a/index.html") != ("", "")) == shown


@pytest.mark.parametrize(
    ("names", "front", "expected"),
    [
        (["b10", "b2", "a"], {}, ["a", "b2", "b10"]),
        (["10-x", "2-y", "intro"], {}, ["y", "x", "intro"]),
        (["a", "b", "c"], {"a": "weight: 3", "b": "sidebar_position: 1.5", "c": "nav_order: 2"}, ["b", "c", "a"]),
        (["a", "b", "c"], {"c": "order: 1", "b": "weight: 0"}, ["c", "a", "b"]),
        (["a", "b"], {"a": "date: 2026-01-01", "b": "date: 2026-01-02"}, ["b", "a"]),
        (["a", "b"], {"a": "date: 2026-01-01\nweight: 1", "b": "date: 2026-01-02\nweight: 2"}, ["a", "b"]),
        (["c", "b", "a"], {"c": "date: 2026-01-01"}, ["a", "b", "c"]),
    ],
)
def test_the_order_of_a_folder(site: SiteTest, names: list[str], front: dict[str, str], expected: list[str]) -> None:
    notes = {f"m__{name}": f"---\n{front.get(name, 'layout: post')}\n---\nx\n" for name in names}
    folder_site(site, "addresses: {number_prefixes: strip}\n", **notes)
    assert texts(site.html("m/index.html"), "a", "u-url") == expected


# --- nav


def test_nav_orders_and_groups_the_tree(site: SiteTest) -> None:
    nav = (
        "nav:\n  - Start: a.md\n  - 'Learning':\n    - ml/_index.md\n    - ml/b.md\n    - Deeper:\n"
        "      - ml/deep/d\n      - ml/deep/c.md\n"
        "  - Elsewhere: https://example.com/\n  - nlp/\n  - gone.md\n"
    )
    folder_site(site, nav, **COURSE)
    assert tree(site, "ml/deep/c/index.html") == [
        (1, "Start", ""),
        (1, "Learning", "true"),
        (2, "Beta", ""),
        (2, "Deeper", "true"),
        (3, "Delta", ""),
        (3, "Gamma", "page"),
        (1, "Elsewhere", ""),
        (1, "nlp", ""),
    ]
    assert crumbs(site, "ml/deep/c/index.html") == ["Home", "Learning", "Deeper"]
    assert order(site, "ml/deep/d/index.html") == ("Beta", "Gamma")
    assert order(site, "ml/deep/c/index.html") == ("Delta", "Epsilon")
    site.expect_report("warning[nav-broken]: nav: there is no note 'gone.md'")


def test_entries_of_another_form_are_told(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nnav:\n  - {b: c, d: e}\n  - 3\n").note("a", "x").build("-v")
    site.expect_report("nav: the keys b, d where a path or a list is expected", "nav: 3 is no path")


# --- the home page


def test_the_index_of_the_content_folder_is_the_home_page(site: SiteTest) -> None:
    site.note("a", "x").write("content/index.md", "# Welcome\n\nHello $x$. [a](a.md)\n").build()
    html = site.html("index.html")
    assert texts(html, "title") == ["Test"]
    assert texts(html, "h1") == ["Test"]
    assert texts(html, "h2") == ["Welcome"]
    assert "Hello <" in html
    assert '"@type":"WebSite"' in html
    assert 'rel="canonical" href="https://example.org/"' in html
    assert "index/index.html" not in site.files()
    assert "最近更新" not in html
    assert 'href="/posts/a/"' in site.html("archives/index.html")
    assert site.html("sitemap.xml").count("<loc>https://example.org/</loc>") == 1


@pytest.mark.parametrize("name", ["README", "index"])
def test_other_names_of_the_home_page(site: SiteTest, name: str) -> None:
    site.note("a", "x").write(f"content/{name}.md", "Hello.\n").build()
    assert "<p>Hello.</p>" in site.html("index.html")
    assert texts(site.html("index.html"), "h2") == []


@pytest.mark.parametrize("front", ["permalink: /\nlayout: page", "permalink: /"])
def test_a_page_at_the_root_is_the_home_page(site: SiteTest, front: str) -> None:
    site.note("a", "x").write("content/me.md", f"---\ntitle: Me\n{front}\n---\nHello.\n").build()
    assert "<p>Hello.</p>" in site.html("index.html")
    assert texts(site.html("archives/index.html"), "a", "u-url") == ["a"]


def test_home_is_text_or_list_or_both(site: SiteTest) -> None:
    settings = "title: T\nlanguage: en\npaginate: 1\nsearch: {enabled: false}\nsocial_cards: {enabled: false}\n"
    site.note("a", "x").note("b", "x").write("content/index.md", "Hello.\n")
    site.write("site.yaml", settings + "home: both\n").build()
    first, second = site.html("index.html"), site.html("page/2/index.html")
    assert "<p>Hello.</p>" in first
    assert "Latest updates" in first
    assert 'href="/posts/a/"' in first + second
    assert "Hello" not in second
    site.write("site.yaml", settings + "home: list\n").build()
    assert "Hello" not in site.html("index.html")
    assert "<p>Hello.</p>" in site.html("index/index.html")
    site.write("site.yaml", settings + "home: note\n").build()
    assert not [path for path in site.files() if path.startswith("page/")]


def test_the_list_stands_below_the_text_of_hugos_home_of_a_blog(site: SiteTest) -> None:
    site.write("content/_index.md", "Hello.\n").note("posts/a", "x").build()
    assert "<p>Hello.</p>" in site.html("index.html")
    assert 'href="/posts/a/"' in site.html("index.html")
    site.write("site.yaml", "title: T\nhome: note\n").build()
    assert 'href="/posts/a/"' not in site.html("index.html")
    site.write("site.yaml", "title: T\n").note("posts/a", "x", date=None).build()
    assert 'href="/posts/a/"' not in site.html("index.html"), "a course"


def test_jekylls_layout_home_has_the_list_below_its_text(site: SiteTest) -> None:
    site.note("a", "x").write(
        "content/index.md", "---\nlayout: home\n---\nHello, all of my readers out there.\n"
    ).build()
    assert "Hello, all" in site.html("index.html")
    assert 'href="/posts/a/"' in site.html("index.html")


# --- sites without dates


def test_a_site_without_dates_is_a_directory(site: SiteTest) -> None:
    folder_site(site, **COURSE)
    html = site.html("index.html")
    assert "Latest" not in html
    assert "transmission<" not in html
    assert [title.split(" 1")[0].split(" 3")[0] for title in texts(html, "h2")] == ["All notes", "ML", "nlp"]
    assert [item.text for item in elements(html, "a") if item.attrs["href"].startswith(("/a/", "/ml/", "/nlp/"))] == [
        *("ML", "Beta", "All 3 notes", "nlp", "Epsilon", "Alpha"),
    ]


def test_words_of_ones_own_stay_above_a_directory(site: SiteTest) -> None:
    folder_site(site, "banner: {kicker: A garden, heading: Beds}\n", **COURSE)
    assert texts(site.html("index.html"), "h2")[0] == "Beds"
    assert "A garden" in site.html("index.html")


def test_one_note_without_a_date_makes_no_directory(site: SiteTest) -> None:
    site.note("a", "x").note("b", "x", date=None).build()
    assert "最近更新" in site.html("index.html")


def test_a_folder_whose_text_is_hidden_is_not_shown_and_a_site_without_dates_does_not_say_so(site: SiteTest) -> None:
    site.write("static/.well-known/matrix/server", "x").write("static/.git/config", "x")
    hidden = {"own__index": "---\nhidden: true\n---\nSecret.\n", "own__a": "# B\n", "own__deep__index": "# Deep\n"}
    folder_site(site, a="# A\n", ml__b="# C\n", own__deep__c="# D\n", **hidden)
    assert tree(site, "a/index.html") == [(1, "ml", ""), (1, "A", "page")]
    assert site.output("own/index.html").exists()
    assert not {"Deep", "own"} & set(texts(site.html("index.html"), "a"))
    assert "Undated" not in site.html("archives/index.html")
    assert [path for path in site.files() if "/." in f"/{path}"] == [".nojekyll", ".well-known/matrix/server"]


# --- notes in the way


def test_a_note_with_the_name_of_a_folder_is_the_page_of_the_folder(site: SiteTest) -> None:
    folder_site(site, ml="# On ML\n\nThe note.\n", ml__a="# Alpha\n", nlp__b="# Beta\n")
    html = site.html("ml/index.html")
    assert "The note." in html
    assert tree(site, "ml/a/index.html") == [(1, "On ML", "true"), (2, "Alpha", "page"), (1, "nlp", "")]
    assert crumbs(site, "ml/a/index.html") == ["Home", "On ML"]
    assert order(site, "ml/a/index.html") == ("On ML", "Beta")
    assert "url-" not in site.stderr


def test_a_folder_named_as_a_list_has_no_page(site: SiteTest) -> None:
    folder_site(site, tags__a="x\n", archives__b="---\ntags: [t]\n---\nx\n")
    assert 'class="crumbs"' not in site.html("tags/index.html")
    assert "/tags/t/" in site.html("tags/index.html")
    assert "url-" not in site.stderr


def test_other_languages_of_a_folders_text_are_notes_of_their_own(site: SiteTest) -> None:
    folder_site(
        site, ml__index="# ML\n\nx\n", **{"ml__index.zh": "# 机器学习\n\nx\n", "ml__a": "x\n", "ml__a.zh": "x\n"}
    )
    assert texts(site.html("ml/index.html"), "h1") == ["ML"]


def test_pages_of_folders_list_their_notes_as_nav_has_them(site: SiteTest) -> None:
    nav = "nav:\n  - B: b/\n  - A:\n    - a/_index.md\n    - Zebra first: a/z.md\n    - a/c/d.md\n    - a/m.md\n"
    folder_site(
        site,
        nav,
        a___index="# Of A",
        a__z="# Z",
        a__m="# M",
        a__left_out="# Left",
        a__c__d="# D",
        b__x="# X",
        b__y="# Y",
    )
    assert texts(site.html("a/index.html"), "a", "u-url") == ["Zebra first", "M", "Left"]
    assert texts(site.html("b/index.html"), "a", "u-url") == ["X", "Y"]
    assert texts(site.html("index.html"), "h2") == ["All notes", "B 2 notes", "A 4 notes"]


@pytest.mark.parametrize(
    ("name", "title"), [("cnn", "Cnn"), ("getting-started", "Getting started"), ("GPU_notes", "GPU notes")]
)
def test_titles_of_mkdocs_begin_with_a_capital(site: SiteTest, name: str, title: str) -> None:
    folder_site(site, "dialect: mkdocs\nhome: list\n", **{name: "text"})
    assert texts(site.html(f"{name}/index.html"), "h1") == [title]


def test_a_note_may_have_others_below_it_in_nav(site: SiteTest) -> None:
    folder_site(site, "nav: [{a.md: [ml/b.md, ml/deep/c]}, nlp/e]\n", **COURSE)
    assert tree(site, "ml/b/index.html") == [
        *((1, "Alpha", "true"), (2, "Beta", "page"), (2, "Gamma", ""), (1, "Epsilon", "")),
    ]
    assert crumbs(site, "ml/b/index.html") == ["Home", "Alpha"]
    assert crumbs(site, "ml/deep/d/index.html") == ["Home", "ML", "deep"]
    assert tree(site, "ml/deep/d/index.html") == []


def test_collections_have_pages_that_list_what_is_in_them(site: SiteTest) -> None:
    site.write("site.yaml", FOLDERS.replace("/:path/", "/:year/:slug/") + "dialect: jekyll\ncontent_dir: .\n")
    with (site.root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "permalinks: {_projects: '/projects/:subpath/'}\npages: ['_projects/*']\naddresses: {pages: '/:path/'}\n"
        )
    site.write("_posts/2026-01-02-a.md", "text")
    site.write("_projects/first.md", "---\ntitle: First project\n---\n\ntext")
    site.write("_projects/hidden.md", "---\ntitle: Secret\nhidden: true\n---\n\ntext")
    site.write("_pages/projects.md", "---\npermalink: /projects/\n---\n{% for p in site.projects %}{{ p }}{% endfor %}")
    html = site.build("--keep-going", expect=None).html("projects/index.html")
    assert "First project" in html
    assert "Secret" not in html
    assert "First project" not in site.html("archives/index.html")


def test_a_note_without_a_title_is_called_as_nav_calls_it(site: SiteTest) -> None:
    nav = "nav:\n  - Learning: [{支持向量机: ml/svm.md}, {Other: ml/headed.md}, {Third: ml/named.md}]\n"
    folder_site(site, nav, ml__svm="text", ml__headed="# Heading\n\ntext", ml__named="---\ntitle: Named\n---\ntext")
    titles = [texts(site.html(f"ml/{name}/index.html"), "h1")[0] for name in ("svm", "headed", "named")]
    assert titles == ["支持向量机", "Heading", "Named"]


def test_a_glob_in_nav_is_the_notes_that_it_fits(site: SiteTest) -> None:
    folder_site(site, "nav: [{Learning: 'ml/*.md'}, {Rest: 'n*/*'}, 'x/*.md']\n", **COURSE)
    (first, *others) = tree(site, "ml/b/index.html")
    assert first == (1, "Learning", "true")
    assert (2, "Beta", "page") in others
    assert not any(title in {"Gamma", "Delta"} for _, title, _ in others)  # in a folder below
    site.expect_report("warning[nav-broken]: nav: there is no note 'x/*.md'")


def test_a_glob_in_nav_has_its_notes_in_the_order_of_their_folder(site: SiteTest) -> None:
    notes = {f"ml__ch{number}": f"# Chapter {number}" for number in (2, 10, 1)}
    folder_site(site, "nav: [{Learning: 'ml/*.md'}]\n", **notes, ml__intro="---\norder: 20\n---\n# Ordered")
    titles = [title for level, title, _ in tree(site, "ml/ch1/index.html") if level > 1]
    assert titles == ["Ordered", "Chapter 1", "Chapter 2", "Chapter 10"]


def test_a_folder_without_notes_does_not_count_them(site: SiteTest) -> None:
    folder_site(site, "", a___index="# Of A\n\nWords.", a__b___index="# Of B\n\nWords.", c__d="# D")
    assert "meta-line" not in site.html("a/index.html")
    assert texts(site.html("a/index.html"), "h2")[-1] == "Of B"
    assert "1 note<" in site.html("c/index.html")


@pytest.mark.parametrize(
    ("front_matter", "is_list"),
    [
        ("layout: book-shelf\ncollection: books", True),
        ("layout: bookshelf", True),
        ("layout: page\ncollection: books", False),
        ("layout: about", False),
    ],
)
def test_a_page_of_a_collection_has_its_list(site: SiteTest, front_matter: str, is_list: bool) -> None:
    site.write("site.yaml", FOLDERS.replace("/:path/", "/:year/:slug/") + "dialect: jekyll\ncontent_dir: .\n")
    with (site.root / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("permalinks: {_books: '/books/:subpath/'}\npages: ['_books/*']\naddresses: {pages: '/:path/'}\n")
    site.write("_posts/2026-01-02-a.md", "text").write("_books/b.md", "---\ntitle: The Godfather\n---\n\ntext")
    site.write("_pages/books.md", f"---\ntitle: Shelf\npermalink: /books/\n{front_matter}\n---\n\nWhat I have read.")
    html = site.build().html("books/index.html")
    assert "What I have read." in html
    assert ("The Godfather" in html) == is_list
    assert texts(html, "h1") == ["Shelf"]
