"""Obsidian's block ids: ` ^block-id` at the end of a paragraph or list item, or alone in a paragraph below a block.

The text is removed and the block gets the attribute `id` and its ANCHOR, both without the caret. The first of equal
ids counts. A display formula with its id on the next line is the math scanner's own; with a blank line between it is
done here.

Source: Obsidian Help, "Internal links", the section about links to blocks.
"""

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.math.block import name_display
from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.read.token_data import ANCHOR
from notegen.text.patterns import lazy_regex

_ID = lazy_regex(r"(?:^|(?<=[ \t\n]))\^([A-Za-z0-9-]{1,100})[ \t]*\Z")
_ANY = lazy_regex(r"\^(?<![^\s>]\^)[A-Za-z0-9-]{1,100}[ \t]*$", re.MULTILINE)
_LONGEST = 110  # characters at the end of a text in which an id is looked for


def _block_ids(state: StateCore) -> None:
    if not _ANY.search(state.src):
        return
    taken: set[str] = set()
    kept: list[Token] = []
    opened: list[Token] = []  # blocks that are open
    before: list[Token | None] = [None]  # at each depth, the last block that was closed
    skip = 0
    for index, token in enumerate(state.tokens):
        if skip:
            skip -= 1
            continue
        name = _id_below(state.tokens, index) if before[-1] is not None else ""
        if name and before[-1] is not None:
            _set_id(before[-1], name, taken)
            skip = 2
            continue
        kept.append(token)
        if token.nesting > 0:
            opened.append(token)
            before.append(None)
        elif token.nesting < 0:
            before.pop()
            before[-1] = opened.pop()
        elif token.type == "inline":
            _take_id(token, opened, taken)
        else:
            before[-1] = token
    state.tokens = kept


def _id_below(tokens: list[Token], index: int) -> str:
    """Return the id of a paragraph that is nothing but an id, or ""."""
    if tokens[index].type != "paragraph_open":
        return ""
    content = tokens[index + 1].content
    match = _ID.fullmatch(content) if len(content) <= _LONGEST else None
    return match[1] if match else ""


def _take_id(inline: Token, opened: list[Token], taken: set[str]) -> None:
    """Cut the id from the end of a paragraph and give it to the paragraph, or to the list item that it opens."""
    if not opened or opened[-1].type != "paragraph_open":
        return
    content = inline.content
    match = _ID.search(content, max(0, len(content) - _LONGEST))
    if match is None or match.start() == 0:
        return
    inline.content = content[: match.start()].rstrip()
    _set_id(_holder(opened, inline), match[1], taken)


def _holder(opened: list[Token], inline: Token) -> Token:
    """Return the paragraph that is open, or the list item when the paragraph stands on its first line."""
    paragraph, item = opened[-1], opened[-2] if len(opened) > 1 else None
    if item is None or item.type != "list_item_open" or not item.map or not inline.map:
        return paragraph
    return item if item.map[0] == inline.map[0] else paragraph


def _set_id(block: Token, name: str, taken: set[str]) -> None:
    if name not in taken and not ANCHOR.of(block):
        taken.add(name)
        if block.type == "math_block":
            name_display(block, name)
        else:
            block.attrs["id"] = name
            ANCHOR.set(block, name)


# Before the inline rules: the id is never read as text.
BLOCK_IDS = Rule("core", "block_ids", _block_ids, before=BEFORE_INLINE)
