"""Sentences around links and descriptions, with what citations and references to parts of other notes show in them."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape, unescape

from notegen.link.bodies.citations import words_of
from notegen.link.targets.note_links import NoteLinks
from notegen.model.body import WikiHole, Work
from notegen.model.note import Note
from notegen.model.strings import Html
from notegen.text.cjk import shorten
from notegen.text.html import SENTENCE_MARK, has_marks, marked_names
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"<annotation[^<>]*>[^<>]*</annotation>|<[^<>]*>")


def sentence_filler(note: Note, links: NoteLinks, works: Mapping[str, Work]) -> Callable[[str], Html]:
    """Return what fills the marks in sentences of a note. `works`: those that the note may cite, by their keys."""
    words: dict[tuple[str, ...], str] = {}  # of references, made when there is one

    def shown(mark: re.Match[str]) -> str:
        names = marked_names(mark)
        if mark["form"] != "w":
            return _citation(tuple([works[key] for key in names if key in works]), names, mark["form"], note.lang)
        if not words:
            words.update(_references(note, links))
        return words.get(names) or escape(names[0] or names[2])

    return lambda html: Html(SENTENCE_MARK.sub(shown, html) if has_marks(html) else html)


@lru_cache(maxsize=4096)  # the same works are cited by many notes
def _citation(cited: tuple[Work, ...], keys: tuple[str, ...], form: str, language: str) -> str:
    """Return the mark of a citation; of one in a sentence whose works nothing knows what is written."""
    signs = words_of(language).signs
    if form == "n":
        written = ", ".join(f"@{escape(key)}" for key in keys)
        return ", ".join(f"{work.authors}{signs[0]}{work.year}{signs[1]}" for work in cited) or written
    inner = signs[3].join(signs[2].join(filter(None, (work.authors, work.year))) for work in cited)
    return f"{signs[0].strip()}{inner}{signs[1]}" if inner else ""


def _references(note: Note, links: NoteLinks) -> dict[tuple[str, ...], str]:
    """Return what references of a note show on its page, by target, fragment, label and form of their holes."""
    summary = zip(note.excerpt.holes, links.excerpt, strict=True)  # of front matter
    return {
        (hole.target, hole.fragment, hole.label, hole.form): link.words
        for hole, link in (*summary, *zip(note.body.holes, links.body, strict=True))
        if isinstance(hole, WikiHole) and not hole.html and link is not None and not link.broken
    }


def description_of(note: Note, links: NoteLinks, works: Mapping[str, Work]) -> str:
    """Return the description of a note, with what its references show, and the authors of works that it names.

    `works`: those that the note may cite, by their keys.
    """
    if not note.marked.description:
        return note.description
    words = _references(note, links)

    def shown(mark: re.Match[str]) -> str:
        names = marked_names(mark)
        if mark["form"] != "w":
            return ", ".join(_plain(works[key].authors) if key in works else f"@{key}" for key in names)
        target, fragment, label, _ = names
        return _plain(words[names]) if names in words else label or target or fragment

    return shorten(SENTENCE_MARK.sub(shown, note.marked.description))


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))
