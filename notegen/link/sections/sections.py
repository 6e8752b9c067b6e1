"""The sections of a site: the pages of folders, and where each page stands among them."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.link.sections.folders import Folder, folder_tree
from notegen.link.sections.nav import nav_tree
from notegen.link.sections.tree import Node, folder_node, found_nodes, label_of, note_node, section_places
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic
from notegen.model.site import Link, Section, SectionPlace, Term
from notegen.model.source import Tree
from notegen.model.strings import ContentPath, Url
from notegen.routes import lists
from notegen.routes.languages import language_paths, localized
from notegen.routes.note_names import note_names
from notegen.routes.notes import begins_with_folders
from notegen.routes.urls import Base

_NOWHERE = SectionPlace()
_NO_MORE = Term("", Url(""), 0)
_LAST = sys.maxsize
NEARLY_NONE = 10  # of so many notes at most one has a date: then a list by date says nothing


class Sections(msgspec.Struct, frozen=True):
    """What the folders of a site come to.

    `places`: of each page, by content path of its note, or by folder with a slash behind it. `in_order`: whether notes
    have a reading order, that of the tree, in place of that of their dates. `top`: see Site. `pages`: what went in.
    """

    sections: tuple[Section, ...] = ()
    top: Section | None = None
    places: Mapping[str, SectionPlace] = {}
    in_order: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    pages: frozenset[str] = frozenset()

    def place_of(self, content_path: ContentPath) -> SectionPlace:
        """Return the place of a note by its content path."""
        return self.places.get(content_path, _NOWHERE)


class _Named(msgspec.Struct, frozen=True):
    """What `nav` says of notes and folders, by the keys of their nodes: their places in it, titles that it gives."""

    places: Mapping[str, int] = {}
    titles: Mapping[str, Link] = {}

    def place(self, key: str) -> int:
        """Return the place of a note or folder; what `nav` leaves out comes last."""
        return self.places.get(key, _LAST)


_NOTHING_NAMED = _Named()


def sections_by_language(
    routed: Sequence[RoutedNote], pages: Iterable[str], tree: Tree, base: Base
) -> dict[str, Sections]:
    """Return the sections of a site in each language, by the folder of its addresses.

    `pages`: site paths of the lists of the site. Diagnostic: nav-broken.
    """
    taken = frozenset(pages)
    by_language: dict[str, list[RoutedNote]] = {language: [] for language in language_paths(tree.config)}
    for item in routed:
        by_language[item.language].append(item)
    return {language: _sections(language, items, taken, tree, base) for language, items in by_language.items()}


def _sections(language: str, routed: Sequence[RoutedNote], pages: frozenset[str], tree: Tree, base: Base) -> Sections:
    """Return the sections of the notes in a language. `nav` is of the site's own: it has titles."""
    config = localized(tree.config, language)
    dates = [item.note.meta.date is not None for item in routed if item.is_listed]
    directory = bool(dates) and NEARLY_NONE * sum(dates) <= len(dates)
    is_flat = config.sections != "on" and not config.nav and not any("/" in item.bare for item in routed)
    if is_flat and not directory:
        return Sections(pages=pages)  # a blog: all its notes in one folder, nothing to lead through
    top = folder_tree(routed, pages, tree.folders, config, base, language)
    in_order = _shows_tree(top, dates, config)
    node, diagnostics = folder_node(top), tuple[Diagnostic, ...]()
    named = _NOTHING_NAMED
    outside: dict[str, SectionPlace] = {}
    if config.nav and not language:
        outside = section_places(node, _NO_MORE, tree=False)  # of notes that nav leaves out
        node, diagnostics = nav_tree(config.nav, node, tree.config_path, _ids(routed, config), _pages(routed))
        named = _named(node, found_nodes(folder_node(top)))
    more = Term("", base.below(language).url(lists.ARCHIVE), len(node.children))
    places = {**outside, **section_places(node, more, tree=in_order)}
    return Sections(
        tuple(_section(folder, places, named, base) for folder in _all(top) if folder.url and folder.path),
        _section(top, places, named, base) if directory else None,
        places,
        in_order,
        diagnostics,
        pages,
    )


def _named(top: Node, before: Mapping[str, Node]) -> _Named:
    """Return what a tree made of `nav` says. `before`: the nodes of the folders, whose titles are the notes' own."""
    places: dict[str, int] = {}
    titles: dict[str, Link] = {}
    waiting = [top]
    while waiting:
        node = waiting.pop()
        for key in node.keys:
            place = places.setdefault(key, len(places))
            folder = key.rstrip("/").rpartition("/")[0]
            while folder and places.setdefault(f"{folder}/", place) == place:  # of which nav does not name the text
                folder = folder.rpartition("/")[0]
            if key in before and before[key].item.title != node.item.title:
                titles.setdefault(key, Link(node.item.title, node.item.title_html, node.item.url))
        waiting += reversed(node.children)
    return _Named(places, titles)


def _pages(routed: Sequence[RoutedNote]) -> dict[str, Node]:
    """Return the entries of pages that no folder lists, by their paths below the content folder."""
    pages = (item for item in routed if (item.note.kind == "page" or item.is_home) and not item.note.meta.hidden)
    return {item.content_path: note_node(*label_of(item.note), item.url, item.content_path) for item in pages}


def _ids(routed: Sequence[RoutedNote], config: Config) -> dict[str, str]:
    """Return the inner paths of notes by their ids in Docusaurus: without numbers, with the `id` of front matter."""
    if not config.addresses.ids:
        return {}
    ids: dict[str, str] = {}
    for item in routed:
        names = note_names(item.note, item.content_path, config.addresses)
        name = "/".join((*names.folders, names.name))
        ids[f"{name}/index" if names.is_index else name] = item.content_path
    return ids


def _shows_tree(top: Folder, dates: Sequence[bool], config: Config) -> bool:
    """Return whether pages show the tree."""
    if config.sections != "auto":
        return config.sections == "on"
    is_folders = begins_with_folders(config) and bool(top.folders)
    return (is_folders or bool(config.nav)) and 2 * sum(dates) < len(dates)


def _all(top: Folder) -> Iterator[Folder]:
    """Yield the folders, those in it behind each."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        yield folder
        waiting += reversed(folder.folders)


def _section(folder: Folder, places: Mapping[str, SectionPlace], named: _Named, base: Base) -> Section:
    notes = sorted(folder.notes, key=lambda item: named.place(item.content_path))
    folders = sorted(_with_pages(folder), key=lambda child: named.place(f"{child.path}/"))
    terms = ((named.titles.get(f"{child.path}/"), child) for child in folders)
    return Section(
        folder=folder.path,
        title=folder.title,
        title_html=folder.title_html,
        url=folder.url,
        permalink=base.absolute(folder.url),
        text=folder.text.note.path if folder.text else "",
        sections=tuple(Term(link.title if link else child.title, child.url, child.count) for link, child in terms),
        notes=tuple(item.note.path for item in notes),
        titles={item.note.path: named.titles[path] for item in notes if (path := item.content_path) in named.titles},
        count=folder.count,
        place=places.get(f"{folder.path}/", _NOWHERE),
        has_page=not folder.is_note,
    )


def _with_pages(folder: Folder) -> Iterable[Folder]:
    """Return the nearest folders inside one that have a page."""
    for child in folder.folders:
        if child.url:
            yield child
        else:
            yield from _with_pages(child)
