"""Tabs in fenced containers: `::: {.panel-tabset}` of Quarto, `::: code-group` of VitePress, `::: tabs` of VuePress.

In a panel each heading of the first one's level is the title of a tab; in a code group each fence is one, whose title
is its `[name]` or `title="name"`; in others the lines `@tab Title` of VuePress, or `== Title`, begin one.

Source: Quarto docs, "Tabsets"; VitePress docs, "Code Groups"; VuePress plugin "markdown-tab"; "vitepress-plugin-tabs".
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from notegen.read.syntax.attributes.list import AttributeList, read_attributes
from notegen.read.syntax.lines import read_lines
from notegen.read.syntax.tabs.tokens import marked_lines, report_empty, tab, tab_set
from notegen.text.patterns import lazy_regex

PANELS = frozenset({"panel-tabset", "tabset"})
GROUPS = frozenset({"code-group", "code-tabs", "tabs"})
_HEADING = lazy_regex(r"(?P<marks>#{1,6})[ \t]++(?P<title>[^\n]++)")
_TITLE = lazy_regex(r"""(?<=\s)title=(?P<quote>["'])(?P<title>[^"'\n]{1,200})(?P=quote)""")
_MARK = lazy_regex(r"(?:@tab(?P<active>:active)?|==)[ \t]++(?P<title>[^=\s][^\n]*+)")


class Part(NamedTuple):
    """A tab: its title, its line, what it is called besides, and whether it is shown first."""

    title: str
    line: int
    key: str = ""
    chosen: bool = False
    attributes: AttributeList | None = None


def push_tabs(
    state: StateBlock, attributes: AttributeList, tail: str, lines: tuple[int, int], skipped: dict[int, int]
) -> bool:
    """Push the tabs that the container between two lines holds; False, and nothing pushed, where it has none.

    `attributes`: its classes and values. `tail`: what stands behind its name. `skipped`: see `marked_lines`.
    """
    line, close = lines
    names = attributes.classes
    if PANELS.intersection(names):
        parts = _headed(state, line, close, skipped)
        group = attributes.values.get("group", "")
    elif GROUPS.intersection(names[:1]):
        parts = _marked(state, line, close, skipped)
        group = tail.strip().removeprefix("#").removeprefix("key:")
        if not parts and names[0] != "tabs":
            return push_code_group(state, line, close)
    else:
        return False
    if parts:
        push_parts(state, parts, lines, group=group)
    elif PANELS.intersection(names):
        report_empty(state, line, "a heading")
    return bool(parts)


def push_parts(state: StateBlock, parts: Sequence[Part], lines: tuple[int, int], *, group: str = "") -> None:
    """Push a tab set: each part goes on to the line of the next one; what stands before the first is shown above."""
    line, close = lines
    read_lines(state, line + 1, parts[0].line)
    with tab_set(state, [line, close + 1]):
        for part, end in zip(parts, [*(part.line for part in parts[1:]), close], strict=True):
            title, key, chosen = part.title, part.key, part.chosen
            with tab(state, title, part.line, key=key, group=group, chosen=chosen, attributes=part.attributes):
                read_lines(state, part.line + 1, end)


def _headed(state: StateBlock, line: int, close: int, skipped: dict[int, int]) -> list[Part]:
    """Return the tabs of a panel."""
    parts: list[Part] = []
    level = 0
    for at in marked_lines(state, line + 1, close, skipped):
        heading = _HEADING.fullmatch(state.src, state.bMarks[at] + state.tShift[at], state.eMarks[at])
        if heading is None or state.is_code_block(at) or (level and len(heading["marks"]) != level):
            continue
        level = len(heading["marks"])
        title = heading["title"].rstrip("# \t")
        braces = title.rfind("{")
        attributes = read_attributes(title, braces, kramdown=False) if braces >= 0 and title.endswith("}") else None
        title = title[:braces].rstrip() if attributes else title
        chosen = attributes is not None and "active" in attributes.classes
        parts.append(Part(title, at, "", chosen, AttributeList(attributes.id) if attributes else None))
    return parts


def _marked(state: StateBlock, line: int, close: int, skipped: dict[int, int]) -> list[Part]:
    """Return the tabs that lines of their own begin."""
    parts: list[Part] = []
    for at in marked_lines(state, line + 1, close, skipped):
        start = state.bMarks[at] + state.tShift[at]
        if state.src.startswith(("@tab", "=="), start) and not state.is_code_block(at):
            mark = _MARK.fullmatch(state.src, start, state.eMarks[at])
            if mark is not None:
                title, _, key = mark["title"].rstrip().partition("#")
                parts.append(Part(title.strip() or key, at, key.strip(), bool(mark["active"])))
    return parts


def push_code_group(state: StateBlock, line: int, close: int) -> bool:
    """Push a tab for each fence between two lines; what else stands there follows the fence before it."""
    start, level = len(state.tokens), state.level
    read_lines(state, line + 1, close)
    tokens = state.tokens[start:]
    first = next((index for index, token in enumerate(tokens) if _is_code(token, level)), None)
    if first is None:
        return False
    del state.tokens[start + first :]
    with tab_set(state, [line, close + 1]):
        while first < len(tokens):
            fence = tokens[first]
            after = first + 1
            while after < len(tokens) and not _is_code(tokens[after], level):
                after += 1
            with tab(state, _name(fence), fence.map[0] if fence.map else line):
                for token in tokens[first:after]:
                    token.level += state.level - level
                state.tokens += tokens[first:after]
            first = after
    return True


def _is_code(token: Token, level: int) -> bool:
    return token.type == "fence" and token.level == level


def _name(fence: Token) -> str:
    """Return the title of a fence's tab, and take it out of the info string: `js [config.js]`."""
    named = re.search(r"\[([^\[\]\n]{1,200})\]", fence.info)
    if named is None and (titled := _TITLE.search(fence.info)) is not None:
        fence.info = (fence.info[: titled.start()] + fence.info[titled.end() :]).strip()
        return titled["title"]
    if named is None:
        words = fence.info.split("{")[0].split(maxsplit=1) or ["…"]
        return words[0] if "=" in words[-1] else words[-1]  # `bash npm` of Mintlify
    fence.info = (fence.info[: named.start()] + fence.info[named.end() :]).strip()
    return named[1].partition(" ~")[0].strip()  # `[npm ~vscode-icons:file-type-npm~]`: an icon
