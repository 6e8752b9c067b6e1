"""Where lines may end inside formulas."""

import re

from notegen.math import math_core
from notegen.math.mathml.alignments import with_parted_rows
from notegen.math.mathml.line_breaks import with_line_breaks
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from tests.support.cases import all_cases


def parted(latex: str, *, display: bool = False) -> str:
    """Return the text of a formula with `·` where a line may end, brackets around what stays together longer."""
    html = math_core.to_mathml(math_core.engine(), latex, display=display)
    assert isinstance(html, str)
    parts = with_line_breaks(html, display=display)
    if parts is None:
        return ""
    inner = re.sub(r"\A<m(?:row|style)[^>]*>|</m(?:row|style)>\Z", "", parts)
    if "<mtable" in inner[:8]:
        inner = inner[inner.index("</mtd><mtd>") + 11 : inner.rindex("</mtd><mtd ")]
    elif not display:  # all parts but the last are in a row
        assert inner.startswith("<mrow><m")
        inner = inner.removeprefix("<mrow>")
    return text_of(inner)


def text_of(html: str) -> str:
    """Return the parts of a row, the text of each."""
    depth, texts, start = 0, [], 0
    for tag in re.finditer(r"<(/?)\w+[^>]*?(/?)>", html):
        depth += 0 if tag[2] else (-1 if tag[1] else 1)
        if depth < 0:  # the end of the row of all parts but the last
            depth, start = 0, tag.end()
            continue
        if not depth:
            part = html[start : tag.end()]
            start = tag.end()
            inside = re.fullmatch(r'<mrow class="parts">(.*)</mrow>', part)
            text = f"({text_of(inside[1])})" if inside else re.sub(r"<[^>]*>", "", part)
            texts.append(text or "~")
    return "·".join(texts)


@all_cases(
    ("latex", "shown"),
    [
        ("a+b", ""),
        ("x=y", ""),
        ("f(a+b,c+d+e)", ""),
        ("L=a+b+c", "L=·a+·b+c"),
        ("x_1=y_1+z_1,\\quad y\\in X", "x1=·y1+·z1,·y∈X"),
        ("-a+b=-c+d", "−a+·b=·−c+d"),
        ("p(a=b|c)=xy", "p(a=b|c)=·xy"),
        ("|a+b|\\le cd", "|a+b|≤·cd"),
        ("(a+b)^2=cd+e", "(a+b)2=·cd+e"),
        ("a:=b+c+d", "a:=·b+·c+d"),
        (r"\left(a+b\right)+c=d", "(a+b)+·c=d"),
        (r"\color{red}a+b+c=d", "a+·b+·c=d"),
        (r"x=\text{如果 }y+z+w", "x=如果\xa0y+·z+w"),
        (r"a|b=c+d", ""),
        (r"\frac{a+b}{c+d}", ""),
        (r"\eta=8.77\times10^{-5}", "η=·8.77×10−5"),
        (r"x\times10^{5}=y\cdot z", "x×105=·y⋅z"),
        (r"xy\le 2\exp\bigl(-t/d\bigr)=2\exp(-\log(2/d))", "xy≤·2exp⁡(−t/d)=·2exp⁡(−log⁡(2/d))"),
    ],
)
def test_in_a_line_of_text(latex: str, shown: str) -> None:
    assert parted(latex) == shown


@all_cases(
    ("latex", "shown"),
    [
        ("L=a+b", ""),
        ("L=aaaa+bbbb+cccc", "L=aaaa·+bbbb·+cccc"),
        (r"a=bbbbb,\qquad c=ddddd", "a=bbbbb,·~·c=ddddd"),
        ("aaaaaaa=bbb+ccc=ddd", "aaaaaaa·(=bbb·+ccc)·=ddd"),
        (r"\begin{equation}aaaaaaa=bbbb\end{equation}", "aaaaaaa·=bbbb"),
        (r"\begin{align}aaaaaaa&=bbb+cccc\\&=ddd\end{align}", ""),
        (r"\begin{aligned}aaaaaaa&=bbb+cccc\\&=ddd\end{aligned}", ""),
        (r"f(xxxxx)=\begin{cases}a&b\\c&d\end{cases}", "f(xxxxx)·={abcd\u2063"),
        (r"y=f\bigl(aaaaaaa+bbbbbb+\exp(cccc),ddddddd\bigr)", "y=f(aaaaaaa·+bbbbbb·+exp⁡(cccc),·ddddddd)"),
        (r"y=E[\log p(aaaaaaaaaaa=b,c=dddddddddddd)]+F", "(y=E[log⁡p(aaaaaaaaaaa=b,·c=dddddddddddd)])·+F"),
        (r"xxxxxxx=(y+z,a=b)=w", "xxxxxxx·=(y+z,a=b)·=w"),
        (r"\left(aaaaaaaa+bbbbbbb+cccccc+dddddd\right)", ""),
        (r"yyyyyyyy=8\times 10^{-5}\times 6", "yyyyyyyy·(=8×10−5·×6)"),
        (r"\bigl\lVert a+b\bigr\rVert^2,\qquad c=ddddd", "‖a+b‖2,·~·c=ddddd"),
    ],
)
def test_in_a_display(latex: str, shown: str) -> None:
    assert parted(latex, display=True) == shown


