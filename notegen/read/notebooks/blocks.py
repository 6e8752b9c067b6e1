"""The cells of a notebook to block tokens; between them stands what the cells of code have shown.

Each cell is read alone, as in Jupyter, so that nothing left open in one swallows the next.
Tokens: `cell_output`, whose content is HTML; `cell_result_open` and `_close` around results that are Markdown;
`cell_fold_open` and `_close` around what is folded; a figure around a table with a caption. Everything else is what any
note has, so that numbers and labels are those of one note.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote

import msgspec
from markdown_it.rules_core import StateCore
from markdown_it.rules_core import block as read_blocks
from markdown_it.token import Token

from notegen.model.config import ReadSettings
from notegen.model.source import Cell, Notebook, Output
from notegen.read.notebooks.ansi import ansi_html, cut_lines, written
from notegen.read.notebooks.output_html import output_html
from notegen.read.notebooks.words import words_of
from notegen.read.syntax.algorithms.rules import SOURCE
from notegen.read.syntax.lines import read_apart
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

MAX_LINES = 2000  # of an output that are shown at all
_GITHUB = lazy_regex(r"https://github\.com/(?P<repo>[\w.-]+/[\w.-]+)/(?:edit|blob|tree)/(?P<branch>[\w./-]+?)/:path")


def cells_of_body(cells: Sequence[Cell], shift: int, lines: Sequence[int]) -> tuple[Cell, ...]:
    """Return the cells with their lines in the body. `shift`: lines above it; `lines`: see Expanded, () for no file."""

    def at(line: int) -> int:
        line = max(0, line - shift)
        return bisect_left(lines, line) if lines else line

    return tuple(
        cell if cell.kind == "outputs" else msgspec.structs.replace(cell, start=at(cell.start), end=at(cell.end))
        for cell in cells
    )


def cells_rule(settings: ReadSettings) -> Rule:
    """Return the rule that reads blocks: of a notebook cell by cell, of any other text as markdown-it does."""

    def cells(state: StateCore) -> None:
        parsing = parse_state(state.env)
        if not parsing.cells or state.inlineMode:
            read_blocks(state)
            return
        words = words_of(parsing.language, settings.language)
        writer = _Outputs(words, settings.notebooks.output_lines)
        lines = state.src.split("\n")
        state.tokens += _links(parsing.links, words)
        for _, group in groupby(parsing.cells, key=lambda cell: cell.number):
            _read_group(state, list(group), lines, writer)

    return Rule("core", "block", cells)


def _read_group(state: StateCore, cells: Sequence[Cell], lines: Sequence[str], writer: "_Outputs") -> None:
    """Read a cell with all that it has shown."""
    for folded, group in groupby(cells, key=lambda cell: cell.shown == "folded" and cell.kind != "code"):
        start = len(state.tokens)
        for cell in group:
            if cell.kind == "outputs":
                state.tokens += writer.tokens(cell)
                continue
            before = len(state.tokens)
            _read(state, "\n".join(lines[cell.start : cell.end]), cell.start)
            if cell.kind == "result":
                state.tokens[before:] = _as_result(state.tokens[before:])
        if folded and len(state.tokens) > start:
            state.tokens[start:] = writer.folded(state.tokens[start:])


def _as_result(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a result that is Markdown, in an element of its own."""
    for token in tokens:
        token.level += 1
    opened = Token("cell_result_open", "div", 1, {"class": "output"}, block=True)
    return [opened, *tokens, Token("cell_result_close", "div", -1, block=True)]


def _read(state: StateCore, text: str, first: int) -> None:
    """Read the text of a cell that begins at the line `first` of the whole."""
    parsing = parse_state(state.env)
    parsing.in_raw = False
    parsing.marked_html = None if parsing.marked_html is None else 0
    tokens = read_apart(state, text, first)
    for token in tokens:
        source = SOURCE.of(token) if token.meta else None
        if source is not None:
            SOURCE.set(token, msgspec.structs.replace(source, line=source.line + first))
    state.tokens += tokens


