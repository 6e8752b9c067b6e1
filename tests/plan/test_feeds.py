"""Atom, RSS and JSON Feed, held against what their specifications require; feeds of categories; what is left out."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from notegen.link.bodies.feed_html import feed_html
from tests.support.cases import all_cases
from tests.support.html import ATOM, elements, feed
from tests.support.limits import assert_linear, ends
from tests.support.site import SiteTest

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
BODY = (
    "## Part $x$\n\nText[^1] $a_1$ 与 ![i](i.png) [p](#part-x).\n\n- [x] done\n- [ ] open\n\n$$\nE=mc^2\n$$\n\n"
    '```python\nx = "1"\n```\n\n<script>alert(1)</script><button onclick="x">b</button>\n\n[^1]: Note.\n'
)
SETTINGS = """\
title: T & <t>
author: 甲
language: zh-CN
base_url: https://example.org/repo/
license: CC BY 4.0
"""


@pytest.fixture
def fed(site: SiteTest) -> SiteTest:
    """Return a built site with two categories, one of which needs an encoded address."""
    site.write("site.yaml", SETTINGS)
    site.write("content/i.png", b"x").note("full", BODY, category="机器学习", tags=["t", "a<b"], updated="2026-02-03")
    site.note("other", "Other \x0b\x1f body", category="C++", date="2025-12-31 23:30", title="A & <B> ]]>")
    return site.note("none", "x", date=None).build()


def check_atom(text: str) -> ET.Element:
    """Return a feed after checking what RFC 4287 requires of it (sections 3.1, 3.3, 4.1.1 and 4.1.2)."""
    root = feed(text)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert urlsplit(element.findtext(f"{ATOM}id", "")).scheme, "an id is an absolute IRI"
        for name in ("updated", "published"):
            for date in element.findall(ATOM + name):
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", date.text or "")
        for link in element.findall(f"{ATOM}link"):
            assert urlsplit(link.attrib["href"]).scheme == "https"
    assert root.find(f"{ATOM}author/{ATOM}name") is not None, "or every entry has one"
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for entry in root.findall(f"{ATOM}entry"):
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.attrib["type"] == "html"
        assert entry.find(f"{ATOM}link[@rel='alternate']") is not None
        assert all(category.attrib["term"] for category in entry.findall(f"{ATOM}category"))
    assert len(root.findall(f"{ATOM}link[@rel='self']")) == 1
    return root


def test_atom_is_what_rfc_4287_requires(fed: SiteTest) -> None:
    root = check_atom(fed.html("atom.xml"))
    assert root.findtext(f"{ATOM}title") == "T & <t>"
    assert len(root.findall(f"{ATOM}entry")) == 3


def test_rss_is_what_its_specification_requires(fed: SiteTest) -> None:
    root = feed(fed.html("rss.xml"))
    assert (root.tag, root.attrib["version"]) == ("rss", "2.0")
    (channel,) = root
    assert all(channel.findtext(name) for name in ("title", "link", "description", "lastBuildDate"))
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == ["full", "A & <B> ]]>", "none"]
    full = items[0]
    assert full.findtext("guid") == full.findtext("link") == "https://example.org/repo/posts/full/"
    assert full.findall("guid")[0].attrib == {"isPermaLink": "true"}
    assert full.findtext("pubDate") == "Fri, 02 Jan 2026 00:00:00 +0800"
    dates = [parsedate_to_datetime(date.text or "") for date in root.iter("pubDate")]
    assert dates[1] == datetime.fromisoformat("2025-12-31T23:30:00+08:00")
    assert [item.text for item in full.findall("category")] == ["机器学习", "t", "a<b"]
    assert "<math" in (full.findtext(CONTENT) or "")
    own = channel.findall(f"{ATOM}link")
    assert [link.attrib["href"] for link in own] == ["https://example.org/repo/rss.xml"]


def test_json_is_what_json_feed_1_1_requires(fed: SiteTest) -> None:
    data: dict[str, Any] = json.loads(fed.html("feed.json"))
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert (data["title"], data["home_page_url"]) == ("T & <t>", "https://example.org/repo/")
    assert data["feed_url"] == "https://example.org/repo/feed.json"
    assert data["authors"] == [{"name": "甲"}]
    assert [item["title"] for item in data["items"]] == ["full", "A & <B> ]]>", "none"]
    for item in data["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item["content_html"], str)
        assert item["url"].startswith("https://")
    full = data["items"][0]
    assert full["date_modified"] == "2026-02-03T00:00:00+08:00"
    assert full["tags"] == ["机器学习", "t", "a<b"]
    assert full["content_html"] == atom_content(fed)
    assert "date_published" not in data["items"][2]


def atom_content(site: SiteTest, path: str = "atom.xml") -> str:
    """Return the HTML of the first entry."""
    return feed(site.html(path)).findtext(f"{ATOM}entry/{ATOM}content", "")


def test_each_category_has_a_feed_that_its_pages_name(fed: SiteTest) -> None:
    root = check_atom(fed.html("categories/机器学习/atom.xml"))
    assert [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")] == ["full"]
    assert root.findtext(f"{ATOM}title") == "机器学习 · T & <t>"
    assert root.findtext(f"{ATOM}updated") == "2026-02-03T00:00:00+08:00"
    url = "https://example.org/repo/categories/%E6%9C%BA%E5%99%A8%E5%AD%A6%E4%B9%A0/"
    assert root.findtext(f"{ATOM}id") == url
    links = [link.attrib["href"] for link in root.findall(f"{ATOM}link")]
    assert links == [url, url + "atom.xml"]
    named = [item.attrs for item in elements(fed.html("categories/机器学习/index.html"), "link")]
    assert "/repo/categories/%E6%9C%BA%E5%99%A8%E5%AD%A6%E4%B9%A0/atom.xml" in [link["href"] for link in named]
    assert fed.output("categories/C++/atom.xml").is_file()


def test_the_feed_of_a_category_has_its_newest_notes_only(site: SiteTest) -> None:
    site.write("site.yaml", "base_url: https://e.org/\nfeed: {limit: 4, category_limit: 2}\n")
    for number in range(5):
        site.note(f"n{number}", "x", date=f"2026-01-0{number + 1}", category="C")
    site.build()
    titles = {
        path: [entry.findtext(f"{ATOM}title") for entry in check_atom(site.html(path)).findall(f"{ATOM}entry")]
        for path in ("atom.xml", "categories/C/atom.xml")
    }
    assert titles == {"atom.xml": ["n4", "n3", "n2", "n1"], "categories/C/atom.xml": ["n4", "n3"]}


def test_no_html_ends_the_section_that_holds_it(site: SiteTest) -> None:
    html = '<i title="]]>"><!-- ]]> --></i>'
    site.write("site.yaml", "base_url: https://e.org/\n").note("n", html).build()
    assert html in atom_content(site)


def test_feeds_leave_out_what_works_only_on_the_page(fed: SiteTest) -> None:
    html = atom_content(fed)
    names = {element.name for element in elements(html)}
    assert names & {"script", "button", "input"} == set()
    assert "annotation" in names  # the LaTeX of formulas is for readers of feeds too
    assert not [item for item in elements(html, "a") if "anchor" in item.classes or "footnote-back" in item.classes]
    assert "alert(1)" not in html
    assert "☑" in html
    assert "☐" in html
    assert re.search(r'\s(tabindex|data-\w+|loading|on\w+)="', html) is None
    assert '<math display="block">' in html


def test_characters_that_xml_forbids_are_left_out(fed: SiteTest) -> None:
    for path in ("atom.xml", "rss.xml", "categories/C++/atom.xml"):
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", fed.html(path))


def test_every_page_names_every_feed(fed: SiteTest) -> None:
    for path in ("index.html", "posts/full/index.html", "404.html"):
        links = [item.attrs for item in elements(fed.html(path), "link") if item.attrs["rel"] == "alternate"]
        assert [(link["type"], link["href"]) for link in links] == [
            ("application/atom+xml", "/repo/atom.xml"),
            ("application/rss+xml", "/repo/rss.xml"),
            ("application/feed+json", "/repo/feed.json"),
        ]


def test_feeds_can_be_switched_off(site: SiteTest) -> None:
    site.write("site.yaml", 'base_url: https://e.org/\nfeed: {rss: "", json: "", categories: false}\n')
    site.note("a", "x", category="C").build().expect_clean()
    assert [path for path in site.files() if path.endswith((".xml", ".json"))] == ["atom.xml", "sitemap.xml"]


@pytest.mark.parametrize("value", ["../x.xml", "a b.xml", "/"])
def test_a_feed_s_name_stays_in_the_site(site: SiteTest, value: str) -> None:
    site.write("site.yaml", f"feed:\n  rss: {value}\n").note("a", "x").build(expect=2)
    site.expect_report("site.yaml:2:8: error[config-value]: feed.rss must be names of files")


def test_code_in_feeds_has_no_colours_for_no_reader_has_their_style_sheet(site: SiteTest) -> None:
    site.note("n", '```python\nif f("a<b"): pass  # c\n```\n\n<span class="x">s</span>').build()
    html = atom_content(site)
    assert '<code>if f("a&lt;b"): pass  # c\n</code>' in html


def test_a_file_of_static_takes_the_place_of_a_feed(site: SiteTest) -> None:
    site.write("static/rss.xml", "mine").note("a", "x").build().expect_clean()
    assert site.html("rss.xml") == "mine"


def test_without_an_address_feeds_are_well_formed(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\n").note("a", "x", category="C").build()
    assert feed(site.html("rss.xml")).find("channel/item/guid[@isPermaLink='false']") is not None
    assert json.loads(site.html("feed.json"))["items"][0]["id"] == "tag:localhost,2024:/posts/a/"
    feed(site.html("categories/C/atom.xml"))


@all_cases(
    "hostile",
    [
        'highlight<span class="k">',
        "<script",
        "</script>",
        '<a class="anchor"',
        '<a href="',
        "<input",
        "<button",
        " data-",
    ],
)
def test_the_content_of_feeds_is_made_in_linear_time(hostile: str) -> None:
    assert_linear(lambda size: feed_html(hostile * size), 500)
    with ends():
        feed_html(hostile * 40_000)


def test_formulas_of_feeds_may_be_pictures(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\nbase_url: https://e.org/\nsearch: {enabled: false}\nfeed: {math: svg}\n")
    site.note("a", "Let $x_1 < y$.\n\n$$\\sum_i x_i$$\n\n`<math>` stays.").build()
    for name in ("atom.xml", "rss.xml"):
        text = site.html(name)
        assert "</math>" not in text
        assert '<svg role="img" aria-label="x_1 &lt; y" style="vertical-align:' in text
        assert 'fill="currentColor"' in text
        assert 'fill="black"' not in text
        assert '<span style="display:block;text-align:center"><svg role="img" aria-label="\\sum_i x_i"' in text
    assert "</math>" in site.html("posts/a/index.html"), "pages have MathML"
    assert "</math>" in site.write("site.yaml", "language: en\n").build().html("atom.xml"), "and so have feeds"
