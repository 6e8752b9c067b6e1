"""Numbers of sections, `2.1`: of the headings of a note that stand in no other block, the title and `{-}` left out.

A heading's level counts from the highest one of the note: it does not matter whether that is `#` or `##`.

Source: Pandoc User's Guide, "number_sections"; Quarto docs, "Section numbering".
"""

from collections.abc import Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.plain_text import compared
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.read.token_data import SECTION

_BEFORE_TITLE = frozenset({"html_block", "math_block"})  # comments, macros
_UNNUMBERED = "unnumbered"


def section_numbers(tokens: Sequence[Token], title: str) -> Iterator[tuple[Token, str]]:
    """Yield the `heading_open` of each section with its number. `title`: that of the front matter, "" for none."""
    headings = [
        (token, int(token.tag[1]))
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and not token.level and not _is_title(tokens, index, title)
    ]
    counted = [(token, level) for token, level in headings if _UNNUMBERED not in str(token.attrs.get("class", ""))]
    if not counted:
        return
    top = min(level for _, level in counted)
    counts = [0] * 7
    for token, level in counted:
        depth = level - top
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (6 - depth)
        yield token, ".".join(map(str, counts[: depth + 1]))


def _is_title(tokens: Sequence[Token], index: int, title: str) -> bool:
    """Return whether a heading is the note's title, see read/document/title.py: it opens the note."""
    if tokens[index].tag != "h1" or any(token.type not in _BEFORE_TITLE for token in tokens[:index]):
        return False
    return not title or compared(tokens[index + 1].content) == compared(title)


def sections_rule(*, numbered: bool) -> Rule:
    """Return the rule that numbers sections, where the site or the note's front matter wants it."""

    def sections(state: StateCore) -> None:
        parsing = parse_state(state.env)
        is_numbered = numbered if parsing.number_sections is None else parsing.number_sections
        if is_numbered:
            for token, number in section_numbers(state.tokens, parsing.title):
                SECTION.set(token, number)

    return Rule("core", "section_numbers", sections, before=BEFORE_INLINE)
