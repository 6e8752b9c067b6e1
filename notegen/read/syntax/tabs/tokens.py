"""Tabs as tokens, which the rules of all dialects push.

`tabs_open` holds `tab_open` tokens, each with its TAB. Behind one stand `tab_title_open`, the title as `inline`,
`tab_title_close`, the blocks of the tab, `tab_close`. Tabs of one key switch together; a tab set with a group of its
own does so with sets of this group only.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from notegen.read.syntax.attributes.list import AttributeList, apply_attributes
from notegen.read.syntax.lines import read_lines
from notegen.read.syntax.report import report
from notegen.read.token_data import TAB, Tab

TAB_SET = "tab_set"  # the parent of what stands in a tab set, and in none of its tabs
_LONGEST = 200  # characters of a key


@contextmanager
def tab_set(state: StateBlock, lines: list[int]) -> Iterator[Token]:
    """Push a tab set around the tabs that are pushed inside; give the token that opens it."""
    start = len(state.tokens)
    opened = state.push("tabs_open", "div", 1)
    opened.map = lines
    parent, state.parentType = state.parentType, TAB_SET
    yield opened
    state.parentType = parent
    state.push("tabs_close", "div", -1)
    _choose([token for token in state.tokens[start:] if token.type == "tab_open" and token.level == opened.level + 1])


def _choose(tabs: Sequence[Token]) -> None:
    """See to it that one tab is the first to be shown: the one that asks for it, else the first."""
    chosen = next((tab for tab in tabs if TAB.of(tab).chosen), tabs[0] if tabs else None)
    for tab in tabs:
        TAB.set(tab, Tab(TAB.of(tab).key, chosen=tab is chosen))


@contextmanager
def tab(
    state: StateBlock,
    title: str,
    line: int,
    *,
    key: str = "",
    group: str = "",
    chosen: bool = False,
    attributes: AttributeList | None = None,
) -> Iterator[Token]:
    """Push a tab around the blocks that are pushed inside.

    Its title is Markdown, on this line, and its key unless there is a `key`.
    """
    opened = state.push("tab_open", "div", 1)
    opened.map = [line, line + 1]
    name = key or title
    TAB.set(opened, Tab((f"{group}/{name}" if group else name)[:_LONGEST], chosen=chosen))
    if attributes is not None:
        apply_attributes(opened, attributes)
    state.push("tab_title_open", "label", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = title, [], [line, line + 1]
    state.push("tab_title_close", "label", -1)
    parent, state.parentType = state.parentType, "blockquote"
    yield opened
    state.parentType = parent
    state.push("tab_close", "div", -1)


def read_indented(state: StateBlock, first: int, end: int) -> None:
    """Read lines as blocks, without the indentation that all of them share."""
    outer, state.blkIndent = state.blkIndent, shared_indent(state, first, end)
    read_lines(state, first, end)
    state.blkIndent = outer


def shared_indent(state: StateBlock, first: int, end: int) -> int:
    """Return the columns by which all of these lines are indented, at least those of what they stand in."""
    indents = (state.sCount[line] for line in range(first, end) if not state.isEmpty(line))
    return max(state.blkIndent, min(indents, default=0))


def marked_lines(state: StateBlock, first: int, end: int, skipped: dict[int, int]) -> Iterator[int]:
    """Yield the lines from `first` up to `end` that stand in no fence of code and no block of its own.

    `skipped`: where such a block begins in the text -> where its last line does.
    """
    line, fence = first, ""
    while line < end:
        start = state.bMarks[line] + state.tShift[line]
        if fence:
            text = state.src[start : state.eMarks[line]].strip()
            fence = "" if text.startswith(fence) and not text.strip(fence[0]) else fence
        elif state.src.startswith(("```", "~~~"), start):
            text = state.src[start : state.eMarks[line]]
            fence = text[: len(text) - len(text.lstrip(text[0]))]
        elif start in skipped:
            while line < end and state.bMarks[line] + state.tShift[line] < skipped[start]:
                line += 1
        else:
            yield line
        line += 1


def report_empty(state: StateBlock, line: int, begins: str) -> None:
    """Report that the tabs at a line (from 0) hold none. `begins`: what begins a tab of their dialect."""
    report(state.env, "tabs-empty", "tabs without a tab", (line + 1, 0), hint=f"each begins with {begins}")
