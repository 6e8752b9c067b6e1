"""Attributes after the elements they belong to, in the forms of Pandoc, Hugo and kramdown.

`{#id .class}` at the end of a heading, right after an image, a code span or a link, and in the info string of a fence;
kramdown's `{:.class}` after these and after emphasis; kramdown's line `{: .class #id}` below a block, or above one
behind a blank line. `{:toc}` drops the list it marks. A line below a code block may name its language (`.language-python`) and
its title (`file="x.py"`). Braces anywhere else stay text: `f{x}`. See attribute_list for what an attribute may be.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.notes.syntax.attribute_list import LONGEST, AttributeList, apply_attributes, read_attributes

_ALTERNATIVES = ["paragraph", "reference", "blockquote", "list"]
_OPTIONS = re.compile(r"\{::options [^{}]*/\}[ \t]*|\{:/\}[ \t]*")
_AT_END = re.compile(r"\{[^{}\\\n]*\}\Z")
_AFTER = frozenset({"image", "code_inline", "link_close"})
_CLOSED_LATER = frozenset({"em_close", "strong_close", "s_close", "mark_close"})
_DELIMITERS = frozenset({"*", "_", "~~", "=="})
_LANGUAGE = "language-"
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})


def attributes_plugin(md: MarkdownIt) -> None:
    """Add the rules. Those on block tokens run before the inline rules."""
    md.block.ruler.before("fence", "attribute_line", attribute_line, {"alt": _ALTERNATIVES})
    md.core.ruler.before("inline", "attributes", _attributes)
    md.inline.ruler.before("link", "attributes", attributes_inline)
    md.inline.ruler2.before("fragments_join", "attributes", _resolve)


def attribute_line(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Read a line that is nothing but kramdown attributes, or one of its option lines, which is dropped."""
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith("{:", start) or state.is_code_block(start_line):
        return False
    dropped = _OPTIONS.fullmatch(state.src, start, end) is not None
    attributes = None if dropped else read_attributes(state.src[start:end], 0, kramdown=True)
    if not dropped and (attributes is None or state.src[start + attributes.end : end].strip()):
        return False
    if silent:
        return True
    if attributes is not None:
        token = state.push("attribute_line", "", 0)
        token.map, token.meta = [start_line, start_line + 1], {"attributes": attributes}
    state.line = start_line + 1
    return True


def _attributes(state: StateCore) -> None:
    if "{" not in state.src:
        return
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            _heading(token, state.tokens[index + 1])
        elif token.type == "fence" and "#" in token.info:
            _fence_id(token)
    if any(token.type == "attribute_line" for token in state.tokens):
        state.tokens = _without_lines(state.tokens)


def _heading(opened: Token, inline: Token) -> None:
    """Take the attributes from the end of a heading: behind a space, or right behind what cannot be a LaTeX command."""
    content = inline.content
    found = _AT_END.search(content, max(0, len(content) - LONGEST))
    attributes = read_attributes(content, found.start()) if found else None
    if found is None or attributes is None:
        return
    before = content[: found.start()]
    if before and before[-1].isascii() and not before[-1].isspace() and before[-1] not in "`)]":
        return
    inline.content = before.rstrip()
    apply_attributes(opened, attributes)
    opened.meta.pop("anchor", None)  # headings make their ids unique later


def _fence_id(fence: Token) -> None:
    start = fence.info.find("{")
    attributes = read_attributes(fence.info, start, kramdown=False) if start >= 0 else None
    if attributes is not None and attributes.id:
        apply_attributes(fence, AttributeList(id=attributes.id))


def _without_lines(tokens: list[Token]) -> list[Token]:
    """Give the attributes of each line to the block right above it, else to the block right below it."""
    kept: list[Token] = []
    opened: list[int] = []  # indexes in `kept` of the blocks that are open
    last: int | None = None  # index in `kept` of the sibling block before
    waiting: Token | None = None
    dropped: Token | None = None  # a list that is read to its end before it goes
    for token in tokens:
        if token.type == "attribute_line":
            if last is None or not _meet(kept[last], token):
                waiting = token
            elif _give(kept[last], token):
                del kept[last:]
                last = None
            continue
        if waiting is not None:
            if token.nesting >= 0 and _meet(waiting, token) and _give(token, waiting):
                dropped = token
            waiting = None
        if token.nesting > 0:
            opened.append(len(kept))
            last = None
        elif token.nesting < 0:
            last = opened.pop()
            if kept[last] is dropped:
                del kept[last:]
                last = None
                continue
        elif token.type != "inline":
            last = len(kept)
        kept.append(token)
    return kept


def _meet(above: Token, below: Token) -> bool:
    return bool(above.map and below.map and above.map[1] == below.map[0])


def _give(block: Token, line: Token) -> bool:
    """Give a block its attributes. Return True for a list that only stands for a contents list."""
    attributes: AttributeList = line.meta["attributes"]
    if "toc" in attributes.words and block.type in _LISTS:
        return True
    if block.type in {"fence", "code_block"}:
        attributes = _code(block, attributes)
    apply_attributes(block, attributes)
    if block.map and line.map:  # another such line may follow
        block.map = [block.map[0], max(block.map[1], line.map[1])]
    return False


def _code(block: Token, attributes: AttributeList) -> AttributeList:
    """Put language and title into the info string, where the highlighter reads them; return what is left."""
    languages = [name for name in attributes.classes if name.startswith(_LANGUAGE)]
    if languages and not block.info.strip():
        block.type, block.tag, block.info = "fence", "code", languages[0].removeprefix(_LANGUAGE)
    title = attributes.values.get("file") or attributes.values.get("title")
    if title and block.type == "fence":
        title = title.replace('"', "'")
        block.info = f'{block.info or "text"} title="{title}"'
    return AttributeList(id=attributes.id)


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
        token.content, token.meta = state.src[state.pos : attributes.end], {"attributes": attributes}
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
                apply_attributes(closed, token.meta["attributes"])
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
