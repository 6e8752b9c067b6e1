"""Obsidian's embeds of notes, parts of notes and files: `![[Note#Heading|text]]` alone on its line.

The inline rule in wikilinks.py makes `note_embed` tokens. A paragraph that holds nothing but such tokens, one a line,
becomes block tokens of that type; anywhere else an embed cannot be shown and becomes a link. Films, sounds and
documents are what `![](a.mp4)` is: `image` tokens, alone on their line in a paragraph.

Source: Obsidian Help, "Embed files".
"""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.token_data import PLACE, SPAN, WIKI_TARGET, Span
from notegen.text.media_files import kind_of_file
from notegen.text.patterns import lazy_regex

EMBED = "note_embed"
_SIZE = lazy_regex(r"(\d{1,5})(?:x(\d{1,5}))?")


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
            for embed in embeds:
                tokens += _block(embed, state.tokens[index + 1], token, state.md)
            skip = 2
            continue
        if token.type == "inline" and token.children:
            token.children = list(_in_words(token.children, state.md))
        tokens.append(token)
    state.tokens = tokens


def _alone(inline: Token) -> list[Token]:
    """Return the embeds of a paragraph that holds nothing else, or nothing."""
    children: Sequence[Token] = inline.children or ()
    others = [child for child in children if child.type not in {EMBED, "softbreak", "hardbreak"}]
    if any(child.type != "text" or child.content.strip() for child in others):  # an image has no content
        return []
    return [child for child in children if child.type == EMBED]


def _block(embed: Token, inline: Token, paragraph: Token, md: MarkdownIt) -> list[Token]:
    """Return the embed as a block, which knows its line; a film or its like as a paragraph."""
    span = SPAN.of(embed)
    line = _first(inline) + inline.content.count("\n", 0, span.offset if span else 0)
    if kind_of_file(WIKI_TARGET.of(embed).target):
        image = _image(embed, md)
        SPAN.set(image, Span(0, span.length if span else 1))
        opened = paragraph.copy(map=[line, line + 1])
        content = inline.copy(map=[line, line + 1], content=inline.content.split("\n")[line - _first(inline)].strip())
        content.children = [image]
        return [opened, content, Token("paragraph_close", "p", -1, level=paragraph.level, block=True)]
    block = embed.copy(block=True, level=paragraph.level, map=[line, line + 1], attrs=dict(paragraph.attrs))
    block.meta = paragraph.meta
    WIKI_TARGET.set(block, WIKI_TARGET.of(embed))
    return [block]


def _first(inline: Token) -> int:
    return inline.map[0] if inline.map else 0


def _image(embed: Token, md: MarkdownIt) -> Token:
    """Return the image that a film, a sound or a document is."""
    target = WIKI_TARGET.of(embed)
    source = f"{target.target}#{target.fragment}" if target.fragment else target.target
    image = Token("image", "img", 0, level=embed.level)
    fill_image(image, md.normalizeLink(source), embed.content)
    SPAN.set(image, SPAN.of(embed))
    if (place := PLACE.of(embed)) is not None:
        PLACE.set(image, place)
    return image


def fill_image(token: Token, source: str, options: str) -> None:
    """Give an image its address and what Obsidian has behind the bar: `words|300x200`, both of them optional."""
    words, _, last = options.rpartition("|")
    size = _SIZE.fullmatch(last.strip())
    text = words.strip() if size else options.strip()
    token.attrs = {"src": source, "alt": ""}
    if size:
        token.attrs["width"] = size[1]
        if size[2]:
            token.attrs["height"] = size[2]
    token.content = text
    token.children = [Token("text", "", 0, content=text)] if text else []


def _in_words(children: Iterable[Token], md: MarkdownIt) -> Iterator[Token]:
    """Yield inline tokens, embeds among words as wiki links, films and their like as images."""
    for child in children:
        if child.type != EMBED or kind_of_file(WIKI_TARGET.of(child).target):
            yield child if child.type != EMBED else _image(child, md)
            continue
        yield child.copy(type="wikilink_open", tag="a", nesting=1, markup="[[", content="")
        if child.content:
            yield Token("text", "", 0, content=child.content, level=child.level + 1)
        yield Token("wikilink_close", "a", -1, markup="[[", level=child.level)


NOTE_EMBEDS = Rule("core", "note_embeds", _note_embeds, before=AFTER_INLINE)
