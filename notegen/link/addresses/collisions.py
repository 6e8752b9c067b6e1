"""No two pages at one address: which note keeps it, where the others go, and the diagnostics for their authors.

A note never costs the rest of the site its pages. A `permalink:` of a note goes before everything, then come the lists
that every site has, then notes, the oldest first, so that a new note never takes an old one's address.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.model.strings import SitePath
from notegen.routes.notes import pattern_of
from notegen.routes.placeholders import tokens
from notegen.routes.urls import SEEN, Base, output_path

_TERMS = ("the category ", "the tag ", "the series ")  # in site_pages
_BESIDE_HOME = SitePath("/index/")
_TITLES = frozenset({"title", "post_title", "slug_or_title"})


class Settled(msgspec.Struct, frozen=True):
    """Notes with an address each, in the order given; those left out, by source path, with the reason; diagnostics.

    `displaced`: source paths of notes that are left out, have another address than theirs, or another page's.
    """

    routed: tuple[RoutedNote, ...]
    skipped: dict[str, str]
    displaced: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


def settle(routed: Sequence[RoutedNote], pages: Mapping[SitePath, str], config: Config, base: Base) -> Settled:
    """Return the notes with an address each.

    `pages`: site paths of the pages that notegen makes -> what they are. Diagnostics: url-taken, url-replaced,
    note-skipped.
    """
    keys = [address_key(item.path) for item in routed]
    reserved = {address_key(path): (path, what) for path, what in pages.items()}
    if len(set(keys)) == len(keys) and reserved.keys().isdisjoint(keys):
        return Settled(tuple(routed), {}, frozenset(), ())
    groups: dict[str, list[RoutedNote]] = {}
    for key, item in zip(keys, routed, strict=True):
        groups.setdefault(key, []).append(item)
    return _settled(routed, groups, reserved, config, base)


def _settled(
    routed: Sequence[RoutedNote],
    groups: Mapping[str, list[RoutedNote]],
    reserved: Mapping[str, tuple[SitePath, str]],
    config: Config,
    base: Base,
) -> Settled:
    used = {*groups, *reserved}
    moved: dict[str, RoutedNote] = {}
    skipped: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    displaced: set[str] = set()
    numbers: dict[str, int] = {}
    for key, group in groups.items():
        if len(group) == 1 and key not in reserved:
            continue
        path, page = reserved.get(key, (SitePath(""), ""))
        text = _text_of_term(group) if page.startswith(_TERMS) else None
        if text is not None:
            moved[text.content_path] = msgspec.structs.replace(text, path=path, url=base.url(path))
        items = [item for item in group if item is not text]  # they make way
        if not items:
            continue
        first, others = _holder(items, has_page=bool(page), is_file=not key.endswith(".html"))
        if first is not None and page and not first.is_home:
            displaced.add(first.note.path)
            diagnostics.append(diagnose("url-replaced", f"at {first.path}, in place of {page}", path=first.note.path))
        for item in others:
            displaced.add(item.note.path)
            if page and _is_blank(item.note):
                skipped[item.note.path] = f"{item.path} is {page}"
                diagnostics.append(_left_out(item, page))
                continue
            path = _free(item.path, used, numbers)
            moved[item.content_path] = msgspec.structs.replace(item, path=path, url=base.url(path))
            diagnostics.append(_taken(item, first, page, path, config))
    kept = tuple(moved.get(item.content_path, item) for item in routed if item.note.path not in skipped)
    return Settled(kept, skipped, frozenset(displaced), tuple(diagnostics))


def _text_of_term(items: Iterable[RoutedNote]) -> RoutedNote | None:
    """Return the note that is the text of the category, tag or series at its address: `tags/x/_index.md`."""
    return next((item for item in items if item.note.kind == "section" and not item.note.meta.permalink), None)


@lru_cache(maxsize=SEEN)
def address_key(path: SitePath) -> str:
    """Return what two site paths have in common that one file would answer, on any disk."""
    return unicodedata.normalize("NFC", output_path(path)).casefold()


def _holder(
    items: Iterable[RoutedNote], *, has_page: bool, is_file: bool
) -> tuple[RoutedNote | None, list[RoutedNote]]:
    """Return the note that keeps an address, and the others.

    A page of notegen keeps it unless a note names it; a feed and the like (`is_file`) always.
    """
    ordered = sorted(items, key=_rank)
    if has_page and (is_file or not _names_address(ordered[0])):
        return None, ordered
    return ordered[0], ordered[1:]


def _names_address(item: RoutedNote) -> bool:
    """Return whether a note has its address on purpose: by its front matter, or as the text of the home page."""
    return bool(item.note.meta.permalink) or item.is_home


def _rank(item: RoutedNote) -> tuple[bool, bool, float, str]:
    """Return the order of notes that ask for one address: who names it, then the oldest, then by path."""
    date = item.note.meta.date
    return not _names_address(item), date is None, date.timestamp() if date else 0.0, item.content_path


def _is_blank(note: Note) -> bool:
    """Return whether a note has nothing to show."""
    return not note.words and not note.formulas and not note.body.holes and not note.body.inner


def _free(path: SitePath, used: set[str], numbers: dict[str, int]) -> SitePath:
    """Return the first of /x-2/, /x-3/ … that is free, and take it; of the home page /index/ comes first.

    `numbers`: the last number of each address, so that many notes with one address take no more steps than few.
    """
    stem, end = (path.rstrip("/"), "/") if path.endswith("/") else (path, "")
    if output_path(path) == path.lstrip("/"):
        stem, dot, suffix = path.rpartition(".")
        end = dot + suffix
    if not stem and address_key(_BESIDE_HOME) not in used:
        used.add(address_key(_BESIDE_HOME))
        return _BESIDE_HOME
    stem = stem or "/index"
    while True:
        number = numbers[stem] = numbers.get(stem, 1) + 1
        candidate = SitePath(f"{stem}-{number}{end}")
        if address_key(candidate) not in used:
            used.add(address_key(candidate))
            return candidate


def _left_out(item: RoutedNote, page: str) -> Diagnostic:
    hint = "it has no text of its own, so that nothing is lost"
    return diagnose("note-skipped", f"left out: {item.path} is {page}", path=item.note.path, hint=hint)


def _taken(item: RoutedNote, first: RoutedNote | None, page: str, path: SitePath, config: Config) -> Diagnostic:
    owner = page if first is None else first.note.path
    message = f"{item.path} is the address of {owner}: this note is at {path}"
    hint = _page_hint(item) if first is None else _note_hint(item, first, config)
    return diagnose("url-taken", message, path=item.note.path, hint=hint)


def _page_hint(item: RoutedNote) -> str:
    if not address_key(item.path).endswith(".html"):
        return "notegen makes that file; give the note another `permalink:`"
    return f"notegen makes that page; `slug:` gives this one a name of its own, `permalink: {item.path}` its place"


def _note_hint(item: RoutedNote, first: RoutedNote, config: Config) -> str:
    """Return what keeps two notes apart, by what makes their addresses equal."""
    if _names_address(item) and _names_address(first):
        return "both name it as their `permalink:`"
    if _names_address(first):
        return f"{first.note.path} names it as its `permalink:`"
    if item.path != first.path:
        return "the addresses differ in upper and lower case only, which are one file on many disks"
    if item.note.meta.slug:
        return "give one of them another `slug:`"
    pattern = pattern_of(item.content_path, config)
    if _TITLES & set(tokens(pattern)):
        words = "their titles are one in an address"
        return f"{words}; give one of them a `slug:`, or write :filename in place of :title in `permalink`"
    return "give one of them another `slug:`, or all notes their folders: permalink: /posts/:path/ in site.yaml"
