"""The names of notes' files: their suffixes, and the date that a name may begin with."""

import re
from functools import lru_cache

import msgspec

NOTE_SUFFIXES = (".md", ".markdown", ".mdx", ".mdown", ".qmd", ".rmd")  # of Markdown files, in lower case
_INDEXES = frozenset({"index", "readme"})
_DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
_DATED = re.compile(rf"({_DAY})([-_ ])(?=.)", re.DOTALL)
_MEMORY = 1 << 16  # paths whose stem is kept: the same ones come again and again


class DatedName(msgspec.Struct, frozen=True):
    """A file's name in parts: `2024-01-02-title` is date, separator ("-", "_" or " ") and the name behind it."""

    date: str
    separator: str
    name: str


def dated_name(stem: str) -> DatedName | None:
    """Return the parts of a file's name (without suffix) that begins with a date; None when it does not.

    A date alone is a name. Whether there is such a day is not looked at.
    """
    match = _DATED.match(stem)
    return DatedName(match[1], match[2], stem[match.end() :]) if match else None


def is_day(stem: str) -> bool:
    """Return whether a file's name (without suffix) is a date alone. Whether there is such a day is not looked at."""
    return re.fullmatch(_DAY, stem) is not None


def undated(stem: str) -> str:
    """Return a file's name (without suffix) without the date in front of it: `2024-01-02-x` gives `x`."""
    match = _DATED.match(stem)
    return stem[match.end() :] if match else stem


def is_note(path: str) -> bool:
    """Return whether a path is that of a Markdown file."""
    return path.lower().endswith(NOTE_SUFFIXES)


def is_index(name: str) -> bool:
    """Return whether a file, by its name without folders, stands for its folder: index.md, README.md."""
    return strip_suffix(name).casefold() in _INDEXES


@lru_cache(maxsize=_MEMORY)
def strip_suffix(path: str) -> str:
    """Return the path without the suffix of a Markdown file."""
    lower = path.lower()
    return next((path[: -len(suffix)] for suffix in NOTE_SUFFIXES if lower.endswith(suffix)), path)
