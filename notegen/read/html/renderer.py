"""Tokens to HTML: one small method for each kind of token whose HTML is ours. Holes are left as marks (see body.py)."""

import re
from collections.abc import MutableMapping, Sequence
from html import escape, unescape
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from notegen.math.ids import split_ids
from notegen.read.html.context import Context, Mode, is_external
from notegen.read.html.urls import rewrite_addresses
from notegen.read.plain_text import inline_text
from notegen.read.token_data import ANCHOR, FORMULA, HEADING, REFERENCE, RENDERED, WIKI_TARGET, footnote_number

# Both are made by notegen.math.placeholders.
_REFERENCE = re.compile(r'href="(#[^"]*)"')
_BUSY = re.compile(r"</?(?:a|img|area|iframe|video|audio|embed|object|input|button)\b", re.IGNORECASE)
_REFERENCE_LINK = re.compile(r'<a href="#[^"]*">([^<]*)</a>')
_CHECKBOX = '<input class="task-list-item-checkbox"'  # made by the plugin for task lists

Env = MutableMapping[str, Any]


class NoteRenderer(RendererHTML):
    """markdown-it's renderer with our rules. `env["context"]` is the Context of this rendering."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: Env) -> str:
        """Render block tokens; on the note's page, with the seams where embeds may cut."""
        parts: list[str] = []
        opened: list[tuple[str, str]] = []  # id and element of each open block
        seams = _context(env).mode is Mode.PAGE
        for index, token in enumerate(tokens):
            name = _block_id(token) if seams and (token.meta or token.attrs) else ""
            if name:
                parts.append(_seam(token, name, env))
            if token.type == "inline":
                parts.append(_named(tokens, index, self.renderInline(token.children or (), options, env)))
            else:
                parts.append(self._token(tokens, index, options, env))
            tag = token.tag
            if token.nesting > 0:
                opened.append((name, tag))
                continue
            if token.nesting < 0:
                name, tag = opened.pop() if opened else ("", "")
            if name and token.type != "heading_close":
                parts.append(_context(env).seam(name, end=True, tag=tag))
        return "".join(parts)

    def _token(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Env) -> str:
        """Render one token, its id as a hole on the page and left out elsewhere."""
        token = tokens[index]
        rule = self.rules.get(token.type, self.renderToken)
        if not token.attrs or "id" not in token.attrs or token.nesting < 0 or token.type == "image":
            return str(rule(tokens, index, options, env))
        context, attrs = _context(env), token.attrs
        others = {key: value for key, value in attrs.items() if key != "id"}
        token.attrs = {**others, "id": context.id(str(attrs["id"]))} if context.mode is Mode.PAGE else others
        try:
            return str(rule(tokens, index, options, env))
        finally:
            token.attrs = attrs

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: Env) -> str:  # noqa: N802 (markdown-it's name)
        """Render inline tokens; what a wiki link encloses becomes the text of its hole."""
        parts: list[str] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "text":
                parts.append(escapeHtml(token.content))
            elif token.type == "wikilink_open":
                end = _closing(tokens, index)
                parts.append(self._wikilink(token, tokens[index + 1 : end], options, env))
                index = end
            elif _is_unnamed(tokens, index, env):
                parts.append(_context(env).unnamed(str(token.attrs["href"]), token))
                index += 1
            else:
                parts.append(self._token(tokens, index, options, env))
            index += 1
        return "".join(parts)

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:  # noqa: ARG002, N802 (as in the base class)
        """Render a token that has no rule: markdown-it's own way, for HTML (no `/>`), which most tokens go."""
        token = tokens[idx]
        if token.hidden:
            return ""
        attrs = self.renderAttrs(token) if token.attrs else ""
        if token.nesting < 0:
            return f"</{token.tag}{attrs}>\n" if token.block else f"</{token.tag}{attrs}>"
        if not token.block:
            return f"<{token.tag}{attrs}>"
        head = "\n" if idx and tokens[idx - 1].hidden else ""
        return f"{head}<{token.tag}{attrs}>" + ("" if _holds_line(tokens, idx) else "\n")

    def _wikilink(self, token: Token, inner: Sequence[Token], options: OptionsDict, env: Env) -> str:
        """Return the mark of a wiki link; its text holds no links of its own."""
        context = _context(env)
        html = self.renderInline(inner, options, env)
        if "\0" in html:
            html = escape(inline_text(inner))
        if context.mode is Mode.LABEL:
            return html or escape(WIKI_TARGET.of(token).target)
        return context.wiki(token, html)

    def heading_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Close a heading with a link to itself."""
        token = tokens[idx]
        heading = HEADING.of(token)
        if _context(env).mode is not Mode.PAGE or heading is None:
            return f"</{token.tag}>\n"
        label, href = escape(heading.text), escape(_context(env).url(f"#{heading.id}", "link", token))
        return f'<a class="anchor" href="{href}" aria-label="# {label}"></a></{token.tag}>\n'

    def fence(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render a code fence with its colours."""
        token, context = tokens[idx], _context(env)
        block = context.highlight(token.content, token.info)
        if not block.known:
            context.unknown_languages.append(token)
        return _in_box(token, block.html)

    def code_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render indented code, which names no language."""
        return _in_box(tokens[idx], _context(env).highlight(tokens[idx].content, "").html)

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Open a table inside the box it scrolls in."""
        return '<div class="table-scroll" tabindex="0">\n' + self.renderToken(tokens, idx, options, env)

    def table_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Env) -> str:
        """Close a table and its box."""
        return "</table>\n</div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Open a table heading; an empty one is a plain cell, because a heading must say something."""
        return self.renderToken([_cell(tokens[idx], tokens[idx + 1])], 0, options, env)

    def th_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Close a table heading."""
        return self.renderToken([_cell(tokens[idx], tokens[idx - 1])], 0, options, env)

    def math_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render a formula inside a line; a display in the middle of a paragraph becomes a block-like span."""
        token = tokens[idx]
        html = self._formula(token, env)
        if FORMULA.of(token).display and html:
            return f'<span class="math-display" tabindex="0">{html}</span>'
        return html

    def math_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render a display formula in the box it scrolls in; a block of definitions shows nothing."""
        token = tokens[idx]
        html = self._formula(token, env)
        if not html:
            return ""
        place = token.attrs.get("id", "")  # a mark
        if not place and ANCHOR.of(token) and _context(env).mode is Mode.PAGE:
            place = _context(env).id(ANCHOR.of(token))
        place = f' id="{place}"' if place else ""
        before, after = _equation_seams(token, env)
        return f'{before}<div class="math-display"{place} tabindex="0">{html}</div>\n{after}'

    @staticmethod
    def _formula(token: Token, env: Env) -> str:
        """Return the formula's HTML for this rendering: lists and labels must not repeat the page's ids."""
        context = _context(env)
        rendered = RENDERED.of(token)
        html = rendered.html if context.mode is Mode.PAGE else rendered.html_without_ids
        if rendered.has_ids and context.mode is Mode.PAGE:
            html = "".join(f'{text} id="{context.id(name)}"' if name else text for text, name in split_ids(html))
        if 'href="#' not in html:
            return html
        if context.mode is Mode.LABEL:
            return _REFERENCE_LINK.sub(r"\1", html)
        return _REFERENCE.sub(lambda found: f'href="{escape(context.url(unescape(found[1]), "link", token))}"', html)

    def math_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        r"""Render `\eqref` in prose: a link to the equation, or the bare number in a label."""
        token, context = tokens[idx], _context(env)
        text, anchor = escape(REFERENCE.of(token).text), REFERENCE.of(token).anchor
        if not anchor or context.mode is Mode.LABEL:
            return text
        href = context.url(f"#{anchor}", "link", token)
        return f'<a class="eqref" href="{escape(href)}">{text}</a>'

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Open a link; a local address becomes a hole."""
        context = _context(env)
        if context.mode is Mode.LABEL:
            return ""
        token = tokens[idx].copy(attrs=dict(tokens[idx].attrs))
        token.attrs["href"] = context.url(str(token.attrs.get("href", "")), "link", tokens[idx])
        return self.renderToken([token], 0, options, env)

    def link_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: Env) -> str:
        """Close a link."""
        return "" if _context(env).mode is Mode.LABEL else "</a>"

    def image(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render an image, a local one as a hole; a title becomes a caption where it stands alone (see figures.py)."""
        token, context = tokens[idx], _context(env)
        alt, source = inline_text(token.children or ()), str(token.attrs.get("src", ""))
        if context.mode is Mode.LABEL:
            return escapeHtml(alt)
        attrs = {key: str(value) for key, value in token.attrs.items() if key not in {"src", "alt", "id"}}
        attrs |= {"loading": context.loading(), "decoding": "async"}
        if source and not is_external(source):
            own = {"id": str(token.attrs["id"])} if "id" in token.attrs else {}
            return context.image(source, token, alt, own | attrs, None)
        extra = "".join(f' {key}="{escapeHtml(value)}"' for key, value in attrs.items())
        if "id" in token.attrs and context.mode is Mode.PAGE:
            extra = f' id="{context.id(str(token.attrs["id"]))}"{extra}'
        return f'<img src="{escapeHtml(source)}" alt="{escapeHtml(alt)}"{extra}>'

    def note_embed(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render another note, shown in this one, as a hole; lists and labels show none."""
        return _context(env).embed(tokens[idx]) if _context(env).mode is Mode.PAGE else ""

    def html_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Pass raw inline HTML through, its local addresses as holes; labels hold no links and no images."""
        token, context = tokens[idx], _context(env)
        if context.mode is Mode.LABEL and _BUSY.match(token.content):
            return ""
        if idx == 0 and token.content.startswith(_CHECKBOX):
            words = escape(inline_text(tokens[1:]).strip())
            return f'{_CHECKBOX} aria-label="{words}"{token.content.removeprefix(_CHECKBOX)}'
        return rewrite_addresses(token, context)

    def html_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Pass a raw HTML block through, its local addresses as holes."""
        return rewrite_addresses(tokens[idx], _context(env))

    def footnote_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render a footnote mark on the page; lists and labels have none."""
        if _context(env).mode is not Mode.PAGE:
            return ""
        number, suffix = footnote_number(tokens[idx])
        href = _context(env).url(f"#fn{number}", "link", tokens[idx])
        place = _context(env).id(f"fnref{suffix}")
        mark = f'<a href="{href}" id="{place}" role="doc-noteref">{number}</a>'
        return f'<sup class="footnote-ref">{mark}</sup>'

    def footnote_block_open(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, env: Env) -> str:
        """Open the list of footnotes, where the last section ends."""
        return f'{_context(env).seam("", level=1)}<section class="footnotes" role="doc-endnotes">\n<ol>\n'

    def footnote_block_close(self, *_args: Any) -> str:
        """Close the list of footnotes."""
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Open one footnote."""
        return f'<li id="{_context(env).id(f"fn{footnote_number(tokens[idx])[0]}")}">'

    def footnote_close(self, *_args: Any) -> str:
        """Close one footnote."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render the way back to the footnote's mark."""
        number, suffix = footnote_number(tokens[idx])
        href = _context(env).url(f"#fnref{suffix}", "link", tokens[idx])
        return f' <a href="{href}" class="footnote-back" role="doc-backlink" aria-label="↩ {number}">↩</a>'


def _holds_line(tokens: Sequence[Token], idx: int) -> bool:
    """Return whether an opening tag is followed on its line: by text, or by its own closing tag."""
    if tokens[idx].nesting < 1 or idx + 1 >= len(tokens):
        return False
    following = tokens[idx + 1]
    return (
        following.type == "inline" or following.hidden or (following.nesting < 0 and following.tag == tokens[idx].tag)
    )


def _named(tokens: Sequence[Token], index: int, html: str) -> str:
    """Return the HTML of an inline token; a table heading that is one formula gets a name, which MathML alone lacks."""
    children = tokens[index].children or ()
    alone = len(children) == 1 and children[0].type == "math_inline"
    if not alone or not index or tokens[index - 1].type != "th_open":
        return html
    return html.replace("<math", f'<math aria-label="{escape(inline_text(children))}"', 1)


def _cell(token: Token, inline: Token) -> Token:
    """Return the token that opens or closes a table heading, as one of a plain cell when the heading is empty."""
    return token if inline.content.strip() else token.copy(tag="td")


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the wiki link's close."""
    for index in range(start + 1, len(tokens)):
        if tokens[index].type == "wikilink_close":
            return index
    return len(tokens)


def _block_id(token: Token) -> str:
    """Return the id of a block, as it is rendered."""
    return str(ANCHOR.of(token) or token.attrs.get("id") or "") if token.nesting >= 0 else ""


def _seam(token: Token, name: str, env: Env) -> str:
    """Return the seam before a block; a heading inside another block cuts nothing."""
    if token.type != "heading_open":
        return _context(env).seam(name, tag=token.tag)
    return "" if token.level else _context(env).seam(name, level=int(token.tag[1]))


def _equation_seams(token: Token, env: Env) -> tuple[str, str]:
    """Return the seams before and after a display with labelled equations, whose ids are inside the formula."""
    context = _context(env)
    if not RENDERED.of(token).has_ids or context.mode is not Mode.PAGE:
        return "", ""
    names = [name for _, name in split_ids(RENDERED.of(token).html) if name]
    return "".join(map(context.seam, names)), "".join(context.seam(name, end=True) for name in reversed(names))


def _is_unnamed(tokens: Sequence[Token], index: int, env: Env) -> bool:
    """Tell whether a local link without a text begins here."""
    if tokens[index].type != "link_open" or tokens[index + 1].type != "link_close":
        return False
    target = str(tokens[index].attrs.get("href", ""))
    return bool(target) and not is_external(target) and _context(env).mode is not Mode.LABEL


def _in_box(token: Token, html: str) -> str:
    """Return a code block with the attributes that the author gave it."""
    given = "".join(f' {key}="{escapeHtml(str(token.attrs[key]))}"' for key in ("id", "class") if key in token.attrs)
    return f"<div{given}>{html}</div>\n" if given else html


def _context(env: Env) -> Context:
    context: Context = env["context"]
    return context
