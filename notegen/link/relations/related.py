"""Notes that are about the same: those with rare tags, words and names of formulas in common, and links between them.

What few notes have weighs most; what more than FEW have says nothing, so time and memory grow linearly with the notes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.link.targets.note_links import NoteLinks
from notegen.model.site import Link
from notegen.model.strings import ContentPath

SHOWN = 4  # related notes of a note
FEW = 12  # notes that may have a word, a name, or a link to the same note in common
FEW_TAGGED = 40  # notes with a tag
_TAG, _WORD, _LINK, _SAME_TARGET = 3.0, 0.5, 1.5, 1.0  # weights
LEAST = 0.3  # of all that two notes have in common: less is chance

Related = Mapping[ContentPath, tuple[ContentPath, ...]]


def related_notes(items: Sequence[RoutedNote], links: Mapping[ContentPath, NoteLinks]) -> Related:
    """Return the notes that are related to each, the nearest first: of its language, and none twice.

    Equally near ones are in the order of `items`, which are newest first. Those that the page names anyway, as its
    backlinks and as the path through its series, are left out.
    """
    posts = [item for item in items if item.is_listed]
    numbers = {item.content_path: number for number, item in enumerate(posts)}
    nearness: list[defaultdict[int, float]] = [defaultdict(float) for _ in posts]
    for weight, members in _in_common(posts, links):
        share = weight / len(members)
        for one in members:
            near = nearness[one]
            for other in members:
                near[other] += share
    for item, near in zip(posts, nearness, strict=True):
        for target in links[item.content_path].notes:
            if target in numbers:
                near[numbers[target]] += _LINK
                nearness[numbers[target]][numbers[item.content_path]] += _LINK
    related = {}
    series, languages = [_series(item) for item in posts], [item.language for item in posts]
    for number, (item, near, named) in enumerate(zip(posts, nearness, _named(posts, numbers, links), strict=True)):
        named.add(number)
        language, parts = languages[number], series[number]
        known = [
            (-units, other)
            for other, units in near.items()
            if units >= LEAST and other not in named and languages[other] == language
        ]
        if parts:
            known = [pair for pair in known if series[pair[1]] != parts]
        if known:
            related[item.content_path] = tuple(posts[other].content_path for _, other in sorted(known)[:SHOWN])
    return related


def _named(
    posts: Sequence[RoutedNote], numbers: Mapping[ContentPath, int], links: Mapping[ContentPath, NoteLinks]
) -> list[set[int]]:
    """Return the numbers of the notes that refer to each: they are among its backlinks."""
    named: list[set[int]] = [set() for _ in posts]
    for number, item in enumerate(posts):
        for target, _ in links[item.content_path].mentions:
            if target in numbers:
                named[numbers[target]].add(number)
    return named


def _series(item: RoutedNote) -> str:
    """Return the name of a note's series in the form in which names are compared: one without case and spacing."""
    return "".join(item.note.meta.series.split()).casefold()


def related_links(
    items: Sequence[RoutedNote], links: Mapping[ContentPath, NoteLinks], names: Mapping[ContentPath, Link]
) -> dict[ContentPath, tuple[Link, ...]]:
    """Return the related notes of each as they are named."""
    return {path: tuple(map(names.__getitem__, paths)) for path, paths in related_notes(items, links).items()}


def _in_common(
    posts: Sequence[RoutedNote], links: Mapping[ContentPath, NoteLinks]
) -> Iterable[tuple[float, Sequence[int]]]:
    """Yield what a few notes have in common: its weight, and the numbers of these notes."""
    counts = Counter(chain.from_iterable(item.note.features for item in posts))
    words: dict[str, list[int]] = {word: [] for word, count in counts.items() if 1 < count <= FEW}
    tags: dict[str, list[int]] = {}
    targets: dict[ContentPath, list[int]] = {}
    for number, item in enumerate(posts):
        for word in words.keys() & item.note.features:
            words[word].append(number)
        for tag in dict.fromkeys(tag.casefold() for tag in item.note.meta.tags):
            tags.setdefault(tag, []).append(number)
        for target in links[item.content_path].notes:
            targets.setdefault(target, []).append(number)
    for weight, most, groups in (
        (_WORD, FEW, words.values()),
        (_TAG, FEW_TAGGED, tags.values()),
        (_SAME_TARGET, FEW, targets.values()),
    ):
        yield from ((weight, members) for members in groups if 1 < len(members) <= most)
