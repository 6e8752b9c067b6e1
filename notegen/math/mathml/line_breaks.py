r"""Where a line may end inside a formula: its top row becomes rows of its own, between which style sheets may break.

Browsers break no line inside `<math>`, but CSS may lay rows out like words: of `<math class="lines">` the children of
the top row are parts, and a part that is `<mrow class="parts">` has parts of its own, for lines that it is too long
for. Without a style sheet it looks as ever: an operator at an edge of a part has the form that it had in the whole row.
The places are TeX's (The TeXbook, chapter 18): in a line of text behind relations and signs between terms, here behind
commas too; in a display before them, as the AMS does, and inside of long brackets where nothing else helps. Nothing
parts inside of fractions, tables and brackets that grow with what they hold; a number stays with its power of ten.
In a line of text all parts but the last stand in a row of their own: no line ends between the last and what follows.
"""

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter

import msgspec

from notegen.text.patterns import lazy_regex

# A leaf; an element of leaves alone; a tag.
_PIECE = lazy_regex(
    r"<(m[oin]|mtext)\b([^<>]*)>([^<]*)</\1>"
    r"|<(?P<flat>m[a-z]+)\b[^<>]*>(?P<inside>(?:<m[oin]\b[^<>]*>[^<]*</m[oin]>)++)</(?P=flat)>"
    r"|<(?P<closing>/?)(?P<tag>[a-z]++)(?P<rest>[^<>]*+)>"
)
_BASE = lazy_regex(r"<mo([^<>]*)>([^<]*)</mo>(</mrow>)?")
_LAST = lazy_regex(r"<mo([^<>]*)>([^<]*)</mo>\Z")
_BREAKING = lazy_regex(r'<mo[^<>]*>(?:[^\w()\[\]{}|‖]|&[lg]t;)</mo>|<mspace width="[12]em"')
_ROW = lazy_regex(r"<m(?:row|style)\b[^<>]*>")
NUMBERED = r'<mtable [^<>]*style="width: 100%"[^<>]*><mtr><mtd style="width: 50%"></mtd><mtd>'  # an equation
_NUMBERED = lazy_regex(NUMBERED)
_LAST_CELL = "</mtd><mtd "
_POWER = lazy_regex(r"(?:<mo[^<>]*>[×·⋅]</mo>)?<msup><mn>10</mn>")
_TIMES = ("×</mo>", "·</mo>", "⋅</mo>")
_ALONE = lazy_regex(r"<(m[in])\b[^<>]*>[^<]*</\1>|<mspace[^<>]*/>")
# At the edge of a row they would be signs of numbers; other operators have one form alone.
_TWO_FORMS = lazy_regex(r"\A<mo>(?=[+\-−±∓]</mo>)")
_INFIX = '<mo form="infix">'
_RELATION = lazy_regex("[=:≔∈∉∋∝∼∽≀-⊊⊏-⊒⊢-⊭⋍⋐⋑⋖-⋭←↑→↓↔↦↩↪⇌-⇔⇝⟵-⟿⩽⩾⪅-⪌⪕⪖⪯-⪺]|&[lg]t;")
_KINDS = (
    dict.fromkeys("+−-±∓×÷⋅·∗∘∙⊕⊖⊗⊘⊙∪∩∧∨⊎⊓⊔∖⋆", "sign")
    | dict.fromkeys(",;", "mark")
    | dict.fromkeys("([{⟨⌈⌊⟦", "open")
    | dict.fromkeys(")]}⟩⌉⌋⟧", "close")
    | dict.fromkeys("|‖∥", "bar")
)
_UNARY = 'lspace="0" rspace="0"'
_QUAD = ('<mspace width="1em"', '<mspace width="2em"')
_LONGEST = 120  # characters of an operator's MathML that is looked at
_LEAST_MATHML = 60  # characters of the MathML of a formula with a place to break at
_SHORT = 5  # signs: a formula of fewer stays whole
_LEAST = 2  # signs of a part
_LEFT_SIDE = 6  # signs: a left side of fewer stays with its relation
_LONG = 8  # signs between two relations, from which terms may part
_WIDE = 24  # signs in brackets that may part
_DEEPEST = 3  # brackets in brackets
_QUADS, _RELATIONS, _TERMS, _INSIDE = range(4)  # ranks of places; in brackets in brackets the next ones


