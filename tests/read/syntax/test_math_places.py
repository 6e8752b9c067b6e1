"""Mistakes in formulas told to the character, on the command line: line, column and caret in every kind of block."""

import json
import re

import pytest

from notegen.model.body import UrlHole
from notegen.model.config import Config, read_settings
from notegen.model.source import SourceFile
from notegen.read.read import make_reader
from notegen.text.cjk import columns
from tests.support.katex import no_katex
from tests.support.site import SiteTest

# Notes in which the mistake is `\nope`; before it on its line stand Han characters, so that columns and carets differ.
CONTAINERS = {
    "paragraph": r"权重和偏置 $a + \nope$ 结束",
    "second line of a paragraph": "第一行\n第二行的 $b \\nope$ 结束",
    "display": "$$\n\\text{权重} + \\nope\n$$",
    "display of one line": r"$$ \text{损失} = \nope $$",
    "display that interrupts a paragraph": "如下\n$$\na \\\\\n\\text{好} \\nope\n$$\n继续",
    "brackets": "\\[\n\\begin{aligned}\na &= b \\\\\n\\text{其中} &= \\nope\n\\end{aligned}\n\\]",
    "environment": "\\begin{align}\na &= b \\label{eq:a} \\\\\n\\text{其中 } c &= \\nope \\notag\n\\end{align}",
    "fence": "```math\n\\text{好}\n\\text{好} \\nope\n```",
    "quote": "> 引用 $\\text{好} \\nope$",
    "display in a quote": "> 引用\n>\n> $$\n> \\text{好} +\n>   \\nope\n> $$",
    "quote in a quote": "> > 深 $\\nope$",
    "list": "- 第一\n- 第二项 $\\nope$",
    "second paragraph of an item": "1. 一\n\n   二 $\\nope$",
    "display in a list": "- 项\n\n  $$\n  \\text{好} \\nope\n  $$",
    "task": "- [ ] 做 $\\nope$",
    "list in a quote": "> - 项 $\\nope$",
    "table head": "| 列 | $\\nope$ |\n| --- | --- |\n| 甲 | 乙 |",
    "table cell": "| 列 | 值 |\n| --- | --- |\n| 甲 | 中文 $\\|x\\| + \\nope$ |",
    "table cell behind a bar in a formula": "| 列 | 值 |\n| --- | --- |\n| $p(x|y)$ | 后验 $\\nope$ |",
    "heading": "## 标题 $\\nope$",
    "underlined heading": "标题 $\\nope$\n=====",
    "footnote": "文[^1]\n\n[^1]: 注 $\\nope$",
    "inline footnote": "文^[注 $\\nope$]",
    "definition list": "词\n: 义 $\\nope$",
    "callout": "> [!note] 题\n> 内容 $\\nope$",
    "HTML": "<div>\n\n中 $\\nope$\n\n</div>",
    "bold": "**粗 $\\nope$**",
    "link text": "[链接 $\\nope$](https://example.org/)",
    "small matrix": "$$\n(\\begin{smallmatrix}\n\\text{好} & a \\\\\n\\large b & \\nope\n\\end{smallmatrix})\n$$",
    "limits": "$$\n\\mathop{\\text{最小}}_{x \\in\n\\text{集} \\nope}\n$$",
    "formula in the text of a formula": "中 $\\textbf{若 $\\sum$ \\textit{则 $\\nope$}}$",
    "reference in prose": "见 \\eqref{nope} 处",
}
CODES = {"reference in prose": "label-unknown"}
WORD = {"reference in prose": "nope"}


@pytest.mark.slow
@pytest.mark.parametrize("name", CONTAINERS)
def test_a_mistake_has_its_line_its_column_and_its_caret(site: SiteTest, name: str) -> None:
    expect_place(site.note("笔记", CONTAINERS[name]).build(), name)


@pytest.mark.slow
@pytest.mark.parametrize("name", CONTAINERS)
def test_it_has_them_without_katex_too(site: SiteTest, name: str) -> None:
    with no_katex():
        site.note("笔记", CONTAINERS[name]).build()
    expect_place(site, name)


def expect_place(site: SiteTest, name: str) -> None:
    """Check the report of the last build: the place of the one mistake, its line, the carets."""
    source = (site.root / "content/笔记.md").read_text(encoding="utf-8").split("\n")
    word = WORD.get(name, r"\nope")
    number = next(index for index, line in enumerate(source, start=1) if word in line)
    line = source[number - 1]
    place = f"content/笔记.md:{number}:{line.index(word) + 1}"
    shown = site.stderr.splitlines()
    head = shown.index(next(row for row in shown if "warning[math-" in row or "warning[label-" in row))
    assert shown[head].startswith(f"{place}: warning[{CODES.get(name, 'math-undefined-command')}]: "), site.stderr
    assert shown[head + 1] == f"{number:5} | {line}"
    carets = re.fullmatch(r"      \| ( *)(\^+)(?: .*)?", shown[head + 2])
    assert carets
    assert len(carets[1]) == columns(line[: line.index(word)]), "the caret does not stand below the mistake"
    assert len(carets[2]) == columns(word)
    assert sum("warning[math-" in row or "warning[label-" in row for row in shown) == 1


