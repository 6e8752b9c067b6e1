"""A note's excerpt for lists and its description for search engines."""

from markdown_it.token import Token

from notegen.model.body import Body
from notegen.model.source import SourceFile
from notegen.read.document import cut as excerpt
from notegen.read.document.title import set_line_formulas
from notegen.read.formulas import Formulas
from notegen.read.front_matter.read import FrontMatter
from notegen.read.html.context import Context, Mode
from notegen.read.places import Places
from notegen.read.plain_text import block_text
from notegen.read.services import Workshop, render

DESCRIPTION = 160  # characters, what search engines show


def excerpt_of(
    tokens: list[Token], front: FrontMatter, source: SourceFile, macros: dict[str, str], places: Places, shop: Workshop
) -> tuple[tuple[Body, str], Formulas]:
    """Return the excerpt's body and its text.

    The author's marker, else the front matter's summary, else cut automatically. The formulas are those of the summary.
    """
    marker = excerpt.marker_index(tokens)
    formulas = Formulas()
    if marker is not None:
        shown = excerpt.cut_at_marker(tokens, marker).tokens
    elif front.meta.summary:
        parsed = shop.parser.parse(front.meta.summary, {"language": front.meta.lang})
        formulas = set_line_formulas(parsed, macros, shop.settings.math, source.text, source.path, shop.fragments)
        places = Places((), 0)
        shown = excerpt.cut_automatically(parsed, 10 * shop.settings.excerpt.length).tokens
    else:
        shown = excerpt.cut_automatically(tokens, shop.settings.excerpt.length).tokens
    context = Context(Mode.EXCERPT, places, shop.highlight)
    html = render(shown, context, shop).strip()
    return (context.holes.cut(html), block_text(shown)), formulas


def shorten(text: str) -> str:
    """Return a description: the text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION:
        return line
    head = line[: DESCRIPTION - 1]
    space = head.rfind(" ")
    return (head[:space] if space > DESCRIPTION * 2 // 3 else head).rstrip(" ，、；：,;:") + "…"
