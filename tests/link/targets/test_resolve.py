"""What links and images mean: how a path or a name is found, what a fragment names, what is told of broken ones."""

from collections.abc import Iterable
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from notegen.link.targets.find import Target, find_name, find_path
from notegen.link.targets.index import Folders, Index, make_index
from notegen.model.body import Body
from notegen.model.note import Meta, Note
from notegen.model.source import Asset
from notegen.model.strings import ContentPath, Html, SitePath
from notegen.routes.lists import HOME, TAGS
from notegen.text.suggestions import Suggestions
from tests.support.cases import all_cases, check_each
from tests.support.html import addresses, elements, values
from tests.support.limits import ends
from tests.support.pictures import png
from tests.support.site import SiteTest

FOLDERS = Folders("content", "static", "/repo/")


def make(
    notes: Iterable[str] | dict[str, Note] = (),
    assets: Iterable[str] = (),
    static: Iterable[str] = (),
    folders: Folders = FOLDERS,
) -> Index:
    """Return the index of a site with these files; notes are published at /posts/STEM/."""
    known = notes if isinstance(notes, dict) else {path: note(path) for path in notes}
    of_path = {ContentPath(path): note for path, note in known.items()}
    paths = {path: SitePath(f"/posts/{path.rpartition('/')[2].partition('.')[0]}/") for path in of_path}

    def files(names: Iterable[str]) -> dict[str, Asset]:
        return {name: Asset(name, "", "", 1) for name in names}

    return make_index(of_path, paths, {}, files(assets), files(static), [HOME, TAGS], folders)


def note(path: str, title: str = "", *aliases: str) -> Note:
    return Note(f"content/{path}", "", Meta(aliases=aliases), title, Html(title), Body(), Body())


def path_in(index: Index, source: str, path: str) -> Target | None:
    """Return what an address in the note `source` names."""
    return find_path(index, ContentPath(source), path)


def name_in(index: Index, source: str, name: str) -> tuple[Target | None, tuple[str, ...]]:
    """Return what a wiki link in the note `source` names, and what else has the name."""
    return find_name(index, ContentPath(source), name)


def target(note: str = "", asset: str = "", site: str = "", real_path: str = "") -> Target:
    """Return a target."""
    return Target(ContentPath(note), asset, SitePath(site), real_path)


# --- paths of files


@all_cases(
    ("source", "asset", "written"),
    [
        ("n.md", "a.png", "a.png"),
        ("d/n.md", "d/a.png", "./a.png"),
        ("d/n.md", "img/a.png", "../img/a.png"),
        ("d/n.md", "d/n/a.png", "a.png"),  # Hexo's asset folder
        ("d/n.md", "d/n/a.png", "n/a.png"),
        ("d/n.md", "d/n.assets/a.png", "a.png"),  # Typora
        ("d/n.md", "d/n.assets/a.png", "n.assets/a.png"),
        ("d/n.md", "img/a.png", "img/a.png"),  # from the content folder
        ("d/n.md", "img/a.png", "/img/a.png"),
        ("d/n.md", "img/a.png", "/content/img/a.png"),  # from the root of the sources
        ("d/n.md", "img/a.png", "/repo/img/a.png"),  # with the base path
        ("d/n.md", "x/attachments/a.png", "a.png"),  # Obsidian: by name alone
        ("d/n.md", "x/attachments/a.png", "attachments/a.png"),
        ("d/n.md", "x/img/a.png", "../../img/a.png"),  # a folder that was moved
        ("n.md", "图 1.png", "%E5%9B%BE%201.png"),
        ("n.md", "图 1.png", "图 1.png"),
        ("n.md", "100%.png", "100%25.png"),
        ("n.md", "100%.png", "100%.png"),
        ("n.md", "a%20b.png", "a%20b.png"),
        ("n.md", "a#b?c.png", "a%23b%3Fc.png"),
        ("n.md", "😀.png", "%F0%9F%98%80.png"),
        ("d/n.md", "d/img/a.png", "img%5Ca.png"),  # Windows
        ("d/n.md", "img/a.png", "..\\img\\a.png"),
        ("n.md", "e\u0301.png", "\u00e9.png"),  # macOS parts letters and accents
    ],
)
def test_a_file_is_found_as_it_is_written(source: str, asset: str, written: str) -> None:
    assert path_in(make([source], [asset]), source, written) == target(asset=asset)


@all_cases("written", ["IMG/a.PNG", "../IMG/a.png", "/img/A.png", "/IMG/A.PNG"])
def test_a_file_with_other_letter_case_is_found_and_spelt(written: str) -> None:
    assert path_in(make(["d/n.md"], ["img/a.png"]), "d/n.md", written) == target(
        asset="img/a.png", real_path="img/a.png"
    )


