r"""Which rows of a formula are numbered, what they are called, and where its references point.

The rules are those of amsmath with MathJax's habits: `equation` and `multline` have one number, every row of `align`,
`gather`, `alignat`, `flalign` and `eqnarray` has its own (in `subequations` 1a, 1b, …), starred forms have none, `\tag`
replaces a number and does not count, `\notag` takes it away. A row with a `\label` is numbered even where rows are not
(`$$…$$`, `align*`): its author means to refer to it. An empty last row, after a final `\\`, is dropped.
"""

from collections.abc import Callable, Sequence

from notegen.math.latex.row_spacing import split_break
from notegen.math.latex.tokens import Token, read_argument, spell
from notegen.math.numbering.rows import Reference, Row, Structure, Walk

_ROWWISE = frozenset({"align", "gather", "alignat", "flalign", "eqnarray"})
_NUMBERED = _ROWWISE | {"equation", "multline"}
_SHARED = "subequations"  # its rows share a number and have letters
_RENAMED = {"flalign": "align", "eqnarray": "align"}


def find_structure(tokens: Sequence[Token], *, display: bool, number_all: bool, counter: int, marker: str) -> Structure:
    """Read the rows of a formula; `counter` is the last number given before it."""
    walk = Walk(tokens, marker, counter)
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
    parents = tuple(walk.parents)
    return Structure(walk.output, display, tuple(walk.rows), tuple(walk.references), anchors, walk.counter, parents)


def _begin(walk: Walk, token: Token) -> None:
    name = token.text[7:-1]
    base = name.removesuffix("*")
    if name == _SHARED and walk.top and not walk.subequation:
        walk.counter += 1
        walk.subequation = 1
        return
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


def _end(walk: Walk, token: Token) -> None:
    name = token.text[5:-1]
    base = name.removesuffix("*")
    if name == _SHARED and walk.top and walk.subequation:
        walk.subequation = 0
        walk.last = None
        return
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


def _drop_break(walk: Walk) -> bool:
    r"""Take a `\\` with nothing behind it out of the output; false when there is none."""
    index = len(walk.output)
    while index and walk.output[index - 1].text.isspace():
        index -= 1
    if not index or walk.output[index - 1].text != r"\\":
        return False
    del walk.output[index - 1 :]
    return True


def _break(walk: Walk, token: Token) -> None:
    broken = split_break(token, walk.marker)
    broken = broken[:1] if _ends(walk) else broken  # space below the last row would be space below the formula
    if walk.level and walk.row is not None and walk.environments[0].removesuffix("*") in _ROWWISE:
        if not walk.is_empty(walk.row):
            walk.finish(walk.row, token)
        automatic = walk.row.automatic
        walk.output.extend(broken)
        walk.row = Row(automatic, len(walk.output))
        walk.columns = 0
        return
    walk.breaks = walk.breaks or walk.top or (walk.level and walk.environments[0].startswith("equation"))
    walk.output.extend(broken)


def _ends(walk: Walk) -> bool:
    """True when nothing follows in the table, or in the formula."""
    following = next((token.text for token in reversed(walk.stack) if not token.text.isspace()), "")
    return following in {"", "}"} or following.startswith(r"\end{")


def _column(walk: Walk, token: Token) -> None:
    """`a &=& b` of eqnarray has one alignment point in align."""
    if walk.top or walk.level:
        walk.columns += 1
        walk.ampersand = walk.ampersand or walk.top or walk.environments[0].startswith("equation")
        if walk.environments and walk.environments[0].startswith("eqnarray") and walk.columns % 2 == 0:
            return
    walk.output.append(token)


def _current(walk: Walk) -> Row:
    return walk.row or walk.last or walk.loose


def _label(walk: Walk, token: Token) -> None:
    if (named := _named(walk, token)) is None:
        return
    if walk.subequation == 1 and walk.top:  # before the first row: of all of them
        walk.parents.append((str(walk.counter), *named))
        return
    row = _current(walk)
    row.labels = [*row.labels, named]


def _named(walk: Walk, token: Token) -> tuple[str, Token] | None:
    """Return the label in the braces behind a command, and the place of both; without braces the command stays."""
    argument = read_argument(walk.stack)
    if argument is None:
        walk.output.append(token)
        return None
    end = argument[-1].end + 1 if argument else token.end
    return spell(argument).strip(), Token(token.text, token.start, end)


def _tag(walk: Walk, token: Token) -> None:
    starred = bool(walk.stack) and walk.stack[-1].text == "*"
    if starred:
        walk.stack.pop()
    argument = read_argument(walk.stack)
    if argument is None:
        walk.output.append(token)
        return
    row = walk.row or walk.loose
    row.tag, row.starred = argument, starred


def _notag(walk: Walk, _token: Token) -> None:
    (walk.row or walk.loose).silent = True


def _reference(walk: Walk, token: Token) -> None:
    if (named := _named(walk, token)) is None:
        return
    label, place = named
    mark = f"{walk.marker}r{len(walk.references)}{walk.marker}"
    walk.output.append(Token(rf"\text{{{mark}}}", place.start, place.end))
    walk.references.append(Reference(label, token.text, place))


def _gather(walk: Walk, start: int, place: Token) -> None:
    r"""Rows broken by `\\` without an alignment stand centred below one another, as KaTeX shows them."""
    if not walk.breaks:
        return
    walk.breaks = False
    if _drop_break(walk) and not any(token.text == r"\\" for token in walk.output[start:]):
        return
    if not walk.ampersand:
        walk.output.insert(start, Token(r"\begin{gathered}", place.start, place.end))
        walk.output.append(Token(r"\end{gathered}", place.start, place.end))


def _finish_loose(walk: Walk, *, display: bool, number_all: bool) -> None:
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


_HANDLERS: dict[str, Callable[[Walk, Token], None]] = {
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
    r"\cref": _reference,
    r"\Cref": _reference,
    r"\autoref": _reference,
}
