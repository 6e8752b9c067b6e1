"""What is published of a folder of private notes: what is marked, nothing that says otherwise; links to the others."""

from typing import Any

import pytest

from tests.support.html import titles
from tests.support.site import SiteTest

MARKED = "title: T\nbase_url: https://example.org/\npublish: marked\n"


def test_only_marked_notes_are_published(site: SiteTest) -> None:
    site.write("site.yaml", MARKED).note("a", "x", publish=True).note("b", "Secret words.").note(
        "c", "x", publish=False
    )
    site.note("d", "x", **{"dg-publish": True}).note("e", "x", published=True).note("f", "x", publish=True, draft=True)
    site.note("g", "x", layout="page").note("h", "x", publish="2026-01-01").build()
    assert titles(site.html("index.html")) == ["a", "d", "e"]
    assert not site.output("g/index.html").exists()
    assert [path for path in site.files() if b"Secret" in site.output(path).read_bytes()] == []
    site.expect_lines(
        "content/b.md: info[note-unmarked]: 3 notes are not marked `publish: true`: left out",
        "content/c.md: info[note-skipped]: left out: publish: false",
        "content/f.md: info[note-skipped]: left out: a draft",
    )


@pytest.mark.parametrize("settings", ["", "drafts: true\n", "publish: marked\ndrafts: true\n"])
@pytest.mark.parametrize("front", [{"publish": False}, {"dg-publish": "no"}, {"_build": {"render": "never"}}])
def test_what_is_not_to_be_published_never_is(site: SiteTest, settings: str, front: dict[str, Any]) -> None:
    site.write("site.yaml", f"title: T\nbase_url: /\n{settings}").note("a", "x", publish=True).note(
        "b", "Secret.", **front
    )
    site.build("--drafts", "--future", "--expired")
    assert titles(site.html("index.html")) == ["a"]
    assert [path for path in site.files() if b"Secret" in site.output(path).read_bytes()] == []
    [(key, value)] = front.items()
    words = {False: "false", "no": "no"}[value] if not isinstance(value, dict) else "{render: never}"
    site.expect_lines(f"content/b.md: info[note-skipped]: left out: {key}: {words}")
    assert "hint" not in site.stderr


def test_a_note_is_left_out_in_the_words_of_its_author(site: SiteTest) -> None:
    site.write("content/h/index.md", "---\ntitle: h\nheadless: true\n---\nx\n").note("a", "[[b]]")
    site.note("b", "x", published=False).note("c", "x", build={"render": "never"}, draft=True).build()
    site.expect_report("content/b.md: info[note-skipped]: left out: a draft, published: false")
    site.expect_report("content/c.md: info[note-skipped]: left out: build: {render: never}")
    site.expect_report("content/h/index.md: info[note-skipped]: left out: headless: true")
    site.expect_report("'b' is left out of the site: a draft, published: false")


def test_a_note_that_a_plugin_would_lock_is_not_published_open(site: SiteTest) -> None:
    for name, word in (("a", ""), ("b", 1234), ("c", "p")):
        site.note(name, "x" if not word else "Secret.", password=word)
    site.build("--drafts")
    assert titles(site.html("index.html")) == ["a"]
    assert [path for path in site.files() if b"Secret" in site.output(path).read_bytes()] == []
    site.expect_lines("content/b.md: info[note-skipped]: left out: it has a password, and no page here can be locked")
    assert "take `password:` out of its front matter to publish it" in site.stderr


def test_links_to_what_is_left_out_are_words(site: SiteTest) -> None:
    site.note("deep/private", "x", publish=False, title="Private matters").note("draft", "x", draft=True)
    body = "[one](deep/private.md) [[private]] [[Private matters|two]] [[draft#H|three *four*]]\n\n![[draft]]\n\n"
    site.note(
        "a", body + "<a class='x' HREF='draft.md' title='t'>five</a> [six](draft.md#x 'seven') [](draft.md)"
    ).build()
    shown = site.body("a")
    assert "<a>one</a> private two three <em>four</em>" in shown
    assert "<p>draft</p>" in shown
    assert "<a class='x' title='t'>five</a> <a title=\"seven\">six</a> draft.md" in shown
    assert "href" not in shown
    assert "broken" not in shown
    pages = "".join(site.html(path) for path in site.files() if path.endswith((".html", ".xml")))
    assert "deep/private" not in pages, "the file's place is nobody's business"
    linked = [line for line in site.stderr.splitlines() if "link-unpublished" in line]
    assert len(linked) == 1, "once"
    assert "links in 1 note lead to notes that are left out: their words are shown without a link" in linked[0]


def test_such_links_do_not_fail_a_strict_build(site: SiteTest) -> None:
    site.note("private", "x", publish=False).note("a", "[[private]]").build("--strict")
    site.expect_report("content/a.md:6:1: info[link-unpublished]: 'private' is left out of the site: publish: false")


def test_links_that_work_stay_as_they_were(site: SiteTest) -> None:
    site.note("b", "x").note("a", "[one](b.md) <a  title='t'  href=b.md>two</a> [gone](gone.md)").build()
    shown = site.body("a")
    assert '<a href="/posts/b/">one</a> <a  title=\'t\' href="/posts/b/">two</a> <a href="gone.md">gone</a>' in shown


def test_a_note_is_published_by_its_mark(site: SiteTest) -> None:
    """And withdrawn without it, page and all."""
    site.write("site.yaml", MARKED).note("a", "[[b]]", publish=True).note("b", "x").build()
    assert "posts/b/index.html" not in site.files()
    site.note("b", "x", publish=True).build()
    assert '<a href="/posts/b/">b</a>' in site.body("a")
    site.note("b", "x").build()
    assert "posts/b/index.html" not in site.files()
    assert "href" not in site.body("a")


def test_only_what_nav_names_is_published(site: SiteTest) -> None:
    nav = (
        "nav: [index.md, {Part: [a, b/c.md, {d.md: [e.md]}]}, f/, {G: 'g/*'}, {Out: 'https://x.org/h.md'}, 'k/*.md']\n"
    )
    site.write("site.yaml", f"title: T\nbase_url: /\npermalink: /:path/\npublish: nav\n{nav}")
    for name in ("index", "a", "b/c", "d", "e", "f/x", "g/y/z", "b/secret", "h", "Part/i", "k/l", "k/m/n"):
        site.note(name, "[[secret]]" if name == "a" else "x")
    site.build()
    pages = {path.removesuffix("/index.html") for path in site.files() if path.endswith("/index.html")}
    assert pages - {"archives", "tags", "categories", "search"} == {
        "a",
        "b",
        "b/c",
        "d",
        "e",
        "f",
        "f/x",
        "g",
        "g/y",
        "g/y/z",
        "k",
        "k/l",
    }
    site.expect_lines(
        "content/Part/i.md: info[note-unnamed]: 4 notes are not in nav: left out",
        "content/a.md:6:1: info[link-unpublished]: 'secret' is left out of the site: nav does not name it",
    )
