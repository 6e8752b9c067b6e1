r"""Titles and headings that name parts of other notes, `# After \cref{thm-x}`: filled in before notes are linked."""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape

import msgspec

from notegen.link.targets.find import name_key
from notegen.link.targets.index import stem_of
from notegen.model.note import BlockLabel, Note
from notegen.model.strings import ContentPath, Html
from notegen.text.html import SENTENCE_MARK, marked_names
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"<annotation[^<>]*>[^<>]*</annotation>|<[^<>]*>")


def with_named_titles(notes: Sequence[Note]) -> Sequence[Note]:
    """Return notes whose titles and headings show what their references lead to; else, or with several, as written.

    LaTeX's references in titles to what nothing or several have are no holes: they are told, see unknown_labels.py.
    """
    if not any(map(_names_others, notes)):
        return notes
    labels: dict[tuple[str, str], list[BlockLabel]] = {}  # by the name of a note, or "", and a label
    for note in notes:
        for label, block in _labels(note).items():
            for name in ("", name_key(stem_of(ContentPath(note.path)))):
                labels.setdefault((name, label), []).append(block)
    return [_named(note, labels) if _names_others(note) else note for note in notes]


def _names_others(note: Note) -> bool:
    return bool(note.marked.title) or any(heading.marked for heading in note.headings)


def _labels(note: Note) -> Mapping[str, BlockLabel]:
    equations = {name: BlockLabel("", f"({number})", number) for name, number in note.labels.items()}
    return {**equations, **note.block_labels}


def _named(note: Note, labels: Mapping[tuple[str, str], Sequence[BlockLabel]]) -> Note:
    of_note, missing = _labels(note), set[str]()

    def shown(mark: re.Match[str]) -> str:
        target, fragment, label, form = marked_names(mark)
        name, fragment = name_key(target.rpartition("/")[2].removesuffix(".md")), fragment.removeprefix("^")
        blocks = [of_note[fragment]] if not target and fragment in of_note else labels.get((name, fragment), [])
        if len(blocks) == 1:
            return blocks[0].shown(form)
        missing.add(fragment)
        return escape(label or target or fragment, quote=False)

    headings = tuple(
        msgspec.structs.replace(item, html=Html(SENTENCE_MARK.sub(shown, item.marked))) if item.marked else item
        for item in note.headings
    )
    if not note.marked.title:
        return msgspec.structs.replace(note, headings=headings)
    missing.clear()  # those of headings are holes of the body
    html = Html(SENTENCE_MARK.sub(shown, note.marked.title_html))
    words = SENTENCE_MARK.sub(lambda mark: unescape(_TAG.sub("", shown(mark))), note.marked.title)
    unknown = tuple(
        msgspec.structs.replace(item, is_hole=False) if item.label in missing else item for item in note.unknown
    )
    return msgspec.structs.replace(note, title=words, title_html=html, headings=headings, unknown=unknown)
