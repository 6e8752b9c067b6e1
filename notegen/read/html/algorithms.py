"""Algorithms as HTML: what plain tags do not say of their lines, an id and a link to it at the number."""

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.tags import RenderRules, id_attribute
from notegen.read.token_data import LABELLED


def _line_open(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Open a line; a numbered one on the note's page is a place that its number links to."""
    token, line = tokens[index], LABELLED.of(tokens[index])
    style = f' style="{escape(str(token.attrs["style"]))}"' if "style" in token.attrs else ""
    if line is None or context.mode is not Mode.PAGE:
        return f"<li{style}>"
    link = f'<a class="anchor" href="{context.own_address(line.anchor)}" aria-label="#"></a>'
    return f"<li{style}{id_attribute(line.anchor, context)}>{link}"


ALGORITHM_RULES: RenderRules = {"algorithm_line_open": _line_open}
