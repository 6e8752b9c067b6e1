"""Formulas and references to them as HTML: MathML that math has made, with ids and links as holes."""

import re
from collections.abc import Sequence
from html import escape, unescape

import msgspec
from markdown_it.token import Token

from notegen.math.ids import split_ids
from notegen.math.placeholders import OPEN
from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.tags import RenderRules, id_attribute
from notegen.read.plain_text import inline_text
from notegen.read.syntax.cross_references.push import KIND_AND_NUMBER, LATEX_FORMS
from notegen.read.token_data import ANCHOR, FORMULA, MISSING, REFERENCE, RENDERED, WIKI_TARGET
from notegen.text.html import reference_mark
from notegen.text.patterns import lazy_regex

# Both are made by notegen.math.placeholders.
_REFERENCE = lazy_regex(r'href="(#[^"]*)"')
_OPEN_LINK = lazy_regex(r'<a href="#\?\\(?P<command>[A-Za-z]+):(?P<label>[^"]*)">(?P<shown>[^<]*)</a>')
_REFERENCE_LINK = lazy_regex(r'<a href="#[^"]*">([^<]*)</a>')
_NUMBER = lazy_regex(r'(<mtd class="math-tag"[^<>]*+>)(?:(?!</?mtd).)*+(?=</mtd>)')


def _math_inline(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render a formula inside a line; a display in the middle of a paragraph becomes a block-like span."""
    token = tokens[index]
    html = _formula(token, context)
    if FORMULA.of(token).display and html:
        return f'<span class="math-display" tabindex="0">{html}</span>'
    return html


def _math_block(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render a display formula in the box it scrolls in; a block of definitions shows nothing."""
    token = tokens[index]
    html = _formula(token, context)
    if not html:
        return ""
    name = id_attribute(str(token.attrs.get("id", "")) or ANCHOR.of(token), context)
    before, after = _boundaries(token, context)
    return f'{before}<div class="math-display"{name} tabindex="0">{html}</div>\n{after}'


def _formula(token: Token, context: RenderContext) -> str:
    """Return the formula's HTML for this rendering: lists and labels must not repeat the page's ids and numbers."""
    rendered, on_page = RENDERED.of(token), context.mode is Mode.PAGE
    html = rendered.html if on_page else rendered.html_without_ids
    if rendered.has_ids and on_page:
        html = "".join(text + id_attribute(name, context) for text, name in split_ids(html))
    elif not on_page and "math-tag" in html:
        html = _NUMBER.sub(r"\1", html)
    if 'href="#' not in html:
        return html
    if context.mode is Mode.LABEL:
        return _REFERENCE_LINK.sub(r"\1", html)
    if OPEN in html:
        html = _OPEN_LINK.sub(lambda link: _elsewhere(link, token, context), html)
    return _REFERENCE.sub(lambda href: f'href="{escape(context.url(unescape(href[1]), "link", token))}"', html)


def _elsewhere(link: re.Match[str], token: Token, context: RenderContext) -> str:
    """Return the mark of a reference in a formula to what another note may have."""
    label, form = unescape(link["label"]), LATEX_FORMS.get(link["command"].lower(), KIND_AND_NUMBER)
    places = [place for place in MISSING.of(token) if place.label == label]
    return context.reference(label, form, link["shown"], places[0]) if places else link["shown"]


def names_elsewhere(token: Token) -> bool:
    """Return whether a token is a formula that refers to what another note may have."""
    return token.type == "math_inline" and OPEN in RENDERED.of(token).html


def with_reference_marks(token: Token) -> Token:
    """Return such a formula with marks for its references (text/html.py); any other token as it is."""
    if not names_elsewhere(token):
        return token
    marked = token.copy()
    rendered = RENDERED.of(token)
    html = _OPEN_LINK.sub(_reference_mark, rendered.html_without_ids)
    RENDERED.set(marked, msgspec.structs.replace(rendered, html_without_ids=html))
    return marked


def _reference_mark(link: re.Match[str]) -> str:
    form = LATEX_FORMS.get(link["command"].lower(), KIND_AND_NUMBER)
    return escape(reference_mark("", unescape(link["label"]), unescape(link["shown"]), form))


def _boundaries(token: Token, context: RenderContext) -> tuple[str, str]:
    """Return the section boundaries around a display with labelled equations, whose ids are inside the formula."""
    rendered = RENDERED.of(token)
    if not rendered.has_ids or context.mode is not Mode.PAGE:
        return "", ""
    names = [name for _, name in split_ids(rendered.html) if name]
    return "".join(map(context.boundary, names)), "".join(context.boundary(name, end=True) for name in reversed(names))


def _cross_ref(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    r"""Render `\eqref`, `@fig-x` and the like: a link to the equation or figure, or bare words in a label."""
    token, reference = tokens[index], REFERENCE.of(tokens[index])
    html = reference.html or escape(reference.text, quote=False)
    if WIKI_TARGET.of(token).label and context.mode is not Mode.LABEL:
        return context.wiki(token, "")
    if not reference.anchor or context.mode is Mode.LABEL:
        return html
    href = context.url(f"#{reference.anchor}", "link", token)
    equation = ' class="eqref"' if reference.anchor.startswith("eq-") else ""
    return f'<a{equation} href="{escape(href)}">{html}</a>'


def name_heading(tokens: Sequence[Token], index: int, html: str) -> str:
    """Return the HTML of an inline token; a table heading that is one formula gets a name, which MathML alone lacks."""
    children = tokens[index].children or ()
    alone = len(children) == 1 and children[0].type == "math_inline"
    if not alone or not index or tokens[index - 1].type != "th_open":
        return html
    return html.replace("<math", f'<math aria-label="{escape(inline_text(children))}"', 1)


FORMULA_RULES: RenderRules = {"math_inline": _math_inline, "math_block": _math_block, "cross_ref": _cross_ref}
