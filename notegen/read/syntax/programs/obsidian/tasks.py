"""Tasks in other states than done and open: `- [/] half done`, `- [>] forwarded`, `- [-] cancelled`, `- [!]`, `- [?]`.

Obsidian takes any character, and its themes and the plugin Tasks know these. A sign stands for the box.

Source: Obsidian Help, "Basic formatting syntax", the section "Task lists"; the theme Minimal, "Checklists".
"""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.text.patterns import lazy_regex

_STATES = {"/": "◐", "-": "✗", ">": "▷", "<": "◁", "!": "!", "?": "?"}
_TASK = lazy_regex(r"\[([/><!?-])\] ")


def _tasks(state: StateCore) -> None:
    if not _TASK.search(state.src):
        return
    for index in range(2, len(state.tokens)):
        inline, paragraph, item = (state.tokens[index - back] for back in range(3))
        if inline.type != "inline" or paragraph.type != "paragraph_open" or item.type != "list_item_open":
            continue
        first = inline.children[0] if inline.children else None
        task = _TASK.match(first.content) if first is not None and first.type == "text" else None
        if first is not None and task is not None:
            item.attrJoin("class", "task-list-item")
            first.content = first.content[task.end() :]
            inline.children = [*_sign(_STATES[task[1]]), first, *(inline.children or [])[1:]]


def _sign(text: str) -> list[Token]:
    opened = Token("span_open", "span", 1, attrs={"class": "task-state"})
    return [
        opened,
        Token("text", "", 0, content=text),
        Token("span_close", "span", -1),
        Token("text", "", 0, content=" "),
    ]


TASKS = Rule("core", "tasks", _tasks, before=AFTER_INLINE)
