"""Abbreviations of Markdown Extra, Python-Markdown and kramdown: `*[HTML]: Hyper Text Markup Language` on its own line.

The line shows nothing; the word in the text is an `<abbr>` whose title is the rest of the line.

Source: PHP Markdown Extra, "Abbreviations"; kramdown syntax, "Abbreviations".
"""

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.parse_state import once
from notegen.read.syntax.rule import AFTER_INLINE, BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_LINE = lazy_regex(r"\*\[(?P<short>[^\[\]\n]{1,100})\]:[ \t]*+(?P<long>[^\n]*+)")
_LINES = lazy_regex(rf"^[ ]{{0,3}}{_LINE.pattern}$", re.MULTILINE)


def abbreviation(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Drop a definition."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("*[", start) or state.is_code_block(start_line):
        return False
    if _LINE.fullmatch(state.src, start, state.eMarks[start_line]) is None:
        return False
    if not silent:
        state.line = start_line + 1
    return True


def _abbreviations(state: StateCore) -> None:
    if "*[" not in state.src or not (titles := once(state.env, _definitions, state.src)):
        return
    words = re.compile(
        rf"(?<![A-Za-z0-9_])(?:{'|'.join(map(re.escape, sorted(titles, key=len, reverse=True)))})(?![A-Za-z0-9_])"
    )
    for inline in state.tokens:
        if inline.type == "inline" and inline.children and words.search(inline.content):
            inline.children = [part for child in inline.children for part in _marked(child, words, titles)]


def _definitions(text: str) -> dict[str, str]:
    return {line["short"]: line["long"].strip() for line in _LINES.finditer(text)}


def _marked(child: Token, words: "re.Pattern[str]", titles: dict[str, str]) -> list[Token]:
    """Return a token, a text in pieces where it holds abbreviations."""
    if child.type != "text":
        return [child]
    parts: list[Token] = []
    written = 0
    for match in words.finditer(child.content):
        parts.append(child.copy(content=child.content[written : match.start()]))
        parts.append(Token("abbr_open", "abbr", 1, attrs={"title": titles[match[0]]}, level=child.level))
        parts.append(Token("text", "", 0, content=match[0], level=child.level + 1))
        parts.append(Token("abbr_close", "abbr", -1, level=child.level))
        written = match.end()
    return [*parts, child.copy(content=child.content[written:])] if parts else [child]


ABBREVIATION = Rule("block", "abbreviation", abbreviation, starts="*", before="fence", interrupts=BLOCKS)
ABBREVIATIONS = Rule("core", "abbreviations", _abbreviations, before=AFTER_INLINE)
