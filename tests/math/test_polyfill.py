r"""What math-core lacks is said in its own words: the MathML of each rule, the places of mistakes, nothing left behind.

KaTeX is hidden, so whatever is rendered comes from math-core. In the fixtures a `Q` stands for any content.
"""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from notegen.math import math_core
from notegen.math.latex.tokens import is_word
from notegen.math.polyfill.fill import fill_polyfills
from notegen.math.polyfill.rules import RULES
from notegen.math.render import render_formulas
from notegen.math.types import Rendered, Snippet
from tests.support.cases import all_cases
from tests.support.katex import needs_katex, no_katex
from tests.support.limits import assert_linear
from tests.support.mathml import faults
from tests.support.paths import FIXTURES
from tests.support.strategies import bounded

CASES = [
    (title, latex.removesuffix("\n"), shown)
    for _, title, latex, shown in read_fixture_file(FIXTURES / "math_engine" / "polyfills.md")
]
ONLY_KATEX = [
    (title, latex.removesuffix("\n"), reason.strip())
    for _, title, latex, reason in read_fixture_file(FIXTURES / "math_engine" / "only_katex.md")
]
ANNOTATION = re.compile(r'<annotation encoding="application/x-tex">(.*?)</annotation>', re.DOTALL)
MARKER = "ngx"


def render(latex: str, *, display: bool = True) -> Rendered:
    with no_katex():
        return render_formulas([Snippet(latex, display)], {}, katex=None).formulas[0]


def content(rendered: Rendered) -> str:
    """Return the MathML without its annotation."""
    return rendered.html.partition("<semantics>")[2].partition("<annotation")[0]


@all_cases(("title", "latex", "shown"), CASES)
def test_the_mathml_of_a_polyfill(title: str, latex: str, shown: str) -> None:
    rendered = render(latex)
    assert (rendered.engine, content(rendered)) == ("math-core", shown.strip()), title
    assert faults(rendered.html) == []
    assert [unescape(source) for source in ANNOTATION.findall(rendered.html)] == [latex]


@all_cases(("title", "latex", "shown"), CASES)
def test_every_case_is_one_that_math_core_rejects_or_shows_wrongly(title: str, latex: str, shown: str) -> None:
    given = math_core.to_mathml(math_core.engine(), latex, display=True)
    assert isinstance(given, math_core.Failure) or (given != shown and r"\mathop" in latex), title


@all_cases(("_title", "latex", "_shown"), CASES)
def test_a_mistake_inside_stands_where_the_author_made_it(_title: str, latex: str, _shown: str) -> None:
    places = [found.start() for found in re.finditer("Q", latex)]
    for place in places or [len(latex)]:
        broken = f"{latex[:place]}\\nope {latex[place:]}"
        if re.search(r"\\verb\S[^Q]*Q[^Q]*$", broken):
            continue
        found = [(problem.message, problem.offset, problem.length) for problem in render(broken).problems]
        assert found == [(r"undefined command \nope", place, 5)]


@all_cases(("_title", "latex", "_shown"), CASES)
def test_mistakes_before_and_behind_too(_title: str, latex: str, _shown: str) -> None:
    for broken, place in ((rf"\nope {latex}", 0), (rf"{{{latex}}} \nope", len(latex) + 3)):
        if r"\begin{alignat}" in latex or r"\tag" in latex:  # which stand alone
            continue
        assert [problem.offset for problem in render(broken).problems] == [place]


def test_every_rule_has_a_case() -> None:
    texts = "\n".join(latex for _, latex, _ in CASES)
    ends = {name for name in RULES if name.startswith(r"\end")}
    sizes = {rf"\{name}" for name in "sixptsize scriptsize footnotesize Large LARGE huge".split()}
    big = {rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "m", "r")}
    alike = {*sizes, *big, r"\begin{bmatrix*}", r"\begin{Bmatrix*}", r"\begin{Vmatrix*}", r"\begin{alignat*}", "\\\t"}
    alike |= {r"\mkern", r"\hskip", r"\KaTeX", r"\textrm", r"\textsf", r"\texttt", r"\emph", r"\operatornamewithlimits"}
    alike |= {r"\middle", r"\fcolorbox"}
    there = {name for name in RULES if re.search(re.escape(name) + ("(?![a-zA-Z])" if is_word(name) else ""), texts)}
    assert RULES.keys() - ends - alike - there == set()


@all_cases("command", ["sixptsize", "scriptsize", "footnotesize", "Large", "LARGE", "huge"])
def test_sizes_grow(command: str) -> None:
    order = "tiny sixptsize scriptsize footnotesize small normalsize large Large LARGE huge Huge".split()
    factors = [float(re.findall(r'mathsize="([\d.]+)em"', render(rf"\{name} x").html)[0]) for name in order]
    assert factors == sorted(set(factors))
    assert factors[order.index("normalsize")] == 1
    assert command in order


