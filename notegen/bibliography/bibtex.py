"""BibTeX and BibLaTeX files: text to entries. A broken entry is a diagnostic at its line; all others count.

Source: Oren Patashnik, "BibTeXing" (entries, strings, concatenation, parentheses); biblatex manual, §2. Values stay
LaTeX. A line that begins with `@name{` begins an entry wherever it stands, so that an unclosed brace spoils only its
own: what an entry may hold ends there, and time is linear in the text.
"""

import re
from bisect import bisect
from collections.abc import Iterator

from notegen.bibliography.entries import BibliographyFile, Entry
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.text.patterns import lazy_regex
from notegen.text.scholarly import MONTHS

_LINE_START = lazy_regex(r"^[ \t]*+@[ \t]*+[A-Za-z]++[ \t]*+[{(]", re.MULTILINE)
_START = lazy_regex(r"@\s*+(?P<type>[A-Za-z]++)\s*+(?P<open>[{(])\s*+")
_KEY = lazy_regex(r"[^\s,{}\"#%()=]++")
_FIELD = lazy_regex(r"(?P<name>[A-Za-z][\w:.+/-]*+)\s*+=\s*+")  # tried once a field
_BARE = lazy_regex(r"[^\s,{}#\"=()]++")
_BRACES = lazy_regex(r"[{}]")
_QUOTE = lazy_regex(r"[{}\"]")
_SPACE = lazy_regex(r"\s*+")
_CLOSERS = {"{": "}", "(": ")"}
_MONTHS = {name: str(number) for number, name in enumerate(MONTHS, start=1)}
_SKIPPED = frozenset({"comment", "preamble"})