class _Item(msgspec.Struct, frozen=True):
    """A child of the row: where it stands, its letters and signs, and what it is.

    `kind`: "relation", "sign" (between terms), "mark" (a comma), "open", "close", "bar", "space", "quad", "text" or
    "term". `inside`: what brackets hold.
    """

    start: int
    end: int
    signs: int
    kind: str
    inside: Sequence["_Item"] = ()


class _Cut(msgspec.Struct, frozen=True):
    """A place to break at: its offset, the signs before it, and its rank; lines end at low ranks first."""

    offset: int
    signs: int
    rank: int


def with_line_breaks(mathml: str, *, display: bool) -> str | None:
    """Return a formula's MathML, one element, in parts; None where no line of it may end inside. Time is linear."""
    if len(mathml) < _LEAST_MATHML or not _BREAKING.search(mathml):
        return None
    start, end = _row(mathml, display=display)
    items = _outside_of_brackets(_children(mathml, start, end)) if end else []
    signs = sum(item.signs for item in items)
    if signs < _SHORT:
        return None
    chosen = _of_display(items, signs) if display else _of_line(list(_behind_signs(items)), signs)
    chosen = [cut for cut in chosen if not _before_power(mathml, cut.offset)]
    if not chosen:
        return None
    parts = _parts(mathml, (start, end), chosen, (start, end))
    if not display:
        parts = [f"<mrow>{''.join(parts[:-1])}</mrow>", parts[-1]]
    return f"{mathml[:start]}{''.join(parts)}{mathml[end:]}"


def parted_cell(mathml: str, start: int, end: int) -> tuple[str, int]:
    """Return the content of a cell of a display in parts, elements of their own, and its signs."""
    items = _outside_of_brackets(_children(mathml, start, end))
    signs = sum(item.signs for item in items)
    chosen = [cut for cut in _of_display(items, signs) if not _before_power(mathml, cut.offset)]
    return "".join(_parts(mathml, (start, end), chosen, (start, end))) if start < end else "", signs


def _row(mathml: str, *, display: bool) -> tuple[int, int]:
    """Return where the content of the top row begins and ends; of a numbered equation that of its cell; else 0, 0."""
    if row := _ROW.match(mathml):
        return row.end(), mathml.rindex("</")
    if display and (cell := _NUMBERED.match(mathml)):
        return cell.end(), max(0, mathml.rfind(_LAST_CELL))
    return 0, 0


def _children(mathml: str, start: int, end: int) -> list[_Item]:
    """Return the children of the row; none where it is not one, but several cells."""
    items: list[_Item] = []
    depth = signs = first = 0
    kind = ""
    for piece in _PIECE.finditer(mathml, start, end):
        if not piece["tag"] or piece["rest"].endswith("/"):
            count = _signs(piece)
            signs += count
            if not depth:
                items.append(_Item(piece.start(), piece.end(), count, _of_whole(piece)))
        elif piece["closing"]:
            depth -= 1
            if depth < 0:
                return []
            if not depth:
                last = _of_last(piece["tag"], mathml[max(first, piece.start() - _LONGEST) : piece.start()])
                items.append(_Item(first, piece.end(), signs, last or kind))
        else:
            if not depth:
                first, signs = piece.start(), 0
                kind = _of_element(piece["tag"], mathml[piece.end() : piece.end() + _LONGEST])
            depth += 1
    return [] if depth else items


def _signs(piece: re.Match[str]) -> int:
    """Return the signs of an element that is matched as a whole."""
    if text := piece[3]:
        return 1 if text[0] == "&" else len(text)
    return piece["inside"].count("</") if piece["flat"] else 0


