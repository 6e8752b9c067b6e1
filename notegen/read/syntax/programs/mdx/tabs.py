"""Tabs of Docusaurus and others that write MDX: `<Tabs groupId="os">` around `<TabItem value="mac" label="macOS">`.

Also `<Tab title="…">`, and `<CodeGroup>` around fences or VuePress's `<CodeGroupItem title="…">`. The titles may stand
in the outer tag, as `values={[{label: 'macOS', value: 'mac'}]}` or `items={['macOS', …]}`. Tabs that are not closed
leave the lines of text that are in them. Report: syntax-foreign, for those.

Source: Docusaurus docs, "Tabs"; Nextra docs, "Tabs"; Mintlify docs, "Tabs", "Code groups".
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import cut_lines, leaves, line_of, outside_fences
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.syntax.tabs.divs import push_code_group
from notegen.read.syntax.tabs.tokens import read_indented, tab, tab_set
from notegen.text.patterns import lazy_regex

_CHOSEN = frozenset({"default", "active"})
_SETS = ("<Tabs", "<CodeGroup")
_TAG = lazy_regex(
    r"<(?P<close>/?)(?P<name>Tabs|TabItem|Tabs\.Tab|Tab|CodeGroup|CodeGroupItem)(?=[\s>])(?P<attributes>(?:[^<>=]|=>?)*+)>"
)
_PAIR = lazy_regex(r"(?<!\w)([A-Za-z]{1,40})=\{?(?:\"([^\"\n]{0,300})\"|'([^'\n]{0,300})')")
_ENTRY = lazy_regex(r"(label|value):[ \t]{0,9}['\"]([^'\"\n]{0,200})['\"]")


class _Element(NamedTuple):
    """An element: the attributes of its tag, and where in the text the tag and its content begin and end."""

    name: str
    attributes: str
    start: int
    inside: int
    inside_end: int
    end: int


class _Elements(NamedTuple):
    """The elements of a text by where they begin, and these places in their order."""

    by_start: dict[int, _Element]
    starts: list[int]


def mdx_tabs(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a set of tabs at its tag, which begins a line; its end tag ends one."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(_SETS, start) or state.is_code_block(start_line):
        return False
    element = once(state.env, _elements, state.src).by_start.get(start)
    if element is None and not silent:
        _report_unclosed(state, start_line, start)
    close = line_of(state, element.end, start_line, end_line) if element else -1
    if element is None or close < 0 or leaves(state, start_line, close):
        return False
    if state.src[element.end : state.eMarks[close]].strip():
        return False
    if not silent:
        if element.name == "CodeGroup" and not any(_inside(once(state.env, _elements, state.src), element)):
            push_code_group(state, start_line, close)
        else:
            _push(state, element, start_line, close)
        state.line = close + 1
    return True


def _report_unclosed(state: StateBlock, line: int, start: int) -> None:
    tag = _TAG.match(state.src, start, state.eMarks[line])
    place = (line + 1, start - state.src.rfind("\n", 0, start))
    if tag is not None:
        message = f"<{tag['name']}> is never closed: its tabs are shown one below the other"
        report(state.env, "syntax-foreign", message, place, hint=f"close it with </{tag['name']}>", length=len(tag[0]))


def _push(state: StateBlock, element: _Element, line: int, close: int) -> None:
    attributes = _attributes(element.attributes)
    items = _inside(once(state.env, _elements, state.src), element)
    labels, listed = _labels(element.attributes)
    with tab_set(state, [line, close + 1]):
        for index, item in enumerate(items):
            written = _attributes(item.attributes)
            value = written.get("value", "")
            title = written.get("label") or written.get("title") or labels.get(value) or value
            title = title or (listed[index] if index < len(listed) else "…")
            chosen = not _CHOSEN.isdisjoint(item.attributes.split()) or value == attributes.get("defaultvalue")
            first = line_of(state, item.start, line, close + 1)
            with tab(state, title, first, key=value, group=attributes.get("groupid", ""), chosen=chosen):
                _body(state, item, line, close)


def _body(state: StateBlock, item: _Element, line: int, close: int) -> None:
    """Push what a tab holds, which may begin on the line of its tag and end on that of its end tag."""
    first, last = (line_of(state, position, line, close + 1) for position in (item.inside, item.inside_end))
    if not state.src[item.inside : state.eMarks[first]].strip() and first < last:
        first, item = first + 1, item._replace(inside=state.bMarks[first + 1])
    if first < last and not state.src[state.bMarks[last] : item.inside_end].strip():
        last, item = last - 1, item._replace(inside_end=state.eMarks[last - 1])
    if first <= last and state.src[item.inside : item.inside_end].strip():
        with cut_lines(state, (first, item.inside), (last, item.inside_end)):
            read_indented(state, first, last + 1)


def _inside(elements: _Elements, outer: _Element) -> Iterator[_Element]:
    """Yield the tabs that are right in a set, in their order."""
    index = bisect_left(elements.starts, outer.inside)
    while index < len(elements.starts) and elements.starts[index] < outer.inside_end:
        element = elements.by_start[elements.starts[index]]
        if element.name not in {"Tabs", "CodeGroup"}:
            yield element
        index = bisect_left(elements.starts, element.end)


def _elements(text: str) -> _Elements:
    """Return the elements of tabs that are closed. Linear in the text."""
    elements: dict[int, _Element] = {}
    opened: list[re.Match[str]] = []
    counts: Counter[str] = Counter()
    for tag in outside_fences(_TAG, text):
        name = tag["name"]
        if not tag["close"]:
            opened.append(tag)
            counts[name] += 1
            continue
        while counts[name]:
            begin = opened.pop()
            counts[begin["name"]] -= 1
            if begin["name"] == name:
                place = begin.start(), begin.end(), tag.start(), tag.end()
                elements[begin.start()] = _Element(name, begin["attributes"], *place)
                break
    return _Elements(elements, sorted(elements))


def _attributes(written: str) -> dict[str, str]:
    return {pair[1].lower(): pair[2] or pair[3] or "" for pair in _PAIR.finditer(written)}


def _labels(written: str) -> tuple[dict[str, str], list[str]]:
    """Return the titles that the tag of a set gives its tabs: by their values, and in their order."""
    if "{" not in written:
        return {}, []
    pairs = [dict(_ENTRY.findall(entry)) for entry in written.split("}")]
    named = {pair["value"]: pair["label"] for pair in pairs if len(pair) > 1}
    return named, [] if named else re.findall(r"['\"]([^'\"\n]{1,200})['\"]", written.partition("items=")[2])


MDX_TABS = Rule("block", "mdx_tabs", mdx_tabs, starts="<", before="fence", interrupts=BLOCKS)
