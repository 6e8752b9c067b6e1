"""Two notes, or a note and a list, at one address: who keeps it, where the other goes, what its author is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.link.addresses.collisions import address_key, settle
from notegen.link.addresses.routed_notes import RoutedNote
from notegen.model.body import Body
from notegen.model.config import Config
from notegen.model.note import Meta, Note
from notegen.model.strings import ContentPath, Html, SitePath, Url
from notegen.routes.lists import HOME, TAGS
from notegen.routes.urls import Base
from tests.support.html import values
from tests.support.site import SiteTest

ONE = {"title": "Same", "date": "2026-01-02"}
TWO = {"title": "Same", "date": "2026-01-03"}


@pytest.mark.parametrize(
    ("pattern", "first", "second", "hint"),
    [
        ("/:title/", "same/index.html", "same-2/index.html", "write :filename in place of :title"),
        ("/:title.html", "same.html", "same-2.html", "give one of them a `slug:`"),
        ("/:category/:title", "same/index.html", "same-2/index.html", "their titles are one in an address"),
    ],
)
def test_the_oldest_of_two_titles_keeps_the_address(
    site: SiteTest, pattern: str, first: str, second: str, hint: str
) -> None:
    site.write("site.yaml", f"title: T\nbase_url: https://example.org/\npermalink: {pattern}\n")
    site.note("b", "The newer.", **TWO | {"title": "same"}).note("a", "The older.", **ONE | {"title": "same"}).build()
    site.expect_lines("content/b.md: warning[url-taken]: ").expect_report("content/a.md: this note is at", hint)
    assert "The older." in site.html(first)
    assert "The newer." in site.html(second)


def test_names_in_several_folders(site: SiteTest) -> None:
    for folder in ("a", "b", "c"):
        site.note(f"{folder}/intro", f"Of {folder}.", title=folder)
    site.note("d", "[b](b/intro.md)").build()
    site.expect_report("or all notes their folders: permalink: /posts/:path/")
    assert [site.body(slug) for slug in ("intro", "intro-2", "intro-3")]
    assert values(site.body("d"), "a", "href") == ["/posts/intro-2/"]


def test_a_new_note_takes_no_old_address(site: SiteTest) -> None:
    site.note("x/n", "Old.", date="2026-01-02").build()
    site.note("a/n", "New.", date="2026-03-04").build()
    assert "Old." in site.body("n")
    assert "New." in site.body("n-2")


def test_an_address_that_is_free_only_in_name(site: SiteTest) -> None:
    site.note("n-2", "Two by name.").note("a/n", "A.").note("b/n", "B.").build()
    assert "Two by name." in site.body("n-2")
    assert "B." in site.body("n-3")


def test_a_note_gives_way_to_a_list(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\npermalink: /:filename/\n")
    site.note("tags", "My words on tags.", title="On tags").note("archives", "", title="Archive").build()
    site.expect_report(
        "content/tags.md: warning[url-taken]: /tags/ is the address of the list of all tags: this note is at /tags-2/",
        "content/archives.md: info[note-skipped]: left out: /archives/ is the archive",
    )
    assert "My words on tags." in site.html("tags-2/index.html")
    assert "archives-2/index.html" not in site.files()


def test_a_note_gives_way_to_the_list_of_a_term(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\npermalink: /:path/\n")
    site.note("tags/vae", "On the tag.", tags=["vae"]).build()
    site.expect_report("/tags/vae/ is the address of the tag vae: this note is at /tags/vae-2/")


def test_a_note_that_names_its_address_goes_first(site: SiteTest) -> None:
    site.note("a", "By name.", date="2020-01-01").note("b", "By permalink.", permalink="/posts/a/").build()
    site.expect_report("content/a.md: warning[url-taken]", "content/b.md names it as its `permalink:`")
    assert "By permalink." in site.body("a")
    assert "By name." in site.body("a-2")


def test_the_home_page_of_the_author(site: SiteTest) -> None:
    site.write("content/_posts/x.md", "---\ndate: 2026-01-02\n---\nA post.\n")
    site.write("content/about.md", "---\ntitle: Me\npermalink: /\nlayout: page\n---\nMy own home.\n").build()
    site.expect_clean()
    assert "My own home." in site.html("index.html")


def test_notes_after_an_edit_are_where_a_new_build_puts_them(site: SiteTest) -> None:
    """A note that gave way gets its address back."""
    site.note("a/n", "A.").note("b/n", "B.").build()
    site.note("a/n", "A.", slug="other").build().expect_clean()
    assert "B." in site.body("n")
    assert "posts/n-2/index.html" not in site.files()


PATHS = st.sampled_from(
    ["/", "/a/", "/A/", "/a-2/", "/a.html", "/a-2.html", "/a", "/tags/", "/index/", "/v1.2", "/x.xml"]
)
PAGES = {HOME: "the home page", TAGS: "the list of all tags", SitePath("/x.xml"): "a feed"}


def routed(number: int, path: str, *, named: bool, words: int) -> RoutedNote:
    """Return a note at an address."""
    meta = Meta(permalink=path if named else "")
    note = Note(f"content/{number}.md", "", meta, "T", Html("T"), Body(), Body(), words=words)
    return RoutedNote(ContentPath(f"{number}.md"), note, SitePath(path), Url(path), is_page=False)


@given(st.lists(st.tuples(PATHS, st.booleans(), st.integers(0, 1)), max_size=12))
def test_afterwards_every_address_is_taken_once(notes: list[tuple[str, bool, int]]) -> None:
    items = [routed(number, path, named=named, words=words) for number, (path, named, words) in enumerate(notes)]
    settled = settle(items, PAGES, Config(), Base("", "/"))
    keys = [address_key(item.path) for item in settled.routed]
    assert len(set(keys)) == len(keys)
    assert len(settled.routed) + len(settled.skipped) == len(items)
    for item in settled.routed:
        stayed = item in items
        assert stayed or item.note.path in settled.displaced
        assert item.path not in PAGES or item.note.meta.permalink or item.path == "/"
        assert item.path != "/x.xml"


def test_many_notes_with_one_address_take_linear_steps() -> None:
    items = [routed(number, "/a/", named=False, words=1) for number in range(300)]
    address_key.cache_clear()
    settled = settle(items, PAGES, Config(), Base("", "/"))
    assert len({item.path for item in settled.routed}) == 300
    assert address_key.cache_info().misses < 310
