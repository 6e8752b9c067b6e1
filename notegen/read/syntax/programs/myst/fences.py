"""Directives of MyST in fences of backticks or tildes: finding their ends, their options and their bodies.

```` ```{name} argument ````, then options, as lines `:key: value` or as YAML between lines of `---`, then the body.
What a name means stands in directives.py; a directive of any other name stays the code fence that it is in CommonMark.
Those in fences of colons are read by several/containers.py with the same table.

`{exercise-start}` … `{exercise-end}` are two directives with the body between them.

Source: MyST-Parser docs, "Roles and Directives"; mystmd docs, "Directives"; sphinx-exercise docs, "Gated directives".
"""

import re

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import leaves, line_of
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.programs.myst.directives import DIRECTIVES, Directive, opened_by
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_OPEN = lazy_regex(r"(?P<fence>`{3,20}|~{3,20})\{(?P<name>[A-Za-z][\w:.-]*+)\}[ \t]*+(?P<argument>[^`\n]*+)")
_FENCE = lazy_regex(r"^[ \t>*+0-9.)-]*?(?P<fence>`{3,}|~{3,}|:{3,})(?P<rest>[^\n]*)$", re.MULTILINE)
_GATE = lazy_regex(r"\{([A-Za-z][\w:-]*)-(start|end)\}")
_LONGEST = 20  # characters of a fence; longer ones are read as that long


def directives(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a directive of a known name at its fence."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start + 3 : start + 4] not in {"{", "`", "~"} or state.is_code_block(start_line):
        return False
    opened = _OPEN.match(state.src, start, state.eMarks[start_line])
    if opened is None or opened.end() < state.eMarks[start_line]:
        return False
    name = opened["name"].removesuffix("-start")
    lines = _lines(state, start_line, end_line, gated=name != opened["name"]) if name in DIRECTIVES else None
    if lines is None:
        return False
    if silent:
        return True
    close, last, end = lines
    directive = opened_by(state, name, opened["argument"].strip(), start_line, close)
    if not push(state, directive if last == close else directive._replace(first=close + 1, end=last)):
        return False
    state.line = end + 1
    return True


def _lines(state: StateBlock, start_line: int, end_line: int, *, gated: bool) -> tuple[int, int, int] | None:
    """Return the line that closes the fence of a directive, that behind its body, and its last one; None without.

    They are the same line, unless it is `gated`.
    """

    def partner(ends: dict[int, int], line: int) -> int:
        position = ends.get(state.bMarks[line] + state.tShift[line], -1)
        return line_of(state, position, line, end_line)

    ends = once(state.env, _ends, state.src)
    close = partner(ends, start_line)
    last = partner(once(state.env, _gates, state.src), start_line) if gated else close
    end = partner(ends, last) if gated and last >= 0 else last
    return (close, last, end) if min(close, last, end) >= 0 and not leaves(state, start_line, end) else None


def push(state: StateBlock, directive: Directive) -> bool:
    """Push what a directive means; False, and nothing pushed, where that is not known."""
    return DIRECTIVES[directive.name](state, directive)


def _ends(text: str) -> dict[int, int]:
    """Return where each fence that may open a directive begins -> where the line begins that closes it."""
    ends: dict[int, int] = {}
    closers: dict[str, list[int]] = {sign: [-1] * (_LONGEST + 1) for sign in "`~:"}
    for fence in reversed(list(_FENCE.finditer(text))):
        mark, position = fence["fence"], fence.start("fence")
        size = min(len(mark), _LONGEST)
        if fence["rest"].strip():
            ends[position] = closers[mark[0]][size]
        else:
            closers[mark[0]][: size + 1] = [position] * (size + 1)
    return ends


def _gates(text: str) -> dict[int, int]:
    """Return where each `{name-start}` begins -> where the directive `{name-end}` does."""
    gates: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for fence in _FENCE.finditer(text):
        gate = _GATE.match(fence["rest"])
        stack = opened.setdefault(gate[1], []) if gate else []
        if gate and gate[2] == "start":
            stack.append(fence.start("fence"))
        elif stack:
            gates[stack.pop()] = fence.start("fence")
    return gates


MYST_DIRECTIVES = Rule("block", "myst_directives", directives, starts="`~", before="fence", interrupts=BLOCKS)
