"""What stands beside a note: the newer and the older one, its series, the notes that refer to it."""

from collections.abc import Iterator, Mapping, Sequence

from notegen.link.addresses.taxonomies import Taxonomy
from notegen.model.site import Link, NoteRef, SeriesPlace, Term

Neighbours = tuple[Link | None, Link | None]  # the newer and the older note


def as_link(ref: NoteRef) -> Link:
    """Return how a note is named where only its title is shown."""
    return Link(ref.title, ref.title_html, ref.url)


def neighbours(refs: Sequence[NoteRef]) -> dict[str, Neighbours]:
    """Return the neighbours of each note, by source path. `refs`: of all notes, newest first."""
    return {ref.path: neighbours_at(refs, number) for number, ref in enumerate(refs)}


def neighbours_at(refs: Sequence[NoteRef], number: int) -> Neighbours:
    """Return the neighbours of the note at a place among all notes, newest first."""
    newer = as_link(refs[number - 1]) if number else None
    older = as_link(refs[number + 1]) if number + 1 < len(refs) else None
    return newer, older


def places(series: Taxonomy, links: Mapping[str, Link]) -> dict[str, SeriesPlace]:
    """Return the place of each note in its series, by source path. `links`: how each note is named, by source path."""
    return {path: place for term in series.terms for path, place in _places(term, series.members[term.name], links)}


def _places(term: Term, paths: tuple[str, ...], links: Mapping[str, Link]) -> Iterator[tuple[str, SeriesPlace]]:
    notes = tuple(links[path] for path in paths)
    for index, path in enumerate(paths):
        previous = notes[index - 1] if index else None
        following = notes[index + 1] if index + 1 < len(notes) else None
        yield path, SeriesPlace(term, index + 1, notes, previous, following)
