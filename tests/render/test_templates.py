"""The templates of transmission: every page kind with edge values is well formed and says what it is."""

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from notegen.model.body import Body, ResolvedBody
from notegen.model.config import Config
from notegen.model.pages import FeedPage, ListPage, NotePage, Page, SitemapEntry, SitemapPage, TermGroup, TermsPage
from notegen.model.site import FeedEntry, Link, SiteInfo
from notegen.model.strings import Url
from notegen.render.render import render_page
from notegen.render.theme.load import Theme, load_theme
from tests.support.html import Page as Html
from tests.support.theme import transmission, tree
from tests.support.theme_values import (
    ADDRESS,
    EDGES,
    EMPTY_SITE,
    MATH,
    MIDDLE,
    NOTES,
    NOW,
    ONE,
    PAGES,
    SERIES,
    note_ref,
    rendered,
    site_info,
    term,
)


@pytest.fixture(scope="module", name="shipped")
def theme_transmission() -> Theme:
    theme, found = load_theme(tree(transmission()), Config(), base_path="/repo/")
    assert found == ()
    return theme


def html_of(theme: Theme, template: str, value: Any, site: SiteInfo | None = None) -> str:
    page = Page("x/index.html", template, value, "content/x.md")
    data, found = render_page(theme, page, {"site": site or site_info(), "categories": (), "tags": ()})
    assert found == ()
    return data.decode()


@pytest.mark.parametrize("site", [site_info(), EMPTY_SITE], ids=["full site", "empty site"])
@pytest.mark.parametrize(("template", "value"), PAGES, ids=[f"{name}-{i}" for i, (name, _) in enumerate(PAGES)])
def test_every_page_is_well_formed(shipped: Theme, template: str, value: Any, site: SiteInfo) -> None:
    text = html_of(shipped, template, value, site)
    parsed = Html(text)
    tags = [element.name for element in parsed.elements]
    assert parsed.problems == []
    assert text.startswith("<!DOCTYPE html>\n")
    assert tags.count("title") == 1
    if template != "redirect.html":
        assert tags.count("h1") == tags.count("main") == 1
        assert parsed.having("skip") == ["a"]
        assert [tag for tag in tags if tag in {"header", "footer"}].count("header") >= 1
    for script in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
        assert json.loads(script)["@type"] == "BlogPosting"


def test_a_note_says_what_it_is_to_machines(shipped: Theme) -> None:
    parsed = Html(html_of(shipped, "note.html", NotePage(**ADDRESS, note=NOTES[0])))
    for name in ("h-entry", "p-name", "u-url", "dt-published", "dt-updated", "p-category", "p-author"):
        assert parsed.having(name), name
    assert len(parsed.having("e-content")) == 1


def test_the_content_element_holds_the_body_alone(shipped: Theme) -> None:
    text = html_of(shipped, "note.html", NotePage(**ADDRESS, note=NOTES[0]))
    inner = re.search(r'<div class="e-content">\n(.*?)\n</div>\n', text, re.DOTALL)
    assert inner
    assert inner[1] == NOTES[0].html


def test_structured_data_cannot_end_its_script(shipped: Theme) -> None:
    ref = note_ref(title="</script><script>alert(1)</script>", title_html="x")
    text = html_of(shipped, "note.html", NotePage(**ADDRESS | {"title": ref.title}, note=rendered(ref)))
    assert "<script>alert" not in text
    data = json.loads(re.findall(r"ld\+json\">(.*?)</script>", text)[0])
    assert data["headline"] == ref.title
    assert data["datePublished"] == "2026-01-11T08:30:00+08:00"


def test_the_telemetry_line(shipped: Theme) -> None:
    page = ListPage(**ADDRESS, kind="home", count=1, entries=(note_ref(),), pagination=ONE, has_math=True)
    text = html_of(shipped, "home.html", page)
    line = re.search(r'<p class="meta-line">(.*?)</p>', text, re.DOTALL)
    assert line
    assert re.sub(r"<[^>]*>", "", line[1]).split() == ["NLP", "2026-01-11", "8", "分钟"]


def test_pagination_says_where_it_stands(shipped: Theme) -> None:
    page = ListPage(**ADDRESS, kind="home", count=99, entries=EDGES, pagination=MIDDLE, has_math=True)
    text = html_of(shipped, "home.html", page)
    parsed = Html(text)
    links = [item.attrs for item in parsed.elements if item.name == "a" and "/page/" in item.attrs["href"]]
    assert [item["href"] for item in links if item.get("aria-current") == "page"] == ["/repo/page/2/"]
    assert [item["href"] for item in links if item.get("rel") == "next"] == ["/repo/page/3/"]
    assert '<link rel="prev" href="/repo/">' in text
    assert '<li class="gap" aria-hidden="true">…</li>' in text


def test_a_title_that_is_a_formula_has_words_to_read_aloud(shipped: Theme) -> None:
    alone = html_of(shipped, "note.html", NotePage(**ADDRESS, note=rendered(EDGES[3])))
    mixed = note_ref(title="On x", title_html=f"On {MATH}")
    among = html_of(shipped, "note.html", NotePage(**ADDRESS, note=rendered(mixed)))
    assert (
        f'<h1 class="p-name"><span aria-hidden="true">{MATH}</span><span class="visually-hidden">x</span></h1>' in alone
    )
    assert f'<h1 class="p-name">On {MATH}</h1>' in among


