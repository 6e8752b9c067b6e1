"""Symbols found again in formulas: the MathML of a symbol is looked for in that of a formula.

A symbol is marked with `data-meaning`, which MathML Core lets every element have; the first formula in which it stands
has its meaning as `aria-description` too, so that screen readers say each once.
"""

import re
from collections.abc import Mapping
from html import escape

import msgspec

from notegen.text.patterns import lazy_regex

_END = "<annotation"
_TAG = lazy_regex(r"<(/?)[a-z]++[^<>]*+>")


class Symbol(msgspec.Struct, frozen=True):
    """A symbol's MathML (see `presentation`), its readable text, what it means."""

    mathml: str
    text: str
    meaning: str


def presentation(html: str) -> str:
    """Return the MathML that a formula shows; "" for what is no formula, or shows nothing."""
    shown = html.partition("<semantics>")[2].partition(_END)[0]
    return shown if _TAG.sub("", shown).strip() else ""


class SymbolMarker:
    """Marks symbols in the formulas of one note, in their order."""

    def __init__(self, symbols: Mapping[str, Symbol]) -> None:
        """`symbols`: by their LaTeX."""
        self._symbols = symbols
        self._described: set[str] = set()
        self._forms: dict[str, tuple[str, bool]] = {}  # MathML -> the symbol's LaTeX, whether it is one element
        for latex, symbol in symbols.items():
            for form, is_element in _forms_of(symbol.mathml):
                self._forms.setdefault(form, (latex, is_element))
        longest_first = sorted(self._forms, key=len, reverse=True)
        self._pattern = re.compile(rf'(?<!accent="true">)(?:{"|".join(map(re.escape, longest_first))})')

    @property
    def has_marked(self) -> bool:
        """Whether any formula had one of the symbols."""
        return bool(self._described)

    def mark(self, html: str) -> str:
        """Return a formula's HTML with its symbols marked; one that has none stays as it is."""
        shown, annotation, end = html.partition(_END)
        new: dict[str, None] = {}
        marked = self._pattern.sub(lambda match: self._marked(match[0], new), shown)
        if marked == shown:
            return html
        described = [latex for latex in new if latex not in self._described]
        self._described.update(described)
        if described:
            words = "; ".join(f"{self._symbols[latex].text}: {self._symbols[latex].meaning}" for latex in described)
            marked = marked.replace("<math", f'<math aria-description="{escape(words)}"', 1)
        return marked + annotation + end

    def _marked(self, form: str, new: dict[str, None]) -> str:
        latex, is_element = self._forms[form]
        new[latex] = None
        attribute = f' data-meaning="{escape(self._symbols[latex].meaning)}"'
        if not is_element:
            return f"<mrow{attribute}>{form}</mrow>"
        end = min(form.index(">"), form.find(" ") if " " in form else len(form))
        return form[:end] + attribute + form[end:]


def _forms_of(mathml: str) -> list[tuple[str, bool]]:
    """Return the forms in which a symbol may stand, each with whether it is (the beginning of) one element.

    A row of several parts may stand without its row; `q_φ` with a power is one element of three parts.
    """
    if not _is_element(mathml):
        return [(mathml, False)]
    forms = [(mathml, True)]
    if mathml.startswith("<mrow>"):
        inside = mathml.removeprefix("<mrow>").removesuffix("</mrow>")
        forms += [] if _is_element(inside) else [(inside, False)]
    elif mathml.startswith("<msub>"):
        forms.append((f"<msubsup>{mathml.removeprefix('<msub>').removesuffix('</msub>')}", True))
    return forms


def _is_element(mathml: str) -> bool:
    """Return whether MathML is one element: its first tag is closed by its last."""
    depth = 0
    for tag in _TAG.finditer(mathml):
        depth += 0 if tag[0].endswith("/>") else -1 if tag[1] else 1
        if depth == 0:
            return tag.end() == len(mathml)
    return False
