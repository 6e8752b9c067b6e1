"""Tokens to HTML: one small method for each kind of token whose HTML is ours. Holes are left as marks (see body.py)."""

import re
from collections.abc import MutableMapping, Sequence
from html import escape, unescape
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from notegen.notes.context import Context, Mode
from notegen.notes.html_urls import rewrite_addresses
from notegen.notes.text import inline_text

_REFERENCE = re.compile(r'href="(#[^"]*)"')

Env = MutableMapping[str, Any]


class NoteRenderer(RendererHTML):
    """markdown-it's renderer with our rules. `env["context"]` is the Context of this rendering."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: Env) -> str:  # noqa: N802 (markdown-it's name)
        """Render inline tokens; what a wiki link encloses becomes the text of its hole."""
        parts: list[str] = []
        index = 0
        while index < len(tokens):
            if tokens[index].type == "wikilink_open":
                end = _closing(tokens, index)
                parts.append(self._wikilink(tokens[index], tokens[index + 1 : end], options, env))
                index = end + 1
            else:
                end = index + 1
                while end < len(tokens) and tokens[end].type != "wikilink_open":
                    end += 1
                parts.append(super().renderInline(tokens[index:end], options, env))
                index = end
        return "".join(parts)

    def _wikilink(self, token: Token, inner: Sequence[Token], options: OptionsDict, env: Env) -> str:
        """Return the mark of a wiki link; its text holds no links of its own."""
        context = _context(env)
        html = super().renderInline(inner, options, env)
        if "\0" in html:
            html = escape(inline_text(inner))
        if context.mode is Mode.LABEL:
            return html or escape(str(token.meta.get("target", "")))
        return context.wiki(token, html)

    def heading_close(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Close a heading with a link to itself."""
        token = tokens[idx]
        anchor = token.meta.get("id")
        if _context(env).mode is not Mode.PAGE or not anchor:
            return f"</{token.tag}>\n"
        label, href = escape(token.meta.get("text", "")), escape(_context(env).url(f"#{anchor}", "link", token))
        return f'<a class="anchor" href="{href}" aria-label="# {label}"></a></{token.tag}>\n'

    def fence(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render a code fence with its colours."""
        token, context = tokens[idx], _context(env)
        block = context.highlight(token.content, token.info)
        if not block.known:
            context.unknown_languages.append(token)
        return block.html

    def code_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render indented code, which names no language."""
        return _context(env).highlight(tokens[idx].content, "").html

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Open a table inside the box it scrolls in."""
        return '<div class="table-scroll" tabindex="0">\n' + self.renderToken(tokens, idx, options, env)

    def table_close(self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: Env) -> str:
        """Close a table and its box."""
        return "</table>\n</div>\n"

    def math_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render a formula inside a line; a display in the middle of a paragraph becomes a block-like span."""
        token = tokens[idx]
        html = self._formula(token, env)
        if token.meta.get("display") and html:
            return f'<span class="math-display" tabindex="0">{html}</span>'
        return html

    def math_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render a display formula in the box it scrolls in; a block of definitions shows nothing."""
        token = tokens[idx]
        html = self._formula(token, env)
        if not html:
            return ""
        anchor = token.meta.get("anchor") if _context(env).mode is Mode.PAGE else None
        place = f' id="{escape(anchor)}"' if anchor else ""
        return f'<div class="math-display"{place} tabindex="0">{html}</div>\n'

    @staticmethod
    def _formula(token: Token, env: Env) -> str:
        """Return the formula's HTML for this rendering: lists and labels must not repeat the page's ids."""
        context = _context(env)
        html: str = token.meta.get("html", "")
        if context.mode is not Mode.PAGE:
            html = token.meta.get("html_without_ids", html)
        if 'href="#' not in html:
            return html
        return _REFERENCE.sub(lambda found: f'href="{escape(context.url(unescape(found[1]), "link", token))}"', html)

    def math_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        r"""Render `\eqref` in prose: a link to the equation, or the bare number in a label."""
        token, context = tokens[idx], _context(env)
        text = escape(token.meta.get("text", ""))
        anchor = token.meta.get("anchor")
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
        """Render an image; its title becomes the caption of a figure where the image stands alone (see figures.py)."""
        token, context = tokens[idx], _context(env)
        attrs = {key: str(value) for key, value in token.attrs.items() if key not in {"src", "alt"}}
        source = context.url(str(token.attrs.get("src", "")), "image", token)
        alt = inline_text(token.children or ())
        extra = "".join(f' {key}="{escapeHtml(value)}"' for key, value in attrs.items())
        return f'<img src="{escapeHtml(source)}" alt="{escapeHtml(alt)}"{extra} loading="lazy" decoding="async">'

    def html_inline(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Pass raw inline HTML through, its local addresses as holes."""
        return rewrite_addresses(tokens[idx], _context(env))

    def html_block(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Pass a raw HTML block through, its local addresses as holes."""
        return rewrite_addresses(tokens[idx], _context(env))

    def footnote_ref(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render a footnote mark on the page; lists and labels have none."""
        if _context(env).mode is not Mode.PAGE:
            return ""
        number, suffix = footnote_number(tokens[idx])
        href = _context(env).url(f"#fn{number}", "link", tokens[idx])
        mark = f'<a href="{href}" id="fnref{suffix}" role="doc-noteref">{number}</a>'
        return f'<sup class="footnote-ref">{mark}</sup>'

    def footnote_block_open(self, *_args: Any) -> str:
        """Open the list of footnotes."""
        return '<section class="footnotes" role="doc-endnotes">\n<ol>\n'

    def footnote_block_close(self, *_args: Any) -> str:
        """Close the list of footnotes."""
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, *_args: Any) -> str:
        """Open one footnote."""
        return f'<li id="fn{footnote_number(tokens[idx])[0]}">'

    def footnote_close(self, *_args: Any) -> str:
        """Close one footnote."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, env: Env) -> str:
        """Render the way back to the footnote's mark."""
        number, suffix = footnote_number(tokens[idx])
        href = _context(env).url(f"#fnref{suffix}", "link", tokens[idx])
        return f' <a href="{href}" class="footnote-back" role="doc-backlink" aria-label="↩ {number}">↩</a>'


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the wiki link's close."""
    for index in range(start + 1, len(tokens)):
        if tokens[index].type == "wikilink_close":
            return index
    return len(tokens)


def _context(env: Env) -> Context:
    context: Context = env["context"]
    return context


def footnote_number(token: Token) -> tuple[str, str]:
    """Return a footnote's number and the suffix of its mark's id, from 1; a second mark has `1-1`."""
    number = str(int(token.meta["id"]) + 1)
    repeat = int(token.meta.get("subId", 0))
    return number, f"{number}-{repeat}" if repeat > 0 else number
