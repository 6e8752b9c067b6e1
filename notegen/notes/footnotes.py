"""Footnote marks without a footnote: they stay in the text as they are, and the author is told."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.notes.places import Places

_MARK = re.compile(r"\[\^[^\]\s]+\]")


def undefined_footnotes(tokens: Iterable[Token], places: Places, path: str) -> Iterator[Diagnostic]:
    """Yield `footnote-undefined` for each mark that is left in the text."""
    for token in tokens:
        if token.type != "inline" or "[^" not in token.content:
            continue
        text = "\n".join(child.content for child in token.children or () if child.type == "text")
        for mark in dict.fromkeys(_MARK.findall(text)):
            line, column = places.at(token, token.content.find(mark))
            hint = f"write `{mark}: …` on a line of its own"
            message = f"there is no footnote {mark}"
            yield diagnose(
                "footnote-undefined", message, path=path, line=line, column=column, length=len(mark), hint=hint
            )
