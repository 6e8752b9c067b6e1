"""The base path, URLs of site paths and back, and the file that answers a site path."""

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

import msgspec

from notegen.model.strings import SitePath, Url
from notegen.text.characters import CONTROL
from notegen.text.patterns import lazy_regex

_SAFE = "/~!$&'()*+,;=:@-._"  # characters that stay as they are in the path of a URL (RFC 3986, 3.3)
_NO_IRI = lazy_regex(rf"""[{CONTROL} "#%<>?\\^`{{|}}]+""")
_FILE = lazy_regex(r"\.(?:x?html?|php|aspx?|jsp|xml|json|txt)\Z", re.IGNORECASE)
SEEN = 1 << 16  # strings whose form is kept: every address is made many times, in each build of a server again


class Base(msgspec.Struct, frozen=True):
    """Where the site lives: `origin` is "https://host" or empty, `path` starts and ends with a slash."""

    origin: str
    path: str

    def url(self, path: SitePath) -> Url:
        """Return the address of a site path (`/posts/x/`), with the base path, percent-encoded."""
        return Url(self.path + _quoted(path))

    def below(self, folder: str) -> "Base":
        """Return the base of the pages in a folder at the top; "" is the site itself."""
        return Base(self.origin, f"{self.path}{folder}/") if folder else self

    def absolute(self, url: Url) -> Url:
        """Return an address made by `url` with the host in front, if the site has one."""
        return Url(self.origin + url) if url.startswith("/") else url

    def identity(self, url: Url) -> str:
        """Return an address's id in feeds, which must be absolute: itself, or without a host a tag URI (RFC 4151)."""
        return self.absolute(url) if self.origin else f"tag:localhost,2024:{url}"


@lru_cache(maxsize=SEEN)
def _quoted(path: str) -> str:
    return quote_path(path.lstrip("/"))


def quote_path(path: str) -> str:
    """Return a path as it stands in a URL: percent-encoded UTF-8."""
    return quote(path, safe=_SAFE)


def iri_path(path: str) -> str:
    """Return a path as it stands in an IRI (RFC 3987): letters of all scripts stay, what no address can hold does not.

    For addresses of other sites, as authors write them.
    """
    return _NO_IRI.sub(lambda match: quote(match[0], safe=""), path)


def with_slash(base_url: str) -> str:
    """Return a `base_url` setting with one slash at its end; the empty one stays empty."""
    return base_url.rstrip("/") + "/" if base_url else ""


def base_of(base_url: str) -> Base:
    """Return the base for a `base_url` setting: "", "/repo/" or "https://user.github.io/repo/"."""
    parts = urlsplit(base_url)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    path = "/" + parts.path.strip("/")
    return Base(origin, path if path.endswith("/") else path + "/")


def site_path(url: Url, base: Base) -> SitePath:
    """Return the site path of an address made by `base.url`."""
    return _unquoted(url.removeprefix(base.path))


@lru_cache(maxsize=SEEN)
def _unquoted(path: str) -> SitePath:
    return SitePath("/" + unquote(path))


def markdown_url(url: Url) -> Url:
    """Return the address of a page as Markdown: `/posts/x/` -> `/posts/x/index.md`, `/x.html` -> `/x.md`."""
    return Url(f"{url}index.md" if url.endswith("/") else f"{url.removesuffix('.html')}.md")


def output_path(path: SitePath) -> str:
    """Return the file below the output folder that answers a site path: `/posts/x/` -> `posts/x/index.html`.

    A dot in a name makes no file of it, unless what follows is the ending of one: /posts/v1.2 is a page.
    """
    parts = path.strip("/")
    if parts and not path.endswith("/") and _FILE.search(parts):
        return parts
    return f"{parts}/index.html" if parts else "index.html"
