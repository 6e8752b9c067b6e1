"""What reading notes uses and makes once, and the ways it turns tokens into HTML."""

from collections.abc import Sequence

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from notegen.cache.fragments import FragmentCache
from notegen.model.config import ReadSettings
from notegen.read.code.highlight import Highlighter
from notegen.read.html.context import Context, Mode
from notegen.read.html.renderer import NoteRenderer
from notegen.read.source_map import SourceMap


class Workshop(msgspec.Struct, frozen=True):
    """What reading uses and makes once: parsers, the renderer, the highlighter."""

    settings: ReadSettings
    parser: MarkdownIt
    title_parser: MarkdownIt
    renderer: NoteRenderer
    highlight: Highlighter
    fragments: FragmentCache


def render(tokens: Sequence[Token], context: Context, shop: Workshop) -> str:
    """Return block tokens as HTML, its holes as marks in `context`."""
    return str(shop.renderer.render(tokens, shop.parser.options, {"context": context}))


def render_inline(children: Sequence[Token], context: Context, shop: Workshop) -> str:
    """Return inline tokens as HTML, its holes as marks in `context`."""
    return str(shop.renderer.renderInline(children, shop.parser.options, {"context": context}))


def render_label(children: Sequence[Token], places: SourceMap, shop: Workshop) -> str:
    """Return inline tokens as HTML that other pages can show: without links, ids and images."""
    return render_inline(children, Context(Mode.LABEL, places, shop.highlight), shop)
