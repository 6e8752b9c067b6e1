r"""Commands of packages as what they mean: physics, siunitx, mhchem, mathtools, diagrams, and definitions.

In the fixtures each formula has two lines: `=` its meaning without white space, `~` its readable text; a formula with a
mistake has one, `!`, with the column of the mistake from 0, the message and the hint.
"""

import pytest
from markdown_it.utils import read_fixture_file

from notegen.math.latex.expand import expand
from notegen.math.latex.tokens import Token, spell, tokenize
from notegen.math.packages.expand import expand_packages
from notegen.math.plain_text.text import readable
from notegen.math.render import render_formulas
from notegen.math.types import Problem, Rendered, Snippet
from tests.support.cases import all_cases
from tests.support.limits import assert_linear
from tests.support.paths import FIXTURES
from tests.support.site import SiteTest


def _render(latex: str, *packages: str, macros: dict[str, str] | None = None) -> Rendered:
    return render_formulas([Snippet(latex, display=True)], macros or {}, packages=packages).formulas[0]


def _meaning(latex: str, *, physics: bool = False) -> list[Token]:
    meant = expand_packages(tokenize(latex), physics=physics)
    assert not isinstance(meant, Problem)
    return meant


def _words(latex: str) -> str:
    return "".join(latex.split())


def _cases() -> list[tuple[int, str, str, str]]:
    names = ("chemistry", "units", "packages", "diagrams", "definitions")
    files = [read_fixture_file(FIXTURES / "math_engine" / f"{name}.md") for name in names]
    return [(line, title, text, expected) for cases in files for line, title, text, expected in cases]


def _described(latex: str) -> list[str]:
    meant = expand_packages(expand(tokenize(latex), {}).tokens)
    if isinstance(meant, Problem):
        return [f"! {meant.offset} {meant.message} ({meant.hint})"]
    return [f"= {_words(spell(meant))}", f"~ {readable(latex, {})}"]


@all_cases(("_line", "title", "text", "expected"), _cases())
def test_meaning_and_readable_text(_line: int, title: str, text: str, expected: str) -> None:
    formulas = text.strip().split("\n")
    assert [line for latex in formulas for line in _described(latex)] == expected.strip().split("\n"), title


@all_cases(("_line", "title", "text", "expected"), _cases())
def test_the_engines_take_what_is_meant_and_the_authors_latex_is_kept(
    _line: int, title: str, text: str, expected: str
) -> None:
    results = [line[0] for line in expected.split("\n") if line[:1] in {"=", "!"}]
    for latex, result in zip(text.strip().split("\n"), results, strict=True):
        rendered = _render(
            rf"\begin{{matrix}} {latex} \end{{matrix}}" if "mat*" in latex or r"\pmat" in latex else latex
        )
        assert rendered.engine == ("math-core" if result == "=" else ""), title
        assert latex.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in rendered.html


