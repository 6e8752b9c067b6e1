"""The one channel by which syntax rules report to the author; `read/diagnostics.py` makes diagnostics of the reports.

A block or core rule knows its place and calls `report`. An inline rule sees the text of its paragraph only: it calls
`report_inline`, and the core rule `reports` finds the place in the source when all inline rules have run.
"""

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.utils import EnvType

from notegen.read.source_map import inline_tokens, locate_all
from notegen.read.syntax.parse_state import InlineReport, Report, parse_state
from notegen.read.syntax.rule import AFTER_INLINE, Rule


def report(
    env: EnvType, code: str, message: str, place: tuple[int, int], *, hint: str = "", length: int = 1, cause: str = ""
) -> None:
    """Report something at a 1-based (line, column) of the text that is parsed; column 0 means the whole line."""
    parse_state(env).reports.append(Report(code, message, hint, *place, length, cause))


def report_unrun_cell(env: EnvType, line: int) -> None:
    """Report that cells of code are not run, the first one at a line (from 0): once a text."""
    if not any(item.code == "cells-unrun" for item in parse_state(env).reports):
        message = "cells of code are shown, and not run"
        report(env, "cells-unrun", message, (line + 1, 0), hint="a notebook (.ipynb) is shown with its outputs")


def report_inline(state: StateInline, code: str, message: str, end: int, *, hint: str = "") -> None:
    """Report something about what stands from the current position up to `end`. Once for each position."""
    reports = parse_state(state.env).inline_reports.setdefault(state.src, {})
    reports[state.pos] = InlineReport(code, message, hint, end - state.pos)


def _place_reports(state: StateCore) -> None:
    """Find the places of what inline rules have reported."""
    parsing = parse_state(state.env)
    if not parsing.inline_reports:
        return
    lines = state.src.split("\n")
    for token in inline_tokens(state.tokens, state.env):
        reports = parsing.inline_reports.get(token.content)
        if reports:
            places = locate_all(lines, token, reports)
            for offset, item in reports.items():
                report(state.env, item.code, item.message, places[offset], hint=item.hint, length=item.length)
    parsing.inline_reports.clear()


PLACE_REPORTS = Rule("core", "reports", _place_reports, before=AFTER_INLINE)
