"""How long a note is: characters and words counted, and the minutes that reading them takes."""

from notegen.text.cjk import HAN, HANGUL, KANA
from notegen.text.patterns import lazy_regex

_WIDE = lazy_regex(rf"[{HAN}{KANA}{HANGUL}]+")
_WORD = lazy_regex(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u052f]+(?:['’.\-][0-9A-Za-z\u00c0-\u024f\u0370-\u052f]+)*")
HAN_PER_MINUTE = 400
WORDS_PER_MINUTE = 220


def count_words(text: str) -> tuple[int, int]:
    """Return (Han, kana and hangul characters, words of other scripts)."""
    return sum(map(len, _WIDE.findall(text))), len(_WORD.findall(text))


def reading_minutes(han: int, words: int) -> int:
    """Return the reading time in whole minutes, at least 1."""
    return max(1, round(han / HAN_PER_MINUTE + words / WORDS_PER_MINUTE))
