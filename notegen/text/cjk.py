r"""Characters of Chinese, Japanese and Korean: classes of them for regular expressions, and how wide they are.

The classes are parts of character classes: `rf"[{HAN}{KANA}]"`. Ranges are Unicode blocks (Unicode 16, Blocks.txt);
planes 2 and 3 hold nothing but ideographs. Rules differ in which of them they mean; each puts its class together. To
compile one takes a millisecond, because re looks at each of its characters: so a pattern has it once, and one that few
notes need is compiled by the function that needs it.
"""

import re
import unicodedata
from functools import cache

IDEOGRAPHS = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Also radicals, signs that describe an ideograph (⿰), 々, 〆, 〇 and the numerals of Suzhou.
HAN = rf"\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3038-\u303b{IDEOGRAPHS}"
KANA = r"\u3040-\u30ff"
HANGUL = r"\uac00-\ud7af"  # syllables
IDEOGRAPHIC_SPACE = r"\u3000"
PUNCTUATION = r"\u3001-\u303f"  # 、。「」〜 and their like
FULL_WIDTH = r"\uff01-\uff60"  # ！Ａ（ and their like
SYMBOLS = r"\u3100-\u33ff"  # Bopomofo, letters of Hangul, and letters and units in circles or squares: ㄅ ㄱ ㊀ ㎡
HALF_WIDTH = r"\uff61-\uffef"  # half-width katakana and Hangul, full-width currency signs

_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))
_EMOJI = (  # of the wide characters in these ranges, all are emoji; trigrams and angle brackets are left out
    *((0x231A, 0x231B), (0x23E9, 0x23FF), (0x2600, 0x262F), (0x2638, 0x2689), (0x2690, 0x2BFF)),
    *((0x1F000, 0x1F1FF), (0x1F300, 0x1FAFF)),
)
_EMOJI_IDEOGRAPHS = frozenset("\U0001f201\U0001f21a\U0001f22f\U0001f250\U0001f251") | frozenset(
    map(chr, [*range(0x1F232, 0x1F237), *range(0x1F238, 0x1F23B)])
)


LATIN = 0.6  # of a Han character: the share of a line that another character takes
DESCRIPTION = 160  # characters, what search engines show
LONGEST_TEXT = 1000  # characters of one piece of text that are looked at


@cache
def wide_character() -> "re.Pattern[str]":
    """Return the pattern of one character as wide as a Han character: Han, kana, and the punctuation beside them."""
    return re.compile(rf"[{HAN}{KANA}{PUNCTUATION}{IDEOGRAPHIC_SPACE}{FULL_WIDTH}]")


def is_cjk(character: str) -> bool:
    """Return whether a character belongs to CJK text: wide, full- or half-width, or Hangul, but not emoji.

    As the specification of https://github.com/tats-u/markdown-cjk-friendly has it ("CJK character").
    """
    code = ord(character)
    if code < _HANGUL[0][0]:
        return False
    if _within(code, _HANGUL):
        return True
    if unicodedata.east_asian_width(character) not in {"W", "F", "H"}:
        return False
    return not _within(code, _EMOJI) and character not in _EMOJI_IDEOGRAPHS


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def columns(text: str) -> int:
    """Return how many columns of a terminal `text` takes: wide characters take two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(char) in {"W", "F"} for char in text)
    return len(text) + wide - sum(bool(unicodedata.combining(char)) for char in text)


_LONGEST_WORD = 20  # characters; longer ones may be cut


def width(text: str) -> float:
    """Return the length of visible text in units of Han characters."""
    wide = 0 if text.isascii() else len(wide_character().findall(text))
    return wide + (len(text) - wide) * LATIN


def beginning(text: str, room: float) -> str:
    """Return the beginning of a text that fits into a width in Han characters, cut between words, or Han characters."""
    end = 0
    is_wide = wide_character().match
    for end, char in enumerate(text[:LONGEST_TEXT]):  # noqa: B007 (used behind the loop)
        room -= 1 if is_wide(char) else LATIN
        if room < 0:
            break
    cut = end
    while 0 < cut > end - _LONGEST_WORD and not (text[cut].isspace() or is_wide(text[cut]) or is_wide(text[cut - 1])):
        cut -= 1
    return text[: cut if 0 < cut > end - _LONGEST_WORD else end].rstrip("，、；：,;: ")


def shortened(text: str, room: float) -> str:
    """Return a text that is no wider than `room`, in Han characters: itself, or its beginning with an ellipsis."""
    return text if width(text[:LONGEST_TEXT]) <= room else beginning(text, room) + "…"


def shorten(text: str) -> str:
    """Return a description of at most DESCRIPTION characters: the text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= DESCRIPTION:
        return line
    head = line[: DESCRIPTION - 1]
    space = head.rfind(" ")
    return (head[:space] if space > DESCRIPTION * 2 // 3 else head).rstrip(" ，、；：,;:") + "…"
