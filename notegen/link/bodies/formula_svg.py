"""Formulas as SVG, by ziamath, for places that show no MathML."""

import contextlib
import logging
import warnings
from collections.abc import Iterator

from notegen.jinja.html_tree import Element, as_xml, latex_of, parse_html
from notegen.text.patterns import lazy_regex

_SIZE = 18.0  # of the text around, in pixels
_SLANTED = dict(zip("ϵϑϰϕϱϖ", "𝜖𝜗𝜘𝜙𝜚𝜛", strict=True))  # letters that ziamath sets upright
_SELECTORS = lazy_regex("[\ufe00\ufe01]")  # of variants of letters, which it does not know
_ROOT = '<math xmlns="http://www.w3.org/1998/Math/MathML"'


def as_svg(math: Element) -> str:
    """Return a formula as an SVG element that stands on the line of the text; its LaTeX where ziamath fails."""
    try:
        with _quiet():
            svg, below = _drawn(_plain(math))
    except (ValueError, KeyError, AttributeError, IndexError, TypeError, ZeroDivisionError):
        return f"<code>{as_xml(latex_of(math))}</code>"
    style = f"vertical-align:-{below:.2f}px" if below > 0 and not is_display(math) else "max-width:100%"
    return svg.replace("<svg ", f'<svg style="{style}" ', 1)


def _drawn(mathml: str) -> tuple[str, float]:
    """Return a formula as SVG, and how many pixels of it are below the line of the text."""
    from ziamath import zmath

    formula = zmath.Math(mathml, size=_SIZE)
    return _outlined(formula.svg()), -formula.getyofst()


def _outlined(svg: str) -> str:
    """Return an SVG with the outline of each sign in its place: symbols that are used by name are lost when pasted."""
    tree = parse_html(svg)
    symbols = {symbol.attributes["id"]: symbol for symbol in tree.all("symbol")}
    for use in tree.all("use"):
        symbol = symbols[use.attributes.get("href", "").removeprefix("#")]
        left, top, width, _ = (float(number) for number in symbol.attributes["viewbox"].split())
        scale = float(use.attributes["width"]) / width if width else 1.0
        x, y = (float(use.attributes[name]) - scale * start for name, start in (("x", left), ("y", top)))
        fill = {"fill": use.attributes["fill"]} if "fill" in use.attributes else {}
        use.name, use.children = "g", symbol.children
        use.attributes = {"transform": f"translate({x:.3f} {y:.3f}) scale({scale:.4f})", **fill}
    for root in tree.all("svg"):
        root.children = [child for child in root.children if isinstance(child, str) or child.name != "symbol"]
    return as_xml(tree).replace(" viewbox=", " viewBox=")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Let ziamath say nothing: of elements that it does not know, and of how it finds its fonts."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _plain(math: Element) -> str:
    """Return the MathML of a formula without what only browsers need: the source beside it."""
    copy = Element("math", {name: value for name, value in math.attributes.items() if name == "display"})
    copy.children = _children(math)
    return as_xml(copy).replace("<math", _ROOT, 1)


def _children(element: Element) -> list[Element | str]:
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(_SELECTORS.sub("", child))
        elif child.name == "semantics":
            kept += _children(child)
        elif child.name != "annotation":
            copy = Element(child.name, _attributes(child))
            copy.children = _children(child)
            if child.name == "mtd" and not child.children:  # which ziamath cannot draw; the others keep their columns
                copy.children = [Element("mspace", {"width": "0"})]
            if child.name == "mi" and child.text() in _SLANTED and "mathvariant" not in child.attributes:
                copy.children = [_SLANTED[child.text()]]
            kept.append(copy)
    return kept


def _attributes(element: Element) -> dict[str, str]:
    """Return the attributes that ziamath reads; how cells are aligned stands in their style in our MathML."""
    kept = {name: value for name, value in element.attributes.items() if name not in {"style", "id", "class"}}
    style = element.attributes.get("style", "").replace(" ", "")
    if element.name == "mtd" and "text-align:" in style:
        kept["columnalign"] = style.partition("text-align:")[2].partition(";")[0]
    if element.name == "mtable" and any(
        "text-align:" in cell.attributes.get("style", "") for cell in element.all("mtd")
    ):
        kept.setdefault("columnspacing", "0.15em")
    return kept


def is_display(math: Element) -> bool:
    """Return whether a formula stands on lines of its own."""
    return math.attributes.get("display") == "block"
