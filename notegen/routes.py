"""Routes: the address of every page and its output path; slugs, permalinks, the base path. Nothing else makes a URL.

A *site path* is an address below the base path, decoded, with a slash in front: `/posts/深度/`. A *URL* is what stands
in HTML: with the base path, percent-encoded. An *output path* is the file below the output folder.
"""

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

import msgspec

from notegen.model.config import FeedConfig
from notegen.model.note import Note
from notegen.text.characters import CONTROL
from notegen.text.paths import is_index, strip_suffix

_UNSAFE = re.compile(rf'[{CONTROL}/\\?#%:*<>|"]+')
_CONTROL = re.compile(rf"[{CONTROL}\\]")
_SPACES = re.compile(r"(?<![\s_])_*+\s[\s_]*+")
_TOKEN = re.compile(r":(year|month|day|category|slug|title|path|filename)")
_SAFE = "/~!$&'()*+,;=:@-._"  # characters that stay as they are in the path of a URL (RFC 3986, 3.3)
SEEN = 1 << 16  # strings whose form is kept: every address is made many times, in each build of a server again
MAX_SEGMENT = 180  # bytes; file systems stop at 255

# Site paths of the pages that are no notes.
HOME = "/"
ARCHIVE = "/archives/"
CATEGORIES = "/categories/"
TAGS = "/tags/"
SERIES = "/series/"
NOT_FOUND = "/404.html"
ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
TERM_FEED = "atom.xml"  # beside the list of a category


class Base(msgspec.Struct, frozen=True):
    """Where the site lives: `origin` is "https://host" or empty, `path` starts and ends with a slash."""

    origin: str
    path: str

    def url(self, path: str) -> str:
        """Return the address of a site path (`/posts/x/`), with the base path, percent-encoded."""
        return self.path + _quoted(path)

    def absolute(self, url: str) -> str:
        """Return an address made by `url` with the host in front, if the site has one."""
        return self.origin + url if url.startswith("/") else url

    def identity(self, url: str) -> str:
        """Return an address's id in feeds, which must be absolute: itself, or without a host a tag URI (RFC 4151)."""
        return self.absolute(url) if self.origin else f"tag:localhost,2024:{url}"


@lru_cache(maxsize=SEEN)
def _quoted(path: str) -> str:
    return quote_path(path.lstrip("/"))


def quote_path(path: str) -> str:
    """Return a path as it stands in a URL: percent-encoded UTF-8."""
    return quote(path, safe=_SAFE)


def with_slash(base_url: str) -> str:
    """Return a `base_url` setting with one slash at its end; the empty one stays empty."""
    return base_url.rstrip("/") + "/" if base_url else ""


def base_of(base_url: str) -> Base:
    """Return the base for a `base_url` setting: "", "/repo/" or "https://user.github.io/repo/"."""
    parts = urlsplit(base_url)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    path = "/" + parts.path.strip("/")
    return Base(origin, path if path.endswith("/") else path + "/")


def site_path(url: str, base: Base) -> str:
    """Return the site path of an address made by `base.url`."""
    return _unquoted(url.removeprefix(base.path))


@lru_cache(maxsize=SEEN)
def _unquoted(inner: str) -> str:
    return "/" + unquote(inner)


@lru_cache(maxsize=SEEN)
def segment(text: str) -> str:
    """Return `text` as one part of a path.

    Letters of all scripts stay, spaces become hyphens, nothing can leave the folder.
    """
    cleaned = unicodedata.normalize("NFC", _SPACES.sub("-", _UNSAFE.sub("-", text.strip())))
    cleaned = cleaned.strip(". -") or "-"
    return cleaned.encode()[:MAX_SEGMENT].decode(errors="ignore")


def term_segment(name: str) -> str:
    """Return a category or tag as one part of a path: as `segment`, but `#` stays, because C# is not C."""
    return "#".join(segment(part) if part.strip() else "" for part in name.split("#")) if name.strip(" #") else "-"


def term_path(root: str, parts: Sequence[str]) -> str:
    """Return the site path of a term's list: `root` is CATEGORIES, TAGS or SERIES, `parts` are its names."""
    return root + "/".join(term_segment(part) for part in parts) + "/"


def list_paths(path: str, total: int) -> list[str]:
    """Return the site paths of the `total` pages of a list at `path`: page 1 is the list itself."""
    return [path, *(f"{path}page/{number}/" for number in range(2, total + 1))]