@all_cases("written", ["/a.png", "../static/a.png", "/static/a.png", "../../static/a.png"])
def test_static_files_are_found_from_the_site_and_from_the_sources(written: str) -> None:
    assert path_in(make(["d/n.md"], static=["a.png"]), "d/n.md", written) == target(site="/a.png")


def test_static_files_beside_notes_when_the_content_folder_is_the_root() -> None:
    index = make(["d/n.md"], static=["a.png"], folders=Folders("", "static", "/"))
    assert path_in(index, "d/n.md", "../static/a.png") == target(site="/a.png")


def test_a_name_that_several_files_have_is_found_only_by_more_of_its_path() -> None:
    index = make(["n.md"], ["x/one/a.png", "x/two/a.png"])
    assert path_in(index, "n.md", "a.png") is None
    assert path_in(index, "n.md", "two/a.png") == target(asset="x/two/a.png")
    assert path_in(index, "n.md", "three/a.png") is None


def test_a_path_with_folders_never_means_a_file_of_other_folders() -> None:
    assert path_in(make(["n.md"], ["x/a.png"]), "n.md", "../images/a.png") is None


# --- paths of notes


@all_cases(
    "written",
    [
        *("m.md", "m", "./m.md", "m/", "m.html", "/d/m.md", "d/m.md", "/d/m", "../d/m", "/posts/m/", "/posts/m"),
        *("../m/", "/posts/m/index.html", "/repo/posts/m/", "/content/d/m.md", "/2024/01/02/m.html", "/2024/01/02/m/"),
        *("../old/m.html", "2024-01-02-m.md", "/blog/2024-01-02-m"),
    ],
)
def test_a_note_is_found_in_many_spellings(written: str) -> None:
    assert path_in(make(["d/n.md", "d/m.md"]), "d/n.md", written) == target(note="d/m.md")


def test_a_dated_file_is_found_by_the_rest_of_its_name() -> None:
    index = make(["n.md", "_posts/2024-01-02-jensen.md"])
    for written in ("/2024/01/02/jensen.html", "2024-01-02-jensen", "jensen.md", "/jensen/"):
        assert path_in(index, "n.md", written) == target(note="_posts/2024-01-02-jensen.md"), written


def test_a_bundle_is_found_by_its_folder() -> None:
    index = make(["n.md", "deep/index.md"])
    for written in ("deep", "deep/", "deep/index.md", "/deep/"):
        assert path_in(index, "n.md", written) == target(note="deep/index.md"), written


def test_a_note_with_other_letter_case_is_found_and_spelt() -> None:
    assert path_in(make(["n.md", "Attention.md"]), "n.md", "attention.md") == target(
        note="Attention.md", real_path="Attention.md"
    )


# --- names


def test_a_wiki_name_is_a_file_an_alias_or_a_title_in_this_order() -> None:
    notes = {"a.md": note("a.md", "X"), "b.md": note("b.md", "B", "x y"), "c/x.md": note("c/x.md", "C")}
    index = make(notes)
    assert name_in(index, "a.md", "x") == (target(note="c/x.md"), ())
    assert name_in(index, "a.md", "X  Y") == (target(note="b.md"), ())
    assert name_in(index, "a.md", "c") == (target(note="c/x.md"), ())
    assert name_in(index, "a.md", "C/X") == (target(note="c/x.md"), ())


def test_of_several_notes_the_nearest_is_meant() -> None:
    index = make(["p/q/one.md", "p/x.md", "r/s/x.md"])
    assert name_in(index, "p/q/one.md", "X") == (target(note="p/x.md"), ("r/s/x.md",))
    assert name_in(index, "p/q/one.md", "s/x") == (target(note="r/s/x.md"), ())


def test_a_wiki_name_may_be_a_file() -> None:
    index = make(["n.md"], ["x/paper.pdf", "图.png"])
    assert name_in(index, "n.md", "Paper.pdf") == (target(asset="x/paper.pdf"), ())
    assert name_in(index, "n.md", "paper.pdf") == (target(asset="x/paper.pdf"), ())
    assert name_in(index, "n.md", "nothing") == (None, ())


# --- pages


def hrefs(site: SiteTest, slug: str = "n") -> list[str]:
    return values(site.body(slug), "a", "href")


def test_references_show_numbers_headings_and_what_is_written(site: SiteTest) -> None:
    site.note("m", "## 一 $x$\n\n$$a \\label{eq:f}$$\n\n> [!theorem|thm:b] B\n> x\n\nText. ^blk\n", title="The M")
    site.note(
        "n",
        "[[m#eq:f]] [](m.md#eq:f) [[m#thm:b]] [[m#^thm-b]] [[m#一 x]] [](m.md#一-x) [[m]] [](m.md) [[m#^blk|words]] "
        "[[M#^blk]]\n\n$$b \\label{eq:g}$$\n\n[[#eq:g]] [[#^eq-g]]",
    )
    site.build().expect_clean()
    links = [item for item in elements(site.body("n"), "a") if item.text]
    assert [item.text.replace("xx", "x") for item in links] == [
        *("(1)", "(1)", "定理 1（B）", "定理 1（B）", "一 x", "一 x", "m", "The M", "words", "Text.", "(1)", "(1)"),
    ]
    assert links[0].attrs["href"] == "/posts/m/#eq-f"
    assert links[-1].attrs["href"] == "#eq-g"


