"""Links, images, embeds and raw HTML as HTML: what is local becomes a hole, what is elsewhere stays as written."""

import re
from collections.abc import Sequence
from html import escape

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.media import media_html
from notegen.read.html.tags import RenderRules, id_attribute, render_tag
from notegen.read.html.urls import rewrite_addresses
from notegen.read.plain_text import inline_text
from notegen.text.addresses import is_external, is_unreachable
from notegen.text.patterns import lazy_regex

_NOT_IN_LABELS = lazy_regex(r"</?(?:a|img|area|iframe|video|audio|embed|object|input|button)\b", re.IGNORECASE)
_CHECKBOX = '<input class="task-list-item-checkbox"'  # made by the plugin for task lists


def _link_open(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Open a link; a local address becomes a hole."""
    if context.mode is Mode.LABEL:
        return ""
    token = tokens[index]
    href = context.url(str(token.attrs.get("href", "")), "link", token)
    return render_tag([token.copy(attrs={**token.attrs, "href": href})], 0, context)


def _link_close(_tokens: Sequence[Token], _index: int, context: RenderContext) -> str:
    return "" if context.mode is Mode.LABEL else "</a>"


def is_empty_link(tokens: Sequence[Token], index: int, context: RenderContext) -> bool:
    """Return whether a local link without a text begins here: it gets the name of what it leads to."""
    if tokens[index].type != "link_open" or tokens[index + 1].type != "link_close":
        return False
    target = str(tokens[index].attrs.get("href", ""))
    return bool(target) and not is_external(target) and context.mode is not Mode.LABEL


def wikilink_end(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the token that closes the wiki link opened at `start`."""
    for index in range(start + 1, len(tokens)):
        if tokens[index].type == "wikilink_close":
            return index
    return len(tokens)


def _image(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render an image, a local one as a hole; a title becomes a caption where it stands alone (see figures.py)."""
    token = tokens[index]
    alt, source = inline_text(token.children or ()), str(token.attrs.get("src", ""))
    if context.mode is Mode.LABEL:
        return escapeHtml(alt)
    media = media_html(token, source, alt, context)
    if media is not None:
        return media
    attrs = {key: str(value) for key, value in token.attrs.items() if key not in {"src", "alt", "id"}}
    attrs |= {"loading": context.loading(), "decoding": "async"}
    name = str(token.attrs.get("id", ""))
    if not is_external(source) or is_unreachable(source):
        return context.image(source, token, alt, {"id": name, **attrs} if "id" in token.attrs else attrs, None)
    extra = "".join(f' {key}="{escapeHtml(value)}"' for key, value in attrs.items())
    return f'<img src="{escapeHtml(source)}" alt="{escapeHtml(alt)}"{id_attribute(name, context)}{extra}>'


def _note_embed(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render another note, shown in this one, as a hole; lists and labels show none."""
    return context.embed(tokens[index]) if context.mode is Mode.PAGE else ""


def _html_inline(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Pass raw inline HTML through, its local addresses as holes; labels hold no links and no images."""
    token = tokens[index]
    if context.mode is Mode.LABEL and _NOT_IN_LABELS.match(token.content):
        return ""
    if index == 0 and token.content.startswith(_CHECKBOX):
        words = escape(inline_text(tokens[1:]).strip())
        return f'{_CHECKBOX} aria-label="{words}"{token.content.removeprefix(_CHECKBOX)}'
    return rewrite_addresses(token, context)


def _html_block(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    return rewrite_addresses(tokens[index], context)


LINK_RULES: RenderRules = {
    "link_open": _link_open,
    "link_close": _link_close,
    "image": _image,
    "note_embed": _note_embed,
    "html_inline": _html_inline,
    "html_block": _html_block,
}
