"""Tabs of Hexo's themes, of Jekyll's plugin jekyll-tabs, of GitBook and of Hugo's themes.

`{% tabs name, 1 %}` with `<!-- tab Title@icon -->` … `<!-- endtab -->` inside, or with `{% tab name Title %}` …
`{% endtab %}`; `{{< tabs >}}` with
`{{< tab "Title" >}}` … `{{< /tab >}}`, on lines of their own or on one, also `tabpane` of Docsy, whose tabs hold code
unless `text=true`. A tab goes on to the next one where its end is missing.

Source: the documentation of the themes NexT ("Tabs"), Butterfly ("Tabs"), Hugo Book and Hextra ("Tabs"), Docsy
("Tabbed panes"), Relearn and Blowfish ("Tabs"); jekyll-tabs' README.
"""

from collections.abc import Mapping
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import cut_lines, line_of, push_paragraph, read_lines
from notegen.read.syntax.shortcodes.parse import Tag, paired_tags, read_tag, tag_on_line
from notegen.read.syntax.shortcodes.themes.sections import marked_sections
from notegen.read.syntax.tabs.tokens import read_indented, report_empty, shared_indent, tab, tab_set

HEXO_TABS = frozenset({"tabs", "subtabs", "subsubtabs"})
HUGO_TABS = frozenset({"tabs", "tabpane"})
_TITLES = ("name", "title", "header", "label", "tabName", "tabname")


class _Tab(NamedTuple):
    """A tab: its title, its line, its content from `first` up to `end`, the language of code that it holds.

    `span`: where its content begins and ends in the text, of a tab that stands on one line. `disabled`: it has none,
    and is words beside the titles (Docsy).
    """

    title: str
    line: int
    first: int
    end: int
    language: str | None = None
    chosen: bool = False
    span: tuple[int, int] | None = None
    disabled: bool = False


