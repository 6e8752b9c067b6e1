"""YAML as trees with positions: no objects, no surprises, and a Problem value instead of an exception.

The tree is built from parser events, not from PyYAML's own nodes, so that depth and the expansion of aliases are
bounded while reading. Types are left to the reader of the tree: `on` may be a title and `12:30` is no number.
"""

import re
from collections.abc import Callable
from typing import Any

import msgspec
import yaml

from notegen.sources.yamltree import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 64  # nested lists and mappings; also keeps recursion over a tree shallow
MAX_EXPANSION = 1_000_000  # characters and nodes that aliases may add ("billion laughs")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is missing from some builds of PyYAML
_OTHER_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")  # line ends to YAML, but not to editors
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_QUOTE = "put the value in single quotes"
_BAD_ESCAPE = "an escape that YAML does not know in double quotes"
_ESCAPE_HINT = "use single quotes: they keep every backslash"


class Problem(msgspec.Struct, frozen=True):
    """Why a text is not the YAML we read. `context` is the line (from 1) where the construct at fault begins.

    `kind` is "syntax", "escape" (in a double-quoted text that starts at offset `start`), "control" (characters) or
    "limit" (depth or expansion).
    """

    message: str
    line: int
    column: int
    kind: str = "syntax"
    hint: str = ""
    context: int = 0
    start: int = 0


class Document(msgspec.Struct, frozen=True):
    """What parse_yaml returns: the tree (None when empty or in error), the problem, and keys that were given before."""

    root: Node | None = None
    problem: Problem | None = None
    repeated: tuple[Scalar, ...] = ()


def parse_yaml(text: str) -> Document:
    """Return the one YAML document in `text`: linear in time, never raising.

    Tags are ignored, so that no objects are made. A repeated key keeps its last value and stands in `repeated`.
    """
    if _OTHER_BREAKS.search(text):
        text = _OTHER_BREAKS.sub(" ", text)
    control = _CONTROL.search(text)
    if control:
        return Document(problem=_control_problem(text, control.start()))
    loader = _LOADER(text)
    builder = _Builder()
    try:
        while loader.check_event() and builder.problem is None:
            event = loader.get_event()
            action = _ACTIONS.get(type(event))
            if action:
                action(builder, event)
    except yaml.MarkedYAMLError as error:
        return Document(problem=_syntax_problem(error, text))
    finally:
        loader.dispose()
    if builder.problem:
        return Document(problem=builder.problem)
    return Document(builder.root, None, tuple(builder.repeated))


class _Open:
    """A list or mapping that is being read: its first event, what it holds, its size with aliases expanded."""

    __slots__ = ("children", "event", "size")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.children: list[Node] = []
        self.size = 1


