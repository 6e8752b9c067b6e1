"""Cells of tables that go on: `^^` alone in a cell makes the one above it as high as both, as in MultiMarkdown.

Report: syntax-foreign, for the first one that has no cell above it.

Source: the documentation of markdown-it-multimd-table, "Rowspan".
"""

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.source_map import locate
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import BEFORE_INLINE, Rule

_SIGN = "^^"
_CELL = 3  # tokens


def _row_spans(state: StateCore) -> None:
    if _SIGN not in state.src or "|" not in state.src:
        return
    kept: list[Token] = []
    above: dict[int, Token] = {}  # the cell of each column that a sign below would lengthen
    index = column = 0
    reported = False
    while index < len(state.tokens):
        token = state.tokens[index]
        if token.type in {"tbody_open", "table_open"}:
            above = {}
        elif token.type == "tr_open":
            column = 0
        elif token.type == "td_open":
            column += 1
            if column in above and state.tokens[index + 1].content.strip() == _SIGN:
                above[column].attrs["rowspan"] = int(above[column].attrs.get("rowspan", 1)) + 1
                index += _CELL
                continue
            above[column] = token
        if token.type in {"td_open", "th_open"} and not reported and state.tokens[index + 1].content.strip() == _SIGN:
            reported = True
            message = "^^ in the first row of a table has no cell above it: it is shown as written"
            place = locate(state.src.split("\n"), state.tokens[index + 1], 0)
            report(state.env, "syntax-foreign", message, place, hint="it lengthens a cell of the row above", length=2)
        kept.append(token)
        index += 1
    state.tokens = kept


ROW_SPANS = Rule("core", "row_spans", _row_spans, before=BEFORE_INLINE)