def test_a_note_in_another_language_says_so(shipped: Theme) -> None:
    english = html_of(shipped, "note.html", NotePage(**ADDRESS, note=rendered(EDGES[3])))
    assert '<html lang="en">' in english
    for tag in ('<a class="skip"', '<header class="site-header"', '<footer class="site-footer"'):
        assert f'{tag} lang="zh-CN"' in english
    own = html_of(shipped, "note.html", NotePage(**ADDRESS, note=NOTES[0]))
    assert '<html lang="zh-CN">' in own
    assert own.count(" lang=") == 1


def test_a_note_written_from_right_to_left_runs_so(shipped: Theme) -> None:
    note = rendered(note_ref(title="שלום", title_html="שלום", lang="he"))
    assert '<html lang="he" dir="rtl">' in html_of(shipped, "note.html", NotePage(**ADDRESS, note=note))


def test_a_note_in_a_series_says_where_it_stands(shipped: Theme) -> None:
    text = html_of(shipped, "note.html", NotePage(**ADDRESS, note=rendered(note_ref(), series=SERIES)))
    box = re.search(r'<nav class="series".*?</nav>', text, re.DOTALL)
    assert box
    assert "第 2 篇，共 3 篇" in box[0]
    assert re.findall(r'href="([^"]*)"( aria-current="page")?', box[0])[2] == ("/repo/s2/", ' aria-current="page"')
    assert re.findall(r'class="(previous|next)" href="([^"]*)"', text) == [
        ("previous", "/repo/s1/"),
        ("next", "/repo/s3/"),
    ]


def test_pinned_notes_are_marked_on_lists_only(shipped: Theme) -> None:
    ref = note_ref(weight=1)
    page = ListPage(**ADDRESS, kind="home", count=1, entries=(ref,), pagination=ONE, has_math=True)
    assert '<span class="mark-pinned">置顶</span>' in html_of(shipped, "home.html", page)
    assert "mark-pinned" not in html_of(shipped, "note.html", NotePage(**ADDRESS, note=rendered(ref)))


def test_an_overview_shows_notes_until_there_are_too_many_terms(shipped: Theme) -> None:
    def overview(number: int) -> str:
        groups = tuple(TermGroup(term(f"c {n}", n), (Link("x", MATH, Url("/repo/n/")),)) for n in range(1, number + 1))
        terms = tuple(group.term for group in groups)
        return html_of(shipped, "terms.html", TermsPage(**ADDRESS, kind="categories", terms=terms, groups=groups))

    few, many = overview(4), overview(500)
    assert few.count('<section class="group"') == 4
    assert re.findall(r'style="width: (\d+%)"', few) == ["25%", "50%", "75%", "100%"]
    assert re.findall(r'<p class="more"><a href="([^"]*)">(.*?)</a>', few) == [
        (term(f"c {n}", n).url, f"全部 {n} 篇笔记") for n in (2, 3, 4)
    ]
    assert 'class="group"' not in many
    assert many.count('<li><a class="rank-') == 500


ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_is_atom(shipped: Theme) -> None:
    body = f"<p>{MATH} &amp; \x0b]]></p>"
    feed = FeedPage(
        Url("/repo/atom.xml"),
        Url("https://example.org/repo/atom.xml"),
        "信号 & 笔记",
        "https://example.org/repo/",
        Url("https://example.org/repo/"),
        NOW,
        tuple(FeedEntry(ref, ResolvedBody(Body(body.encode()))) for ref in EDGES),
    )
    root = ET.fromstring(html_of(shipped, "atom.xml", feed))  # noqa: S314  # our own output
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(EDGES)
    assert entries[0].findtext(f"{ATOM}content") == body.replace("\x0b", "")
    assert [item.get("term") for item in entries[0].findall(f"{ATOM}category")] == ["NLP", "注意力", "a<b"]
    for entry in (root, *entries):
        for name in ("id", "title", "updated"):
            assert entry.findtext(ATOM + name), name
    assert entries[1].find(f"{ATOM}published") is None
    links = [link.get("href") or "" for link in root.iter(f"{ATOM}link")]
    assert all(link.startswith("https://example.org/") for link in links)


def test_the_sitemap_and_robots(shipped: Theme) -> None:
    entries = (SitemapEntry(Url("https://example.org/a?b&c"), NOW), SitemapEntry(Url("https://example.org/b"), None))
    page = SitemapPage(Url("/repo/sitemap.xml"), entries, Url("https://example.org/repo/sitemap.xml"))
    root = ET.fromstring(html_of(shipped, "sitemap.xml", page))  # noqa: S314  # our own output
    assert [item.text for item in root.iter() if item.tag.endswith("loc")] == [item.url for item in entries]
    assert html_of(shipped, "robots.txt", page).splitlines()[-1] == "Sitemap: https://example.org/repo/sitemap.xml"


def test_every_template_with_options_off_and_in_english() -> None:
    config = Config(language="en", theme_options={"stars": False, "excerpts": False, "social_image": "/repo/s.png"})
    theme, found = load_theme(tree(transmission()), config, base_path="/repo/")
    assert found == ()
    for template, value in PAGES:
        text = html_of(theme, template, value, site_info(language="en"))
        assert Html(text).problems == []
        assert "starry" not in text
        assert 'class="excerpt' not in text
    text = html_of(theme, "note.html", NotePage(**ADDRESS, note=NOTES[0]), site_info(language="en"))
    assert 'content="https://example.org/repo/s.png"' in text
    assert 'title="January 11, 2026"' in text