@all_cases(
    ("latex", "meant"),
    [
        (r"\qty(\frac{a}{b})", r"\left(\frac{a}{b}\right)"),
        (r"\qty[(a)[b]]^2", r"\left[(a)[b]\right]^2"),
        (r"\qty{x} \qty|x|", r"\left\{x\right\}\left|x\right|"),
        (r"\qty\Big(x) \pqty*{x}", r"\Big(x\Big)(x)"),
        (r"\abs{x} \abs*{x} \norm{\vb{x}}", r"\left|x\right||x|\left\|\mathbf{x}\right\|"),
        (r"\eval{x^2}_0^1 \order{x}", r"\left.x^2\right|_0^1\mathcal{O}\left(x\right)"),
        (r"\dd x \dd{x} \dd[3]{r}", r"\mathrm{d}x\,\mathrm{d}{x}\,\mathrm{d}^{3}{r}"),
        (r"\dv{x} \dv{f}{x}", r"\frac{\mathrm{d}}{\mathrm{d}{x}}\frac{\mathrm{d}{f}}{\mathrm{d}{x}}"),
        (r"\dv[2]{f}{x}", r"\frac{\mathrm{d}^{2}{f}}{\mathrm{d}{x}^{2}}"),
        (r"\dv*{f}{x}", r"{\mathrm{d}{f}/\mathrm{d}{x}}"),
        (r"\pdv{f}{x}{y}", r"\frac{\partial^{2}{f}}{\partial{x}\partial{y}}"),
        (r"\grad f \div{f} \curl f", r"\boldsymbol{\nabla}f\boldsymbol{\nabla}\cdot{f}\boldsymbol{\nabla}\timesf"),
        (r"\laplacian f", r"\nabla^{2}f"),
        (r"\va{a} \vu*{b}", r"\vec{\mathbf{a}}\hat{\boldsymbol{b}}"),
        (r"a \vdot b \cross c", r"a\mathbin{\boldsymbol{\cdot}}b\mathbin{\boldsymbol{\times}}c"),
        (r"\mel{n}{H}{m}", r"\left\langlen\middle|H\middle|m\right\rangle"),
        (
            r"\ev{A}{\psi} \braket{a}{b}",
            r"\left\langle\psi\middle|A\middle|\psi\right\rangle\left\langlea\middle|b\right\rangle",
        ),
        (r"\dyad{a}{b}", r"\left|a\right\rangle\left\langleb\right|"),
        (r"\comm{A}{B} \acomm*{A}{B}", r"\left[A,B\right]\{A,B\}"),
        (r"\mqty(a & b \\ c) \pmqty{a}", r"\begin{pmatrix}a&b\\c\end{pmatrix}\begin{pmatrix}a\end{pmatrix}"),
        (r"a \qq{on} b \qif c", r"a\quad\text{on}\quadb\quad\text{if}\quadc"),
        (r"\Tr(\rho)", r"\operatorname{Tr}(\rho)"),
        (r"\qty( \qty[a] )", r"\left(\left[a\right]\right)"),
    ],
)
def test_the_macros_of_physics(latex: str, meant: str) -> None:
    assert _words(spell(_meaning(latex, physics=True))) == meant
    assert _render(latex, "physics").engine == "math-core"


@all_cases("latex", [r"\qty", r"\qty(a", r"\dv", r"\mel{a}{b}", r"\comm{a}", r"{\qty(a}b)"])
def test_without_its_arguments_a_macro_of_physics_is_undefined(latex: str) -> None:
    rendered = _render(latex, "physics")
    assert f">{latex}</code>" in rendered.html
    assert [problem.code for problem in rendered.problems] == ["math-undefined-command"]


def test_what_the_engines_know_is_of_physics_only_where_it_is_asked_for_and_after_the_authors_own() -> None:
    assert "÷" in _render(r"\div").html
    assert "𝛁" in _render(r"\div", "physics").html
    assert "<mi>N</mi>" in _render(r"\norm{x}", macros={"norm": "N(#1)"}).html


def test_a_command_that_lacks_an_argument_says_so() -> None:
    (problem,) = _render(r"a + \dv").problems
    assert (problem.offset, problem.message) == (4, r"\dv lacks an argument")
    assert "braces" in problem.hint


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        r"\qty(",
        r"\dv{x}",
        r"\qty|",
        r"\mel{a}",
        r"\ce{A}",
        r"\ce{(A}",
        r"\SI{1}{m}",
        r"\begin{tikzcd}",
        r"\begin{CD}",
        r"\begin{CD}A@>a>>B@VVV\\",
        r"\ce{A->[}",
        r"\ar",
    ],
)
def test_many_macros_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: expand_packages(tokenize(piece * (size // len(piece)))), 2_000)


def test_packages_are_a_setting(site: SiteTest) -> None:
    site.write("site.yaml", "math:\n  packages: [physics]\n").note("n", r"$\qty(\dv{f}{x})$").build().expect_clean()
    assert r">\qty(\dv{f}{x})</annotation>" in site.body("n")
