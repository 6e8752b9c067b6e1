"""The paginated lists: home, and one for each category and tag."""

from collections.abc import Iterator, Sequence

import msgspec

from notegen.model.config import Config
from notegen.model.pages import ListPage, Page
from notegen.model.site import NoteRef, Site, Term
from notegen.plan.pagination import chunks, pagination
from notegen.routes import HOME, Base, list_paths, output_path, site_path


class _Listed(msgspec.Struct, frozen=True):
    """A list: what its pages are made of. `path` is that of its first."""

    kind: str
    path: str
    title: str
    description: str
    refs: Sequence[NoteRef]
    term: Term | None = None


def pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the pages of every list. Pinned notes lead home."""
    refs = [note.ref for note in site.notes]
    pinned = sorted((ref for ref in refs if ref.weight > 0), key=lambda ref: -ref.weight)
    rest = [ref for ref in refs if ref.weight <= 0]
    found = [_Listed("home", HOME, config.title, config.description, [*pinned, *rest])]
    for kind, known in (("category", site.categories), ("tag", site.tags)):
        members = _members(refs, kind)
        found += [_Listed(kind, site_path(term.url, base), term.name, "", members[term.name], term) for term in known]
    for listed in found:
        yield from _pages(listed, config.paginate, base)


def _members(refs: Sequence[NoteRef], kind: str) -> dict[str, list[NoteRef]]:
    """Return the notes of each term, newest first."""
    members: dict[str, list[NoteRef]] = {}
    for ref in refs:
        for term in ref.categories if kind == "category" else ref.tags:
            members.setdefault(term.name, []).append(ref)
    return members


def _pages(listed: _Listed, size: int, base: Base) -> Iterator[Page]:
    kind, title, refs, term = listed.kind, listed.title, listed.refs, listed.term
    parts = chunks(refs, size)
    paths = list_paths(listed.path, len(parts))
    urls = [base.url(own) for own in paths]
    for number, entries in enumerate(parts, start=1):
        value = ListPage(
            url=urls[number - 1],
            canonical=base.absolute(urls[number - 1]),
            title=title,
            description=listed.description,
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
