"""Pandoc's spans: `[text]{.class #id}` is a `<span>`, `[]{#id}` a place to link to; `.mark` and `.underline` have tags.

A style is kept where raw HTML is; elsewhere: html-style.

Tokens: `span_open` with its attributes, the inline tokens of the text, `span_close`.

Source: Pandoc User's Guide, "bracketed_spans".
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.attributes.list import AttributeList, apply_attributes, read_attributes
from notegen.read.syntax.report import report_inline
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import ANCHOR

_TAGS = {"mark": "mark", "underline": "u", "ul": "u"}
_SIGN = "]{"


def span(state: StateInline, silent: bool) -> bool:
    """Read a span at its bracket; it is not `silent`, so that a link may hold one."""
    start = state.pos
    if silent or state.src[start] != "[" or state.src.find(_SIGN, start, state.posMax) < 0:
        return False
    end = state.md.helpers.parseLinkLabel(state, start, False)
    if end < 0 or not state.src.startswith(_SIGN, end):
        return False
    attributes = read_attributes(state.src, end + 1, kramdown=False)
    if attributes is None or attributes.end > state.posMax:
        return False
    style = attributes.values.get("style", "")
    if style and not state.md.options["html"]:
        message, hint = f"style={style!r} is left out, as raw HTML is", "markdown: {html: true} in site.yaml allows it"
        report_inline(state, "html-style", message, attributes.end, hint=hint)
    _push(state, attributes, start + 1, end)
    state.pos = attributes.end
    return True


def _push(state: StateInline, attributes: AttributeList, left: int, right: int) -> None:
    tag = next((_TAGS[name] for name in attributes.classes if name in _TAGS), "span")
    classes = tuple(name for name in attributes.classes if name not in _TAGS)
    opened = state.push("span_open", tag, 1)
    apply_attributes(opened, AttributeList(attributes.id, classes, attributes.values))
    ANCHOR.set(opened, "")  # `id` says it
    if "style" in attributes.values and state.md.options["html"]:
        opened.attrs["style"] = attributes.values["style"]
    limit, state.pos, state.posMax = state.posMax, left, right
    state.md.inline.tokenize(state)
    state.pos, state.posMax = right, limit
    state.push("span_close", tag, -1)


SPANS = Rule("inline", "spans", span, starts="[", before="link")
