"""Marks without a footnote stay in the text, footnotes without a mark are not shown: the author is told of both."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markdown_it.token import Token

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.notes.places import Places

_MARK = re.compile(r"\[\^[^\]\s]++\]?")  # without its bracket: passed over as a whole, so that no text is read twice


def undefined_footnotes(tokens: Iterable[Token], places: Places, path: str) -> Iterator[Diagnostic]:
    """Yield `footnote-undefined` for each mark that is left in the text."""
    for token in tokens:
        if token.type != "inline" or "[^" not in token.content:
            continue
        text = "\n".join(child.content for child in token.children or () if child.type == "text")
        written = {found[0]: found.start() for found in reversed([*_MARK.finditer(token.content)])}
        for mark in dict.fromkeys(mark for mark in _MARK.findall(text) if mark.endswith("]")):
            offset = written[mark] if mark in written else token.content.find(mark)
            line, column = places.at(token, offset)
            hint = f"write `{mark}: …` on a line of its own"
            message = f"there is no footnote {mark}"
            yield diagnose(
                "footnote-undefined", message, path=path, line=line, column=column, length=len(mark), hint=hint
            )


def unused_footnotes(env: Mapping[str, Any], lines: Sequence[str], shift: int, path: str) -> Iterator[Diagnostic]:
    """Yield `footnote-unused` for each footnote that is defined and never referred to."""
    refs: Mapping[str, int] = env.get("footnotes", {}).get("refs", {})
    unused = {f"[^{key[1:]}]:" for key, number in refs.items() if number < 0}
    for number, line in enumerate(lines if unused else (), start=1):
        label, bracket, after = line.lstrip(" >").partition("]")
        mark = f"{label}{bracket}{after[:1]}"
        if mark in unused:
            message = f"no mark {mark[:-1]} refers to this footnote; it is not shown"
            column = line.index(mark) + 1
            yield diagnose(
                "footnote-unused", message, path=path, line=number + shift, column=column, length=len(mark) - 1
            )
