"""Files that notes name and that are not there, and files that are there and that no note names."""

import pytest

from tests.support.html import elements
from tests.support.pictures import png
from tests.support.site import SiteTest

ALL = "attachments: all\n"  # else all files that no note uses are told of
FILES = ("ml/plots/loss_28_0.png", "cv/plots/figure_2.png", "ml/photo.jpg", "img/shared.jpg")
OTHERS = ("ml/paper.pdf", "other/1.jpg", "n2/1.gif", "n2.assets/1.webp")

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>'


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("plots/los_28_0.png", "ml/plots/loss_28_0.png"),  # a like name in the folder that is named
        ("/ml/plots/loss_28_00.png", "ml/plots/loss_28_0.png"),
        ("phto.jpg", "ml/photo.jpg"),  # beside the note
        ("gone/photo.png", "ml/photo.jpg"),  # its name, whatever the folder and the suffix
        ("plots/figure_3.png", ""),  # like one of another folder
        ("photos/loss_28_1.png", ""),
        ("unlike.png", ""),
        ("photo.pdf", ""),  # a file of another kind
        ("papr.pdf", "ml/paper.pdf"),
        ("films/loss_28_0.mp4", ""),
        ("1.png", ""),  # in the folder of another note
        ("shared.png", "img/shared.jpg"),
    ],
)
def test_only_its_name_or_its_folder_is_offered(site: SiteTest, written: str, meant: str) -> None:
    site.write("site.yaml", ALL)
    for file in (*FILES, *OTHERS):
        site.write(f"content/{file}", png())
    site.note("other/index", "x").note("n2", "x")
    site.note("ml/n", f"![a]({written})").build()
    site.expect_lines("content/ml/n.md:6:1: warning[image-broken]: no file ")
    assert [line.split("did you mean ")[1] for line in site.stderr.splitlines() if "did you" in line] == (
        [f"{meant}?"] if meant else []
    )


@pytest.mark.parametrize("cover", ["https://e.org/z.png", "//e.org/z.png", "HTTP://e.org/z.png"])
def test_a_cover_of_another_site_is_right(site: SiteTest, cover: str) -> None:
    site.write("site.yaml", "base_url: https://example.org/\n").note("a", "x", image=cover).note("b", "x", cover=cover)
    site.build().expect_clean()
    address = f"https:{cover}" if cover.startswith("//") else cover
    assert f'<meta property="og:image" content="{address}">' in site.html("posts/a/index.html")


def test_a_cover_that_is_missing_is_still_told(site: SiteTest) -> None:
    site.note("a", "x", image="gone.png").build().expect_lines(
        "content/a.md: warning[image-broken]: no file 'gone.png'"
    )


def test_a_variable_before_a_path_is_empty(site: SiteTest) -> None:
    site.write("content/images/x.png", png()).note("b", "x")
    site.note(
        "a", '![p]({{ BASE_PATH }}/images/x.png) <img src="{{ base }}/images/x.png"> [b]({{ site.x }}/b.md)'
    ).build()
    site.expect_clean()
    assert site.body("a").count('src="/posts/a/images/x.png"') == 2
    assert 'href="/posts/b/"' in site.body("a")


# --- files that are not read


def test_files_of_other_formats_among_notes_are_told_once(site: SiteTest) -> None:
    site.write("site.yaml", ALL)
    site.note("a", "x").write("content/b.org", "x").write("content/c.ORG", "x").write("content/d.rst", "x").build()
    site.expect_lines(
        "content/b.org: warning[file-unread]: 2 files of Org mode (*.org) are not read",
        "content/d.rst: warning[file-unread]: 1 file of reStructuredText (*.rst) is not read",
    )
    site.expect_report("hint: `pandoc -t gfm -o NAME.md` makes a note of one")


def test_what_a_note_links_or_is_made_from_is_not_told(site: SiteTest) -> None:
    site.write("site.yaml", ALL)
    site.note("a", "[run it](b.org)").write("content/b.org", "x").write("content/a.org", "x")
    site.build().expect_clean()


