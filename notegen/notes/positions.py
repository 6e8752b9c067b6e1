"""From a place in a token to a place in the note: exact lines and columns for diagnostics."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

Columns = dict[int, int]  # where a line of a token's content begins in that -> where it stands in its source line


def locate(
    source_lines: Sequence[str], inline_token: Token, offset: int, columns: Columns | None = None
) -> tuple[int, int]:
    """Return the 1-based line and column, in the text that was parsed, of a character of an inline token's content.

    `source_lines` are the lines of that text without line ends. Each line of the content is found in its source line,
    so list and quote markers are counted; table cells tell their place in the row by their `meta`. Where a line cannot
    be found (the parser expanded a tab), the column is that of the line's first visible character. `columns` keeps
    what was found from one call to the next, for the same token.
    """
    return locate_all(source_lines, inline_token, [offset], columns)[offset]


def locate_all(
    source_lines: Sequence[str], token: Token, offsets: Iterable[int], columns: Columns | None = None
) -> dict[int, tuple[int, int]]:
    """Return for each offset what `locate` returns, in time linear in the content."""
    content, columns = token.content, {} if columns is None else columns
    line = token.map[0] if token.map else 0
    line_start, reached, column = 0, 0, _column_of_line(source_lines, token, line, 0, columns)
    dropped: tuple[int, ...] = token.meta.get("dropped", ())
    places: dict[int, tuple[int, int]] = {}
    for offset in sorted(offsets):
        wanted = max(reached, min(offset, len(content)))
        passed = content.count("\n", reached, wanted)
        if passed:
            line, line_start = line + passed, content.rfind("\n", 0, wanted) + 1
            column = _column_of_line(source_lines, token, line, line_start, columns)
        reached = wanted
        if line < len(source_lines):
            places[offset] = (line + 1, column + wanted - line_start + 1 + bisect_right(dropped, wanted))
        else:
            places[offset] = (max(1, len(source_lines)), 1)
    return places


def _column_of_line(source_lines: Sequence[str], token: Token, line: int, line_start: int, columns: Columns) -> int:
    column: int | None = token.meta.get("column", columns.get(line_start))
    if column is None:
        line_end = token.content.find("\n", line_start)
        text = token.content[line_start : None if line_end < 0 else line_end]
        column = columns[line_start] = column_of(source_lines[line], text) if line < len(source_lines) else 0
    return column


def locate_in_block(source_lines: Sequence[str], math_token: Token, index: int) -> tuple[int, int]:
    """Return the 1-based line and column of a character of the LaTeX of a token with `line` in its `meta`."""
    content = math_token.content
    index = max(0, min(index, len(content)))
    line_start = content.rfind("\n", 0, index) + 1
    line: int = math_token.meta["line"] + content.count("\n", 0, index)
    if line_start == 0:
        column: int = math_token.meta["column"]
        return line + 1, column + index + 1
    if line >= len(source_lines):
        return max(1, len(source_lines)), 1
    line_end = content.find("\n", index)
    text = content[line_start : None if line_end < 0 else line_end]
    return line + 1, column_of(source_lines[line], text) + index - line_start + 1


def column_of(source_line: str, text: str) -> int:
    """Return the 0-based column where `text`, a line of content, stands in its source line: at the end if it can."""
    source, wanted = source_line.rstrip(), text.rstrip()
    if source.endswith(wanted):
        return len(source) - len(wanted)
    found = source.rfind(wanted)
    if found >= 0:
        return found
    indent = len(text) - len(text.lstrip())
    bare = source.rfind(wanted.lstrip())
    return bare - indent if bare >= indent else len(source) - len(source.lstrip())
