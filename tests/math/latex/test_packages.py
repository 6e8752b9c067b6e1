r"""Commands of packages and of plain TeX as what they mean: physics, `\cases{…}`, `\mathbbm`, `\intertext`."""

import pytest

from notegen.math.latex.physics import expand_physics, uses_physics
from notegen.math.latex.rewrite import rewrite
from notegen.math.latex.tokens import spell, tokenize
from notegen.math.render import render_formulas
from notegen.math.types import Rendered, Snippet
from tests.support.limits import assert_linear
from tests.support.site import SiteTest


def _render(latex: str, *packages: str, macros: dict[str, str] | None = None) -> Rendered:
    return render_formulas([Snippet(latex, display=True)], macros or {}, packages=packages).formulas[0]


def _words(latex: str) -> str:
    return "".join(latex.split())


@pytest.mark.parametrize(
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
    assert uses_physics(latex)
    assert _words(spell(expand_physics(tokenize(latex)))) == meant
    assert _render(latex, "physics").engine == "math-core"


@pytest.mark.parametrize("latex", [r"\qty", r"\qty(a", r"\dv", r"\mel{a}{b}", r"\comm{a}", r"{\qty(a}b)"])
def test_without_its_arguments_a_macro_of_physics_is_undefined(latex: str) -> None:
    rendered = _render(latex, "physics")
    assert f">{latex}</code>" in rendered.html
    assert [problem.code for problem in rendered.problems] == ["math-undefined-command"]


def test_physics_is_only_known_where_it_is_asked_for_and_after_the_authors_own() -> None:
    (problem,) = _render(r"\qty(x)").problems
    assert problem.hint == "it is of the package physics: write math.packages: [physics] in site.yaml"
    assert "<mi>N</mi>" in _render(r"\norm{x}", "physics", macros={"norm": "N(#1)"}).html
    assert _render(r"\div \Re x").problems == ()


@pytest.mark.parametrize(
    ("latex", "meant"),
    [
        (r"\cases{a & b \cr c & d}", r"\begin{cases}a&b\\c&d\end{cases}"),
        (r"\pmatrix{1\cr 2} \matrix{a}", r"\begin{pmatrix}1\\2\end{pmatrix}\begin{matrix}a\end{matrix}"),
        (r"\displaylines{a\\b} \eqalign{a&=b}", r"\begin{gathered}a\\b\end{gathered}\begin{aligned}a&=b\end{aligned}"),
        (r"\ensuremath{x} \textbackslash a\hfill b A\/B", r"{x}\backslasha\quadbAB"),
        (r"\mathbbm{1} \mathds R", r"\mathbb{1}\mathbbR"),
        (r"\bbox[5px,border:1px]{x} \bbox[red]{y}", r"\boxed{x}{y}"),
        (r"\unicode{x3b1} \unicode{945}", r"\char" + '"' + r"3b1\char945"),
        (r"\nicefrac{1}{2} \sfrac12", r"{{1}/{2}}{{1}/{2}}"),
        (r"\begin{array}{c} a \\ \cline{1-1} b \end{array}", r"\begin{array}{c}a\\\hlineb\end{array}"),
        (r"\begin{array} a & b \end{array}", r"\begin{array}{cccccccccccccccccccc}a&b\end{array}"),
        (r"\text{a_b} \textbf{c_d}", r"\text{a\_b}\textbf{c\_d}"),
        (r"\begin{aligned} a \\ \intertext{so} b \end{aligned}", r"\begin{aligned}a\\\text{so}\notag\\b\end{aligned}"),
    ],
)
def test_plain_tex_and_small_packages(latex: str, meant: str) -> None:
    assert _words(spell(rewrite(tokenize(latex), display=True).tokens)) == meant
    assert _render(latex).engine == "math-core"


def test_subequations_keep_their_rows_and_texts_between_rows_have_no_number() -> None:
    latex = r"\begin{subequations}\begin{align} a &= b \\ \intertext{and} c &= d \end{align}\end{subequations}"
    assert _render(latex).numbers == ("1", "2")


@pytest.mark.parametrize(("latex", "package"), [(r"\ce{H2O}", "mhchem"), (r"\SI{1}{m}", "siunitx")])
def test_packages_that_are_missing_are_named(latex: str, package: str) -> None:
    (problem,) = _render(latex).problems
    assert package in problem.hint


@pytest.mark.parametrize("piece", [r"\qty(", r"\dv{x}", r"\qty|", r"\mel{a}"])
def test_many_macros_take_linear_time(piece: str) -> None:
    assert_linear(lambda size: expand_physics(tokenize(piece * (size // len(piece)))), 2_000)


def test_packages_are_a_setting(site: SiteTest) -> None:
    site.write("site.yaml", "math:\n  packages: [physics]\n").note("n", r"$\qty(\dv{f}{x})$").build().expect_clean()
    assert r">\qty(\dv{f}{x})</annotation>" in site.body("n")
