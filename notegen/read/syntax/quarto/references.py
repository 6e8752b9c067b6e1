"""Quarto's references `@eq-x`, `@thm-x`, `@sec-x`, also in brackets: links to what has the label, in any note.

The kinds are those of equations, sections and theorems. Figures, tables and listings have no numbers here: references
to them, and citations, stay as written.

Source: Quarto docs, "Cross References", "Theorems and Proofs".
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.myst.roles import push_equation_reference, push_label_reference
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import Span
from notegen.text.patterns import lazy_regex

# Prefixes of labels -> the words of kinds.py.
THEOREMS = {
    "thm": "theorem",
    "lem": "lemma",
    "cor": "corollary",
    "prp": "proposition",
    "cnj": "conjecture",
    "def": "definition",
    "exm": "example",
    "exr": "exercise",
    "sol": "solution",
    "rem": "remark",
    "alg": "algorithm",
}
_REFERENCE = lazy_regex(
    rf"(?P<open>\[?)-?@(?P<label>(?P<kind>eq|sec|{'|'.join(THEOREMS)})-\w+(?:[-:.]\w+)*+)(?P<close>\]?)"
)


def reference(state: StateInline, silent: bool) -> bool:
    """Read a reference at `@`, or at the bracket around it."""
    start = state.pos
    if state.src[start] == "[" and not state.src.startswith(("[@", "[-@"), start):
        return False
    match = _REFERENCE.match(state.src, start, state.posMax)
    before = state.src[start - 1 : start]
    if match is None or (before.isascii() and before.isalnum()) or state.linkLevel:
        return False
    bracketed = bool(match["open"])
    end = match.end() if bracketed else match.end("label")
    if bracketed and (not match["close"] or state.src.startswith(("(", "["), end)):  # the text of a link
        return False
    if not silent:
        label, shown, span = match["label"], state.src[start:end], Span(match.start("label"), len(match["label"]))
        if match["kind"] == "eq":
            push_equation_reference(state, label, shown, span)
        else:
            push_label_reference(state, label, "", shown, span)
    state.pos = end
    return True


QUARTO_REFERENCES = Rule("inline", "quarto_references", reference, starts="@[", before="link")
