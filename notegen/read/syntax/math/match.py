r"""The formula that starts at a position of a run of text: pairs of dollars, `\(..\)`, `\[..\]`, bare environments."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from notegen.read.syntax.math.partners import Scan
from notegen.read.syntax.math.prose import (
    ENVIRONMENTS,
    is_blank,
    is_citation,
    is_formula,
    is_prose,
)
from notegen.text.patterns import lazy_regex

_BEGIN = lazy_regex(r"\\begin\s?\{([A-Za-z]+\*?)\}")
_BRACKET = lazy_regex(r"\\\\?[(\[]")
_NAME = lazy_regex(r"[^\s\\$^{}]++")
_OPENER = lazy_regex(r"[$\\]")
_NUMBER = r"[(（]\s*[\w.\-]{1,8}\s*[)）]"
MYST_LABEL = r"\((?P<myst>[A-Za-z]{2}\w*+[:.-][\w:.-]++)\)"  # `(A-1)` is a number
_ANCHOR = r"\^[A-Za-z0-9-]++|\{#[^\s{}]++[^{}]*\}|" + MYST_LABEL
_TRAILING = lazy_regex(rf"(?:[\s.,;:!?。，；：！？、…·]++|{_NUMBER}|{_ANCHOR})*+")
# Without its end, a display reaches up to that of the text: nothing in it would find one either.
_DISPLAYS = lazy_regex(r"\$\$(?:\\.|[^\\$]|\$(?!\$))++(?P<end>\$\$)?", re.DOTALL)


class Match(NamedTuple):
    """A formula in a run of text: it ends before `end`; its LaTeX is `text[left:right]`."""

    end: int
    left: int
    right: int
    markup: str
    display: bool


def match_formula(text: str, partners: Scan, start: int, *, html: bool = False) -> Match | None:
    """Return the formula whose opening delimiter stands at `start` of `text`, or None.

    `$$` is a display when it has its lines for itself, or those below the words behind which it stands. In raw HTML
    (`html`) that may be all of the text between two tags; in a paragraph it cannot be the first line, which the block
    rule has seen.
    """
    if text[start] == "$":
        return _dollars(text, partners, start, html=html)
    return _brackets(text, partners, start) or _environment(text, partners, start)


def find_formulas(text: str, partners: Scan, *, html: bool = False) -> Iterator[tuple[int, Match]]:
    """Yield the start of each formula in `text` and the formula, from left to right. Code spans are not looked at."""
    start = 0
    while opener := _OPENER.search(text, start):
        start = opener.start()
        formula = match_formula(text, partners, start, html=html)
        if formula is not None:
            yield start, formula
            start = formula.end
        else:
            start += skip_opener(text, start)


def skip_opener(text: str, start: int) -> int:
    """Return how many characters a delimiter at `start` takes that opens no formula."""
    if text[start] == "\\":
        return 2
    if not text.startswith("$$$", start):
        return 1
    return len(text) - start - len(text[start:].lstrip("$"))


def is_trailing(tail: str) -> bool:
    """Return whether the tail of a display's line belongs to it: further displays, punctuation, a number, an id."""
    text = _DISPLAYS.sub(lambda match: " " if match["end"] else match[0], tail)
    return _TRAILING.fullmatch(text) is not None


def _dollars(text: str, partners: Scan, start: int, *, html: bool) -> Match | None:
    if text.startswith("$$", start):
        return None if text.startswith("$$$", start) else _double(text, partners, start, html=html)
    if text.startswith("$`", start):
        right = partners.ticked.get(start, start)
        if right > start + 1 and not is_blank(text[start + 2 : right]):
            return Match(right + 2, start + 2, right, "$`", display=False)
    right = partners.single.get(start, start)
    inside, after = text[start + 1 : right], text[right + 1 : right + 2]
    if right == start or not is_formula(inside, after, balanced=start not in partners.loose):
        return None
    return Match(right + 1, start + 1, right, "$", display=False)


def _double(text: str, partners: Scan, start: int, *, html: bool) -> Match | None:
    right = partners.double.get(start, start)
    if right == start or not is_formula(text[start + 2 : right], text[right + 2 : right + 3]):
        return None
    display = _has_its_lines(text, start, right + 2, first=html) or _has_lines_below(text, start, right)
    return Match(right + 2, start + 2, right, "$$", display)


def _has_its_lines(text: str, start: int, end: int, *, first: bool) -> bool:
    """Return whether `text[start:end]` begins a line (the first one only with `first`) and ends its last line."""
    line_start = text.rfind("\n", 0, start) + 1
    if (line_start == 0 and not first) or text[line_start:start].strip():
        return False
    line_end = text.find("\n", end)
    return is_trailing(text[end:line_end] if line_end >= 0 else text[end:])


def _has_lines_below(text: str, start: int, right: int) -> bool:
    """Return whether a `$$` ends its line, behind words, and the one at `right` ends the lines that it opens."""
    line_end, last = text.find("\n", start), text.find("\n", right)
    if not start < line_end < right or text[start + 2 : line_end].strip():
        return False
    return is_trailing(text[right + 2 : last] if last >= 0 else text[right + 2 :])


def _brackets(text: str, partners: Scan, start: int) -> Match | None:
    opener = _BRACKET.match(text, start)
    if opener is None:
        return None
    right = partners.brackets.get(start)
    if right is None:
        return None
    markup = opener[0]
    inside = text[opener.end() : right]
    if is_blank(inside) or is_prose(inside):
        return None
    display = markup[-1] == "["
    end = right + len(markup)
    if display and (is_citation(inside) or _is_text_of_link(text, start, end, inside)):
        return None
    return Match(end, opener.end(), right, markup, display)


def _is_text_of_link(text: str, start: int, end: int, inside: str) -> bool:
    r"""Return whether `text[start:end]` is all of a link's text, as in Pandoc's `[\[prop:x\]](#prop:x)`."""
    return text[end : end + 2] == "](" and text[start - 1 : start] == "[" and _NAME.fullmatch(inside) is not None


def _environment(text: str, partners: Scan, start: int) -> Match | None:
    end = partners.environments.get(start)
    if end is None:
        return None
    begin = _BEGIN.match(text, start)
    if begin is None or begin[1] not in ENVIRONMENTS:
        return None
    return Match(end, start, end, begin[1], display=True)
