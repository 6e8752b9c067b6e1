"""Headings of one note: levels below the page's own h1, unique ids made of their words as GitHub does."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from notegen.read.html.urls import ids_in
from notegen.read.plain_text import inline_text
from notegen.read.token_data import ANCHOR, HEADING, LABELLED, RENDERED, SECTION, HeadingLink, footnote_number
from notegen.text.patterns import lazy_regex

_MATH = frozenset({"math_block", "math_inline"})
_WITH_IDS = _MATH | {"html_block", "html_inline", "footnote_open", "footnote_ref"}  # others only where a field says so
_PLAIN = frozenset({"text", "inline"})
_IDS = lazy_regex(r' id="([^"]*)"')


def heading_pairs(tokens: Sequence[Token]) -> Iterator[tuple[int, Token, Token, Token]]:
    """Yield (index, open, inline, close) of every heading, in document order."""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and index + 2 < len(tokens):
            yield index, token, tokens[index + 1], tokens[index + 2]


def set_headings(tokens: Sequence[Token]) -> None:
    """Set level, unique id and text of every heading in its tokens: the page's title is the only h1.

    Formulas must be rendered: an id that one of them has, or a footnote or a block, is not given to a heading. An id
    that the author gives goes before those made of words.
    """
    pairs = list(heading_pairs(tokens))
    shift = 1 if any(opened.tag == "h1" for _, opened, _, _ in pairs) else 0
    ids = UniqueIds()
    for taken in dict.fromkeys(_taken(tokens)):
        ids.take(taken)
    given_ids = {id(opened): ids.take(str(opened.attrs["id"])) for _, opened, _, _ in pairs if "id" in opened.attrs}
    for _, opened, inline, closed in pairs:
        level = min(6, int(opened.tag[1]) + shift)
        opened.tag = closed.tag = f"h{level}"
        text = " ".join(inline_text(inline.children or ()).split())
        anchor = given_ids.get(id(opened)) or ids.take(slugify(text))
        opened.attrs["id"] = anchor
        HEADING.set(closed, HeadingLink(anchor, text))
        if number := SECTION.of(opened):
            inline.children = [*_number(number), *(inline.children or ())]


def _number(number: str) -> list[Token]:
    """Return the tokens of a section's number, which stands before its words."""
    opened = Token("section_number_open", "span", 1, attrs={"class": "section-number"})
    return [
        opened,
        Token("text", "", 0, content=number, level=1),
        Token("section_number_close", "span", -1),
        Token("text", "", 0, content="\N{EM SPACE}"),
    ]


def _taken(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the ids of a note that are not those of headings: of formulas, footnotes, labelled blocks, raw HTML."""
    for block in tokens:
        if block.type in _WITH_IDS or (block.meta and block.type not in _PLAIN):
            yield from _ids_of(block)
        for token in block.children or ():
            if token.type in _WITH_IDS or (token.meta and token.type not in _PLAIN):
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
    elif anchor := ANCHOR.of(token):
        yield anchor
    elif token.type != "heading_open" and (labelled := LABELLED.of(token)):
        yield labelled.anchor


def slugify(text: str) -> str:
    """Return a heading's id as GitHub makes it: lower case, punctuation dropped, spaces to hyphens, every script kept.

    Source: GitHub's own `jch/html-pipeline` table-of-contents filter. Compatibility forms are folded, so `𝒪(n²)` gives
    `on2`.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    kept = "".join(char for char in folded if char.isalnum() or char in " -_" or unicodedata.combining(char))
    return re.sub(r"\s+", "-", kept.strip()) or "section"


class UniqueIds:
    """Hands out ids that are unique on one page: `a`, `a-1`, `a-2`. Linear in the number of ids."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return `name`, or `name` with the first free number."""
        number = self._taken.get(name)
        if number is None:
            self._taken[name] = 0
            return name
        while True:
            number += 1
            candidate = f"{name}-{number}"
            if candidate not in self._taken:
                self._taken[name] = number
                self._taken[candidate] = 0
                return candidate
