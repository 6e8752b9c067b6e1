"""Tags of the theme Hugo Book: `{{% columns %}}`, whose parts `<--->` keeps apart, `{{% steps %}}`, `{{< button >}}`.

In newer columns and in steps the items of a list are the parts: the list is shown as one.

Source: Hugo Book's documentation, "Shortcodes": Columns, Steps, Buttons.
"""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.cross_references.layout import layout_tokens
from notegen.read.syntax.lines import read_lines
from notegen.read.syntax.shortcodes.parse import Tag, read_tag, read_words
from notegen.read.token_data import SPAN, Span
from notegen.text.patterns import lazy_regex

_BETWEEN = lazy_regex(r"<-{3,10}>[ \t]*")
_MOST = 1000  # characters of a button
PAIRS = frozenset({"columns", "steps"})


def push_parts(state: StateBlock, line: int, close: int) -> None:
    """Push what stands between two tags, parts side by side where lines `<--->` stand between them."""
    marks = [at for at in range(line + 1, close) if _BETWEEN.fullmatch(state.src, _start(state, at), state.eMarks[at])]
    if not marks:
        read_lines(state, line + 1, close)
        return
    before, _ = layout_tokens(len(marks) + 1, state.level)
    opened = state.push(before.type, before.tag, 1)
    opened.attrs, opened.map = before.attrs, [line, close + 1]
    for first, end in zip([line, *marks], [*marks, close], strict=True):
        state.push("container_open", "div", 1).map = [first, end]
        read_lines(state, first + 1, end)
        state.push("container_close", "div", -1)
    state.push("layout_close", "div", -1)


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def button(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{{< button href="/a/" >}}words{{< /button >}}`, a link; `relref` names a note."""
    _, named = tag.words()
    address = named.get("href") or named.get("relref") or ""
    end = state.src.find(tag.opening, tag.end, min(state.posMax, tag.end + _MOST))
    closing = read_tag(state.src, end, state.posMax) if end >= 0 else None
    if not address or not state.md.validateLink(address) or closing is None or closing.name != "/button":
        return False
    if not silent:
        opened = state.push("link_open", "a", 1)
        opened.attrs = {"href": state.md.normalizeLink(address), "class": "btn"}
        SPAN.set(opened, Span(state.pos, closing.end - state.pos))
        state.linkLevel += 1
        read_words(state, tag.end, end)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
    state.pos = closing.end
    return True