def test_a_post_link_of_hexo_shows_the_title(site: SiteTest) -> None:
    site.note("b", "x", title="甲 B").note("a", "{% post_link b %} [[b]] {% post_link b 乙 %}").build()
    assert [f">{words}</a>" in site.body("a") for words in ("甲 B", "b", "乙")] == [True, True, True]


def test_a_wiki_link_shows_what_is_written(site: SiteTest) -> None:
    site.note("d/Basis", "Text.", title="A very long title").note("C* $x$", "Text.", title="On $x$")
    site.note("n", "[[basis]] [[d/Basis]] [[Basis.md]] [[Basis|words]] [](d/Basis.md) [[C* $x$]]").build()
    shown = [item.text.replace("xx", "x") for item in elements(site.body("n"), "a")]
    assert shown == ["basis", "d/Basis", "Basis.md", "words", "A very long title", "On x"]


BLOCKS = (
    ("> [!lemma] Zorn\n> A chain.\n> ^here", "引理 1（Zorn）"),
    ("> [!note] Beware\n> A text.\n\n^here", "Beware"),
    ("$$a \\tag{7}$$ ^here", "(7)"),
    ("$$a = b$$ ^here", "a=b"),
    ("> [!lemma] Zorn ^here\n> A chain.", "引理 1（Zorn）"),
    ('<figure id="here"><img src="a.png"><figcaption>The <b>model</b></figcaption></figure>', "The model"),
    ('![alt](a.png "The *whole* model") ^here', "The whole model"),
    ("![alt](a.png) ^here", "alt"),
    ("- one\n- two ^here", "two"),
    ("Some words, *and* " + "more words " * 30 + " ^here", "Some words, and more words more words…"),
)


def test_a_reference_to_a_block_names_it(site: SiteTest) -> None:
    site.write("content/a.png", png())
    for number, (block, _) in enumerate(BLOCKS):
        site.note(f"m{number}", f"{block}\n\n[[#^here]]").note(f"n{number}", f"[[m{number}#^here]]")
    site.build()

    def check(number: int, _block: str, shown: str) -> None:
        assert elements(site.body(f"n{number}"), "a")[0].text == shown
        inside = elements(site.body(f"m{number}"), "a")
        assert [item.text for item in inside if item.attrs["href"] == "#here"] == [shown]

    check_each(BLOCKS, check)


FRAGMENTS = (
    ("关于 $C_{a}$", "关于 $C_{a}$"),
    ("期望 $E[X]$", "期望 $E[X]$"),
    ("后验 $p(x|y)$", "后验 $p(x|y)$"),
    ("后验 $p(x|y)$", "后验 $p(x y)$"),  # as Obsidian completes it
    ("关于 $\\theta$", "关于 $\\theta$"),
    ("Sets {a} and \\{b\\}", "Sets {a} and {b}"),
    ("x^2 grows", "x^2 grows"),
    ("It costs $5", "It costs $5"),
)
FORMS = ("[[m#{}]]", "[[m#{}|words]]", "![[m#{}]]")


def test_a_fragment_holds_formulas_and_signs(site: SiteTest) -> None:
    cases = [(heading, fragment, form) for heading, fragment in FRAGMENTS for form in FORMS]
    for number, (heading, fragment, form) in enumerate(cases):
        site.note(f"m{number}", f"## First\n\none\n\n## {heading}\n\ntwo")
        site.note(f"n{number}", form.replace("m#{}", f"m{number}#{fragment}"))
    site.build().expect_clean()

    def check(number: int, _heading: str, _fragment: str, _form: str) -> None:
        html = site.body(f"n{number}")
        assert "[[" not in html
        target = f"/posts/m{number}/#" + values(site.body(f"m{number}"), "h2", "id")[1]
        assert unquote(addresses(html)[0]) == target

    check_each(cases, check)


NAMED_ELSEWHERE = (
    ("Pixel RNN/CNN", "Pixel-RNN/CNN"),
    ("A: B | C", "A B C"),
    ("C#", "C#"),
    ("C++", "C++"),
    ("第一节 注意力", "第一节-注意力"),
    ("Part", "Chapter#Part"),
    ("Part", "part"),
    ("1. The First, and $x$", "the-first-and-x"),  # Pandoc, Quarto
)


