r"""The rows of a formula, and the state of a walk over it that finds them."""

from collections.abc import Sequence

import msgspec

from notegen.math.latex.tokens import Token


class Row(msgspec.Struct):
    """A row while it is read; afterwards it is numbered when `tag` or `number` is set."""

    automatic: bool
    start: int = 0  # where the row begins in the output
    labels: list[tuple[str, Token]] = []
    tag: list[Token] | None = None
    starred: bool = False
    silent: bool = False
    number: int = 0
    letter: str = ""  # of a row of subequations

    @property
    def counted(self) -> str:
        """The number as shown, without a tag."""
        return f"{self.number}{self.letter}"


class Reference(msgspec.Struct, frozen=True):
    r"""A reference to a label, its command (`\ref`, `\eqref`, `\cref` …), its place in the author's formula."""

    label: str
    command: str
    token: Token


class Structure(msgspec.Struct, frozen=True):
    r"""A formula whose rows are known.

    In `tokens` the numbered row k carries `\tag*{MtkM}`, the reference k is `\text{MrkM}`, where M is the marker;
    numbered environments are starred. `anchors` are the labels of rows without a number, `parents` those of
    subequations with the number that its rows share.
    """

    tokens: list[Token]
    display: bool
    rows: tuple[Row, ...]
    references: tuple[Reference, ...]
    anchors: tuple[tuple[str, Token], ...]
    counter: int
    parents: tuple[tuple[str, str, Token], ...] = ()


def _letter(count: int) -> str:
    """Return a, b, … z, aa, ab, … for 1, 2, …."""
    letters = ""
    while count:
        count, digit = divmod(count - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


class Walk:
    """The state of one walk: the reversed input, the output, the open environments, the rows."""

    def __init__(self, tokens: Sequence[Token], marker: str, counter: int) -> None:
        self.stack = list(reversed(tokens))
        self.output: list[Token] = []
        self.environments: list[str] = []
        self.depth = 0  # of braces
        self.rows: list[Row] = []  # the numbered ones
        self.row: Row | None = None  # of the numbered environment we are in
        self.last: Row | None = None  # the last numbered row of an environment that is closed
        self.loose = Row(automatic=False)  # what stands outside numbered environments
        self.anchors: list[tuple[str, Token]] = []  # labels of rows without a number
        self.columns = 0
        self.subequation = 0  # in subequations one more than the rows numbered there, else 0
        self.parents: list[tuple[str, str, Token]] = []  # number, label, place
        self.numbered = False  # a numbered environment was met
        self.breaks = False
        self.ampersand = False
        self.references: list[Reference] = []
        self.marker = marker
        self.counter = counter

    @property
    def level(self) -> bool:
        """True directly inside a numbered environment."""
        return self.row is not None and len(self.environments) == 1 and self.depth == 0

    @property
    def top(self) -> bool:
        """True outside environments and braces."""
        return not self.environments and self.depth == 0

    def finish(self, row: Row, place: Token) -> None:
        """Number `row` if it is to be numbered, and put its tag out."""
        if row.tag is None and (row.silent or not (row.automatic or row.labels)):
            if row is not self.loose:
                self.anchors += row.labels
            return
        if row.tag is None:
            self._count(row)
        mark = f"{self.marker}t{len(self.rows)}{self.marker}"
        self.output.append(Token(rf"\tag*{{{mark}}}", place.start, place.end))
        self.rows.append(row)

    def _count(self, row: Row) -> None:
        """Give the next number, in subequations the next letter."""
        if self.subequation:
            row.letter = _letter(self.subequation)
            self.subequation += 1
        else:
            self.counter += 1
        row.number = self.counter

    def is_empty(self, row: Row) -> bool:
        """True when nothing stands in `row` so far."""
        blank = all(token.text.isspace() for token in self.output[row.start :])
        return blank and not row.labels and row.tag is None
