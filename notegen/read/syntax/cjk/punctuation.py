"""Punctuation stays with its formula: browsers may break a line between a formula and the full stop behind it.

CSS lets a line break on either side of a replaced element whatever its neighbours are, and a formula counts as one.
So the formula and the marks that touch it go into a span that does not wrap.
"""

from markdown_it.token import Token

from notegen.read.token_data import FORMULA
from notegen.text.patterns import lazy_regex

_CLOSING = lazy_regex(r"[，。；：！？、）」』”’》〉】…,.;:!?)\]%]+")
_OPENING = "（「『“‘《〈【(["
_OPENINGS = tuple(_OPENING)


def glued(children: list[Token]) -> list[Token]:
    """Return the tokens of a line, each formula and the punctuation at it in `nowrap_open` … `nowrap_close`."""
    result: list[Token] = []
    remaining = [*children]
    for index, child in enumerate(children):
        current = remaining[index]
        if child.type != "math_inline" or FORMULA.of(child).display:
            if current.type != "text" or current.content:
                result.append(current)
            continue
        before = _take_opening(result)
        after = _take_closing(remaining, index + 1)
        if not (before or after):
            result.append(current)
            continue
        group = [*before, current, *after]
        result += [
            Token("nowrap_open", "span", 1, attrs={"class": "nowrap"}),
            *group,
            Token("nowrap_close", "span", -1),
        ]
    return result


def _take_opening(result: list[Token]) -> list[Token]:
    """Take opening marks off the end of the text before the formula."""
    if not result or result[-1].type != "text" or not result[-1].content.endswith(_OPENINGS):
        return []
    text = result.pop()
    before = text.content.rstrip(_OPENING)
    if before:
        result.append(_text(text, before))
    return [_text(text, text.content[len(before) :])]


def _take_closing(remaining: list[Token], index: int) -> list[Token]:
    """Take closing marks off the beginning of the text behind the formula."""
    if (
        index >= len(remaining)
        or remaining[index].type != "text"
        or not (match := _CLOSING.match(remaining[index].content))
    ):
        return []
    text = remaining[index]
    remaining[index] = _text(text, text.content[match.end() :])
    return [_text(text, match[0])]


def _text(whole: Token, part: str) -> Token:
    return Token("text", "", 0, level=whole.level, content=part, meta=whole.meta)
