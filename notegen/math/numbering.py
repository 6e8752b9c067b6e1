r"""Which rows of a formula are numbered, what they are called, and where its references point.

The rules are those of amsmath with MathJax's habits: `equation` and `multline` have one number, every row of `align`,
`gather`, `alignat`, `flalign` and `eqnarray` has its own, starred forms have none, `\tag` replaces a number and does not
count, `\notag` takes it away. A row with a `\label` is numbered even where rows are not (`$$…$$`, `align*`): its author
means to refer to it. An empty last row, after a final `\\`, is dropped.
"""

from collections.abc import Callable, Sequence

import msgspec

from notegen.math.tokens import Token, read_argument, read_bracket, spell

_ROWWISE = frozenset({"align", "gather", "alignat", "flalign", "eqnarray"})
_NUMBERED = _ROWWISE | {"equation", "multline"}
_RENAMED = {"flalign": "align", "eqnarray": "align"}


class Row(msgspec.Struct):
    """A row while it is read; afterwards it is numbered when `tag` or `number` is set."""

    automatic: bool
    start: int = 0  # where the row begins in the output
    labels: list[tuple[str, Token]] = []
    tag: list[Token] | None = None
    starred: bool = False
    silent: bool = False
    number: int = 0


class Reference(msgspec.Struct, frozen=True):
    r"""`\ref` or (with `parentheses`) `\eqref` to a label, and its place in the author's formula."""

    label: str
    parentheses: bool
    token: Token


class Structure(msgspec.Struct, frozen=True):
    r"""A formula whose rows are known.

    In `tokens` the numbered row k carries `\tag*{MtkM}`, the reference k is `\text{MrkM}`, where M is the marker; numbered
    environments are starred. `anchors` are the labels of rows without a number.
    """

    tokens: list[Token]
    display: bool
    rows: tuple[Row, ...]
    references: tuple[Reference, ...]
    anchors: tuple[tuple[str, Token], ...]
    counter: int


def find_structure(tokens: Sequence[Token], *, display: bool, number_all: bool, counter: int, marker: str) -> Structure:
    """Read the rows of a formula; `counter` is the last number given before it."""
    walk = _Walk(tokens, marker, counter)
    while walk.stack:
        token = walk.stack.pop()
        handler = _HANDLERS.get(token.text) or _HANDLERS.get(token.text.partition("{")[0])
        if handler is None:
            walk.depth += {"{": 1, "}": -1}.get(token.text, 0)
            walk.output.append(token)
        else:
            handler(walk, token)
    display = display or bool(walk.rows) or walk.loose.tag is not None
    _finish_loose(walk, display=display, number_all=number_all)
    anchors = (*walk.anchors, *(() if walk.loose in walk.rows else walk.loose.labels))
    return Structure(walk.output, display, tuple(walk.rows), tuple(walk.references), anchors, walk.counter)


class _Walk:
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
            self.counter += 1
            row.number = self.counter
        mark = f"{self.marker}t{len(self.rows)}{self.marker}"
        self.output.append(Token(rf"\tag*{{{mark}}}", place.start, place.end))
        self.rows.append(row)

    def is_empty(self, row: Row) -> bool:
        """True when nothing stands in `row` so far."""
        blank = all(token.text.isspace() for token in self.output[row.start :])
        return blank and not row.labels and row.tag is None


def _begin(walk: _Walk, token: Token) -> None:
    name = token.text[7:-1]
    base = name.removesuffix("*")
    if walk.top and base in _NUMBERED and token.text.endswith("}"):
        starred = name.endswith("*")
        walk.output.append(Token(rf"\begin{{{_RENAMED.get(base, base)}*}}", token.start, token.end))
        loose, walk.loose = walk.loose, Row(automatic=False)
        walk.row = Row(not starred, len(walk.output), loose.labels, loose.tag, loose.starred, loose.silent)
        walk.columns = 0
        walk.numbered = True
    else:
        walk.output.append(token)
    walk.environments.append(name)


def _end(walk: _Walk, token: Token) -> None:
    name = token.text[5:-1]
    base = name.removesuffix("*")
    if walk.level and walk.row is not None and walk.environments[-1] == name:
        row = walk.row
        if walk.is_empty(row) and base in _ROWWISE and _drop_break(walk):
            walk.row = None
        else:
            if base == "equation":
                _gather(walk, row.start, token)
            walk.finish(row, token)
        walk.row = None
        walk.last = walk.rows[-1] if walk.rows else None
        token = Token(rf"\end{{{_RENAMED.get(base, base)}*}}", token.start, token.end)
    if walk.environments:
        walk.environments.pop()
    walk.output.append(token)


