r"""LaTeX in prose: references, `\ref{fig:x}`, `\eqref`, `\cref{a,b}`, `\Cref`, `\autoref`, and `\label{fig:x}`.

Tokens: `cross_ref` with the SPAN of its label; `label`, whose `content` is the label, in captions and headings (see
floats.py and sections.py). A label anywhere else becomes text again.

Source: cleveref's and hyperref's manuals.
"""

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.cross_references.push import latex_reference
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import SPAN, Span
from notegen.text.patterns import lazy_regex

_REFERENCE = lazy_regex(r"\\(eqref|ref|[cC]ref|autoref)\*?\{([^{}\\$\n]{1,200})\}")
_LABEL = lazy_regex(r"\\label\{([^{}\\$\n]{1,200})\}")
_LISTS = frozenset({"cref", "Cref"})
_MOST = 20  # labels of one reference


def references(state: StateInline, silent: bool) -> bool:
    """Read a reference at a backslash."""
    if state.src[state.pos] != "\\":
        return False
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        labels = match[2].split(",")[:_MOST] if match[1] in _LISTS else [match[2]]
        offset = match.start(2)
        for number, label in enumerate(labels):
            if number:
                state.push("text", "", 0).content = ", "
            token = state.push("cross_ref", "", 0)
            latex_reference(token, match[1], label.strip())
            SPAN.set(token, Span(offset + len(label) - len(label.lstrip()), len(label.strip()) or 1))
            offset += len(label) + 1
    state.pos = match.end()
    return True


def label(state: StateInline, silent: bool) -> bool:
    r"""Read `\label{x}`."""
    match = _LABEL.match(state.src, state.pos, state.posMax) if state.src.startswith(r"\l", state.pos) else None
    if match is None:
        return False
    if not silent:
        state.push("label", "", 0).content = match[1].strip()
        parse_state(state.env).labelling = True
    state.pos = match.end()
    return True


def take_labels(children: list[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """Return the tokens of a caption or heading without its labels and the space before them, and the labels."""
    labels = tuple(token.content for token in children if token.type == "label")
    if not labels:
        return children, ()
    kept = [token for token in children if token.type != "label"]
    if kept and kept[-1].type == "text":
        kept[-1] = kept[-1].copy(content=kept[-1].content.rstrip())
    return kept, labels


def as_text(children: list[Token]) -> list[Token]:
    """Return inline tokens in which labels are the text that they were written as."""
    return [
        token.copy(type="text", content=rf"\label{{{token.content}}}") if token.type == "label" else token
        for token in children
    ]


LATEX_REFERENCES = Rule("inline", "cross_ref", references, starts="\\", before="escape")
LATEX_LABELS = Rule("inline", "latex_label", label, starts="\\", before="escape")
