"""Scripts whose comments mark cells, `# %%` and `# %% [markdown]`, to the Markdown text of a note.

Source: Jupytext's documentation, "Formats", the section "The percent format".
"""

import re

from notegen.model.source import Cell, CellPlace, Notebook, SourceFile
from notegen.notebooks.options import cell_options
from notegen.text.patterns import lazy_regex

_HEADER = lazy_regex(r"# ---[ \t]*\n(?:#[^\n]*\n){0,100}?# ---[ \t]*(?:\n|\Z)")
_MARK = lazy_regex(r"#[ \t]?%%(?P<options>.*)")
_KIND = lazy_regex(r"\[(?P<kind>markdown|md|raw)\]")
_TAGS = lazy_regex(r"""tags"?[ \t]?[=:][ \t]?\[(?P<tags>[^\[\]]{0,500})\]""")
_QUOTES = ('"""', "'''")
HEAD = 4000  # bytes in which a header stands
_RUN = lazy_regex(r"^[ \t]*(`{3,})", re.MULTILINE)


def is_script(head: bytes, *, anyway: bool) -> bool:
    """Return whether a Python file is a note, by its first bytes: it has a header of Jupytext, or marks of cells.

    `anyway`: marks suffice.
    """
    text = head.decode("utf-8", "replace").replace("\r\n", "\n")
    header = _HEADER.match(text)
    if header is not None and "jupytext" in header[0]:
        return "format_name: light" not in header[0]
    return anyway and (text.startswith("# %%") or "\n# %%" in text)


def script_note(text: str, path: str, digest: str) -> SourceFile:
    """Return the note that a script is; its lines are those of the file."""
    writer = _Writer()
    lines = text.split("\n")
    header = _HEADER.match(text)
    start = header[0].count("\n") if header is not None else 0
    for number, line in enumerate(lines[:start]):
        writer.places.append(CellPlace(len(writer.lines), 0, number + 1, 2))
        writer.lines.append(line.removeprefix("#").removeprefix(" "))
    marks = [number for number, line in enumerate(lines) if number >= start and _MARK.fullmatch(line)]
    if not marks or any(line.strip() for line in lines[start : marks[0]]):
        writer.code(lines[start : marks[0] if marks else None], start, "")
    for number, end in zip(marks, [*marks[1:], len(lines)], strict=True):
        mark = _MARK.fullmatch(lines[number])
        tags = mark["options"] if mark is not None else ""
        named = _KIND.search(tags)
        kind = named["kind"] if named is not None else "code"
        if kind in {"markdown", "md"}:
            writer.markdown(lines[number + 1 : end], number + 1)
        elif kind == "code":
            writer.code(lines[number + 1 : end], number + 1, tags)
    notebook = Notebook(tuple(writer.cells), tuple(writer.places), by_line=True)
    return SourceFile(path, "\n".join(writer.lines) + "\n", digest, notebook=notebook)


class _Writer:
    """Writes the lines of cells."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.cells: list[Cell] = []
        self.places: list[CellPlace] = []

    def markdown(self, lines: list[str], first: int) -> None:
        """Write a cell of Markdown: comments, or a string in three quotes. `first`: the line of the file, from 0."""
        while lines and not lines[0].strip():
            lines, first = lines[1:], first + 1
        shift = 2
        if lines and lines[0].lstrip("rR").startswith(_QUOTES):
            mark = lines[0].lstrip("rR")[:3]
            lines = [line.replace(mark, "") for line in lines]
            lines[0] = lines[0].lstrip("rR")
            shift = 0
        else:
            lines = [line.removeprefix("#").removeprefix(" ") for line in lines]
        self._add("markdown", lines, first + 1, shift)

    def code(self, lines: list[str], first: int, written: str) -> None:
        """Write a cell of code. `written`: what stands behind its mark."""
        tags = _TAGS.search(written)
        names = [name.strip(" \"'") for name in tags["tags"].split(",")] if tags is not None else []
        options, code = cell_options("\n".join(lines), {"tags": names})
        bare = code.strip("\n")
        if not bare.strip() or options.omitted or options.code == "hidden":
            return
        skipped = options.lines + len(code) - len(code.lstrip("\n"))
        mark = "`" * max([3, *(len(run) + 1 for run in _RUN.findall(bare))])
        fold = ' code-fold="true"' if options.code == "folded" else ""
        self._add("code", [f"{mark}python{fold}", *bare.split("\n"), mark], first + skipped, 0)

    def _add(self, kind: str, lines: list[str], line: int, shift: int) -> None:
        self.lines.append("")
        start = len(self.lines)
        self.lines += lines
        self.places.append(CellPlace(start, 0, max(1, line), shift))
        cell = Cell("code" if kind == "code" else "markdown", len(self.cells) + 1, start, len(self.lines))
        self.cells.append(cell)
