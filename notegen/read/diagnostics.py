"""What is wrong with a note besides its formulas and front matter: reported by syntax rules, or seen in the tokens."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.read.code.highlight import language_of
from notegen.read.services import Workshop
from notegen.read.source_map import SourceMap
from notegen.read.syntax.parse_state import parse_state

_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")


def reported(env: dict[str, Any], places: SourceMap, path: str) -> Iterator[Diagnostic]:
    """Yield what the syntax rules have reported."""
    for item in parse_state(env).reports:
        line = item.line + places.shift
        yield diagnose(
            item.code, item.message, path=path, line=line, column=item.column, length=item.length, hint=item.hint
        )


def unknown_languages(fences: Iterable[Token], places: SourceMap, path: str) -> Iterator[Diagnostic]:
    """Yield `code-unknown-language` for each of these code fences, whose languages Pygments does not know."""
    for token in fences:
        message = f"no highlighting for the language {language_of(token.info)!r}"
        yield diagnose("code-unknown-language", message, path=path, line=places.of(token)[0])


def too_deep(tokens: Sequence[Token], places: SourceMap, shop: Workshop, path: str) -> Iterator[Diagnostic]:
    """Yield `note-too-deep` where blocks are nested so deeply that the parser gave up on their content."""
    limit = shop.parser.options["maxNesting"]
    for token in tokens:
        if token.level >= limit - 1:
            hint = "a run of > or list marks is usually a paste gone wrong"
            message = f"blocks nested more than {limit} deep are not shown"
            yield diagnose("note-too-deep", message, path=path, line=places.of(token)[0], hint=hint)
            return


def undefined_footnotes(tokens: Iterable[Token], places: SourceMap, path: str) -> Iterator[Diagnostic]:
    """Yield `footnote-undefined` for each mark without a footnote: it stays in the text."""
    for token in tokens:
        if token.type != "inline" or "[^" not in token.content:
            continue
        text = "\n".join(child.content for child in token.children or () if child.type == "text")
        for mark in dict.fromkeys(_FOOTNOTE_MARK.findall(text)):
            line, column = places.at(token, token.content.find(mark))
            hint = f"write `{mark}: …` on a line of its own"
            message = f"there is no footnote {mark}"
            yield diagnose(
                "footnote-undefined", message, path=path, line=line, column=column, length=len(mark), hint=hint
            )


def unused_footnotes(env: Mapping[str, Any], lines: Sequence[str], shift: int, path: str) -> Iterator[Diagnostic]:
    """Yield `footnote-unused` for each footnote that is defined and never referred to: it is not shown."""
    refs: Mapping[str, int] = env.get("footnotes", {}).get("refs", {})
    unused = {f"[^{key[1:]}]:" for key, number in refs.items() if number < 0}
    for number, line in enumerate(lines if unused else (), start=1):
        mark = next((mark for mark in unused if line.lstrip(" >").startswith(mark)), "")
        if mark:
            message = f"no mark {mark[:-1]} refers to this footnote; it is not shown"
            column = line.index(mark) + 1
            yield diagnose(
                "footnote-unused", message, path=path, line=number + shift, column=column, length=len(mark) - 1
            )
