"""What changes the text of a note's body (not of a summary or title) when all rules have run, in one walk."""

from collections.abc import Callable, Iterable

from markdown_it.token import Token

from notegen.read.syntax.cjk.emphasis_dots import marked_emphasis
from notegen.read.syntax.cjk.line_breaks import joined
from notegen.read.syntax.cjk.punctuation import glued

# What each pass is about: the type of an inline token. They run in this order.
_PASSES: tuple[tuple[str, Callable[[list[Token]], list[Token]]], ...] = (
    ("softbreak", joined),
    ("math_inline", glued),
    ("em_open", marked_emphasis),
)


def set_typography(tokens: Iterable[Token]) -> None:
    """Give each paragraph, heading and cell the children that the passes make of them."""
    for token in tokens:
        if token.type == "inline" and token.children:
            types = {child.type for child in token.children}
            for kind, change in _PASSES:
                if kind in types:
                    token.children = change(token.children)
