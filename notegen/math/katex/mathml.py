"""KaTeX's MathML in the form of math-core's: MathML Core, the same styles, nothing outside a list of names."""

from collections.abc import Callable
from html import escape
from xml.etree.ElementTree import Element, ParseError, XMLParser

from notegen.math.alphabets import styled
from notegen.math.katex.tables import adapt_table
from notegen.math.latex.colors import css_color
from notegen.math.mathml.html_compat import validated
from notegen.math.mathml.normalize import adjust
from notegen.text.patterns import lazy_regex

_START = lazy_regex(r"<math\b")
_END = "</math>"
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_ELEMENT_NAMES = """
mrow mstyle mspace msub msup msubsup munder mover munderover mmultiscripts mprescripts none mfrac msqrt mroot mtable mtr
mtd mpadded mphantom menclose merror
"""
_ATTRIBUTE_NAMES = """
accent accentunder depth displaystyle fence form height largeop linethickness lspace mathbackground mathcolor mathsize
maxsize minsize movablelimits notation rspace scriptlevel separator stretchy style symmetric voffset width
"""
_ELEMENTS = _TOKENS | frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
# KaTeX 0.16 says "left" and "right" of lines above and below a table, and the reverse.
_SIDES = {"left": "top", "right": "bottom", "top": "left", "bottom": "right"}
_CHILDREN = {"msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
_CIRCLE = "◯"
_ACCENTS = {"^": "ˆ", "ˉ": "¯", "~": "˜", "⃗": "⃗", "ˇ": "ˇ", "ˊ": "´", "ˋ": "`"}  # KaTeX's: math-core's
_TEXT_STYLES = {
    "bold": "font-weight: bold",
    "italic": "font-style: italic",
    "bold-italic": "font-weight: bold;font-style: italic",
    "monospace": "font-family: monospace",
    "sans-serif": "font-family: sans-serif",
}
_SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mroot"})
_LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂⨀⨄⨆\u2061")


def adapt(html: str) -> str:
    """Return `=` and the adapted MathML inside `<math><semantics>` of KaTeX's output; `!` and a message on failure."""
    start = _START.search(html)
    written = html[start.start() : html.rfind(_END) + len(_END)] if start else ""
    parser = XMLParser()  # noqa: S314 - KaTeX's own output, from <math> on: no document type, so no entities
    try:
        parser.feed(written.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "", 1))
        math = parser.close()
    except ParseError:
        return "!-1 the formula holds a character that MathML cannot"
    content = math[0][0] if len(math) and len(math[0]) else Element("mrow")
    for element in reversed(list(content.iter())):  # innermost first
        _adapt(element)
    _tighten_scripts(content)
    return "=" + validated(adjust(_spell(content)))


def _adapt(element: Element) -> None:
    """Adapt one element, whose content is adapted already, in place."""
    if len(element) > _CHILDREN.get(element.tag, len(element)):
        _gather(element)
    for name in ("mathcolor", "mathbackground"):
        if name in element.attrib:
            _color(element, name)
    if element.tag in _TOKENS:
        _token(element)
    elif element.tag in _RULES:
        _RULES[element.tag](element)


def _gather(element: Element) -> None:
    r"""An operator under an accent is a name and a sign that says it is applied: together they are the base."""
    end = len(element) - _CHILDREN[element.tag] + 1
    base = Element("mrow")
    base.extend(element[:end])
    element[:end] = [base]


def _color(element: Element, name: str) -> None:
    """Names of colours become `#rrggbb`, as MathML 3 knows few names; one that no browser knows is left out."""
    color = css_color(element.attrib[name])
    if color != element.attrib[name]:
        del element.attrib[name]
    if color:
        element.set(name, color)


def _token(element: Element) -> None:
    """Letters of a variant become characters of Unicode; a token around elements is a row."""
    if len(element):
        element.tag = "mrow"
        element.attrib.clear()
        return
    variant = element.attrib.pop("mathvariant", "")
    if element.tag == "mtext":
        if variant in _TEXT_STYLES:
            element.set("style", _TEXT_STYLES[variant])
    elif variant == "normal":
        if element.tag == "mi" and len(element.text or "") == 1:
            element.set("mathvariant", "normal")
    else:
        element.text = styled(element.text or "", variant)


