"""Excerpts, cut on parsed tokens: never inside a formula, a word or a link; code, tables and images left out.

A formula, a link and a code span are atoms. Units of length: a Han character is 1, any other character 0.6 of one,
which is about its share of a line; a formula counts as its readable text.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from markdown_it.token import Token

from notegen.read.plain_text import formula_text, inline_text
from notegen.read.token_data import FORMULA, TAB
from notegen.text.cjk import HAN, KANA, wide_character
from notegen.text.patterns import lazy_regex

MORE = lazy_regex(r"<!--\s*(?:more|excerpt|truncate)\s*-->", re.IGNORECASE)
LATIN = 0.6
LONGEST_TEXT = 1000  # characters of one piece of text that are looked at
SLACK = 1.15  # a paragraph that ends within this factor of the length is kept whole
_PIECES = lazy_regex(rf"\s+|[^\s{HAN}{KANA}]+|.")  # white space, a word, a Han character or kana
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


def width(text: str) -> float:
    """Return the length of visible text in units of Han characters."""
    wide = len(wide_character().findall(text))
    return wide + (len(text) - wide) * LATIN


def beginning(text: str, room: float) -> str:
    """Return the beginning of a text that fits into a width in Han characters, cut between words."""
    end = 0
    for end, char in enumerate(text[:LONGEST_TEXT]):  # noqa: B007 (used behind the loop)
        room -= width(char)
        if room < 0:
            break
    space = text.rfind(" ", max(0, end - 20), end + 1)
    latin = text[max(0, end - 1) : end + 1].isascii()
    return text[: space if latin and space > 0 else end].rstrip("，、；：,;: ")


def shortened(text: str, room: float) -> str:
    """Return a text that is no wider than `room`, in Han characters: itself, or its beginning with an ellipsis."""
    return text if width(text[:LONGEST_TEXT]) <= room else beginning(text, room) + "…"


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
    writer = _Writer(float("inf"))
    for token in _kept(tokens[:block]):
        writer.block(token)
    if child >= 0:
        before = list((tokens[block].children or [])[:child])
        if before and before[-1].type == "text":
            before[-1] = before[-1].copy(content=before[-1].content.rstrip())
        writer.block(tokens[block].copy(children=before))
    writer.close(mark_cut=False)
    return Cut(tuple(writer.tokens), more=True)


def cut_automatically(tokens: Sequence[Token], length: int) -> Cut:
    """Return the opening blocks up to about `length` units; the last paragraph is cut between words."""
    writer = _Writer(length)
    for token in _kept(tokens):
        if not writer.block(token):
            writer.close(mark_cut=True)
            return Cut(tuple(writer.tokens), more=True)
    return Cut(tuple(writer.tokens), more=False)


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
    """Copies blocks while there is room, and closes what is open at the end."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.slack = room * (SLACK - 1)
        self.tokens: list[Token] = []
        self._open: list[Token] = []
        self._renumber = False  # an item of an ordered list was left out: the next one must say its number

    def block(self, token: Token) -> bool:
        """Copy one block token. Return False when the excerpt is full."""
        if token.nesting < 0:
            return self._close_one(token)
        if self.room <= 0 and (token.nesting > 0 or token.type in {"inline", "math_block", "math_inline"}):
            return False
        if token.nesting > 0:
            opening = self._numbered(token)
            self._open.append(opening)
            self.tokens.append(opening)
            return True
        if token.type == "inline":
            return self._inline(token)
        if token.type in {"math_block", "math_inline"}:
            self.room -= width(formula_text(token))
        self.tokens.append(token)
        return True

    def _numbered(self, token: Token) -> Token:
        """Return the token; an item behind a left-out one keeps its own number."""
        if not self._renumber or token.type != "list_item_open" or not token.info:
            return token
        self._renumber = False
        return token.copy(attrs={**token.attrs, "value": token.info})

    def _close_one(self, token: Token) -> bool:
        opened = self._open.pop() if self._open else None
        if self.tokens and self.tokens[-1] is opened:
            self.tokens.pop()  # nothing of the block was shown
            self._renumber = token.type == "list_item_close"
        elif opened is not None:
            self.tokens.append(token)
        return True

    def _inline(self, token: Token) -> bool:
        children = _shown(token.children or ())
        if not inline_text(children).strip():
            return True
        total = width(inline_text(children))
        if total <= self.room + self.slack:
            self.room -= total
            self.tokens.append(token.copy(children=children))
            return True
        cut = _cut_inline(children, self.room)
        if cut:
            self.tokens.append(token.copy(children=cut))
        return False

    def close(self, *, mark_cut: bool) -> None:
        """End with an ellipsis where text was cut, and close every open block."""
        while self.tokens and self._open and self.tokens[-1] is self._open[-1]:
            self.tokens.pop()
            self._open.pop()
        if mark_cut:
            while self.tokens and self.tokens[-1].type == "math_block":
                self.tokens.pop()  # the ellipsis follows words
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


def _cut_inline(children: list[Token], room: float) -> list[Token]:
    """Return the tokens that fit into `room`, cut between words; marks that were opened are closed."""
    result: list[Token] = []
    opened: list[Token] = []
    index = 0
    while index < len(children):
        end = _atom_end(children, index)
        atom = children[index:end]
        first = atom[0]
        if first.nesting > 0 and len(atom) == 1:
            opened.append(first)
        elif first.nesting < 0 and opened:
            opened.pop()
        size = width(inline_text(atom))
        if size > room:
            if first.type == "text" and (text := _cut_text(first.content, room)):
                result.append(first.copy(content=text))
            break
        room -= size
        result.extend(atom)
        index = end
    return _closed(result)


def _atom_end(children: list[Token], start: int) -> int:
    """Return the end of the atom at `start`: a whole link, a pair of raw tags, else one token."""
    token = children[start]
    pairs = {"link_open": "link_close", "wikilink_open": "wikilink_close", "nowrap_open": "nowrap_close"}
    if token.type in pairs:
        for index in range(start + 1, len(children)):
            if children[index].type == pairs[token.type] and children[index].level == token.level:
                return index + 1
    if token.type == "html_inline" and not token.content.startswith("</"):
        close = "</" + token.content[1:].lower()
        for index in range(start + 1, len(children)):
            if children[index].type == "html_inline" and children[index].content.lower() == close:
                return index + 1
    return start + 1


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


def _cut_text(text: str, room: float) -> str:
    """Return the words of `text` that fit."""
    kept = 0
    for match in _PIECES.finditer(text):
        room -= width(match[0])
        if room < 0:
            break
        kept = match.end()
    return text[:kept].rstrip()