class _Builder:
    """Puts events together with one stack and no recursion; it lives for one parse_yaml call.

    Events are Any: the type stubs say that marks may be None, which the parser's never are.
    """

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problem: Problem | None = None
        self.repeated: list[Scalar] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.expansion = 0

    def fail(self, event: Any, message: str, kind: str = "syntax", hint: str = "") -> None:
        mark = event.start_mark
        line = mark.line + 1
        self.problem = Problem(message, line, mark.column + 1, kind, hint, line, mark.index)

    def scalar(self, event: Any) -> None:
        mark, text = event.start_mark, event.value
        style = event.style if event.style in _STYLES else ""
        if style == '"' and _SURROGATE.search(text):  # libyaml itself rejects these
            self.fail(event, _BAD_ESCAPE, "escape", _ESCAPE_HINT)
        node = Scalar(text, style, mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
        self.place(node, len(text) + 1, event.anchor)

    def open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.fail(event, f"lists and mappings nested deeper than {MAX_DEPTH}", "limit")
        self.stack.append(_Open(event))

    def close_sequence(self, event: Any) -> None:
        done = self.stack.pop()
        mark = done.event.start_mark
        node = Sequence(tuple(done.children), mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
        self.place(node, done.size, done.event.anchor)

    def close_mapping(self, event: Any) -> None:
        done = self.stack.pop()
        values: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(done.children[::2], done.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                message = "a key must be a word, not a list or mapping"
                self.problem = Problem(message, key.line, key.column, "syntax", _QUOTE, key.line, key.start)
                return
            if key.text in values:
                self.repeated.append(key)
            values[key.text] = (key, value)
        mark = done.event.start_mark
        place = (mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
        self.place(Mapping(tuple(values.values()), *place), done.size, done.event.anchor)

    def alias(self, event: Any) -> None:
        found = self.anchors.get(event.anchor)
        if found is None:  # also `&a [*a]`: an anchor counts once its value is complete, so no tree holds itself
            self.fail(event, f"the alias *{event.anchor} names nothing", hint=_QUOTE)
            return
        node, size = found
        self.expansion += size
        if self.expansion > MAX_EXPANSION:
            self.fail(event, "aliases expand to too much text", "limit")
            return
        self.place(node, size, None)

    def document(self, event: Any) -> None:
        if self.root is not None:
            self.fail(event, "a second document begins here; only one is read")

    def place(self, node: Node, size: int, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = (node, size)
        if self.stack:
            self.stack[-1].children.append(node)
            self.stack[-1].size += size
        else:
            self.root = node


_STYLES = frozenset("'\"|>")
_ACTIONS: dict[type[yaml.Event], Callable[[_Builder, Any], None]] = {
    yaml.ScalarEvent: _Builder.scalar,
    yaml.SequenceStartEvent: _Builder.open,
    yaml.SequenceEndEvent: _Builder.close_sequence,
    yaml.MappingStartEvent: _Builder.open,
    yaml.MappingEndEvent: _Builder.close_mapping,
    yaml.AliasEvent: _Builder.alias,
    yaml.DocumentStartEvent: _Builder.document,
}


def _control_problem(text: str, index: int) -> Problem:
    line, column = locate(text, index)
    message = f"the control character U+{ord(text[index]):04X} is not allowed"
    return Problem(message, line, column, "control", "delete the character", line, index)


# What the parser says, in part, in both of PyYAML's implementations -> what we say, and what to do.
_WORDS = (
    ("mapping values are not allowed", "a colon and a space inside a value", _QUOTE),
    ("cannot start any token", "this character cannot begin a value", f"{_QUOTE}; indent with spaces, not tabs"),
    ("expected alphabetic or numeric", "this character cannot begin a value", _QUOTE),
    (
        "did not find expected key",
        "text after the end of a value, or wrong indentation",
        f"{_QUOTE}, or align the keys",
    ),
    ("expected <block end>", "text after the end of a value, or wrong indentation", f"{_QUOTE}, or align the keys"),
    ("could not find expected ':'", "a line that is no `key: value`", "write `key: value`"),
    ("end of stream", "a quote that is opened but never closed", "close the quote"),
    ("'-' indicator", "wrong indentation of a list", "indent all its items alike"),
    ("sequence entries are not allowed", "a list item cannot stand here", f"{_QUOTE}, or start the list on a new line"),
    ("comment or a line break", "text cannot follow `>` or `|` on its line", _QUOTE),
    ("comment or line break", "text cannot follow `>` or `|` on its line", _QUOTE),
    ("undefined tag handle", "`!` cannot begin a value", _QUOTE),
    ("node content", "a value is missing, or a list is not closed", _QUOTE),
    ("',' or ']'", "a list is opened by `[` but not closed", "close it with `]`"),
    ("',' or '}'", "a mapping is opened by `{` but not closed", "close it with `}`"),
)
_ESCAPES = ("escape", "hexdecimal", "hexadecimal")


def _syntax_problem(error: yaml.MarkedYAMLError, text: str) -> Problem:
    said = error.problem or error.context or "this cannot be read"
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    context = error.context_mark or mark
    first, start = (context.line + 1, context.index) if context else (line, 0)
    if mark and mark.index >= len(text):  # the end of the text: its last line that exists
        line, column = locate(text, len(text.rstrip()))
    if any(word in said for word in _ESCAPES):
        return Problem(_BAD_ESCAPE, line, column, "escape", _ESCAPE_HINT, first, start)
    for part, message, hint in _WORDS:
        if part in said:
            return Problem(message, line, column, "syntax", hint, first, start)
    return Problem(said, line, column, "syntax", "", first, start)


def locate(text: str, index: int) -> tuple[int, int]:
    """Return line and column, both from 1, of the character at offset `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
