"""GitBook, mdBook and docsify: tables of contents that are Markdown lists, and configurations."""

import textwrap
from pathlib import Path

import pytest

from notegen.dialects.dialect import HOME_NOTE
from notegen.dialects.programs.books.summary import summary
from tests.dialects.test_translate import settings
from tests.support.site import SiteTest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Summary\n* [Start](README.md)\n* [线性代数](la/README.md)\n  * [范数](la/norm.md)\n* [B](b.md)\n",
            [{"Start": "README.md"}, {"la/README.md": [{"范数": "la/norm.md"}]}, {"B": "b.md"}],
        ),
        (
            "[Preface](preface.md)\n\n- [One](one.md)\n    1. [Two](./two.md)\n---\n[End](end.md)\n",
            [{"Preface": "preface.md"}, {"one.md": [{"Two": "two.md"}]}, {"End": "end.md"}],
        ),
        ("# Summary\n## Part *one*\n* [A](a.md)\n## Empty\n", [{"Part one": [{"A": "a.md"}]}]),
        ("* Group\n  * [A](a%20b.md)\n  * [B](<b c.md>)\n", [{"Group": [{"A": "a b.md"}, {"B": "b c.md"}]}]),
        ("* [A](a.md)\n  * [Part](a.md#part)\n  * [B](b.md)\n", [{"a.md": [{"B": "b.md"}]}]),
        ("* [Out](https://x.org)\n* [A](a.md)\n* [PDF](a.pdf)\n* Later\n", [{"Out": "https://x.org"}, {"A": "a.md"}]),
        ("```\n* [No](no.md)\n```\n* [A (b)](a_(b).md 'title')\n", [{"A (b)": "a_(b).md"}]),
        ("* Nothing\n", None),
        ("* [Up](../a.md)\n", None),
    ],
)
def test_a_list_of_links_is_nav(text: str, expected: object) -> None:
    assert summary(text) == expected


def test_docsify_leaves_the_ending_of_files_out() -> None:
    text = textwrap.dedent("""\
        - [Home](/)
        - [Guide](guide)
          - [深度学习](/zh/dl/)
        """)
    expected = [{"Home": "README.md"}, {"guide.md": [{"深度学习": "zh/dl/README.md"}]}]
    assert summary(text, ".md") == expected


def test_a_list_that_is_nested_without_end_is_cut() -> None:
    deep = "".join(f"{' ' * depth}* [x](x{depth}.md)\n" for depth in range(500))
    assert str(summary(deep)).count("[") < 25


def test_gitbook_and_mdbook() -> None:
    book = '{"title": "B", "author": "N", "language": "zh-hans", "root": "./docs", "plugins": ["katex"]}'
    assert settings(
        "gitbook", **{"book.json": book, "docs/SUMMARY.md": "* [A](a.md)", "SUMMARY.md": "* [B](b.md)"}
    ) == {
        "title": "B",
        "author": "N",
        "language": "zh-hans",
        "content_dir": "docs",
        "nav": [{"A": "a.md"}],
        "publish": "nav",
    }
    synced = settings("gitbook", **{".gitbook.yaml": "redirects: {old/x: a/b.md, y: a/README.md}\n"})
    assert synced == {"permalink": "/:path", "redirects": {"/old/x": "/a/b", "/y": "/a"}}
    toml = '[book]\ntitle = "M"\nauthors = ["N"]\nlanguage = "en"\n'
    assert settings("mdbook", **{"book.toml": toml, "src/SUMMARY.md": "[Preface](p.md)\n- [A](a.md)\n"}) == {
        "title": "M",
        "author": "N",
        "language": "en",
        "content_dir": "src",
        HOME_NOTE: "p",
        "nav": [{"Preface": "p.md"}, {"A": "a.md"}],
        "publish": "nav",
    }
    no_home = settings("mdbook", **{"book.toml": toml, "src/SUMMARY.md": "- [Start](README.md)\n"})
    assert HOME_NOTE not in no_home


def test_docsify() -> None:
    page = "<script>\n  window.$docsify = {name: '笔记', repo: f()}\n</script>\n<script>x = {name: 1}</script>"
    files = {"docs/index.html": page, "docs/_sidebar.md": "- [Home](/)\n- [A](a)\n", "index.html": "<p>another</p>"}
    nav = [{"Home": "README.md"}, {"A": "a.md"}]
    assert settings("docsify", **files) == {"title": "笔记", "content_dir": "docs", "nav": nav}
    assert settings("docsify", **{"index.html": page}) == {
        "title": "笔记",
        "content_dir": ".",
        "include": ("README.md",),
    }
    assert settings("docsify", **{"_sidebar.md": "* no link"}) == {"content_dir": ".", "include": ("README.md",)}


def test_a_gitbook_is_built_as_it_was(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("SUMMARY.md", "* [Start](README.md)\n* [篇](a/README.md)\n  * [范数](a/norm.md)\n")
    site.write("README.md", "# Start").write("a/README.md", "# 篇").write("b.md", "# Not named")
    site.write("a/norm.md", "# 范数\n\n![](../.gitbook/assets/n.svg)")
    site.write(".gitbook/assets/n.svg", "<svg/>").write(".gitbook/includes/part.md", "Part")
    site.build().expect_report("built as a site of GitBook, by SUMMARY.md", "b.md: info[note-unnamed]")
    assert {"index.html", "a/index.html", "a/norm.html", ".gitbook/assets/n.svg"} <= set(site.files())
    assert not {"b.html", "SUMMARY.html", ".gitbook/includes/part.html"} & set(site.files())
    assert "/.gitbook/assets/n.svg" in site.html("a/norm.html")
