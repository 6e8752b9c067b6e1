"""Where an excerpt ends: behind its opening paragraph or a sentence, else behind a part of one, never in a word.

Positions are measured as the reader sees them (`width`): Han characters, Latin letters by their share of a line.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

import msgspec
from markdown_it.token import Token

from notegen.read.plain_text import formula_text, inline_text
from notegen.read.token_data import FORMULA
from notegen.text.cjk import HAN, KANA, LATIN, beginning, wide_character, width
from notegen.text.patterns import lazy_regex

# Shares of the length that is asked for.
PARAGRAPH = 0.75  # a paragraph that ends behind this much ends the excerpt
LONGEST = 1.5  # nothing behind this much is looked at
SENTENCE = 0.5  # a sentence that ends behind this much is an end ...
SHORTEST = 0.25  # ... and where there is none, one behind this much
PART = 1.25  # the last comma
DISPLAY = 0.4  # behind this much a display formula is left out with all that follows
BONUS = 0.2  # by which the end of a paragraph may be farther from the length than that of a sentence

_CLOSING = "”’」』）)】》\"'"
_FULL_STOP = lazy_regex(rf"[。！？!?][{_CLOSING}]*+|\.[{_CLOSING}]*+(?=\s|$)|……(?=[^…]|$)")
_SEMICOLON = lazy_regex(r"；|;(?=\s|$)")
_COMMA = lazy_regex(r"[，、：]|[,:](?=\s|$)")
_ABBREVIATION = lazy_regex(r"(?:\b(?:e\.g|i\.e|cf|vs|etc|al|Figs?|Eqs?|Sec|Dr|Mrs?|Prof|No|St)|\b[A-Z])$")
_ENDED = lazy_regex(rf"[。！？!?.…；;][{_CLOSING}]*+$")
_WORD_END = lazy_regex(
    rf"\s+|(?<=[的了着过，、：；。])|(?<=[{HAN}{KANA}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{HAN}{KANA}])"
)
_GOES_ON = ("：", ":", "，", ",", "、", "（", "(", "—", "-")


class End(msgspec.Struct, frozen=True):
    """Where an excerpt ends: behind a block, or in it, behind `offset` characters of one of its children.

    `units`: the length up to here. `is_finished`: a sentence ends here, so no ellipsis follows.
    """

    units: float
    block: int
    child: int = -1
    offset: int = 0
    is_finished: bool = True
    ends_paragraph: bool = False


class _Ends(msgspec.Struct):
    """The ends that were candidates so far, by kind."""

    paragraphs: list[End] = []
    sentences: list[End] = []
    semicolons: list[End] = []
    commas: list[End] = []
    words: list[End] = []


def end_of_excerpt(blocks: Sequence[Token], length: float) -> End | None:
    """Return where an excerpt of about `length` units ends; None where all of `blocks` is one."""
    ends, seen = _Ends(), 0.0
    for index, token in enumerate(blocks):
        if token.type in {"math_block", "math_inline"}:
            if _enough(ends, DISPLAY * length):
                return _best(ends, length) or _anywhere(blocks, length)
            seen += width(formula_text(token))
        elif token.type == "inline":
            is_whole, seen = _in_paragraph(token, index, seen, length, ends)
            if not is_whole:
                return _best(ends, length) or _anywhere(blocks, length)
            end = _paragraph_end(blocks, index, seen)
            if end.is_finished or end.ends_paragraph:
                if seen >= PARAGRAPH * length:
                    return end if any(later.nesting == 0 for later in blocks[index + 1 :]) else None
                ends.paragraphs.append(end)
    return None


def _enough(ends: _Ends, units: float) -> bool:
    return any(end.units >= units for end in (*ends.paragraphs, *ends.sentences))


def _paragraph_end(blocks: Sequence[Token], index: int, seen: float) -> End:
    """Return the end of a paragraph. One that ends with a colon or before a formula goes on."""
    text = inline_text(blocks[index].children or ()).rstrip()
    finished = _ENDED.search(text[-8:]) is not None
    following = next((token.type for token in blocks[index + 1 :] if token.nesting >= 0), "")
    goes_on = text.endswith(_GOES_ON) or (following == "math_block" and not finished)
    return End(seen, index, is_finished=finished, ends_paragraph=not goes_on)


def _in_paragraph(token: Token, block: int, seen: float, length: float, ends: _Ends) -> tuple[bool, float]:
    """Enter the ends in a paragraph into `ends`; return whether all of it may be shown, and the length behind it."""
    children = token.children or []
    inside = 0  # of links and raw tags, whose words stay together
    for number, child in enumerate(children):
        if FORMULA.of(child).display and _enough(ends, DISPLAY * length):
            return False, seen
        if child.type == "text" and not inside:
            room = LONGEST * length - seen
            for kind, offset, units in _stops(child.content, room, closes=_closes(children, number)):
                finished = kind in {"sentences", "semicolons"}
                getattr(ends, kind).append(End(seen + units, block, number, offset, is_finished=finished))
        elif child.type not in {"text", "softbreak", "hardbreak"} and not (child.nesting or inside) and number:
            ends.words.append(End(seen, block, number, is_finished=False))
        inside += _depth(child)
        seen += width(inline_text((child,)))
        if seen > LONGEST * length:
            return False, seen
    return True, seen


def _depth(child: Token) -> int:
    """Return 1 for the beginning of what stays together, -1 for its end, else 0."""
    if child.type == "html_inline":
        return -1 if child.content.startswith("</") else 1
    return child.nesting if child.type.startswith(("link_", "wikilink_", "nowrap_")) else 0


def _anywhere(blocks: Sequence[Token], length: float) -> End:
    """Return an end in a text that has none: between characters, or behind the formula or the word that is too long."""
    seen = 0.0
    for block, token in enumerate(blocks):
        for number, child in enumerate(token.children or ()):
            units = width(inline_text((child,)))
            if units and seen + units > length:
                offset = len(beginning(child.content, length - seen)) if child.type == "text" else 0
                first = not (seen or offset)
                return End(seen, block, number + first, offset, is_finished=False)
            seen += units
    return End(seen, len(blocks) - 1)


def _closes(children: Sequence[Token], number: int) -> bool:
    """Return whether a full stop at the end of a text may end a sentence: white space or a closing mark follows."""
    following = children[number + 1] if number + 1 < len(children) else None
    return following is None or following.nesting < 0 or following.type in {"softbreak", "hardbreak"}


def _stops(text: str, room: float, *, closes: bool) -> Iterator[tuple[str, int, float]]:
    """Yield the ends in a text up to `room`: the field of `_Ends`, and the length in front, in characters and units."""
    last = min(len(text), int(room / LATIN) + 1) if room < len(text) else len(text)
    wide = {match.start() for match in wide_character().finditer(text, 0, last)}
    units = [0.0, *accumulate(1 if index in wide else LATIN for index in range(last))]
    for kind, pattern in (
        ("sentences", _FULL_STOP),
        ("semicolons", _SEMICOLON),
        ("commas", _COMMA),
        ("words", _WORD_END),
    ):
        for match in pattern.finditer(text, 0, last):
            offset = match.start() if kind == "words" else match.end()
            if kind != "sentences" or _is_end(text, match.start(), offset, closes=closes):
                yield kind, offset, units[offset]


def _is_end(text: str, start: int, end: int, *, closes: bool) -> bool:
    """Return whether a full stop ends a sentence: no abbreviation, nor in front of a formula."""
    if not text.startswith(".", start):
        return True
    return (closes or end < len(text)) and not _ABBREVIATION.search(text[max(0, start - 8) : start])


def _best(ends: _Ends, length: float) -> End | None:
    """Return the end that is nearest to the length, of the best kind that there is."""

    def within(candidates: Sequence[End], first: float, last: float) -> list[End]:
        return [end for end in candidates if first * length <= end.units <= last * length]

    def distance(end: End) -> float:
        return abs(end.units - length) - (BONUS * length if end.child < 0 else 0)

    whole = [end for end in ends.paragraphs if end.is_finished]
    for candidates in (
        within((*whole, *ends.sentences), SENTENCE, LONGEST),
        within((*ends.semicolons, *ends.paragraphs), SENTENCE, LONGEST),
        within((*whole, *ends.sentences), SHORTEST, SENTENCE),
        within(ends.commas, SHORTEST, PART),
        within(ends.words, SHORTEST, 1) or within(ends.words, 0.001, LONGEST),
    ):
        if candidates:
            return min(candidates, key=distance)
    return None
