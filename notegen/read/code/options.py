"""Options in the info string of a code fence, as Hugo, Material, Astro, Quartz, Docusaurus, Zola and Pandoc write them.

python {linenos=true hl_lines=[2,"4-6"] linenostart=10}     Hugo
python hl_lines="2 4-6" title="x.py" linenums="1"           Material
python title="x.py" {2,4-6} showLineNumbers ins={3}         Astro, Quartz, Docusaurus
rust,linenos,hl_lines=1 3-5,name=x                          Zola
{.python .numberLines startFrom="10"}                       Pandoc
python:x.py, python x.py                                    Qiita, Hexo
python diff, diff lang="python"                             lines that begin with + and - are marked
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from notegen.text.patterns import lazy_regex

Ranges = tuple[tuple[int, int], ...]

LONGEST = 1000  # characters of an info string whose options are read
_PLAIN = lazy_regex(r"[\w+#.-]*")
_LANGUAGE = lazy_regex(r"[{\s]*\.?([^\s{},:=]*)(?!=)(?:[\s{},:]|$)")
_ITEM = lazy_regex(  # bounded by LONGEST
    r"""(?P<key>[\w.-]+)=(?P<value>"[^"]*"|'[^']*'|\[[^\]]*\]|\{[^}]*\}|[^\s,{}]+)"""
    r"""|(?P<word>[^\s{},="'/][^\s{},="']*)(?:\{(?P<number>\d{1,6})\})?|\{(?P<inside>[^{}]*)\}|"[^"]*"|'[^']*'|/[^/\n]{0,200}/(?=[\s,}]|$)"""
)
_RANGE = lazy_regex(r"(\d{1,6})(?:\s?-\s?(\d{1,6}))?")
_RANGE_CHARACTERS = frozenset("0123456789 \t,-")
_FILE = lazy_regex(r"[^\s:]*[\w-]\.[A-Za-z]\w{0,9}|[^\s:][^\s:/]*+/[^\s:]*+")

_TITLES = frozenset({"title", "name", "filename", "file", "caption"})
_MARKS = frozenset({"hl_lines", "hl-lines", "highlight", "mark"})
_NUMBERS = frozenset({"linenos", "linenums", "showlinenumbers", "numberlines", "lineanchors", "line-numbers"})
_STARTS = frozenset({"linenostart", "startfrom", "startlinenumber", "first_line"})
_FOLDS = frozenset({"code-fold", "fold", "collapse", "collapsed"})
_WRAPS = frozenset({"wrap", "code-wrap"})
_HEIGHTS = frozenset({"max-height", "maxheight", "height"})
_ANCHORS = frozenset({"lineanchors", "anchorlinenos", "line-anchors", "anchor_linenums"})
_LENGTH = lazy_regex(r"(\d{1,5}(?:\.\d{1,3})?)(px|em|rem|vh|lh)?")
NOTES = "code-notes"  # marks of notes in the code, by its lines: `3:1 5:2`; see syntax/programs/mkdocs/code_notes.py
_NO = frozenset({"false", "no", "none", "0"})


class CodeOptions(msgspec.Struct, frozen=True):
    """What a fence asks for. Ranges hold the first and last line, counted from 1; `start` is the number shown first."""

    language: str = ""
    title: str = ""
    numbers: bool = False
    start: int = 1
    marked: Ranges = ()
    inserted: Ranges = ()
    deleted: Ranges = ()
    diff: bool = False
    fold: str = ""  # "closed" or "open", where the block may be folded
    summary: str = ""  # what stands for it then
    wrap: bool = False
    height: str = ""  # CSS length beyond which it scrolls
    anchors: str = ""  # what the ids of its lines begin with: "L" for L12
    notes: tuple[tuple[int, int], ...] = ()  # (line from 1, number of the note about it)

    @property
    def by_line(self) -> bool:
        """True when lines must be told apart: they are numbered or marked."""
        marks = self.numbers or self.marked or self.inserted or self.deleted or self.notes or self.anchors
        return bool(marks or self.diff)


