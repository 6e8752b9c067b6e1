"""The addresses of a site as another program published it: from its folder of HTML, or from its sitemap."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from notegen.model.strings import SitePath
from notegen.system.disk import Disk
from notegen.text.patterns import lazy_regex

MAX_HEAD = 100_000  # characters of a page in which its titles are looked for
MAX_SITEMAP = 50_000_000  # bytes, the limit of sitemaps.org
_LOC = lazy_regex(r"<loc>([^<]*)</loc>", re.IGNORECASE)
_TITLE = lazy_regex(r"<title[^<>]*>([^<]*)</title>", re.IGNORECASE)
_META = lazy_regex(r"<meta\b[^<>]*>", re.IGNORECASE)
_HEADING = lazy_regex(r"<h1\b[^<>]*>((?:[^<]|<(?!/?h1\b))*+)</h1>", re.IGNORECASE)
_TAG = lazy_regex(r"<[^<>]*>")
_ATTRIBUTE = lazy_regex(
    r"""\b(property|name|http-equiv|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_REFRESH = lazy_regex(r"[^;]*;\s*+url=['\"]?([^'\"]*)", re.IGNORECASE)
_SEPARATORS = lazy_regex(r" [|·•–—-] |[|｜]")


class OldPage(msgspec.Struct, frozen=True):
    """A page of the old site: its site path, what it may be called, and where it leads if it is a redirect."""

    path: SitePath
    titles: frozenset[str] = frozenset()
    target: SitePath = SitePath("")


class OldSite(msgspec.Struct, frozen=True):
    """The pages of an old site, and its feeds, site path -> whether it is RSS; or why it cannot be read."""

    pages: tuple[OldPage, ...] = ()
    feeds: dict[str, bool] = {}
    problem: str = ""


def read_old_site(place: Path, base_path: str, disk: Disk) -> OldSite:
    """Return what a folder of HTML, or a sitemap, says of an old site.

    `base_path`: that of the new site, which the addresses of a sitemap begin with too if the site stays where it is.
    """
    try:
        if place.is_dir():
            return _folder(place, disk)
        pages = tuple(dict.fromkeys(_sitemap(place, base_path, disk, set())))
    except (OSError, UnicodeDecodeError) as error:
        return OldSite(problem=f"{place} cannot be read: {error}")
    return OldSite(pages) if pages else OldSite(problem=f"{place} names no addresses: a sitemap has them as <loc>")


def _sitemap(file: Path, base_path: str, disk: Disk, seen: set[Path]) -> Iterator[OldPage]:
    """Yield the addresses of a sitemap, and those of the sitemaps that an index names, which lie beside it or below."""
    seen.add(file)
    text = disk.read(file).decode("utf-8") if disk.size(file) <= MAX_SITEMAP else ""
    for match in _LOC.finditer(text):
        path = unquote(urlsplit(unescape(match[1]).strip()).path) or "/"
        below_base = "/" + path.removeprefix(base_path) if base_path != "/" else path
        if path.endswith((".xml", ".xml.gz")):
            for part in _parts(file, (path, below_base), seen):
                yield from _sitemap(part, base_path, disk, seen)
        else:
            yield OldPage(SitePath(below_base if path.startswith(base_path) else path))


def _parts(index: Path, paths: tuple[str, str], seen: set[Path]) -> Iterator[Path]:
    """Yield the file of a sitemap that an index names: as the site has it, else by its name beside the index.

    `paths`: the address on the host, and below the site's base path. Raises FileNotFoundError where it is missing.
    """
    names = [path.lstrip("/").removesuffix(".gz") for path in paths]
    names = [name for name in (*names, names[0].rpartition("/")[2]) if ".." not in name.split("/")]
    files = [index.parent / name for name in names if (index.parent / name).is_file()]
    if not files:
        raise FileNotFoundError(2, f"the sitemap {names[0]}, which it names, is not here: save it beside", str(index))
    part = next((file for file in files if file not in seen), None)
    if part is not None:
        yield part


def _folder(folder: Path, disk: Disk) -> OldSite:
    pages: list[OldPage] = []
    feeds: dict[str, bool] = {}
    for entry in disk.walk(folder):
        lower = entry.path.lower()
        if entry.problem:
            continue
        if lower.endswith((".html", ".htm")):
            text = disk.read(Path(entry.location))[: 4 * MAX_HEAD].decode("utf-8", errors="replace")[:MAX_HEAD]
            pages.append(_page("/" + entry.path, text))
        elif lower.endswith(".xml") and "sitemap" not in lower:
            head = disk.read(Path(entry.location))[:1000]
            feeds |= {f"/{entry.path}": b"<rss" in head} if b"<rss" in head or b"<feed" in head else {}
    pages = [page for page in pages if page.path != "/404.html"]
    return OldSite(tuple(pages), feeds) if pages else OldSite(problem=f"{folder} holds no .html files")


def _page(path: str, text: str) -> OldPage:
    """Return a page by its file's path with a slash in front, and its text."""
    metas = [_attributes(match[0]) for match in _META.finditer(text)]
    refresh = next(
        (_REFRESH.match(meta.get("content", "")) for meta in metas if _is(meta, "http-equiv", "refresh")), None
    )
    named = [meta.get("content", "") for meta in metas if _is(meta, "property", "og:title")]
    heading, title = _HEADING.search(text), _TITLE.search(text)
    named += [_TAG.sub("", heading[1])] if heading else []
    named += [title[1], _SEPARATORS.split(title[1], maxsplit=1)[0]] if title else []
    address = SitePath(re.sub(r"(?<=/)index\.html?$", "", path))
    titles = frozenset(" ".join(unescape(name).split()) for name in named) - {""}
    target = unquote(urlsplit(unescape(refresh[1]).strip()).path) if refresh else ""
    return OldPage(address, titles, SitePath(target))


def _attributes(tag: str) -> dict[str, str]:
    return {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag)}


def _is(attributes: dict[str, str], name: str, value: str) -> bool:
    return attributes.get(name, "").lower() == value
