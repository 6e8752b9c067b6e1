"""Headings of one note: levels below the page's own h1, unique ids."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from notegen.read.document.heading_ids import UniqueIds, slugify
from notegen.read.html.urls import ids_in
from notegen.read.plain_text import inline_text
from notegen.read.token_data import ANCHOR, HEADING, LABELLED, RENDERED, HeadingLink, footnote_number
from notegen.text.patterns import lazy_regex

_MATH = frozenset({"math_block", "math_inline"})
# Most of all tokens: none has an id.
_PLAIN = frozenset({"text", "inline", "softbreak", "td_open", "td_close", "paragraph_close"})
_IDS = lazy_regex(r' id="([^"]*)"')


def heading_pairs(tokens: Sequence[Token]) -> Iterator[tuple[int, Token, Token, Token]]:
    """Yield (index, open, inline, close) of every heading, in document order."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and index + 2 < len(tokens):
            yield index, token, tokens[index + 1], tokens[index + 2]


def set_headings(tokens: Sequence[Token]) -> None:
    """Set level, unique id and text of every heading in its tokens: the page's title is the only h1.

    Formulas must be rendered: an id that one of them has, or a footnote or a block, is not given to a heading.
    """
    pairs = list(heading_pairs(tokens))
    shift = 1 if any(opened.tag == "h1" for _, opened, _, _ in pairs) else 0
    ids = UniqueIds()
    for taken in dict.fromkeys(_taken(tokens)):
        ids.take(taken)
    for _, opened, inline, closed in pairs:
        level = min(6, int(opened.tag[1]) + shift)
        opened.tag = closed.tag = f"h{level}"
        text = " ".join(inline_text(inline.children or ()).split())
        anchor = ids.take(str(opened.attrs.get("id") or slugify(text)))
        opened.attrs["id"] = anchor
        HEADING.set(closed, HeadingLink(anchor, text))


def _taken(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the ids of a note that are not those of headings: of formulas, footnotes, labelled blocks, raw HTML."""
    for block in tokens:
        if block.type not in _PLAIN:
            yield from _ids_of(block)
        for token in block.children or ():
            if token.type not in _PLAIN:
                yield from _ids_of(token)


def _ids_of(token: Token) -> Iterator[str]:
    if token.type in _MATH:
        html = RENDERED.of(token).html
        yield from _IDS.findall(html) if " id=" in html else ()
    elif token.type in {"html_block", "html_inline"}:
        yield from ids_in(token.content)
    elif token.type == "footnote_open":
        yield f"fn{footnote_number(token)[0]}"
    elif token.type == "footnote_ref":
        yield f"fnref{footnote_number(token)[1]}"
    elif token.meta and (anchor := ANCHOR.of(token)):  # few tokens have any field
        yield anchor
    elif token.meta and (labelled := LABELLED.of(token)):
        yield labelled.anchor
