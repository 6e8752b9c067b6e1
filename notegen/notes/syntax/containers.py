"""Fenced containers: `::: tip Title` of VuePress and Docusaurus, `::: {.callout-note #id}` of Pandoc and Quarto.

A name that callouts have (also `details` and `spoiler`, folded) makes a callout, any other a `<div class="name">` with
its title as `<p class="container-title">`. A container ends at a line of colons alone: of as many as it began with, or
else at the next such line. Tokens: block quotes with meta `head` (see callouts), or `container_open` and
`container_close`. What is not closed stays text (see foreign_syntax).
"""

import re
from collections import Counter

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from notegen.notes.syntax.attribute_list import AttributeList, apply_attributes, read_attributes
from notegen.notes.syntax.block_lines import leaves, line_of, once, outside_fences, push_paragraph, read_lines
from notegen.notes.syntax.callout_heads import Head
from notegen.notes.syntax.callout_kinds import WORDS, find_word
from notegen.notes.syntax.template_blocks import push_callout

_PAIRS = "container_pairs"
_COLONS = re.compile(r"^[ \t>*+0-9.)-]*(?P<colons>:{3,})[ \t]*(?P<rest>[^\n]*)$", re.MULTILINE)
_OPEN = re.compile(
    r":{3,}+[ \t]*+(?P<name>[^\W\d_][\w-]*+|\{[A-Za-z][\w-]*\})?+(?P<title>\[[^\n]*\])?+[ \t]*+(?P<rest>[^\n]*+)"
)
_FOLDED = frozenset({"details", "spoiler", "collapse"})


def forget_containers(state: StateCore) -> None:
    """Drop what was found in the text that has been read; a core rule."""
    state.env.pop(_PAIRS, None)


def containers(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a container at its line of colons."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", start):
        return False
    close = line_of(state, once(state, _PAIRS, _pairs).get(start, -1), start_line, end_line)
    if close < 0 or leaves(state, start_line, close):
        return False
    opened = _OPEN.fullmatch(state.src, start, state.eMarks[start_line])
    if opened is None or not (opened["name"] or read_attributes(opened["rest"], 0, kramdown=False)):
        return False
    if not silent:
        _push(state, opened, start_line, close)
        state.line = close + 1
    return True


def _push(state: StateBlock, opened: re.Match[str], line: int, close: int) -> None:
    rest = opened["rest"].rstrip(": \t")
    given = read_attributes(rest, 0, kramdown=False) or AttributeList()
    title = rest[given.end :].strip() or given.values.get("title", "") or (opened["title"] or "")[1:-1]
    named = (opened["name"] or "").strip("{}")
    classes = [named, *given.classes] if named else list(given.classes)
    word = (classes[0] if classes else "").lower().removeprefix("callout-")
    index = len(state.tokens)
    if word in WORDS or word in _FOLDED:
        theorem = word in WORDS and WORDS[word].kind.theorem
        folded = "-" if word in _FOLDED or given.values.get("collapse") == "true" else ""
        kind = find_word(word if word in WORDS else "note")
        push_callout(state, Head(kind, folded, given.id if theorem else "", title, 0), line, close)
        if not theorem:
            apply_attributes(state.tokens[index], AttributeList(given.id, tuple(classes[1:])))
        return
    box = state.push("container_open", "div", 1)
    box.map = [line, close + 1]
    apply_attributes(box, AttributeList(given.id, tuple(classes)))
    if title:
        push_paragraph(state, title, [line, line + 1], **{"class": "container-title"})
    read_lines(state, line + 1, close)
    state.push("container_close", "div", -1)


def _pairs(text: str) -> dict[int, int]:
    """Return where the colons of each container begin -> where those that close it do."""
    pairs: dict[int, int] = {}
    opened: list[tuple[int, int]] = []  # place, number of colons
    counts: Counter[int] = Counter()
    for found in outside_fences(_COLONS, text):
        size, place = len(found["colons"]), found.start("colons")
        if found["rest"].strip():
            opened.append((place, size))
            counts[size] += 1
        elif opened:
            while counts[size] and opened[-1][1] != size:
                counts[opened.pop()[1]] -= 1  # never closed
            pairs[opened[-1][0]] = place
            counts[opened.pop()[1]] -= 1
    return pairs
