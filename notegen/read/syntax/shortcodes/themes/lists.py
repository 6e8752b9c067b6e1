"""Paired tags of Hexo's themes that hold lines or YAML: poems, and lists of links to friends' sites.

`{% poem Title,Author %}` is a quotation, its lines kept. `{% flink %}` holds YAML, groups with `class_name`,
`class_desc` and `link_list` of `name`, `link`, `descr`: each group is a list of links. Their avatars are pictures of
other hosts, which no page asks for.

Source: the documentation of the theme Butterfly, "Tag Plugins" ("flink"), and of Volantis and Stellar ("poetry").
"""

from collections.abc import Iterator
from typing import Any

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import block_quote, push_paragraph
from notegen.read.syntax.shortcodes.parse import Tag
from notegen.read.syntax.shortcodes.themes.arguments import parts_of
from notegen.text.patterns import lazy_regex
from notegen.yaml.nodes import plain
from notegen.yaml.parse import parse_yaml

_SPECIAL = lazy_regex(r"[\\\[\]*_`$<>!&]")
_UNSAFE = lazy_regex(r"[\s<>]")


def push_poem(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push a quotation: title and author, then a paragraph for each stanza, with its line breaks."""
    with block_quote(state, "{%", [line, close + 1]):
        title = " · ".join(filter(None, (part.text for part in parts_of(tag)[:2])))
        if title:
            push_paragraph(state, title, [line, line + 1], **{"class": "container-title"})
        first, lines = line + 1, list[str]()
        for at in range(line + 1, close + 1):
            text = state.src[state.bMarks[at] + state.tShift[at] : state.eMarks[at]].strip() if at < close else ""
            if text:
                first, lines = (first, [*lines, text]) if lines else (at, [text])
            elif lines:
                push_paragraph(state, "  \n".join(lines), [first, at])
                lines = []


def push_links(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push the links of each group as a list; what is no such YAML as the text that it is."""
    del tag
    text = state.getLines(line + 1, close, max(0, state.sCount[line]), keepLastLF=True)
    groups = plain(parse_yaml(text).root)
    known = [group for group in groups if isinstance(group, dict)] if isinstance(groups, list) else []
    if not any(map(_links, known)):
        token = state.push("fence", "code", 0)
        token.info, token.content, token.markup, token.map = "yaml", text, "```", [line, close + 1]
        return
    for group in known:
        name, words = (_escaped(group.get(key)) for key in ("class_name", "class_desc"))
        if name:
            push_paragraph(state, name, [line, line + 1], **{"class": "container-title"})
        if words:
            push_paragraph(state, words, [line, line + 1])
        _push_list(state, list(_links(group)), [line, close + 1])


def _push_list(state: StateBlock, links: list[str], lines: list[int]) -> None:
    if not links:
        return
    opened = state.push("bullet_list_open", "ul", 1)
    opened.markup, opened.map = "-", lines
    for link in links:
        state.push("list_item_open", "li", 1).map = lines
        before, after = push_paragraph(state, link, lines)
        before.hidden = after.hidden = True
        state.push("list_item_close", "li", -1)
    state.push("bullet_list_close", "ul", -1)


def _links(group: dict[str, Any]) -> Iterator[str]:
    """Yield the links of a group as Markdown, each with what it says of its site."""
    entries = group.get("link_list")
    for entry in entries if isinstance(entries, list) else ():
        address = str(entry.get("link") or "") if isinstance(entry, dict) else ""
        if not address or _UNSAFE.search(address):
            continue
        words = _escaped(entry.get("descr"))
        yield f"[{_escaped(entry.get('name')) or address}](<{address}>)" + (f": {words}" if words else "")


def _escaped(value: Any) -> str:
    """Return a value of YAML as Markdown that shows it."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(str(value).split())) if value not in (None, "") else ""
