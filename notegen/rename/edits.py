"""Changes of texts: pieces that get another wording, as a new text and as a diff."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from notegen.model.source import SourceFile
from notegen.read.syntax.lines import fences
from notegen.text.patterns import lazy_regex

# What no name is looked for in: code in a line (but roles of MyST, `{eq}` before it), comments of HTML and Obsidian.
_HIDDEN = lazy_regex(r"(?<![`}])(`++)[^`]++\1(?!`)|<!--(?:[\s\S]*?-->|[\s\S]*)|%%[^%\n]++%%")
# Fences whose lines are text or LaTeX; of those with code the options that give labels, and attributes behind the mark.
_OF_TEXT = lazy_regex(
    r"[`~]{3,}+[ \t]*+(?:\{(?!code|python|r\}|julia|\.)[\w:.-]+\}|math|algorithm|pseudo(?:code)?\b)", re.IGNORECASE
)
_OPTION = lazy_regex(r"[ \t>]*+(?:#\|[ \t]*+label[ \t]*:|:(?:label|name)[ \t]*:|\[?[`~]{3,}+[^`{\n]*+\{#)")


class Edit(msgspec.Struct, frozen=True, order=True):
    """What stands in a file from `start` up to `end`, characters of its text, becomes `text`."""

    path: str
    start: int
    end: int
    text: str


class Renaming(msgspec.Struct, frozen=True):
    """What a renaming comes to: edits, a file that moves (from, to), and what an author must do by hand."""

    edits: tuple[Edit, ...] = ()
    moved: tuple[str, str] | None = None
    problems: tuple[str, ...] = ()


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with its edits made; of two at one place the first counts."""
    parts: list[str] = []
    end = 0
    for edit in sorted(set(edits)):
        if edit.start >= end:
            parts += [text[end : edit.start], edit.text]
            end = edit.end
    return "".join((*parts, text[end:]))


def by_path(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    """Return edits by the file that they are made in."""
    files: dict[str, list[Edit]] = {}
    for edit in edits:
        files.setdefault(edit.path, []).append(edit)
    return files


def diff(renaming: Renaming, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a unified diff. `texts`: path -> text."""
    files = by_path(renaming.edits)
    moved = dict([renaming.moved] if renaming.moved else [])
    for path in sorted({*files, *moved}):
        new = moved.get(path, path)
        if new != path:
            yield f"rename {path} -> {new}"
        before, after = texts[path], edited(texts[path], files.get(path, ()))
        yield from difflib.unified_diff(before.split("\n"), after.split("\n"), path, new, lineterm="", n=1)


def visible(source: SourceFile) -> str:
    """Return the text of a note, as long as it is, with blanks for its code and comments.

    Directives of MyST and algorithms are no code though they stand in fences; of code the lines that give labels stay.
    """
    text = source.text
    parts: list[str] = []
    end = 0
    for first, last in fences(text):
        block = text[first:last]
        kept = _OF_TEXT.match(block.lstrip(" \t>")) is not None
        parts += [_shown(text[end:first]), block if kept else "\n".join(map(_code_line, block.split("\n")))]
        end = last
    return "".join((*parts, _shown(text[end:])))


def _shown(text: str) -> str:
    return _HIDDEN.sub(lambda match: _blanks(match[0]), text)


def _code_line(line: str) -> str:
    return line if _OPTION.match(line) else " " * len(line)


def _blanks(text: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in text)
