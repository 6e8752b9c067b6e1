"""Emphasis of Chinese words has a class: style sheets set dots below them, for Han letters have no italics."""

from markdown_it.token import Token

from notegen.text.cjk import IDEOGRAPHS
from notegen.text.patterns import lazy_regex

_HAN = lazy_regex(f"[{IDEOGRAPHS}]")


def marked_emphasis(children: list[Token]) -> list[Token]:
    """Return the tokens of a line, in which each `em_open` with Han letters up to its end has the class `han`."""
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
    return children