def _drop_break(walk: _Walk) -> bool:
    r"""Take a `\\` with nothing behind it out of the output; false when there is none."""
    index = len(walk.output)
    while index and walk.output[index - 1].text.isspace():
        index -= 1
    if not index or walk.output[index - 1].text != r"\\":
        return False
    del walk.output[index - 1 :]
    return True


def _break(walk: _Walk, token: Token) -> None:
    if walk.level and walk.row is not None and walk.environments[0].removesuffix("*") in _ROWWISE:
        if not walk.is_empty(walk.row):
            walk.finish(walk.row, token)
        automatic = walk.row.automatic
        walk.output.append(token)
        _spacing(walk)
        walk.row = Row(automatic, len(walk.output))
        walk.columns = 0
        return
    walk.breaks = walk.breaks or walk.top or (walk.level and walk.environments[0].startswith("equation"))
    walk.output.append(token)


def _spacing(walk: _Walk) -> None:
    r"""Drop the space of `\\[2pt]`, so that an empty row after it is seen as empty; rows keep their even distance."""
    if walk.stack and walk.stack[-1].text == "[":
        read_bracket(walk.stack)


def _column(walk: _Walk, token: Token) -> None:
    """`a &=& b` of eqnarray has one alignment point in align."""
    if walk.top or walk.level:
        walk.columns += 1
        walk.ampersand = walk.ampersand or walk.top or walk.environments[0].startswith("equation")
        if walk.environments and walk.environments[0].startswith("eqnarray") and walk.columns % 2 == 0:
            return
    walk.output.append(token)


def _current(walk: _Walk) -> Row:
    return walk.row or walk.last or walk.loose


def _label(walk: _Walk, token: Token) -> None:
    argument = read_argument(walk.stack)
    if argument is None:
        walk.output.append(token)
        return
    end = argument[-1].end + 1 if argument else token.end
    row = _current(walk)
    row.labels = [*row.labels, (spell(argument).strip(), Token(token.text, token.start, end))]


def _tag(walk: _Walk, token: Token) -> None:
    starred = bool(walk.stack) and walk.stack[-1].text == "*"
    if starred:
        walk.stack.pop()
    argument = read_argument(walk.stack)
    if argument is None:
        walk.output.append(token)
        return
    row = walk.row or walk.loose
    row.tag, row.starred = argument, starred


def _notag(walk: _Walk, _token: Token) -> None:
    (walk.row or walk.loose).silent = True


def _reference(walk: _Walk, token: Token) -> None:
    argument = read_argument(walk.stack)
    if argument is None:
        walk.output.append(token)
        return
    end = argument[-1].end + 1 if argument else token.end
    place = Token(token.text, token.start, end)
    mark = f"{walk.marker}r{len(walk.references)}{walk.marker}"
    walk.output.append(Token(rf"\text{{{mark}}}", token.start, end))
    walk.references.append(Reference(spell(argument).strip(), token.text == r"\eqref", place))


def _gather(walk: _Walk, start: int, place: Token) -> None:
    r"""Rows broken by `\\` without an alignment stand centred below one another, as readers of KaTeX's output expect."""
    if not walk.breaks:
        return
    walk.breaks = False
    if _drop_break(walk) and not any(token.text == r"\\" for token in walk.output[start:]):
        return
    if not walk.ampersand:
        walk.output.insert(start, Token(r"\begin{gathered}", place.start, place.end))
        walk.output.append(Token(r"\end{gathered}", place.start, place.end))


def _finish_loose(walk: _Walk, *, display: bool, number_all: bool) -> None:
    """Number a plain display: with a tag, with a label, or when all displays are numbered."""
    if not display or walk.row is not None or walk.depth or walk.environments:
        return
    place = Token("", 0, 1)
    row = walk.loose
    if not walk.numbered:
        _gather(walk, 0, place)
    row.automatic = number_all and not walk.numbered and not walk.is_empty(row)
    if row.tag is None and (row.silent or not (row.automatic or row.labels)):
        return
    if walk.numbered:  # a tag or label behind the environment, which has its numbers already
        return
    walk.output.insert(0, Token(r"\begin{equation*}", 0, 1))
    walk.finish(row, place)
    walk.output.append(Token(r"\end{equation*}", 0, 1))


_HANDLERS: dict[str, Callable[[_Walk, Token], None]] = {
    r"\begin": _begin,
    r"\end": _end,
    r"\\": _break,
    "&": _column,
    r"\label": _label,
    r"\tag": _tag,
    r"\notag": _notag,
    r"\nonumber": _notag,
    r"\ref": _reference,
    r"\eqref": _reference,
}