def test_a_sign_at_the_edge_of_a_part_stays_one_between_terms() -> None:
    html = render_formulas([Snippet("x+y+z=a+b", display=False)], {}).formulas[0].html
    assert html.startswith('<math class="lines"><semantics><mrow><mrow><mrow><mi>x</mi><mo form="infix">+</mo></mrow>')
    assert html.count("<annotation") == html.count("<math") == 1


def test_a_sign_before_words_alone_is_a_sign_of_its_own() -> None:
    html = render_formulas([Snippet(r"aaaaa=bbbbb+cc+\text{rest}", display=True)], {}).formulas[0].html
    assert '<mrow><mo form="infix">+</mo><mtext>rest</mtext><mi></mi></mrow>' in html


def test_a_tagged_display_parts_in_its_cell() -> None:
    html = render_formulas([Snippet(r"aaaaaaaaa=bbbb+cc \tag{$x$}", display=True)], {}).formulas[0].html
    assert html.startswith('<math display="block" class="lines">')
    assert html.count("<mtd") == html.count("</mtd>") == 3


ROW = r"a&=b+c\\"


def rows_of(latex: str) -> str:
    """Return the text of an alignment's cells, parted, `&` between them; "" where it is left as it is."""
    html = math_core.to_mathml(math_core.engine(), latex, display=True)
    assert isinstance(html, str)
    parted = with_parted_rows(html)
    if parted == html:
        return ""
    assert re.sub("<[^>]*>", "", parted) == re.sub("<[^>]*>", "", html)
    table = parted[parted.index('<mtable class="rows"') :]
    return " ".join(text_of(cell) or "-" for cell in re.findall(r"<mtd style[^>]*>(.*?)</mtd>", table))


@all_cases(
    ("latex", "shown"),
    [
        (r"\begin{aligned} a&=b+c\\&=d \end{aligned}", ""),
        (r"\begin{pmatrix} a&=b+c\\&=d \end{pmatrix}", ""),
        (
            r"\begin{aligned} P(x)&=aaaaaaaaa+bbbbbbbbbbb+ccccccc=d\\&=E[e] \end{aligned}",
            "P(x) (=aaaaaaaaa·+bbbbbbbbbbb·+ccccccc)·=d - =E[e]",
        ),
        (
            r"\begin{equation}\begin{aligned} &aaaaaaa\\&=bbbbbbbbbbbbbbbbbbbbbbbbb+c \end{aligned}\end{equation}",
            "- aaaaaaa - =bbbbbbbbbbbbbbbbbbbbbbbbb·+c (1)",
        ),
    ],
)
def test_long_rows_of_an_alignment_part(latex: str, shown: str) -> None:
    assert rows_of(latex) == shown


def test_a_table_in_a_row_of_an_alignment_stays_whole() -> None:
    cases = r"\begin{cases}a+b&c\\d&e\end{cases}"
    html = (
        render_formulas([Snippet(rf"\begin{{aligned}} y&={cases}+{'z' * 30} \end{{aligned}}", display=True)], {})
        .formulas[0]
        .html
    )
    assert html.startswith('<math display="block"><semantics><mtable class="rows" displaystyle="true">')
    assert html.count("<mtd") == html.count("</mtd>") == 6
    assert html.count("<mrow") == html.count("</mrow>")


def test_time_is_linear() -> None:
    long = math_core.to_mathml(math_core.engine(), "+".join("a" * 10_000), display=True)
    assert isinstance(long, str)
    assert (with_line_breaks(long, display=True) or "").count("infix") == 9_999
    alignment = rf"\begin{{aligned}}{ROW * 5_000}{'d' * 30}\end{{aligned}}"
    rows = math_core.to_mathml(math_core.engine(), alignment, display=True)
    assert isinstance(rows, str)
    assert with_parted_rows(rows).count("<mrow>") > 4_999
