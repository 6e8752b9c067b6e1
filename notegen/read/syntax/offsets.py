"""Offsets for inline tokens of markdown-it's own rules, which have none: where a link, an image or a tag is written."""

from markdown_it.rules_inline import StateInline, html_inline

from notegen.read.syntax.rule import InlineRule, Rule

_TYPES = frozenset({"link_open", "image", "html_inline"})


def with_offset(rule: InlineRule) -> InlineRule:
    """Return the rule, whose token then has in `meta` its `offset` in the inline content and its `length`."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        matches = rule(state, silent)
        if matches and not silent:
            token = next((token for token in state.tokens[count:] if token.type in _TYPES), None)
            if token is not None:
                token.meta = {**token.meta, "offset": start, "length": state.pos - start}
        return matches

    return wrapped


HTML_INLINE = Rule("inline", "html_inline", with_offset(html_inline), starts="<")
