"""Operators in scripts without the space around them, as TeX and math-core set them; KaTeX's MathML leaves it there."""

from xml.etree.ElementTree import Element

_SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mroot"})
_LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂⨀⨄⨆\u2061")


def tighten_scripts(content: Element) -> None:
    """Set the space around operators in scripts of `content` to nothing, in place; time is linear."""
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
