"""The words of a link, as inline rules read them."""

from markdown_it.rules_inline import StateInline


def read_label(state: StateInline, span: tuple[int, int]) -> None:
    """Read the text from one position up to another as the words of a link, which hold no links of their own."""
    end = state.posMax
    state.pos, state.posMax = span
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.posMax = end
