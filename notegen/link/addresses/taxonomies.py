"""Categories, tags and series: names that differ only in case or spacing are one term.

Every term has an address and a count.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.model.addressing import AddressesConfig
from notegen.model.config import Config
from notegen.model.note import Note
from notegen.model.site import Term
from notegen.model.strings import SitePath, Url
from notegen.routes.languages import language_paths
from notegen.routes.lists import CATEGORIES, SERIES, TAGS, TERM_FEED, term_path
from notegen.routes.names import PLAIN, term_segment, term_style
from notegen.routes.urls import Base


class Taxonomy(msgspec.Struct, frozen=True):
    """All terms of one kind: `terms` most used first; `of` maps a note's path to its terms, the most specific first."""

    terms: tuple[Term, ...]
    paths: dict[str, SitePath]  # term name -> site path
    of: dict[str, tuple[Term, ...]]
    members: dict[str, tuple[str, ...]]  # term name -> paths of its notes, in the order given


class Terms(msgspec.Struct, frozen=True):
    """The terms of the notes in one language."""

    categories: Taxonomy
    tags: Taxonomy
    series: Taxonomy


Names = Mapping[str, tuple[tuple[str, ...], ...]]

Slugs = Mapping[str, str]
_NONE: Slugs = {}
_PLAIN = AddressesConfig()


def terms_by_language(routed: Iterable[RoutedNote], config: Config, base: Base) -> dict[str, Terms]:
    """Return the terms of each language."""
    posts: dict[str, list[Note]] = {language: [] for language in language_paths(config)}
    for item in routed:
        if item.is_listed:
            posts[item.language].append(item.note)
    return {language: _terms_of(notes, base.below(language), config) for language, notes in posts.items()}


def _terms_of(notes: Sequence[Note], base: Base, config: Config) -> Terms:
    """Return the terms of the notes in one language."""
    return Terms(
        categories(notes, base, config.addresses, feeds=config.feed.categories),
        tags(notes, base, config.addresses),
        series(notes, base, config.addresses),
    )


def categories(
    notes: Iterable[Note], base: Base, addresses: AddressesConfig = _PLAIN, *, feeds: bool = False
) -> Taxonomy:
    """Return the categories. A note in Sports/Baseball is in Sports too.

    `feeds`: each has one beside its list.
    """
    names = {}
    for note in notes:
        paths = [path[:depth] for path in note.meta.categories for depth in range(len(path), 0, -1)]
        names[note.path] = tuple(dict.fromkeys(paths))
    slugs = _slugs(names, addresses.categories, addresses)
    return _taxonomy(names, CATEGORIES, base, TERM_FEED if feeds else "", slugs)


def tags(notes: Iterable[Note], base: Base, addresses: AddressesConfig = _PLAIN) -> Taxonomy:
    """Return the tags. A note with the tag a/b is in the list of a, too, if that is a tag or has several below it."""
    written = {note.path: tuple(dict.fromkeys([(tag,) for tag in note.meta.tags])) for note in notes}
    above = _tags_above({tag for parts in written.values() for (tag,) in parts if "/" in tag}, written)
    names = written
    if above:
        names = {
            path: tuple(dict.fromkeys((*parts, *((tag,) for part in parts for tag in above.get(part[0], ())))))
            for path, parts in written.items()
        }
    slugs = _slugs(names, addresses.tags, addresses)
    return _taxonomy(names, TAGS, base, slugs=slugs, nested=addresses.nested_tags, written=written)


def _tags_above(nested: Iterable[str], written: Names) -> dict[str, tuple[str, ...]]:
    """Return the tags that nested ones are under: a and a/b of a/b/c. TCP/IP alone, without TCP, is under none."""
    if not nested:
        return {}
    plain = {_key(parts) for names in written.values() for parts in names if "/" not in parts[0]}
    prefixes = {tag: _prefixes(tag) for tag in nested}
    below = Counter(_key((prefix,)) for prefixes_of in prefixes.values() for prefix in prefixes_of)
    known = plain | {key for key, count in below.items() if count > 1}
    return {tag: tuple(prefix for prefix in names if _key((prefix,)) in known) for tag, names in prefixes.items()}


def _slugs(names: Names, named: Slugs, addresses: AddressesConfig) -> Slugs:
    """Return what stands for names in addresses. Of names that would have one address the first has it (C, C++)."""
    style = term_style(addresses)
    if style == PLAIN:
        return named
    slugs = dict(named)
    owners: dict[str, str] = {}
    parts = {part for paths in names.values() for path in paths for part in path}
    for part in sorted(parts, key=lambda part: (term_segment(part, style) != part, part)):
        slug, key = named.get(part, term_segment(part, style)), _key((part,))
        if owners.setdefault(slug.casefold(), key) == key:
            slugs[part] = slug
    return slugs