def _of_whole(piece: re.Match[str]) -> str:
    """Return the kind of an element that is matched as a whole."""
    if leaf := piece[1]:
        return _of_leaf(leaf, piece[3], piece[2])
    if flat := piece["flat"]:
        return _of_last(flat, piece["inside"]) or _of_element(flat, piece["inside"])
    return "quad" if piece[0].startswith(_QUAD) else "space"


def _of_leaf(leaf: str, text: str, attributes: str) -> str:
    if leaf == "mo":
        return _kind(text, attributes)
    if leaf == "mtext":
        return "text" if text.strip() else "space"
    return "term"


def _of_element(name: str, inside: str) -> str:
    """Return what an element is; closing brackets carry the scripts of what they close."""
    base = _BASE.match(inside.removeprefix("<mrow>")) if name.startswith("ms") else None
    alone = base and (base[3] or not inside.startswith("<mrow>"))  # in a row of its own, or in none
    kind = _kind(base[2], base[1]) if base and alone else "term"
    return kind if kind in {"open", "close", "bar"} else "term"


def _of_last(name: str, inside: str) -> str:
    r"""Return "open" for a row that ends in an opening bracket, as that of a function's name does (`\exp\bigl(`)."""
    last = _LAST.search(inside) if name == "mrow" and inside.endswith("</mo>") else None
    return "open" if last and _kind(last[2], last[1]) == "open" else ""


def _kind(text: str, attributes: str) -> str:
    kind = _KINDS.get(text, "")
    if kind == "sign":
        return "term" if _UNARY in attributes else kind
    if kind == "bar" and 'form="' in attributes:
        return "open" if "prefix" in attributes else "close"
    return kind or ("relation" if _RELATION.match(text) else "term")


def _outside_of_brackets(children: Sequence[_Item]) -> list[_Item]:
    """Return the items, what stands in brackets together with these as one."""
    items: list[_Item] = []
    opened: list[str] = []  # the kinds of brackets that are open
    first = 0
    for index, item in enumerate(children):
        kind = item.kind
        if kind == "bar":
            kind = "close" if opened and opened[-1] == "bar" else "open"
        if kind == "open":
            first = first if opened else index
            opened.append(item.kind)
        if not opened:
            items.append(item)
            continue
        if kind == "close":
            while opened.pop() == "bar" and item.kind != "bar" and opened:
                pass  # a bar between two brackets is none
            if not opened:
                items.append(_as_one(children[first : index + 1]))
    return [*items, _as_one(children[first:])] if opened else items


def _as_one(children: Sequence[_Item]) -> _Item:
    """Return brackets with what they hold as one item."""
    signs = sum(child.signs for child in children)
    return _Item(children[0].start, children[-1].end, signs, "term", children[1:-1])


def _in_brackets(items: Sequence[_Item], rank: int = _INSIDE) -> Iterator[_Cut]:
    """Yield the places in long brackets."""
    for item in items:
        if item.signs > _WIDE and item.inside and rank < _INSIDE + _DEEPEST:
            inside = _outside_of_brackets(item.inside)
            cuts = list(_before_signs(inside))
            between = [cut for cut in cuts if cut.rank != _RELATIONS]
            yield from (_Cut(cut.offset, 0, rank) for cut in between or cuts)
            yield from _in_brackets(inside, rank + 1)


def _before_power(mathml: str, offset: int) -> bool:
    """Return whether a place is at the sign between a number and its power of ten."""
    power = _POWER.match(mathml, offset)
    return power is not None and (power[0].startswith("<mo") or mathml.endswith(_TIMES, 0, offset))


def _behind_signs(items: Sequence[_Item]) -> Iterator[_Cut]:
    """Yield the places in a line of text: where something begins behind a relation, sign, comma or wide space."""
    signs = 0
    behind = seen = False
    for item in items:
        if item.kind in {"term", "open"} and behind:
            yield _Cut(item.start, signs, _RELATIONS)
        if item.kind == "quad":
            behind = True
        elif item.kind != "space":
            behind = (seen or behind) and item.kind in {"relation", "sign", "mark"}
            seen = item.kind in {"term", "text"} or (seen and item.kind == "mark")
        signs += item.signs


