"""Paths of files: suffixes of notes, the date that a name may begin with, glob patterns."""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from notegen.text.patterns import lazy_regex

NOTE_SUFFIXES = (".md", ".markdown", ".mdx", ".mdown", ".qmd", ".rmd", ".ipynb")  # of notes, in lower case
SCRIPT = ".py"  # of Python files, some of which are notes, by their text
_INDEXES = frozenset({"index", "readme"})
_DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
_NUMBERED = lazy_regex(r"([0-9]{1,6})[-_. ]++(?=[^0-9])")
_DATED = lazy_regex(rf"({_DAY})([-_ ])(?=.)", re.DOTALL)
_GLOB_SIGN = lazy_regex(r"\*\*/++|\*++|\?|\[!?[^\[\]/]++\]|\{[^{}/]++\}")
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
    """Return whether a path is that of a note: a Markdown file, or a notebook."""
    return path.lower().endswith(NOTE_SUFFIXES)


def is_notebook(path: str) -> bool:
    """Return whether a path is that of a notebook of Jupyter."""
    return path.lower().endswith(".ipynb")


def is_index(name: str) -> bool:
    """Return whether a file, by its name without folders, stands for its folder: index.md, README.md."""
    return strip_suffix(name).casefold() in _INDEXES


def is_folder_text(path: str) -> bool:
    """Return whether a file, by its name, may hold the text of its folder's page: index.md, README.md, _index.md."""
    name = strip_suffix(path.rpartition("/")[2]).casefold()
    return name in _INDEXES or name == "_index"


@lru_cache(maxsize=_MEMORY)
def strip_suffix(path: str) -> str:
    """Return the path without the suffix of a note."""
    stem, dot, suffix = path.rpartition(".")
    suffix = dot + suffix.lower()
    return stem if suffix in NOTE_SUFFIXES or suffix == SCRIPT else path


def title_of_name(name: str, style: str) -> str:
    """Return a title made of a file's or folder's name. `style`: see the setting file_titles.

    "words": `flash_attention` is "flash attention", but a name with spaces, `Q-learning in brief`, is a title as it is,
    and so is a date; "capitalized": a name in small letters is "Flash attention" (MkDocs); "written" and "always":
    every name is.
    """
    if style not in {"words", "capitalized"} or " " in name or is_day(name):
        return name
    title = " ".join(name.replace("_", " ").replace("-", " ").split()) or name
    return title[:1].upper() + title[1:] if style == "capitalized" and title == title.lower() else title


def number_of(name: str) -> int | None:
    """Return the number in front of a name: 2 of `02-attention`; None for none, as of a date or `2.1 x`."""
    match = _NUMBERED.match(name)
    return int(match[1]) if match and dated_name(name) is None else None


def fits_path(path: str, patterns: Sequence[str]) -> bool:
    """Return whether one of the glob patterns, in which `*` stands for no slash, fits a path.

    As shells, git and minimatch have them: `a/*.html`, `a/**`, `**/x.md`, `{a,b}/?.txt`, `[!a].md`.
    """
    return any(_glob(pattern.lstrip("/")).fullmatch(path) for pattern in patterns)


@lru_cache
def _glob(pattern: str) -> re.Pattern[str]:
    """Return a pattern as a regular expression; all that is no sign stands for itself."""
    parts: list[str] = []
    end = 0
    for sign in _GLOB_SIGN.finditer(pattern):
        parts += [re.escape(pattern[end : sign.start()]), _of_sign(sign[0])]
        end = sign.end()
    return re.compile("".join([*parts, re.escape(pattern[end:])]))


def _of_sign(sign: str) -> str:
    if sign.startswith("**"):
        return "(?:.*/)?" if sign.endswith("/") else ".*"
    if sign.startswith("["):
        return (
            f"[{'^/' if sign[1] == '!' else ''}{re.escape(sign.strip('[]').lstrip('!')).replace(chr(92) + '-', '-')}]"
        )
    if sign.startswith("{"):
        return f"(?:{'|'.join(map(re.escape, sign.strip('{}').split(',')))})"
    return "[^/]" if sign == "?" else "[^/]*"
