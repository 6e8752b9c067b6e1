"""Symbols found again in formulas: in which forms, and what is left alone."""

import re
from html import unescape

from notegen.math.render import render_formulas
from notegen.math.symbols import Symbol, SymbolMarker, presentation
from notegen.math.types import Snippet
from tests.support.cases import all_cases
from tests.support.limits import assert_linear


def mathml(latex: str, *, display: bool = False) -> str:
    """Return a formula."""
    return render_formulas([Snippet(latex, display=display)], {"R": r"\mathbb{R}"}).formulas[0].html


def marker(*symbols: str) -> SymbolMarker:
    """Return a marker of symbols, each of which means its own LaTeX."""
    return SymbolMarker({latex: Symbol(presentation(mathml(latex)), latex, latex) for latex in symbols})


def marked(html: str) -> list[tuple[str, str]]:
    """Return the meaning of each marked symbol and the text of its element, in order."""
    found = re.finditer(r'<(m\w+)[^>]*? data-meaning="([^"]*)"[^>]*>(.*?)</\1>', html)
    return [(unescape(match[2]), re.sub(r"<[^>]*>", "", match[3])) for match in found]


@all_cases(
    ("symbols", "formula", "expected"),
    [
        ([r"\theta"], r"\theta + \theta' + x_\theta", [(r"\theta", "θ")] * 3),
        ([r"\theta"], r"\hat\theta + \vartheta + \tilde{\theta}", []),
        (["x"], r"x_i + \exp x + \text{x}", [("x", "x")] * 2),
        (["x", "x_i"], "x_i + x_j", [("x_i", "xi"), ("x", "x")]),
        ([r"q_\phi"], r"q_\phi(z) + q_\phi^2 + q_\psi", [(r"q_\phi", "qϕ"), (r"q_\phi", "qϕ2")]),
        ([r"\mathcal{L}"], r"\mathcal{L}(\theta)", [(r"\mathcal{L}", "ℒ︀")]),
        ([r"\R"], r"x \in \R^d", [(r"\R", "ℝ")]),
        (["x y"], "x y z + y x", [("x y", "xy")]),
        ([r"D_{\mathrm{KL}}"], r"D_{\mathrm{KL}}(p \| q)", [(r"D_{\mathrm{KL}}", "DKL")]),
    ],
)
def test_symbols_are_found(symbols: list[str], formula: str, expected: list[tuple[str, str]]) -> None:
    for display in (False, True):
        assert marked(marker(*symbols).mark(mathml(formula, display=display))) == expected


def test_a_formula_keeps_all_else() -> None:
    plain = mathml(r"\frac{\theta}{x} < \alpha")
    described = marker(r"\theta").mark(plain)
    assert re.sub(r' (?:data-meaning|aria-description)="[^"]*"', "", described) == plain
    assert marker(r"\beta").mark(plain) == plain


def test_each_symbol_is_described_once() -> None:
    marking = marker("x", "y")
    described = [re.findall(r'aria-description="([^"]*)"', marking.mark(mathml(one))) for one in ("x", "x y", "x y")]
    assert described == [["x: x"], ["y: y"], []]


def test_meanings_are_escaped() -> None:
    html = SymbolMarker({"x": Symbol("<mi>x</mi>", "x", '<script>"&')}).mark(mathml("x"))
    assert 'data-meaning="&lt;script&gt;&quot;&amp;"' in html
    assert "<script" not in html


def test_marking_takes_linear_steps() -> None:
    marking = marker("x", r"q_\phi", "x_i")
    assert_linear(lambda size: marking.mark("<math><semantics>" + "<msub><mi>x</mi><mi>j</mi></msub>" * size), 100)
