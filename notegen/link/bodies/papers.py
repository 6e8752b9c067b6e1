"""Papers as nodes: a page for each work that published notes cite, with these notes, and what is cited beside it.

A work is known by its value: notes with a bibliography each may cite the same. Unlisted notes are passed by.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.link.bodies.sentences import sentence_filler
from notegen.link.targets.note_links import NoteLinks
from notegen.model.body import Bibliography, WikiHole, Work
from notegen.model.config import Config
from notegen.model.note import Note
from notegen.model.site import Backlink, CitedTogether, Link, Paper
from notegen.model.strings import ContentPath, Html, SitePath, Url
from notegen.routes import lists

MOST_WORKS = 200  # that a note may cite, so that its works count as cited together: a list of everything says nothing
_MOST_TOGETHER = 12  # works that are shown with another one
Addresses = Mapping[Work, SitePath]
NO_PAPERS: Addresses = {}


def paper_addresses(
    routed: Iterable[RoutedNote], bibliography: Bibliography, config: Config, taken: Iterable[SitePath]
) -> Addresses:
    """Return the site path of the page of each work that notes cite; none where they cite none, or `papers` is off.

    `taken`: the site paths of the site's other pages: where one of them is below /papers/, these are below another.
    """
    if not bibliography.references or not config.papers:
        return NO_PAPERS
    works = dict.fromkeys(work for item in routed for work in _works(item.note, bibliography))
    root = lists.PAPERS if not any(path.startswith(lists.PAPERS) for path in taken) else lists.OTHER_PAPERS
    paths: dict[str, None] = {}
    addresses: dict[Work, SitePath] = {}
    for work in sorted(works, key=lambda work: (work.key, work.sort_key, work.before, work.after)):
        addresses[work] = path = lists.paper_path(root, work.key, paths)
        paths[path.casefold()] = None
    return addresses


def papers_root(addresses: Addresses) -> SitePath:
    """Return the site path of the overview of all works; "" where there are none."""
    roots = (path.rstrip("/").rpartition("/")[0] + "/" for path in addresses.values())
    return SitePath(next(roots, ""))


def _works(note: Note, bibliography: Bibliography) -> list[Work]:
    """Return the works that a published note cites, in order."""
    known = {} if note.meta.hidden else bibliography.references.get(note.path, {})
    return [known[key] for key in note.citations if key in known]


def papers(
    routed: Sequence[RoutedNote],
    links: Mapping[ContentPath, NoteLinks],
    addresses: Addresses,
    bibliography: Bibliography,
    names: Mapping[ContentPath, Link],
    url: Callable[[SitePath], Url],
) -> tuple[Paper, ...]:
    """Return the works with the notes that cite them, ordered by author and year. `names`: notes, by content path."""
    if not addresses:
        return ()
    in_order = sorted(addresses, key=lambda work: (work.sort_key, work.key, addresses[work]))
    links_to = [_cited_together(work, url(addresses[work])) for work in in_order]
    numbers = {work: number for number, work in enumerate(in_order)}
    citing: list[list[Backlink]] = [[] for _ in in_order]
    together: list[list[list[int]]] = [[] for _ in in_order]  # of each work: what the notes that cite it cite
    for item in routed:
        works = _works(item.note, bibliography)
        sentences = _sentences(item, links[item.content_path], works)
        all_cited = [numbers[work] for work in works]
        for work, number in zip(works, all_cited, strict=True):
            citing[number].append(Backlink(names[item.content_path], sentences.get(work.key, Html(""))))
            if len(works) <= MOST_WORKS:
                together[number].append(all_cited)
    return tuple(
        Paper(work, url(addresses[work]), tuple(citing[number]), _together(number, together[number], links_to))
        for number, work in enumerate(in_order)
    )


def _cited_together(work: Work, url: Url) -> CitedTogether:
    """Return a work as it is named beside another one, without how often."""
    return CitedTogether(Link(work.title_text, work.title, url), Html(work.authors), Html(work.year), 0)


def _together(
    number: int, cited: Iterable[Iterable[int]], links_to: Sequence[CitedTogether]
) -> tuple[CitedTogether, ...]:
    """Return the works that notes cite together with one, most often first. Numbers are those in the list of all."""
    counts = Counter(chain.from_iterable(cited))
    counts.pop(number, None)
    others = nsmallest(_MOST_TOGETHER, [(-count, other) for other, count in counts.items()])
    return tuple(msgspec.structs.replace(links_to[other], count=-count) for count, other in others)


def _sentences(item: RoutedNote, links: NoteLinks, works: Sequence[Work]) -> dict[str, Html]:
    """Return the sentence around the first citation of each work, by its key, with what the marks in it show."""
    known = {work.key: work for work in works}
    written = {**_of_wiki_links(item.note, links), **item.note.citing_sentences}
    filled = sentence_filler(item.note, links, known)
    return {key: filled(html) for key, html in written.items() if key in known}


def _of_wiki_links(note: Note, links: NoteLinks) -> dict[str, str]:
    """Return the sentences around wiki links that cite a work: `[[@key]]`."""
    return {
        link.cited: note.backlink_excerpts[hole.backlink_excerpt]
        for hole, link in zip(note.body.holes, links.body, strict=True)
        if link is not None and link.cited and isinstance(hole, WikiHole) and hole.backlink_excerpt >= 0
    }
