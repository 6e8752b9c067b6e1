"""Which notes refer to a note, and with which sentence."""

from collections.abc import Iterable, Mapping

from notegen.link.targets.resolve import Resolver
from notegen.model.body import Hole, IdHole, ImageHole, SectionBoundary
from notegen.model.note import Note
from notegen.model.site import Backlink, Link

_OWN = (IdHole, SectionBoundary)


def references(note: Note) -> list[Hole]:
    """Return the holes of a note that name something outside of it."""
    return [hole for hole in note.body.holes if not isinstance(hole, _OWN) and hole.target[:1] not in {"#", ""}]


def backlinks(
    holes: Mapping[str, Iterable[Hole]], links: Mapping[str, Link], resolver: Resolver
) -> dict[str, tuple[Backlink, ...]]:
    """Return the notes that link to or embed each note, by inner path, in the order of `holes`.

    `holes`: what each note refers to, by inner path; `links`: how each is named. Of several links from one note the
    first with a sentence counts.
    """
    found: dict[str, dict[str, str]] = {}
    for inner, named in holes.items():
        excerpts = resolver.index.notes[inner].backlink_excerpts
        for hole in named:
            target = "" if isinstance(hole, ImageHole) else resolver.resolve(inner, hole).note
            if target and target != inner and not isinstance(hole, ImageHole):
                sentences = found.setdefault(target, {})
                excerpt = excerpts[hole.backlink_excerpt] if hole.backlink_excerpt >= 0 else ""
                sentences[inner] = sentences.get(inner) or excerpt
    return {
        target: tuple(Backlink(links[inner], html) for inner, html in sentences.items())
        for target, sentences in found.items()
    }


def renamed(found: Iterable[Backlink], before: Link, after: Link) -> tuple[Backlink, ...]:
    """Return backlinks in which a note that was named `before` is named `after`."""
    return tuple(Backlink(after, entry.context_html) if entry.link == before else entry for entry in found)
