r"""LaTeX in prose: `\ref{fig:x}`, `\eqref`, `\cref{a,b}`, `\Cref`, `\autoref`, `\nameref`, `\vref`; `\label{fig:x}`.

bookdown's `\@ref(fig:x)` is `\ref{fig:x}`.

Tokens: `cross_ref` with the SPAN of its label; `label`, whose `content` is the label, in captions and headings (see
numbers.py and section_numbers.py). A label anywhere else becomes text again.

Source: cleveref's and hyperref's manuals; Xie, "bookdown", section 2.2, 2.4, 2.5.
"""

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.cross_references.push import latex_reference, tie
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import SPAN, Span
from notegen.text.patterns import lazy_regex

_REFERENCE = lazy_regex(
    r"\\(?:(eqref|ref|[cC]ref|autoref|nameref|[vV]ref)\*?\{([^{}\\$\n]{1,200})\}|(@ref)\(([A-Za-z0-9][\w:./-]{0,100}+)\))"
)
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
        tie(state)
        command, written, offset = match[1], match[2], match.start(2)
        if match[3]:
            command, written, offset = "ref", match[4], match.start(4)
        labels = written.split(",")[:_MOST] if command in _LISTS else [written]
        for number, label in enumerate(labels):
            if number:
                state.push("text", "", 0).content = ", "
            token = state.push("cross_ref", "", 0)
            latex_reference(token, command, label.strip())
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