def _before_signs(items: Sequence[_Item]) -> Iterator[_Cut]:
    """Yield the places in a display: before relations and signs between terms, behind commas, around wide spaces."""
    signs, spaces = 0, -1
    before = ""  # the kind of what stands before, spaces aside
    for item in items:
        kind = "term" if item.kind == "text" else item.kind
        if kind == "space":
            spaces = item.start if spaces < 0 else spaces
            continue
        begins = item.start if spaces < 0 else spaces
        if kind == "quad" and before:
            yield _Cut(begins, signs, _QUADS)
            yield _Cut(item.end, signs, _QUADS)
        elif kind == "relation" and before == "term":
            yield _Cut(begins, signs, _RELATIONS)
        elif kind == "sign" and before == "term":
            yield _Cut(begins, signs, _TERMS)
        elif kind == "term" and before == "mark":
            yield _Cut(item.start, signs, _TERMS)
        before, spaces = ("" if kind == "quad" else kind), -1
        signs += item.signs


def _of_line(cuts: Sequence[_Cut], signs: int) -> list[_Cut]:
    """Return the places that leave no part too short."""
    chosen: list[_Cut] = []
    for cut in cuts:
        if cut.signs - (chosen[-1].signs if chosen else 0) >= _LEAST and signs - cut.signs >= _LEAST:
            chosen.append(cut)
    return chosen


def _of_display(items: Sequence[_Item], signs: int) -> list[_Cut]:
    """Return the places at relations behind left sides that are long, at wide spaces, between terms and in brackets."""
    chosen: list[_Cut] = []
    side = 0  # where the left side begins, in signs
    first = True
    for cut in _before_signs(items):
        if cut.rank == _QUADS:
            side, first = cut.signs, True
        elif cut.rank == _RELATIONS:
            short, first = first and cut.signs - side < _LEFT_SIDE, False
            if short:
                continue
        chosen.append(cut)
    inside = _in_brackets(items) if len(items) > 1 else ()  # brackets that are all of a formula may be such that grow
    return sorted([*chosen, *inside], key=attrgetter("offset")) if signs > _LONG else []


def _parts(mathml: str, place: tuple[int, int], cuts: Sequence[_Cut], row: tuple[int, int]) -> list[str]:
    """Return the parts of a stretch of the row, cut at the widest of its places; what is left of them parts again."""
    widest = min((cut.rank for cut in cuts), default=_TERMS)
    parts: list[str] = []
    left = place[0]
    inner: list[_Cut] = []
    for cut in (*cuts, _Cut(place[1], 0, widest)):
        if cut.rank != widest:
            inner.append(cut)
            continue
        right = cut.offset
        if inner:
            parts.append(f'<mrow class="parts">{"".join(_parts(mathml, (left, right), inner, row))}</mrow>')
        elif left < right:
            parts.append(_part(mathml[left:right], first=left == row[0], last=right == row[1]))
        left, inner = right, []
    return parts


def _part(text: str, *, first: bool, last: bool) -> str:
    """Return a part as one element; `first`, `last`: whether it begins or ends the row."""
    if not last and text.endswith("</mo>"):
        start = text.rindex("<mo")
        text = text[:start] + _TWO_FORMS.sub(_INFIX, text[start:])
    if not first and text.startswith("<mo"):
        text = _TWO_FORMS.sub(_INFIX, text, count=1)
    if "<mtext" in text and "<mo" in text and "<mi" not in text and "<mn" not in text:  # else all of it is a sign
        return f"<mrow>{text}<mi></mi></mrow>"
    return text if (alone := _ALONE.match(text)) and alone.end() == len(text) else f"<mrow>{text}</mrow>"
