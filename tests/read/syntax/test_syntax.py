"""Callouts, figures, marks, comments, block ids, tags, attributes, emoji, and leftovers of template languages."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from notegen.model.codes import CODES
from notegen.read.syntax.callouts.callouts import anchor_of
from notegen.read.syntax.parse_state import parse_state
from notegen.read.token_data import ANCHOR, CALLOUT, PLACE, WIKI_TARGET, Callout, Place, WikiTarget
from tests.support.cases import all_cases
from tests.support.html import elements
from tests.support.limits import HANG, assert_linear, ends
from tests.support.math_fixtures import walk
from tests.support.syntax_fixtures import FOLDER, Case, load_cases, syntax_parser, whole_parser

_FILES = [path.stem for path in sorted(FOLDER.glob("*.md")) if path.stem not in {"callouts_en", "code_options"}]
_CASES = [pytest.param(case, id=f"{name}: {case.title}") for name in _FILES for case in load_cases(f"{name}.md")]
_MD = syntax_parser()
_MATH_MD = whole_parser()


@all_cases("case", _CASES)
def test_fixture(case: Case) -> None:
    assert _MD.render(case.source).rstrip("\n") == case.expected


@pytest.mark.parametrize("case", load_cases("callouts_en.md"), ids=lambda case: case.title)
def test_english_titles(case: Case) -> None:
    assert syntax_parser("en-GB").render(case.source).rstrip("\n") == case.expected


def _problems(source: str) -> list[tuple[str, int, int, int]]:
    env: dict[str, Any] = {}
    _MD.parse(source, env)
    reports = parse_state(env).reports
    assert all(report.code in CODES for report in reports)
    return [(report.code, report.line, report.column, report.length) for report in reports]


@all_cases(
    ("source", "problems"),
    [
        ("> [!theorem|thm:a]\n\n> [!lemma] x {#thm:a}", [("label-duplicate", 3, 0, 1)]),
        ("<script>{{ x }}</script>\n\n<!-- {% x %} -->\n\n`{% x %}`\n\n    {{ y }}", []),
        ("[a]({{ site.baseurl }}/x) {% asset_img a.png %} {% raw %}{{ x }}{% endraw %}", []),
        ("x\n\n{% youtube a %} {{< vimeo b >}}", []),
        ("> 图 ![](my pic.png)", [("link-space", 1, 5, 15)]),
        ("`:::` `:ref:` [@b](c) 如下:`x` 10:30:`x`\n\n```\n::: a\n:ref:`x`\n```", []),
        ("<!-- <d-x> -->\n\n<annotation-xml>x</annotation-xml> <a-b@c.example>", []),
    ],
)
def test_problems_say_where(source: str, problems: list[tuple[str, int, int, int]]) -> None:
    assert _problems(source) == problems


def test_callouts_tell_what_references_show() -> None:
    tokens = _MD.parse("> [!theorem|thm:a] A\n\n> [!Lemma] 引理 2.3\n\n> [!proof]\n> x")
    assert [(CALLOUT.of(token), ANCHOR.of(token)) for token in tokens if token.type == "callout_open"] == [
        (Callout("theorem", "1", "thm:a", "定理 1"), "thm-a"),
        (Callout("lemma", "2.3", "", "引理 2.3"), ""),
        (Callout("proof", "", "", "证明"), ""),
    ]
    assert anchor_of("def:熵 (1)") == "def-熵--1-"


def test_each_note_is_counted_anew() -> None:
    source = "> [!theorem]\n> x"
    assert _MD.render(source) == _MD.render(source)


def test_post_links_are_found_by_name() -> None:
    found = list(walk(_MD.parse('见 {% post_link 2024-a#b "文 字" %} {% post_link c %}')))
    links = [token for token in found if token.type == "wikilink_open"]
    assert [(WIKI_TARGET.of(token), PLACE.of(token)) for token in links] == [
        (WikiTarget("2024-a", "b", has_text=True), Place(0, 2)),
        (WikiTarget("c", titled=True), Place(0, 33)),
    ]
    assert "文 字" in [token.content for token in found]


def test_hashtags_are_collected_in_order() -> None:
    env: dict[str, Any] = {}
    _MD.parse("#b #a/c\n\n- #b `#code` #1", env)
    assert list(parse_state(env).hashtags) == ["b", "a/c"]


def test_block_ids_are_anchors() -> None:
    tokens = _MD.parse("a ^x\n\n```\nc\n```\n\n^y\n\n# t {#z}")
    assert [ANCHOR.of(token) for token in tokens if ANCHOR.of(token)] == ["x", "y"]


def test_a_highlight_tag_keeps_its_options() -> None:
    tokens = _MD.parse('{{< highlight python "linenos=table,hl_lines=2" >}}\nx\n{{< /highlight >}}')
    assert [(token.info, token.content) for token in tokens] == [("python {linenos=table,hl_lines=2}", "x\n")]


_WITH_FORMULAS = [
    ("> [!note] 设 $a==b==c$ 与 $x^{{a}}$\n> $y$", ["a==b==c", "x^{{a}}", "y"]),
    ("> [!theorem|t] $\\{x\\}$ {#y}\n> $$\n> z\n> $$", ["\\{x\\}", "z"]),
    ('![a](b.png "图 $\\{y\\}$ 与 $a_1*b*$")', ["\\{y\\}", "a_1*b*"]),
    ("==a $x==y$ b== %%c $z$%% $a %% b$ $c %% d$", ["x==y", "a %% b", "c %% d"]),
    ("$x$ ^id\n\n$a ^b$\n\n$$\nx\n$$\n\n^f", ["x", "a ^b", "x"]),
    ("$#a$ $\\{%a%\\}$ #c", ["#a", "\\{%a%\\}"]),
    ("# 设 $f{x}$ {#s}\n\n$x${.k} **$y$**{:.k}", ["f{x}", "x", "y"]),
    ("$a:smile:b$ :smile:", ["a:smile:b"]),
    ("{% note 设$k$ %}\n$x$\n{% endnote %}\n\n{% raw %}${{x}}$ {{y}}{% endraw %}", ["k", "x", "{{x}}"]),
    ('{{< figure src="a.png" caption="设 $x_1$" >}}', ["x_1"]),
    ('{% include sidenote.html note="设 $x_1$" %}', ["x_1"]),
    ("$$\n{{x}} %% {: .a}\n$$\n{: .wide}", ["{{x}} %% {: .a}"]),
]


@all_cases(("source", "formulas"), _WITH_FORMULAS, ids=[source for source, _ in _WITH_FORMULAS])
def test_formulas_are_never_touched(source: str, formulas: list[str]) -> None:
    tokens = list(walk(_MATH_MD.parse(source)))
    assert [token.content for token in tokens if token.type in {"math_inline", "math_block"}] == formulas


@all_cases(
    "source",
    [
        "> [!note] 题 $x$",
        "- > [!theorem|a]- 题 $x$ {#b}",
        '> ![a](b.png "题 $x$")',
        '- ![a](b.png "题 $x$"){.k}',
        "{% note info $x$ %}\nz\n{% endnote %}",
        "# 题 $x$ {#id}",
        "a\n题 $x$ ^id",
    ],
)
def test_formulas_keep_their_places(source: str) -> None:
    lines = source.split("\n")
    formula = next(token for token in walk(_MATH_MD.parse(source)) if token.type == "math_inline")
    place = PLACE.of(formula)
    assert place is not None
    assert lines[place.line][place.column] == "x"


def _balanced(tokens: list[Token]) -> bool:
    depth = 0
    for token in tokens:
        depth += token.nesting
        if depth < 0 or not _balanced(token.children or []):
            return False
    return depth == 0


_PIECES = (
    *("\n", "\n\n", "\n> ", "\n> > ", "\n- ", "\n1. ", "\n# ", "    ", " ", "\n```\n", "\n---\n", "|a|b|\n|-|-|\n"),
    *(
        "[!note] ",
        "[!tip]- ",
        "[!theorem|a:b] ",
        "[!x]+",
        " {#thm:a}",
        "{.k}",
        "{:.k}",
        "{: .k #i}",
        "{:toc}",
        "{: toc}\n",
    ),
    *(
        "\n::: tip T\n",
        "\n:::\n",
        "\n:::: a\n",
        "\n::::\n",
        "::: {.b #c}",
        '\n!!! note "T"\n',
        "\n??? x\n",
        "\n[TOC]\n",
    ),
    *('<div markdown="1">', '\n<p markdown="1">', "</div>", "\n</div>\n", "</p>", "{% cq %}", "{% endcq %}", "<d-x>"),
    *("{% blockquote a, b %}", "{% endblockquote %}", "![](a b.png)", "[a](b c.md)", "{% youtube a %}", ":ref:`x`"),
    *("==", "===", "%%", "**", "*", "~~", "`", "``", "$", "$$", "\\", "^id", " ^id", "#tag", "#", ":smile:", ":"),
    *(
        '![a](b "t")',
        '"t")',
        "![",
        "[a](",
        ")",
        "](b)",
        "[",
        "]",
        "#dark)",
        "![](a#dark) ",
        "![](a#light 't')",
        "[r]: ",
    ),
    *("{% note info %}", "{% endnote %}", "{% raw %}", "{% endraw %}", "{% comment %}", "{% endcomment %}", "{% x %}"),
    *('{% asset_img a.png "t" %}', "{% post_link a b %}", "{% include figure.html path='a' %}", "{%", "%}", "{{", "}}"),
    *(
        '{{< figure src="a" title="t" >}}',
        "{{< figure",
        ">}}",
        "{{< highlight a >}}",
        "{{< /highlight >}}",
        "{{ site.url }}",
    ),
    *(
        "{{% notice tip %}}",
        "{{% /notice %}}",
        "{{< details >}}",
        "{{< /details >}}",
        "中",
        "a",
        "b=c",
        "（",
        "<b>",
        "&lt;",
    ),
)
_SOURCE = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(_SOURCE)
def test_no_text_crashes_and_html_is_balanced(source: str) -> None:
    assert _balanced(_MATH_MD.parse(source))
    elements(syntax_parser(html=False).render(source))


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("[]!>{}:%#.=\"'<^|-*`$ \nab中"), max_size=60))
def test_no_letters_crash(source: str) -> None:
    assert _balanced(_MATH_MD.parse(source))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{% note %}\n", "{% endnote %}\n"),
        ("{% raw %}\n```\n```\n", "{% endraw %}\n"),
        ("{{< details >}}\n", "{{< /details >}}\n"),
        ("> ", "[!note] x"),
        ("::: a\n", ":::\n"),
        ("::: tip\n", ":::\n"),
        ('<div markdown="1">\n', "</div>\n"),
        ('<div><div markdown="1">\n', "</div>\n"),
        ("{% cq %}\n", "{% endcq %}\n"),
        ("[a ", "](b c.md)"),
        ("[{% raw %}", "{% endraw %}](a)"),
        ("[%%", "%%`](a)"),
        ("*{:.a}==", "==*{:.a}"),
    ],
)
def test_deep_nesting_does_not_crash(opening: str, closing: str) -> None:
    assert _balanced(_MATH_MD.parse(opening * 3000 + closing * 3000))


_LONG = {
    "open callouts": "> [!note] a\n\n",
    "labels": "> [!theorem|a] b\n\n",
    "marks": "==a ",
    "paired marks": "==a==",
    "open comments": "%%a `%%` ",
    "open blocks": "%%a\n\n```\n~~~\n```\n\n",
    "ids": "a ^b\n\n^c\n\n",
    "hashtags": "#a/",
    "open lists of attributes": "`a`{.a ",
    "attributes": "`a`{.a}",
    "emphasis with attributes": "*a*{:.a}",
    "lines of attributes": "a\n{: .b}\n",
    "open tags": "{% note %}\n\n",
    "open tags on a line": "{{< a ",
    "unknown tags": "{{ a }} ",
    "raw": "{% raw %} ",
    "titles": '![a](b "c" ',
    "quotes": '"a" ',
    "figures": '![a](b "c")\n\n',
    "links with tags": "[a]({{ site.url }} ",
    "colons": ":a",
    "open figures": "{{< figure\n",
    "open containers": "::: a\n",
    "containers of many sizes": "::: a\n:::::\n:::: b\n",
    "containers": "::: tip\n:::\n",
    "admonitions": "!!! note\n\n",
    "open elements": '<div markdown="1">\n',
    "open elements, apart": '<div markdown="1">\n\n',
    "elements": '<div markdown="1">\n</div>\n',
    "elements on a line": '<div markdown="1"></div>',
    "quotes on a line": "{% cq %}a{% endcq %}\n",
    "open quotes": "{% cq %}a\n",
    "links with spaces": "[a](b c.md) ",
    "open links with spaces": "[a](b c.md",
    "custom elements": "<a-b> ",
    "roles": ":ref:`x` ",
}


@pytest.mark.slow
@pytest.mark.parametrize("piece", _LONG.values(), ids=_LONG)
def test_long_texts_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: _MD.parse(piece * (size // len(piece))), 600)
    with ends(HANG / 16):  # quadratic work on a quarter of what HANG is meant for
        _MD.parse(piece * (20_000 // len(piece)))
