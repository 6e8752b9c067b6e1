"""Places in a note's file: where a token, or a character of a formula, stands, as line and column from 1."""

from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from notegen.notes.positions import Columns, locate


class Places:
    """Maps tokens of one parse to places in the file.

    `lines` are those of the parsed body; `shift` is the number of lines above it (front matter). `learn` must have
    seen the block tokens before inline tokens are asked for.
    """

    def __init__(self, lines: Sequence[str], shift: int) -> None:
        self._lines = lines
        self.shift = shift
        self._parents: dict[int, Token] = {}
        self._columns: dict[int, Columns] = {}

    def learn(self, tokens: Iterable[Token]) -> None:
        """Remember which block holds each inline token."""
        for token in tokens:
            if token.type == "inline":
                self._adopt(token, token.children or ())

    def _adopt(self, parent: Token, children: Iterable[Token]) -> None:
        for child in children:
            self._parents[id(child)] = parent
            if child.children:
                self._adopt(parent, child.children)

    def of(self, token: Token) -> tuple[int, int]:
        """Return (line, column) of a token in the file; (0, 0) when it has no place of its own."""
        if "line" in token.meta:
            return token.meta["line"] + 1 + self.shift, token.meta.get("column", 0) + 1
        parent = self._parents.get(id(token))
        if parent is not None and "offset" in token.meta:
            return self.at(parent, token.meta["offset"])
        holder = parent if parent is not None else token
        return (holder.map[0] + 1 + self.shift, 0) if holder.map else (0, 0)

    def at(self, inline: Token, offset: int) -> tuple[int, int]:
        """Return (line, column) of a character of an inline token's content."""
        line, column = locate(self._lines, inline, offset, self._columns.setdefault(id(inline), {}))
        return line + self.shift, column

    def inside(self, place: tuple[int, int], latex: str, offset: int) -> tuple[int, int]:
        """Return the place of a formula's character, given the place of its first one.

        Right also behind quote marks.
        """
        line, column = place
        before = latex[:offset]
        down = before.count("\n")
        if not down:
            return line, column + offset
        text = latex.split("\n")[down]
        start = offset - before.rfind("\n") - 1
        index = line + down - 1 - self.shift
        source = self._lines[index] if 0 <= index < len(self._lines) else ""
        return line + down, max(source.find(text), 0) + start + 1
