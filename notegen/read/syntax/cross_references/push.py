"""References among inline tokens: `cross_ref` with a WIKI_TARGET that is a label, found in this note or another.

`content` is the label; what it shows is known when the note's formulas are rendered, see read/document/references.py.
"""

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.token_data import REFERENCE, SPAN, WIKI_TARGET, CrossReference, Span, WikiTarget
from notegen.text.cjk import is_cjk

_NO_BREAK = "\N{NO-BREAK SPACE}"
NUMBER, IN_PARENTHESES, KIND_AND_NUMBER, NAME = "%s", "(%s)", "%k", ""  # forms, see WikiHole
LATEX_FORMS = {"ref": NUMBER, "eqref": IN_PARENTHESES}  # of all others: what a sentence or a formula has room for


def push_reference(state: StateInline, label: str, form: str, shown: str, span: Span) -> None:
    """Push a reference to what has a label; `shown`: what stands there where nothing has it."""
    token = state.push("cross_ref", "", 0)
    SPAN.set(token, span)
    fill_reference(token, label, form, shown)


def fill_reference(token: Token, label: str, form: str, shown: str) -> None:
    """Make a token a reference."""
    token.type, token.content = "cross_ref", label
    REFERENCE.set(token, CrossReference(shown))
    WIKI_TARGET.set(token, WikiTarget("", label, label=shown, form=form))


def tie(state: StateInline) -> None:
    r"""Make the `~` before a command of LaTeX, `图~\ref{fig:x}`, the space that it is there; so is one behind 图."""
    if state.pending.endswith("~") and not state.pending.endswith("~~"):
        state.pending = state.pending[:-1] + _NO_BREAK
    keep_space(state)


def keep_space(state: StateInline) -> None:
    """Let no line end at a space between a Han character and a number: 式 (1)."""
    if state.pending.endswith(" ") and len(state.pending) > 1 and is_cjk(state.pending[-2]):
        state.pending = state.pending[:-1] + _NO_BREAK


def latex_reference(token: Token, command: str, label: str) -> None:
    r"""Make a token the reference `\ref{label}`, `\eqref{label}` or the like."""
    form = LATEX_FORMS.get(command.lower(), NAME)
    fill_reference(token, label, form, "(??)" if form == IN_PARENTHESES else "??")
    token.markup = f"\\{command}"
