"""Listings of Quarto's pages: what they list, by the forms of `contents` in Quarto's guide."""

import textwrap

from notegen.dialects.front_matter.listings import leads_to_list, listed_patterns, listing_of, patterns_of_notes
from notegen.dialects.front_matter.page_metadata import metadata_of_page
from notegen.dialects.programs.quarto import QUARTO
from notegen.dialects.sources import source_kinds
from tests.support.cases import all_cases


def page(listing: str, body: str = "") -> str:
    """Return a page with front matter that asks for a list."""
    return f"---\ntitle: T\n{textwrap.dedent(listing)}\n---\n{body}\n"


@all_cases(
    ("path", "listing", "patterns", "folder"),
    [
        ("index.qmd", "listing:\n  contents: posts", ("posts/*",), "posts"),
        ("index.qmd", "listing:\n  contents: posts/", ("posts/*",), "posts"),
        ("index.qmd", 'listing:\n  contents: "posts/**/index.qmd"', ("posts/*/index.qmd",), "posts"),
        ("index.qmd", "listing: {contents: [ml/*.qmd, nlp/a.qmd, '!ml/b.qmd']}", ("ml/*.qmd", "nlp/a.qmd"), ""),
        ("blog.qmd", "listing: [{id: a, contents: posts/ml}, {id: b, contents: posts/cv}]", None, "posts"),
        ("notes/index.qmd", "listing: default", ("notes/*",), "notes"),
        ("notes/index.qmd", "listing: {contents: /*.qmd}", ("notes/*.qmd",), "notes"),
        ("notes/index.qmd", "listing: {contents: ../posts}", ("posts/*",), "posts"),
        ("index.qmd", "listing: {contents: works.yml}", (), ""),
        ("index.qmd", "listing: true", ("*",), ""),
    ],
)
def test_what_a_page_lists(path: str, listing: str, patterns: tuple[str, ...] | None, folder: str) -> None:
    found = listing_of(path, page(listing))
    assert found is not None
    assert found.folder == folder
    assert patterns is None or found.patterns == patterns


def test_data_text_and_feed_of_a_listing() -> None:
    found = listing_of(
        "index.qmd", page("listing: {contents: [posts, works.yml], feed: true}", "Some words of a text.")
    )
    assert found is not None
    assert (found.data, found.has_feed, found.is_bare) == (("works.yml",), True, False)


@all_cases("text", ["listing: posts", "---\nlisting:\n---\n", "---\ntitle: T\n---\nlisting: x\n", "---\n"])
def test_a_page_without_a_listing(text: str) -> None:
    assert listing_of("a.qmd", text) is None


def test_a_page_that_only_lists_the_notes_of_a_folder_is_none_itself() -> None:
    assert leads_to_list("blog.qmd", page("listing: {contents: posts}"))
    assert not leads_to_list("blog.qmd", page("listing: {contents: posts}", "What I have written since 2020."))
    assert not leads_to_list("posts/index.qmd", page("listing: default"))
    assert leads_to_list("all.qmd", page("listing: {contents: [a, b]}"))
    assert not leads_to_list("works.qmd", page("listing: {contents: works.yml}"))


def test_where_pages_list_notes_all_else_is_a_page() -> None:
    paths = ["about.qmd", "essays/a/index.qmd", "essays/b.qmd", "projects/c.qmd"]
    listed = listed_patterns([("index.qmd", page("listing: {contents: essays}"))])
    kinds = source_kinds(paths, QUARTO, is_root=True, listed=listed)
    assert kinds == ("page", "note", "note", "page")
    assert source_kinds(paths, QUARTO, is_root=True, listed=("none/*",)) == ("note",) * 4


FILES = {
    "notes/_list.yml": "search: false\nlisting: {type: table, feed: true}\n",
    "own.yml": "listing: {contents: posts}\ntoc: {depth: 2, title: X}\n",
    "words.yml": "just words",
}


def read(path: str) -> str:
    """Return the text of a file of the site."""
    return FILES.get(path, "")


@all_cases(
    ("path", "front_matter", "patterns"),
    [
        ("notes/linux/index.qmd", 'metadata-files: ["../_list.yml"]', ("notes/linux/*",)),
        ("notes/index.qmd", "metadata-files: _list.yml\nlisting: {contents: [/*/index.qmd]}", ("notes/*/index.qmd",)),
        ("notes/index.qmd", "metadata-files: [/own.yml]", ("notes/posts/*",)),
        ("index.qmd", "metadata-files: [notes/_list.yml, own.yml]", ("posts/*",)),
        ("index.qmd", "metadata-files: [own.yml]\nlisting: {contents: essays}", ("essays/*",)),
        ("index.qmd", "metadata-files: [own.yml]\nlisting: false", None),
        ("index.qmd", "metadata-files: [../../own.yml, none.yml, words.yml]", ("posts/*",)),
        ("index.qmd", "metadata-files: [words.yml, {a: b}, 3]", None),
    ],
)
def test_a_listing_may_stand_in_a_file_that_a_page_names(
    path: str, front_matter: str, patterns: tuple[str, ...] | None
) -> None:
    listing = listing_of(path, page(front_matter), read)
    assert (listing.patterns if listing else None) == patterns


def test_what_a_page_takes_from_files_the_later_one_counts() -> None:
    brought = metadata_of_page("a.qmd", page("metadata-files: [own.yml, notes/_list.yml]"), read)
    assert brought["listing"] == {"contents": "posts", "type": "table", "feed": True}
    assert (brought["search"], brought["toc"]) == (False, {"depth": 2, "title": "X"})
    assert metadata_of_page("a.qmd", page("toc: true"), read) == {}


def test_what_nav_names_is_a_note_beside_what_pages_list() -> None:
    patterns = patterns_of_notes(("posts/*",), [{"Guide": "guide/"}, "a.qmd", {"Out": "https://x.org"}, "b", "c/*.md"])
    paths = ["posts/x.qmd", "guide/y.qmd", "a.qmd", "b.qmd", "c/z.md", "d/w.qmd", "about.qmd"]
    assert source_kinds(paths, QUARTO, listed=patterns) == (*("note",) * 5, "page", "page")
    assert patterns_of_notes((), ["a.qmd"]) == ()
