r"""YAML front matter read as its author meant it where that is certain, and every repair reported.

YAML has traps for people who write titles and LaTeX: `title: Attention: all you need` is no mapping, `"$\theta$"` holds
a tab. Repairs change text within lines only, so lines stay the author's, and columns up to the repaired place.
"""

import re

import msgspec

from notegen.read.front_matter.latex import restore_latex
from notegen.read.front_matter.names import NAMES, fold, known
from notegen.text.characters import NOT_YAML
from notegen.text.patterns import lazy_regex
from notegen.yaml.errors import YamlError, locate
from notegen.yaml.nodes import Mapping, Scalar, scalars
from notegen.yaml.parse import Document, parse_yaml

MOST_REPAIRS = 30  # each reads the text again
LONGEST = 200_000  # characters; nobody writes longer front matter, and hostile texts shall not be read 30 times
_KEEP = "use single quotes: they keep every backslash"

_COLON = lazy_regex(r"^([A-Za-z_-]+)(?:[ \t]*：[ \t]*|:(?=[^\s:]))", re.MULTILINE)
_TAB = lazy_regex(r"^[ \t]*\t[ \t]*", re.MULTILINE)
_CONTROL = lazy_regex(f"[{NOT_YAML}]")
_QUOTED = lazy_regex(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)  # tried once for a problem
_LINE = lazy_regex(r"([ ]*+(?:-[ \t]++)*+)(?:([^\s:'\"\[{#-][^:\n]*+):[ \t]++)?(\S.*)")
_APOSTROPHES = lazy_regex(r"'(?:[^'\\]|\\.|(?<=\w)'(?=\w))*+'", re.DOTALL)
_LISTS = {name for field in ("tags", "categories", "aliases", "authors") for name in NAMES[field]}
_COMMENT = lazy_regex(r"(?<![ \t])[ \t]++#(?:\s.*)?$|(?<![ \t\r])[ \t\r]++$")
_ODD = lazy_regex(r"[\[\]{}\"'@`%*&!|>,#-]|\?[ ]|.*:(?:\s|$)")  # what makes a plain value something else to YAML


class Repair(msgspec.Struct, frozen=True):
    """One thing that was read otherwise than YAML has it."""

    line: int
    column: int
    message: str
    hint: str


class Reading(msgspec.Struct, frozen=True):
    """A document, the text it was read from after repairs, and the repairs."""

    document: Document
    source: str
    repairs: tuple[Repair, ...] = ()


def read_yaml(text: str) -> Reading:
    """Return the mapping in `text`. If it cannot be repaired, the document's problem is that of the text as written."""
    original = document = parse_yaml(text)
    source, repairs = text, list[Repair]()
    while (document.error or isinstance(document.root, Scalar)) and len(repairs) < MOST_REPAIRS:
        repaired = _repair(source, document.error, repairs) if len(source) <= LONGEST else None
        if repaired is None or repaired[0] == source:
            return Reading(original, text)
        source = repaired[0]
        repairs.append(repaired[1])
        document = parse_yaml(source)
    if document.error:
        return Reading(original, text)
    if isinstance(document.root, Mapping) and '"' in source and "\\" in source:
        return _latex(Reading(document, source, tuple(repairs)))
    return Reading(document, source, tuple(repairs))


def _repair(text: str, problem: YamlError | None, repairs: list[Repair]) -> tuple[str, Repair] | None:
    """Return `text` with one thing repaired, or None when what was meant is not certain."""
    special = _SPECIAL.get(problem.kind) if problem else None
    if problem and special:
        return special(text, problem)
    colon = next((match for match in _COLON.finditer(text) if known(match[1])), None)
    if colon:
        return _space(text, colon)
    if problem is None:
        return None
    return _tabs(text, problem) or _quote(text, problem, {repair.line for repair in repairs})


def _nothing(_text: str, _problem: YamlError) -> None:
    """What is too deep or expands too far stays an error."""


def _spaces(text: str, problem: YamlError) -> tuple[str, Repair]:
    message = f"{problem.message}; such characters were read as spaces"
    return _CONTROL.sub(" ", text), Repair(problem.line, problem.column, message, problem.hint)


def _tabs(text: str, problem: YamlError) -> tuple[str, Repair] | None:
    """A tab counts as one space, so that columns stay; deeper lines have more tabs."""
    lines = text.split("\n")
    tab = _TAB.match(lines[problem.line - 1]) if problem.line <= len(lines) else None
    if tab is None:
        return None
    message = "tabs at the start of lines were read as spaces"
    return _TAB.sub(lambda m: " " * len(m[0]), text), Repair(problem.line, 1, message, "indent with spaces")


