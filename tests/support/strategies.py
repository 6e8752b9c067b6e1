"""What property tests draw from: Markdown-like text, notes with front matter, and sites that live in memory only."""

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from notegen.app.site_location import Flags, open_site, scan_site
from notegen.build import make_files
from notegen.cache.context import BuildContext
from notegen.model.config import Config
from notegen.model.diagnostic import Result
from notegen.model.digest import digest_bytes
from notegen.model.output import Build
from notegen.model.source import Asset, SourceFile, Tree
from notegen.system.disk import Disk
from tests.support.searching import EXAMPLES

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BASE = "/repo/"
CONFIG = Config(
    title="Random", base_url="https://example.org" + BASE, paginate=2, drafts=True, future=True, expired=True
)


def bounded(examples: int, *, shrink: bool = True) -> settings:
    """Return settings for a property: so many examples, see tests/support/searching.py, and no deadline.

    Whole sites are small as they are drawn: making them smaller would take minutes.
    """
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    phases = [phase for phase in Phase if phase is not Phase.explain and (shrink or phase is not Phase.shrink)]
    return settings(max_examples=examples * EXAMPLES, deadline=None, suppress_health_check=slow, phases=phases)


def characters(exclude: str = "") -> st.SearchStrategy[str]:
    """Return characters that a UTF-8 file can hold, lines ended by LF as the scan leaves them."""
    return st.characters(exclude_categories=["Cs"], exclude_characters="\r" + exclude)


PIECES = (
    *("\n", "\n\n", "\n\n\n", " ", "  \n", "\t", "    ", "\n---\n", "\n***\n", "\n===\n", "\\\n"),
    *(
        "# ",
        "\n## 标题\n",
        "\n- ",
        "\n1. ",
        "\n10) ",
        "\n> ",
        "> > ",
        "\n: ",
        "- [x] ",
        "\n> [!note] ",
        "| a | b |\n|---|---|\n| $x|y$ | 2 |\n",
    ),
    *(
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "\n```\n",
        "\n```python\n",
        "\n~~~math\n",
        "`$x$`",
        "\\",
        "\\*",
        "&amp;",
        "&#0;",
        "&nbsp;",
    ),
    *(
        "$",
        "$$",
        "\n$$\n",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "\\\\(",
        "\\$",
        "$5",
        "$x_i$",
        "$$\\frac{1}{2}$$",
        "$\\bad$",
        "\\tag{1}",
    ),
    *(
        "\\begin{align}",
        "\\end{align}",
        "\n\\begin{equation}\nx\n\\end{equation}\n",
        "\\label{eq:a}",
        "\\eqref{eq:a}",
        "\\ref{b}",
        "\\left(",
    ),
    *("\\newcommand{\\R}{\\mathbb R}", "\\def\\a{\\a}", "{", "}", "&", "^", "#", "%", "$\\R$", "\\text{中 $x$}"),
    *(
        "<",
        ">",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<!-- more -->",
        "<div>",
        "</div>",
        '<a id="x" href="a.md">',
        "<script>",
        "</script>",
        "<img src=x.png>",
    ),
    *(
        "[",
        "]",
        "](",
        "](a.md)",
        "[[",
        "]]",
        "[[a#b|c]]",
        "![[",
        "![",
        "[^1]",
        "\n[^1]: note\n",
        "^[inline]",
        "[a]: b.md\n",
        "(",
        ")",
        "http://x.org",
    ),
    *("{{", "}}", "{% raw %}", "{% endraw %}", "{%", "%}", "{{< x >}}", "{: .c}", "^block", ":label:`a`"),
    *(
        "---\n",
        "---\ntitle: x\n---\n",
        "+++\n",
        ";;;\n",
        "title: ",
        "date: 2026-01-01\n",
        "tags: [a, b]\n",
        "\ufeff",
        "\0",
        "\x0b",
        "\u2028",
    ),
    *("文字", "，", "。", "注意力", "word ", "a", "1", "é", "e\u0301", "𝒪", "😀", "\u200b", "\u202e", "ﬁ"),
)

text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(characters(), max_size=6)), max_size=40).map("".join)


def front_matter(values: Mapping[str, Any]) -> str:
    """Return YAML front matter in which every value is a JSON scalar or list, which is YAML too."""
    rows = [f"{key}: {json.dumps(value)}" for key, value in values.items() if value not in (None, "", [])]
    return "---\n" + "\n".join(rows) + "\n---\n"


