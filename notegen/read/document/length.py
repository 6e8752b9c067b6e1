"""How long a note is: characters and words counted, and the minutes that reading it takes, formulas and code too."""

from collections.abc import Sequence

from markdown_it.token import Token

from notegen.model.note import Formula
from notegen.read.plain_text import block_text
from notegen.text.cjk import HAN, HANGUL, KANA
from notegen.text.patterns import lazy_regex

_LETTERS = r"[0-9A-Za-z\u00c0-\u024f\u0370-\u052f]+"
# Characters in a group, or a word in none: the text is looked through once.
_WIDE_OR_WORD = lazy_regex(rf"([{HAN}{KANA}{HANGUL}]+)|{_LETTERS}(?:['’.\-]{_LETTERS})*")
HAN_PER_MINUTE = 400
WORDS_PER_MINUTE = 220
# What stands between words is read more slowly than they are, and less slowly than it is understood.
DISPLAYS_PER_MINUTE = 8
INLINE_PER_MINUTE = 60
CODE_LINES_PER_MINUTE = 40


def count_words(tokens: Sequence[Token]) -> tuple[int, int]:
    """Return (Han, kana and hangul characters, words of other scripts) of a note's text, without formulas and code."""
    runs = _WIDE_OR_WORD.findall(block_text(tokens, math=False, code=False))
    return sum(map(len, runs)), runs.count("")


def reading_minutes(han: int, words: int, formulas: Sequence[Formula] = (), code_lines: int = 0) -> int:
    """Return the reading time in whole minutes, at least 1, of a text with these formulas and so many lines of code."""
    text = han / HAN_PER_MINUTE + words / WORDS_PER_MINUTE
    displays = sum(formula.display for formula in formulas)
    math = displays / DISPLAYS_PER_MINUTE + (len(formulas) - displays) / INLINE_PER_MINUTE
    return max(1, round(text + math + code_lines / CODE_LINES_PER_MINUTE))


def code_lines(tokens: Sequence[Token]) -> int:
    """Return how many lines of code that are not empty stand in a note's blocks."""
    blocks = (token.content for token in tokens if token.type in {"fence", "code_block"})
    return sum(bool(line.strip()) for block in blocks for line in block.splitlines())
