r"""Macros from site.yaml, from front matter and from formulas: where they hold, what they may do, how they end."""

from notegen.math.render import render_formulas
from notegen.math.types import Rendering, Snippet
from tests.support.cases import all_cases
from tests.support.katex import needs_katex
from tests.support.limits import ends, steps


def render(*formulas: str, **macros: str) -> Rendering:
    return render_formulas([Snippet(latex, False) for latex in formulas], macros, katex=None)


def content(rendering: Rendering, index: int = 0) -> str:
    """The MathML of a formula without its annotation."""
    return rendering.formulas[index].html.split("<annotation")[0]


def same(used: str, plain: str, **macros: str) -> bool:
    """True when `used`, with macros, shows what `plain` shows without."""
    return content(render(used, **macros)) == content(render(plain))


@all_cases(
    ("used", "plain"),
    [
        (r"\R^n", r"\mathbb{R}^n"),
        (r"x_\R", r"x_{\mathbb{R}}"),
        (r"\frac\al\ab", r"\frac{\alpha}{ab}"),
        (r"\E{q}{x^2}", r"\mathbb{E}_{q}[x^2]"),
        (r"\E q x", r"\mathbb{E}_{q}[x]"),
        (r"\al b", r"\alpha b"),
        (r"\vec x", r"\mathbf{x}"),
        (r"\cleq", r"\le"),
        (r"\argm_x f", r"\operatorname*{argm}_x f"),
    ],
)
def test_macros_of_the_site(used: str, plain: str) -> None:
    macros = {
        "R": r"\mathbb{R}",
        "al": r"\alpha",
        "ab": "ab",
        "E": r"\mathbb{E}_{#1}[#2]",
        r"\vec": r"\mathbf{#1}",
        "cleq": r"\le",
        "argm": r"\operatorname*{argm}",
    }
    assert same(used, plain, **macros)


@all_cases(
    ("defined", "plain"),
    [
        (r"\newcommand{\x}{a} \x", "a"),
        (r"\newcommand\x[1]{a#1} \x b", "ab"),
        (r"\newcommand{\x}[2][p]{#1(#2)} \x{y} \x[q]{z}", "p(y) q(z)"),
        (r"\renewcommand{\alpha}{a} \alpha", "a"),
        (r"\providecommand{\alpha}{a} \alpha", r"\alpha"),
        (r"\providecommand{\x}{a} \x", "a"),
        (r"\def\x#1#2{#2#1} \x ab", "ba"),
        (r"\gdef\x{a} \x", "a"),
        (r"\global\long\def\x{a} \x", "a"),
        (r"\let\old\hat \renewcommand{\hat}[1]{\old{\bf #1}} \hat x", r"\hat{\bf x}"),
        (r"\def\a{1}\let\b=\a \def\a{2} \a\b", "21"),
        (r"\DeclareMathOperator{\KL}{KL} \KL(p)", r"\operatorname{KL}(p)"),
        (r"\DeclareMathOperator*{\am}{arg\,max} \am_x f", r"\operatorname*{arg\,max}_x f"),
        (r"\require{cancel} x", "x"),
        (r"\definecolor{brand}{RGB}{255,0,0} \color{brand}x\textcircled{a}", r"\color{#ff0000}x\textcircled{a}"),
        (r"\definecolor{brand}{rgb}{1, 0.5, 0} \textcolor{brand}{x}", r"\textcolor{#ff8000}{x}"),
    ],
)
def test_definitions_in_a_formula(defined: str, plain: str) -> None:
    assert same(defined, plain)


def test_definitions_hold_from_there_to_the_end_of_the_note() -> None:
    rendering = render(r"\x", r"\newcommand{\x}{a}", r"\x", r"\renewcommand{\x}{b} \x", r"\x")
    assert [item.engine for item in rendering.formulas] == ["", "macros", "math-core", "math-core", "math-core"]
    assert [content(rendering, index).removeprefix("<math><semantics>") for index in (2, 3, 4)] == [
        "<mi>a</mi>",
        "<mi>b</mi>",
        "<mi>b</mi>",
    ]
    assert rendering.formulas[1].html == ""


def test_one_render_does_not_leak_into_the_next() -> None:
    render(r"\newcommand{\x}{a}")
    assert render(r"\x").formulas[0].engine == ""


@needs_katex
def test_macros_reach_katex() -> None:
    rendering = render(r"\newcommand{\R}{\mathbb{R}} {u \above{1pt} v} \R \y", y=r"\mathbf{y}")
    assert rendering.formulas[0].engine == "katex"
    assert "ℝ" in content(rendering)
    assert "𝐲" in content(rendering)


def test_a_macro_may_hold_a_label() -> None:
    rendering = render_formulas([Snippet(r"\lab{a} x", True)], {"lab": r"\label{eq:#1}"}, katex=None)
    assert rendering.labels == {"eq:a": "1"}


@all_cases("body", [r"\mathbb{R", "}{", "x" * 10_001])
def test_bad_macros_of_the_site_are_reported_once(body: str) -> None:
    rendering = render("x", "y", bad=body)
    assert [problem.code for problem in rendering.problems] == ["math-macro"]
    assert [item.engine for item in rendering.formulas] == ["math-core", "math-core"]


def test_a_name_that_is_no_command_is_reported() -> None:
    assert "is not a command name" in render("x", **{"a b": "x"}).problems[0].message


@all_cases(
    "formula",
    [
        r"\def\a{\a\a} \a",
        r"\def\a{\b}\def\b{\a} \a",
        r"\def\a#1{#1#1#1#1#1#1#1#1} \a{\a{\a{\a{\a{\a{\a{\a{x}}}}}}}}",
        "".join(rf"\def\{a}#1{{\{b}{{#1#1#1#1}}}}" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + r"\def\i#1{#1}\a{xxxx}",
    ],
)
def test_recursive_and_exploding_macros_end_soon(formula: str) -> None:
    with ends():
        rendered = render(formula).formulas[0]
    assert [problem.code for problem in rendered.problems] == ["math-macro"]
    assert steps(lambda: render(formula)) < 2_000_000


def test_the_source_of_a_failed_definition_stays_readable() -> None:
    rendered = render(r"\newcommand{R}{x}").formulas[0]
    assert rendered.html.endswith(r">\newcommand{R}{x}</code>")


def test_structure_cannot_be_redefined() -> None:
    assert render(r"\def\begin{x}").formulas[0].problems[0].message == r"\begin cannot be redefined"
