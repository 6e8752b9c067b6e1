"""The places of one note that links may name: ids, heading texts, labels of equations and boxes; and their words."""

import unicodedata
from html import escape
from urllib.parse import unquote

import msgspec

from notegen.math.ids import anchor_id
from notegen.model.note import BlockLabel, Note
from notegen.model.strings import Html


class Anchors(msgspec.Struct, frozen=True):
    """`ids` of a note; `labels`: label -> id; `words`: id -> HTML of a link; `numbered`: id -> what has a label.

    `names`: heading texts, these as written, and ids -> id, folded by each function of FOLDS in turn.
    """

    ids: frozenset[str]
    labels: dict[str, str]
    words: dict[str, Html]
    numbered: dict[str, BlockLabel]
    names: tuple[dict[str, str], ...]


def anchors_of(note: Note) -> Anchors:
    """Return the places of a note. Of equal texts the first counts, headings before other ids."""
    ids = frozenset(note.anchors)
    labels: dict[str, str] = {}
    numbered: dict[str, BlockLabel] = {}
    for label, number in note.labels.items():
        anchor = anchor_id(label)
        if anchor in ids:
            labels[label] = anchor
            numbered.setdefault(anchor, BlockLabel(anchor, f"({number})" if number else "", number))
    for label, box in note.block_labels.items():
        labels.setdefault(label, box.anchor)
        numbered.setdefault(box.anchor, box)
    words = {anchor: box.shown("") for anchor, box in numbered.items()}
    for anchor, text in note.block_words.items():
        words.setdefault(anchor, Html(escape(text)))
    named = [(heading.text, heading.id) for heading in note.headings]
    named += [(heading.source, heading.id) for heading in note.headings if heading.source]
    named += [(anchor, anchor) for anchor in note.anchors]
    sections = ((heading.id, heading.html) for heading in note.headings)
    words.update((anchor, html) for anchor, html in sections if not (anchor in numbered and numbered[anchor].number))
    names = tuple({fold(text): anchor for text, anchor in reversed(named)} for fold in FOLDS)
    return Anchors(ids, labels, words, numbered, names)


def find_anchor(anchors: Anchors, fragment: str) -> str:
    """Return the id that a fragment (without its #) names, or "".

    Ids as they are, labels (`eq:elbo`, `thm:bayes`), block ids (`^eq-f`), and Obsidian's heading texts, of which only
    the last counts (`Part A#Part B`), are understood; so are ids as other programs make them (`Part-A/B`).
    """
    name = unquote(fragment)
    candidates = dict.fromkeys((name, name.removeprefix("^"), name.rpartition("#")[2]))
    for candidate in candidates:
        anchor = anchors.labels.get(candidate) or (candidate if candidate in anchors.ids else "")
        if anchor:
            return anchor
    for fold, names in zip(FOLDS, anchors.names, strict=True):
        for candidate in candidates:
            folded = fold(candidate)
            if folded and folded in names:
                return names[folded]
    return ""


def _same_case(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split())).casefold()


def _unmarked(text: str) -> str:
    """Leave out the punctuation that Obsidian drops from links."""
    return "".join(char for char in _same_case(text) if char not in "#^|[]:\\")


def _letters(text: str) -> str:
    return "".join(char for char in _same_case(text) if char.isalnum())


def _from_first_letter(text: str) -> str:
    """Leave out all before the first letter, as Pandoc and Quarto do (Pandoc's manual, `auto_identifiers`)."""
    return _letters(text).lstrip("0123456789")


FOLDS = (_same_case, _unmarked, _letters, _from_first_letter)


def is_label(note: Note, name: str) -> bool:
    """Return whether a name is one that the author of a note gave to a place in it, not what is made of a heading."""
    if name in note.block_labels or name in note.labels:
        return True
    return name in note.anchors and all(heading.id != name for heading in note.headings)
