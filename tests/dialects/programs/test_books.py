"""GitBook, mdBook and docsify: tables of contents that are Markdown lists, and configurations."""

import textwrap
from pathlib import Path

import pytest

from notegen.dialects.dialect import HOME_NOTE
from notegen.dialects.programs.books.summary import is_contents, summary
from tests.dialects.test_translate import settings
from tests.support.cases import all_cases
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


@all_cases(
    ("text", "named"),
    [
        ("* [A](a.md)\n<!--\n* [No](no.md)\n\n* [No](no2.md)\n-->\n* [B](b.md)\n", "a.md b.md"),
        ("* [A](a.md) <!-- [No](no.md) -->\n* [B](b.md)\n<!-- - -- > * [No](no.md) -->\n", "a.md b.md"),
        ("* [A](a.md)\n* [B](b.md)\n<!-- to the end\n* [No](no.md)\n", "a.md b.md"),
        ("* [The `<!--` sign](a.md)\n* [B](b.md)\n* [C](c.md)\n", "a.md b.md c.md"),
        ("* [A \\<!-- sign](a.md)\n* [B](b.md)\n", "a.md b.md"),
    ],
)
def test_what_is_commented_out_names_no_note(text: str, named: str) -> None:
    assert [path for entry in summary(text) or () for path in entry.values()] == named.split()
    assert is_contents(text, set(named.split()))
    assert not is_contents(text, {named.split(maxsplit=1)[0], "no.md", "no2.md"})


def test_a_comment_in_a_code_block_is_none() -> None:
    assert summary("* [A](a.md)\n```\n<!--\n```\n* [B](b.md)\n") == [{"A": "a.md"}, {"B": "b.md"}]


@all_cases(
    ("written", "title"),
    [
        ("The `#[test]` attribute", "The #[test] attribute"),
        (r"Escaped \[T\]", "Escaped [T]"),
        ("Array [T; N]", "Array [T; N]"),
        ("One ` tick", "One ` tick"),
        ("C#", "C#"),
        ("`no_std` and f_x_y", "no_std and f_x_y"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("A* search", "A* search"),
        ("**Bold** _word_", "Bold word"),
        ("**Bold and *both* so** ***x***", "Bold and both so x"),
        ("`*args` and **`**kwargs`**", "*args and **kwargs"),
        ("`` a`b ``", "a`b"),
        (r"\*no\* \_mark\_ \#1", "*no* _mark_ #1"),
        (r"C:\temp", r"C:\temp"),
        ("![](logo.svg) With a picture", "With a picture"),
    ],
)
def test_a_title_has_what_is_no_mark(written: str, title: str) -> None:
    text = f"- [{written}](a.md)\n- [B](b.md)\n"
    assert summary(text) == [{title: "a.md"}, {"B": "b.md"}]
    assert is_contents(text, {"a.md", "b.md"})


@all_cases(("heading", "group"), [("## Part ##", "Part"), ("## C#", "C#"), ("## A # b", "A # b")])
def test_a_heading_may_be_closed(heading: str, group: str) -> None:
    assert summary(f"# Summary #\n{heading}\n- [A](a.md)\n") == [{group: [{"A": "a.md"}]}]


@all_cases(
    ("text", "expected"),
    [
        (
            "# Summary\n[Preface](p.md)\n# Part\n- [A](a.md)\n---\n[End](e.md)\n[More](m.md)\n",
            [{"Preface": "p.md"}, {"Part": [{"A": "a.md"}]}, {"End": "e.md"}, {"More": "m.md"}],
        ),
        ("[Preface](p.md)\n# Part\n- [A](a.md)\n", [{"Preface": "p.md"}, {"Part": [{"A": "a.md"}]}]),
        (
            "# S\n# One\n- [A](a.md)\n# Two\n- [B](b.md)\n  - [C](c.md)\n\n-----\n\n[End](e.md)\n",
            [
                {"One": [{"A": "a.md"}]},
                {"Two": [{"b.md": [{"C": "c.md"}]}]},
                {"End": "e.md"},
            ],
        ),
        ("# S\n- [Draft]()\n- [A](a.md)\n", [{"A": "a.md"}]),
        ("# S\n- # Part\n  - [A](a.md)\n- ## [B](b.md)\n", [{"Part": [{"A": "a.md"}]}, {"B": "b.md"}]),
    ],
)
def test_a_chapter_that_stands_alone_is_of_no_part(text: str, expected: object) -> None:
    assert summary(text) == expected


@all_cases(
    ("address", "path"),
    [
        ("guide/v1.2", "guide/v1.2.md"),
        ("guide/v1.2?id=x", "guide/v1.2.md"),
        ("/node.js", "node.js.md"),
        ("v1.2.md", "v1.2.md"),
        ("a.markdown", "a.markdown"),
        ("a.b/", "a.b/README.md"),
        ("a.b/c/..", "a.b/README.md"),
        *((f"a.{suffix}", None) for suffix in "html PDF png jpg svg zip py ipynb mdx".split()),
        ("mailto:n@example.org", None),
        ("//example.org/a", None),
        ("..", None),
        ("../a.b", None),
        ("#part", None),
    ],
)
def test_a_name_of_docsify_may_have_a_dot(address: str, path: str | None) -> None:
    assert summary(f"* [V]({address})\n", ".md") == ([{"V": path}] if path else None)


@all_cases(
    ("text", "expected"),
    [
        *(
            (f"- [Home]({address})\n- [A](a)\n", [{"Home": "home.md"}, {"A": "a.md"}])
            for address in ("/", "", ".", "./")
        ),
        ("- [Home](README.md)\n- [Home](home.md)\n- [A](/a/)\n", [{"Home": "home.md"}, {"A": "a/README.md"}]),
        ("- [Group]()\n  - [A](a)\n- [Home](/)\n", [{"Group": [{"A": "a.md"}]}, {"Home": "home.md"}]),
    ],
)
def test_docsify_says_which_note_is_home(text: str, expected: object) -> None:
    page = "<script>window.$docsify = {homepage: 'home.md'}</script>"
    found = settings("docsify", **{"docs/index.html": page, "docs/_sidebar.md": text})
    assert found == {"content_dir": "docs", HOME_NOTE: "home", "nav": expected}


@all_cases(
    ("homepage", "include", "home"),
    [
        ("home.md", "home.md", "home"),
        ("/start/home.md", "start/home.md", "start/home"),
        ("README.md", "README.md", None),
        ("https://example.org/README.md", "README.md", None),
        ("../home.md", "README.md", None),
    ],
)
def test_docsify_without_a_sidebar_has_its_home_page(homepage: str, include: str, home: str | None) -> None:
    found = settings("docsify", **{"index.html": f"<script>$docsify = {{homepage: '{homepage}'}}</script>"})
    assert found == {"content_dir": ".", "include": (include,), **({HOME_NOTE: home} if home else {})}


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
