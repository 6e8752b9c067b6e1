"""Footnotes as HTML: the mark in the text, the list at the end, the way back."""

from collections.abc import Sequence

from markdown_it.token import Token

from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.tags import RenderRules
from notegen.read.token_data import footnote_number


def _footnote_ref(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render a footnote mark on the page; lists and labels have none."""
    if context.mode is not Mode.PAGE:
        return ""
    number, suffix = footnote_number(tokens[index])
    href = context.own_address(f"fn{number}")
    mark = f'<a href="{href}" id="{context.id(f"fnref{suffix}")}" role="doc-noteref">{number}</a>'
    return f'<sup class="footnote-ref">{mark}</sup>'


def _footnote_block_open(_tokens: Sequence[Token], _index: int, context: RenderContext) -> str:
    """Open the list of footnotes, where the last section ends; a `<section>` would want a heading."""
    return f'{context.boundary("", level=1)}<div class="footnotes" role="doc-endnotes">\n<ol>\n'


def _footnote_block_close(_tokens: Sequence[Token], _index: int, _context: RenderContext) -> str:
    return "</ol>\n</div>\n"


def _footnote_open(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    return f'<li id="{context.id(f"fn{footnote_number(tokens[index])[0]}")}">'


def _footnote_close(_tokens: Sequence[Token], _index: int, _context: RenderContext) -> str:
    return "</li>\n"


def _footnote_anchor(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render the way back to the footnote's mark; the first stands on the line of the last word."""
    number, suffix = footnote_number(tokens[index])
    href = context.own_address(f"fnref{suffix}")
    space = "\N{NO-BREAK SPACE}" if index and tokens[index - 1].type == "inline" else " "
    return f'{space}<a href="{href}" class="footnote-back" role="doc-backlink" aria-label="↩ {number}">↩</a>'


FOOTNOTE_RULES: RenderRules = {
    "footnote_ref": _footnote_ref,
    "footnote_block_open": _footnote_block_open,
    "footnote_block_close": _footnote_block_close,
    "footnote_open": _footnote_open,
    "footnote_close": _footnote_close,
    "footnote_anchor": _footnote_anchor,
}
