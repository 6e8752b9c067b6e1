"""The subset font in Chromium: accents stand over their letters, and everything else looks as with the whole font."""

from base64 import b64encode
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from notegen.math_font.font import MathFont, default_font
from notegen.math_font.subset import mend, open_font, prepare
from tests.support.fonts import site_characters, subset_font

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

ACCENTS = (
    r"\hat{x}",
    r"\hat{f}",
    r"\hat{\mathbf{X}}",
    r"\bar{x}",
    r"\bar{\theta}",
    r"\vec{v}",
    r"\vec{\mathbf{W}}",
    r"\tilde{x}",
    r"\dot{x}",
    r"\ddot{x}",
    r"\dddot{x}",
    r"\check{x}",
    r"\breve{x}",
    r"\acute{x}",
    r"\grave{x}",
    r"\mathring{x}",
    r"\widehat{x}",
    r"\widehat{abc}",
    r"\overline{x}",
    r"\overline{abcdefgh}",
    r"\overrightarrow{AB}",
    r"\underline{ab}",
)
VARIED = (
    r"\hat{y} = \sigma(\mathbf{w}^\top \mathbf{x} + b)",
    r"\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
    r"\mathcal{L} = -\mathbb{E}_{q_\phi(z|x)}\left[\log p_\theta(x|z)\right] + D_{KL}(q \| p)",
    r"\sum_{i=1}^{n} \frac{1}{i^2} = \frac{\pi^2}{6}",
    r"\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}",
    r"\prod_{t=1}^{T} \left(1 - \beta_t\right) = \bar{\alpha}_T",
    r"\sqrt[3]{\frac{a}{\sqrt{\frac{b}{\sqrt{c}}}}}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{bmatrix} 1 & 0 & \cdots & 0 \\ 0 & 1 & \ddots & \vdots \\ 0 & 0 & 0 & 1 \end{bmatrix}",
    r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\begin{aligned} a &= b + c \\ &\le d - e \end{aligned}",
    r"\underbrace{a + b + c}_{n} \ne \overbrace{x + y + z}^{m}",
    r"\left\{ \frac{x}{y} \middle| \frac{z}{w} \right\}",
    r"\left\lfloor \frac{n}{2} \right\rfloor + \left\lceil \frac{m}{2} \right\rceil",
    r"\left\langle \frac{u}{v}, w \right\rangle",
    r"\Biggl( \biggl( \Bigl( \bigl( ( x ) \bigr) \Bigr) \biggr) \Biggr)",
    r"\left\| \begin{matrix} a \\ b \\ c \\ d \\ e \\ f \end{matrix} \right\|",
    r"\left( \begin{matrix} a \\ b \\ c \\ d \\ e \\ f \\ g \\ h \\ i \\ j \end{matrix} \right]",
    r"\lim_{n \to \infty} \left(1 + \frac{1}{n}\right)^n = e",
    r"\arg\max_{\theta} \; \mathbb{P}(\mathcal{D} \mid \theta)",
    r"\nabla_\theta J(\theta) = \mathbb{E}\left[\nabla_\theta \log \pi_\theta(a|s) A(s,a)\right]",
    r"\frac{\partial^2 u}{\partial t^2} = c^2 \nabla^2 u",
    r"f'(x) + f''(x) + x'^2",
    r"\binom{n}{k} = \frac{n!}{k!(n-k)!}",
    r"A \subseteq B \cap C \cup \emptyset, \quad x \in \mathbb{R}^{d \times d}",
    r"\forall \epsilon > 0 \; \exists \delta > 0",
    r"x \xrightarrow{\; f \;} y \Longrightarrow z \mapsto w",
    r"\boldsymbol{\theta} \sim \mathcal{N}(\boldsymbol{\mu}, \boldsymbol{\Sigma})",
    r"\mathfrak{g} \oplus \mathsf{T} \otimes \mathtt{code} \odot \mathscr{F}",
    r"\Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Phi \Psi \Omega",
    r"\alpha \beta \gamma \delta \varepsilon \zeta \eta \vartheta \iota \kappa \lambda \mu \nu \xi",
    r"\pi \rho \sigma \tau \upsilon \varphi \chi \psi \omega \phi \epsilon \theta",
    r"a \approx b \equiv c \propto d \ll e \gg f \leq g \geq h",
    r"\oint_{\partial S} \iint_S \bigcup_i \bigoplus_j \coprod_k",
    r"e^{e^{e^{x}}} + x_{y_{z_{w}}}",
    r"\tfrac12 + \dfrac{1}{1 + \cfrac{1}{1 + \cfrac{1}{x}}}",
    r"O(n \log n), \; \Theta(n^2), \; o(1)",
    r"\mathbf{1}_{[x > 0]} + \mathbb{1} + \ell_2 + \hbar + \Re z",
    r"\|x\|_2 \cdot |y| \pm \langle z \rangle \mp 3.14159",
    r"\operatorname{ReLU}(x) = \max(0, x) \perp \!\!\! \perp y \not\perp z",
)
SIZE = 40  # pixels to the em

