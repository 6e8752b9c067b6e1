r"""The space of `\\[3pt]`: padding of the row above it, never text."""

import re

import pytest
from markdown_it.utils import read_fixture_file

from notegen.math.render import render_formulas
from notegen.math.types import Rendered, Snippet
from tests.support.cases import all_cases
from tests.support.limits import assert_linear, ends
from tests.support.paths import FIXTURES

FIXTURE = FIXTURES / "math_engine" / "gaps.md"
NESTED = r"\begin{pmatrix} \begin{matrix} a \\[1em] b \end{matrix} & c \\[2em] d \end{pmatrix}"


def render(latex: str, *, display: bool = True, output: str = "mathml") -> Rendered:
    return render_formulas([Snippet(latex, display)], {}, output=output, katex=None).formulas[0]


def rows(html: str) -> list[str]:
    """Each row of the innermost tables: its cells, and the padding below them where it is set."""
    shown = []
    for row in re.findall(r"<mtr>((?:(?!<mtr>).)*?)</mtr>", html.partition("<annotation")[0]):
        cells = [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<mtd[^>]*>(.*?)</mtd>", row)]
        paddings = set(re.findall(r"padding-bottom: ([^;]*em);", row))
        counts = row.count("padding-bottom"), row.count("<mtd")
        assert counts[0] in {0, counts[1]}
        text = " ".join(cell for cell in cells if cell)
        shown += [" | ".join([text, *paddings])] if text else []
    return shown


@all_cases(("_line", "title", "given", "expected"), read_fixture_file(FIXTURE))
def test_a_gap_is_padding_below_the_row(_line: int, title: str, given: str, expected: str) -> None:
    found = [rows(render(latex).html) for latex in given.split("---\n")]
    assert found == [part.strip().split("\n") for part in expected.split("---\n")], title


def test_the_annotation_keeps_the_gap() -> None:
    assert r"a \\[3pt] b</annotation>" in render(r"a \\[3pt] b").html


def test_gaps_of_a_table_in_a_cell_are_its_own() -> None:
    html = render(NESTED).html
    assert rows(html)[:1] == ["a | 1.12em"]
    assert re.findall(r'<mtd style="padding-bottom: ([\d.]+)em;"><(\w+)', html) == [
        ("2.12", "mstyle"),
        ("1.12", "mi"),
        ("2.12", "mi"),
    ]


def test_the_spaces_around_a_sign_before_the_gap_stay() -> None:
    plain, spaced = (render(rf"\begin{{aligned}} a &= b + \\{gap} c \end{{aligned}}").html for gap in ("", "[3pt]"))
    assert '<mo lspace="0" rspace="0">+</mo>' in plain
    assert '<mo lspace="0" rspace="0">+</mo>' in spaced


def test_inline_where_rows_are_not_broken_nothing_is_shown() -> None:
    assert "<mrow><mi>a</mi><mi>b</mi></mrow>" in render(r"a \\[3pt] b", display=False).html


def test_lines_of_arrays_stay_where_they_are() -> None:
    for array in (r"\begin{array}{c}", r"\color{red} \textcircled{x} \begin{array}{c}"):
        html = render(array + r" a \\[3pt] \hline b \end{array}").html
        assert html.count("solid") == 1


def test_formulas_left_to_the_browser_keep_a_gap() -> None:
    assert render(r"a \\[3pt] b", output="source").html == r"\[a \\[3pt] b\]"
    numbered = render(r"\begin{align} a \\[3pt] b \end{align}", output="source").html
    assert r"a \tag{1}\\[0.300em] b \tag{2}" in numbered


@pytest.mark.slow
@pytest.mark.parametrize(
    ("around", "piece", "number"),
    [("{}", r"\\[", 30_000), ("{}", r"\\[3pt]", 10_000), (r"\begin{{matrix}}{}\end{{matrix}}", r"a \\[3pt] [ ", 8_000)],
)
def test_hostile_breaks_take_linear_time(around: str, piece: str, number: int) -> None:
    assert_linear(lambda size: render(around.format(piece * size)), 250)
    with ends():
        render(around.format(piece * number))
