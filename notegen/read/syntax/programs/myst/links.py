"""Links of MyST with a scheme of its own: `<project:file.md#label>`, `[text](path:data.csv)`.

A link without the scheme is what remains; in angle brackets it has no words, and gets those of what it leads to.

Source: MyST-Parser docs, "Cross-referencing", "Markdown links and referencing".
"""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.rule import AFTER_INLINE, Rule

_PROJECT, _PATH = "project:", "path:"


def _links(state: StateCore) -> None:
    if _PROJECT not in state.src and _PATH not in state.src:
        return
    for token in state.tokens:
        if token.type == "inline" and token.children:
            _read(token.children)


def _read(tokens: list[Token]) -> None:
    """Take the schemes from links, and from links in angle brackets their words."""
    wordless: list[int] = []
    for index, token in enumerate(tokens):
        target = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        if not target.startswith((_PROJECT, _PATH)):
            continue
        token.attrs["href"] = target.partition(":")[2]
        if token.markup == "autolink" and target.startswith(_PROJECT):
            wordless.append(index + 1)
        elif token.markup == "autolink":
            tokens[index + 1].content = target.rpartition("/")[2].removeprefix(_PATH)
    for index in reversed(wordless):
        del tokens[index]


MYST_LINKS = Rule("core", "myst_links", _links, before=AFTER_INLINE)
