"""The labels of a note: which number each one stands for, and which id."""

from collections.abc import Mapping, Sequence

import msgspec

from notegen.math.ids import anchor_id
from notegen.math.latex.tokens import Token, spell
from notegen.math.numbering.rows import Reference, Row
from notegen.math.plain_text.text import readable
from notegen.math.prepare import Planned
from notegen.math.types import Problem
from notegen.model.note import BlockLabel


class Labels(msgspec.Struct, frozen=True):
    """All labels of a note.

    `numbers`: label -> number as shown; `anchors`: label -> id, also of rows without a number. By the index of a
    formula: `ids`, those of each of its rows and last those of the whole; `problems`, what is wrong with its labels.
    `others`: what else the note has labels for. `open`: whether another note may have what this one does not.
    """

    numbers: dict[str, str]
    anchors: dict[str, str]
    ids: dict[int, tuple[tuple[str, ...], ...]]
    problems: dict[int, tuple[Problem, ...]]
    others: Mapping[str, BlockLabel] = {}
    open: bool = False

    def other(self, label: str) -> BlockLabel | None:
        """Return what has a label that no formula has."""
        return None if label in self.anchors else self.others.get(label)

    def shown(self, reference: Reference) -> str:
        """Return what a reference shows as plain text; question marks for an unknown label."""
        other = self.other(reference.label)
        if other is not None and reference.command not in {r"\ref", r"\eqref"}:
            return other.text
        number = (other.number if other else self.numbers.get(reference.label)) or "??"
        return number if reference.command == r"\ref" else f"({number})"


def row_number(row: Row) -> str:
    """Return the number or tag of a row as plain text, without parentheses."""
    if row.tag is None:
        return row.counted
    return readable(rf"\text{{{spell(row.tag)}}}", {})


def collect_labels(formulas: Sequence[Planned], others: Mapping[str, BlockLabel], *, elsewhere: bool = False) -> Labels:
    """Gather the labels of all formulas; the first of equal ones wins, the others are `label-duplicate`."""
    labels = Labels({}, {}, {}, {}, others, open=elsewhere)
    owners: dict[str, str] = {}  # id -> label
    for index, formula in enumerate(formulas):
        groups = [(row_number(row), row.labels) for row in formula.rows] + [("", list(formula.anchors))]
        if len(groups) == 1 and not formula.anchors and not formula.parents:
            continue
        faults: list[Problem] = []
        shared = [
            name
            for number, label, place in formula.parents
            for name in _claim(number, [(label, place)], labels, owners, faults)
        ]
        *rows, whole = (_claim(number, names, labels, owners, faults) for number, names in groups)
        labels.ids[index] = (*rows, (*shared, *whole))
        if faults:
            labels.problems[index] = tuple(faults)
    return labels


def _claim(
    number: str, names: Sequence[tuple[str, Token]], labels: Labels, owners: dict[str, str], faults: list[Problem]
) -> tuple[str, ...]:
    """Enter the labels of one row; return the ids that the row gets."""
    ids = []
    for label, place in names:
        anchor = anchor_id(label)
        if anchor in owners:
            faults.append(_duplicate(label, owners[anchor], place))
        else:
            owners[anchor] = label
            ids.append(anchor)
        if label not in labels.anchors:
            labels.anchors[label] = anchor
            if number:
                labels.numbers[label] = number
    return tuple(ids)


def _duplicate(label: str, owner: str, place: Token) -> Problem:
    if label == owner:
        message = f"the label {label} is defined twice; references go to the first one"
    else:
        message = f"the labels {owner} and {label} have the same address #{anchor_id(label)}"
    return Problem("label-duplicate", message, place.start, place.end - place.start)
