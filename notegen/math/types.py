"""The values that go into and come out of the math engines."""

from typing import Protocol

import msgspec


class Snippet(msgspec.Struct, frozen=True):
    """One formula in document order: the author's exact LaTeX without its delimiters, and whether it is a display."""

    latex: str
    display: bool


class Problem(msgspec.Struct, frozen=True):
    """A mistake inside a formula. `offset` and `length` count characters of that formula's LaTeX, `code` is a key of CODES."""

    code: str
    message: str
    offset: int = 0
    length: int = 1
    hint: str = ""


class Rendered(msgspec.Struct, frozen=True):
    """A rendered formula: `html` is one `<math>` element, `<code class="math-error">`, or empty (only definitions).

    `engine` is "math-core", "katex", "macros" (only definitions) or "" (not rendered). `numbers` are the numbers or tags
    shown, in row order; `labels` the labels defined here, in row order.
    """

    html: str
    engine: str
    numbers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Rendering(msgspec.Struct, frozen=True):
    """All formulas of a note: one Rendered per Snippet; `labels` maps a label to its number as shown, without parentheses.

    `problems` holds what is wrong with the macros that were passed in; their offsets are 0.
    """

    formulas: tuple[Rendered, ...]
    labels: dict[str, str]
    problems: tuple[Problem, ...] = ()


class KatexCache(Protocol):
    """A store for KaTeX's results, which take about half a millisecond each; keys are digests."""

    def get(self, key: str) -> str | None:
        """Return what was stored under `key`, or None."""

    def put(self, key: str, value: str) -> None:
        """Store `value` under `key`."""
