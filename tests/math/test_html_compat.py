r"""The MathML of both engines is what validators take: attributes where MathML 3 has them, every base one element."""

import re

import pytest

from notegen.math.mathml.html_compat import validated
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from tests.support.cases import all_cases
from tests.support.katex import ONLY_KATEX, both_engines, needs_katex
from tests.support.mathml import faults
from tests.support.paths import ROOT

PLACES = ("tests/browser", "tests/fixtures/math", "tests/fixtures/math_engine", "content/posts")
DISPLAY = re.compile(r"\$\$(.+?)\$\$|(?<![$\\])\$(?![\s$])([^$\n]+)(?<!\s)\$(?!\$)", re.DOTALL)


def mathml(latex: str) -> str:
    """Return the MathML of a display without its annotation."""
    html = render_formulas([Snippet(latex, display=True)], {}).formulas[0].html
    assert html.startswith("<math"), latex
    return html.partition("<annotation")[0].partition("<semantics>")[2]


@pytest.mark.slow
def test_every_formula_of_the_tests_and_the_example_blog_is_valid() -> None:
    texts = [path.read_text("utf-8") for place in PLACES for path in sorted((ROOT / place).rglob("*.md"))]
    found = {Snippet(a or b, bool(a)) for text in texts for a, b in DISPLAY.findall(text) if r"\label" not in a + b}
    snippets = sorted(found, key=lambda item: (item.latex, item.display))
    formulas = render_formulas(snippets, {}).formulas
    shown = [(item.latex, done.html) for item, done in zip(snippets, formulas, strict=True) if done.html[:5] == "<math"]
    assert len(shown) > 700
    assert [(latex, wrong) for latex, html in shown if (wrong := faults(html))] == []


@both_engines
@pytest.mark.parametrize(
    "latex",
    [
        r"\dfrac{a}{b} + \tfrac{a}{b} + \cfrac{1}{1+\cfrac{1}{2}}",
        r"\dbinom{n}{k} \tbinom{n}{k} \genfrac(]{2pt}{0}{a}{b}",
        r"\frac{\displaystyle\sum_i}{\textstyle\int} x^{\displaystyle y}",
        r"\begin{aligned} a &= \dfrac{b}{c} \\ &= \left\{\begin{array}{c} d \\ e \end{array}\right. \end{aligned}",
        r"x_{\begin{aligned} a &= b \end{aligned}} \begin{cases} a & b \end{cases}",
        r"a \hskip 3cm b \kern 2pt c \mkern 3mu \hspace{-1em} d \! e \quad f",
        r"h\raisebox{2pt}{ighe}r \rule[1pt]{1em}{2pt}",
        r"\textcolor{tomato}{x} \color{orange} y \colorbox{aqua}{$z$} \textcolor{#f00}{w}",
        r"\hat{\operatorname{q}}_i \overset{!}{\operatorname{D}} \sqrt[3]{\dfrac{a}{b}}",
        r"\begin{smallmatrix} a & b \end{smallmatrix} \boxed{\cancel{x}} \xrightarrow[b]{a} \underbrace{x}_n",
    ],
)
def test_what_the_engines_say_in_words_of_their_own_is_valid(latex: str, other: str) -> None:
    assert faults(render_formulas([Snippet(latex + other, display=True)], {}).formulas[0].html) == []


@all_cases(
    ("given", "expected"),
    [
        (
            '<mtable displaystyle="true" scriptlevel="0"><mtr></mtr></mtable>',
            '<mtable displaystyle="true"><mtr></mtr></mtable>',
        ),
        (
            '<msub><mi>x</mi><mtable displaystyle="true" scriptlevel="0" style="y"></mtable></msub>',
            '<msub><mi>x</mi><mstyle scriptlevel="0"><mtable displaystyle="true" style="y"></mtable></mstyle></msub>',
        ),
        (
            '<mrow><mfrac linethickness="0" displaystyle="true"><mi>n</mi><mi>k</mi></mfrac></mrow>',
            '<mrow><mstyle displaystyle="true"><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac></mstyle></mrow>',
        ),
        (
            '<mrow displaystyle="true" scriptlevel="0"><mrow><mo>∑</mo></mrow></mrow>',
            '<mstyle displaystyle="true" scriptlevel="0"><mrow><mo>∑</mo></mrow></mstyle>',
        ),
        ('<mspace width="3.6rem" style="width:3.6rem"/>', '<mspace style="width:3.6rem"/>'),
        ("<mrow><mi>x</mi></mrow>", "<mrow><mi>x</mi></mrow>"),
    ],
)
def test_styles_move_to_elements_that_may_carry_them(given: str, expected: str) -> None:
    assert validated(given) == expected


@needs_katex
def test_an_operator_under_an_accent_is_one_base() -> None:
    assert re.search(r"<mover[^>]*><mrow>.*?q.*?</mrow><mo", mathml(r"\hat{\operatorname{q}}" + ONLY_KATEX))


@both_engines
def test_a_colour_that_no_browser_knows_is_left_out(other: str) -> None:
    assert "tomato" not in mathml(r"\textcolor{tomato}{x}" + other)
    assert "#ff6347" in mathml(r"\textcolor{tomato}{x}" + other).lower()
    assert "color" not in mathml(r"\textcolor{mine}{x}" + other)
