"""The site in one language: its notes and pages, terms, feeds and folders."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from notegen.link.addresses.routed_notes import RoutedNote
from notegen.link.addresses.taxonomies import Terms
from notegen.link.bodies.papers import papers, papers_root
from notegen.link.linked_notes import LinkedNote, LinkServices, Relations, feed_entries
from notegen.link.relations.neighbours import as_link
from notegen.link.site_info import site_info
from notegen.model.config import Config
from notegen.model.site import FeedEntry, RenderedNote, Site, Term
from notegen.model.strings import ContentPath, SitePath
from notegen.routes.lists import ARCHIVE, CATEGORIES, SERIES, TAGS


def site_in(
    language: str,
    items: Sequence[RoutedNote],
    rendered: Mapping[ContentPath, RenderedNote],
    linked: Mapping[ContentPath, LinkedNote],
    relations: Relations,
    services: LinkServices,
) -> Site:
    """Return the site in one language, by its notes and pages."""
    posts = [item for item in items if item.is_listed]
    refs = [linked[item.content_path].ref for item in posts]
    dates = (date for ref in refs for date in (ref.date, ref.updated))
    terms, sections = services.terms[language], relations.sections[language]
    feed, category_feeds = feeds(posts, linked, terms, services)
    home, has_list = home_text(items, services.config)
    return Site(
        info=site_info(services.config, services.base, dates, language, _filled(posts, terms)),
        notes=tuple(rendered[item.content_path] for item in posts),
        pages=tuple(rendered[item.content_path] for item in items if item.is_page),
        categories=terms.categories.terms,
        tags=terms.tags.terms,
        feed=feed,
        series=terms.series.terms,
        category_feeds=category_feeds,
        sections=sections.sections,
        top=sections.top,
        home=home,
        home_has_list=has_list,
        unlisted=tuple(rendered[item.content_path] for item in items if not (item.is_page or item.is_listed)),
        language=language,
        term_texts=_term_texts(items, terms),
    )


def _term_texts(items: Iterable[RoutedNote], terms: Terms) -> frozenset[str]:
    """Return the source paths of the notes that are texts of terms: `tags/x/_index.md`, at the address of the list."""
    sections = [item for item in items if item.is_page and item.note.kind == "section"]
    if not sections:
        return frozenset()
    urls = {term.url for one in (terms.categories, terms.tags, terms.series) for term in one.terms}
    return frozenset(item.note.path for item in sections if item.url in urls and not item.note.meta.permalink)


def _filled(posts: Iterable[RoutedNote], terms: Terms) -> frozenset[SitePath]:
    """Return the overviews that hold something: the archive where a note has a date, lists of terms where there are."""
    lists: dict[SitePath, object] = {
        ARCHIVE: any(item.note.meta.date for item in posts),
        CATEGORIES: terms.categories.terms,
        TAGS: terms.tags.terms,
        SERIES: terms.series.terms,
    }
    return frozenset(path for path, entries in lists.items() if entries)


def home_text(routed: Iterable[RoutedNote], config: Config) -> tuple[str, bool]:
    """Return the source path of the home page's text, "" for none, and whether the list of notes stands below it.

    It does where it is asked for, also by Jekyll's `layout: home`, where the note has no text, and of itself where
    it is Hugo's `_index.md`, the text of a list, on a site of dated notes.
    """
    items = tuple(routed)
    home = next((item.note for item in items if item.is_home), None)
    if home is None:
        return "", True
    asks = config.home == "both" or home.meta.layout == "home" or not home.body.text.strip()
    is_of_list = config.home == "auto" and home.path.rpartition("/")[2].startswith("_index.")
    return home.path, asks or (is_of_list and _mostly_dated(items))


def _mostly_dated(routed: Iterable[RoutedNote]) -> bool:
    dated = [item.note.meta.date is not None for item in routed if item.is_listed]
    return sum(dated) > len(dated) / 2


def feeds(
    posts: Sequence[RoutedNote], linked: Mapping[ContentPath, LinkedNote], terms: Terms, services: LinkServices
) -> tuple[tuple[FeedEntry, ...], tuple[tuple[Term, tuple[FeedEntry, ...]], ...]]:
    """Return the entries of the feed of a language, and of each category's that has one. `posts`: newest first."""
    limit = services.config.feed.limit
    of_category = min(limit, services.config.feed.category_limit)
    categories = terms.categories
    members = {term: categories.members[term.name][:of_category] for term in categories.terms if term.feed_url}
    newest = [item.note.path for item in posts[:limit]]
    paths = dict.fromkeys(path for group in (newest, *members.values()) for path in group)
    by_path = {item.note.path: item for item in posts if item.note.path in paths}
    entries = dict(zip(paths, feed_entries((by_path[path] for path in paths), linked, services), strict=True))
    return (
        tuple(entries[path] for path in newest),
        tuple((term, tuple(entries[path] for path in group)) for term, group in members.items()),
    )


def with_papers(
    sites: Sequence[Site],
    routed: Iterable[RoutedNote],
    linked: Mapping[ContentPath, LinkedNote],
    services: LinkServices,
) -> Site:
    """Return the site in its own language, the first, with the others in it, and the works that all its notes cite."""
    renderer = services.renderer
    if not renderer.papers:
        return msgspec.structs.replace(sites[0], translated=tuple(sites[1:])) if len(sites) > 1 else sites[0]
    names = {item.content_path: as_link(linked[item.content_path].ref) for item in routed}
    url = services.base.url
    cited = papers(list(routed), renderer.links, renderer.papers, renderer.bibliography, names, url)
    home = url(papers_root(renderer.papers))
    first, *others = (
        msgspec.structs.replace(site, info=msgspec.structs.replace(site.info, papers_url=home)) for site in sites
    )
    return msgspec.structs.replace(first, translated=tuple(others), papers=cited)
