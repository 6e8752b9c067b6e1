"""The map of all notes, and the notes around one: drawings with real links, small however many notes there are."""

from itertools import combinations

from notegen.model.site import NoteRef
from notegen.model.strings import Html, Url
from notegen.plan.graph.layout import ROOM, layout
from notegen.plan.graph.page import drawing
from tests.support.html import elements, texts
from tests.support.site import SiteTest


def ref(number: int) -> NoteRef:
    return NoteRef(
        title=f"一篇标题不短的笔记 {number} <b>",
        title_html=Html(""),
        url=Url(f"/posts/%E4%B8%80%E7%AF%87%E7%AC%94%E8%AE%B0-{number}/"),
        permalink=Url(""),
        path=f"content/{number}.md",
        date=None,
        updated=None,
        category=None,
        categories=(),
        tags=(),
        excerpt=Html(""),
        description="",
        minutes=1,
        lang="",
    )


def test_no_map_unless_it_is_asked_for(site: SiteTest) -> None:
    site.note("a", "[b](b.md)").note("b", "Text.").build()
    assert "graph/index.html" not in site.files()
    assert "near-map" not in site.html("posts/a/index.html")


def test_the_map_has_every_note_as_a_link_and_a_line_for_each_pair(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nlanguage: zh-CN\nbase_url: https://example.org/\ngraph: true\n")
    site.note("a", "[b](b.md) and [b](b.md), [me](a.md)", category="X").note("b", "[a](a.md) [c](c.md)").note(
        "c", "Text."
    )
    site.build().expect_clean()
    html = site.html("graph/index.html")
    svg = html[html.index('<svg class="graph"') : html.index("</svg>", html.index('<svg class="graph"'))]
    assert [f'<a href="/posts/{name}/"><title>{name}</title>' in svg for name in "abc"] == [True] * 3
    (lines,) = [item.attrs["d"] for item in elements(html, "path") if item.attrs.get("class") == "lines"]
    assert lines.count("M") == 2
    assert any("3 篇笔记，2 条链接" in text for text in texts(html, "p"))
    assert "https://example.org/graph/" in site.html("sitemap.xml")


def test_a_note_shows_the_notes_around_it(site: SiteTest) -> None:
    site.write("site.yaml", "graph: true\n").note("a", "[b](b.md)").note("b", "[c](c.md)").note("c", "Text.").note(
        "d", "Text."
    )
    site.build(expect=None)
    html = site.html("posts/b/index.html")
    drawn = html[html.index('class="near-map"') : html.index("</section>", html.index('class="near-map"'))]
    assert drawn.count("<a ") == 2
    assert 'href="/posts/a/"' in drawn
    assert 'href="/posts/c/"' in drawn
    assert "near-map" not in site.html("posts/d/index.html")


def test_notes_that_refer_to_each_other_stand_on_the_map_once(site: SiteTest) -> None:
    site.write("site.yaml", "graph: true\n").note("a", "[b](b.md)").note("b", "[a](a.md)").note("c", "[a](a.md)")
    site.build(expect=None)
    html = site.html("posts/a/index.html")
    drawn = html[html.index('class="near-map"') : html.index("</section>", html.index('class="near-map"'))]
    assert drawn.count('href="/posts/b/"') == drawn.count('href="/posts/c/"') == drawn.count('class="both"') == 1
    assert drawn.index("/posts/c/") < drawn.index("/posts/b/") < drawn.index('class="here"')


def test_ten_thousand_notes_fit_into_200_kilobytes() -> None:
    refs = [ref(number) for number in range(10_000)]
    lines = [(number, (number * 7919) % 10_000) for number in range(10_000) if number < (number * 7919) % 10_000]
    svg = drawing(refs, lines)
    assert len(svg.encode()) <= 195_000
    assert svg.count("<a ") > 100
    assert "&lt;b&gt;" in svg
    assert svg == drawing(refs, lines)


def test_two_notes_are_never_so_near_that_a_finger_finds_both() -> None:
    places, discs = layout([range(300), range(300, 340), range(340, 341)])
    assert min((one.x - two.x) ** 2 + (one.y - two.y) ** 2 for one, two in combinations(places.values(), 2)) >= 24**2
    assert ROOM >= 24
    for one, two in combinations(discs, 2):
        apart = (one.middle.x - two.middle.x) ** 2 + (one.middle.y - two.middle.y) ** 2
        assert apart >= (one.radius + two.radius) ** 2
