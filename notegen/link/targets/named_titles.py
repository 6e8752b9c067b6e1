r"""Titles that name parts of other notes, `# After \cref{thm-x}`: filled in before notes are linked."""

import re
from collections.abc import Callable, Sequence
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
    """Return notes whose titles show what their references lead to; what nothing or several have as it is written."""
    if not any(note.marked.title for note in notes):
        return notes
    labels: dict[tuple[str, str], list[BlockLabel]] = {}  # by the name of a note, or "", and a label
    for note in notes:
        equations = {name: BlockLabel("", f"({number})", number) for name, number in note.labels.items()}
        for label, block in {**equations, **note.block_labels}.items():
            for name in ("", name_key(stem_of(ContentPath(note.path)))):
                labels.setdefault((name, label), []).append(block)

    def shown(mark: re.Match[str]) -> str:
        target, fragment, label, form = marked_names(mark)
        blocks = labels.get((name_key(target.rpartition("/")[2].removesuffix(".md")), fragment.removeprefix("^")), [])
        return blocks[0].shown(form) if len(blocks) == 1 else escape(label or target or fragment, quote=False)

    return [_named(note, shown) if note.marked.title else note for note in notes]


def _named(note: Note, shown: Callable[[re.Match[str]], str]) -> Note:
    words = SENTENCE_MARK.sub(lambda mark: unescape(_TAG.sub("", shown(mark))), note.marked.title)
    return msgspec.structs.replace(note, title=words, title_html=Html(SENTENCE_MARK.sub(shown, note.marked.title_html)))
