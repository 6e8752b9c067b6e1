"""From tokens to the note's file: the line and column of a token, and of a character in it, for diagnostics."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token
from markdown_it.utils import EnvType

from notegen.read.token_data import CONTENT_START, PLACE

Columns = dict[int, int]  # start of a line in a token's content -> the column at which it stands in its source line


class SourceMap:
    """Maps the tokens of one parse to lines and columns of the file, both from 1; column 0 is the whole line.

    `lines` are those of the parsed body, without line ends; `shift` is the number of lines above it (front matter).
    """

    def __init__(self, lines: Sequence[str], shift: int) -> None:
        self._lines = lines
        self.shift = shift
        self._columns: dict[int, tuple[Token, Columns]] = {}  # by the id of a token, which lives as long as this

    def line(self, number: int) -> str:
        """Return a line of the body, counted from 0; nothing for one that it does not have."""
        return self._lines[number] if 0 <= number < len(self._lines) else ""

    def of(self, token: Token) -> tuple[int, int]:
        """Return (line, column) of a token; (0, 0) when it has no place of its own."""
        place = PLACE.of(token)
        if place is not None:
            return place.line + 1 + self.shift, place.column + 1
        return (token.map[0] + 1 + self.shift, 0) if token.map else (0, 0)

    def at(self, inline: Token, offset: int) -> tuple[int, int]:
        """Return (line, column) of a character of an inline token's content."""
        _, columns = self._columns.setdefault(id(inline), (inline, {}))
        line, column = locate(self._lines, inline, offset, columns)
        return line + self.shift, column

    def of_parts(self, block: Token, parts: Sequence[str]) -> list[tuple[int, int] | None]:
        """Return (line, column) of parts of a block's content, which stand in this order; None for one that does not.

        Also where other parts of its content are no longer what is written there.
        """
        first, end = block.map or (0, 0)
        written = "\n".join(self._lines[first:end])
        places: list[tuple[int, int] | None] = []
        reached = line = line_start = 0
        for part in parts:
            start = written.find(part, reached)
            if start < 0:
                places.append(None)
                continue
            line += written.count("\n", line_start, start)
            line_start = written.rfind("\n", 0, start) + 1
            places.append((first + line + 1 + self.shift, start - line_start + 1))
            reached = start + len(part)
        return places

    def inside(self, start: tuple[int, int], latex: str, offset: int) -> tuple[int, int]:
        """Return (line, column) of a formula's character, given that of its first one, also behind quote marks."""
        line, column = start
        before = latex[:offset]
        down = before.count("\n")
        if not down:
            return line, column + offset
        text = latex.split("\n")[down]
        index = line + down - 1 - self.shift
        source = self._lines[index] if 0 <= index < len(self._lines) else ""
        return line + down, max(source.find(text), 0) + offset - before.rfind("\n")


def locate(
    source_lines: Sequence[str], inline_token: Token, offset: int, columns: Columns | None = None
) -> tuple[int, int]:
    """Return the 1-based line and column, in the text that was parsed, of a character of an inline token's content.

    `source_lines` are the lines of that text without line ends. Each line of the content is found in its source line,
    so list and quote markers are counted; cells and titles have a `ContentStart`. Where a line cannot be found (the
    parser expanded a tab), the column is that of the line's first visible character. `columns` keeps those of lines
    from one call to the next, for the same token.
    """
    return locate_all(source_lines, inline_token, [offset], columns)[offset]


def locate_all(
    source_lines: Sequence[str], token: Token, offsets: Iterable[int], columns: Columns | None = None
) -> dict[int, tuple[int, int]]:
    """Return for each offset what `locate` returns, in time linear in the content."""
    content, start = token.content, CONTENT_START.of(token)
    columns = {} if columns is None else columns
    line = token.map[0] if token.map else 0
    line_start, reached, column = 0, 0, _column_of_line(source_lines, token, line, 0, columns)
    dropped = start.dropped if start is not None else ()
    places: dict[int, tuple[int, int]] = {}
    for offset in sorted(offsets):
        target = max(reached, min(offset, len(content)))
        passed = content.count("\n", reached, target)
        if passed:
            line, line_start = line + passed, content.rfind("\n", 0, target) + 1
            column = _column_of_line(source_lines, token, line, line_start, columns)
        reached = target
        if line < len(source_lines):
            places[offset] = (line + 1, column + target - line_start + 1 + bisect_right(dropped, target))
        else:
            places[offset] = (max(1, len(source_lines)), 1)
    return places


def _column_of_line(source_lines: Sequence[str], token: Token, line: int, line_start: int, columns: Columns) -> int:
    start = CONTENT_START.of(token)
    if start is not None:
        return start.column
    if line_start not in columns:
        line_end = token.content.find("\n", line_start)
        text = token.content[line_start : None if line_end < 0 else line_end]
        columns[line_start] = column_of(source_lines[line], text) if line < len(source_lines) else 0
    return columns[line_start]


def column_of(source_line: str, text: str) -> int:
    """Return the 0-based column where `text`, a line of content, stands in its source line: at the end if it can."""
    source, stripped = source_line.rstrip(), text.rstrip()
    if source.endswith(stripped):
        return len(source) - len(stripped)
    column = source.rfind(stripped)
    if column >= 0:
        return column
    indent = len(text) - len(text.lstrip())
    bare = source.rfind(stripped.lstrip())
    return bare - indent if bare >= indent else len(source) - len(source.lstrip())


def inline_tokens(tokens: Iterable[Token], env: EnvType) -> Iterator[Token]:
    """Yield the inline tokens of a parse, and one for each footnote inside a sentence."""
    blocks = [token for token in tokens if token.type == "inline"]
    yield from blocks
    yield from inline_footnotes(blocks, env)


def inline_footnotes(tokens: Iterable[Token], env: EnvType) -> Iterator[Token]:
    """Yield an inline token with content, children and lines for each footnote inside a sentence: `^[so $x$]`.

    The footnote plugin leaves them without lines.
    """
    notes = env.get("footnotes", {}).get("list", {})
    if not any("tokens" in note for note in notes.values()):
        return
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        reached = 0
        for child in token.children or []:
            note = notes.get(child.meta.get("id"), {}) if child.type == "footnote_ref" else {}
            if "tokens" in note:
                reached = max(reached, token.content.find(f"^[{note['content']}]", reached))
                line = token.map[0] + token.content.count("\n", 0, reached)
                yield Token("inline", "", 0, content=note["content"], children=note["tokens"], map=[line, line + 1])
