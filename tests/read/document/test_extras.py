"""Tabs where a note is shown: its page, a page that embeds it, lists, feeds, the contents list, links."""

import json

from tests.support.html import e_content
from tests.support.reading import read_note
from tests.support.site import SiteTest

TABS = """\
Before.

=== "First"

    One $x$.

=== "Second"

    ## Inside

    Two.

## A

## B

## C
"""


def test_tabs_everywhere(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: en\nbase_url: https://example.org/\n")
    site.note("tabs", TABS).note("embedding", "![[tabs]]", date="2026-01-01").note("plain", "x", date="2025-01-01")
    site.build()
    page = site.html("posts/tabs/index.html")
    for name in ("tabs", "embedding"):
        assert '<link rel="stylesheet" href="/extra/tabs.css">' in site.html(f"posts/{name}/index.html")
        assert 'src="/extra/tabs.js"' in site.html(f"posts/{name}/index.html")
    assert "extra/tabs" not in site.html("posts/plain/index.html")
    assert e_content(page).count('<input type="radio"') == 2
    contents = page.partition('<nav class="toc"')[2].partition("</nav>")[0]
    assert ("#a" in contents, "#inside" in contents) == (True, False)
    home = site.html("index.html")
    excerpt = home.partition("Before.")[2].partition("</article>")[0]
    assert ("One" in excerpt, "Two" in excerpt, "First" in excerpt, "<input" in excerpt) == (True, False, False, False)
    entry = json.loads(site.html("feed.json"))["items"][0]["content_html"]
    assert [word for word in ("<b>First</b>", "One", "<b>Second</b>", "Two", "<math") if word not in entry] == []
    assert "<input" not in entry


def test_a_link_finds_what_is_in_a_tab(site: SiteTest) -> None:
    site.note("tabs", TABS).note("other", "[[tabs#Inside]]", date="2026-01-01").build()
    assert 'href="/posts/tabs/#inside"' in site.body("other")


def test_the_words_of_all_tabs_count_and_are_searched() -> None:
    note = read_note(TABS)
    assert note.words == len("Before First One Second Inside Two A B C".split())
    assert note.extras == ("tabs",)