def push_hexo_tabs(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push what `{% tabs %}` on a line holds, whose end stands on the line `close`."""
    name, _, number = tag.arguments.partition(",")
    tabs: list[_Tab] = []
    for section in marked_sections(state, line, close, "tab"):
        title = (section.title.rpartition("@")[0] or section.title).strip(" @")
        tabs.append(_Tab(title or f"{name.strip()} {len(tabs) + 1}", *section[1:]))
    tabs = tabs or _jekyll_tabs(state, line, close)
    at_first = int(number) - 1 if number.strip().isdecimal() and len(number) < 6 else 0  # noqa: PLR2004 - digits
    _push(state, [one._replace(chosen=index == at_first) for index, one in enumerate(tabs)], line, close)


def _jekyll_tabs(state: StateBlock, line: int, close: int) -> list[_Tab]:
    """Return the tabs `{% tab name Title %}` or `{% tab title="Title" %}` … `{% endtab %}` on the lines between."""
    tabs: list[_Tab] = []
    pairs = paired_tags(state)
    at = line + 1
    while at < close:
        start = state.bMarks[at] + state.tShift[at]
        tag = tag_on_line(state, at) if state.src.startswith("{%", start) else None
        end = line_of(state, pairs.get(start, -1), at, close) if tag is not None and tag.name == "tab" else -1
        if tag is not None and end >= 0:
            named = tag.words()[1].get("title")  # of GitBook
            title = named or tag.arguments.partition(" ")[2].strip() or tag.arguments or "…"
            tabs.append(_Tab(title, at, at + 1, end))
            at = end
        at += 1
    return tabs


def push_hugo_tabs(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push what `{{< tabs >}}` on a line holds, whose end stands on the line `close`."""
    _, named = tag.words()
    outer, state.blkIndent = state.blkIndent, shared_indent(state, line + 1, close)  # Blowfish indents tabs by four
    tabs = _hugo_tabs(state, tag, line, close)
    state.blkIndent = outer
    first = named.get("default", "")
    at_first = int(number) if (number := named.get("defaultindex", ""))[:4].isdecimal() else -1
    chosen = [
        one._replace(chosen=one.chosen or index == at_first or one.title == first) for index, one in enumerate(tabs)
    ]
    _push(state, chosen, line, close, group=named.get("groupid", "") or named.get("group", ""))


def _hugo_tabs(state: StateBlock, tag: Tag, line: int, close: int) -> list[_Tab]:
    """Return the tabs between the lines of a tag and its end."""
    words, named = tag.words()
    pairs = paired_tags(state)
    titles = [title.strip() for title in named.get("items", "").split(",") if title.strip()]
    code = tag.name == "tabpane" and named.get("text", "") != "true" and "text" not in words
    tabs: list[_Tab] = []
    at = line + 1
    while at < close:
        start = state.bMarks[at] + state.tShift[at]
        title = titles[len(tabs)] if len(tabs) < len(titles) else ""
        inner = tag_on_line(state, at) if state.src.startswith("{{", start) else None
        end = line_of(state, pairs.get(start, -1), at, close) if inner is not None and inner.name == "tab" else -1
        if inner is None and (short := _on_one_line(state, at)) is not None:
            inner, behind = short
            tabs.append(_hugo_tab(inner, at, at, title, named, code=code)._replace(span=(inner.end, behind)))
        elif inner is not None and end >= 0:
            tabs.append(_hugo_tab(inner, at, end, title, named, code=code))
            at = end
        elif inner is not None and inner.name == "tab" and inner.words()[1].get("disabled") == "true":
            tabs.append(_hugo_tab(inner, at, at, title, named, code=False)._replace(disabled=True))
        elif start in pairs:
            while at < close and state.bMarks[at] + state.tShift[at] < pairs[start]:
                at += 1
        at += 1
    return tabs


def _on_one_line(state: StateBlock, line: int) -> tuple[Tag, int] | None:
    """Return the tag of a tab that a line opens and closes, and where its content ends; None for another line."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    tag = read_tag(state.src, start, end) if state.src.startswith("{{", start) else None
    if tag is None or tag.name != "tab" or state.is_code_block(line):
        return None
    behind = state.src.rfind(tag.opening, tag.end, end)
    close = read_tag(state.src, behind, end) if behind >= 0 else None
    return (tag, behind) if close and close.name == "/tab" and not state.src[close.end : end].strip() else None


def _hugo_tab(tag: Tag, line: int, end: int, title: str, outer: Mapping[str, str], *, code: bool) -> _Tab:
    """Return a tab. `title`: the one that it has by its place; `outer`: what its pane is given."""
    words, named = tag.words()
    title = next((named[key] for key in _TITLES if key in named), "") or next(iter(words), "") or title or "…"
    language = named.get("lang", outer.get("lang", "")) if code and named.get("text", "") != "true" else None
    return _Tab(title, line, line + 1, end, language, named.get("selected") == "true")


def _push(state: StateBlock, tabs: list[_Tab], line: int, close: int, *, group: str = "") -> None:
    read_lines(state, line + 1, tabs[0].line if tabs else close)
    for label in tabs:
        if label.disabled:
            push_paragraph(state, label.title, [label.line, label.line + 1])
    tabs = [one for one in tabs if not one.disabled]
    if not tabs:
        hexo = state.src.startswith("{%", state.bMarks[line] + state.tShift[line])
        report_empty(state, line, "`<!-- tab Title -->`" if hexo else '`{{< tab "Title" >}}`')
        return
    with tab_set(state, [line, close + 1]):
        for one in tabs:
            with tab(state, one.title, one.line, group=group, chosen=one.chosen):
                if one.language is not None:
                    token = state.push("fence", "code", 0)
                    token.info, token.markup, token.map = one.language, "{{<", [one.line, one.end + 1]
                    token.content = _code(state, one)
                elif one.span is not None:
                    with cut_lines(state, (one.line, one.span[0]), (one.line, one.span[1])):
                        read_indented(state, one.line, one.line + 1)
                else:
                    read_indented(state, one.first, one.end)


def _code(state: StateBlock, one: _Tab) -> str:
    if one.span is not None:
        return state.src[slice(*one.span)].strip() + "\n"
    indent = shared_indent(state, one.first, one.end)
    return state.getLines(one.first, one.end, indent, keepLastLF=True)
