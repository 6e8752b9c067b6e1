"""Obsidian's embeds of notes, parts of notes and files: `![[Note#Heading|text]]` alone on its line.

The inline rule in wikilink.py makes `note_embed` tokens. A paragraph that holds nothing but such tokens, one a line,
becomes block tokens of that type; anywhere else an embed cannot be shown and becomes a link.

Source: Obsidian Help, "Embed files".
"""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.token_data import SPAN, WIKI_TARGET

EMBED = "note_embed"


def _note_embeds(state: StateCore) -> None:
    if "![[" not in state.src:
        return
    tokens: list[Token] = []
    skip = 0
    for index, token in enumerate(state.tokens):
        if skip:
            skip -= 1
            continue
        if token.type == "paragraph_open" and (embeds := _alone(state.tokens[index + 1])):
            tokens += [_block(embed, state.tokens[index + 1], token) for embed in embeds]
            skip = 2
            continue
        if token.type == "inline" and token.children:
            token.children = list(_as_links(token.children))
        tokens.append(token)
    state.tokens = tokens


def _alone(inline: Token) -> list[Token]:
    """Return the embeds of a paragraph that holds nothing else, or nothing."""
    children: Sequence[Token] = inline.children or ()
    others = [child for child in children if child.type not in {EMBED, "softbreak", "hardbreak"}]
    if any(child.type != "text" or child.content.strip() for child in others):  # an image has no content
        return []
    return [child for child in children if child.type == EMBED]


def _block(embed: Token, inline: Token, paragraph: Token) -> Token:
    """Return the embed as a block, which knows its line."""
    span = SPAN.of(embed)
    line = (inline.map[0] if inline.map else 0) + inline.content.count("\n", 0, span.offset if span else 0)
    block = embed.copy(block=True, level=paragraph.level, map=[line, line + 1], attrs=dict(paragraph.attrs))
    block.meta = paragraph.meta
    WIKI_TARGET.set(block, WIKI_TARGET.of(embed))
    return block


def _as_links(children: Iterable[Token]) -> Iterator[Token]:
    """Yield inline tokens, embeds among words as wiki links."""
    for child in children:
        if child.type != EMBED:
            yield child
            continue
        yield child.copy(type="wikilink_open", tag="a", nesting=1, markup="[[", content="")
        if child.content:
            yield Token("text", "", 0, content=child.content, level=child.level + 1)
        yield Token("wikilink_close", "a", -1, markup="[[", level=child.level)


NOTE_EMBEDS = Rule("core", "note_embeds", _note_embeds, before=AFTER_INLINE)
