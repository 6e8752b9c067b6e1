"""Which notes refer to a note, and with which sentence."""

from collections.abc import Iterable, Mapping

from notegen.link.bodies.sentences import sentence_filler
from notegen.link.targets.note_links import NoteLinks
from notegen.model.body import Bibliography
from notegen.model.note import Note
from notegen.model.site import Backlink, Link
from notegen.model.strings import ContentPath, Html


def backlinks(
    links: Mapping[ContentPath, NoteLinks],
    notes: Mapping[ContentPath, Note],
    names: Mapping[ContentPath, Link],
    bibliography: Bibliography,
    partners: Mapping[ContentPath, Mapping[str, ContentPath]],
) -> dict[ContentPath, tuple[Backlink, ...]]:
    """Return the notes that link to or embed each note, by content path, in the order of `links`.

    `links`: where each note leads; `names`: how each is named. Of several links from one note the first with a sentence
    counts. Unlisted notes are passed by, and so are links between translations of one note: `partners`, see Translated.
    """
    referring: dict[ContentPath, dict[ContentPath, Html]] = {}
    for content_path, note_links in links.items():
        if notes[content_path].meta.hidden:
            continue
        translations = partners[content_path].values() if content_path in partners else ()
        note = notes[content_path]
        filled = sentence_filler(note, note_links, bibliography.references.get(note.path, {}))
        for target, number in note_links.mentions:
            if target in translations:
                continue
            sentences = referring.setdefault(target, {})
            if number >= 0 and not sentences.get(content_path):
                sentences[content_path] = filled(note.backlink_excerpts[number])
            sentences.setdefault(content_path, Html(""))
    return {
        target: tuple(Backlink(names[content_path], html) for content_path, html in sentences.items())
        for target, sentences in referring.items()
    }


def mentions(
    links: Mapping[ContentPath, NoteLinks], notes: Mapping[ContentPath, Note], names: Mapping[ContentPath, Link]
) -> dict[ContentPath, tuple[Link, ...]]:
    """Return the notes that each refers to, each once, in the order of its text."""
    targets = {
        path: dict.fromkeys(target for target, _ in links_of.mentions if target != path)
        for path, links_of in links.items()
    }
    return {
        path: tuple(names[target] for target in targets_of if target in names and not notes[target].meta.hidden)
        for path, targets_of in targets.items()
        if targets_of
    }


def renamed(known: Iterable[Backlink], before: Link, after: Link) -> tuple[Backlink, ...]:
    """Return backlinks in which a note that was named `before` is named `after`."""
    return tuple(Backlink(after, entry.context_html) if entry.link == before else entry for entry in known)


def requoted(known: Iterable[Backlink], again: Iterable[Backlink]) -> tuple[Backlink, ...]:
    """Return backlinks in which those that are made `again` stand in the places of the same notes' older ones."""
    new = {entry.link: entry for entry in again}
    return tuple(new.get(entry.link, entry) for entry in known)