OFFSET = """formula => {
  const [base, mark] = [...formula.querySelector("mover, munder").children].map(part => part.getBoundingClientRect());
  return [mark.width, (mark.left + mark.right - base.left - base.right) / 2];
}"""
BOXES = """() => [...document.querySelectorAll("math, math *")].map(part => {
  const {x, y, width, height} = part.getBoundingClientRect();
  return [part.tagName, x, y, width, height];
})"""


@cache
def mathml(latex: str) -> str:
    """Return a formula as HTML; it must be one that an engine can render."""
    html = render_formulas([Snippet(latex, display=True)], {}).formulas[0].html
    assert "math-error" not in html, latex
    return html


@cache
def font_for(formulas: tuple[str, ...]) -> MathFont:
    return subset_font(default_font(), site_characters(map(mathml, formulas)))


def whole_font() -> bytes:
    """Return STIX Two Math with all its glyphs, mended like a subset."""
    font = open_font(default_font())
    prepare(font)
    mend(font)
    data = BytesIO()
    font.save(data)
    return data.getvalue()


def show(page: "Page", font: bytes, formulas: tuple[str, ...]) -> list[str]:
    """Open a page with these formulas in this font; return what the browser writes to its console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    face = f'@font-face {{ font-family: Test; src: url("data:font/woff2;base64,{b64encode(font).decode()}") }}'
    style = f"{face} math {{ font-family: Test; font-size: {SIZE}px }} div {{ display: inline-block; margin: 12px }}"
    blocks = "".join(f"<div>{mathml(latex)}</div>" for latex in formulas)
    page.set_content(f"<!doctype html><style>{style}</style>{blocks}")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('40px Test', 'x'))")
    return said


def fonts_used(page: "Page") -> set[str]:
    """Return the fonts of the glyphs on the page: `*` for one that the page brings, else the system font's name."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "mi, mo, mn"})["nodeIds"]
    answers = [session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in found]
    return {"*" if font["isCustomFont"] else font["familyName"] for fonts in answers for font in fonts}


def test_accents_stand_over_the_middle_of_their_letters(page: "Page") -> None:
    show(page, font_for(ACCENTS).data, ACCENTS)
    for latex, formula in zip(ACCENTS, page.locator("math").all(), strict=True):
        width, offset = formula.evaluate(OFFSET)
        assert width > 0.1 * SIZE, f"the accent of {latex} has no width to be centred by"
        assert abs(offset) < 0.1 * SIZE, latex


@pytest.mark.parametrize("name", ["hat", "vec", "overline", "dot", "dddot", "widehat"])
def test_ink_of_an_accent_is_centred_too(page: "Page", name: str) -> None:
    """The box says nothing of what is painted in it: black pixels above the letter lie around its middle."""
    show(page, font_for(ACCENTS).data, (rf"\{name}{{\mathrm{{o}}}}",))
    accent, letter = ink(page)
    assert abs(accent - letter) < 0.1 * SIZE


def ink(page: "Page") -> tuple[float, float]:
    """Return the middle of the painted pixels above the letter's box, and of those inside its lower half."""
    from PIL import Image

    box = page.locator("math").evaluate(
        "m => { const r = m.querySelector('mover').firstElementChild.getBoundingClientRect();"
        " return [r.left, r.top, r.right, r.bottom] }"
    )
    image = Image.open(BytesIO(page.screenshot())).convert("L").point(lambda level: 255 - level)
    middle = round((box[1] + box[3]) / 2)
    above = image.crop((0, 0, image.width, round(box[1]))).getbbox()
    below = image.crop((0, middle, image.width, image.height)).getbbox()
    assert above
    assert below
    return (above[0] + above[2]) / 2, (below[0] + below[2]) / 2


def test_forty_formulas_look_as_with_the_whole_font(page: "Page") -> None:
    """Every box has the same place and size, every pixel the same colour; no glyph comes from another font."""
    subset = font_for(VARIED)
    said = show(page, subset.data, VARIED)
    assert fonts_used(page) == {"*"}
    boxes, pixels = page.evaluate(BOXES), page.screenshot(full_page=True)
    said += show(page, whole_font(), VARIED)
    assert page.evaluate(BOXES) == boxes
    assert page.screenshot(full_page=True) == pixels
    assert not said, "Chromium objects to a table of the font"