@needs_katex
@all_cases(("title", "latex", "reason"), ONLY_KATEX)
def test_what_needs_katex_is_known(title: str, latex: str, reason: str) -> None:
    """The fixture lists what is lost without KaTeX."""
    assert render_formulas([Snippet(latex, display=True)], {}).formulas[0].engine == "katex", title
    assert [problem.message for problem in render(latex).problems] == [reason]


@all_cases(
    "latex",
    [
        r"\rule{1em}{wide}",
        r"\raisebox{high}{x}",
        r"\colorbox{#12}{x}",
        r"\begin{pmatrix*}[lr] a \end{pmatrix*}",
        r"\char x",
        r"\char999999999",
        r"\verb|x",
        r"\smash",
        r"\substack",
        r"\text{$x}",
        r"\mathop",
    ],
)
def test_what_makes_no_sense_is_a_mistake(latex: str) -> None:
    (problem,) = render(f"ab {latex}").problems
    assert problem.offset >= 3 - (latex == r"\text{$x}")


def test_text_without_anything_special_is_left_to_math_core() -> None:
    assert content(render(r"\nobreak \text{a \textbf{b} {c}}")) == (
        "<mrow><mtext>a\u00a0</mtext><mtext><b>b</b></mtext><mtext>\u00a0c</mtext></mrow>"
    )


def test_marks_that_are_not_where_they_were_put_are_no_formula() -> None:
    for html in (
        f"<mi>x</mi><mtext>{MARKER}pc{MARKER}</mtext>",
        f"<mtext>{MARKER}po/smash/tb{MARKER}</mtext><mi>x</mi>",
        f"<mtext>a {MARKER}pa/smallint{MARKER}</mtext>",
    ):
        assert fill_polyfills(html, MARKER) is None
    assert fill_polyfills("<mi>x</mi>", MARKER) == "<mi>x</mi>"


def test_operators_inside_operators_take_linear_space() -> None:
    def nested(depth: int) -> str:
        return r"\mathop{a" * depth + "b" + "}_c^d" * depth

    sizes = [len(render(nested(depth)).html) for depth in (5, 10, 20)]
    assert sizes[2] - sizes[1] < 3 * (sizes[1] - sizes[0])


@pytest.mark.parametrize(
    "piece", [r"\large x", r"\mathop{xy}_a^b", r"\text{\bf a $x$}", r"\rule{1em}{1em}", r"\smash{x}"]
)
def test_time_is_linear(piece: str) -> None:
    assert_linear(lambda size: render(piece * size), 60)


PIECES = r"""
\frac \sqrt \left( \right) { } { } [ ] & \\ _ ^ $ ' \text{ \textbf{ \begin{smallmatrix} \end{smallmatrix} \operatorname{
\mathop{ \limits \nolimits \large \small \Huge \smash{ \mathllap{ \rlap{ \colorbox{red}{ \textcolor{tomato}{
\raisebox{1em}{
\textcircled \rule{1em}{2em} \kern{1em} \verb|x| \char65 \substack{ \begin{pmatrix*}[r] \end{pmatrix*} \varlimsup \intop
\begin{alignedat}{2} \end{alignedat} \bf \over \TeX \lt \bigl. \mathbf \mathrm \phantom \hat \overline \binom \vcenter{
\begin{aligned} \end{aligned} \tag{ \label{a} \operatorname* x 1 - = 中 𝒪 ∅ \, \color{red} \displaystyle
"""
LATEX = st.lists(st.sampled_from([*PIECES.split(), " ", "}", "}"]), max_size=16).map("".join)


@bounded(100)
@given(LATEX, st.booleans())
def test_any_formula_is_valid_and_keeps_its_source(latex: str, display: bool) -> None:
    rendered = render(latex, display=display)
    if not rendered.engine:
        assert rendered.problems
        return
    assert faults(rendered.html) == []
    assert [unescape(source) for source in ANNOTATION.findall(rendered.html)] == [latex]
    assert MARKER not in content(rendered)


@bounded(70)
@given(st.lists(st.sampled_from([*PIECES.split(), " ", "}"]), max_size=8).map("".join))
def test_what_is_balanced_inside_a_group_does_not_change_its_neighbours(latex: str) -> None:
    """A formula beside a group with anything in it looks as it does beside another group."""
    whole = render(rf"{{\smash{{x}}}} a + b {{{latex}}}")
    if whole.engine:
        flat = re.sub(r'</?mrow[^>]*>| form="infix"', "", content(whole))
        assert "<mi>a</mi><mo>+</mo><mi>b</mi>" in flat