def test_the_whole_report_of_one_mistake(site: SiteTest) -> None:
    """In a terminal each Han character is two columns wide, and so are the carets' steps."""
    site.note("a", "> 设 $\\text{权重} = \\aplha + 1$，则").build()
    assert site.stderr.splitlines()[:3] == [
        r"content/a.md:6:18: warning[math-undefined-command]: undefined command \aplha",
        r"    6 | > 设 $\text{权重} = \aplha + 1$，则",
        r"      |                     ^^^^^^ did you mean \alpha?",
    ]


def test_a_mistake_in_a_line_of_a_long_display(site: SiteTest) -> None:
    rows = [rf"x_{{{number}}} &= \text{{第 {number} 行}} \\" for number in range(40)]
    rows[29] = r"x_{29} &= \text{好} \nope \\"
    site.note("a", "$$\n\\begin{aligned}\n" + "\n".join(rows) + "\n\\end{aligned}\n$$").build()
    site.expect_lines("content/a.md:37:20: warning[math-undefined-command]: ")


def test_every_mistake_of_a_line_has_its_place(site: SiteTest) -> None:
    line = r"甲 $\one$ 乙 $x$ 丙 $\two$ 丁 $\one$"
    site.note("a", line).build("-v")
    places = [row.split(": ")[0] for row in site.stderr.splitlines() if "warning[" in row]
    columns_of = (line.index(r"\one"), line.index(r"\two"), line.rindex(r"\one"))
    assert places == [f"content/a.md:6:{column + 1}" for column in columns_of]


def test_a_mistake_made_by_a_macro_stands_where_the_macro_is_used(site: SiteTest) -> None:
    site.note("a", r"好 $x + \bad{y}$", macros={"bad": r"\nope{#1}"}).build()
    site.expect_lines(r"content/a.md:7:8: warning[math-undefined-command]: undefined command \nope")


def test_characters_outside_the_basic_plane_count_as_one(site: SiteTest) -> None:
    line = r"𝒪 $\text{😀} \nope$ and $\text{😀} \textcircled{a} \nope$"
    site.note("a", line).build("-v")
    site.expect_report(
        f"content/a.md:6:{line.index(r'nope')}: warning[math-undefined-command]",
        f"content/a.md:6:{line.rindex(r'nope')}: warning[math-undefined-command]",
    )


def test_annotations_for_github(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    site.note("a", "> 设 $\\aplha$\n\n$$\n{x\n$$").build()
    start = "::warning file=content/a.md"
    assert site.stdout.splitlines() == [
        f"{start},line=6,col=6,title=math-undefined-command::undefined command \\aplha (did you mean \\alpha?)",
        f"{start},line=9,col=1,title=math-syntax::{{ is never closed by }}",
    ]


def test_json_for_editors(site: SiteTest) -> None:
    site.note("a", "| 列 |\n| --- |\n| 值 $\\nope$ |").build("--format", "json")
    (row,) = json.loads(site.stdout)
    assert (row["line"], row["column"], row["length"], row["code"]) == (8, 6, 5, "math-undefined-command")


def test_strict_fails_and_still_writes(site: SiteTest) -> None:
    site.note("a", "$\\nope$").build(expect=0)
    site.build("--strict", expect=1)
    assert '<code class="math-error"' in site.body("a")
    site.note("a", "$x$").build("--strict", expect=0)


def test_only_formulas_and_references_of_a_summary_have_a_place_in_the_file() -> None:
    text = "---\ntitle: t\nsummary: 见 $\\nope$ 与 \\eqref{eq:x} 和 [a](gone.md)\n---\n\n文 \\eqref{eq:y}\n"
    note = make_reader(read_settings(Config()))(SourceFile("content/n.md", text, ""))
    assert [(item.code, item.line, item.column) for item in note.diagnostics] == [("math-undefined-command", 3, 13)]
    assert [(item.label, item.line, item.column) for item in note.unknown] == [("eq:x", 3, 29), ("eq:y", 6, 10)]
    assert [(hole.target, hole.line) for hole in note.excerpt.holes if isinstance(hole, UrlHole)] == [("gone.md", 0)]
