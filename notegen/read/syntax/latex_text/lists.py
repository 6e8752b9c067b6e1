r"""Lists of LaTeX: the lines behind each `\item` are Markdown; `description` has terms in brackets."""

from collections.abc import Callable, Mapping, Sequence

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import cut_lines, line_of, read_lines
from notegen.text.patterns import lazy_regex

_ITEM = lazy_regex(r"\\item(?![A-Za-z])[ \t]*(?P<term>\[[^\[\]\n]{0,200}\])?[ \t]*")
_TAGS = {"itemize": ("bullet_list", "ul"), "enumerate": ("ordered_list", "ol"), "description": ("dl", "dl")}
LISTS = frozenset(_TAGS)


def items_of(state: StateBlock, first: int, end: int, pairs: Mapping[int, int]) -> list[int]:
    """Return the lines of a list at which its items begin; nothing where another line comes first."""
    items: list[int] = []
    line = first
    while line < end:
        start = state.bMarks[line] + state.tShift[line]
        if start in pairs:  # a list in a list
            line = max(line, line_of(state, pairs[start], line, end))
        elif _ITEM.match(state.src, start, state.eMarks[line]):
            items.append(line)
        elif not items and not state.isEmpty(line):
            return []
        line += 1
    return items


def push_list(state: StateBlock, name: str, items: Sequence[int], lines: tuple[int, int]) -> None:
    r"""Push a list whose items begin at these lines; `lines`: those of its `\begin` and `\end`."""
    kind, tag = _TAGS[name]
    push_item = _push_description if name == "description" else _push_item
    opened = state.push(f"{kind}_open", tag, 1)
    opened.map = [lines[0], lines[1] + 1]
    parent, state.parentType = state.parentType, "list"
    for item, following in zip(items, [*items[1:], lines[1]], strict=True):
        _with_item(state, item, following, push_item)
    state.parentType = parent
    state.push(f"{kind}_close", tag, -1)


def _with_item(state: StateBlock, line: int, end: int, push: Callable[[StateBlock, str, int, int], None]) -> None:
    r"""Push one item, whose first line is seen from behind its `\item`."""
    start = state.bMarks[line] + state.tShift[line]
    match = _ITEM.match(state.src, start, state.eMarks[line])
    last = max((number for number in range(line, end) if not state.isEmpty(number)), default=line)
    term = (match["term"] or "")[1:-1] if match else ""
    after = match.end() if match else start
    bracketed = match is not None and match["term"] and push is _push_item
    with cut_lines(state, (line, match.start("term") if bracketed and match else after), (last, state.eMarks[last])):
        push(state, term, line, last + 1)


def _push_item(state: StateBlock, _term: str, line: int, end: int) -> None:
    opened = state.push("list_item_open", "li", 1)
    opened.map, opened.markup = [line, end], "-"
    first = len(state.tokens)
    read_lines(state, line, end)
    level = state.level
    if sum(token.type == "paragraph_open" and token.level == level for token in state.tokens[first:]) == 1:
        for token in state.tokens[first:]:
            if token.type in {"paragraph_open", "paragraph_close"} and token.level == level:
                token.hidden = True
    state.push("list_item_close", "li", -1)


def _push_description(state: StateBlock, term: str, line: int, end: int) -> None:
    state.push("dt_open", "dt", 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = term, [], [line, line + 1]
    state.push("dt_close", "dt", -1)
    state.push("dd_open", "dd", 1).map = [line, end]
    read_lines(state, line, end)
    state.push("dd_close", "dd", -1)
