"""The visible text of inline tokens as one string, and where a piece of it stands in the source of its paragraph."""

import re
from bisect import bisect_right

import msgspec
from markdown_it.token import Token

from notegen.read.foreign.marks import CODE, OBJECT
from notegen.read.token_data import SPAN

TEXTS = frozenset({"text", "text_special"})
_BREAKS = frozenset({"softbreak", "hardbreak"})
_OPENINGS = ("{%", "{{")


class VisibleText(msgspec.Struct, frozen=True):
    """The text of an inline token, line breaks kept; CODE and OBJECT stand for what is not text.

    `starts` are offsets in `text`, `sources` those in the source behind which what follows there is written; `codes`
    are the code spans by offset.
    """

    text: str
    source: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    codes: dict[int, str]

    def offset_in_source(self, match: re.Match[str], after: int) -> int:
        """Return where a match is written, -1 where it is not: with escapes, entities or emphasis inside.

        `after`: the offset behind which it is, because the match before it is there.
        """
        written = match[0].partition(CODE)[0].partition(OBJECT)[0]
        offset = max(after, self.sources[bisect_right(self.starts, match.start()) - 1])
        while written:
            offset = self.source.find(written, offset)
            if offset < 0 or not _is_escaped(self.source, offset):
                return offset
            offset += 1
        return -1

    def shown(self, match: re.Match[str]) -> str:
        """Return a match as it is written, the code in it too."""
        start = match.start()
        return "".join(
            f"`{self.codes[start + index]}`" if char == CODE else char
            for index, char in enumerate(match[0])
            if char != OBJECT
        )


def _is_escaped(source: str, offset: int) -> bool:
    before = source[:offset]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def visible_text(inline: Token) -> VisibleText:
    """Return the visible text of an inline token."""
    parts: list[str] = []
    starts, sources = [0], [0]
    codes: dict[int, str] = {}
    length = reached = 0
    is_read = False  # between the tokens of a hashtag
    for child in inline.children or ():
        span = SPAN.of(child)
        is_tag = span is not None and inline.content.startswith(_OPENINGS, span.offset)  # one that was read
        if span is not None and is_tag:
            reached = max(reached, span.offset + span.length)
            starts.append(length)
            sources.append(reached)
        is_read = child.nesting > 0 if child.type.startswith("hashtag") else is_read
        if child.type in TEXTS:
            part = OBJECT if is_read else child.content
        elif child.type in _BREAKS:
            part = "\n"
        elif child.type == "code_inline":
            part, codes[length] = CODE, child.content
        elif child.nesting:  # emphasis and links
            continue
        else:
            part = OBJECT
        parts.append(part)
        length += len(part)
        if part in {CODE, OBJECT} and child.content and not is_tag:
            place = inline.content.find(child.content, reached)
            if place >= 0:
                reached = place + len(child.content)
                starts.append(length)
                sources.append(reached)
    return VisibleText("".join(parts), inline.content, tuple(starts), tuple(sources), codes)
