"""Tokens to HTML: a rule for each kind of token whose HTML is ours, a plain tag for all others. Holes are marks."""

from collections.abc import Sequence
from html import escape

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup

from notegen.model.body import ALL_WORKS
from notegen.model.codes import diagnose
from notegen.read.html.algorithms import ALGORITHM_RULES
from notegen.read.html.blocks import BLOCK_RULES
from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.footnotes import FOOTNOTE_RULES
from notegen.read.html.formulas import FORMULA_RULES, name_heading
from notegen.read.html.images_and_links import LINK_RULES, is_empty_link, wikilink_end
from notegen.read.html.tabs import TAB_RULES
from notegen.read.html.tags import RenderRules, render_tag
from notegen.read.html.urls import ids_in, rewrite_addresses
from notegen.read.plain_text import inline_text
from notegen.read.syntax.templated.tags import CALL
from notegen.read.token_data import ANCHOR, WIKI_TARGET
from notegen.text.patterns import lazy_regex

_MARK = lazy_regex("\0\\d*+\0?")


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
    heading, whole = tokens[index].info == "heading", tokens[index].markup == ALL_WORKS
    boundary = context.boundary("", level=1) if heading and context.mode is Mode.PAGE else ""
    return boundary + context.references(heading=heading, whole=whole)


def _cell_output(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render what a cell of a notebook has shown: HTML, of which local addresses are holes."""
    return rewrite_addresses(tokens[index], context)


def _shortcode(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    return _shortcode_html(tokens[index], None, context)


_RULES: RenderRules = {
    "text": _text,
    "softbreak": _soft_break,
    "hardbreak": _hard_break,
    "citation": _citation,
    "references": _references,
    "cell_output": _cell_output,
    "shortcode": _shortcode,
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
    enclosing: list[tuple[Token, int]] = []  # open shortcodes, and where their bodies begin in `parts`
    on_page = context.mode is Mode.PAGE
    for index, token in enumerate(tokens):
        name = _block_id(token) if on_page and (token.meta or token.attrs) else ""
        if name:
            parts.append(_boundary(token, name, context))
        if token.type == "inline":
            parts.append(name_heading(tokens, index, render_inline(token.children or (), context)))
        elif token.type == "shortcode_open":
            enclosing.append((token, len(parts)))
        elif token.type == "shortcode_close":
            opening, start = enclosing.pop()
            parts[start:] = [_shortcode_html(opening, "".join(parts[start:]), context)]
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
        elif token.type == "shortcode_open":
            end = _shortcode_end(tokens, index)
            parts.append(_shortcode_html(token, render_inline(tokens[index + 1 : end], context), context))
            index = end
        elif is_empty_link(tokens, index, context):
            parts.append(context.empty_link(str(token.attrs["href"]), token))
            index += 1
        else:
            parts.append(_RULES.get(token.type, render_tag)(tokens, index, context))
        index += 1
    return "".join(parts)


def _shortcode_end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes a shortcode."""
    level = tokens[start].level
    ends = (index for index in range(start + 1, len(tokens)) if tokens[index].type == "shortcode_close")
    return next((index for index in ends if tokens[index].level == level), len(tokens))


def _shortcode_html(token: Token, body: str | None, context: RenderContext) -> str:
    """Return the HTML of a shortcode; `body`: that of what it encloses, with marks of holes, None where it is alone.

    What its template writes is HTML as an author's own: addresses in it are resolved and checked like those of the
    note, at the place of the shortcode. In excerpts and labels stands the body alone, or the words of what is written.
    """
    call = CALL.of(token)
    if context.mode is not Mode.PAGE and body is not None:
        return body
    values = {"body": Markup(body or ""), "note": context.facts, "inline": not token.block}  # noqa: S704 - it is HTML
    line = context.source_map.of(token)[0]
    owner = f"{context.facts.path}:{line}"
    html, problem = context.shortcodes.show(call, {**values, "number": context.count(call.name)}, owner)
    if context.mode is not Mode.PAGE:
        return escape(Markup(html).striptags(), quote=False)  # noqa: S704 - it is HTML
    if problem is not None:
        context.problems.append(problem)
        return escape(call.written) + (body or "")
    parts = [html] if not body else html.split(body)
    if any("\0" in part for part in parts):
        message = f"the template of {call.name} changes the body that it gets: links and pictures in it are lost"
        hint = "show {{ body }} as it is, or not at all"
        context.problems.append(diagnose("shortcode-body", message, path=context.facts.path, line=line, hint=hint))
        parts = [_MARK.sub("", part) for part in parts]
    for part in parts:
        context.ids += ids_in(part)
    shown = (body or "").join(rewrite_addresses(token.copy(content=part), context) for part in parts).strip()
    return f"{shown}\n" if token.block and shown else shown


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
