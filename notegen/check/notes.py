"""Rules that look at one note after another: pictures without words, headings that skip a level."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from notegen.check.rule import CheckedSite, at_text
from notegen.model.codes import diagnose
from notegen.model.config import read_settings
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import SourceFile
from notegen.read.front_matter.read import read_front_matter
from notegen.read.parser import make_parser
from notegen.read.syntax.parse_state import new_env

_EMPTY = re.compile(r"!\[[ \t]*+\][(\[]")
_CODE = re.compile(r"(?<!`)(`++)[^`]++\1(?!`)")
_TAG = re.compile(r"<img\b[^<>]*+>", re.IGNORECASE)


def images_without_text(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-image-alt for each picture that says nothing to who cannot see it. An `alt=""` in HTML is meant."""
    settings = read_settings(checked.tree.config)
    parser = make_parser(settings)
    for source in checked.tree.notes:
        if "![" in source.text or "<img" in source.text.lower():
            front_matter = read_front_matter(source.text, source.path, settings)
            tokens = parser.parse(front_matter.body, new_env(front_matter.meta))
            yield from _images(tokens, source, _start_of_line(source.text, front_matter.body_line))


def _images(tokens: list[Token], source: SourceFile, start: int) -> Iterator[Diagnostic]:
    """Yield the diagnostics of one note's tokens; `start`: where the text that they are of begins in the file."""
    for token in tokens:
        pattern = _pattern(token)
        if pattern is None or token.map is None:
            continue
        first = _start_of_line(source.text, token.map[0], start)
        last = _start_of_line(source.text, token.map[1], start)
        lines = _CODE.sub(lambda code: " " * len(code[0]), source.text[first:last])
        for match in pattern.finditer(lines):
            if pattern is _TAG and "alt=" in match[0].lower():
                continue
            yield at_text(
                "check-image-alt",
                "a picture without a text",
                source.path,
                source.text,
                first + match.start(),
                len(match[0]),
                "say what it shows: ![attention weights of four heads](x.png)",
            )


def _pattern(token: Token) -> re.Pattern[str] | None:
    """Return what finds the pictures without a text in the lines of a block; None where it has none."""
    if token.type == "html_block":
        return _TAG
    children = token.children or ()
    if any(child.type == "image" and not child.content.strip() for child in children):
        return _EMPTY
    return _TAG if any(child.type == "html_inline" for child in children) else None


def _start_of_line(text: str, number: int, start: int = 0) -> int:
    """Return the index at which a line begins, counted from 0 behind `start`; the text's length where there is none."""
    for _ in range(number):
        start = text.find("\n", start) + 1
        if not start:
            return len(text)
    return start


def heading_jumps(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-heading-jump for each heading that is two levels or more below the one before."""
    for note in checked.notes:
        level = 0
        for heading in note.headings:
            if level and heading.level > level + 1:
                message = f"a heading of level {heading.level} follows one of level {level}"
                hint = f"write {'#' * (level + 1)}: readers aloud and the contents list go level by level"
                yield diagnose("check-heading-jump", message, path=note.path, line=heading.line, hint=hint)
            level = heading.level
