"""Cells of code, ```` ```{python} ````: never run, shown as code in their language, without their options.

Options are the lines `#| key: value` at the beginning (`//|`, `--|`, `%%|` in other languages) and what stands behind
the language of a chunk of R Markdown, `{r setup, echo=FALSE}`. A cell whose code its author hides (`echo: false`,
`include: false`, in the cell or under `execute:` of the front matter) shows nothing; `filename` is the title, `lst-cap`
too unless `label: lst-x` makes it a caption; how code is folded and wrapped may be said of all cells, too. All other
options are dropped. Names of diagrams stay.

Jupytext's Markdown has tags behind the language: `python tags=["hide-input"]`, `remove-cell`; a chunk `tags=c("…")`.

Source: Quarto docs, "Execution Options", "Code Blocks"; R Markdown Cookbook, "Chunk options"; Jupytext's documentation,
"Formats".
"""

import re
from collections.abc import Mapping
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.syntax.attributes.code_captions import take_label
from notegen.read.syntax.cross_references.label_prefixes import float_of
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.report import report_unrun_cell
from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.text.patterns import lazy_regex

_CELL = lazy_regex(r"\{[ \t]*(?P<language>[A-Za-z][\w+-]*+)(?P<options>[^{}]*+)\}[ \t]*")
_OPTION = lazy_regex(r"[ \t]*(?:\#|//|--|%%)\|[ \t]?(?P<option>[^\n]*)\n?")
_PAIR = lazy_regex(r"[ \t]*(?P<key>[A-Za-z][\w.-]*+)[ \t]*[:=][ \t]*+(?P<value>[^\n]*+)")
_LANGUAGES = {
    **{
        name: name
        for name in ("python", "r", "julia", "bash", "sh", "sql", "js", "stan", "cpp", "rust", "go", "octave")
    },
    "ojs": "javascript",
    "rcpp": "cpp",
    "ipython3": "python",
    "pyodide": "python",
    "pyodide-python": "python",
    "webr": "r",
    "webr-r": "r",
}
_TAGS = lazy_regex(r"(?<![^\s,])tags[ \t]?=[ \t]?(?:\[|c\()(?P<tags>[^\[\]()]{0,500})[\])]")
_LOOKS = ("code-fold", "code-summary", "code-overflow")  # options of the highlighter, too
_NO = frozenset({"false", "f"})
_FOLDINGS = {"hide": "true", "show": "show"}


def _cells(state: StateCore) -> None:
    if "tags=" in state.src or "tags =" in state.src:
        state.tokens = [token for token in state.tokens if token.type != "fence" or _shows_tagged(token)]
    if "```{" not in state.src and "~~~{" not in state.src and "``` {" not in state.src:
        return
    cells = [token for token in state.tokens if token.type == "fence" and _is_cell(token)]
    if cells:
        report_unrun_cell(state.env, (cells[0].map or [0])[0])
    defaults = _defaults(parse_state(state.env).fields)
    state.tokens = [token for token in state.tokens if token.type != "fence" or _shows(token, defaults)]


def _defaults(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the options that the front matter gives all cells.

    `execute: {echo: false}`; `format: {html: {code-fold: true}}`, also at its root; of R Markdown `output:
    {html_document: {code_folding: hide}}`.
    """
    html = _table(_table(fields, "format"), "html")
    document = _table(_table(fields, "output"), "html_document")
    looks = {key: html.get(key, fields.get(key)) for key in _LOOKS}
    looks["code-fold"] = looks["code-fold"] or _FOLDINGS.get(str(document.get("code_folding")))
    values = {**looks, **{key: _table(fields, "execute").get(key) for key in ("echo", "include")}}
    return {key: value for key, written in values.items() if (value := _text(written))}


def _table(fields: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = fields.get(key)
    return table if isinstance(table, Mapping) else {}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else ""


def _shows_tagged(fence: Token) -> bool:
    """Return whether a fence of Jupytext's Markdown, `python tags=["hide-input"]`, shows something."""
    written = _TAGS.search(fence.info)
    if written is None:
        return True
    tags = {tag.strip(" \"'").replace("_", "-") for tag in written["tags"].split(",")}
    fence.info = fence.info[: written.start()] + fence.info[written.end() :]
    if tags & {"hide-input", "hide-cell"}:
        inside = fence.info.removesuffix("}")  # of a chunk
        fence.info = f'{inside} code-fold="true"{fence.info[len(inside) :]}'
    return not tags & {"remove-input", "remove-cell"}


def _is_cell(fence: Token) -> bool:
    """Return whether a fence is a cell that another program would run."""
    cell = _CELL.fullmatch(fence.info.strip())
    is_run = cell is not None and cell["language"].lower() in _LANGUAGES
    return (
        is_run
        and not any(sign in fence.content for sign in ("eval: false", "eval: FALSE"))
        and ("eval" not in fence.info)
    )


def _shows(fence: Token, defaults: Mapping[str, str]) -> bool:
    """Return whether a fence shows something; a cell's info string and options become what they mean."""
    cell = _CELL.fullmatch(fence.info.strip())
    if cell is None or cell["language"].lower() not in _LANGUAGES:
        return True
    options = _chunk(cell["options"])
    code = fence.content
    while option := _OPTION.match(code):
        pair = _PAIR.fullmatch(option["option"].strip())
        if pair is not None:
            options[pair["key"].lower()] = pair["value"].strip().strip("\"'")
        code = code[option.end() :]
    is_bare = not options
    options = {**defaults, **options}
    hidden = any(options.get(key, "").lower() in _NO for key in ("echo", "include"))
    if hidden or not code.strip():
        return False
    label = options.get("label", "") or str(fence.attrs.get("id", ""))
    named = float_of(label) == "listing"
    title = options.get("filename") or ("" if named else options.get("lst-cap", ""))
    fence.info = _LANGUAGES[cell["language"].lower()]
    fence.info += ' title="' + title.replace('"', "'") + '"' if title else ""
    fence.info += "".join(f' {key}="{options[key]}"' for key in _LOOKS if '"' not in options.get(key, '"'))
    fence.content = code if is_bare else code.lstrip("\n")
    if named:
        take_label(fence, label, options)
    return True


def _chunk(written: str) -> dict[str, str]:
    """Return the options that stand in the braces: `name, echo=FALSE` of knitr, `echo=false` of Quarto."""
    pairs = (_PAIR.fullmatch(part.strip()) for part in re.split(r"[,\s]", written.replace(" = ", "=")))
    return {pair["key"].lower(): pair["value"].strip("\"'") for pair in pairs if pair is not None}


CELLS = Rule("core", "cells", _cells, before=BEFORE_INLINE)
