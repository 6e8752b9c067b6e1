r"""The values that go into and come out of the math engines, and the CSS that their MathML expects.

Both engines give one look, MathML Core with these names (a theme styles them; numbers are in em of the formula):

- `math.lines` and `mrow.parts`: rows between whose children lines may end, see mathml/line_breaks.py. The theme's
  style sheet breaks them in Chromium; elsewhere its pieces.js makes each part a formula beside the whole.
- `mtd` { padding: 0.5ex 0.4em }, and no padding left of the first and right of the last cell of a row; inline styles
  set `width`, `text-align` (with `justify-items` for Firefox), single paddings and the lines of arrays.
- a numbered display is an `mtable` of width 100%: an empty first cell of width 50%, the columns, a last cell of width
  50%. `mtd.math-tag` is a last cell that holds a number, aligned right, with the id `eq-…` of its label (`:target`);
  rows without a number end in an empty cell without the class. `multline` has cells of 7.5% instead.
- `menclose[notation~="…"]` with box, updiagonalstrike, downdiagonalstrike, horizontalstrike, actuarial, phasorangle:
  where browsers lack it, position: relative, a border for `box`, and the strokes `mrow.menclose-updiagonalstrike`,
  `mrow.menclose-downdiagonalstrike`, `mrow.menclose-phasorangle` (empty rows inside it) drawn with clip-path.
- `mover[accent="true"] > mo:nth-child(2)` { margin-bottom: 0.15ex } outside Firefox.
- inside `mtext`: `b`, `i`, `code`, `s`, `u`, `span.math-core-sans-serif-font`, `span.math-core-serif-font`, and links
  `a[href^="#eq-"]` to equations; `mtext` takes the font of the page's text.
- `code.math-error`: the source of a formula that could not be rendered; its `title` says why.
"""

from typing import Protocol

import msgspec


class Snippet(msgspec.Struct, frozen=True):
    r"""One formula in document order: the author's exact LaTeX without its delimiters, and whether it is a display.

    `label`: one that stands beside the formula, as `{#eq-x}` does; it counts like a `\label` at its end.
    """

    latex: str
    display: bool
    label: str = ""


class Problem(msgspec.Struct, frozen=True):
    """A mistake inside a formula: `code` is a key of CODES, `offset` and `length` count characters of its LaTeX.

    `label`: which one a `label-unknown` is about.
    """

    code: str
    message: str
    offset: int = 0
    length: int = 1
    hint: str = ""
    label: str = ""


class Rendered(msgspec.Struct, frozen=True):
    r"""A rendered formula: `html` is one `<math>` element, `<code class="math-error">`, or empty (only definitions).

    `engine` is "math-core", "katex", "source" (left to the browser), "macros" (only definitions) or "" (not rendered).
    `numbers` are the numbers or tags shown, in row order, `labels` the labels defined here, in row order and last
    those of rows without a number.
    A display in the middle of a sentence (`$x \tag{1}$`) may come from a Snippet that is none.
    """

    html: str
    engine: str
    numbers: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Rendering(msgspec.Struct, frozen=True):
    """All formulas of a note: one Rendered for each Snippet; `labels`: label -> number as shown, without parentheses.

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
