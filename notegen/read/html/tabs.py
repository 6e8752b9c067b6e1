"""Tabs as HTML: radio buttons, so that they work without a script and by keyboard; the style shows what is chosen.

Lists, feeds and readers without styles get the titles and what stands under each, one below the other.
"""

from collections.abc import Sequence
from html import escape

from markdown_it.token import Token

from notegen.read.html.context import Mode, RenderContext
from notegen.read.html.tags import RenderRules, id_attribute
from notegen.read.token_data import TAB


def _tabs_open(_tokens: Sequence[Token], _index: int, context: RenderContext) -> str:
    """Open a set; excerpts show the blocks of one tab alone."""
    if context.mode is not Mode.PAGE:
        return ""
    context.open_tab_set()
    return '<div class="tabs">\n'


def _tabs_close(_tokens: Sequence[Token], _index: int, context: RenderContext) -> str:
    if context.mode is not Mode.PAGE:
        return ""
    context.tab_sets.pop()
    return "</div>\n"


def _tab_open(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    token = tokens[index]
    if context.mode is not Mode.PAGE:
        return ""
    classes = escape(" ".join(["tab", *str(token.attrs.get("class", "")).split()]))
    return f'<div class="{classes}"{id_attribute(str(token.attrs.get("id", "")), context)}>\n'


def _tab_close(_tokens: Sequence[Token], _index: int, context: RenderContext) -> str:
    return "</div>\n</div>\n" if context.mode is Mode.PAGE else ""


def _title_open(tokens: Sequence[Token], index: int, context: RenderContext) -> str:
    """Open the title of the tab that has just been opened."""
    tab = TAB.of(tokens[index - 1])
    checked = " checked" if tab.chosen else ""
    name, value = escape(context.tab_sets[-1]), escape(tab.key)
    return f'<label class="tab-title"><input type="radio" name="{name}" value="{value}"{checked}><b>'


def _title_close(_tokens: Sequence[Token], _index: int, _context: RenderContext) -> str:
    return '</b></label>\n<div class="tab-body">\n'


TAB_RULES: RenderRules = {
    "tabs_open": _tabs_open,
    "tabs_close": _tabs_close,
    "tab_open": _tab_open,
    "tab_close": _tab_close,
    "tab_title_open": _title_open,
    "tab_title_close": _title_close,
}
