"""Old addresses compared with new ones: which are kept, where the others lead, and which have no certain target."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from notegen.init.old_site import OldPage, OldSite
from notegen.model.site import RenderedNote, Site
from notegen.model.strings import SitePath
from notegen.routes.lists import ARCHIVE, CATEGORIES, HOME, TAGS
from notegen.routes.urls import Base, output_path, site_path
from notegen.text.paths import is_index, strip_suffix, undated
from notegen.text.patterns import lazy_regex

_PAGE_NUMBER = lazy_regex(r"^(.*?/)page/?[0-9]+(?:/|\.html)?$")
_ARCHIVE = lazy_regex(
    r"^/(?:archives?|blog/archives?)(?:/.*|\.html)?$|^/(?:(?:blog|posts?|news|articles?)/)?[0-9]{4}(?:/[0-9]{1,2}){0,2}/?$"
)
_TERM = lazy_regex(r"^/(?:[^/]+/)?(tags?|categor(?:y|ies))(?:/(.*?))?(?:/|\.html)?$")
_SIGNS = lazy_regex(r"[\W_]+")


class NewAddresses(msgspec.Struct, frozen=True):
    """What the new site has: its files that are pages, its notes by folded name and by folded title, its terms.

    `names`, `titles`: folded -> site paths; `terms`: (CATEGORIES or TAGS, folded name) -> site path.
    """

    files: frozenset[str]
    names: dict[str, tuple[SitePath, ...]]
    titles: dict[str, tuple[SitePath, ...]]
    terms: dict[tuple[SitePath, str], SitePath]


class Comparison(msgspec.Struct, frozen=True):
    """Old addresses: how many are kept; those that need a redirect, with its target; those without a certain one."""

    kept: int
    redirects: dict[SitePath, SitePath]
    unknown: tuple[SitePath, ...]


def new_addresses(site: Site, outputs: Iterable[str], base: Base) -> NewAddresses:
    """Return what the new site has. `outputs`: the output paths of its pages, redirects among them."""
    notes = [
        (note, site_path(note.ref.url, base))
        for one in site.languages
        for note in (*one.notes, *one.unlisted, *one.pages)
    ]
    named = [(name, path) for note, path in notes for name in _names(note, path)]
    titled = [(_fold(note.ref.title), path) for note, path in notes]
    terms = {
        (root, _fold(term.name)): site_path(term.url, base)
        for root, group in ((CATEGORIES, site.categories), (TAGS, site.tags))
        for term in group
    }
    return NewAddresses(frozenset(map(_key, outputs)), _grouped(named), _grouped(titled), terms)


def compare(old: OldSite, new: NewAddresses) -> Comparison:
    """Return what becomes of the addresses of an old site.

    A target is certain where one note alone has the name of the old address, or of those with that name the title, or
    the title alone; and for lists, which are the same lists here. A redirect of the old site leads on as its target.
    """
    kept = 0
    redirects: dict[SitePath, SitePath] = {}
    unknown: list[SitePath] = []
    pages = {page.path: page for page in old.pages}
    shared = _shared_titles(old.pages)
    lists = {match[1] for page in old.pages if (match := _PAGE_NUMBER.match(page.path))} - {HOME}
    for page in old.pages:
        if _key(output_path(page.path)) in new.files:
            kept += 1
        elif (target := _moved(page, pages, new, shared, lists)) is not None and not _is_same(page.path, target):
            redirects[page.path] = target
        else:
            unknown.append(page.path)
    return Comparison(kept, redirects, tuple(unknown))


def _moved(
    page: OldPage,
    pages: Mapping[SitePath, OldPage],
    new: NewAddresses,
    shared: frozenset[str],
    lists: AbstractSet[str],
) -> SitePath | None:
    """Return the site path where an old page is now. `lists`: old addresses of lists that have several pages."""
    number = _PAGE_NUMBER.match(page.path)
    in_list = _list_target(page.path, new) or (ARCHIVE if (number[1] if number else page.path) in lists else None)
    if in_list is not None and not page.target:
        return in_list
    return _target(_end(page, pages), new, shared) or in_list


def _is_same(path: str, other: str) -> bool:
    """Return whether two paths differ in case only: one file, on some disks, so that neither can lead to the other."""
    return path.casefold() == other.casefold()


def _end(page: OldPage, pages: Mapping[SitePath, OldPage]) -> OldPage:
    """Return the page that a redirect of the old site leads to, itself for another page."""
    return pages.get(page.target) or OldPage(page.target) if page.target else page


def _shared_titles(pages: Iterable[OldPage]) -> frozenset[str]:
    """Return the folded titles of several old pages, such as the site's name in each: they tell no page apart."""
    counts = Counter(title for page in pages for title in {_fold(title) for title in page.titles})
    return frozenset(title for title, count in counts.items() if count > 1)


def _target(page: OldPage, new: NewAddresses, shared: frozenset[str]) -> SitePath | None:
    """Return the site path where an old page is now."""
    if page.path != "/" and _key(output_path(page.path)) in new.files:
        return page.path  # of a redirect
    return _list_target(page.path, new) or _note_target(page, new, shared)


def _list_target(path: SitePath, new: NewAddresses) -> SitePath | None:
    number = _PAGE_NUMBER.match(path)
    if number is not None:
        first = SitePath(number[1])
        return HOME if first == HOME else _list_target(first, new) or _if_there(first, new)
    if _ARCHIVE.match(path):
        return ARCHIVE
    term = _TERM.match(path)
    if term is None:
        return None
    root = TAGS if term[1].startswith("tag") else CATEGORIES
    return new.terms.get((root, _fold(term[2]))) if term[2] else root


def _if_there(path: SitePath, new: NewAddresses) -> SitePath | None:
    return path if _key(output_path(path)) in new.files else None


def _note_target(page: OldPage, new: NewAddresses, shared: frozenset[str]) -> SitePath | None:
    by_name = new.names.get(_fold(_last(page.path)), ())
    if len(by_name) == 1:
        return by_name[0]
    titles = {_fold(title) for title in page.titles} - (shared if len(by_name) == 0 else frozenset())
    by_title = {path for title in titles for path in new.titles.get(title, ())}
    both = by_title & set(by_name) if by_name else by_title
    return both.pop() if len(both) == 1 else None


def name_of(path: str) -> str:
    """Return the folded name of a file of notes or an old address; of an index that of its folder."""
    folder, _, stem = strip_suffix(path).removesuffix(".ipynb").rpartition("/")
    return _fold(_last(folder.rpartition("/")[2] if is_index(stem) else stem))


def _names(note: RenderedNote, path: str) -> Iterable[str]:
    """Yield the folded names that an old address may have for a note: its file's, its bundle's, its new one."""
    folder, _, stem = strip_suffix(note.ref.path).rpartition("/")
    stem = folder.rpartition("/")[2] if is_index(stem) else stem
    return dict.fromkeys(name for name in (_fold(stem), _fold(undated(stem)), _fold(_last(path))) if name)


def _last(path: str) -> str:
    return re.sub(r"\.html?$", "", path.rstrip("/").rpartition("/")[2])


def _fold(name: str) -> str:
    """Return a name without case and signs; one of signs alone as it is."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return _SIGNS.sub("-", text).strip("-") or text


def _key(output: str) -> str:
    return unicodedata.normalize("NFC", output)


def _grouped(pairs: Iterable[tuple[str, SitePath]]) -> dict[str, tuple[SitePath, ...]]:
    groups: dict[str, dict[SitePath, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in groups.items()}
