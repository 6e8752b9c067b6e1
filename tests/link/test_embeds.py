"""Notes shown inside other notes: whole, a section, a block; without ids, without end, never too much."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.cache.context import BuildContext
from notegen.link.bodies.sections import Section, sections_of
from notegen.link.link import link_notes
from notegen.model.body import IdHole, SectionBoundary
from notegen.read.cached_notes import read_notes
from tests.support.html import elements, values
from tests.support.site import SiteTest
from tests.support.strategies import NOW, bounded, make_tree

NOTE = """Intro[^1]. ^intro

## 一 $x$

Text of one.

### Sub

$$a \\label{eq:f}$$

- item ^item
- other

> ## Quoted

## 二

See [up](#一-x) and $\\eqref{eq:f}$.

```python
x
```

[^1]: Foot.
"""


def shown(site: SiteTest, written: str) -> str:
    """Return what a note that embeds something else shows."""
    site.note("m", NOTE, title="M").note("n", f"Before.\n\n{written}\n\nAfter.").build().expect_clean()
    body = site.body("n")
    assert body.startswith("\n<p>Before.</p>\n")
    return body.removeprefix("\n<p>Before.</p>\n").rpartition("<p>After.</p>")[0]


def texts_of(html: str) -> list[str]:
    return [item.text for item in elements(html) if item.name in {"p", "h2", "h3", "li", "code", "math"}]


@pytest.mark.parametrize(
    ("written", "url", "there", "missing"),
    [
        ("![[m]]", "/posts/m/", ["Intro1.", "Sub", "二", "Foot. ↩"], []),
        ("![[M.md]]", "/posts/m/", ["Intro1.", "Sub", "二"], []),
        ("![[m#一 x]]", "/posts/m/#一-x", ["Text of one.", "Sub", "item"], ["Intro1.", "二", "Foot. ↩"]),
        ("![[m#Sub]]", "/posts/m/#sub", ["item", "other", "Quoted"], ["Text of one.", "二"]),
        ("![[m#二]]", "/posts/m/#二", ["二"], ["Sub", "Foot. ↩"]),
        ("![[m#^intro]]", "/posts/m/#intro", ["Intro1."], ["Text of one."]),
        ("![[m#^item]]", "/posts/m/#item", ["item"], ["other", "Sub"]),
        ("![[m#eq:f]]", "/posts/m/#eq-f", [], ["item", "Sub"]),
    ],
)
def test_an_embed_shows_a_note_or_a_part_of_it(
    site: SiteTest, written: str, url: str, there: list[str], missing: list[str]
) -> None:
    html = shown(site, written)
    assert html.startswith('<div class="embed">\n<a class="embed-source" href="')
    assert html.endswith("</div>\n")
    assert unquote(values(html, "a", "href")[0]) == url
    found = texts_of(html)
    assert [text for text in there if text not in found] == []
    assert [text for text in missing if text in found] == []


def test_an_embed_has_no_ids_and_leads_to_its_note(site: SiteTest) -> None:
    html = shown(site, "![[m]]\n![[m]]")
    assert values(html, "", "id") == []
    local = [url for url in values(html, "a", "href") if url.startswith("#")]
    assert local == []
    assert html.count('<div class="embed">') == 2
    assert html.count('href="/posts/m/#eq-f"') == 2


def test_an_embedded_list_item_is_in_a_list_and_words_replace_the_title(site: SiteTest) -> None:
    html = shown(site, "![[m#^item|my *words*]]")
    assert "<ul><li>item</li>\n</ul>" in html
    assert '">my *words*</a>' in html


def test_an_embed_brings_its_formulas_and_code_along(site: SiteTest) -> None:
    shown(site, "![[m#二]]")
    head = site.html("posts/n/index.html").partition("</head>")[0]
    plain = site.note("plain", "x").build().html("posts/plain/index.html").partition("</head>")[0]
    assert len(head) >= len(plain)
    assert "data-lang" in site.body("n")


def test_an_embed_among_words_is_a_link(site: SiteTest) -> None:
    assert '<p>a <a href="/posts/m/">m</a> b</p>' in shown(site, "a ![[m]] b")


@pytest.mark.parametrize(
    ("file", "element"),
    [
        ("a.mp4", "<video src"),
        ("a.mp3", "<audio src"),
        ("a.pdf", "<object data"),
        ("a.csv", '<p><a href="/posts/n/a.csv">a.csv</a>'),
    ],
)
def test_files_are_played_or_linked(site: SiteTest, file: str, element: str) -> None:
    site.write(f"content/{file}", b"x")
    assert element in shown(site, f"![[{file}]]")


def test_excerpts_and_labels_have_no_embeds(site: SiteTest) -> None:
    shown(site, "![[m]]")
    assert 'class="embed"' not in site.html("index.html")
    assert "\0" not in site.html("atom.xml")
    assert site.html("atom.xml").count("embed-source") == 1


def test_what_cannot_be_shown_is_told_and_linked(site: SiteTest) -> None:
    site.note("m", NOTE).note("n", "![[m#Nowhere]]\n![[nothing|x]]\n![[m#fn1]]").build()
    site.expect_lines(
        "content/n.md:6: warning[link-broken-anchor]: content/m.md has no place named 'Nowhere'",
        "content/n.md:7: warning[link-broken]: nothing to link to at 'nothing'",
    )
    assert site.body("n").count('class="embed"') == 0
    assert '<p><span class="broken">x</span></p>' in site.body("n")


# --- without end


def test_cycles_are_told_and_become_links(site: SiteTest) -> None:
    site.note("a", "A.\n\n![[b]]").note("b", "B.\n\n![[a]]").note("c", "## One\n\n![[#One]]\n\n![[c]]").build()
    site.expect_lines(
        "content/a.md:8: warning[embed-cycle]: content/b.md would be embedded in itself",
        "content/b.md:8: warning[embed-cycle]: content/a.md would be embedded in itself",
        "content/c.md:8: warning[embed-cycle]: content/c.md would be embedded in itself: 2 times; also content/c.md:10",
    )
    assert "<p>B.</p>" in site.body("a")
    assert '<p><a href="/posts/a/">a</a></p>' in site.body("a")
    assert site.body("c").count("<h2") == 2


def test_embeds_end_five_notes_deep(site: SiteTest) -> None:
    for number in range(8):
        site.note(f"n{number}", f"Text {number}.\n\n![[n{number + 1}]]" if number < 7 else "End.")
    site.build()
    site.expect_report("warning[embed-cycle]: content/n6.md would be embedded more than 5 notes deep")
    assert "Text 5." in site.body("n0")
    assert "Text 6." not in site.body("n0")


def test_a_page_embeds_only_so_much(site: SiteTest) -> None:
    """Ten embeds in each of five notes would be 100,000 copies of the last one."""
    for number in range(5):
        site.note(f"n{number}", f"![[n{number + 1}]]\n" * 10)
    site.note("n5", "End.").build().expect_report("warning[embed-too-large]: a page embeds at most 1000 notes")
    assert site.body("n0").count("embed-source") <= 1000


# --- sections


def test_sections_end_where_a_heading_of_their_level_begins() -> None:
    one, sub, two = SectionBoundary("one", 2), SectionBoundary("sub", 3), SectionBoundary("two", 2)
    block, end = SectionBoundary("b", tag="p"), SectionBoundary("b", end=True, tag="p")
    body = ("x", one, "a", block, "b", end, sub, IdHole("q"), "c", two, "d", SectionBoundary("", 1), "notes")
    assert sections_of(body) == {
        "b": Section(3, 5, "p"),
        "sub": Section(6, 9),
        "one": Section(1, 9),
        "two": Section(9, 11),
    }


NAMES = ("a", "b", "sub/c")
TARGETS = st.sampled_from(
    [*("a", "b", "c", "sub/c", "nothing", "../x", "/a"), *("a#One", "b#^id", "#One", "#^id", "c#Two")]
)
BLOCKS = st.one_of(
    TARGETS.map(lambda name: f"![[{name}]]"),
    TARGETS.map(lambda name: f"> - ![[{name}]]"),
    TARGETS.map(lambda name: f"text ![[{name}]] [[{name}]] [](/{name})"),
    st.sampled_from(
        ["## One", "### Two", "text ^id", "- item ^id", "$$x \\label{eq:a}$$", "> ## In", "x[^1]\n\n[^1]: f"]
    ),
)


@bounded(15)
@given(st.lists(st.lists(BLOCKS, max_size=7), min_size=3, max_size=3))
def test_whatever_embeds_what_pages_end_and_hold_each_id_once(notes: list[list[str]]) -> None:
    files = {f"content/{name}.md": "\n\n".join(blocks) for name, blocks in zip(NAMES, notes, strict=True)}
    tree = make_tree(files)
    site = link_notes(read_notes(tree, BuildContext()).value, tree, NOW).result.value.site
    assert len(site.notes) == 3
    for note in site.notes:
        assert "\0" not in note.html + note.ref.excerpt
        ids = [item.attrs["id"] for item in elements(note.html) if "id" in item.attrs]
        assert len(ids) == len(set(ids)), note.ref.path
        assert values(note.ref.excerpt, "", "id") == []
    entries = "".join(entry.html for entry in site.feed)
    assert [url for url in values(entries, "a", "href") if url.startswith(("#", "/posts"))] == []
