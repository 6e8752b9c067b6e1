"""The paginated lists: home, and one for each category and tag."""

from collections.abc import Iterator, Sequence

from notegen.model.config import Config
from notegen.model.site import ListPage, NoteRef, Page, Site, Term
from notegen.site.pages.pagination import chunks, page_site_path, pagination
from notegen.site.urls import Base, output_path


def pages(site: Site, config: Config, base: Base) -> Iterator[Page]:
    """Yield the pages of every list. Pinned notes lead the home list."""
    refs = [note.ref for note in site.notes]
    pinned = sorted((ref for ref in refs if ref.weight > 0), key=lambda ref: -ref.weight)
    rest = [ref for ref in refs if ref.weight <= 0]
    yield from _list("home", "/", config.title, config.description, [*pinned, *rest], None, config, base)
    for kind, known in (("category", site.categories), ("tag", site.tags)):
        members = _members(refs, kind)
        for term in known:
            path = _site_path(term, base)
            yield from _list(kind, path, term.name, "", members[term.name], term, config, base)


def _site_path(term: Term, base: Base) -> str:
    """Return the term's site path, which its URL encodes."""
    from urllib.parse import unquote

    return "/" + unquote(term.url.removeprefix(base.path))


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
    for number, entries in enumerate(parts, start=1):
        own = page_site_path(path, number)
        value = ListPage(
            url=base.url(own),
            canonical=base.absolute(base.url(own)),
            title=title,
            description=description,
            kind=kind,
            count=len(refs),
            entries=tuple(entries),
            pagination=pagination(path, number, len(parts), base),
            has_math=any(ref.has_math for ref in entries),
            term=term,
            feed_url=term.feed_url if term else "",
        )
        yield Page(output_path(own), "home.html" if kind == "home" else "term.html", value, f"the {kind} list {title}")
