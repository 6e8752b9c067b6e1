"""Annotations of Material for MkDocs: `(1)` in a paragraph that ends with `{ .annotate }`, a numbered list below it.

Each item of the list becomes a footnote. Where one of them is not named in the paragraph, the list stays a list.

Source: Material for MkDocs, "Annotations".
"""

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.text.patterns import lazy_regex

_ANNOTATE = lazy_regex(r"\n[ \t]*+\{:?[ \t]?\.annotate[ \t]?\}[ \t]*+\Z")
_MARK = lazy_regex(r"`[^`\n]*+`|\$[^$\n]*+\$|\((?P<number>\d{1,2})\)!?")


def _annotations(state: StateCore) -> None:
    if ".annotate" not in state.src:
        return
    kept: list[Token] = []
    tokens, index, count = state.tokens, 0, 0
    while index < len(tokens):
        token = tokens[index]
        kept.append(token)
        index += 1
        annotated = token.type == "inline" and _ANNOTATE.search(token.content)
        following = tokens[index + 1] if annotated and index + 1 < len(tokens) else None
        if not annotated or following is None or following.type != "ordered_list_open":
            continue
        end = _end_of_list(tokens, index + 1)
        items = _items(tokens[index + 2 : end])
        text = token.content[: annotated.start()]
        if {int(mark["number"]) for mark in _MARK.finditer(text) if mark["number"]} >= set(range(1, len(items) + 1)):
            count += 1
            token.content = _with_marks(text, f"+{count}.", len(items))
            kept += [tokens[index], *_footnotes(state, items, f"+{count}.", following.level)]
            index = end + 1
    state.tokens = kept


def _end_of_list(tokens: Sequence[Token], start: int) -> int:
    level = tokens[start].level
    return next(
        index
        for index in range(start, len(tokens))
        if tokens[index].type == "ordered_list_close" and tokens[index].level == level
    )


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return what the items of a list hold."""
    items: list[list[Token]] = []
    level = tokens[0].level if tokens else 0
    for token in tokens:
        if token.level == level and token.type == "list_item_open":
            items.append([])
        elif token.level > level:
            items[-1].append(token)
    return items


def _with_marks(text: str, prefix: str, most: int) -> str:
    """Return a paragraph with the marks of footnotes."""

    def mark(match: re.Match[str]) -> str:
        number = int(match["number"] or 0)
        return f"[^{prefix}{number}]" if 0 < number <= most else match[0]

    return _MARK.sub(mark, text)


def _footnotes(state: StateCore, items: Sequence[Sequence[Token]], prefix: str, level: int) -> list[Token]:
    """Return items as the footnotes that the footnote plugin takes to the end of the page."""
    notes = state.env.setdefault("footnotes", {})
    names, _ = notes.setdefault("refs", {}), notes.setdefault("list", {})
    tokens: list[Token] = []
    for number, item in enumerate(items, start=1):
        names[f":{prefix}{number}"] = -1
        opened = Token("footnote_reference_open", "", 1, meta={"label": f"{prefix}{number}"}, level=level)
        for token in item:
            token.hidden = token.hidden and not token.type.startswith("paragraph")
            token.level -= 1
        tokens += [opened, *item, Token("footnote_reference_close", "", -1, level=level)]
    return tokens


ANNOTATIONS = Rule("core", "annotations", _annotations, before=BEFORE_INLINE)
