"""Shortcodes of the site as containers: `::: paper id=1706.03762`, `::: {paper id=…}`, `::: paper {#id .class}`.

Tokens: as in tags.py. In braces `#x` is the argument `id`, `.x` the argument `class`.
"""

import re
from collections.abc import Iterable

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.lines import leaves, line_of
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.programs.several.containers import container_pairs
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.syntax.shortcodes.parse import Tag
from notegen.read.syntax.templated.tags import Call, call_of, push_block
from notegen.text.patterns import lazy_regex

_OPEN = lazy_regex(
    r":{3,}+[ \t]*+(?:\{[ \t]*+\.?(?P<braced>[^\W\d][\w./-]*+)(?P<inside>[^\n{}]*+)\}|(?P<name>[^\W\d][\w./-]*+))"
    r"(?P<rest>[^\n]*+)"
)


def own_containers(names: Iterable[str]) -> Rule:
    """Return the rule for containers that are called as one of these shortcodes."""
    known = frozenset(names)

    def containers(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[start_line] + state.tShift[start_line]
        if not state.src.startswith(":::", start) or state.is_code_block(start_line):
            return False
        opened = _OPEN.fullmatch(state.src, start, state.eMarks[start_line])
        if opened is None or (opened["name"] or opened["braced"]) not in known:
            return False
        close = line_of(state, once(state.env, container_pairs, state.src).get(start, -1), start_line, end_line)
        if close < 0 or leaves(state, start_line, close):
            return False
        if not silent:
            push_block(state, _call(opened), start_line, close)
        return True

    return Rule("block", "own_containers", containers, starts=":", before="fence", interrupts=BLOCKS)


def _call(opened: re.Match[str]) -> Call:
    """Return what the line that opens a container calls."""
    name, written = opened["name"] or opened["braced"], opened[0].rstrip()
    behind = opened["rest"].strip(": \t")
    is_braced = bool(opened["braced"])
    if not is_braced and behind[:1] == "{" and behind[-1] == "}":
        is_braced, behind = True, behind[1:-1]
    call = call_of(Tag(":::", name, f"{opened['inside'] or ''} {behind}".strip(), 0, 0), written)
    if not is_braced:
        return call
    words = [call.args[number] for number in call.args if isinstance(number, int)]
    marked = {
        "id": [word[1:] for word in words if word[0] == "#"],
        "class": [word[1:] for word in words if word[0] == "."],
    }
    named = {name: " ".join(values) for name, values in marked.items() if values}
    named |= {name: value for name, value in call.args.items() if isinstance(name, str)}
    bare = [word for word in words if word[0] not in "#."]
    args: dict[int | str, str] = {**dict(enumerate(bare))}
    args.update(named)
    return Call(name, args, written)