class FeedRoute(msgspec.Struct, frozen=True):
    """A feed of the whole site: its site path, and its `kind`, "atom", "rss" or "json"."""

    path: str
    kind: str


def feed_routes(config: FeedConfig) -> Iterator[FeedRoute]:
    """Yield every feed of the whole site, each name of the Atom feed among them."""
    yield from (FeedRoute("/" + name, "atom") for name in config.filenames)
    if config.rss:
        yield FeedRoute("/" + config.rss, "rss")
    if config.json:
        yield FeedRoute("/" + config.json, "json")


def segments(path: str) -> str:
    """Return a path of safe parts without slashes at its ends; empty parts and dots are dropped."""
    parts = [segment(part) for part in path.split("/") if part.strip(". ")]
    return "/".join(parts)


def output_path(path: str) -> str:
    """Return the file below the output folder that answers a site path: `/posts/x/` -> `posts/x/index.html`."""
    inner = path.strip("/")
    if path.endswith("/") or not inner:
        return f"{inner}/index.html" if inner else "index.html"
    last = inner.rpartition("/")[2]
    return inner if "." in last else f"{inner}/index.html"


def slug_of(note: Note, stem: str) -> str:
    """Return the note's slug: from its front matter, else from its file's name."""
    return segments(note.meta.slug) or segment(stem)


def note_path(note: Note, inner: str, stem: str, pattern: str, zone_date: datetime | None) -> str:
    """Return the site path of a note: its own permalink, else the pattern filled in.

    `inner` is its path below the content folder, `stem` its name without ending and date; `:path` is folder and slug:
    of `a/b/index.md`, whose stem is `b`, `a/b`. The folder `_posts` of Hexo and Jekyll is no part of it.
    Parts that have no value are dropped, and so are the dots of a pattern that would lead out of the site.
    """
    if note.meta.permalink:
        return _own_permalink(note.meta.permalink)
    slug = slug_of(note, stem)
    category = "/".join(segment(part) for part in note.meta.categories[0]) if note.meta.categories else ""
    values = {
        "year": f"{zone_date.year:04}" if zone_date else "",
        "month": f"{zone_date.month:02}" if zone_date else "",
        "day": f"{zone_date.day:02}" if zone_date else "",
        "category": category,
        "slug": slug,
        "title": segment(note.title) if note.title else slug,
        "filename": segment(stem),
        "path": f"{segments(_folder(inner))}/{slug}".removeprefix("/"),
    }
    filled = _TOKEN.sub(lambda match: values[match[1]], pattern)
    path = "/".join(part for part in filled.split("/") if part.strip("."))
    return f"/{path}/" if path and filled.endswith("/") else f"/{path}"


def _folder(inner: str) -> str:
    """Return the folder in which a note, or the bundle that an `index.md` stands for, lies."""
    folder, _, name = inner.rpartition("/")
    folder = posixpath.dirname(folder) if is_index(name) else folder
    return "/".join(part for part in folder.split("/") if part != "_posts")


def page_path(note: Note, inner: str) -> str:
    """Return the site path of a page that is not a note: `about.md` -> `/about/`, `pages/a.md` -> `/a/`."""
    if note.meta.permalink:
        return _own_permalink(note.meta.permalink)
    if note.meta.slug:
        return f"/{segments(note.meta.slug)}/"
    folder, _, name = strip_suffix(inner).removeprefix("pages/").rpartition("/")
    stem = folder if folder and (is_index(name) or name == "_index") else f"{folder}/{name}"
    return f"/{segments(stem)}/"


def alias_path(alias: str) -> str:
    """Return an old address, as an author gives it, as a site path: in its own spelling, but never out of the site."""
    parts = [_CONTROL.sub("", part) for part in unquote(alias).split("/") if part.strip(". ")]
    inner = "/".join(parts)
    if re.search(r"\.html?$", inner) and not alias.endswith("/"):
        return f"/{inner}"
    return f"/{inner}/" if inner else "/"


def _own_permalink(permalink: str) -> str:
    """Return an author's permalink as a site path that stays inside the site."""
    inner = segments(permalink)
    last = inner.rpartition("/")[2]
    if re.search(r"\.[A-Za-z0-9]{1,5}$", last) and not permalink.endswith("/"):
        return f"/{inner}"
    return f"/{inner}/" if inner else "/"
