"""Tokens as plain tags: what most of them are, and the attributes of all."""

from collections.abc import Callable, Mapping, Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from notegen.read.html.context import Mode, RenderContext

# (tokens, index of the one to render, context) -> HTML
RenderRule = Callable[[Sequence[Token], int, RenderContext], str]
RenderRules = Mapping[str, RenderRule]


def render_tag(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Return a token that opens or closes a tag as HTML, with line ends where markdown-it puts them."""
    token = tokens[index]
    if token.hidden:
        return ""
    html_attributes = attributes(token, context) if token.attrs else ""
    if token.nesting < 0:
        return f"</{token.tag}{html_attributes}>\n" if token.block else f"</{token.tag}{html_attributes}>"
    if not token.block:
        return f"<{token.tag}{html_attributes}>"
    head = "\n" if index and tokens[index - 1].hidden else ""
    return f"{head}<{token.tag}{html_attributes}>" + ("" if _is_followed_on_its_line(tokens, index) else "\n")


def _is_followed_on_its_line(tokens: Sequence[Token], index: int) -> bool:
    """Return whether an opening tag is followed on its line: by text, or by its own closing tag."""
    if tokens[index].nesting < 1 or index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    return (
        following.type == "inline" or following.hidden or (following.nesting < 0 and following.tag == tokens[index].tag)
    )


def attributes(token: Token, context: RenderContext) -> str:
    """Return a token's attributes as HTML, each behind a space; its id last, on the note's page only, as a hole."""
    html = "".join(f' {escapeHtml(key)}="{escapeHtml(str(token.attrs[key]))}"' for key in token.attrs if key != "id")
    return html + id_attribute(str(token.attrs.get("id", "")), context)


def id_attribute(name: str, context: RenderContext) -> str:
    """Return the attribute `id` behind a space, as a hole; nothing without a name, and elsewhere than on the page."""
    return f' id="{context.id(name)}"' if name and context.mode is Mode.PAGE else ""
