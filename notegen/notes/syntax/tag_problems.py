"""Where the rules of this folder leave what they have to tell the author: `env["tag_problems"]`, with exact places.

It is a list of `Problem` in the shape of the math scanner's: code, message, hint, 1-based line and column, length.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from notegen.notes.positions import locate_all
from notegen.notes.syntax.math_problems import Problem

PROBLEMS = "tag_problems"
_TOLD, _RULE = "tag_told", "tag_problems"


def add_problem(
    env: EnvType, code: str, message: str, place: tuple[int, int], *, hint: str = "", length: int = 1
) -> None:
    """Note a problem at a 1-based (line, column) of the text that is parsed; column 0 means the whole line."""
    env.setdefault(PROBLEMS, []).append(Problem(code, message, hint, *place, length))


def telling(md: MarkdownIt) -> None:
    """Let inline rules of `md` use `tell`."""
    if _RULE not in md.core.ruler.get_active_rules():
        md.core.ruler.after("inline", _RULE, _report)


def tell(state: StateInline, code: str, message: str, end: int, *, hint: str = "") -> None:
    """Note a problem with what stands from the current position to `end`; its place in the source is found later."""
    told = state.env.setdefault(_TOLD, {}).setdefault(state.src, {})
    told[state.pos] = (code, message, hint, end - state.pos)


def _report(state: StateCore) -> None:
    """Give places to what inline rules have told."""
    told: dict[str, dict[int, tuple[str, str, str, int]]] = state.env.pop(_TOLD, {})
    if not told:
        return
    lines = state.src.split("\n")
    for token in state.tokens:
        found = told.get(token.content, {}) if token.type == "inline" else {}
        places = locate_all(lines, token, found) if found else {}
        for offset, (code, message, hint, length) in found.items():
            add_problem(state.env, code, message, places[offset], hint=hint, length=length)