class _SyntaxError(Exception):
    """What is wrong with an entry, and where: an offset in the text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def read_bibtex(text: str, path: str) -> BibliographyFile:
    """Return the entries of a BibTeX file. Diagnostics: bib-syntax, bib-duplicate."""
    return _Parser(text, path).parse()


class _Parser:
    """Reads one file; `strings` are its `@string` macros by folded name."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._strings = dict(_MONTHS)
        self._diagnostics: list[Diagnostic] = []
        self._entry = ""  # of what problems are reported: `the entry ho2020`

    def parse(self) -> BibliographyFile:
        entries: dict[str, Entry] = {}
        starts = [match.start() for match in _LINE_START.finditer(self._text)]
        for start, end in zip([0, *starts], [*starts, len(self._text)], strict=True):
            for entry in self._chunk(start, end):
                known = entries.setdefault(entry.key, entry)
                if known is not entry:
                    message = f"the key {entry.key} is used a second time; the entry of line {known.line} counts"
                    hint = "give one of them another key, or remove it"
                    item = diagnose("bib-duplicate", message, path=self._path, line=entry.line, hint=hint)
                    self._diagnostics.append(item)
        return BibliographyFile(entries, tuple(self._diagnostics))

    def _chunk(self, start: int, end: int) -> Iterator[Entry]:
        """Yield the entries between two beginnings of entries: one, unless several share a line."""
        while (at := self._text.find("@", start, end)) >= 0:
            match = _START.match(self._text, at, end)
            if match is None:  # text between entries is a comment
                start = at + 1
                continue
            self._entry = f"an entry @{match['type']}"
            try:
                entry, start = self._block(match, end)
            except _SyntaxError as error:
                message = f"{self._entry} is left out: {error.message}"
                self._report(message, error.offset)
                return
            if entry is not None:
                yield entry

    def _block(self, start: re.Match[str], end: int) -> tuple[Entry | None, int]:
        """Return the entry, if it is one, and where it ends."""
        kind, close = start["type"].lower(), _CLOSERS[start["open"]]
        if kind in _SKIPPED:
            return None, self._end_of_braces(start.end("open"), end) if close == "}" else start.end()
        if kind == "string":
            fields, after = self._fields(start.end(), end, close)
            self._strings |= {name: value for name, value in fields.items() if name not in _MONTHS}
            return None, after
        key = _KEY.match(self._text, start.end(), end)
        if key is None:
            raise _SyntaxError("it has no key", start.end())
        self._entry = f"the entry {key[0]}"
        after = self._space(key.end(), end)
        if self._text.startswith(close, after):
            return Entry(key[0], kind, {}, self._line(start.start())), after + 1
        if not self._text.startswith(",", after):
            raise _SyntaxError("a comma is missing behind its key", after)
        fields, after = self._fields(after + 1, end, close)
        return Entry(key[0], kind, fields, self._line(start.start())), after

    def _fields(self, start: int, end: int, close: str) -> tuple[dict[str, str], int]:
        """Return the fields from `start` up to the closing sign, and where that ends; the first of equal names."""
        fields: dict[str, str] = {}
        while True:
            start = self._space(start, end)
            if self._text.startswith(close, start) and start < end:
                return fields, start + 1
            if self._text.startswith(",", start) and start < end:  # also behind the last field, and doubled
                start += 1
                continue
            field = _FIELD.match(self._text, start, end)
            if field is None:
                raise _SyntaxError("it is not closed" if start >= end else "`name = value` is expected here", start)
            value, start = self._value(field.end(), end)
            fields.setdefault(field["name"].lower(), value)
            behind = self._space(start, end)
            if behind < end and self._text[behind] not in {",", close}:
                self._report(f"{self._entry}: a comma is missing behind the field {field['name']}", start)

    def _value(self, start: int, end: int) -> tuple[str, int]:
        """Return a value, its parts put together, and where it ends."""
        parts: list[str] = []
        while True:
            part, start = self._part(start, end)
            parts.append(part)
            behind = self._space(start, end)
            if not self._text.startswith("#", behind) or behind >= end:
                return " ".join("".join(parts).split()), start
            start = self._space(behind + 1, end)

    def _part(self, start: int, end: int) -> tuple[str, int]:
        sign = self._text[start : start + 1] if start < end else ""
        if sign == "{":
            after = self._end_of_braces(start, end)
            return self._text[start + 1 : after - 1], after
        if sign == '"':
            after = self._end_of_quotes(start, end)
            return self._text[start + 1 : after - 1], after
        word = _BARE.match(self._text, start, end)
        if word is None:
            raise _SyntaxError("a value is missing", start)
        if word[0].isdigit():
            return word[0], word.end()
        if word[0].lower() not in self._strings:
            self._report(f"{self._entry}: there is no @string {word[0]}; its name is shown", start)
        return self._strings.get(word[0].lower(), word[0]), word.end()

    def _end_of_braces(self, start: int, end: int) -> int:
        """Return where the brace at `start` is closed, behind the one that closes it."""
        depth = 0
        for brace in _BRACES.finditer(self._text, start, end):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                return brace.end()
        raise _SyntaxError("a brace is not closed", start)

    def _end_of_quotes(self, start: int, end: int) -> int:
        depth = 0
        for sign in _QUOTE.finditer(self._text, start + 1, end):
            depth += {"{": 1, "}": -1}.get(sign[0], 0)
            if sign[0] == '"' and depth <= 0:
                return sign.end()
        raise _SyntaxError("a quotation mark is not closed", start)

    def _space(self, start: int, end: int) -> int:
        space = _SPACE.match(self._text, start, end)
        return space.end() if space else start

    def _line(self, offset: int) -> int:
        return bisect(self._line_ends, offset - 1) + 1

    def _report(self, message: str, offset: int) -> None:
        """Report at the sign at `offset`, or the one before it where white space follows."""
        offset = min(offset, max(0, len(self._text) - 1))
        line = self._line(offset)
        column = offset - (self._line_ends[line - 2] if line > 1 else -1)
        self._diagnostics.append(diagnose("bib-syntax", message, path=self._path, line=line, column=column))