HEADINGS = ("Setup", "设置", "x $y^2$", "fn1", "eq a", "A", "A", "***", "`code` <b>bold</b>")
TARGETS = (
    *(
        "one.md",
        "two.md#setup",
        "three.md#设置",
        "four.md#eq-a",
        "one",
        "./two.md",
        "../content/one.md",
        "/posts/three/",
        "sub/five.md",
    ),
    *(
        "#setup",
        "#a-1",
        "#",
        "#nowhere",
        "missing.md",
        "missing.png",
        "one.md#nowhere",
        "img.png",
        "sub/图 1.png",
        "/tags/",
        "/tags/ML/",
    ),
    *(
        "https://example.com/x",
        "mailto:a@example.com",
        "?q=1",
        "",
        "a%20b.md",
        "%zz",
        "//host/x",
        "/archives/",
        "/",
        "/missing/",
    ),
)
BLOCKS = (
    *(
        "text with $x$ and \\(y\\)",
        "$$z = 1$$",
        "$$\\begin{equation}\\label{eq:a} a\\end{equation}$$ see \\eqref{eq:a}",
        "foot[^1] and[^1]\n\n[^1]: note",
    ),
    *(
        "- item $a$\n- item",
        "1. a\n2. b",
        "> quote $q$",
        "| a | b |\n|--|--|\n| $c$ | d |",
        "```python\nx = 1\n```",
        "[[one]] [[two#setup|w]] [[none]]",
    ),
    *(
        '<a id="raw1"></a><a href="one.md">raw</a><img src="img.png">',
        "![[img.png]]",
        "[[#设置]] [[four#eq:a]]",
        "<!-- more -->",
        "$\\bad$",
    ),
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Return a note's text: headings, links to notes that exist and to others, formulas, footnotes.

    Each block is used once, so that ids in raw HTML and labels are not the author's mistake.
    """
    heading = st.sampled_from(HEADINGS).map("## {}".format)
    link = st.tuples(st.sampled_from(["", "!"]), st.sampled_from(TARGETS)).map(
        lambda pair: f"{pair[0]}[w](<{pair[1]}>)"
    )
    blocks = draw(st.lists(st.sampled_from(BLOCKS), max_size=5, unique=True))
    blocks += draw(st.lists(st.one_of(heading, link), max_size=8))
    return "\n\n".join(draw(st.permutations(blocks)))


@st.composite
def sites(draw: st.DrawFn) -> dict[str, str]:
    """Return path -> text of a small site whose notes have addresses of their own and link to one another."""
    stems = draw(
        st.lists(
            st.sampled_from(["one", "two", "three", "four", "sub/five", "sub/index", "about"]),
            min_size=1,
            max_size=5,
            unique=True,
        )
    )
    site = {}
    for number, stem in enumerate(stems):
        values = {
            "title": draw(st.sampled_from(["", "T", "题 $x^2$", 'A < B & "C"'])),
            "date": draw(st.sampled_from(["", "2026-01-02", "2025-03-04 05:06"])),
            "tags": draw(st.lists(st.sampled_from(["ML", "ml", "C++", "C#", "标 签", "a/b", "100%"]), max_size=3)),
            "categories": draw(st.lists(st.sampled_from(["NLP", "多模态", "a b", "?"]), max_size=2)),
            "aliases": draw(st.sampled_from([[], [f"/old/{number}/"], [f"name {number}"]])),
            "layout": "page" if stem == "about" else "",
        }
        site[f"content/{stem}.md"] = front_matter(values) + draw(bodies())
    return site


@cache
def bundled() -> Tree:
    """Return a scanned site that has nothing but the theme."""
    disk = Disk()
    with tempfile.TemporaryDirectory() as folder:
        return scan_site(open_site(Flags(source=Path(folder)), disk), disk).value


def make_tree(
    files: Mapping[str, str], config: Config = CONFIG, assets: tuple[str, ...] = ("img.png", "sub/图 1.png")
) -> Tree:
    """Return the tree that a scan of these notes and assets would give."""
    notes = tuple(SourceFile(path, content, digest_bytes(content.encode())) for path, content in files.items())
    copied = {path: Asset(f"content/{path}", f"/nowhere/{path}", digest_bytes(path.encode()), 1) for path in assets}
    return msgspec.structs.replace(bundled(), config=config, notes=notes, assets=copied)


def make(tree: Tree) -> Build:
    """Build a tree."""
    return make_files(Result(tree), NOW, BuildContext())
