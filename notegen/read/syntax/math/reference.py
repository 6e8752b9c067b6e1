r"""References to equations in prose: `\eqref{eq:x}` and `\ref{eq:x}`.

Token: `math_ref`; `content` is the label, `meta` holds `command` ("eqref" or "ref") and `offset`, the index of the
label in the content of the parent inline token.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_REFERENCE = re.compile(r"\\(eqref|ref)\{([^{}\\$\n]{1,200})\}")


def math_reference_rules(md: MarkdownIt) -> None:
    """Add the rule before backslash escapes."""
    md.inline.ruler.before("escape", "math_ref", math_reference)


def math_reference(state: StateInline, silent: bool) -> bool:
    """Read a reference at a backslash."""
    if state.src[state.pos] != "\\":
        return False
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math_ref", "", 0)
        token.content = found[2].strip()
        token.markup = "\\" + found[1]
        token.meta = {"command": found[1], "offset": found.start(2)}
    state.pos = found.end()
    return True
