"""Pandoc's example lists: `(@good) text`, numbered through the whole note; `(@good)` in the text is the number, `(2)`.

Source: Pandoc User's Guide, "example_lists".
"""

import re
from collections.abc import Iterable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from notegen.read.syntax.lines import cut_lines, outside_fences
from notegen.read.syntax.parse_state import once, parse_state
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.text.patterns import lazy_regex

_INDENT = 2  # columns, of what belongs to an item
_ITEM = lazy_regex(r"\(@(?P<label>[\w-]{0,60})\)[ \t]+(?=\S)")
_ITEMS = lazy_regex(r"^[ >]{0,9}\(@(?P<label>[\w-]{0,60})\)[ \t]", re.MULTILINE)
_REFERENCE = lazy_regex(r"\(@(?P<label>[\w-]{1,60})\)")


def example_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read items one below the other, each up to the next one or a blank line, with what is indented below that."""
    if silent or state.is_code_block(start_line) or _item(state, start_line) is None:
        return False
    numbers, labels = once(state.env, _numbers, state.src)
    first = numbers.get(_start(state, start_line), 0)
    if not first:
        return False
    parse_state(state.env).examples.update(labels)
    opened = state.push("ordered_list_open", "ol", 1)
    if first > 1:
        opened.attrs = {"start": first}
    line = start_line
    while line < end_line and (item := _item(state, line)) is not None:
        end = _end_of(state, line, end_line)
        state.push("list_item_open", "li", 1).map = [line, end]
        parent, state.parentType = state.parentType, "blockquote"
        with cut_lines(state, (line, item.end()), (end - 1, state.eMarks[end - 1])):
            count = len(state.tokens)
            state.md.block.tokenize(state, line, end)
        state.parentType = parent
        _tighten(state, count)
        state.push("list_item_close", "li", -1)
        line = end
        while line < end_line and state.isEmpty(line) and _is_item_behind(state, line, end_line):
            line += 1
    opened.map = [start_line, line]
    state.push("ordered_list_close", "ol", -1)
    state.line = line
    return True


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _item(state: StateBlock, line: int) -> re.Match[str] | None:
    return _ITEM.match(state.src, _start(state, line), state.eMarks[line])


def _is_item_behind(state: StateBlock, line: int, end_line: int) -> bool:
    return line + 1 < end_line and (state.isEmpty(line + 1) or _item(state, line + 1) is not None) and line < end_line


def _end_of(state: StateBlock, line: int, end_line: int) -> int:
    """Return the line behind an item: behind a blank line only what is indented belongs to it."""
    end = line + 1
    blank = False
    for at in range(line + 1, end_line):
        if state.isEmpty(at):
            blank = True
        elif _item(state, at) is not None or (blank and state.sCount[at] < state.blkIndent + _INDENT):
            break
        else:
            end = at + 1
    return end


def _tighten(state: StateBlock, start: int) -> None:
    """Hide the paragraph of an item that is nothing else."""
    tokens = state.tokens[start:]
    if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
        tokens[0].hidden = tokens[2].hidden = True


def _numbers(text: str) -> tuple[dict[int, int], dict[str, int]]:
    """Return where items begin -> their numbers, labels -> the numbers of the first items that have them."""
    places: dict[int, int] = {}
    labels: dict[str, int] = {}
    items: Iterable[re.Match[str]] = outside_fences(_ITEMS, text) if "(@" in text else ()
    for number, item in enumerate(items, start=1):
        labels.setdefault(item["label"], number)
        places[item.start("label") - 2] = number
    return places, labels


def _references(state: StateCore) -> None:
    """Put numbers in the place of references."""
    labels = parse_state(state.env).examples
    if not labels:
        return
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text" and "(@" in child.content:
                child.content = _REFERENCE.sub(
                    lambda match: f"({labels[match['label']]})" if match["label"] in labels else match[0], child.content
                )


EXAMPLE_LISTS = Rule("block", "example_lists", example_list, starts="(", before="html_block")
EXAMPLE_REFERENCES = Rule("core", "example_references", _references, before=AFTER_INLINE)
