"""Distill's footnotes, `<d-footnote>words</d-footnote>`: footnotes as others, the words are Markdown.

Source: distill.pub/guide, "Footnotes"; al-folio's layout `distill`.
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.latex_text.commands import push_footnote
from notegen.read.syntax.rule import Rule

_OPEN, _CLOSE = "<d-footnote>", "</d-footnote>"
_LONGEST = 4000  # characters of one


def distill_footnote(state: StateInline, silent: bool) -> bool:
    """Read a footnote at its tag."""
    if not state.src.startswith(_OPEN, state.pos):
        return False
    start = state.pos + len(_OPEN)
    end = state.src.find(_CLOSE, start, min(state.posMax, start + _LONGEST))
    words = state.src[start:end].strip() if end >= 0 else ""
    if not words or _OPEN in words:
        return False
    if not silent:
        push_footnote(state, words)
    state.pos = end + len(_CLOSE)
    return True


DISTILL_FOOTNOTE = Rule("inline", "distill_footnote", distill_footnote, starts="<", before="html_inline")
