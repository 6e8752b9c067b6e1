"""Pages that stand alone: notes, pages that are no notes, 404, and redirects."""

from collections.abc import Container, Iterator, Mapping

from notegen.model.config import Config
from notegen.model.note import Citation
from notegen.model.pages import CitePage, MarkdownPage, NotePage, Page, Picture, PlainPage, RedirectPage
from notegen.model.site import Linked, RenderedNote, Site
from notegen.model.source import Asset
from notegen.model.strings import SitePath, Url
from notegen.routes.lists import NOT_FOUND
from notegen.routes.urls import Base, markdown_url, output_path, site_path
from notegen.text.patterns import lazy_regex

_LEADS_ON = lazy_regex(r"https?://|/(?!/)")  # what `redirect_to` of Jekyll and `redirect` of al-folio may be
# Format of an image that social networks show -> its media type.
_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "apng": "image/png", "gif": "image/gif", "webp": "image/webp"}


def note_pages(
    site: Site,
    owners: Mapping[Url, str],
    files: Mapping[str, Asset],
    cards: Mapping[Url, Picture],
    base: Base,
    *,
    with_markdown: bool = False,
) -> Iterator[Page]:
    """Yield the page of each note, then of each page that is no note; some only lead on to another page.

    `with_markdown`: beside each of them the same as Markdown.

    The texts of home, folders and terms have theirs elsewhere. `owners`: URL -> source path; `files`: files that are
    copied, by output path; `cards`: the social card of a page, by its URL.
    """
    elsewhere = {section.url for section in site.sections if section.has_page} | {
        page.ref.url for page in site.pages if page.ref.path == site.home or page.ref.path in site.term_texts
    }
    for template, notes in (("note.html", (*site.notes, *site.unlisted)), ("page.html", site.pages)):
        for note in notes:
            ref = note.ref
            path, owner = site_path(ref.url, base), ref.path or owners[ref.url]
            if ref.url in elsewhere:
                continue
            if target := _leads_to(note, base):
                yield _redirect_page(path, target, owner, base)
                continue
            picture = preview_image(note, files, cards, base)
            copy = markdown_url(ref.url) if with_markdown else Url("")
            value = NotePage(ref.url, ref.permalink, ref.title, ref.description, note, picture, note.alternates, copy)
            yield Page(output_path(path), template, value, owner)
            if copy:
                markdown = MarkdownPage(copy, base.absolute(copy), ref.title, note)
                yield Page(site_path(copy, base).lstrip("/"), "note.md", markdown, owner)
            if note.citation:
                yield _cite_page(note.citation, owner, base)


def _cite_page(citation: Citation, owner: str, base: Base) -> Page:
    """Return the file with a note's entry in BibTeX."""
    url = citation.file_url
    value = CitePage(url, base.absolute(url), citation.bibtex)
    return Page(site_path(url, base).lstrip("/"), "cite.bib", value, owner)


def _leads_to(note: RenderedNote, base: Base) -> Url:
    """Return the URL that a note's page leads on to, if its front matter says so."""
    target = note.params.get("redirect_to") or note.params.get("redirect")
    if not isinstance(target, str) or not _LEADS_ON.match(target):
        return Url("")
    return base.url(SitePath(target)) if target.startswith("/") else Url(target)


def preview_image(
    note: RenderedNote, files: Mapping[str, Asset], cards: Mapping[Url, Picture], base: Base
) -> Picture | None:
    """Return the picture that is shown with links to a note: its social card, else its cover.

    The file of a cover tells its size. Notes with a cover have no card, unless it is an SVG: social networks show none.
    """
    ref = note.ref
    if ref.url in cards or not ref.cover:
        return cards.get(ref.url)
    asset = files.get(site_path(ref.cover, base).lstrip("/"))
    width, height, kind = (asset.width, asset.height, asset.format) if asset else (0, 0, "")
    return Picture(base.absolute(ref.cover), width, height, ref.title, _TYPES.get(kind, ""))


def not_found_page(config: Config, base: Base) -> Page:
    """Return 404.html."""
    url = base.url(NOT_FOUND)
    value = PlainPage(url, base.absolute(url), "404", config.description)
    return Page(output_path(NOT_FOUND), "404.html", value, "the 404 page")


def redirect_pages(linked: Linked, base: Base) -> Iterator[Page]:
    """Yield one small page for each old address."""
    for redirect in linked.redirects:
        yield _redirect_page(redirect.path, redirect.url, redirect.owner, base)


def _redirect_page(path: SitePath, url: Url, owner: str, base: Base) -> Page:
    """Return the page at a site path that leads on to a URL."""
    target = base.absolute(url)
    return Page(output_path(path), "redirect.html", RedirectPage(base.url(path), target, "→ " + url, target), owner)


def redirects_file(linked: Linked, outputs: Container[str], base: Base) -> bytes:
    """Return the redirects in the form that Netlify and Cloudflare Pages read: old path, new address, status.

    They publish at the root of a host: a site below a path has none. `outputs`: the output paths of redirect pages, for
    an address that a page has must not lead away from it.
    """
    if base.path != "/":
        return b""
    redirects = (item for item in linked.redirects if output_path(item.path) in outputs)
    pairs = ((base.url(redirect.path), redirect.url) for redirect in redirects)
    return "".join(f"{old} {new} 301\n" for old, new in pairs).encode()
