"""No space at a line break between Han characters: browsers show a newline as a space, which Chinese does not have."""

from collections.abc import Iterable

from markdown_it.token import Token

from notegen.text.cjk import wide_character

_PUNCTUATION = frozenset("“”‘’—…")  # set without a space beside it, as is what is wide


def joined(children: list[Token]) -> list[Token]:
    """Return the tokens of a text without the soft breaks whose neighbours on both sides are wide characters."""
    return [
        child for index, child in enumerate(children) if child.type != "softbreak" or not _is_needless(children, index)
    ]


def _is_needless(children: list[Token], index: int) -> bool:
    before = _edge(reversed(children[max(0, index - 4) : index]), last=True)
    after = _edge(iter(children[index + 1 : index + 5]), last=False)
    return _is_wide(before) and _is_wide(after)


def _is_wide(character: str) -> bool:
    """Return whether there is one, and it is set without a space. Hangul is not: it separates words by spaces."""
    return character in _PUNCTUATION or wide_character().match(character) is not None


def _edge(neighbours: Iterable[Token], *, last: bool) -> str:
    """Return the character that touches the break: that of the nearest text, past opening and closing marks."""
    for token in neighbours:
        if token.type in {"text", "code_inline"}:
            if token.content:
                return "" if token.type == "code_inline" else token.content[-1 if last else 0]
        elif token.nesting == 0:
            return ""
    return ""
