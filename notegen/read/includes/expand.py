"""A note's body with the files that it includes in it, and from which of its own lines each line comes.

Reports: include-missing, include-outside, include-cycle, each at the line of the note that names the file.
"""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import IncludedFile, SourceFile
from notegen.read.front_matter.split import split_front_matter
from notegen.read.includes.directives import Directive, directives, may_include
from notegen.read.includes.select import selected
from notegen.text.patterns import lazy_regex

MAX_DEPTH = 10  # files in files
MAX_LENGTH = 2_000_000  # characters of all that one note includes
_LIQUID = lazy_regex(r"\{[{%]")
_LANGUAGES = {"yml": "yaml", "h": "c", "txt": "text", "md": "markdown", "qmd": "markdown", "rmd": "markdown"}


class Expanded(msgspec.Struct, frozen=True):
    """A body. `lines`: of each of its lines that of the note's own body, from 0; `foreign`: whether a file has it."""

    body: str
    lines: tuple[int, ...] = ()
    foreign: tuple[bool, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def with_lines(expanded: Expanded, texts: Sequence[str], line: int) -> Expanded:
    """Return a body with lines before it that come from one `line` of the note, counted as those of its body are."""
    numbers = expanded.lines or range(expanded.body.count("\n") + 1)
    return Expanded(
        "\n".join((*texts, expanded.body)),
        (*(line for _ in texts), *numbers),
        (*(True for _ in texts), *(expanded.foreign or (False for _ in numbers))),
        expanded.diagnostics,
    )


def expand(source: SourceFile, body: str, shift: int) -> Expanded:
    """Return the body of a note with its included files. `shift`: the lines of front matter above it."""
    writer = _Writer(source, shift)
    writer.write(body.split("\n"), source.path, -1, (source.path,), "")
    return Expanded("\n".join(writer.texts), tuple(writer.lines), tuple(writer.foreign), tuple(writer.diagnostics))


class _Writer:
    """Collects the lines of a body, its files' ones in the places where they are named."""

    def __init__(self, source: SourceFile, shift: int) -> None:
        self._path = source.path
        self._shift = shift
        self._files: Mapping[tuple[str, str], IncludedFile] = {
            (file.origin, file.written): file for file in source.included
        }
        self._room = MAX_LENGTH
        self.texts: list[str] = []
        self.lines: list[int] = []
        self.foreign: list[bool] = []
        self.diagnostics: list[Diagnostic] = []

    def write(self, texts: Sequence[str], origin: str, line: int, open_files: tuple[str, ...], indent: str) -> None:
        """Write the lines of the file `origin`, which the note's `line` includes (-1: they are its own)."""
        done = 0
        for directive in directives(texts) if len(open_files) == 1 or may_include("\n".join(texts)) else ():
            self._copy(texts[done : directive.first], line, done, indent)
            at = directive.first if line < 0 else line
            self._include(directive, origin, at, open_files, indent)
            done = directive.end
        self._copy(texts[done:], line, done, indent)

    def _copy(self, texts: Sequence[str], line: int, first: int, indent: str) -> None:
        for number, text in enumerate(texts, start=first):
            self.texts.append(indent + text if text or ">" in indent else text)
            self.lines.append(number if line < 0 else line)
            self.foreign.append(line >= 0)

    def _include(self, directive: Directive, origin: str, line: int, open_files: tuple[str, ...], indent: str) -> None:
        file = self._files.get((origin, directive.path))
        if file is None or not file.path:
            self._report_missing(directive, origin, line)
        elif not directive.code and (file.path in open_files or len(open_files) > MAX_DEPTH):
            message = (
                f"{directive.path} includes itself, or files are nested more than {MAX_DEPTH} deep: it is left out"
            )
            self._report("include-cycle", message, line, "take it out there, or here")
        elif len(file.text) > self._room:
            message = f"more than {MAX_LENGTH} characters are included: {directive.path} is left out"
            self._report("include-cycle", message, line, "link to it")
        elif not any(line.strip() for line in _meant(directive, file)) and file.text.strip():
            part = directive.options.get("section")
            named = f"no part {part!r}" if part else f"nothing in the lines {directive.options.get('lines', 'named')}"
            hint = "see which lines the file has; parts stand between `#region name` and `#endregion`"
            self._report("include-missing", f"{directive.path} has {named}: nothing is shown for it", line, hint)
        else:
            self._room -= len(file.text)
            indent += directive.indent
            if directive.code:
                self._copy(list(_code(directive, file)), line, 0, indent)
            elif directive.tag and _LIQUID.search(file.text):
                self._copy([directive.tag], line, 0, indent)
            else:
                texts = _meant(directive, file)
                self.write(texts, file.path, line, (*open_files, file.path), indent)

    def _report_missing(self, directive: Directive, origin: str, line: int) -> None:
        folder = posixpath.dirname(origin)
        outside = posixpath.normpath(posixpath.join(folder, directive.path)).startswith("..")
        if outside or "://" in directive.path:
            message = f"{directive.path} is no file of the site: it is not included"
            self._report("include-outside", message, line, "copy it into the content folder")
        else:
            message = f"there is no text file {directive.path} to include"
            hint = "paths are those from the note, or from the content folder"
            hint = "where the theme had it, write what it shows" if directive.tag else hint
            self._report("include-missing", message, line, hint)

    def _report(self, code: str, message: str, line: int, hint: str) -> None:
        self._copy([""], line, 0, "")
        self.diagnostics.append(diagnose(code, message, path=self._path, line=line + 1 + self._shift, hint=hint))


def _meant(directive: Directive, file: IncludedFile) -> list[str]:
    """Return the lines of a file that a directive means, of a note those of its body."""
    is_note = not directive.code and file.path.endswith((".md", ".qmd", ".rmd"))
    text = split_front_matter(file.text).body if is_note else file.text
    return selected(text.removesuffix("\n").split("\n"), directive.options)[0]


def _code(directive: Directive, file: IncludedFile) -> Iterator[str]:
    """Yield the lines of a fence that holds the code of a file."""
    suffix = file.path.rpartition(".")[2].lower()
    lines, first = selected(file.text.removesuffix("\n").split("\n"), directive.options)
    info = directive.info
    if not info.removeprefix("{.")[:1].isalpha():
        info = f"{_LANGUAGES.get(suffix, suffix)} {info}".rstrip()
    if "lineno-match" in directive.options:
        info += f' linenums="{first}"'
    longest = max((_run(line.lstrip()) for line in lines), default=0)
    mark = "`" * max(3, longest + 1)
    yield f"{mark}{info}"
    yield from lines
    yield mark


def _run(line: str) -> int:
    """Return the number of backticks that a line begins with."""
    return len(line) - len(line.lstrip("`"))
