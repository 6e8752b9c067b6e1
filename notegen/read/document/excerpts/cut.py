"""Excerpts, cut on parsed tokens: never inside a formula, a word or a link; code, tables and images left out.

A formula, a link and a code span are atoms. Units of length are Han characters; a formula counts as its readable text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from markdown_it.token import Token

from notegen.read.document.excerpts.end import End, end_of_excerpt
from notegen.read.plain_text import inline_text
from notegen.read.token_data import FORMULA, TAB
from notegen.text.patterns import lazy_regex

MORE = lazy_regex(r"<!--\s*(?:more|excerpt|truncate)\s*-->", re.IGNORECASE)
_LEFT_OUT = frozenset(
    {"fence", "code_block", "html_block", "hr", "note_embed", "references", "shortcode", "cell_output"}
)
_BLOCKS = (
    "table",
    "heading",
    "footnote_block",
    "figure",
    "float",
    "layout",
    "embed",
    "algorithm",
    "tab_title",
    "cell_fold",
    "cell_result",
    "shortcode",
)
_SKIPPED = {f"{name}_open": f"{name}_close" for name in _BLOCKS}
_SIMPLE_HTML = lazy_regex(r"</?(?:sub|sup|kbd|b|i|em|strong|mark|u|s|del|small)>", re.IGNORECASE)
# An ellipsis follows a word, not a comma.
_TRAILING = lazy_regex(r"(?<![\s，、；：,;:（(\-—])[\s，、；：,;:（(\-—]++$")


class Cut(msgspec.Struct, frozen=True):
    """The tokens of an excerpt. `more` is True when something of the note was left for its own page."""

    tokens: tuple[Token, ...]
    more: bool


def marker_index(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return where the author's `<!-- more -->` stands: (block index, child index or -1), or None."""
    for index, token in enumerate(tokens):
        if token.type == "html_block" and MORE.search(token.content):
            return index, -1
        for at, child in enumerate(token.children or ()):
            if child.type == "html_inline" and MORE.fullmatch(child.content.strip()):
                return index, at
    return None


def cut_at_marker(tokens: Sequence[Token], marker: tuple[int, int]) -> Cut:
    """Return everything before the marker, however long."""
    block, child = marker
    writer = _Writer()
    for token in _kept(tokens[:block]):
        writer.block(token)
    if child >= 0:
        before = list((tokens[block].children or [])[:child])
        if before and before[-1].type == "text":
            before[-1] = before[-1].copy(content=before[-1].content.rstrip())
        writer.block(tokens[block].copy(children=before))
    writer.close(mark_cut=False)
    return Cut(tuple(writer.tokens), more=True)


def cut_automatically(tokens: Sequence[Token], length: float) -> Cut:
    """Return the beginning of a text, about `length` units of it: see `end_of_excerpt`. Infinity: all of it."""
    blocks, writer = [_with_shown(token) for token in _kept(tokens)], _Writer()
    end = end_of_excerpt(blocks, length)
    if end is None:
        for token in blocks:
            writer.block(token)
        return Cut(tuple(writer.tokens), more=False)
    for token in blocks[: end.block]:
        writer.block(token)
    last = blocks[end.block]
    writer.block(last if end.child < 0 else last.copy(children=_cut_inline(last.children or [], end)))
    writer.close(mark_cut=not end.is_finished)
    return Cut(tuple(writer.tokens), more=True)


def _with_shown(token: Token) -> Token:
    """Return a token with those of its inline tokens that an excerpt may show."""
    return token.copy(children=_shown(token.children or ())) if token.type == "inline" else token


