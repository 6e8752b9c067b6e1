"""What LaTeX looks like: telling formulas from money and prose, and cleaning what a formula holds.

The rules are heuristics about text between two delimiters; each predicate takes that text as written.
"""

import re
from functools import cache
from typing import NamedTuple

from notegen.text.cjk import FULL_WIDTH, HAN, HANGUL, IDEOGRAPHS, KANA, PUNCTUATION
from notegen.text.patterns import lazy_regex

_DISPLAYS = ("equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "subequations", "displaymath")
_OF_PACKAGES = ("numcases", "subnumcases", "empheq", "dmath", "IEEEeqnarray", "tikzcd")
_PARTS = (  # of a formula; on their own they are read as one
    *("aligned", "alignedat", "gathered", "split", "cases", "dcases", "rcases", "drcases", "array", "darray", "CD"),
    *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "math"),
)
DISPLAY_ENVIRONMENTS = frozenset(name + star for name in (*_DISPLAYS, *_OF_PACKAGES) for star in ("", "*"))
ENVIRONMENTS = DISPLAY_ENVIRONMENTS | frozenset(name + star for name in _PARTS for star in ("", "*"))
ZERO_WIDTH = "\u200b\ufeff"  # editors and web pages leave them behind

_WORD = lazy_regex(r"[A-Za-z]{2,}")
_FULL_STOP = lazy_regex(r"[。；，]")
_BLANK_LINES = lazy_regex(r"\n[ \t]*\n")
_SIGNAL = lazy_regex(r"[\^_={}]|\\(?!\$)")
_FIRM_SIGNAL = lazy_regex(r"[\^_=]|\\(?!\$)")
_TEXT_COMMANDS = lazy_regex(r"\\(?:text|textrm|textbf|textit|mbox|tag)\*?\s*\{[^{}]*\}")
_CITATION = lazy_regex(r"[\w\s,;.–-]*")
_ENTITY = lazy_regex(r"&(lt|gt|amp|quot|apos|nbsp|#39|#34);")
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "nbsp": "\u00a0", "#39": "'", "#34": '"'}
_TRIM = lazy_regex(rf"[\s{ZERO_WIDTH}]*")


class Latex(NamedTuple):
    """A formula's LaTeX, trimmed, and how many characters were trimmed before it."""

    text: str
    skipped: int


@cache
def _han() -> "re.Pattern[str]":
    return re.compile(rf"[{IDEOGRAPHS}{KANA}{HANGUL}]")


@cache
def _word_or_cjk() -> "re.Pattern[str]":
    return re.compile(rf"[A-Za-z\u00c0-\u024f\u0400-\u04ff]{{2}}|[{HAN}{KANA}{HANGUL}{PUNCTUATION}{FULL_WIDTH}]")


def clean_latex(raw: str, *, decode_entities: bool = False) -> Latex:
    r"""Return `raw` trimmed and without zero-width characters, otherwise byte for byte.

    A control space at the end (`\ `) keeps its space. With `decode_entities`, `&lt;`, `&amp;` and their like
    are read as the characters they stand for.
    """
    trimmed = _TRIM.match(raw)
    skipped = trimmed.end() if trimmed else 0
    text = raw[skipped:]
    for character in ZERO_WIDTH:
        text = text.replace(character, "")
    stripped = text.rstrip()
    if len(stripped) < len(text) and (len(stripped) - len(stripped.rstrip("\\"))) % 2:
        stripped = text[: len(stripped) + 1]
    if decode_entities and "&" in stripped:
        stripped = _ENTITY.sub(lambda match: _CHARACTERS[match[1]], stripped)
    return Latex(stripped, skipped)


def is_blank(raw: str) -> bool:
    """Return whether nothing but white space and zero-width characters is in `raw`."""
    return not raw.strip().strip(ZERO_WIDTH).strip()


def is_formula(inside: str, after: str, *, balanced: bool = True) -> bool:
    r"""Return whether the text between two dollars is a formula, not money or prose.

    `after` is the character behind the closing dollar ("" at the end). A formula shows a *TeX signal* (a
    backslash not before a dollar, `^`, `_`, `=`, or braces if they are `balanced`); without one it must not be a spaced
    word (`$HOME and $PATH`), a price range (`$5-$10`), or reach into a code span. No formula holds a web link.
    """
    if is_blank(inside) or "](http" in inside:
        return False
    if (_SIGNAL if balanced else _FIRM_SIGNAL).search(inside):
        return True
    if "`" in inside:
        return False
    if (inside[0].isspace() or inside[-1].isspace()) and _word_or_cjk().search(inside):
        return False
    return not (inside[0] in "0123456789" and after != "" and after in "0123456789")


def is_prose(inside: str) -> bool:
    """Return whether text reads as a sentence: no TeX signal, but Han characters or several words."""
    if _SIGNAL.search(inside):
        return False
    return _han().search(inside) is not None or len(_WORD.findall(inside)) > 1


def holds_paragraphs(inside: str) -> bool:
    """Return whether a blank line inside a display is followed by prose, so that the display was never closed."""
    for chunk in _BLANK_LINES.split(inside)[1:]:
        bare = _TEXT_COMMANDS.sub(" ", chunk)
        if "$" in bare or is_prose(bare) or (_han().search(bare) and _FULL_STOP.search(bare)):
            return True
    return False


def is_citation(inside: str) -> bool:
    r"""Return whether the inside of `\[..\]` is what an escaped bracket holds: a number, a name, a check mark."""
    return _CITATION.fullmatch(inside) is not None and _SIGNAL.search(inside) is None