def _space(element: Element) -> None:
    """MathML Core ignores negative widths; a margin does the same."""
    width = element.get("width", "")
    if width.startswith("-"):
        del element.attrib["width"]
        element.set("style", f"margin-left:{width};")


def _padded(element: Element) -> None:
    r"""MathML Core knows no relative sizes: `+6pt` is a padding, the `-1width` of `\llap` a shift by its own width."""
    space = element.get("lspace", "")
    if element.get("width", "").startswith("+"):
        above = element.get("voffset", "0")
        for name in ("width", "height", "voffset", "lspace"):
            element.attrib.pop(name, None)
        element.set("style", f"{element.get('style', '')};padding: {above} {space or 0};".lstrip(";"))
    elif space.endswith("width"):
        del element.attrib["lspace"]
        inside = Element("mrow", {"style": f"transform: translateX({float(space.removesuffix('width')):.0%})"})
        inside.text = element.text
        inside.extend(element)
        element[:] = [inside]
        element.text = None


def _enclosed(element: Element) -> None:
    """Strokes are drawn by rows that the style sheet knows, as in math-core's output."""
    for stroke in ("updiagonalstrike", "downdiagonalstrike", "horizontalstrike", "phasorangle"):
        if stroke in element.get("notation", "").split():
            element.append(Element("mrow", {"class": f"menclose-{stroke}"}))


def _lines_of_table(element: Element) -> None:
    r"""`\hline` at the edge of an array is a border of the table."""
    notation = element.get("notation", "").split()
    if len(element) == 1 and element[0].tag == "mtable" and set(notation) <= _SIDES.keys():
        table = element[0]
        lines = "".join(f"border-{_SIDES[side]}: 0.05em solid currentcolor;" for side in notation)
        element.tag = "mtable"
        element.attrib = {**table.attrib, "style": lines + table.get("style", "")}
        element[:] = list(table)
    else:
        _enclosed(element)


def _accent(element: Element) -> None:
    r"""Accents get math-core's characters, which do not stretch; `\textcircled` is a circle around its letter."""
    if element.get("accent") != "true" or len(element) != 2:  # noqa: PLR2004 (base and accent)
        return
    accent = element[1]
    if accent.text == _CIRCLE:
        element.tag = "menclose"
        element.attrib = {"notation": "circle"}
        del element[1]
    elif accent.get("stretchy") == "true":
        accent.text = "\u0302" if accent.text == "^" else accent.text
    elif accent.tag == "mo" and (accent.text or "") in _ACCENTS:
        accent.text = _ACCENTS[accent.text or ""]
        accent.set("stretchy", "false")


_RULES: dict[str, Callable[[Element], None]] = {
    "mspace": _space,
    "mover": _accent,
    "mpadded": _padded,
    "menclose": _lines_of_table,
    "mtable": adapt_table,
}


def _spell(element: Element) -> str:
    """Return `element` as HTML; names that are not on our lists are left out, their content stays."""
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        tag = item.tag if item.tag in _ELEMENTS else "mrow"
        attributes = "".join(
            f' {name}="{escape(value)}"' for name, value in item.attrib.items() if _allowed(name, value)
        )
        parts.append(f"<{tag}{attributes}>{escape(item.text or '', quote=False)}")
        stack.append(f"</{tag}>")
        for child in reversed(item):
            stack += [escape(child.tail or "", quote=False), child]
    return "".join(parts)


def _allowed(name: str, value: str) -> bool:
    if name == "class":
        return value.startswith(("menclose-", "math-"))
    return name in _ATTRIBUTES or (name == "mathvariant" and value == "normal")


def _tighten_scripts(content: Element) -> None:
    """Set operators in scripts of `content` without space around them, in place, as TeX and math-core do."""
    pending = [(content, False)]
    while pending:
        element, small = pending.pop()
        if element.tag == "mo" and small and (element.text or "") not in _LARGE:
            element.attrib.setdefault("lspace", "0")
            element.attrib.setdefault("rspace", "0")
        small = small or (element.tag == "mstyle" and element.get("scriptlevel", "0") not in {"", "0"})
        if element.get("scriptlevel") == "0":
            small = False
        accent = "true" in {element.get("accent"), element.get("accentunder")}
        for index, child in enumerate(element):
            pending.append((child, small or (index > 0 and element.tag in _SCRIPTED and not accent)))
