"""Titles and headings with marks (text/html.py) for what only linking knows: references to parts of other notes."""

from collections.abc import Sequence

from markdown_it.token import Token

from notegen.read.html.formulas import names_elsewhere, with_reference_marks
from notegen.read.plain_text import has_open_references, mark_of

_CLOSING = {"wikilink_open": "wikilink_close", "link_open": "link_close"}


def leads_elsewhere(children: Sequence[Token]) -> bool:
    """Return whether inline tokens refer to a part of another note, in a formula or without words of their own."""
    return has_open_references(children) or any(map(names_elsewhere, children))


def with_marks(children: Sequence[Token]) -> list[Token]:
    """Return inline tokens with marks in the place of these references."""
    marked: list[Token] = []
    closing = ""
    for index, child in enumerate(children):
        mark = mark_of(children, index)
        if mark:
            closing = _CLOSING.get(child.type, "")
        if mark or child.type != closing:
            marked.append(child.copy(type="text", content=mark) if mark else with_reference_marks(child))
        else:
            closing = ""
    return marked
