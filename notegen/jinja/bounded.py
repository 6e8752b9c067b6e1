"""Templates that a folder of notes brings along: sandboxed, and with an end, however they loop, call and multiply.

Each run of one has a number of steps: items that a loop goes over, calls, numbers of a range. Texts, lists and numbers
that operators make are no longer than a page could hold. What has more is an error at its line.
"""

from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.visitor import NodeTransformer

MOST_STEPS = 1_000_000  # of one run: a second
_CALL = 10  # steps
MOST_LENGTH = 5_000_000  # characters or items that an operator may make
MOST_BITS = 20_000  # of a number
_LOOPED, _JOINED = "notegen looped", "notegen joined"  # no template can name them


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """An environment whose templates end. `begin` begins the steps of one run."""

    intercepted_binops = frozenset({"*", "**", "+"})

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._steps = 0
        self.filters[_LOOPED] = self._looped
        self.filters[_JOINED] = _sized
        self.globals["range"] = self._range

    def begin(self) -> None:
        """Begin a run: all its steps are still to come."""
        self._steps = 0

    def call(__self, __context: Any, __obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja has it
        """Call what a template calls, and count it."""
        __self._count(_CALL)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes of two values, unless that would be too large."""
        if operator == "**" and isinstance(left, int) and isinstance(right, int):
            _require(left.bit_length() * max(right, 0) <= MOST_BITS, "a number")
        if operator == "*":
            for text, times in ((left, right), (right, left)):
                if isinstance(times, int) and hasattr(text, "__len__"):
                    _require(len(text) * times <= MOST_LENGTH, "a text or list")
        return _sized(super().call_binop(context, operator, left, right))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Bounds().visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]

    def _looped(self, items: Any) -> Any:
        """Return what a loop goes over, its items counted: all at once where it is known how many they are."""
        if not hasattr(items, "__len__"):
            items = list(self._counted(items))
        else:
            self._count(len(items))
        return items

    def _counted(self, items: Any) -> Any:
        for item in items:
            self._count(1)
            yield item

    def _range(self, *bounds: int) -> range:
        numbers = safe_range(*bounds)
        self._count(len(numbers))
        return numbers

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise jinja2.TemplateRuntimeError(f"more than {MOST_STEPS:,} steps: its loops or calls have no end")


class _Bounds(NodeTransformer):
    """Puts what counts around what loops go over, and what measures around texts that are joined."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - the visitor's naming
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, _LOOPED, [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 - the visitor's naming
        self.generic_visit(node)
        return nodes.Filter(node, _JOINED, [], [], None, None, lineno=node.lineno)


def _sized(value: Any) -> Any:
    if isinstance(value, int):
        _require(value.bit_length() <= MOST_BITS, "a number")
    elif hasattr(value, "__len__"):
        _require(len(value) <= MOST_LENGTH, "a text or list")
    return value


def _require(is_small: bool, what: str) -> None:
    if not is_small:
        raise jinja2.TemplateRuntimeError(f"{what} that is too large")
