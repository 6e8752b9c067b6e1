"""Lines that ask for a contents list in other programs: they show nothing, the theme has a list of its own.

`[TOC]` of Typora and Python-Markdown, `[[toc]]` and `[[_TOC_]]` of VuePress and GitLab, `@[toc](title)` of CSDN,
`${toc}`; kramdown's `{:toc}` is read in attributes/lines.py.
"""

import re

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_LINE = lazy_regex(
    r"(?:\[toc\]|\[\[_?toc_?\]\]|@\[toc\](?:\([^()\n]*\))?|\$\{toc\}|\{\{\s?toc\s?\}\})[ \t]*", re.IGNORECASE
)


def toc_line(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Drop such a line."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if _LINE.fullmatch(state.src, start, state.eMarks[start_line]) is None or state.is_code_block(start_line):
        return False
    if not silent:
        state.line = start_line + 1
    return True


TOC_LINE = Rule("block", "toc_line", toc_line, starts="[@${", before="fence", interrupts=BLOCKS)
