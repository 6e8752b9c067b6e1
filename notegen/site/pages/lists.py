"""The paginated lists: home, and one for each category and tag."""

from collections.abc import Iterator, Sequence

from notegen.model.config import Config
from notegen.model.site import ListPage, NoteRef, Page, Site, Term
from notegen.site.pages.pagination import chunks, page_paths, pagination
from notegen.site.urls import Base, output_path, site_path


def pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the pages of every list. Pinned notes lead the home list."""
    refs = [note.ref for note in site.notes]
    pinned = sorted((ref for ref in refs if ref.weight > 0), key=lambda ref: -ref.weight)
    rest = [ref for ref in refs if ref.weight <= 0]
    yield from _list("home", "/", config.title, config.description, [*pinned, *rest], None, config, base)
    for kind, known in (("category", site.categories), ("tag", site.tags)):
        members = _members(refs, kind)
        for term in known:
            path = site_path(term.url, base)
            yield from _list(kind, path, term.name, "", members[term.name], term, config, base)


def _members(refs: Sequence[NoteRef], kind: str) -> dict[str, list[NoteRef]]:
    """Return the notes of each term, newest first."""
    members: dict[str, list[NoteRef]] = {}
    for ref in refs:
        for term in ref.categories if kind == "category" else ref.tags:
            members.setdefault(term.name, []).append(ref)
    return members


def _list(
    kind: str,
    path: str,
    title: str,
    description: str,
    refs: Sequence[NoteRef],
    term: Term | None,
    config: Config,
    base: Base,
) -> Iterator[Page]:
    parts = chunks(refs, config.paginate)
    paths = page_paths(path, len(parts))
    urls = [base.url(own) for own in paths]
    for number, entries in enumerate(parts, start=1):
        value = ListPage(
            url=urls[number - 1],
            canonical=base.absolute(urls[number - 1]),
            title=title,
            description=description,
            kind=kind,
            count=len(refs),
            entries=tuple(entries),
            pagination=pagination(urls, number),
            has_math=any(ref.has_math for ref in entries),
            term=term,
            feed_url=term.feed_url if term else "",
        )
        template = "home.html" if kind == "home" else "term.html"
        yield Page(output_path(paths[number - 1]), template, value, f"the {kind} list {title}")
