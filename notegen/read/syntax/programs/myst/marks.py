r"""Lines of MyST that show nothing: `(label)=` names the block below it, `+++` breaks cells, `% …` is a comment.

A label is certain by its form; `+++` with metadata also. A comment, and `+++` alone, only in a note that has a
directive or a role of MyST, or a label: elsewhere they may be text.

Source: MyST-Parser docs, "Syntax tokens", "Targets and Cross-Referencing".
"""

import re

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.attributes.lines import FOR_BELOW, LINE, TARGET
from notegen.read.syntax.attributes.list import ATTRIBUTE_LIST, AttributeList
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.programs.myst.directives import DIRECTIVES
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_TARGET = lazy_regex(r"\((?P<label>[^()\s]{1,100})\)=[ \t]*")
_BREAK = lazy_regex(r"\+\+\+[ \t]*+(?P<data>\{[^\n]*+)?")
_NAMES = "|".join(sorted(map(re.escape, DIRECTIVES)))
_MYST = lazy_regex(
    rf"^[ \t>]*(?:`{{3,}}|:{{3,}}|~{{3,}})\{{(?:{_NAMES})\}}|^\([\w:.-]{{1,100}}\)=[ \t]*$"
    r"|\{(?:eq|ref|doc|math|cite|term|numref|abbr|sub|sup)(?::[a-z]{1,20})?\}`",
    re.MULTILINE,
)


def marks(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read one of these lines."""
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    character = state.src[start : start + 1]
    if state.is_code_block(start_line):
        return False
    if character == "(":
        return _target(state, start_line, end_line, silent=silent)
    if character == "+":
        gap = _BREAK.fullmatch(state.src, start, end)
        dropped = gap is not None and (bool(gap["data"]) or _is_myst(state))
    else:
        dropped = state.src.startswith("% ", start) and _is_myst(state)
    if dropped and not silent:
        state.line = start_line + 1
    return dropped


def _target(state: StateBlock, start_line: int, end_line: int, *, silent: bool) -> bool:
    target = _TARGET.fullmatch(state.src, state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line])
    if target is None:
        return False
    if not silent:
        below = start_line + 1
        while below < end_line and state.isEmpty(below):
            below += 1
        token = state.push(LINE, "", 0)
        token.map, token.markup = [start_line, below], TARGET
        ATTRIBUTE_LIST.set(token, AttributeList(target["label"]))
        FOR_BELOW.set(token, True)
        state.line = start_line + 1
    return True


def _is_myst(state: StateBlock) -> bool:
    return once(state.env, _has_myst, state.src)


def _has_myst(text: str) -> bool:
    return _MYST.search(text) is not None


MYST_MARKS = Rule("block", "myst_marks", marks, starts="(+%", before="fence", interrupts=BLOCKS)
