"""A note's excerpt for lists, and its description for search engines."""

import math

import msgspec
from markdown_it.token import Token

from notegen.model.body import Body
from notegen.read.document.excerpts.cut import cut_at_marker, cut_automatically, marker_index
from notegen.read.document.formulas import Formulas, set_line_formulas
from notegen.read.html.context import Mode
from notegen.read.html.renderer import render_blocks
from notegen.read.plain_text import block_text, has_open_references
from notegen.read.services import NoteDraft, ReaderServices, new_context
from notegen.read.syntax.parse_state import new_env
from notegen.text.cjk import DESCRIPTION
from notegen.text.html import before_mark


class Excerpt(msgspec.Struct, frozen=True):
    """An excerpt as a body and as text. `formulas`: those of a summary in the front matter.

    `marked`: the beginning of the text, with marks for references to other notes, see text/html.py.
    """

    body: Body
    text: str
    marked: str = ""
    formulas: Formulas = Formulas()


def excerpt_of(tokens: list[Token], draft: NoteDraft, services: ReaderServices) -> Excerpt:
    """Return the excerpt: up to the author's marker, else the front matter's summary, else cut automatically."""
    marker, summary, length = marker_index(tokens), draft.front_matter.meta.summary, services.settings.excerpt.length
    formulas = Formulas()
    if marker is not None:
        shown = cut_at_marker(tokens, marker).tokens
    elif summary:
        summary_tokens = services.parser.parse(summary, new_env(draft.front_matter.meta))
        formulas = set_line_formulas(summary_tokens, draft, services)
        shown = cut_automatically(summary_tokens, math.inf).tokens
    else:
        shown = cut_automatically(tokens, length).tokens
    context = new_context(Mode.EXCERPT, draft, services)
    html = render_blocks(shown, context).strip()
    text, marked = block_text(shown), ""
    if any(token.type == "inline" and has_open_references(token.children or ()) for token in shown):
        marked = " ".join(before_mark(block_text(shown, marked=True), 10 * DESCRIPTION).split())
    return Excerpt(context.holes.cut(html), text, marked, formulas)
