"""A note's excerpt for lists, and its description for search engines."""

import msgspec
from markdown_it.token import Token

from notegen.model.body import Body
from notegen.read.document.excerpt_cut import cut_at_marker, cut_automatically, marker_index
from notegen.read.document.formulas import Formulas, set_line_formulas
from notegen.read.html.context import Mode
from notegen.read.html.renderer import render_blocks
from notegen.read.plain_text import block_text
from notegen.read.services import NoteDraft, ReaderServices, new_context
from notegen.read.syntax.parse_state import new_env

DESCRIPTION = 160  # characters, what search engines show


class Excerpt(msgspec.Struct, frozen=True):
    """An excerpt as a body and as text. `formulas`: those of a summary in the front matter."""

    body: Body
    text: str
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
        shown = cut_automatically(summary_tokens, 10 * length).tokens
    else:
        shown = cut_automatically(tokens, length).tokens
    context = new_context(Mode.EXCERPT, draft, services)
    html = render_blocks(shown, context).strip()
    return Excerpt(context.holes.cut(html), block_text(shown), formulas)


def shorten(text: str) -> str:
    """Return a description of at most DESCRIPTION characters: the text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION:
        return line
    head = line[: DESCRIPTION - 1]
    space = head.rfind(" ")
    return (head[:space] if space > DESCRIPTION * 2 // 3 else head).rstrip(" ，、；：,;:") + "…"
