"""Fenced containers: `::: tip Title` of VuePress and Docusaurus, `::: {.callout-note #id}` of Pandoc and Quarto.

A name that callouts have (also `details` and `spoiler`, folded) makes a callout, any other a `<div class="name">` with
its title as `<p class="container-title">`. A container ends at a line of colons alone: of as many as it began with, or
else at the next such line. Tokens: block quotes with a HEAD (see callouts), or `container_open` and `container_close`.
What is not closed stays text (see read/foreign/).

Quarto's `::: {#thm-x}` is a theorem; its title is a heading that it or a callout begins with, or `name="Title"`.
`::: {#fig-x}` holds figures, see cross_references/layout.py. Names in braces are directives of MyST, see
myst/directives.py; of tabs see tabs/divs.py, of what only other formats show quarto/conditions.py.

Source: VitePress docs, "Custom Containers"; Docusaurus docs, "Admonitions"; Pandoc User's Guide, "fenced_divs"; Quarto
docs, "Callout Blocks".
"""

import re
from collections import Counter
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock

from notegen.diagrams.kinds import TAGS as DIAGRAMS
from notegen.read.syntax.attributes.list import AttributeList, apply_attributes, read_attributes
from notegen.read.syntax.callouts.heads import Head, without_heading_marks
from notegen.read.syntax.callouts.kinds import WORDS, find_word
from notegen.read.syntax.cross_references.label_prefixes import THEOREMS, float_of
from notegen.read.syntax.cross_references.layout import LAYOUT, is_float, layout_of
from notegen.read.syntax.diagrams.rules import push_diagram
from notegen.read.syntax.lines import leaves, line_of, outside_fences, push_paragraph, read_lines
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.programs.myst.directives import DIRECTIVES, opened_by
from notegen.read.syntax.programs.myst.fences import push as push_directive
from notegen.read.syntax.programs.quarto.conditions import CONDITIONAL, is_shown
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.syntax.shortcodes.themes.boxes import push_callout
from notegen.read.syntax.tabs.divs import push_tabs
from notegen.text.patterns import lazy_regex

_COLONS = lazy_regex(r"^[ \t>*+0-9.)-]*(?P<colons>:{3,})[ \t]*(?P<rest>[^\n]*)$", re.MULTILINE)
_OPEN = lazy_regex(
    r":{3,}+[ \t]*+(?P<name>[^\W\d_][\w-]*+|\{[A-Za-z][\w:.-]*\})?+(?P<title>\[[^\n]*\])?+[ \t]*+(?P<rest>[^\n]*+)"
)
_HEADING = lazy_regex(r"#{1,6}[ \t]++([^\n]*+)")
_FOLDED = frozenset({"details", "spoiler", "collapse"})


