"""Numbers, labels and references of equations: amsmath's rules, the same for both engines, over a whole note."""

import re

from markdown_it.utils import read_fixture_file

from notegen.math.render import render_formulas
from notegen.math.types import Rendering, Snippet
from tests.support.cases import all_cases
from tests.support.katex import needs_katex
from tests.support.paths import FIXTURES

FIXTURE = FIXTURES / "math_engine" / "numbering.md"


def render(*displays: str, numbering: str = "labelled") -> Rendering:
    return render_formulas([Snippet(latex, True) for latex in displays], {}, numbering=numbering, katex=None)


def shown(html: str) -> list[str]:
    """The texts of the cells that hold numbers."""
    return [re.sub("<[^>]*>", "", cell) for cell in re.findall(r'<mtd class="math-tag"[^>]*>(.*?)</mtd>', html)]


@all_cases(("_line", "title", "text", "expected"), read_fixture_file(FIXTURE))
def test_numbers_and_labels(_line: int, title: str, text: str, expected: str) -> None:
    rendering = render(*text.strip().split("\n---\n"))
    found = []
    for item in rendering.formulas:
        labels = f" [{' '.join(item.labels)}]" if item.labels else ""
        found.append((", ".join(item.numbers) or "-") + labels)
    assert found == expected.strip().split("\n"), title


def test_numbers_are_shown_in_parentheses_and_carry_the_label_as_id() -> None:
    html = render(r"\begin{align} a \label{eq:a} \\ b \tag*{B} \\ c \end{align}").formulas[0].html
    assert shown(html) == ["(1)", "B", "(2)"]
    assert html.count(" id=") == 1
    assert '<mtd class="math-tag" style="width: 50%;text-align: right;justify-items: end;" id="eq-a">' in html


@needs_katex
def test_katex_rows_have_the_same_numbers_and_ids() -> None:
    rendering = render(
        r"\begin{equation} a \end{equation}",
        r"\begin{align} {u \above{1pt} v} \\ b \notag \\ c \label{eq:c} \end{align}",
        r"\begin{multline} {u \above{1pt} v} \\ b \end{multline}",
        r"\begin{equation} d \end{equation}",
    )
    assert [item.engine for item in rendering.formulas] == ["math-core", "katex", "katex", "math-core"]
    assert [shown(item.html) for item in rendering.formulas] == [["(1)"], ["(2)", "(3)"], ["(4)"], ["(5)"]]
    assert ' id="eq-c"' in rendering.formulas[1].html
    assert rendering.formulas[1].html.count("width: 100%") == 1


def test_a_tag_may_hold_math_and_chinese() -> None:
    html = render(r"x \tag{式 $x^2$}").formulas[0].html
    assert "(式\N{NO-BREAK SPACE}<" in html
    assert "<msup>" in html[html.index("math-tag") : html.index("<annotation")]


def test_references_go_forwards_and_backwards() -> None:
    rendering = render(
        r"\eqref{eq:b} and \ref{eq:b}", r"\begin{align} a \\ b \label{eq:b} \end{align}", r"\text{由 \eqref{eq:b} 得}"
    )
    link = '<a href="#eq-b">'
    assert f"<mtext>{link}(2)</a></mtext>" in rendering.formulas[0].html
    assert f"<mtext>{link}2</a></mtext>" in rendering.formulas[0].html
    assert f"{link}(2)</a>" in rendering.formulas[2].html
    assert rendering.labels == {"eq:b": "2"}


def test_a_reference_to_nothing_shows_question_marks() -> None:
    rendered = render(r"\eqref{x}").formulas[0]
    assert "<mtext>(??)</mtext>" in rendered.html
    assert [problem.code for problem in rendered.problems] == ["label-unknown"]


def test_of_equal_labels_the_first_wins_and_ids_stay_unique() -> None:
    rendering = render(r"x \label{eq:x}", r"y \label{eq:x}", r"\eqref{eq:x}", r"z \label{x}")
    html = "".join(item.html for item in rendering.formulas)
    assert html.count('id="eq-x"') == 1
    assert rendering.labels == {"eq:x": "1", "x": "3"}
    codes = [[problem.code for problem in item.problems] for item in rendering.formulas]
    assert codes == [[], ["label-duplicate"], [], ["label-duplicate"]]
    assert (rendering.formulas[1].problems[0].offset, rendering.formulas[1].problems[0].length) == (2, 12)


def test_all_displays_are_numbered_when_the_site_says_so() -> None:
    rendering = render(
        "x", r"y \notag", r"\begin{aligned} a \\ b \end{aligned}", r"\begin{align*} a \end{align*}", numbering="all"
    )
    assert [item.numbers for item in rendering.formulas] == [("1",), (), ("2",), ()]
    inline = render_formulas([Snippet("x", False)], {}, numbering="all", katex=None)
    assert inline.formulas[0].numbers == ()


def test_an_inline_label_is_an_anchor_and_an_inline_tag_makes_a_display() -> None:
    rendering = render_formulas([Snippet(r"x\label{a}", False), Snippet(r"x\tag{1}", False)], {}, katex=None)
    assert rendering.formulas[0].html.startswith('<math id="eq-a">')
    assert rendering.formulas[1].html.startswith('<math display="block">')
    assert rendering.labels == {}


def test_two_labels_of_one_row_are_two_ids() -> None:
    html = render(r"\begin{equation} x \label{a} \label{b} \end{equation}").formulas[0].html
    assert ' id="eq-a"' in html
    assert '<mrow id="eq-b">' in html


def test_the_anchor_of_a_formula_that_fails_stays() -> None:
    html = render(r"\undefinedthing \label{a}").formulas[0].html
    assert html.startswith('<code class="math-error"')
    assert ' id="eq-a"' in html


def test_the_marks_of_numbering_never_meet_the_author_s_words() -> None:
    html = render(r"\text{ngxt0ngx ngxr0ngx} \label{a}").formulas[0].html
    assert "ngxt0ngx\N{NO-BREAK SPACE}ngxr0ngx</mtext>" in html
    assert shown(html) == ["(1)"]


def test_eqnarray_has_one_alignment_point() -> None:
    html = render(r"\begin{eqnarray} a &=& b \end{eqnarray}").formulas[0].html
    assert html.count("<mtd") == 4
