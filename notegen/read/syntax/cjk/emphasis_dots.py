"""Emphasis of Chinese words has a class: style sheets set dots below them, for Han letters have no italics."""

from collections.abc import Iterable

from markdown_it.token import Token

from notegen.text.cjk import IDEOGRAPHS
from notegen.text.patterns import lazy_regex

_HAN = lazy_regex(f"[{IDEOGRAPHS}]")


def mark_emphasis(tokens: Iterable[Token]) -> None:
    """Give each `em_open` with Han letters up to its end the class `han`."""
    for token in tokens:
        if token.type == "inline" and token.children and any(child.type == "em_open" for child in token.children):
            _mark(token.children)


def _mark(children: list[Token]) -> None:
    opened: list[Token] = []
    for child in children:
        if child.type == "em_open":
            opened.append(child)
        elif child.type == "em_close" and opened:
            opened.pop()
        elif child.type == "text" and opened and _HAN.search(child.content):
            for token in opened:
                classes = str(token.attrs.get("class", "")).split()  # of an attribute list, or of a tag
                token.attrs["class"] = " ".join(dict.fromkeys([*classes, "han"]))
