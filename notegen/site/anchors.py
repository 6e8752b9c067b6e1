"""The places of one note that links may name: ids, heading texts, labels of equations and boxes; and their words."""

import unicodedata
from urllib.parse import unquote

import msgspec

from notegen.math.ids import anchor_id
from notegen.model.note import Note


class Anchors(msgspec.Struct, frozen=True):
    """`ids` of a note; `named`: folded heading text or id, or a label -> id; `words`: id -> HTML a reference shows.

    `letters`: as `named`, but only letters and digits of the text count.
    """

    ids: frozenset[str]
    named: dict[str, str]
    letters: dict[str, str]
    words: dict[str, str]


def anchors_of(note: Note) -> Anchors:
    """Return the places of a note. Of equal texts the first counts; labels come before headings."""
    ids = frozenset(note.anchors)
    named: dict[str, str] = {}
    letters: dict[str, str] = {}
    words: dict[str, str] = {}
    for label, number in note.labels.items():
        anchor = anchor_id(label)
        if anchor in ids:
            named.setdefault(label, anchor)
            words.setdefault(anchor, f"({number})" if number else "")
    for label, box in note.boxes.items():
        named.setdefault(label, box.anchor)
        words.setdefault(box.anchor, box.text)
    for heading in note.headings:
        named.setdefault(_fold(heading.text), heading.id)
        letters.setdefault(_letters(heading.text), heading.id)
        words.setdefault(heading.id, heading.html)
    for anchor in note.anchors:
        named.setdefault(_fold(anchor), anchor)
    return Anchors(ids, named, letters, words)


def find_anchor(anchors: Anchors, fragment: str) -> str:
    """Return the id that a fragment (without its #) names, or "".

    Ids as they are, labels (`eq:elbo`, `thm:bayes`), block ids (`^eq-f`), and Obsidian's heading texts, of which only
    the last counts (`Part A#Part B`), are understood; so are ids as other programs make them (`Part-A/B`).
    """
    wanted = unquote(fragment)
    for candidate in (wanted, wanted.removeprefix("^")):
        if candidate in anchors.named and candidate not in anchors.ids:
            return anchors.named[candidate]
        if candidate in anchors.ids:
            return candidate
    last = wanted.rpartition("#")[2]
    return anchors.named.get(_fold(last)) or anchors.letters.get(_letters(last) or "#", "")


def _fold(text: str) -> str:
    """Return a heading's text as links compare it: Obsidian drops some punctuation from them."""
    bare = "".join(char for char in text if not char.isspace() and char not in "#^|[]:\\")
    return unicodedata.normalize("NFKC", bare).casefold()


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