def test_elsewhere_only_many_are_told(site: SiteTest) -> None:
    site.write("site.yaml", ALL)
    site.note("a", "x").note("b", "x").write("content/paper/main.tex", "x").build().expect_clean()
    site.build("-v").expect_report("content/paper/main.tex: info[file-unread]: 1 file of LaTeX (*.tex) is not read")
    site.write("content/paper/appendix.tex", "x").build()
    site.expect_lines("content/paper/appendix.tex: warning[file-unread]: 2 files of LaTeX (*.tex) are not read")


def test_a_page_of_liquid_is_told_as_no_note(site: SiteTest) -> None:
    loop = "{% for post in site.posts %}\n- [{{ post.title }}]({{ post.url }})\n{% endfor %}"
    site.note("a", "x").note("all", loop).build("-v")
    site.expect_report("info[note-none]: content/all.md: templates and parts for another program, not notes")
    assert "tag-unknown" not in site.stderr


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("paper.md", ""),
        ("/photo.pdf", ""),
        ("papers.pdf", "ml/paper.pdf"),
        ("shred.png", "img/shared.png"),
        ("n22.md", "n2.md"),
    ],
)
def test_a_link_is_offered_what_is_of_its_kind(site: SiteTest, written: str, meant: str) -> None:
    site.write("site.yaml", ALL).write("content/ml/paper.pdf", b"%PDF").write("content/photo.png", png())
    site.write("content/ml/img/shared.png", png())
    folder = "img/" if "shred" in written else ""
    site.note("n2", "x").note("ml/n", f"[a]({folder}{written})").build().expect_report("warning[link-broken]")
    assert [line.split("did you mean ")[1] for line in site.stderr.splitlines() if "did you" in line] == (
        [f"ml/{meant}?" if folder else f"{meant}?"] if meant else []
    )


@pytest.mark.parametrize(
    "written", ["![](gone.pdf)", "![[gone.pdf]]", "![](gone.mp4)", "![[gone.mp3]]", "![](gone.png)"]
)
def test_what_is_missing_is_told_once(site: SiteTest, written: str) -> None:
    site.write("site.yaml", ALL).note("a", written).build()
    assert len([line for line in site.stderr.splitlines() if "warning[" in line]) == 1, site.stderr


def test_a_drawing_without_a_picture_is_its_words_and_told_once(site: SiteTest) -> None:
    site.write("content/E.excalidraw.md", "---\nexcalidraw-plugin: parsed\n---\n")
    site.write("content/Plan.excalidraw.md", "---\nexcalidraw-plugin: parsed\n---\n")
    site.write("content/Plan.excalidraw.svg", SVG)
    site.note(
        "a", "See [[E.excalidraw]], ![[E.excalidraw]] and [the plan](Plan.excalidraw.md), [[Plan.excalidraw]]."
    ).build()
    text = '<p>See E.excalidraw, E.excalidraw and <a href="/posts/a/Plan.excalidraw.svg">the plan</a>, '
    assert text + '<a href="/posts/a/Plan.excalidraw.svg">Plan.excalidraw</a>.</p>' in site.body("a")
    assert site.stderr.count("E.excalidraw'") == 1
    site.expect_report("drawings are not shown", "export it as .svg or .png beside it")


def test_an_embedded_drawing_of_excalidraw_is_the_picture_that_its_plugin_exports(site: SiteTest) -> None:
    site.write("content/d/Plan.excalidraw.md", "---\nexcalidraw-plugin: parsed\n---\n")
    site.write("content/d/Plan.excalidraw.svg", SVG).write("content/x.base", "")
    site.write("content/Old.excalidraw", "{}").write("content/d/Alone.excalidraw", "{}")
    site.note("a", "![[Plan.excalidraw]] and ![[Plan.excalidraw.md|200]]").build()
    pictures = [item.attrs["src"] for item in elements(site.body("a"), "img")]
    assert pictures == ["/posts/a/d/Plan.excalidraw.svg"] * 2
    assert "broken" not in site.stderr
    for kind in ("2 drawings of Excalidraw (*.excalidraw) are", "1 base of Obsidian (*.base) is"):
        site.expect_report(f"{kind} not read")


def test_a_figure_of_a_shortcode_inside_a_paragraph_has_its_place(site: SiteTest) -> None:
    site.note("a", 'one {{< figure src="/gone.png" title="T" >}} two').build()
    site.expect_lines("content/a.md:6:5: warning[image-broken]: no file '/gone.png'")
