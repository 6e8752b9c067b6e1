r"""Titles and headings that name parts of other notes, `# After \cref{thm-x}`: filled in before notes are linked."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape, unescape
from typing import NamedTuple

import msgspec

from notegen.link.addresses.translations import translations
from notegen.link.targets.find import name_key
from notegen.link.targets.index import stem_of
from notegen.model.body import Bibliography, Work
from notegen.model.config import Config
from notegen.model.note import BlockLabel, Note
from notegen.model.strings import Html
from notegen.routes.languages import content_path_of
from notegen.text.html import SENTENCE_MARK, marked_names
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"<annotation[^<>]*>[^<>]*</annotation>|<[^<>]*>")


class _Owned(NamedTuple):
    """What has a label, and the language of its note."""

    block: BlockLabel
    language: str


def with_named_titles(
    notes: Sequence[Note], published: Callable[[], Iterable[Note]], config: Config, bibliography: Bibliography
) -> Sequence[Note]:
    """Return notes whose titles and headings show what their references lead to; else, or with several, as written.

    `published`: gives those of the notes that others may name, when it is asked. LaTeX's references in titles to what
    nothing or several have are no holes: they are reported, see unknown_labels.py.
    """
    if not any(map(_names_others, notes)):
        return notes
    by_path = {content_path_of(note.path, config.content_dir): note for note in notes}
    translated = translations(by_path, config)
    tags = {
        note.path: translated[path].tag if path in translated else note.meta.lang or config.language
        for path, note in by_path.items()
    }
    labels: dict[tuple[str, str], list[_Owned]] = {}  # by the name of a note, or "", and a label
    for note in published():
        path = content_path_of(note.path, config.content_dir)
        bare = translated[path].bare if path in translated else path
        for label, block in _labels(note).items():
            for name in dict.fromkeys(("", name_key(stem_of(path)), name_key(stem_of(bare)))):
                labels.setdefault((name, label), []).append(_Owned(block, tags[note.path]))
    works = bibliography.references
    return [
        _named(note, labels, (tags[note.path], config.language), works.get(note.path, {}))
        if _names_others(note)
        else note
        for note in notes
    ]


def _names_others(note: Note) -> bool:
    return bool(note.marked.title) or any(heading.marked for heading in note.headings)


def _labels(note: Note) -> Mapping[str, BlockLabel]:
    words = {anchor: BlockLabel("", text) for anchor, text in note.block_words.items()}
    equations = {name: BlockLabel("", f"({number})", number) for name, number in note.labels.items()}
    return {**words, **equations, **note.block_labels}


def _nearest(owners: Sequence[_Owned], languages: Iterable[str]) -> list[BlockLabel]:
    """Return what is meant in a note: what stands in the first of its `languages` that has some, else everything."""
    for language in languages:
        if same := [owned.block for owned in owners if owned.language == language]:
            return same
    return [owned.block for owned in owners]


def _named(
    note: Note,
    labels: Mapping[tuple[str, str], Sequence[_Owned]],
    languages: tuple[str, str],
    works: Mapping[str, Work],
) -> Note:
    """Return a note whose titles show what they refer to, and the authors of works.

    `languages`: its own and the site's; `works`: those that it may cite, by their keys.
    """
    of_note, missing = _labels(note), set[str]()

    def shown(mark: re.Match[str]) -> str:
        names = marked_names(mark)
        if mark["form"] != "w":
            return ", ".join(works[key].authors if key in works else escape(f"@{key}", quote=False) for key in names)
        target, fragment, label, form = names
        name, fragment = name_key(target.rpartition("/")[2].removesuffix(".md")), fragment.removeprefix("^")
        is_own = not target and fragment in of_note
        blocks = [of_note[fragment]] if is_own else _nearest(labels.get((name, fragment), ()), languages)
        if len(blocks) == 1:
            return blocks[0].shown(form).replace("\N{NO-BREAK SPACE}", " ")
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