def _kept(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the block tokens an excerpt may show."""
    until, level = "", 0
    for token in tokens:
        if until:
            if token.type == until and token.level == level:
                until = ""
        elif token.type in _SKIPPED:
            until, level = _SKIPPED[token.type], token.level
        elif token.type == "tab_open" and not TAB.of(token).chosen:
            until, level = "tab_close", token.level
        elif token.type not in _LEFT_OUT and not FORMULA.of(token).from_html:
            yield token


class _Writer:
    """Copies blocks, without those that are empty, and closes what is open at the end."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self._open: list[Token] = []
        self._renumber = False  # an item of an ordered list was left out: the next one must say its number

    def block(self, token: Token) -> None:
        """Copy one block token."""
        if token.nesting < 0:
            self._close_one(token)
        elif token.nesting > 0:
            opening = self._numbered(token)
            self._open.append(opening)
            self.tokens.append(opening)
        elif token.type != "inline":
            self.tokens.append(token)
        elif inline_text(children := _shown(token.children or ())).strip():
            self.tokens.append(token.copy(children=children))

    def _numbered(self, token: Token) -> Token:
        """Return the token; an item behind a left-out one keeps its own number."""
        if not self._renumber or token.type != "list_item_open" or not token.info:
            return token
        self._renumber = False
        return token.copy(attrs={**token.attrs, "value": token.info})

    def _close_one(self, token: Token) -> None:
        opened = self._open.pop() if self._open else None
        if self.tokens and self.tokens[-1] is opened:
            self.tokens.pop()  # nothing of the block was shown
            self._renumber = token.type == "list_item_close"
        elif opened is not None:
            self.tokens.append(token)

    def close(self, *, mark_cut: bool) -> None:
        """End with an ellipsis where text was cut, and close every open block."""
        while self.tokens and self._open and self.tokens[-1] is self._open[-1]:
            self.tokens.pop()
            self._open.pop()
        if mark_cut:
            self._ellipsis()
        while self._open:
            opened = self._open.pop()
            closing = Token(
                opened.type.removesuffix("_open") + "_close", opened.tag, -1, block=True, hidden=opened.hidden
            )
            self.tokens.append(closing)

    def _ellipsis(self) -> None:
        last = next((token for token in reversed(self.tokens) if token.type == "inline"), None)
        if last is None or not last.children:
            return
        final = last.children[-1]
        if final.type == "text":
            text = _TRAILING.sub("", final.content)
            last.children = [*last.children[:-1], final.copy(content=text if text.endswith("…") else text + "…")]
        else:
            last.children = [*last.children, Token("text", "", 0, content="…")]


def _shown(children: Iterable[Token]) -> list[Token]:
    """Return the inline tokens an excerpt may show: no images, footnote marks, checkboxes or attributes of raw HTML."""
    kept: list[Token] = []
    for child in children:
        if child.type in {"image", "footnote_ref", "footnote_anchor"}:
            continue
        if child.type == "html_inline" and not _SIMPLE_HTML.fullmatch(child.content):
            continue
        kept.append(child)
    return _balanced(kept)


def _balanced(children: list[Token]) -> list[Token]:
    """Return the tokens without raw tags that have no partner."""
    opened: list[int] = []
    keep: set[int] = set()
    for index, child in enumerate(children):
        if child.type != "html_inline":
            continue
        if not child.content.startswith("</"):
            opened.append(index)
        elif opened and children[opened[-1]].content[1:].lower() == child.content[2:].lower():
            keep.update((opened.pop(), index))
    return [child for index, child in enumerate(children) if child.type != "html_inline" or index in keep]


def _cut_inline(children: Sequence[Token], end: End) -> list[Token]:
    """Return the inline tokens up to an end; marks that were opened are closed."""
    result = list(children[: end.child])
    if end.offset:
        last = children[end.child]
        result.append(last.copy(content=last.content[: end.offset].rstrip()))
    return _closed(result)


def _closed(tokens: list[Token]) -> list[Token]:
    """Return the tokens with every open mark closed, and marks that hold nothing removed."""
    opened: list[Token] = []
    for token in tokens:
        if token.type == "html_inline":
            continue
        if token.nesting > 0:
            opened.append(token)
        elif token.nesting < 0 and opened:
            opened.pop()
    while opened and tokens and tokens[-1] is opened[-1]:
        tokens.pop()
        opened.pop()
    closing = [
        Token(token.type.removesuffix("_open") + "_close", token.tag, -1, markup=token.markup)
        for token in reversed(opened)
    ]
    return tokens + closing
