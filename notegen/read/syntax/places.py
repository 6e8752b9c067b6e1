"""Places of inline tokens: a rule knows the span in the text of its paragraph, here the place in the source follows."""

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, autolink, html_inline

from notegen.read.source_map import inline_tokens, locate_all
from notegen.read.syntax.rule import AFTER_INLINE, InlineRule, Rule
from notegen.read.token_data import PLACE, SPAN, Place, Span

_TYPES = frozenset({"link_open", "image", "html_inline"})


def with_span(rule: InlineRule) -> InlineRule:
    """Return a rule of markdown-it's own, whose link, image or tag then has its SPAN."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        matches = rule(state, silent)
        if matches and not silent:
            token = next((token for token in state.tokens[count:] if token.type in _TYPES), None)
            if token is not None:
                SPAN.set(token, Span(start, state.pos - start))
        return matches

    return wrapped


def _place_tokens(state: StateCore) -> None:
    """Give each inline token with a SPAN its PLACE, before other rules change the content of the tokens around them."""
    lines: list[str] = []
    for inline in inline_tokens(state.tokens, state.env):
        spans = [(child, span) for child in inline.children or () if child.meta and (span := SPAN.of(child))]
        if not spans:
            continue
        lines = lines or state.src.split("\n")
        places = locate_all(lines, inline, {span.offset for _, span in spans})
        for child, span in spans:
            line, column = places[span.offset]
            PLACE.set(child, Place(line - 1, column - 1))


AUTOLINK = Rule("inline", "autolink", with_span(autolink), starts="<")
HTML_INLINE = Rule("inline", "html_inline", with_span(html_inline), starts="<")
PLACE_TOKENS = Rule("core", "places", _place_tokens, before=AFTER_INLINE)
