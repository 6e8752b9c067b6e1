r"""MathML that validators take: the same formula in the attributes that MathML 3 and MathML Core have in common.

MathML Core lets every element carry `displaystyle` and `scriptlevel`; the checker of HTML, which knows MathML 3, lets
only `<mstyle>` do so (and `displaystyle` stand at tables). An `<mstyle>` around the element is the same to browsers.
Nor does it know lengths in `rem`, which math-core makes of TeX's points, ten to the em.
"""

from notegen.text.patterns import lazy_regex

_STYLE = lazy_regex(r' (displaystyle|scriptlevel)="[^"]*"')
_TAG = lazy_regex(r"<(/?)(mrow|mfrac|mtable)\b([^<>]*)>")
_OF_TABLES = lazy_regex(r' displaystyle="[^"]*"')
_OUTERMOST = lazy_regex(r'\A(<mtable[^>]*?) scriptlevel="0"')
_SPACE = lazy_regex(r'<mspace width="[^"]*rem"(?= style="width:)')
_POINTS = lazy_regex(r'( (?:linethickness|voffset)="[^"]*[\d.])rem"')


def validated(mathml: str) -> str:
    """Return MathML, one element, that looks the same and validates; time is linear, most formulas need nothing."""
    if 'rem"' in mathml:
        mathml = _POINTS.sub(r'\1em"', _SPACE.sub("<mspace", mathml))
    if mathml.startswith("<mtable "):  # the outermost element is no script: its level is 0 anyway
        mathml = _OUTERMOST.sub(r"\1", mathml)
    if "level=" in mathml or ("<mfrac " in mathml and "displaystyle=" in mathml):
        return _move_styles(mathml)
    return mathml


def _move_styles(mathml: str) -> str:
    """Turn rows that set a style into `<mstyle>`, and put one around fractions and tables that do."""
    pieces: list[str] = []
    endings: list[str] = []  # what closes each element that is open
    position = 0
    for match in _TAG.finditer(mathml):
        closing, name, attributes = match[1], match[2], match[3]
        pieces.append(mathml[position : match.start()])
        position = match.end()
        if closing:
            pieces.append(endings.pop())
            continue
        styled = "displaystyle=" in attributes or "scriptlevel=" in attributes
        start, end = _styled(name, attributes) if styled else (match[0], f"</{name}>")
        pieces.append(start)
        if not attributes.endswith("/"):
            endings.append(end)
    return "".join([*pieces, mathml[position:]])


def _styled(name: str, attributes: str) -> tuple[str, str]:
    """Return the start and the end of an element that sets a style."""
    if name == "mrow":
        return f"<mstyle{attributes}>", "</mstyle>"
    style = "".join(match[0] for match in _STYLE.finditer(attributes))
    others = _STYLE.sub("", attributes)
    if name == "mtable":
        of_table = _OF_TABLES.search(style)
        others = (of_table[0] if of_table else "") + others
        style = _OF_TABLES.sub("", style)
    if not style:
        return f"<{name}{others}>", f"</{name}>"
    return f"<mstyle{style}><{name}{others}>", f"</{name}></mstyle>"
