r"""The MathML of both engines says in browsers' words what they would show wrongly."""

import re

import pytest

from notegen.math.mathml.normalize import adjust
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from tests.support.cases import all_cases
from tests.support.katex import ONLY_KATEX, both_engines, needs_katex


def mathml(latex: str) -> str:
    """Return the MathML of a display without its annotation."""
    rendered = render_formulas([Snippet(latex, display=True)], {}).formulas[0]
    assert rendered.html.startswith("<math"), latex
    return re.sub(r"<annotation.*", "", rendered.html, flags=re.DOTALL)


@both_engines
def test_a_sized_delimiter_with_scripts_stands_in_a_row(other: str) -> None:
    html = mathml(rf"\bigl( x \bigr)^\top {other}")
    assert re.search(r"<msup><mrow><mo [^>]*minsize=[^>]*>\)</mo></mrow>", html)


@both_engines
@pytest.mark.parametrize("letter", ["i", "j"])
def test_letters_lose_their_dots_under_accents(other: str, letter: str) -> None:
    dotless = {"i": "ı", "j": "ȷ"}[letter]
    assert f"<mi>{dotless}</mi>" in mathml(rf"\hat{{{letter}}} {other}")
    for command in (r"\underline", r"\overline", r"\overset{a}", r"\widehat", "2^"):
        assert f"<mi>{letter}</mi>" in mathml(rf"\hat{{x}} {command}{{{letter}}} {other}")


@both_engines
def test_accents_have_the_same_characters(other: str) -> None:
    names = "hat bar tilde vec dot ddot check breve acute grave mathring".split()
    html = mathml("".join(rf"\{name}{{x}}" for name in names) + other)
    found = re.findall(r"<mi>x</mi><mo([^>]*)>(.)</mo></mover>", html)
    assert "".join(char for _, char in found) == "ˆ¯˜\u20d7˙¨ˇ˘´`˚"
    assert [char for attributes, char in found if char in "ˆ¯˜\u20d7ˇ" and 'stretchy="false"' not in attributes] == []


@both_engines
def test_wide_accents_have_the_characters_that_stretch(other: str) -> None:
    for command, char in ((r"\widetilde", "˜"), (r"\widecheck", "ˇ"), (r"\widehat", "\u0302"), (r"\overline", "‾")):
        assert f'<mo stretchy="true">{char}</mo></mover>' in mathml(rf"{command}{{AB}} {other}")
    assert '<mo stretchy="true">_</mo></munder>' in mathml(rf"\underline{{AB}} {other}")


@both_engines
def test_operators_in_scripts_have_no_space_around_them(other: str) -> None:
    for latex in (rf"x_{{i=1}} {other}", rf"\sum_{{i=1}} {other}"):
        assert re.findall(r"<mo[^>]*>=</mo>", mathml(latex)) == ['<mo lspace="0" rspace="0">=</mo>']
    assert "<mo>=</mo>" in mathml(rf"x = 1 {other}")


def test_dots_alone_in_a_cell_have_none_either() -> None:
    html = mathml(r"\begin{matrix} \vdots & \cdots \\ \ddots & x \end{matrix}")
    assert re.findall(r'<mtd><mo lspace="0" rspace="0">(.)</mo></mtd>', html) == ["⋮", "⋯", "⋱"]


def test_a_line_below_the_last_row_is_the_table_s() -> None:
    html = mathml(r"\begin{array}{c|c} a & b \\ \hline c & d \\ \hline \end{array}")
    assert html.count("<mtr>") == 2
    assert re.search(r'<mtable style="border-bottom: [^"]*"', html)
    inner = mathml(r"\begin{array}{c} \begin{array}{c} x \\ \hline \end{array} \\ y \end{array}")
    assert inner.count("<mtr>") == 3
    assert inner.count("border-bottom") == 1
    assert inner.index("border-bottom") > inner.index("<mtd>")


@needs_katex
def test_strokes_of_katex_are_drawn_by_rows() -> None:
    assert '<mrow class="menclose-horizontalstrike"></mrow>' in mathml(r"\sout{x}")


@both_engines
def test_lapped_boxes_shift_by_their_own_width(other: str) -> None:
    assert "translateX(-100%)" in mathml(r"\mathllap{x} y" + other)
    assert "translateX(-50%)" in mathml(r"\mathclap{x} y" + other)
    assert "translateX" not in mathml(r"\mathrlap{x} y" + other)


@both_engines
def test_colour_boxes_have_room_on_all_sides(other: str) -> None:
    html = mathml(r"\colorbox{yellow}{x}" + other)
    assert '<mpadded mathbackground="#ffff00" style="padding: 3pt 3pt;">' in html


@both_engines
def test_a_circled_letter_is_inside_its_circle(other: str) -> None:
    assert mathml(r"\textcircled{a}" + other).count('<menclose notation="circle">') == 1


@all_cases("latex", [r"\color{#f00}{x}", r"\color{#FF0000} x", r"\textcolor{#f00}{x}"])
def test_colours_in_digits_need_no_second_engine(latex: str) -> None:
    rendered = render_formulas([Snippet(latex, display=False)], {}).formulas[0]
    assert (rendered.engine, "#FF0000" in rendered.html) == ("math-core", True)


@needs_katex
def test_colours_in_digits_reach_katex_too() -> None:
    assert "#56b4e9" in mathml(rf"\color{{#56b4e9}}{{x}} {ONLY_KATEX}")


@all_cases("latex", ["x", r"f\colon A", r"\frac{a}{b}", r"\text{<mi>i</mi>}", r"\hat{x} \bar{\imath}"])
def test_ordinary_mathml_is_left_alone(latex: str) -> None:
    html = mathml(latex)
    assert adjust(html) == html


def test_colon_is_punctuation() -> None:
    assert re.search(r'<mo [^>]*lspace="0" rspace="0.1667em"[^>]*>:</mo>', mathml(r"f\colon A \to B"))


def test_rows_of_an_alignment_have_as_many_cells_and_words_stand_across_them() -> None:
    html = mathml(r"\begin{align} a &= b \\ \intertext{so $x$} c &= d && \text{e} \\ \text{f} &= g \end{align}")
    rows = html.split("</mtr>")[:-1]
    assert [row.count("<mtd") for row in rows] == [6, 2, 6, 6]
    across = '<mtr><mtd style="width: 50%"></mtd><mtd columnspan="5" style="text-align: left;'
    assert rows[1].startswith(across)
    assert rows[1].endswith("</mrow></mtd>")
    assert [row.rfind('class="math-tag"') > row.rfind("<mtd") for row in rows] == [True, False, True, True]
