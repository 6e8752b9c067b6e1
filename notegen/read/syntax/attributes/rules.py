"""Attributes after the elements they belong to, in the forms of Pandoc, Hugo and kramdown.

`{#id .class}` at the end of a heading or, behind a space, of a cell (Python-Markdown), right after an image, a code
span or a link, and in the info string of a fence;
kramdown's `{:.class}` after these and after emphasis; its attribute lines (see lines.py). Braces anywhere else
stay text: `f{x}`. What an attribute may be: see list.py.

Source: kramdown syntax, "Inline Attribute Lists"; Pandoc User's Guide, "header_attributes", "link_attributes",
"inline_code_attributes" and "fenced_code_attributes"; Hugo docs, "Markdown attributes"; Python-Markdown docs,
"Attribute Lists".
"""

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.attributes.code_captions import take_label
from notegen.read.syntax.attributes.lines import LINE, LineResolver
from notegen.read.syntax.attributes.list import (
    ATTRIBUTE_LIST,
    LONGEST,
    apply_attributes,
    read_attributes,
)
from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.read.token_data import ANCHOR
from notegen.text.patterns import lazy_regex

_AT_END = lazy_regex(r"\{[^{}\\\n]*\}\Z")
_COMMAND = lazy_regex(r"(?:\\[A-Za-z]{1,40}+|[_^\\])\Z")
_CELLS = frozenset({"td_open", "th_open"})
_AFTER = frozenset({"image", "code_inline", "link_close"})
_CLOSED_LATER = frozenset({"em_close", "strong_close", "s_close", "mark_close"})
_DELIMITERS = frozenset({"*", "_", "~~", "=="})


def _attributes(state: StateCore) -> None:
    if "{" not in state.src and ")=" not in state.src:
        return
    has_lines = False
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            _heading(token, state.tokens[index + 1])
        elif token.type in _CELLS:
            _cell(token, state.tokens[index + 1])
        elif token.type == "fence" and "#" in token.info:
            _fence_id(token)
        elif token.type == LINE:
            has_lines = True
    if has_lines:
        resolver = LineResolver()
        for token in state.tokens:
            resolver.add(token)
        state.tokens = resolver.kept


def _heading(opened: Token, inline: Token) -> None:
    """Take the attributes from the end of a heading, with or without a space; braces of a LaTeX command are none."""
    content = inline.content
    braces = _AT_END.search(content, max(0, len(content) - LONGEST)) if content.endswith("}") else None
    attributes = read_attributes(content, braces.start()) if braces else None
    if braces is None or attributes is None:
        return
    before = content[: braces.start()]
    if _COMMAND.search(before, max(0, len(before) - LONGEST)):
        return
    inline.content = before.rstrip()
    apply_attributes(opened, attributes)
    ANCHOR.set(opened, "")  # headings make their ids unique later


def _cell(opened: Token, inline: Token) -> None:
    """Take the attributes from the end of a cell, behind a space."""
    content = inline.content.rstrip()
    braces = _AT_END.search(content, max(0, len(content) - LONGEST)) if content.endswith("}") else None
    attributes = read_attributes(content, braces.start()) if braces else None
    if braces is None or attributes is None or not content[: braces.start()].endswith((" ", "\t")):
        return
    inline.content = content[: braces.start()].rstrip()
    apply_attributes(opened, attributes)


def _fence_id(fence: Token) -> None:
    start = fence.info.find("{")
    attributes = read_attributes(fence.info, start, kramdown=False) if start >= 0 else None
    if attributes is not None and attributes.id:
        take_label(fence, attributes.id, attributes.values)


def attributes_inline(state: StateInline, silent: bool) -> bool:
    """Read attributes right after an element."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    before = state.tokens[-1]
    later = before.type == "text" and before.content in _DELIMITERS
    if before.type not in _AFTER and not later:
        return False
    attributes = read_attributes(state.src, state.pos, kramdown=True if later else None)
    if attributes is None or attributes.end > state.posMax:
        return False
    if later:
        token = state.push("attributes", "", 0)
        token.content = state.src[state.pos : attributes.end]
        ATTRIBUTE_LIST.set(token, attributes)
    else:
        apply_attributes(_opening(state.tokens), attributes)
    state.pos = attributes.end
    return True


def _opening(tokens: list[Token]) -> Token:
    """Return the last token, or the one that opens what it closes."""
    depth = 0
    for token in reversed(tokens):
        depth += token.nesting
        if depth == 0:
            return token
    return tokens[-1]


def _resolve(state: StateInline) -> None:
    """Give emphasis its attributes now that its pairs are known; what follows no emphasis is text."""
    if not any(token.type == "attributes" for token in state.tokens):
        return
    kept: list[Token] = []
    opened: list[Token] = []
    closed: Token | None = None  # the opening of the emphasis that has just been closed
    for token in state.tokens:
        if token.type == "attributes":
            if closed is None:
                kept.append(Token("text", "", 0, content=token.content))
            else:
                apply_attributes(closed, ATTRIBUTE_LIST.of(token))
            continue
        kept.append(token)
        if token.nesting > 0:
            opened.append(token)
        if token.nesting < 0 and opened:
            closed = opened.pop()
            closed = closed if token.type in _CLOSED_LATER else None
        elif token.nesting > 0 or token.type != "text" or token.content:  # a strong pair leaves empty texts behind
            closed = None
    state.tokens[:] = kept


BLOCK_ATTRIBUTES = Rule("core", "attributes", _attributes, before=BEFORE_INLINE)
ATTRIBUTES = Rule("inline", "attributes", attributes_inline, starts="{", before="link")
EMPHASIS_ATTRIBUTES = Rule("delimiters", "attributes", _resolve, before="fragments_join")