def series(notes: Iterable[Note], base: Base, addresses: AddressesConfig = _PLAIN) -> Taxonomy:
    """Return the series, each with its notes in reading order: by `series_order`, then by date, then by path."""
    named = sorted((note for note in notes if note.meta.series.strip()), key=_reading_order)
    names = {note.path: ((note.meta.series.strip(),),) for note in named}
    slugs = _slugs(names, _NONE, addresses) if addresses.lower_terms else _NONE
    return _taxonomy(names, SERIES, base, slugs=slugs)


def _reading_order(note: Note) -> tuple[bool, int, float, str]:
    """Return the sort key of a note in its series; notes without a number come after those that have one."""
    meta = note.meta
    return (not meta.series_order, meta.series_order, meta.date.timestamp() if meta.date else float("inf"), note.path)


def _taxonomy(
    names: Names,
    root: SitePath,
    base: Base,
    feed: str = "",
    slugs: Slugs = _NONE,
    *,
    nested: bool = False,
    written: Names | None = None,
) -> Taxonomy:
    """Fold names with one address into one term, spelt as most notes spell it. `feed`: the name of each term's.

    `nested`: slashes in names are those of addresses; `written`: names that a note itself has, where others are above.
    """
    counts = Counter([part for parts in names.values() for part in parts])
    key_of = {part: _key(part) for part in counts}
    spellings = _spellings(counts, key_of)
    keys_of = {path: dict.fromkeys([key_of[part] for part in parts]) for path, parts in names.items()}
    members: dict[str, list[str]] = {key: [] for key in spellings}
    for path, keys in keys_of.items():
        for key in keys:
            members[key].append(path)
    terms: dict[str, Term] = {}
    paths: dict[str, SitePath] = {}
    for key, spelling in spellings.items():
        name = " / ".join(spelling)
        paths[name] = term_path(root, _address_parts(spelling, slugs, nested=nested))
        url = base.url(paths[name])
        terms[key] = Term(name, url, len(members[key]), Url(url + feed if feed else ""))
    terms = _with_parents(terms, spellings)
    if written is not None and written is not names:
        keys_of = {path: dict.fromkeys([key_of[part] for part in parts]) for path, parts in written.items()}
    of = {path: tuple([terms[key] for key in keys]) for path, keys in keys_of.items()}
    ordered = tuple(sorted(terms.values(), key=lambda term: (-term.count, term.name)))
    return Taxonomy(ordered, paths, of, {terms[key].name: tuple(paths) for key, paths in members.items()})


def _spellings(
    counts: Mapping[tuple[str, ...], int], key_of: Mapping[tuple[str, ...], str]
) -> dict[str, tuple[str, ...]]:
    """Return how most notes spell each term, by its key; of spellings that are used as often, the last in order."""
    spellings: dict[str, list[tuple[str, ...]]] = {}
    for part in counts:
        spellings.setdefault(key_of[part], []).append(part)
    return {key: max(parts, key=lambda part: (counts[part], part)) for key, parts in spellings.items()}


def _address_parts(spelling: tuple[str, ...], slugs: Slugs, *, nested: bool) -> Sequence[str]:
    """Return the parts of a term's address, before they are made fit for one."""
    parts = [slugs.get(part, part) for part in spelling] if slugs else spelling
    if not nested:
        return parts
    return [inner for part in parts for inner in part.split("/") if inner.strip()] or parts


def _with_parents(terms: Mapping[str, Term], spellings: Mapping[str, tuple[str, ...]]) -> dict[str, Term]:
    """Return terms, by their keys, with the names of those that they are below."""
    below = dict(terms)
    for key, term in terms.items():
        parent = _parent(spellings[key], terms) if "/" in term.name else ""
        if parent and len(parent) < len(term.name):  # `..` and `../..` have one address: none is its own parent
            below[key] = msgspec.structs.replace(term, parent=parent)
    return below


def _parent(spelt: tuple[str, ...], terms: Mapping[str, Term]) -> str:
    """Return the name of the nearest term that one is below: a of ("a", "b") and of ("a/b",)."""
    if len(spelt) > 1:
        above = [spelt[:depth] for depth in range(len(spelt) - 1, 0, -1)]
    else:
        above = [(prefix,) for prefix in reversed(_prefixes(spelt[0]))]
    return next((terms[key].name for key in map(_key, above) if key in terms), "")


def _prefixes(tag: str) -> list[str]:
    """Return the tags that a nested one may be under: a and a/b of a/b/c."""
    return [tag[:at].strip() for at, char in enumerate(tag) if char == "/" and tag[:at].strip()]


def _key(parts: tuple[str, ...]) -> str:
    return "/".join(term_segment(part) for part in parts).casefold()
