"""Formulas to MathML: both engines, one look, the author's LaTeX kept, nothing dangerous, no hang and no crash."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from notegen.math.diagnostics import ONLY_KATEX as ONLY_KATEX_KNOWS
from notegen.math.ids import anchor_id, without_ids
from notegen.math.render import render_formulas
from notegen.math.types import Rendered, Snippet
from tests.support.cases import all_cases
from tests.support.katex import ONLY_KATEX, both_engines, needs_katex, no_katex
from tests.support.limits import assert_linear, ends
from tests.support.paths import FIXTURES
from tests.support.strategies import bounded

FOLDER = FIXTURES / "math_engine"
ANNOTATION = re.compile(r'<annotation encoding="application/x-tex">(.*?)</annotation></semantics></math>$', re.DOTALL)


def render(latex: str, *, display: bool = False, **macros: str) -> Rendered:
    return render_formulas([Snippet(latex, display)], macros, katex=None).formulas[0]


def source(rendered: Rendered) -> str:
    """The author's LaTeX, read back from the HTML."""
    if rendered.html.startswith("<code"):
        return unescape(rendered.html[rendered.html.index(">") + 1 : -len("</code>")])
    match = ANNOTATION.search(rendered.html)
    assert match
    return unescape(match[1])


@all_cases(
    "latex",
    [
        "x^2",
        r"a < b \text{ & } c",
        r"  x\label{eq:x} % comment",
        r"\begin{eqnarray}a&=&b\end{eqnarray}",
        r"\mbox{当 $x>0$}",
        r"\begin{smallmatrix}a&b\end{smallmatrix}",
        r"\undefinedthing <b>",
        r"\text{\"quoted\" & 'single'}",
    ],
)
def test_the_annotation_is_the_exact_source(latex: str) -> None:
    assert source(render(latex, display=True)) == latex


PROBLEMS = [
    (title, latex.removesuffix("\n"), found.strip())
    for _, title, latex, found in read_fixture_file(FOLDER / "problems.md")
]


def problems(latex: str) -> list[str]:
    """What is wrong with a display, as the fixtures say it."""
    found = render(latex, display=True).problems
    return [f"{p.code} {p.offset} {p.length} {p.message}" + (f" | {p.hint}" if p.hint else "") for p in found]


@needs_katex
@all_cases(("title", "latex", "expected"), PROBLEMS)
def test_problems_say_what_and_where(title: str, latex: str, expected: str) -> None:
    assert problems(latex) == [expected], title


@all_cases(("title", "latex", "expected"), [case for case in PROBLEMS if "KaTeX" not in case[0]])
def test_without_katex_they_say_the_same_place(title: str, latex: str, expected: str) -> None:
    with no_katex():
        assert [found.split()[:3] for found in problems(latex)] == [expected.split()[:3]], title


@pytest.mark.parametrize(
    ("latex", "engine"),
    [
        (r"\frac{a}{b}", "math-core"),
        (r"a, \dotsc, b", "math-core"),
        (r"\pmb{x} \mbox{if}", "math-core"),
        (r"\text{当 $x>0$ 时}", "math-core"),
        (r"\begin{equation}\begin{split}a&=b\\&=c\end{split}\end{equation}", "math-core"),
        (r"\mathop{\mathrm{argmax}}\limits_x f", "math-core"),
        (r"\epsilon*x \text{# heads}", "math-core"),
        (r"\begin{array}{@{}c c@{}}a&b\end{array}", "math-core"),
        (r"\theta^{\*}", "math-core"),
        (r"\widetilde{x}", "math-core"),
        (r"\ldots" * 1500, "math-core"),
        (r"\textcircled{a}", "math-core"),
        (r"\mathop{\sum\sum}_x", "math-core"),
        (r"\begin{smallmatrix}a&b\end{smallmatrix}", "math-core"),
        pytest.param(ONLY_KATEX, "katex", marks=needs_katex),
        (r"\undefinedthing", ""),
    ],
)
def test_the_engine_that_renders(latex: str, engine: str) -> None:
    assert render(latex, display=True).engine == engine


def test_limits_of_mathop_stand_below() -> None:
    assert "<munder>" in render(r"\mathop{\mathrm{argmax}}_x f", display=True).html
    assert "<munder>" in render(r"\mathop{\sum\sum}_x", display=True).html