def read_options(info: str) -> CodeOptions:
    """Return what an info string says. What is not understood is ignored; the language is in lower case."""
    info = info.strip()
    if _PLAIN.fullmatch(info) or len(info) > LONGEST:
        return CodeOptions(_language(info))
    options: dict[str, str] = {}
    for key, value in _zola(info) if "," in info.split(maxsplit=1)[0].split("{")[0] else _items(_behind_language(info)):
        options.setdefault(key, value)
    language = _language(info)
    diff = "diff" in options or (language == "diff" and "lang" in options)
    return CodeOptions(
        language=options["lang"].lower() if language == "diff" and "lang" in options else language,
        title=next((options[key] for key in options if key in _TITLES), ""),
        numbers=any(key in _NUMBERS and value.lower() not in _NO for key, value in options.items()),
        start=_start(options),
        marked=_ranges(next((options[key] for key in options if key in _MARKS), options.get("{}", ""))),
        inserted=_ranges(options.get("ins", "")),
        deleted=_ranges(options.get("del", "")),
        diff=diff,
        **_looks(options),
    )


def _looks(options: dict[str, str]) -> dict[str, Any]:
    """Return how the block is shown: folded, wrapped, so high, with ids for its lines and marks for notes."""
    fold = next((value.lower() for key, value in options.items() if key in _FOLDS), "false")
    height = _LENGTH.fullmatch(next((value for key, value in options.items() if key in _HEIGHTS), ""))
    anchors = next((value for key, value in options.items() if key in _ANCHORS), "false")
    wraps = any(key in _WRAPS and value.lower() not in _NO for key, value in options.items())
    notes = re.findall(r"(\d{1,6}):(\d{1,3})", options.get(NOTES, ""))
    return {
        "fold": "" if fold in _NO else "open" if fold in {"show", "open"} else "closed",
        "summary": options.get("code-summary", ""),
        "wrap": wraps or options.get("code-overflow") == "wrap",
        "height": f"{height[1]}{height[2] or 'px'}" if height else "",
        "anchors": "" if anchors.lower() in _NO else "L" if anchors.lower() == "true" else f"{anchors}-",
        "notes": tuple((int(line), int(note)) for line, note in notes),
    }


def _language(info: str) -> str:
    """Return the language: the first word without what is glued to it, the first class of Pandoc's braces."""
    match = _LANGUAGE.match(info)
    return match[1].lower() if match else ""


def _behind_language(info: str) -> str:
    """Return what follows the language; a title that is glued to it by a colon becomes one of the words."""
    if info.startswith("{"):
        return info
    language = re.match(r"[^\s{,:]*", info)
    tail = info[language.end() :] if language and "=" not in language[0] else info
    return tail.removeprefix(":")


def _zola(info: str) -> Iterator[tuple[str, str]]:
    for part in info.split(",")[1:]:
        key, equals, value = part.partition("=")
        yield key.strip().lower(), _unquoted(value.strip()) if equals else "true"


def _items(text: str) -> Iterator[tuple[str, str]]:
    """Yield the options as (name in lower case, value); words have the value "true", line ranges the name "{}"."""
    for item in _ITEM.finditer(text):
        if item["key"]:
            yield item["key"].lower().removeprefix("."), _unquoted(item["value"])
        elif item["inside"] is not None:
            if _RANGE_CHARACTERS.issuperset(item["inside"]):
                yield "{}", item["inside"]
            else:
                yield from _items(item["inside"])
        elif item["word"]:
            yield from _word(item["word"].lstrip("."), item["number"])


def _word(word: str, number: str | None) -> Iterator[tuple[str, str]]:
    name = word.lower()
    if _FILE.fullmatch(word) or not word.isascii():
        yield "title", word
    elif name not in _TITLES | _MARKS:
        yield name, "true"
    if number:
        yield "linenostart", number


def _unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in {'"', "'", "{"} and len(value) > 1 else value


def _ranges(text: str) -> Ranges:
    pairs = ((int(first), int(last or first)) for first, last in _RANGE.findall(text))
    return tuple((min(pair), max(pair)) for pair in pairs)


def _start(options: dict[str, str]) -> int:
    """Return the first number: given as such, or as Material's `linenums="10"` and VitePress' `:line-numbers=10`."""
    values = [options[key] for key in options if key in _STARTS] or [
        options[key] for key in ("linenums", "line-numbers") if key in options
    ]
    return int(values[0]) if values and values[0].isdecimal() and len(values[0]) <= 6 else 1  # noqa: PLR2004 - digits
