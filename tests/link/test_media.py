"""Films, sounds and documents that are written as images: published with their note, players, cards, no request."""

import re

from tests.support.html import elements
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