def test_an_operator_may_be_a_symbol() -> None:
    r"""`\operatorname{\mathbb{E}}`: double-struck, its subscript beside it as LaTeX sets it."""
    rendered = render(r"\operatorname{\mathbb{E}}_x", display=True)
    assert rendered.engine == "math-core"
    assert "<msub>" in rendered.html
    assert "𝔼" in rendered.html


def test_an_undefined_command_is_found_in_every_formula() -> None:
    """KaTeX is asked about it once; a colour that is respelled for KaTeX moves nothing."""
    latex = [r"a+\foo{x}", r"\cfrac{1}{\foo}", r"\color[HTML]{ff0000}x \foo"]
    formulas = render_formulas([Snippet(text, display=False) for text in latex], {}, katex=None).formulas
    assert [problem.offset for formula in formulas for problem in formula.problems] == [2, 10, 22]


def test_broken_lines_of_a_display_stand_below_one_another() -> None:
    assert render(r"a \\ b", display=True).html.count("<mtr>") == 2
    assert "<mtr>" not in render(r"a \\", display=True).html


@needs_katex
def test_katex_output_takes_the_form_of_math_core() -> None:
    html = render(r"\mathbf{a}\mathbb{R}\textcircled{x}\begin{smallmatrix}a&b\end{smallmatrix}" + ONLY_KATEX).html
    assert "𝐚" in html
    assert "ℝ" in html
    assert not re.search(r'xmlns|columnalign|rowspacing|class ="|mathvariant="bold"|<span', html)


@needs_katex
def test_katex_tables_have_styled_cells_and_lines() -> None:
    html = render(rf"\begin{{array}}{{l|r}}\hline {ONLY_KATEX}&b\\\hline c&d\end{{array}}").html
    assert "border-top: 0.05em solid currentcolor;" in html
    assert "border-right: 0.05em solid currentcolor;" in html
    assert "border-bottom: 0.05em solid currentcolor;" in html
    assert "text-align: left;justify-items: start;" in html


@both_engines
def test_strokes_carry_the_rows_that_the_style_sheet_draws(other: str) -> None:
    assert 'class="menclose-updiagonalstrike"' in render(r"\cancel{x}" + other).html


def test_no_named_entities_that_xml_lacks() -> None:
    assert not re.search(r"&(?!amp;|lt;|gt;|quot;|#)", render(r"\sin x \operatorname{f} y & ").html)


