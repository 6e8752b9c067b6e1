"""Readable plain text of tokens, word counts and heading ids.

Derived from the parsed note, never from rendered HTML.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from notegen.math.plain_text.text import readable
from notegen.read.token_data import READABLE, REFERENCE, RENDERED, WIKI_TARGET
from notegen.text.cjk import HAN, HANGUL, KANA

_WIDE = re.compile(rf"[{HAN}{KANA}{HANGUL}]+")
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u052f]+(?:['’.\-][0-9A-Za-z\u00c0-\u024f\u0370-\u052f]+)*")
HAN_PER_MINUTE = 400
WORDS_PER_MINUTE = 220


def formula_text(token: Token) -> str:
    """Return a formula's readable text. It is made when first asked for: most formulas never are."""
    text = READABLE.of(token)
    if text is None:
        text = readable(token.content, RENDERED.of(token).macros)
        READABLE.set(token, text)
    return text


def inline_text(children: Iterable[Token], *, math: bool = True, code: bool = True) -> str:
    """Return the visible text of inline tokens.

    A formula gives its readable form, a footnote mark nothing.
    """
    parts: list[str] = []
    for token in children:
        if token.type in {"text", "text_special", "emoji"} or (token.type == "code_inline" and code):
            parts.append(token.content)
        elif token.type in {"math_inline", "math_block"} and math:
            parts.append(formula_text(token))
        elif token.type == "math_ref":
            parts.append(REFERENCE.of(token).text)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "image":
            parts.append(inline_text(token.children or (), math=math, code=code))
        elif token.type == "wikilink_open" and not WIKI_TARGET.of(token).has_text:
            parts.append(WIKI_TARGET.of(token).target)
    return "".join(parts)


def block_text(tokens: Sequence[Token], *, math: bool = True, code: bool = True) -> str:
    """Return the readable text of block tokens, one line a block, code blocks and raw HTML left out."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline":
            text = " ".join(inline_text(token.children or (), math=math, code=code).split())
            if text:
                lines.append(text)
        elif token.type in {"math_block", "math_inline"} and math:
            lines.append(" ".join(formula_text(token).split()))
    return "\n".join(lines)


def count_words(text: str) -> tuple[int, int]:
    """Return (Han, kana and hangul characters, words of other scripts)."""
    return sum(map(len, _WIDE.findall(text))), len(_WORD.findall(text))


def reading_minutes(han: int, words: int) -> int:
    """Return the reading time in whole minutes, at least 1."""
    return max(1, round(han / HAN_PER_MINUTE + words / WORDS_PER_MINUTE))


def slugify(text: str) -> str:
    """Return a heading's id as GitHub makes it: lower case, punctuation dropped, spaces to hyphens, every script kept.

    Source: GitHub's own `jch/html-pipeline` table-of-contents filter. Compatibility forms are folded, so `𝒪(n²)` gives
    `on2`.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    kept = "".join(char for char in folded if char.isalnum() or char in " -_" or unicodedata.combining(char))
    return re.sub(r"\s+", "-", kept.strip()) or "section"


class UniqueIds:
    """Hands out ids that are unique on one page: `a`, `a-1`, `a-2`. Linear in the number of ids."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, name: str) -> str:
        """Return `wanted`, or `wanted` with the first free number."""
        number = self._taken.get(name)
        if number is None:
            self._taken[name] = 0
            return name
        while True:
            number += 1
            candidate = f"{name}-{number}"
            if candidate not in self._taken:
                self._taken[name] = number
                self._taken[candidate] = 0
                return candidate
