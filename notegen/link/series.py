"""Series: where each note stands among the notes of its series."""

from collections.abc import Iterator, Mapping

from notegen.link.taxonomies import Taxonomy
from notegen.model.site import Link, SeriesPlace, Term


def places(series: Taxonomy, links: Mapping[str, Link]) -> dict[str, SeriesPlace]:
    """Return the place of each note in its series, by source path. `links`: how each note is named."""
    return {path: place for term in series.terms for path, place in _places(term, series.members[term.name], links)}


def _places(term: Term, paths: tuple[str, ...], links: Mapping[str, Link]) -> Iterator[tuple[str, SeriesPlace]]:
    notes = tuple(links[path] for path in paths)
    for index, path in enumerate(paths):
        previous = notes[index - 1] if index else None
        following = notes[index + 1] if index + 1 < len(notes) else None
        yield path, SeriesPlace(term, index + 1, notes, previous, following)
