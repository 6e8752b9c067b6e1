"""Films, sounds and documents that are written as images: published with their note, players, cards, no request."""

import re
from html import unescape

from notegen.read.syntax.shortcodes.media.video_sites import film_at
from tests.support.cases import all_cases
from tests.support.html import elements
from tests.support.pictures import png
from tests.support.site import SiteTest


def test_files_are_published_and_those_that_are_missing_told(site: SiteTest) -> None:
    site.write("content/a.mp4", b"film").write("content/b.pdf", b"%PDF-1.4")
    site.note("n", "![A film](a.mp4) ![](b.pdf)\n\n![](gone.mp3)").build()
    site.expect_report("content/n.md:8:1: warning[image-broken]")
    assert {"posts/n/a.mp4", "posts/n/b.pdf"} <= set(site.files())
    assert '<video src="/posts/n/a.mp4"' in site.body("n")
    assert '<object data="/posts/n/b.pdf"' in site.body("n")
    assert "<img" not in site.body("n")


def test_films_of_other_sites_ask_for_nothing(site: SiteTest) -> None:
    site.note("n", "![](https://youtu.be/abc)\n\n![](https://example.org/a.mp4)\n\n{% bilibili BV1x %}").build()
    page = site.html("posts/n/index.html")
    asked = [(item.name, item.attrs.get("src", "")) for item in elements(page)]
    foreign = [pair for pair in asked if pair[1].startswith(("http", "//"))]
    assert foreign == [("video", "https://example.org/a.mp4")]
    assert 'preload="none"' in page
    assert 'src="/extra/media.js"' in page
    assert len(re.findall(r'data-embed="https://', page)) == 2
    assert "data-embed" not in site.note("n", "x").build().html("posts/n/index.html")


def test_films_and_documents_of_obsidian_are_what_pictures_of_them_are(site: SiteTest) -> None:
    site.write("content/a.mp4", b"film").write("content/b.pdf", b"%PDF-1.4").write("content/c.mp3", b"x")
    site.note(
        "n", "![[a.mp4|300]]\n\n![[b.pdf#page=2|Slides]] ![[c.mp3]]\n\nx ![[gone.mp4|t]]\n\n![[m]]\n![[a.mp4]]"
    ).note("m", "Shown.").build()
    site.expect_report("warning[image-broken]: no file 'gone.mp4'")
    assert '<video src="/posts/n/a.mp4" controls preload="metadata" aria-label="a.mp4" width="300">' in site.body("n")
    assert '<object data="/posts/n/b.pdf#page=2" type="application/pdf" aria-label="Slides">' in site.body("n")
    assert '<audio src="/posts/n/c.mp3"' in site.body("n")
    assert site.body("n").count('class="embed"') == 1
    assert site.body("n").count("<video") == 3


def test_addresses_in_objects_and_styles_are_whole_in_feeds(site: SiteTest) -> None:
    site.write("content/o.svg", b"<svg/>").write("content/b.png", png(1, 1))
    style = """style='background: url("b.png"); filter: url(#own)'"""
    site.note("n", f'<object data="o.svg">o</object>\n\n<p {style}>x</p>').build()
    assert '<object data="/posts/n/o.svg">' in site.body("n")
    assert 'style="background: url(&quot;/posts/n/b.png&quot;); filter: url(#own)"' in site.body("n")
    feed = unescape(unescape(site.html("atom.xml")))
    assert '<object data="https://example.org/posts/n/o.svg">' in feed
    assert 'url("https://example.org/posts/n/b.png")' in feed


@all_cases(
    ("address", "page", "player"),
    [
        ("https://youtu.be/abc?t=90", "www.youtube.com/watch?v=abc&t=90s", "abc?start=90"),
        ("https://www.youtube.com/watch?v=abc&t=1m30s", "www.youtube.com/watch?v=abc&t=90s", "abc?start=90"),
        ("https://www.youtube.com/embed/abc?start=x", "www.youtube.com/watch?v=abc", "embed/abc"),
        ("https://www.bilibili.com/video/BV1x/?p=2", "www.bilibili.com/video/BV1x/?p=2", "bvid=BV1x&autoplay=0&p=2"),
        ("//player.bilibili.com/player.html?aid=7&page=1", "www.bilibili.com/video/av7/", "aid=7&autoplay=0"),
        ("//player.bilibili.com/player.html?bvid=BV1x&t=5", "www.bilibili.com/video/BV1x/?t=5", "autoplay=0&t=5"),
    ],
)
def test_a_film_begins_where_its_address_says(address: str, page: str, player: str) -> None:
    found = film_at(address)
    assert found is not None
    assert found.page == f"https://{page}"
    assert found.player.endswith(player)


def test_spans_keep_their_language_and_a_style_where_raw_html_is(site: SiteTest) -> None:
    site.note("n", '[红]{style="color:red"} [word]{lang=en}').build()
    assert '<span style="color:red">红</span> <span lang="en">word</span>' in site.body("n")
    site.write("site.yaml", "title: T\nmarkdown: {html: false}\n").build()
    site.expect_report("content/n.md:6:1: warning[html-style]")
    assert "<span>红</span>" in site.body("n")