@all_cases(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\href{https://example.org}{x}\textcircled{a}",
        r"\url{javascript:alert(1)}",
        r"\includegraphics{https://example.org/x.png}",
        r"\htmlClass{a}{x}\htmlId{b}{y}\htmlStyle{color:red}{z}\htmlData{a=b}{w}",
        r"\text{<script>alert(1)</script>}",
        r"\text{<script>alert(1)</script>}\textcircled{a}",
        r'\label{"><script>alert(1)</script>} x',
        r'x\tag{<script>alert("1")</script>}',
        r"\color{red;background:url(//example.org)}x",
        r"\unicode{x3c}script>",
        r"\begin{matrix}\operatorname{<script>alert(1)</script>}\end{matrix}",
        r"\begin{matrix}\operatorname*{a\lt script\gt}\end{matrix}",
        r"\begin{align}\operatorname{\text{<script>}}\end{align}",
        r"\begin{align}\operatorname\begingroup<script>\endgroup\end{align}",
        r"\newcommand{\x}{<script>}\begin{matrix}\operatorname{\x}\end{matrix}",
        r"\begin{matrix}\colorbox{red}{<script>}\verb|<script>|\rule{1em}{1em}\char60 script>\end{matrix}",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(latex: str) -> None:
    html = render(latex, display=True).html
    html = html.replace(re.findall(r"<annotation.*?</annotation>", html)[0] if "<annotation" in html else "\0", "")
    tags = re.findall(r"<[^>]*>", html)
    forbidden = re.compile(r"<script|javascript:|href|src=|url\(|\son\w+=|example")
    assert not [tag for tag in tags if forbidden.search(re.sub(r' title="[^"]*"', "", tag))]


def test_references_are_the_only_links() -> None:
    rendered = render_formulas([Snippet(r"x\label{a}", True), Snippet(r"\eqref{a}", False)], {}, katex=None)
    assert re.findall(r'href="([^"]*)"', rendered.formulas[1].html) == ["#eq-a"]


def in_source(*latex: str, **macros: str) -> list[str]:
    """Return formulas left for the browser: displays."""
    rendering = render_formulas([Snippet(item, display=True) for item in latex], macros, output="source")
    assert [item.engine for item in rendering.formulas if item.html] == ["source"] * len(latex)
    return [item.html for item in rendering.formulas]


def test_source_output_leaves_the_formula_to_the_browser() -> None:
    latex = r"a<b &\mathop{x} \text{\"q\"} % comment"
    assert in_source(latex) == [r"\[a&lt;b &amp;\mathop{x} \text{\"q\"} % comment\]"]
    (inline,) = render_formulas([Snippet("a<b", display=False)], {}, output="source").formulas
    assert inline.html == r'<span class="math-inline">\(a&lt;b\)</span>'


def test_source_output_has_numbers_ids_and_references() -> None:
    first, second = in_source(r"\begin{align}a&=b\label{eq:x}\\c&=d\end{align}", r"\eqref{eq:x}, \ref{eq:x}")
    assert first == r'<span id="eq-x">\[\begin{align*}a&=b\tag{1}\\c&=d\tag{2}\end{align*}\]</span>'.replace(
        "&", "&amp;"
    )
    assert second == r"\[\text{(1)}, \text{1}\]"
    assert in_source(r"x \tag*{A}\label{eq:a}") == [
        r'<span id="eq-a">\[\begin{equation*}x \tag*{A}\end{equation*}\]</span>'
    ]


def test_source_output_has_macros_expanded() -> None:
    assert in_source(r"\half{x}", half=r"\frac{#1}{2}") == [r"\[\frac{x}{2}\]"]
    rendering = render_formulas([Snippet(r"\def\a{b}", True), Snippet(r"\a", False)], {}, output="source")
    assert [item.html for item in rendering.formulas] == ["", r'<span class="math-inline">\(b\)</span>']


def test_source_output_reports_what_needs_no_engine() -> None:
    rendering = render_formulas([Snippet("{x", True), Snippet(r"\eqref{no}", True)], {}, output="source")
    assert [item.problems[0].code for item in rendering.formulas] == ["math-syntax", "label-unknown"]
    assert rendering.formulas[0].html == r"\[{x\]"


class Memory:
    """A cache that counts what it is asked."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.hits = 0

    def get(self, key: str) -> str | None:
        """Return what is stored, and count it."""
        self.hits += key in self.values
        return self.values.get(key)

    def put(self, key: str, value: str) -> None:
        """Store."""
        self.values[key] = value


@needs_katex
def test_katex_answers_are_cached_and_failures_too() -> None:
    memory = Memory()
    snippets = [Snippet(ONLY_KATEX, False), Snippet(r"中 \undefinedthing", False)]
    first = render_formulas(snippets, {}, katex=memory)
    assert (len(memory.values), memory.hits) == (2, 0)
    assert render_formulas(snippets, {}, katex=memory) == first
    assert memory.hits == 2


def test_without_pykatex_notegen_says_what_it_could_not_render() -> None:
    with no_katex():
        assert render("x^2").engine == "math-core"
        rendered = render(ONLY_KATEX)
    assert rendered.engine == ""
    assert rendered.problems[0].hint == "only KaTeX knows it: the package pykatex is not installed"
    assert source(rendered) == ONLY_KATEX


@needs_katex
@all_cases("name", sorted(ONLY_KATEX_KNOWS))
def test_what_only_katex_knows_it_knows(name: str) -> None:
    example = {
        r"\above": r"{a \above{1pt} b}",
        r"\futurelet": r"\futurelet a b c",
        r"\show": r"\show",
        r"\TextOrMath": r"\TextOrMath{a}{b}",
    }.get(name, rf"{name}{{x}}")
    assert render(example, display=True).engine == "katex"
    with no_katex():
        assert "only KaTeX" in render(example, display=True).problems[0].hint


@pytest.mark.parametrize("latex", [r"\begin{alignat}a&=b\end{alignat}", r"\begin{alignedat}{x}a&=b\end{alignedat}"])
@both_engines
def test_a_missing_number_of_columns_is_supplied(latex: str, other: str) -> None:
    assert render(latex + other, display=True).engine == ("katex" if other else "math-core")


@needs_katex
def test_styles_in_every_cell_do_not_count_as_nesting() -> None:
    row = " & ".join([r"\displaystyle a"] * 40 + [ONLY_KATEX])
    assert render(rf"\begin{{array}}{{{'c' * 41}}}{row}\end{{array}}").engine == "katex"


HOSTILE = {
    "nested braces": "{" * 10_000 + "}" * 10_000,
    "open braces": "{" * 100_000,
    "nested commands": r"\hat" * 20_000 + "x",
    "nested environments": r"\begin{matrix}" * 5_000 + r"\end{matrix}" * 5_000,
    "nested left": r"\left(" * 5_000 + r"\right)" * 5_000,
    "brackets": r"\sqrt[" * 16_000,
    "braces behind brackets": r"\sqrt[{{{{{]" * 5_000,
    "primes": "'" * 100_000,
    "labels": r"\label{" * 14_000,
    "backslashes": "\\" * 100_000,
    "one megabyte": "x+" * 500_000,
    "sizes": r"\large x" * 12_000,
    "nested sizes": r"{\large " * 55 + "x+" * 40_000 + "}" * 55,
    "nested operators": r"\mathop{" * 28 + "x+" * 40_000 + "}_a" * 28,
    "operators": r"\mathop{xy}_a^b" * 6_000,
    "texts": r"\text{\bf a $x$}" * 6_000,
    "dollars": rf"\text{{{'$' * 90_000}}}",
    "verbatim": r"\verb|" * 15_000,
    "numbers": r"\char 9" + "9" * 90_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_formulas_end_soon(name: str) -> None:
    with ends():
        rendered = render(HOSTILE[name], display=True)
    assert source(rendered) == HOSTILE[name]


@pytest.mark.parametrize(
    "piece",
    ["{", r"\hat", r"\sqrt[", r"\sqrt[{{{{{]", "'", r"\label{", "\\", "x+", r"\left(", r"\begin{matrix}"],
)
def test_hostile_formulas_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: render(piece * size, display=True), 500)


def test_a_formula_that_is_too_long_is_not_given_to_the_engines() -> None:
    rendered = render("x" * 100_001)
    assert [problem.code for problem in rendered.problems] == ["math-too-long"]


PIECES = r"""
\frac \sqrt \left( \right) { } [ ] & \\ _ ^ $ # % ~ ' < > \" \text \begin{align} \end{align} \label{a} \tag{b}
\eqref{a} \def\a \newcommand{\b}[1] {#1} \a \b \let \mathop \limits \color{red} \not \mbox \operatorname
\begin{cases} \end{cases} \href{javascript:x} \notag \hline \mathbf x 1 中 𝒪 \, \undefined <script>
"""
LATEX = st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=14).map("".join)


@bounded(50)
@given(LATEX, st.booleans())
def test_any_latex_keeps_its_source_and_harms_nobody(latex: str, display: bool) -> None:
    rendered = render(latex, display=display)
    if rendered.engine == "macros":
        assert rendered.html == ""
        return
    assert source(rendered) == latex
    assert "<script" not in rendered.html
    assert not re.search(r"<[^>]*javascript:", ANNOTATION.sub("", re.sub(r' title="[^"]*"', "", rendered.html)))


@bounded(50)
@given(st.text(max_size=30))
def test_any_text_keeps_its_source(latex: str) -> None:
    assert render(latex).engine == "macros" or source(render(latex)) == latex


def test_anchor_ids() -> None:
    assert anchor_id("eq:elbo") == anchor_id("elbo") == "eq-elbo"
    assert anchor_id("eq:证据 下界") == "eq-证据-下界"
    assert anchor_id('"><b>') == "eq-b"


def test_without_ids_keeps_everything_else() -> None:
    html = render(r"x\label{a} \text{ id=\"b\"}", display=True).html
    assert ' id="eq-a"' in html
    assert without_ids(html) == html.replace(' id="eq-a"', "")
