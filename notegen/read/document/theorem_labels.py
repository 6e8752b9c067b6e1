"""What references may say of theorem-like boxes: `[[#thm:bayes]]` shows 定理 1."""

from collections.abc import Iterable

from markdown_it.token import Token

from notegen.model.note import Label


def boxes_of(tokens: Iterable[Token]) -> dict[str, Label]:
    """Return the labelled callouts of a note by label; the first of equal labels counts."""
    found: dict[str, Label] = {}
    for token in tokens:
        meta = token.meta
        if token.type == "callout_open" and meta.get("label") and meta.get("anchor"):
            found.setdefault(meta["label"], Label(meta["anchor"], meta.get("text", "")))
    return found
