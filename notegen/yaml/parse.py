"""YAML as trees with positions: no objects, no surprises, and a YamlError, which is a value, instead of an exception.

The tree is built from parser events, not from PyYAML's own nodes, so that depth and the expansion of aliases are
bounded while reading. Types are left to the reader of the tree: `on` may be a title and `12:30` is no number.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import yaml

from notegen.text.characters import NOT_YAML, SURROGATES
from notegen.text.patterns import lazy_regex
from notegen.yaml.errors import (
    BAD_ESCAPE,
    ESCAPE_HINT,
    MAX_DEPTH,
    QUOTE,
    TOO_DEEP,
    YamlError,
    control_error,
    syntax_error,
)
from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence

MAX_EXPANSION = 1_000_000  # characters and nodes that aliases may add ("billion laughs")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is missing from some builds of PyYAML
_OTHER_BREAKS = lazy_regex("\r(?!\n)|[\x85\u2028\u2029]")  # line ends to YAML, but not to editors
_CONTROL = lazy_regex(f"[{NOT_YAML}]")
_SURROGATE = lazy_regex(f"[{SURROGATES}]")


class Document(msgspec.Struct, frozen=True):
    """What parse_yaml returns: the tree (None when empty or in error), the error, and keys that stand there twice."""

    root: Node | None = None
    error: YamlError | None = None
    repeated: tuple[Scalar, ...] = ()


def parse_yaml(text: str) -> Document:
    """Return the one YAML document in `text`: linear in time, never raising.

    Tags are ignored, so that no objects are made. A repeated key keeps its last value and stands in `repeated`.
    """
    if _OTHER_BREAKS.search(text):
        text = _OTHER_BREAKS.sub(" ", text)
    control = _CONTROL.search(text)
    if control:
        return Document(error=control_error(text, control.start()))
    loader = _LOADER(text)
    builder = _Builder()
    try:
        while loader.check_event() and builder.error is None:
            event = loader.get_event()
            action = _ACTIONS.get(type(event))
            if action:
                action(builder, event)
    except yaml.MarkedYAMLError as error:
        return Document(error=syntax_error(error, text))
    finally:
        loader.dispose()
    if builder.error:
        return Document(error=builder.error)
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
        self.error: YamlError | None = None
        self.repeated: list[Scalar] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.expansion = 0

    def fail(self, event: Any, message: str, kind: str = "syntax", hint: str = "") -> None:
        mark = event.start_mark
        line = mark.line + 1
        self.error = YamlError(message, line, mark.column + 1, kind, hint, line, mark.index)

    def scalar(self, event: Any) -> None:
        mark, text = event.start_mark, event.value
        style = event.style if event.style in _STYLES else ""
        if style == '"' and _SURROGATE.search(text):  # libyaml itself rejects these
            self.fail(event, BAD_ESCAPE, "escape", ESCAPE_HINT)
        node = Scalar(text, style, mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
        self.add(node, len(text) + 1, event.anchor)

    def open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.fail(event, TOO_DEEP, "limit")
        self.stack.append(_Open(event))

    def close_sequence(self, event: Any) -> None:
        done = self.stack.pop()
        mark = done.event.start_mark
        node = Sequence(tuple(done.children), mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
        self.add(node, done.size, done.event.anchor)

    def close_mapping(self, event: Any) -> None:
        done = self.stack.pop()
        values: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(done.children[::2], done.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                message = "a key must be a word, not a list or mapping"
                self.error = YamlError(message, key.line, key.column, "syntax", QUOTE, key.line, key.start)
                return
            if key.text in values:
                self.repeated.append(key)
            values[key.text] = (key, value)
        mark = done.event.start_mark
        place = (mark.line + 1, mark.column + 1, mark.index, event.end_mark.index)
        self.add(Mapping(tuple(values.values()), *place), done.size, done.event.anchor)

    def alias(self, event: Any) -> None:
        target = self.anchors.get(event.anchor)
        if target is None:  # also `&a [*a]`: an anchor counts once its value is complete, so no tree holds itself
            self.fail(event, f"the alias *{event.anchor} names nothing", hint=QUOTE)
            return
        node, size = target
        self.expansion += size
        if self.expansion > MAX_EXPANSION:
            self.fail(event, "aliases expand to too much text", "limit")
            return
        self.add(node, size, None)

    def document(self, event: Any) -> None:
        if self.root is not None:
            self.fail(event, "a second document begins here; only one is read")

    def add(self, node: Node, size: int, anchor: str | None) -> None:
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
