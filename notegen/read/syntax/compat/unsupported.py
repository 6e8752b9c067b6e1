"""What stays visible of other tools' syntax, reported once for each kind and note; elements that need a script.

Reports: syntax-foreign for the colons of containers that are not closed, roles of Sphinx, MyST and
d2l (`:numref:` before code), citations of Pandoc (`[@key]`); html-script for custom elements (`<d-cite>`), which show
nothing, or plain text, without the script that defines them.
"""

import re
from collections.abc import Iterable, Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.source_map import locate
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import AFTER_INLINE, Rule

_SIGNS = (":::", ":`", "[@", ":begin_", ":end_")
_ROLE = re.compile(r":(?!:)[A-Za-z][\w:-]{1,30}:\Z")
_COLONS = re.compile(r"(?:^|\n)(:::+[^\n]{0,40})")
_CITATION = re.compile(r"\[@[A-Za-z0-9_][\w:.#$%&+?<>~/-]{0,100}+[^\[\]\n]{0,200}\]")
_MARKER = re.compile(r"(?:^|\n)(:(?:begin|end)_[a-z]+:)")
_KINDS = (
    ("colons", _COLONS, "a container {} without a name or an end", "close it with a line of :::"),
    (
        "citation",
        _CITATION,
        "a citation of Pandoc {}",
        "put its work into a .bib file of the site; else write a link, or a footnote [^1]",
    ),
    ("marker", _MARKER, "a mark of another program {}", ""),
)
_CUSTOM = re.compile(r"<([a-z][a-z0-9]*-[a-z0-9.-]*)(?=[\s/>])")
_RESERVED = frozenset({"annotation-xml", "color-profile", "font-face", "missing-glyph"})
_MANY = 6  # names in a message


def report_unsupported_syntax(state: StateCore) -> None:
    """Report what stays visible, and which elements need a script; a core rule."""
    if any(sign in state.src for sign in _SIGNS):
        _visible(state)
    if "<" in state.src and _CUSTOM.search(state.src):
        _elements(state)


def _visible(state: StateCore) -> None:
    reported: set[str] = set()
    lines: list[str] = []
    for token in state.tokens:
        if token.type != "inline" or not any(sign in token.content for sign in _SIGNS):
            continue
        for kind, shown, message, hint in _leftovers(token.children or ()):
            if kind in reported:
                continue
            reported.add(kind)
            lines = lines or state.src.split("\n")
            place = locate(lines, token, max(0, token.content.find(shown)))
            text = f"{message.format(shown)} is shown as written"
            report(state.env, "syntax-foreign", text, place, hint=hint, length=len(shown))


def _leftovers(children: Iterable[Token]) -> Iterator[tuple[str, str, str, str]]:
    """Yield kind, text, message and hint of what is visible in one text."""
    before = ""
    for child in children:
        if child.type == "text":
            for kind, pattern, message, hint in _KINDS:
                if match := pattern.search(child.content):
                    yield kind, match[match.re.groups], message, hint
        elif child.type == "code_inline" and (role := _ROLE.search(before)):
            shown = f"{role[0]}`{child.content}`"
            yield "role", shown, "a role of Sphinx or d2l {}", "write a link, such as [[#heading]] or [[#eq:label]]"
        before = child.content if child.type == "text" else ""


def _elements(state: StateCore) -> None:
    names: dict[str, None] = {}
    first = (0, 0)
    lines = state.src.split("\n")
    for token in state.tokens:
        for part in (token, *(token.children or ())):
            if part.type not in {"html_block", "html_inline"} or part.content.startswith("<!--"):
                continue
            for element in _CUSTOM.finditer(part.content):
                if element[1] not in _RESERVED:
                    first = first if names else _place(lines, token, part, element.start())
                    names[element[1]] = None
    if names:
        shown = ", ".join(f"<{name}>" for name in list(names)[:_MANY]) + (", …" if len(names) > _MANY else "")
        message = f"{shown}: without another site's script a browser shows their text, or nothing"
        hint = "formulas are written $…$, footnotes [^1]"
        report(state.env, "html-script", message, first, hint=hint, length=len(next(iter(names))) + 1)


def _place(lines: list[str], token: Token, part: Token, offset: int) -> tuple[int, int]:
    start = offset if part is token else max(0, token.content.find(part.content)) + offset
    return locate(lines, token, start)


UNSUPPORTED_SYNTAX = Rule("core", "unsupported_syntax", report_unsupported_syntax, before=AFTER_INLINE)
