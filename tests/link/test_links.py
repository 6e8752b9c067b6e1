"""Links and images as people write them, resolved to addresses of the site, or told with what was probably meant."""

from urllib.parse import unquote

import pytest

from tests.support.html import values
from tests.support.pictures import png
from tests.support.site import SiteTest


def links(site: SiteTest, slug: str = "n") -> list[str]:
    return [unquote(url) for url in values(site.body(slug), "a", "href")]


def images(site: SiteTest, slug: str = "n") -> list[str]:
    return [unquote(url) for url in values(site.body(slug), "img", "src")]


# --- images


@pytest.mark.parametrize(
    ("note", "image", "written", "url"),
    [
        ("n", "a.png", "a.png", "/posts/n/a.png"),
        ("n", "a.png", "./a.png", "/posts/n/a.png"),
        ("n", "img/a.png", "img/a.png", "/posts/n/img/a.png"),
        ("d/n", "d/a.png", "a.png", "/posts/n/a.png"),
        ("d/n", "images/a.png", "../images/a.png", "/images/a.png"),
        ("d/n", "images/a.png", "/images/a.png", "/images/a.png"),
        ("n/index", "n/a.png", "a.png", "/posts/n/a.png"),
        ("n/index", "n/img/a.png", "img/a.png", "/posts/n/img/a.png"),
        ("n", "n/a.png", "a.png", "/posts/n/n/a.png"),  # Hexo's asset folder
        ("n", "n.assets/a.png", "n.assets/a.png", "/posts/n/n.assets/a.png"),  # Typora
        ("n", "attachments/a.png", "a.png", "/posts/n/attachments/a.png"),  # Obsidian: by name alone
        ("n", "图 片.png", "图%20片.png", "/posts/n/图 片.png"),
        ("n", "图 片.png", "<图 片.png>", "/posts/n/图 片.png"),
        ("n", "a(1).png", "a(1).png", "/posts/n/a(1).png"),
        ("n", "a#1.png", "a%231.png", "/posts/n/a#1.png"),
        ("n", "100%.png", "100%25.png", "/posts/n/100%.png"),
        ("n", "a.png", "a.png 'the title'", "/posts/n/a.png"),
    ],
)
def test_an_image_beside_a_note_is_published_beside_it(
    site: SiteTest, note: str, image: str, written: str, url: str
) -> None:
    site.write(f"content/{image}", png()).note(note, f"![alt]({written})").build().expect_clean()
    assert images(site) == [url]
    assert site.output(url.lstrip("/")).read_bytes() == png()


def test_an_image_of_two_notes_is_published_once(site: SiteTest) -> None:
    site.write("content/a.png", png()).note("m", "![a](a.png)").note("n", "![a](a.png)").build().expect_clean()
    assert images(site, "m") == images(site, "n")
    assert len([path for path in site.files() if path.endswith("a.png")]) == 1


def test_a_missing_image_is_told_with_the_nearest_name(site: SiteTest) -> None:
    site.write("content/img/attention.png", png()).note("n", "Text\n![a](img/attenton.png) and ![b](nothing.gif)")
    site.build().expect_lines(
        "info[file-unused]: 1 file (img/attention.png) that no published note uses: left out",
        "content/n.md:7:1: warning[image-broken]: no file 'img/attenton.png'",
        "content/n.md:7:28: warning[image-broken]: no file 'nothing.gif'",
    )
    site.expect_report("      | ^^^^^^^^^^^^^^^^^^^^^^ did you mean img/attention.png?")


def test_images_elsewhere_and_data_are_left_alone(site: SiteTest) -> None:
    site.note(
        "n", "![a](https://x.example/a.png) ![b](data:image/gif;base64,R0lGODlhAQABAAAAACw=)"
    ).build().expect_clean()
    assert images(site) == ["https://x.example/a.png", "data:image/gif;base64,R0lGODlhAQABAAAAACw="]


# --- links to notes


SPELLINGS = (
    *("other.md", "./other.md", "other", "../posts/other.md", "<other.md>", "../../posts/other/"),
    *("/posts/other.md", "/posts/other/", "/posts/other", "/posts/other/index.html", "other.md?raw=1"),
)


def test_a_link_to_a_note_in_any_spelling(site: SiteTest) -> None:
    body = "\n\n".join(f"[x]({written})" for written in SPELLINGS)
    site.note("posts/other", "Text.").note("posts/n", body).build().expect_clean()
    assert dict(zip(SPELLINGS, links(site), strict=True)) == dict.fromkeys(SPELLINGS, "/posts/other/")


@pytest.mark.parametrize("written", ["深度 学习.md", "深度%20学习.md", "%E6%B7%B1%E5%BA%A6%20%E5%AD%A6%E4%B9%A0.md"])
def test_names_in_chinese_and_with_spaces(site: SiteTest, written: str) -> None:
    target = f"<{written}>" if " " in written else written
    site.note("深度 学习", "## 第 一 节 $x$").note(
        "n", f"[x]({target}) [y](深度%20学习.md#第-一-节-x)"
    ).build().expect_clean()
    assert links(site) == ["/posts/深度-学习/", "/posts/深度-学习/#第-一-节-x"]


