"""Tokens to HTML: a rule for each kind of token whose HTML is ours, a plain tag for all others. Holes are marks."""

from collections.abc import Sequence
from html import escape

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from notegen.read.html.algorithms import ALGORITHM_RULES
from notegen.read.html.blocks import BLOCK_RULES
from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.footnotes import FOOTNOTE_RULES
from notegen.read.html.formulas import FORMULA_RULES, name_heading
from notegen.read.html.images_and_links import LINK_RULES, is_empty_link, wikilink_end
from notegen.read.html.tabs import TAB_RULES
from notegen.read.html.tags import RenderRules, render_tag
from notegen.read.html.urls import rewrite_addresses
from notegen.read.plain_text import inline_text
from notegen.read.token_data import ANCHOR, WIKI_TARGET


def _text(tokens: Sequence[Token], index: int, _context: RenderContext) -> str:
    return escapeHtml(tokens[index].content)


def _soft_break(_tokens: Sequence[Token], _index: int, context: RenderContext) -> str:
    return "<br>\n" if context.breaks else "\n"


def _hard_break(_tokens: Sequence[Token], _index: int, _context: RenderContext) -> str:
    return "<br>\n"


def _citation(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    return context.citation(tokens[index])


def _references(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render the list of cited works, where the last section ends unless a heading of the author's stands above."""
    heading = tokens[index].info == "heading"
    boundary = context.boundary("", level=1) if heading and context.mode is Mode.PAGE else ""
    return boundary + context.references(heading=heading)


def _cell_output(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render what a cell of a notebook has shown: HTML, of which local addresses are holes."""
    return rewrite_addresses(tokens[index], context)


_RULES: RenderRules = {
    "text": _text,
    "softbreak": _soft_break,
    "hardbreak": _hard_break,
    "citation": _citation,
    "references": _references,
    "cell_output": _cell_output,
    **BLOCK_RULES,
    **ALGORITHM_RULES,
    **LINK_RULES,
    **FORMULA_RULES,
    **FOOTNOTE_RULES,
    **TAB_RULES,
}


def render_blocks(tokens: Sequence[Token], context: RenderContext) -> str:
    """Return block tokens as HTML; on the note's page, with the section boundaries where embeds may cut."""
    parts: list[str] = []
    opened: list[tuple[str, str]] = []  # id and element of each open block
    on_page = context.mode is Mode.PAGE
    for index, token in enumerate(tokens):
        name = _block_id(token) if on_page and (token.meta or token.attrs) else ""
        if name:
            parts.append(_boundary(token, name, context))
        if token.type == "inline":
            parts.append(name_heading(tokens, index, render_inline(token.children or (), context)))
        else:
            parts.append(_RULES.get(token.type, render_tag)(tokens, index, context))
        tag = token.tag
        if token.nesting > 0:
            opened.append((name, tag))
            continue
        if token.nesting < 0:
            name, tag = opened.pop() if opened else ("", "")
        if name and token.type != "heading_close":
            parts.append(context.boundary(name, end=True, tag=tag))
    return "".join(parts)


def render_inline(tokens: Sequence[Token], context: RenderContext) -> str:
    """Return inline tokens as HTML; what a wiki link encloses becomes the text of its hole."""
    parts: list[str] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "text":
            parts.append(escapeHtml(token.content))
        elif token.type == "wikilink_open":
            end = wikilink_end(tokens, index)
            parts.append(_wikilink(token, tokens[index + 1 : end], context))
            index = end
        elif is_empty_link(tokens, index, context):
            parts.append(context.empty_link(str(token.attrs["href"]), token))
            index += 1
        else:
            parts.append(_RULES.get(token.type, render_tag)(tokens, index, context))
        index += 1
    return "".join(parts)


def _wikilink(token: Token, inner: Sequence[Token], context: RenderContext) -> str:
    """Return the mark of a wiki link; its text holds no links of its own."""
    html = render_inline(inner, context)
    if "\0" in html:
        html = escape(inline_text(inner))
    if context.mode is Mode.LABEL:
        return html or escape(WIKI_TARGET.of(token).target or WIKI_TARGET.of(token).label)
    return context.wiki(token, html)


def _block_id(token: Token) -> str:
    """Return the id of a block, as it is rendered."""
    return str(ANCHOR.of(token) or token.attrs.get("id") or "") if token.nesting >= 0 else ""


def _boundary(token: Token, name: str, context: RenderContext) -> str:
    """Return the section boundary before a block; a heading inside another block cuts nothing."""
    if token.type != "heading_open":
        return context.boundary(name, tag=token.tag)
    return "" if token.level else context.boundary(name, level=int(token.tag[1]))
