"""Templates that a folder of notes brings along: sandboxed, and with an end, however they loop, call and multiply.

Each run of one has a number of steps: items that a loop goes over, calls, numbers of a range, and characters that it
makes or writes. Texts, lists and numbers that operators, methods and filters make are no longer than a page could hold,
which is known before they are made (sizes.py). What has more is an error at its line.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.visitor import NodeTransformer

from notegen.jinja.sizes import MOST_LENGTH, MOST_MADE, MULTIPLYING, most_made, size

MOST_STEPS = 1_000_000  # of one run: a second
_CALL = 10  # steps
_STEP = 20  # characters or items that are made or written in one
MOST_BITS = 20_000  # of a number
_LOOPED, _JOINED, _MEASURED = "notegen looped", "notegen joined", "notegen measured"  # no template can name them


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """An environment whose templates end. `begin` begins the steps of one run."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._steps = 0
        self.finalize = self._measured
        self.globals["range"] = self._range

    def begin(self) -> None:
        """Begin a run: all its steps are still to come."""
        self._steps = 0

    def bound_filters(self) -> None:
        """Bound what the filters make that are there."""
        for name in MULTIPLYING & self.filters.keys():
            self.filters[name] = self._bounded("%" if name == "format" else name, self.filters[name])
        self.filters |= {_LOOPED: self._looped, _JOINED: self._sized, _MEASURED: self._measured}

    def call(__self, __context: Any, __obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as Jinja has it
        """Call what a template calls, and count it."""
        __self._count(_CALL)
        method = getattr(__obj, "__wrapped__", __obj)  # as Jinja wraps str.format
        name, value = getattr(method, "__name__", ""), getattr(method, "__self__", None)
        if name in MULTIPLYING and isinstance(value, str | bytes | int):
            args = tuple(__self._listed(args))
            _require_made("{}" if name.startswith("format") else name, value, (*args, *kwargs.values()))
        return __self._sized(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes of two values, unless that would be too large."""
        if operator == "**" and isinstance(left, int) and isinstance(right, int):
            _require(left.bit_length() * max(right, 0) <= MOST_BITS, "a number")
        if operator == "*":
            for text, times in ((left, right), (right, left)):
                if isinstance(times, int) and hasattr(text, "__len__"):
                    _require(len(text) * times <= MOST_LENGTH, "a text or list")
        if operator == "%" and isinstance(left, str | bytes):
            _require_made(operator, left, (right,))
        return self._sized(super().call_binop(context, operator, left, right))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Bounds().visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]

    def _bounded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that first looks how much it would make. What Jinja passes to it before the value stays."""
        passed = int(hasattr(function, "jinja_pass_arg"))

        @wraps(function)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            before, (value, *others) = args[:passed], self._listed(args[passed:])
            _require_made(name, value, (*others, *kwargs.values()))
            return self._sized(function(*before, value, *others, **kwargs))

        return bounded

    def _listed(self, values: tuple[Any, ...]) -> Iterator[Any]:
        """Yield values, those that come one by one as lists: their size is known then."""
        for value in values:
            yield [self._measured(item) for item in self._counted(value)] if hasattr(value, "__next__") else value

    def _measured(self, value: Any) -> Any:
        """Return a value that is written as a text; it counts with all its items."""
        length = size(value)
        _require(length <= MOST_LENGTH, "a text or list")
        self._count(length // _STEP)
        return value

    def _sized(self, value: Any) -> Any:
        """Return what was made; it counts with its length."""
        if isinstance(value, int):
            _require(value.bit_length() <= MOST_BITS, "a number")
        elif hasattr(value, "__len__"):
            _require(len(value) <= MOST_LENGTH, "a text or list")
            self._count(len(value) // _STEP)
        return value

    def _looped(self, items: Any, text: int = 0) -> Any:
        """Return what a loop goes over, its items counted: all at once where it is known how many they are.

        `text`: characters of the template that each of them writes.
        """
        if not hasattr(items, "__len__"):
            items = list(self._counted(items))
        self._count(len(items) * (1 + text // _STEP))
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
            raise jinja2.TemplateRuntimeError(
                f"more than {MOST_STEPS:,} steps: its loops or calls have no end, or it makes too much"
            )


class _Bounds(NodeTransformer):
    """Puts what counts around what loops go over, and what measures around texts that are joined."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - the visitor's naming
        self.generic_visit(node)
        text = nodes.Const(sum(len(data.data) for data in node.find_all(nodes.TemplateData)), lineno=node.lineno)
        node.iter = nodes.Filter(node.iter, _LOOPED, [text], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 - the visitor's naming
        self.generic_visit(node)
        node.nodes = [nodes.Filter(item, _MEASURED, [], [], None, None, lineno=item.lineno) for item in node.nodes]
        return nodes.Filter(node, _JOINED, [], [], None, None, lineno=node.lineno)


def _require(is_small: bool, what: str) -> None:
    if not is_small:
        raise jinja2.TemplateRuntimeError(f"{what} that is too large")


def _require_made(name: str, value: Any, arguments: tuple[Any, ...]) -> None:
    is_small = all(size(item) <= MOST_LENGTH for item in (value, *arguments))
    _require(is_small and most_made(name, value, arguments) <= MOST_MADE, "a text or list")