class _Outputs:
    """Makes tokens of outputs. `words`: those around them; `most`: lines of an output that is not folded."""

    def __init__(self, words: dict[str, str], most: int) -> None:
        self._words, self._most = words, most

    def tokens(self, cell: Cell) -> list[Token]:
        """Return the tokens of a cell of outputs; a table with a caption or label in a figure."""
        tokens = [token for output in cell.outputs for token in self._tokens(output)]
        if not cell.caption and not cell.label:
            return tokens
        opened = Token("figure_open", "figure", 1, {"class": "output"}, map=[cell.start, cell.start], block=True)
        if cell.label:
            opened.attrs["id"] = cell.label
        caption = [
            Token("figcaption_open", "figcaption", 1, block=True, level=1),
            Token("inline", "", 0, children=[], content=cell.caption, level=2, block=True),
            Token("figcaption_close", "figcaption", -1, block=True, level=1),
        ]
        for token in tokens:
            token.level += 1
        return [
            opened,
            *(caption if cell.caption else []),
            *tokens,
            Token("figure_close", "figure", -1, block=True),
        ]

    def folded(self, tokens: Sequence[Token]) -> list[Token]:
        """Return tokens in an element that is opened by a click."""
        for token in tokens:
            token.level += 1
        summary = f"<summary>{escape(self._words['output'])}</summary>\n"
        return [
            Token("cell_fold_open", "details", 1, {"class": "output-fold"}, block=True),
            Token("cell_output", "", 0, content=summary, block=True, level=1),
            *tokens,
            Token("cell_fold_close", "details", -1, block=True),
        ]

    def _tokens(self, output: Output) -> Iterator[Token]:
        kinds: dict[str, Callable[[Output], str]] = {"html": self._html, "notice": self._notice}
        html = kinds.get(output.kind, self._text)(output)
        if html:
            yield Token("cell_output", "", 0, content=html, block=True)

    def _html(self, output: Output) -> str:
        html = output_html(output.text)
        return f'<div class="output">{html}</div>\n' if html else self._notice(Output("notice", ""))

    def _notice(self, output: Output) -> str:
        name = escape(output.text)
        html = escape(self._words["named"]).format(name) if name else escape(self._words["interactive"])
        return f'<p class="output output-notice">{html}</p>\n'

    def _text(self, output: Output) -> str:
        """Return text as a terminal shows it; what is long is folded, what is very long is cut."""
        lines = cut_lines(written(output.text).strip("\n"))
        if not any(lines):
            return ""
        cut = len(lines) - MAX_LINES
        if cut > 0:
            # The end of an error says what it is; of all else the beginning.
            lines = lines[-MAX_LINES:] if output.kind == "error" else lines[:MAX_LINES]
        html = ansi_html("\n".join(lines))
        kind = "error" if output.kind == "error" else output.name or "result"
        box = f'<div class="output output-{kind}"><pre tabindex="0">{html}</pre></div>\n'
        box += f'<p class="output output-notice">{escape(self._words["cut"].format(cut))}</p>\n' if cut > 0 else ""
        if len(lines) <= self._most:
            return box
        summary = self._words["error" if output.kind == "error" else "lines"].format(len(lines) + max(0, cut))
        return f'<details class="output-fold"><summary>{escape(summary)}</summary>\n{box}</details>\n'


def _links(links: Iterable[tuple[str, str]], words: dict[str, str]) -> list[Token]:
    """Return the links to the notebook itself, as one token; none where the site wants none."""
    html = " ".join(
        f'<a href="{escape(address)}"{" download" if name == "download" else ""}>{escape(words[name])}</a>'
        for name, address in links
    )
    return [Token("cell_output", "", 0, content=f'<p class="output-links">{html}</p>\n', block=True)] if html else []


def notebook_links(notebook: Notebook, path: str, settings: ReadSettings) -> tuple[tuple[str, str], ...]:
    """Return the links to a notebook that a site wants: what they are, and addresses. `path`: of its file."""
    links = [("download", notebook.path)] if notebook.path else []
    github = _GITHUB.match(settings.edit_url)
    if github is not None:
        place = f"{github['repo']}/blob/{github['branch']}/{quote(path)}"
        if settings.notebooks.colab:
            links.append(("colab", f"https://colab.research.google.com/github/{place}"))
        if settings.notebooks.binder:
            address = f"https://mybinder.org/v2/gh/{github['repo']}/{quote(github['branch'], safe='')}"
            links.append(("binder", f"{address}?labpath={quote(path, safe='')}"))
    return tuple(links)