def _space(text: str, colon: re.Match[str]) -> tuple[str, Repair]:
    """`title:Foo` and `title：Foo`, on every line that begins with a known key."""
    line, column = locate(text, colon.end(1))
    key = colon[1]
    fixed = _COLON.sub(lambda m: f"{m[1]}: " if known(m[1]) else m[0], text)
    message = f"`{key}` was read as a key: after it stands no `: `"
    return fixed, Repair(line, column, message, f"write `{key}: ` with a colon and a space")


def _escape(text: str, problem: YamlError) -> tuple[str, Repair] | None:
    quoted = _QUOTED.match(text, problem.start)
    if quoted is None:
        return None
    line, column = locate(text, problem.start)
    message = "backslashes in double quotes were read as LaTeX"
    fixed = text[: quoted.start()] + restore_latex(quoted[0]) + text[quoted.end() :]
    return fixed, Repair(line, column, message, _KEEP)


_SPECIAL = {"limit": _nothing, "control": _spaces, "escape": _escape}


def _latex(reading: Reading) -> Reading:
    r"""Restore `"$\theta$"` wherever a double-quoted text holds LaTeX that is also a YAML escape."""
    source, pieces, position = reading.source, list[str](), 0
    repairs = list(reading.repairs)
    root = reading.document.root
    quoted = {x.start: x for x in scalars(root) if x.style == '"'} if root else {}
    for scalar in (quoted[start] for start in sorted(quoted)):
        raw = source[scalar.start : scalar.end]
        restored = restore_latex(raw) if "\\" in raw else raw
        if restored != raw:
            pieces += [source[position : scalar.start], restored]
            position = scalar.end
            message = "backslashes in double quotes were read as LaTeX"
            repairs.append(Repair(scalar.line, scalar.column, message, _KEEP))
    if not pieces:
        return reading
    source = "".join([*pieces, source[position:]])
    return Reading(parse_yaml(source), source, tuple(repairs))


def _quote(text: str, problem: YamlError, done: set[int]) -> tuple[str, Repair] | None:
    """Put the value at fault in single quotes: that of the line with the problem, or where the open quote began."""
    lines = text.split("\n")
    for number in (problem.line, problem.context):
        match = _LINE.fullmatch(lines[number - 1].rstrip()) if 0 < number <= len(lines) else None
        if match and number not in done and _ODD.match(match[3]):
            return _quote_line(lines, number, match, problem)
    return None


def _quote_line(lines: list[str], number: int, match: re.Match[str], problem: YamlError) -> tuple[str, Repair] | None:
    indent, key, start = len(match[1]), (match[2] or "").rstrip(), match.start(3)
    last = number
    while last < len(lines) and _continues(lines[last], indent):
        last += 1
    value = "\n".join([match[3], *lines[number:last]])
    comment = _COMMENT.search(value) if last == number else None
    kept = value[: comment.start()] if comment else value
    tail = value[len(kept) :]
    words = _unquoted(kept)
    quoted = "'" + words.replace("'", "''") + "'"
    fixed = [*lines[: number - 1], *f"{lines[number - 1][:start]}{quoted}{tail}".split("\n"), *lines[last:]]
    shown = quoted.split("\n")[0][:60]
    hint = f"write {key}: {shown}" if key else f"write {shown}"
    if words.startswith("[") and fold(key) in _LISTS:
        hint = f"put each item of {key} in quotes"
    message = f"{problem.message}; {'the value of ' + key if key else 'the item'} was read as text"
    return "\n".join(fixed), Repair(number, start + 1, message, hint)


def _continues(line: str, indent: int) -> bool:
    """True for a line that goes on with the text above: indented more, and neither an item nor `key: value`."""
    body = line.lstrip(" ")
    return len(line) - len(body) > indent and bool(body) and not re.match(r"[-#]|[\w .-]+:(\s|$)", body)


def _unquoted(value: str) -> str:
    """Drop an opening quote that nothing closes, and the outer ones of `'It's'`."""
    mark = value[0]
    if mark in "\"'" and value.count(mark) == 1:
        return value[1:]
    if len(value) > 1 and _APOSTROPHES.fullmatch(value):
        return value[1:-1].replace("\\'", "'")
    return value
