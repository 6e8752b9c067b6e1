"""Chinese text: emphasis beside full-width punctuation, and bare addresses that end at it."""

from pathlib import Path

import pytest

from notegen.cache.fragments import FragmentCache
from notegen.model.source import Installed
from notegen.read.syntax.cjk.word_breaks import cached_phrases, phrases
from notegen.system.installed import segmenter
from tests.support.cases import all_cases
from tests.support.math_fixtures import parser, types, visible_text, walk
from tests.support.site import SiteTest

_MD = parser()
NEEDS_SEGMENTER = pytest.mark.skipif(not segmenter(), reason="rjieba is not installed")


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


@all_cases(
    ("source", "strong"),
    [
        ("**重点（x）**是", ["重点（x）"]),
        ("**注意力机制（Attention）**是核心。这是**“重点”**。", ["注意力机制（Attention）", "“重点”"]),
        ("Git**（注：不是GitHub）**", ["（注：不是GitHub）"]),
        ("~~（旧）~~新", ["（旧）"]),
        ("**“注意力”**attention 与 **‘查询’**query", ["“注意力”", "‘查询’"]),
        ("attention**“注意力”**，**另见……**etc", ["“注意力”", "另见……"]),
        ('中**"b"**c, a**“b”**c', ['"b"', "“b”"]),
        ("a**\"b\"**c and **d**, x **'e'**s", ['"b"', "d", "'e'"]),
        ('2**"b"*c', []),
        ('a***"b"***', []),
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


@all_cases(
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


@NEEDS_SEGMENTER
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("训练误差为零以后", "训练|误差|为零以后"),
        ("从核函数到深拷贝", "从核函数|到深拷贝"),
        ("三个小参数的含义", "三个|小参数的|含义"),
        ("反向传播也是前缀和", "反向传播|也是前缀和"),
        ("用了相同的训练数据", "用了|相同的|训练|数据"),
        ("HiPPO-LegS 的离散化与实现", "HiPPO-LegS 的|离散化|与实现"),
        ("第二阶段：软提示", "第二阶段：软提示"),
        ("不用损失的均衡器，", "不用|损失的|均衡器，"),
        ("Attention is all you need", "Attention is all you need"),
        ("", ""),
    ],
)
def test_phrases_of_chinese(text: str, shown: str) -> None:
    assert "|".join(phrases(text)) == shown
    assert "".join(phrases(text)) == text


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("策略 and 归", []),
        ("归一化、学习：再", []),
        ("KL 散度", []),
        ("KL 与熵", []),
        ("KL 熵与", ["熵与"]),
        ("归一化与", ["归一化与"]),
        ("理解大", ["理解大"]),
        ("KL 归一化", ["归一化"]),
        ("了归一", ["了归一"]),
        ("学习率", []),
        ("学习率表", ["学习率表"]),
    ],
)
def test_words_are_asked_for_where_they_decide_over_a_break(text: str, asked: list[str]) -> None:
    parts: list[str] = []

    def words_of(part: str) -> list[str]:
        parts.append(part)
        return list(part)

    assert "".join(phrases(text, words_of)) == text
    assert parts == asked


@NEEDS_SEGMENTER
def test_only_what_is_new_between_spaces_is_segmented_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = FragmentCache()
    assert cached_phrases(before)("HiPPO-LegS 的离散化与实现") == ["HiPPO-LegS 的", "离散化", "与实现"]
    monkeypatch.delattr("rjieba.cut")
    after = FragmentCache(before.used)
    assert cached_phrases(after)("Again 的离散化与实现") == ["Again 的", "离散化", "与实现"]
    assert after.used == before.used
    with pytest.raises(AttributeError):
        cached_phrases(after)("HiPPO-LegS 的实现")


WORDS = """\
## 误差怎样穿过 *矩阵乘法* 与 $x$

## 短的标题

| 训练误差界的推导 | 短 |
|---|---|
| 远处权重的上界不变 | `变量` |

正文里的训练误差没有断点。
"""


def _site(root: Path, language: str = "zh-CN") -> SiteTest:
    site = SiteTest(root).write("site.yaml", f"title: T\nlanguage: {language}\noutputs: {{markdown: true}}\n")
    return site.note("a", WORDS, title="四比特量化的误差")


@NEEDS_SEGMENTER
def test_a_title_with_marks_ends_its_lines_there(tmp_path: Path) -> None:
    site = _site(tmp_path)
    site.installed = Installed(segmenter=segmenter)
    site.note("b", "Text.", title="Adam 与 AdamW：偏差修正与解耦的权重衰减")
    site.note("c", "Text.", title="很长：这一句没有标点所以要在词与词之间换行才行")
    site.build()
    assert '<h1 class="p-name">Adam 与 AdamW：偏差修正与解耦的权重衰减</h1>' in site.html("posts/b/index.html")
    assert '<h1 class="p-name">很长：这一句<wbr>没有<wbr>标点' in site.html("posts/c/index.html")


@NEEDS_SEGMENTER
def test_titles_headings_and_cells_in_chinese_break_between_words(tmp_path: Path) -> None:
    site = _site(tmp_path)
    site.installed = Installed(segmenter=segmenter)
    html = site.build().expect_clean().html("posts/a/index.html")
    assert '<h1 class="p-name">四比特<wbr>量化的<wbr>误差</h1>' in html
    assert "<title>四比特量化的误差 · T</title>" in html
    assert 'id="误差怎样穿过-矩阵乘法-与-x"' in html
    assert '误差<wbr>怎样<wbr>穿过 <em class="han">矩阵<wbr>乘法</em> 与 <math>' in html
    assert ">短的标题<" in html
    assert "训练<wbr>误差界的<wbr>推导</th>" in html
    assert "<td>远处<wbr>权重的<wbr>上界<wbr>不变</td>" in html
    assert "<p>正文里的训练误差没有断点。</p>" in html
    assert "wbr" not in site.html("posts/a/index.md")


@NEEDS_SEGMENTER
def test_other_languages_and_sites_without_a_segmenter_have_no_breaks(tmp_path: Path) -> None:
    assert "<wbr>" not in _site(tmp_path / "without").build().html("posts/a/index.html")
    japanese = _site(tmp_path / "japanese", "ja")
    japanese.installed = Installed(segmenter=segmenter)
    assert "<wbr>" not in japanese.build().html("posts/a/index.html")


def test_emphasis_keeps_the_classes_that_it_was_given(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("site.yaml", "title: T\nlanguage: zh-CN\n").note("a", "*强调*{:.note}")
    assert '<em class="note han">强调</em>' in site.build().html("posts/a/index.html")
