"""Chinese text: emphasis beside full-width punctuation, and bare addresses that end at it."""

from pathlib import Path

import pytest

from tests.support.math_fixtures import parser, types, visible_text, walk
from tests.support.site import SiteTest

_MD = parser()


def _strong(source: str) -> list[str]:
    parts: list[str] = []
    depth = 0
    for token in walk(_MD.parse(source)):
        if token.type in {"strong_open", "em_open", "s_open"}:
            depth += 1
            parts.append("")
        elif token.type in {"strong_close", "em_close", "s_close"}:
            depth -= 1
        elif depth and token.type in {"text", "code_inline"}:
            parts[-1] += token.content
    return parts


@pytest.mark.parametrize(
    ("source", "strong"),
    [
        ("**重点（x）**是", ["重点（x）"]),
        ("**注意力机制（Attention）**是核心。这是**“重点”**。", ["注意力机制（Attention）", "“重点”"]),
        ("Git**（注：不是GitHub）**", ["（注：不是GitHub）"]),
        ("~~（旧）~~新", ["（旧）"]),
        ("**“注意力”**attention 与 **‘查询’**query", ["“注意力”", "‘查询’"]),
        ("attention**“注意力”**，**另见……**etc", ["“注意力”", "另见……"]),
        ("a**“b”**c", []),
        ("__注意__：事項", ["注意"]),
        ("**스크립트(script)**라고", ["스크립트(script)"]),
        ("大塚︀**(U+585A U+FE00)** 大塚", ["(U+585A U+FE00)"]),
        ("葛󠄀**(こちらが正式表記)**城市", ["(こちらが正式表記)"]),
        ("a**〰**a", ["〰"]),
        ("真**，**她", ["，"]),
        ("𠮟**(x)**", ["(x)"]),
        ("a**(b)**c", []),
        ("a**🎲**a", []),
        ("2 * 3 * 4", []),
        ("snake_case_name", []),
        ("**a *b* c**", ["a ", "b c"]),
    ],
)
def test_emphasis(source: str, strong: list[str]) -> None:
    assert _strong(source) == strong


def test_published_cases_leave_no_asterisks(corpus: Path) -> None:
    text = (corpus / "markdown-cjk-friendly" / "testcases" / "strong.md").read_text(encoding="utf-8")
    left = [line for line in text.split("\n") if "**" in visible_text(_MD.parse(line))]
    assert left == []


@pytest.mark.parametrize(
    ("source", "addresses"),
    [
        ("见https://a.com/x。后面文字", ["https://a.com/x"]),
        ("https://a.com，https://b.com/中文、完", ["https://a.com", "https://b.com/%E4%B8%AD%E6%96%87"]),
        ("（https://a.com/?q=1）", ["https://a.com/?q=1"]),
        ("notes.md 与 train.py 和 www.a.com", []),
        ("`https://a.com` https://b.com", ["https://b.com"]),
        ("https\\://a.com", []),
    ],
)
def test_bare_addresses(source: str, addresses: list[str]) -> None:
    tokens = [token for token in walk(_MD.parse(source)) if token.type == "link_open"]
    assert [token.attrs["href"] for token in tokens] == addresses


def test_formulas_are_not_linked() -> None:
    assert "link_open" not in types(_MD.parse(r"$\href{https://a.com}{x}$"))


def test_emphasis_of_chinese_words_has_a_class(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("site.yaml", "title: T\nlanguage: zh-CN\n")
    site.note("a", "*强调*，*emphasis*，**强**，*a 与 $x$*，完")
    html = site.build().expect_clean().html("posts/a/index.html")
    assert '<em class="han">强调</em>，<em>emphasis</em>，<strong>强</strong>' in html
    assert '<em class="han">a 与 <math>' in html


def test_emphasis_keeps_the_classes_that_it_was_given(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("site.yaml", "title: T\nlanguage: zh-CN\n").note("a", "*强调*{:.note}")
    assert '<em class="note han">强调</em>' in site.build().html("posts/a/index.html")
