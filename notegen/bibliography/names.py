"""Names of authors: BibTeX's lists to names, names as lists and marks show them.

Source: Oren Patashnik, "BibTeXing", §4 (`First von Last`, `von Last, First`, `von Last, Jr, First`); biblatex manual,
§3.4 (`family=…, given=…`). Names in Chinese characters are shown family first, without a space.
"""

from collections.abc import Sequence

import msgspec

from notegen.bibliography.entries import Name
from notegen.text.cjk import HAN, KANA
from notegen.text.patterns import lazy_regex

_PIECES = lazy_regex(r"[{}]|(?<=\s)(?:and|AND)(?=\s)")
_WIDE = lazy_regex(f"[{HAN}{KANA}]")
_GROUP = lazy_regex(r"\{[^{}]*\}")
MOST_SHOWN, SHOWN_OF_MORE = 8, 6  # authors in a list's entry; of entries that have more, so many


class Words(msgspec.Struct, frozen=True):
    """The words of one language between names, and for a missing year."""

    others: str
    pair: str
    no_year: str


ENGLISH = Words(" et al.", " and ", "n.d.")
CHINESE = Words("等", "和", "无日期")


def split_names(value: str) -> tuple[tuple[Name, ...], bool]:
    """Return the names in a BibTeX list, still LaTeX, and whether it ends in `and others`."""
    names: list[Name] = []
    others = False
    for text in _split(value):
        if text.lower() in {"others", "et al.", "et al"}:
            others = True
        elif text:
            names.append(_name(text))
    return tuple(names), others


def _split(value: str) -> list[str]:
    """Return the parts of a list between `and`, which counts outside of braces only."""
    parts, start, depth = [], 0, 0
    for piece in _PIECES.finditer(value):
        depth += {"{": 1, "}": -1}.get(piece[0], 0)
        if depth <= 0 and piece[0].lower() == "and":
            parts.append(value[start : piece.start()])
            start = piece.end()
    return [part.strip() for part in (*parts, value[start:])]


def _name(text: str) -> Name:
    if _GROUP.fullmatch(text):
        return Name(text)
    parts = [part.strip() for part in _comma_parts(text)]
    if parts[0].startswith("family="):
        named = dict(part.split("=", 1) for part in parts if "=" in part)
        family = " ".join(filter(None, (named.get("prefix", ""), named["family"])))
        return Name(family, named.get("given", ""))
    if len(parts) > 1:
        return Name(parts[0], parts[-1]) if len(parts) == 2 else Name(f"{parts[0]} {parts[1]}", parts[-1])  # noqa: PLR2004
    words = text.split()
    if is_wide(text):
        return Name(words[0], " ".join(words[1:]))
    first = next((n for n, word in enumerate(words[:-1]) if n and word[0].islower()), len(words) - 1)
    return Name(" ".join(words[first:]), " ".join(words[:first]))


def _comma_parts(text: str) -> list[str]:
    if "{" not in text and "}" not in text:  # most of them
        return text.split(",")
    parts, start, depth = [], 0, 0
    for at, char in enumerate(text):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == "," and depth <= 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def is_wide(text: str) -> bool:
    """Return whether a text has Chinese characters or kana."""
    return bool(_WIDE.search(text))


def full_name(name: Name) -> str:
    """Return a name as a list of references shows it."""
    if is_wide(name.family):
        return name.family + name.given_name
    return f"{name.given_name} {name.family}".strip()


def short_name(name: Name) -> str:
    """Return a name as a mark in the text shows it: the family, of Chinese names the whole."""
    return full_name(name) if is_wide(name.family) else name.family or name.given_name


def all_names(names: Sequence[Name], words: Words, *, others: bool) -> str:
    """Return the authors of an entry, of many the first."""
    many = len(names) > MOST_SHOWN
    shown = [full_name(name) for name in (names[:SHOWN_OF_MORE] if many else names)]
    return ", ".join(shown) + (", " + words.others.strip() if (many or others) and shown else "")


def short_names(names: Sequence[Name], words: Words, *, others: bool) -> str:
    """Return the authors of an entry as a mark names them: one, two, or the first of them."""
    if not names:
        return ""
    if len(names) > 2 or others:  # noqa: PLR2004 - a pair
        return short_name(names[0]) + words.others
    return words.pair.join(short_name(name) for name in names)
