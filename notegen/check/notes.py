"""Rules that look at one note after another: pictures without words, headings that skip a level."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from notegen.check.checked_site import CheckedSite, at_text
from notegen.model.codes import diagnose
from notegen.model.config import ReadSettings, read_settings
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import SourceFile
from notegen.read.front_matter.read import read_front_matter
from notegen.read.parser import make_parser
from notegen.read.syntax.parse_state import new_env
from notegen.text.patterns import lazy_regex

_EMPTY = lazy_regex(r"!\[[ \t]*+\][(\[]")
_CODE = lazy_regex(r"(?<!`)(`++)[^`]++\1(?!`)")
_TAG = lazy_regex(r"<img\b[^<>]*+>", re.IGNORECASE)


def images_without_text(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-image-alt for each picture that says nothing to who cannot see it. An `alt=""` in HTML is meant."""
    settings = read_settings(checked.tree.config)
    parser = make_parser(settings)
    for source in checked.tree.notes:
        if "![" in source.text or "<img" in source.text.lower():
            yield from images_of_note(source, parser, settings)


def images_of_note(source: SourceFile, parser: MarkdownIt, settings: ReadSettings) -> Iterator[Diagnostic]:
    """Yield check-image-alt for the pictures of one note."""
    front_matter = read_front_matter(source.text, source.path, settings, source.defaults)
    starts = _line_starts(source.text)[front_matter.body_line :]
    for token in parser.parse(front_matter.body, new_env(front_matter.meta)):
        pattern = _pattern(token)
        if pattern is None or token.map is None:
            continue
        first, last = (starts[min(line, len(starts) - 1)] for line in token.map)
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


def _line_starts(text: str) -> list[int]:
    """Return the index at which each line begins, and behind them all the text's length."""
    return [0, *(match.end() for match in re.finditer("\n", text)), len(text)]


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
