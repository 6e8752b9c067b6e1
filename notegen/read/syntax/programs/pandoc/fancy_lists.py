"""Pandoc's fancy lists: items behind `a.`, `B)`, `(1)`, `(iv)` or `#.`, numbered as they are written.

A list goes on with items of its own style and delimiter. An item has the lines up to a blank one, however they are
indented, and behind it those that are indented as far as its text. `B. Russell` is a name: behind a capital and a full
stop stand two spaces. The parentheses of `(a)` are a class of the list: `parens-a`, those of `a)` `paren-a`.

Source: Pandoc User's Guide, "fancy_lists" and "startnum".
"""

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_MARKER = lazy_regex(
    r"(?P<open>\(?)(?P<mark>[0-9]{1,9}|#|[A-Za-z]|[ivxlcdm]{2,12}|[IVXLCDM]{2,12})(?P<end>[.)])"
    r"(?:(?P<space>[ \t]{1,4})(?=\S)|[ \t]*$)",
    re.MULTILINE,
)
_OTHER_ITEM = lazy_regex(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_FENCE = ("```", "~~~")
_AROUND = {")": "paren", "()": "parens"}  # classes of lists, of which the styles make `a)` and `(a)`
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_INDENT = 4  # columns at which code begins
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class _Style(NamedTuple):
    """What the items of a list have in common: `type` as of `<ol>`, "" for `#`; what stands around the number."""

    type: str
    around: str


class _Item(NamedTuple):
    """The marker of an item: where its text begins in the line, which number it has in each style that it may be of."""

    width: int
    numbers: dict[_Style, int]


def fancy_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read items one below the other, perhaps with blank lines between them. In items a list ends a paragraph."""
    item = _item(state, start_line)
    if item is None or (silent and not (state.blkIndent and 1 in item.numbers.values())):
        return False
    if silent:
        return True
    style, number = next(iter(item.numbers.items()))
    opened = state.push("ordered_list_open", "ol", 1)
    opened.attrs = ({"type": style.type} if style.type else {}) | ({"start": number} if number > 1 else {})
    opened.attrs |= {"class": f"{_AROUND[style.around]}-{style.type}"} if style.type and style.around in _AROUND else {}
    first = len(state.tokens)
    column = state.sCount[start_line]
    line, is_loose = start_line, False
    while line < end_line and item is not None and style in item.numbers and state.sCount[line] < column + _INDENT:
        end = _end_of(state, line, end_line, column + item.width)
        _push_item(state, line, end, item.width)
        is_loose = is_loose or any(state.isEmpty(at) for at in range(line, end))
        line = end
        while line < end_line and state.isEmpty(line):
            line += 1
        item = _item(state, line) if line < end_line and state.sCount[line] >= state.blkIndent else None
        is_loose = is_loose or (line > end and item is not None and style in item.numbers)
    while line > start_line and state.isEmpty(line - 1):
        line -= 1
    if not is_loose:
        _tighten(state, first)
    opened.map = [start_line, line]
    state.push("ordered_list_close", "ol", -1)
    state.line = line
    return True


def _item(state: StateBlock, line: int) -> _Item | None:
    """Return the marker that a line begins with; None for those of CommonMark, which has rules of its own."""
    if state.is_code_block(line) or state.sCount[line] < state.blkIndent:
        return None
    match = _MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    if match is None:
        return None
    mark, end = match["mark"], match["open"] + match["end"]
    if end == "(." or (not match["open"] and mark.isdecimal()):
        return None
    if end == "." and mark.isalpha() and len(mark) == 1 and mark.isupper() and match["space"] == " ":
        return None
    width = len(match[0].rstrip()) + len(match["space"] or " ")
    if not match["space"] and not _goes_on(state, line + 1, state.sCount[line] + width):
        return None
    return _Item(width, {_Style(name, end): number for name, number in _numbers(mark).items()})


def _goes_on(state: StateBlock, line: int, indent: int) -> bool:
    """Return whether the text of an item may begin on the line below its marker."""
    return line < state.lineMax and not state.isEmpty(line) and state.sCount[line] >= indent


def _numbers(mark: str) -> dict[str, int]:
    """Return the numbers that a mark may be: type of the list -> number, the likeliest first."""
    if mark == "#":
        return {"": 1}
    if mark.isdecimal():
        return {"1": int(mark)}
    roman, letter = ("i", "a") if mark.islower() else ("I", "A")
    small = mark.lower()
    numbers = {letter: _LETTERS.index(small) + 1} if len(small) == 1 else {}
    if all(sign in _ROMAN for sign in small):
        as_roman = {roman: _roman(small)}
        return as_roman | numbers if small == "i" else numbers | as_roman
    return numbers


def _roman(mark: str) -> int:
    values = [_ROMAN[sign] for sign in mark]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _end_of(state: StateBlock, line: int, end_line: int, indent: int) -> int:
    """Return the line behind an item whose text begins in column `indent`."""
    end, blank = line + 1, False
    for at in range(line + 1, end_line):
        if state.isEmpty(at):
            blank = True
            continue
        if state.sCount[at] < indent and (blank or state.sCount[at] < state.blkIndent or _begins(state, at)):
            break
        end, blank = at + 1, False
    return end


def _begins(state: StateBlock, line: int) -> bool:
    """Return whether a line that is not indented begins something else: another item, a fence."""
    start = state.bMarks[line] + state.tShift[line]
    is_other = state.src.startswith(_FENCE, start) or _OTHER_ITEM.match(state.src, start, state.eMarks[line])
    return bool(is_other) or _item(state, line) is not None


def _push_item(state: StateBlock, line: int, end: int, width: int) -> None:
    """Push an item; its lines are read as if each were indented as far as the text of its first."""
    state.push("list_item_open", "li", 1).map = [line, end]
    kept = state.blkIndent, state.lineMax, state.parentType, state.tShift[line], state.sCount[line:end]
    state.blkIndent, state.lineMax, state.parentType = state.sCount[line] + width, end, "list"
    state.tShift[line] = min(state.tShift[line] + width, state.eMarks[line] - state.bMarks[line])
    state.sCount[line] += width
    for at in range(line + 1, end):
        if not state.isEmpty(at):
            state.sCount[at] = max(state.sCount[at], state.blkIndent)
    state.md.block.tokenize(state, line, end)
    state.blkIndent, state.lineMax, state.parentType, state.tShift[line], state.sCount[line:end] = kept
    state.push("list_item_close", "li", -1)


def _tighten(state: StateBlock, first: int) -> None:
    """Hide the paragraphs right in the items of a list without blank lines."""
    level = state.level + 1
    for token in state.tokens[first:]:
        if token.level == level and token.type in {"paragraph_open", "paragraph_close"}:
            token.hidden = True


FANCY_LISTS = Rule(
    "block",
    "fancy_lists",
    fancy_list,
    starts=f"(#{_LETTERS}{_LETTERS.upper()}0123456789",
    before="html_block",
    interrupts=("paragraph",),
)
