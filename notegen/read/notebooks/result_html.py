"""Raw HTML in results that are Markdown: as harmless as that of other outputs, for nobody wrote it as a note's.

What the author writes in cells of Markdown stays as written.
"""

from collections.abc import Iterable, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.notebooks.output_html import clean_tags, dropped_element, is_remote
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import AFTER_INLINE, Rule

_HTML = frozenset({"html_block", "html_inline"})


def _clean(state: StateCore) -> None:
    if not any(cell.kind == "result" for cell in parse_state(state.env).cells):
        return
    inside = False
    for token in state.tokens:
        inside = token.type == "cell_result_open" or (inside and token.type != "cell_result_close")
        if not inside:
            continue
        if token.type in _HTML:
            token.content = clean_tags(token.content)
        if token.children:
            token.children = _cleaned(token.children, state)


def _cleaned(children: Sequence[Token], state: StateCore) -> list[Token]:
    """Return the tokens of a text without what may not stay; an element that is gone takes its content along."""
    kept: list[Token] = []
    gone = ""
    for child in children:
        if gone:
            gone = "" if child.type == "html_inline" and child.content.lower().startswith(f"</{gone}") else gone
            continue
        if child.type == "html_inline":
            gone = dropped_element(child.content)
            child.content = clean_tags(child.content)
        elif child.type == "footnote_ref":
            _clean_footnote(child, state)
        kept += _linked(child) if child.type == "image" and is_remote(str(child.attrs.get("src", ""))) else [child]
    return kept


def _clean_footnote(mark: Token, state: StateCore) -> None:
    """Clean the text of a footnote that stands in the line, `^[…]`; it is kept apart until all text has been read."""
    footnotes = state.env.get("footnotes", {}).get("list", {})
    footnote = footnotes.get(mark.meta.get("id"), {})
    if footnote.get("tokens"):
        footnote["tokens"] = _cleaned(footnote["tokens"], state)


def _linked(image: Token) -> Iterable[Token]:
    """Return a link to a picture of another host."""
    address = str(image.attrs["src"])
    opened = Token("link_open", "a", 1, {"href": address}, meta=image.meta)
    text = Token("text", "", 0, content=image.content or address)
    return opened, text, Token("link_close", "a", -1)


CLEAN_RESULTS = Rule("core", "clean_results", _clean, before=AFTER_INLINE)