def test_links_inside_formulas_and_code_are_left_alone(site: SiteTest) -> None:
    site.note(
        "n", "$[x](gone.md)$ `[x](gone.md)`\n\n```\n[x](gone.md)\n```\n\n    [x](gone.md)\n"
    ).build().expect_clean()


def test_a_broken_link_is_told_at_its_column(site: SiteTest) -> None:
    site.note("attention", "## 定义").note("n", "中文 **bold** [x](atention.md) and [y](attention.md#定仪) [z](#no)")
    site.build().expect_lines(
        "content/n.md:6:13: warning[link-broken]: nothing to link to at 'atention.md'",
        "content/n.md:6:34: warning[link-broken-anchor]: content/attention.md has no place named '定仪'",
        "content/n.md:6:55: warning[link-broken-anchor]: this note has no place named 'no'",
    )
    site.expect_report("did you mean attention.md?", "did you mean 定义?")


def test_a_link_to_a_draft_says_why_it_is_broken(site: SiteTest) -> None:
    site.note("d", "x", draft=True).note("n", "[d](d.md)").build()
    site.expect_lines(
        "content/d.md: info[note-skipped]: left out: a draft",
        "content/n.md:6:1: info[link-unpublished]: 'd.md' is left out of the site: a draft",
    )
    site.build("--drafts").expect_clean()


def test_a_broken_link_in_raw_html_and_reference_style(site: SiteTest) -> None:
    site.note("n", 'Text.\n\n<a href="gone.md">x</a> and [y][r]\n\n[r]: lost.md\n').build()
    site.expect_lines(
        "content/n.md:8:1: warning[link-broken]: nothing to link to at 'gone.md'",
        "content/n.md:8:29: warning[link-broken]: nothing to link to at 'lost.md'",
    )


def test_wiki_links(site: SiteTest) -> None:
    site.note("d/Self Attention", "## 定义", title="自注意力", aliases=["SA"]).note(
        "n", "[[Self Attention]] [[SA]] [[自注意力|*text*]] [[Self Attention#定义]] [[gone]]"
    )
    site.build().expect_lines("content/n.md:6:65: warning[link-broken]: nothing to link to at 'gone'")
    url = "/posts/Self-Attention/"
    assert links(site) == [url, url, url, url + "#定义"]
    assert '<span class="broken">gone</span>' in site.body("n")


def test_dangerous_schemes_make_no_link(site: SiteTest) -> None:
    site.note("n", "[x](javascript:alert(1)) [y](vbscript:x) [z](data:text/html,x) <javascript:x>").build()
    assert links(site) == []


def test_a_link_counts_as_backlink_once(site: SiteTest) -> None:
    site.note("a", "x").note("n", "[1](a.md) [2](a.md) [[a]]").build().expect_clean()
    page = site.html("posts/a/index.html")
    section = page[page.index('class="backlinks"') :].partition("</section>")[0]
    assert values(section, "a", "href") == ["/posts/n/"]


def test_a_footnote_mark_without_a_footnote_is_reported_at_its_place(site: SiteTest) -> None:
    site.note("a", "中文有脚注[^1]，也有[^typo]。\n\n[^1]: 在这里").build()
    site.expect_report("content/a.md:6:13: warning[footnote-undefined]: there is no footnote [^typo]")
    assert "[^typo]" in site.body("a")


def test_a_footnote_without_a_mark_is_reported(site: SiteTest) -> None:
    site.note("a", "正文[^1]。\n\n[^1]: 一\n[^u]: 没有人引用").build()
    site.expect_report("content/a.md:9:1: warning[footnote-unused]: no mark [^u] refers to this footnote")


def test_cells_beyond_the_header_are_reported_at_their_place(site: SiteTest) -> None:
    site.note("a", "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 | 丢失 |").build()
    site.expect_report("content/a.md:8:11: warning[table-extra-cell]: more cells than the header")


def test_a_header_with_another_number_of_cells_than_the_row_of_dashes_is_told(site: SiteTest) -> None:
    site.note("a", "| 甲 | 乙 |\n| --- |\n\n| 甲 | 乙 |\n| --- |\n| 1 | 2 |").build()
    site.expect_lines("content/a.md:7:1: warning[table-columns]: the header has 2 cells, the row of dashes 1")
    assert site.body("a").count("<table") == 1


def test_links_out_of_the_folder_of_notes_are_told_in_one_line(site: SiteTest) -> None:
    site.note("a", "[x](../../src/a.py) [y](../../../README.md)").note("b", "[z](../LICENSE)").build()
    told = [line for line in site.stderr.splitlines() if "link-broken" in line]
    assert len(told) == 1
    assert "'../../src/a.py' is outside the content folder: 3 times in 2 notes" in told[0]
    site.expect_report("write its address on the web, or copy the file into the content folder or into static")
