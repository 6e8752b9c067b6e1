"""Headings, code, diagrams and tables as HTML."""

import re
from collections.abc import Sequence
from html import escape, unescape

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.tags import RenderRules, attributes, id_attribute, render_tag
from notegen.read.plain_text import inline_text
from notegen.read.token_data import DIAGRAM, DRAWN, HEADING, LINE_IDS
from notegen.text.html import diagram_source
from notegen.text.patterns import lazy_regex

_LINE = lazy_regex(
    r'(?P<tag><span class="line[a-z ]*")(?P<shown> data-line="\d+")? data-anchor="[^"]*?(?<!\d)(?P<number>\d++)">'
)
_LINK = lazy_regex(r"(<a href=\")([^\"]*)\"")


def _heading_close(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Close a heading with a link to itself."""
    token = tokens[index]
    heading = HEADING.of(token)
    if context.mode is not Mode.PAGE or heading is None:
        return f"</{token.tag}>\n"
    # A screen reader says what a heading holds: the words stand in front of the link already.
    return f'<a class="anchor" href="{context.own_address(heading.id)}" aria-label="#"></a></{token.tag}>\n'


def _fence(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render a code fence with its colours."""
    token = tokens[index]
    block = context.highlight(token.content, token.info)
    if not block.known:
        context.unknown_languages.append(token)
    html = block.html
    ids = LINE_IDS.of(token)
    if ids is not None:
        html = _LINE.sub(lambda line: _line_link(line, ids.prefix, context), html)
    if ' data-note="' in html:
        html = _with_notes(html, tokens, index)
    return _in_box(token, html, context)


def _line_link(line: re.Match[str], prefix: str, context: RenderContext) -> str:
    """Return the beginning of a line of code with its id, and with its number as a link to it."""
    number = line["number"]
    if context.mode is not Mode.PAGE:
        return f"{line['tag']}{line['shown'] or ''}>"
    opened = f"{line['tag']}{id_attribute(prefix + number, context)}>"
    if not line["shown"]:
        return opened
    href = context.own_address(f"{prefix}{number}")
    return f'{opened}<a class="line-link" href="{href}" tabindex="-1" aria-hidden="true"{line["shown"]}></a>'


def _with_notes(html: str, tokens: Sequence[Token], index: int) -> str:
    """Return code whose marks say what the items of the list below do."""
    texts: list[list[str]] = []
    level = tokens[index].level
    for token in tokens[index + 2 :]:
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            texts.append([])
        elif token.type == "inline" and texts:
            texts[-1].append(inline_text(token.children or ()))
    for number, parts in enumerate(texts, start=1):
        html = html.replace(f'data-note="{number}"', f'data-meaning="{escape(" ".join(parts))}"')
    return html


def _code_block(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render indented code, which names no language."""
    return _in_box(tokens[index], context.highlight(tokens[index].content, "").html, context)


def _diagram(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Render a drawing in a box that scrolls where it is wider than the page, with its source for who copies it.

    Links in it lead to notes as those of the text do.
    """
    if context.mode is Mode.LABEL:
        return ""
    token = tokens[index]
    diagram = DIAGRAM.of(token)
    source = diagram_source(diagram.language, diagram.source) if context.mode is Mode.PAGE else ""

    def led(link: re.Match[str]) -> str:
        return f'{link[1]}{escapeHtml(context.url(unescape(link[2]), "link", token))}"'

    drawing = _LINK.sub(led, DRAWN.of(token))
    return f'<div class="diagram-scroll" tabindex="0">{drawing}</div>\n{source}'


def _in_box(token: Token, html: str, context: RenderContext) -> str:
    """Return a code block with the id and class that the author gave it."""
    box = id_attribute(str(token.attrs.get("id", "")), context)
    box += f' class="{escapeHtml(str(token.attrs["class"]))}"' if "class" in token.attrs else ""
    return f"<div{box}>{html}</div>\n" if box else html


def _code_inline(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    token = tokens[index]
    return f"<code{attributes(token, context)}>{escapeHtml(token.content)}</code>"


def _table_open(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Open a table inside the box it scrolls in."""
    return '<div class="table-scroll" tabindex="0">\n' + render_tag(tokens, index, context)


def _table_close(_tokens: Sequence[Token], _index: int, _context: RenderContext) -> str:
    return "</table>\n</div>\n"


def _th_open(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Open a table heading; an empty one is a plain cell, because a heading must say something."""
    return render_tag([_cell(tokens[index], tokens[index + 1])], 0, context)


def _th_close(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    return render_tag([_cell(tokens[index], tokens[index - 1])], 0, context)


def _cell(token: Token, inline: Token) -> Token:
    """Return the token that opens or closes a table heading, as one of a plain cell when the heading is empty."""
    return token if inline.content.strip() else token.copy(tag="td")


BLOCK_RULES: RenderRules = {
    "heading_close": _heading_close,
    "fence": _fence,
    "code_block": _code_block,
    "diagram": _diagram,
    "code_inline": _code_inline,
    "table_open": _table_open,
    "table_close": _table_close,
    "th_open": _th_open,
    "th_close": _th_close,
}
