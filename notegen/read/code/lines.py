"""Lines of highlighted code: numbered, marked, inserted and deleted ones, and the prompts of sessions.

Each line becomes `<span class="line …">`, its line end inside. Classes: `hll` (marked), `ins`, `del`. `data-line` is
the number to show, for CSS to put before the line, so that it is never selected. The sign of a diff line is a
`<span class="sign">`, a prompt has the class `prompt`; neither is meant to be copied.
"""

import re
from html import escape

from notegen.read.code.options import CodeOptions, Ranges
from notegen.text.patterns import lazy_regex

_PROMPT = lazy_regex(r"^(?:\$|&gt;&gt;&gt;|\.\.\.) ", re.MULTILINE)
_SIGNS = {"+": "ins", "-": "del"}


def split_diff(code: str) -> tuple[str, str]:
    """Return code without its column of signs, and that column: one of `+`, `-` and space for each line.

    Lines without a sign lose their first space only where all of them begin with one.
    """
    lines = code.split("\n")
    column = "".join(line[:1] if line[:1] in _SIGNS and line else " " for line in lines)
    indented = all(line[:1] in {"", " "} for line, sign in zip(lines, column, strict=True) if sign == " ")
    bare = [line[1:] if sign != " " or indented else line for line, sign in zip(lines, column, strict=True)]
    return "\n".join(bare), column


def mark_prompts(html: str, *, coloured: bool) -> str:
    """Give prompts their class: those that Pygments found, or those at the beginnings of lines without colours."""
    if coloured:
        return html.replace('<span class="gp">', '<span class="gp prompt">')
    return _PROMPT.sub(lambda prompt: f'<span class="prompt">{prompt[0]}</span>', html)


def mark_lines(html: str, options: CodeOptions, signs: str) -> str:
    """Return highlighted code with each line in its own span. No span of Pygments goes over a line end."""
    lines = html.removesuffix("\n").split("\n")
    classes: list[list[str]] = [["line"] for _ in lines]
    for ranges, name in ((options.marked, "hll"), (options.inserted, "ins"), (options.deleted, "del")):
        _add(classes, ranges, name)
    notes: dict[int, str] = {}
    for line, number in options.notes:
        notes[line - 1] = (
            notes.get(line - 1, "") + f' <span class="code-note" data-note="{number}">{circled(number)}</span>'
        )
    return "".join(
        _line(line + notes.get(index, ""), index, classes[index], options, signs) for index, line in enumerate(lines)
    )


def circled(number: int) -> str:
    """Return a number as the mark of a note."""
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"({number})"  # noqa: PLR2004 - Unicode has 20


def _add(classes: list[list[str]], ranges: Ranges, name: str) -> None:
    """Add a class to the lines of the ranges, each once, in time linear in the number of lines."""
    changes = [0] * (len(classes) + 1)
    for first, last in ranges:
        if first <= len(classes):
            changes[max(first, 1) - 1] += 1
            changes[min(last, len(classes))] -= 1
    depth = 0
    for line, change in zip(classes, changes, strict=False):
        depth += change
        if depth > 0:
            line.append(name)


def _line(html: str, index: int, classes: list[str], options: CodeOptions, signs: str) -> str:
    sign = signs[index : index + 1]
    kind = _SIGNS.get(sign)
    names = " ".join([*classes, *([kind] if kind else [])])
    number = f' data-line="{options.start + index}"' if options.numbers else ""
    if options.anchors:  # the mark of an id: see html/blocks.py
        number += f' data-anchor="{escape(options.anchors)}{options.start + index}"'
    column = f'<span class="sign">{sign}</span>' if signs else ""
    return f'<span class="{names}"{number}>{column}{html}\n</span>'