def test_headings_are_found_as_other_programs_name_them(site: SiteTest) -> None:
    for number, (heading, fragment) in enumerate(NAMED_ELSEWHERE):
        site.note(f"m{number}", f"## C\n\n## {heading}\n").note(f"n{number}", f"[[m{number}#{fragment}|x]]")
    site.build().expect_clean()

    def check(number: int, _heading: str, _fragment: str) -> None:
        (target,) = addresses(site.body(f"n{number}"))
        assert target.startswith(f"/posts/m{number}/#")
        assert target != f"/posts/m{number}/#c"

    check_each(NAMED_ELSEWHERE, check)


def test_files_drafts_places_outside_and_letter_case_are_told(site: SiteTest) -> None:
    site.write("content/Img/a.png", png()).write("content/C#.png", png()).write("img/x.svg", "<svg/>")
    site.note("later", "x", draft=True, title="Later on").note("q?", "x")
    site.note(
        "n",
        "![](img/a.png)\n![](C#.png)\n![](../img/x.svg)\n[[Later on]] [x](later.md)\n"
        "![](C:\\\\me\\a.png)\n[q](q%3F.md?x=1) [t](/tags/?q=1#x)\n[[x-file.pdf]]",
    )
    site.build().expect_lines(
        "content/later.md: info[note-skipped]",
        "content/n.md:6:1: warning[link-case]: 'img/a.png' is written Img/a.png on the disk",
        "content/n.md:8:1: warning[image-broken]: '../img/x.svg' is outside the content folder",
        "content/n.md:9:1: info[link-unpublished]: links in 1 note lead to notes that are left out: their words are",
        "content/n.md:10:1: warning[image-broken]: 'C:\\\\me\\\\a.png' is a place on your computer",
        "content/n.md:12:1: warning[link-broken]: nothing to link to at 'x-file.pdf'",
    )
    assert values(site.body("n"), "img", "src")[:2] == ["/posts/n/Img/a.png", "/posts/n/C%23.png"]
    assert hrefs(site) == ["/posts/q/", "/tags/?q=1#x"]


def test_pictures_that_only_the_authors_computer_can_show_are_told(site: SiteTest) -> None:
    site.note(
        "n",
        "![](attachment:a.png)\n![](blob:https://chat.example.com/1)\n![](file:///D:/x.png)\n![]()\n"
        '![](http://localhost:8888/x.png)\n<img src="app://local/x.png">\n[a page](http://localhost:8888/)',
    )
    site.build().expect_lines(
        "content/n.md:6:1: warning[image-broken]: 'attachment:a.png' is a place on your computer",
        "content/n.md:7:1: warning[image-broken]: 'blob:https://chat.example.com/1' is a place on your computer",
        "content/n.md:8:1: warning[image-broken]: 'file:///D:/x.png' is a place on your computer",
        "content/n.md:9:1: warning[image-broken]: an image without an address",
        "content/n.md:10:1: warning[image-broken]: 'http://localhost:8888/x.png' is a place on your computer",
        "content/n.md:11:1: warning[image-broken]: 'app://local/x.png' is a place on your computer",
    )
    assert "![]" not in site.body("n")


def test_a_name_of_several_notes_is_told(site: SiteTest) -> None:
    site.note("a/x", "x", slug="ax").note("b/x", "x", slug="bx").note("n", "[[x]] [[a/x]]").build()
    site.expect_lines("content/n.md:6:1: warning[link-ambiguous]: several notes answer to 'x': a/x.md, b/x.md")
    assert hrefs(site) == ["/posts/ax/", "/posts/ax/"]


# --- limits


PARTS = st.sampled_from(
    ["a", "A", "..", ".", "", "图", "%", "%2e%2e", "a%2Fb", "\\", "#", "?", "x.md", "x.png", ".html", "~"]
)


@given(st.lists(PARTS, max_size=6), st.booleans())
def test_whatever_is_written_only_files_of_the_site_are_found(parts: list[str], rooted: bool) -> None:
    index = make(["a/x.md", "n.md"], ["a/x.png", "图/a.png"], ["x.png"])
    written = "/" * rooted + "/".join(parts)
    for found in (path_in(index, "a/x.md", written), *name_in(index, "a/x.md", written)[:1]):
        if found is not None:
            assert (
                found.note in index.notes or found.asset in index.assets or found.site.rstrip("/") in index.site_paths
            )


def test_hints_stay_quick_among_many_names() -> None:
    near = Suggestions({f"note-{number:05}.md": f"d/note-{number:05}.md" for number in range(20_000)})
    with ends():
        hints = [near.hint(f"not-{number:05}.md") for number in range(200)]
    assert any(hints)
    assert Suggestions({"定义": "定义"}).hint("定仪", 0.5) == "did you mean 定义?"
    assert Suggestions({}).hint("x") == ""
