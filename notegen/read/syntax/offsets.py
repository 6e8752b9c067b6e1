"""Offsets for the inline tokens of markdown-it's own rules, which have none: where a link or an image is written."""

from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

Rule = Callable[[StateInline, bool], bool]
_RULES = ("link", "image", "html_inline", "footnote_ref", "footnote_inline")
_TYPES = frozenset({"link_open", "image", "html_inline", "footnote_ref"})


def offsets_plugin(md: MarkdownIt) -> None:
    """Wrap the rules so that the token each makes has in `meta` its `offset` in the inline content and its `length`."""
    for rule in md.inline.ruler.__rules__:
        if rule.name in _RULES:
            rule.fn = _with_offset(rule.fn)


def _with_offset(rule: Rule) -> Rule:
    def wrapped(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            token = next((token for token in state.tokens[count:] if token.type in _TYPES), None)
            if token is not None:
                token.meta = {**token.meta, "offset": start, "length": state.pos - start}
        return found

    return wrapped
