"""Shortcodes that the site or its theme has a template for, in shortcodes/: they go before those that notegen knows.

`{{< paper id=1706.03762 >}}`, `{{% paper %}}` and `{% paper … %}`, alone or around text up to their closing tag, on
lines of their own or in a sentence. Tokens: `shortcode` where nothing is enclosed, else `shortcode_open` and
`shortcode_close`, each with a CALL; as blocks or in a text. Of `::: paper` see containers.py. What a
template shows for them is made in html/renderer.py; it is never read as Markdown.

A tag alone on its line is a block of its own, unless it stands in the middle of a paragraph.
"""

from collections.abc import Iterable, Iterator

import msgspec
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.model.source import SourceFile
from notegen.read.syntax.lines import read_lines
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.rule import AFTER_INLINE, BLOCKS, Rule
from notegen.read.syntax.shortcodes.parse import Tag, closing_line, is_raw, read_tag, tag_on_line
from notegen.read.token_data import SPAN, Span, TokenField
from notegen.text.patterns import lazy_regex

_OPENINGS = frozenset({"{{<", "{{%", "{%"})
_OPENING = lazy_regex(r"\{\{[<%]|\{%")
# Whatever may be one, in code, too: a superset of what the rules read.
_NAMED = lazy_regex(r"(?:\{\{[<%]|\{%)-?\s*+([A-Za-z_][\w./-]*+)|:::[ \t]*+\{?[ \t]*+\.?([^\W\d][\w./-]*+)")


class Call(msgspec.Struct, frozen=True):
    """A shortcode in a note: its name, what it is given by position (from 0) and by name, and how it is written."""

    name: str = ""
    args: dict[int | str, str] = {}
    written: str = ""


CALL: TokenField[Call] = TokenField("call", Call())


def call_of(tag: Tag, written: str) -> Call:
    """Return what a tag calls. Names are in small letters."""
    words, named = tag.words()
    args: dict[int | str, str] = {**dict(enumerate(words))}
    args.update(named)
    return Call(tag.name, args, written)


def names_in(source: SourceFile) -> set[str]:
    """Return the names of shortcodes that a note and the files that it includes may call, and some that they do not."""
    texts = [source.text, *(file.text for file in source.included)]
    return {match[1] or match[2] for text in texts if "{" in text or ":::" in text for match in _NAMED.finditer(text)}


def own_shortcodes(names: Iterable[str]) -> tuple[Rule, Rule, Rule]:
    """Return the rules for blocks, for text, and for paragraphs that hold nothing else; for these shortcodes."""
    known = frozenset(names)

    def block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        tag = tag_on_line(state, start_line)
        if tag is None or tag.name not in known or tag.opening not in _OPENINGS:
            return False
        close = closing_line(state, start_line, end_line)
        if silent:
            return close >= 0
        start = state.bMarks[start_line] + state.tShift[start_line]
        push_block(state, call_of(tag, state.src[start : tag.end]), start_line, close)
        return True

    def inline(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith("{", state.pos) or is_raw(state):
            return False
        tag = read_tag(state.src, state.pos, state.posMax)
        if tag is None or tag.name not in known or tag.opening not in _OPENINGS:
            return False
        start, limit = state.pos, state.posMax
        closing = once(state.env, _pairs, state.src).get(start)
        end = closing.end if closing is not None and closing.end <= limit else tag.end
        if not silent:
            call = call_of(tag, state.src[start : tag.end])
            token = state.push("shortcode", "", 0) if end == tag.end else state.push("shortcode_open", "", 1)
            CALL.set(token, call)
            SPAN.set(token, Span(start, tag.end - start))
            if closing is not None and end == closing.end:
                state.pos, state.posMax = tag.end, closing.start
                state.md.inline.tokenize(state)
                state.posMax = limit
                state.push("shortcode_close", "", -1)
        state.pos = end
        return True

    return (
        Rule("block", "own_shortcode_blocks", block, starts="{", before="fence", interrupts=BLOCKS),
        Rule("inline", "own_shortcodes", inline, starts="{", before="emphasis"),
        Rule("core", "lone_shortcodes", _lone, before=AFTER_INLINE),
    )


def push_block(state: StateBlock, call: Call, line: int, close: int) -> None:
    """Push a shortcode on lines of its own, around the blocks between `line` and `close`; -1 where it encloses none."""
    end = (line if close < 0 else close) + 1
    token = state.push("shortcode", "", 0) if close < 0 else state.push("shortcode_open", "", 1)
    token.map = [line, end]
    CALL.set(token, call)
    if close >= 0:
        read_lines(state, line + 1, close)
        state.push("shortcode_close", "", -1)
    state.line = end


class _Closing(msgspec.Struct, frozen=True):
    """Where a closing tag stands in a text."""

    start: int
    end: int


def _pairs(text: str) -> dict[int, _Closing]:
    """Return where tags begin -> where the tags stand that close them."""
    pairs: dict[int, _Closing] = {}
    opened: dict[tuple[str, str], list[int]] = {}
    for start, tag in _tags(text):
        base = tag.name.removeprefix("end") if tag.opening == "{%" else tag.name.removeprefix("/")
        stack = opened.setdefault((tag.opening, base), [])
        if base == tag.name:
            stack.append(start)
        elif stack:
            pairs[stack.pop()] = _Closing(start, tag.end)
    return pairs


def _tags(text: str) -> Iterator[tuple[int, Tag]]:
    end = 0
    for match in _OPENING.finditer(text):
        if match.start() >= end and (tag := read_tag(text, match.start())):
            end = tag.end
            yield match.start(), tag


def _lone(state: StateCore) -> None:
    """Hide the paragraph around a shortcode that is all of it: what its template shows may be a block."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        children = token.children or ()
        if token.type != "inline" or not children or not children[0].type.startswith("shortcode"):
            continue
        if tokens[index - 1].type == "paragraph_open" and _is_one(children):
            tokens[index - 1].hidden = tokens[index + 1].hidden = True


def _is_one(children: Iterable[Token]) -> bool:
    """Return whether inline tokens are one shortcode, with what it encloses."""
    first, *others = children
    if first.nesting == 0:
        return not others
    return bool(others) and all(token.level > first.level for token in others[:-1]) and others[-1].level == first.level
