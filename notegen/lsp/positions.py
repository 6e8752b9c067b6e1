"""Places in a text as editors count them: lines from 0, and units of UTF-16 or what else the editor has asked for.

Source: Language Server Protocol 3.17, "Position". Lines end at LF, CRLF or CR there and here, never at other signs.
"""

from bisect import bisect_right

import msgspec
from lsprotocol import types

from notegen.model.diagnostic import Diagnostic

UTF8, UTF16 = types.PositionEncodingKind.Utf8.value, types.PositionEncodingKind.Utf16.value


def units(text: str, encoding: str = UTF16) -> int:
    """Return how long a piece of a line is for the editor."""
    if text.isascii():
        return len(text)
    if encoding == UTF8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + (sum(char > "\uffff" for char in text) if encoding == UTF16 else 0)


def characters(line: str, count: int, encoding: str = UTF16) -> int:
    """Return how many characters of a line `count` units are; inside of a character they count as those before it."""
    if line.isascii():
        return min(count, len(line))
    passed = 0
    for number, char in enumerate(line):
        passed += units(char, encoding)
        if passed > count:
            return number
    return len(line)


def normal(text: str) -> str:
    """Return a text as notegen reads it: with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class Positions(msgspec.Struct, frozen=True):
    """A text with LF line ends and where its lines begin; offsets count characters."""

    text: str
    starts: tuple[int, ...]
    encoding: str = UTF16

    @classmethod
    def of(cls, text: str, encoding: str = UTF16) -> "Positions":
        """Return the positions of a text."""
        starts = [0]
        while (end := text.find("\n", starts[-1])) >= 0:
            starts.append(end + 1)
        return cls(text, tuple(starts), encoding)

    def line(self, number: int) -> str:
        """Return a line, from 0, without its end; "" for one that is not there."""
        if not 0 <= number < len(self.starts):
            return ""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

    def offset(self, position: types.Position) -> int:
        """Return the offset of an editor's position; behind the end of a line it is that end."""
        if position.line >= len(self.starts):
            return len(self.text)
        return self.starts[position.line] + characters(self.line(position.line), position.character, self.encoding)

    def position(self, offset: int) -> types.Position:
        """Return the editor's position of an offset."""
        number = bisect_right(self.starts, offset) - 1
        return types.Position(number, units(self.text[self.starts[number] : offset], self.encoding))

    def span(self, start: int, end: int) -> types.Range:
        """Return the editor's range of two offsets."""
        return types.Range(self.position(start), self.position(end))

    def place(self, line: int, column: int, length: int) -> tuple[int, int]:
        """Return the offsets of a place as diagnostics have it, from 1 in characters; 0 is the whole line or file."""
        number = min(max(line, 1), len(self.starts)) - 1
        text, start = self.line(number), self.starts[number]
        if not line or not column:
            return start + len(text) - len(text.lstrip()), start + len(text)
        first = min(column - 1, len(text))
        return start + first, min(start + first + max(length, 1), max(start + len(text), start + first))

    def of_diagnostic(self, item: Diagnostic) -> types.Range:
        """Return where an editor underlines a diagnostic; one of a notebook's cell is at the top of its file."""
        return self.span(0, 0) if item.cell else self.span(*self.place(item.line, item.column, item.length))