def containers(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a container at its line of colons."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(":::", start) or state.is_code_block(start_line):
        return False
    close = line_of(state, once(state.env, container_pairs, state.src).get(start, -1), start_line, end_line)
    if close < 0 or leaves(state, start_line, close):
        return False
    opened = _OPEN.fullmatch(state.src, start, state.eMarks[start_line])
    if opened is None or not (opened["name"] or read_attributes(opened["rest"], 0, kramdown=False)):
        return False
    if not silent:
        if not _directive(state, opened, start_line, close):
            _push(state, opened, start_line, close)
        state.line = close + 1
    return True


def _directive(state: StateBlock, opened: re.Match[str], line: int, close: int) -> bool:
    """Push a directive of MyST: `:::{figure} a.png`. Its title may stand in brackets here, as Docusaurus has it."""
    name = (opened["name"] or "").strip("{}")
    if not (opened["name"] or "").startswith("{") or name not in DIRECTIVES or opened["title"]:
        return False
    return push_directive(state, opened_by(state, name, opened["rest"].rstrip(": \t"), line, close))


def _push(state: StateBlock, opened: re.Match[str], line: int, close: int) -> None:
    tail = opened["rest"].rstrip(": \t")
    attribute_list = read_attributes(tail, 0, kramdown=False) or AttributeList()
    title = (
        tail[attribute_list.end :].strip() or attribute_list.values.get("title", "") or (opened["title"] or "")[1:-1]
    )
    named = (opened["name"] or "").strip("{}")
    classes = [named, *attribute_list.classes] if named else list(attribute_list.classes)
    named_so = AttributeList(attribute_list.id, tuple(classes), attribute_list.values)
    if CONDITIONAL.intersection(classes):
        if is_shown(named_so):
            read_lines(state, line + 1, close)
        return
    if push_tabs(state, named_so, tail, (line, close), once(state.env, container_pairs, state.src)):
        return
    if named in DIAGRAMS:
        push_diagram(state, _info(named, attribute_list), line + 1, close, ":::")
        return
    word = _word(classes, attribute_list.id)
    if word:
        _push_callout(state, word, title, named_so, line, close)
        return
    kind, tag = "container", "div"
    if is_float(attribute_list):
        kind, tag = "float", "figure" if float_of(attribute_list.id) else "div"
    box = state.push(f"{kind}_open", tag, 1)
    box.map = [line, close + 1]
    if kind == "float":
        LAYOUT.set(box, layout_of(attribute_list))
    apply_attributes(box, AttributeList(attribute_list.id, tuple(classes)))
    if title:
        push_paragraph(state, title, [line, line + 1], **{"class": "container-title"})
    read_lines(state, line + 1, close)
    state.push(f"{kind}_close", tag, -1)


def _info(language: str, attributes: AttributeList) -> str:
    """Return the info string of the fence that a container of a diagram is: Azure's `::: mermaid`."""
    return f"{language} {{#{attributes.id}}}" if attributes.id else language


def _word(classes: Sequence[str], name: str) -> str:
    """Return the word of callouts that a container is named with: its first class, or the beginning of its id."""
    word = (classes[0] if classes else "").lower().removeprefix("callout-")
    if word in WORDS or word in _FOLDED:
        return word
    return THEOREMS.get(name.partition("-")[0], "") if "-" in name else ""


def _push_callout(state: StateBlock, word: str, title: str, attributes: AttributeList, line: int, close: int) -> None:
    theorem = word in WORDS and WORDS[word].kind.theorem
    folded = "-" if word in _FOLDED or attributes.values.get("collapse") == "true" else ""
    above = line
    if not title and (attributes.id or attributes.classes[0].startswith("callout-")):
        above, title = _heading(state, line, close)
        title = title or attributes.values.get("name", "")
    index = len(state.tokens)
    title, name = without_heading_marks(title), attributes.id if theorem else ""
    head = Head(find_word(word if word in WORDS else "note"), folded, name, title, 0)
    push_callout(state, head, above, close)
    if not theorem:
        apply_attributes(state.tokens[index], AttributeList(attributes.id, attributes.classes[1:]))


def _heading(state: StateBlock, line: int, close: int) -> tuple[int, str]:
    """Return the line and the words of the heading that a container of Quarto begins with, which is its title.

    Without one, the container's own line.
    """
    first = next((at for at in range(line + 1, close) if not state.isEmpty(at)), close)
    heading = _HEADING.fullmatch(state.src, state.bMarks[first] + state.tShift[first], state.eMarks[first])
    return (first, heading[1].rstrip("# \t")) if heading and first < close else (line, "")


def container_pairs(text: str) -> dict[int, int]:
    """Return where the colons of each container begin -> where those that close it do."""
    pairs: dict[int, int] = {}
    opened: list[tuple[int, int]] = []  # place, number of colons
    counts: Counter[int] = Counter()
    for line in outside_fences(_COLONS, text):
        size, position = len(line["colons"]), line.start("colons")
        if line["rest"].strip():
            opened.append((position, size))
            counts[size] += 1
        elif opened:
            while counts[size] and opened[-1][1] != size:
                counts[opened.pop()[1]] -= 1  # never closed
            pairs[opened[-1][0]] = position
            counts[opened.pop()[1]] -= 1
    return pairs


CONTAINERS = Rule("block", "containers", containers, starts=":", before="fence", interrupts=BLOCKS)
