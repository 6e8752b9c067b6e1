"""Pandoc's captions of tables: a paragraph `: Caption {#tbl-x}` below a table; `Table: …` or a label also above one.

It becomes the table's `<caption>`, its attributes those of the table. pandoc-crossref's `Listing: Caption {#lst:x}`
above or below a code block is the caption of that, if either has a label.

Source: Pandoc User's Guide, "table_captions"; Quarto docs, "Tables"; pandoc-crossref's manual, "Code Blocks".
"""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.source_map import column_of
from notegen.read.syntax.attributes.code_captions import CAPTION
from notegen.read.syntax.attributes.list import LONGEST, apply_attributes, read_attributes
from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.read.token_data import CONTENT_START, ContentStart
from notegen.text.patterns import lazy_regex

_START = lazy_regex(r"(?:[Tt]able)?:[ \t]+(?=\S)")
_LISTING = lazy_regex(r"(?m)^[Ll]isting:[ \t]+(?=\S)")
_SIGNS = ("\n: ", "able: ")
_PARAGRAPH = 3  # tokens


def _captions(state: StateCore) -> None:
    if "|" not in state.src or not any(sign in state.src for sign in _SIGNS):
        return
    tokens, lines = state.tokens, state.src.split("\n")
    kept: list[Token] = []
    opened = -1  # index in `kept` of the table that has just ended
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "paragraph_open" and (start := _START.match(tokens[index + 1].content)):
            above = opened if opened >= 0 and kept[opened + 1].type != "caption_open" else -1
            below = tokens[index + _PARAGRAPH] if index + _PARAGRAPH < len(tokens) else None
            is_above = not start[0].startswith(":") or "{#" in tokens[index + 1].content
            table = kept[above] if above >= 0 else below if is_above else None
            if table is not None and table.type == "table_open" and table.level == token.level:
                caption = _caption(tokens[index + 1], start.end(), table, lines)
                at = above + 1 if above >= 0 else len(kept) + 1
                kept[at:at] = [] if above < 0 else caption
                index += _PARAGRAPH
                if above < 0:
                    kept += [table, *caption]
                    index += 1
                opened = -1
                continue
        opened = _opening(kept) if token.type == "table_close" else -1
        kept.append(token)
        index += 1
    state.tokens = kept


def _opening(kept: list[Token]) -> int:
    return next(index for index in range(len(kept) - 1, -1, -1) if kept[index].type == "table_open")


def _caption(inline: Token, start: int, table: Token, lines: list[str]) -> list[Token]:
    """Return the tokens of a caption, and give the table the attributes that stand behind it."""
    content = _with_attributes(inline.content[start:].rstrip(), table)
    level, map_ = table.level + 1, inline.map or [0, 1]
    opened = Token("caption_open", "caption", 1, map=map_, block=True, level=level)
    words = Token("inline", "", 0, content=content, children=[], map=map_, block=True, level=level + 1)
    source = lines[map_[0]] if map_[0] < len(lines) else ""
    if "\n" not in content:
        CONTENT_START.set(words, ContentStart(column_of(source, inline.content) + start))
    return [opened, words, Token("caption_close", "caption", -1, block=True, level=level)]


def _with_attributes(content: str, block: Token) -> str:
    """Return a caption without the attributes behind it, which the block gets."""
    braces = content.rfind("{", max(0, len(content) - LONGEST)) if content.endswith("}") else -1
    attributes = read_attributes(content, braces) if braces >= 0 else None
    if attributes is None or attributes.end != len(content):
        return content
    apply_attributes(block, attributes)
    return content[:braces].rstrip()


def _listings(state: StateCore) -> None:
    if "isting:" not in state.src or not _LISTING.search(state.src):
        return
    tokens, kept = state.tokens, list[Token]()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        start = _LISTING.match(tokens[index + 1].content) if token.type == "paragraph_open" else None
        around = (*tokens[index + _PARAGRAPH : index + _PARAGRAPH + 1], *kept[-1:]) if start else ()
        fences = (one for one in around if one.type == "fence" and one.level == token.level and not CAPTION.of(one))
        fence = next(fences, None)
        is_labelled = fence is not None and ("id" in fence.attrs or "{#" in tokens[index + 1].content)
        if start and fence is not None and is_labelled:
            CAPTION.set(fence, _with_attributes(tokens[index + 1].content[start.end() :].rstrip(), fence))
            index += _PARAGRAPH
        else:
            kept.append(token)
            index += 1
    state.tokens = kept


LISTING_CAPTIONS = Rule("core", "listing_captions", _listings, before=BEFORE_INLINE)
TABLE_CAPTIONS = Rule("core", "table_captions", _captions, before=BEFORE_INLINE)
