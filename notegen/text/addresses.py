"""Addresses in files: which other files a page, style sheet, picture or script names, and which are elsewhere.

No parser of HTML, CSS or JavaScript: patterns find what may be an address, and linking asks whether such a file exists.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import quote

from notegen.text.patterns import lazy_regex

# Files that may name others, by the endings of their names.
PAGES = (".html", ".htm", ".xhtml", ".svg", ".xml")
STYLES = (".css",)
SCRIPTS = (".js", ".mjs", ".cjs", ".json", ".webmanifest")
MOST = 5000  # addresses of one file
_ATTRIBUTE = lazy_regex(
    r"""(?<![\w:-])(src|href|poster|data|srcset|imagesrcset|background|(?:xlink:)?href|data-[\w-]{1,40}|content|value)"""
    r"""\s*+=\s*+(?:"([^"<>]{1,4000})"|'([^'<>]{1,4000})'|([^\s"'<>=`]{1,1000}))""",
    re.IGNORECASE,
)
_CSS = lazy_regex(
    r"""url\(\s*+(?:"([^"()]{1,1000})"|'([^'()]{1,1000})'|([^\s"'()]{1,1000}))|@import\s++["']([^"']{1,1000})["']"""
)
# A string that is the address of a file: no spaces around it, and an ending behind a name.
_STRING = lazy_regex(r"""(["'`])([^"'`\s<>()|{}\\]{1,300}\.[A-Za-z0-9]{1,8}(?:[?#][^"'`\s]{0,100})?)\1""")
_UNREACHABLE = ("attachment:", "blob:", "app:", "capacitor:", "cid:", "vscode-resource:", "content:")
_LOCALHOST = lazy_regex(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?=[:/]|\Z)", re.IGNORECASE)
_FILE = lazy_regex(r"[^\s\"'<>|]{1,300}\.[A-Za-z0-9]{1,8}|[^\s\"'<>|]{1,300}/")


def doi_url(doi: str) -> str:
    """Return the address that a DOI stands for. Source: DOI Handbook, "Resolution", "Displaying DOI names"."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-")


def is_external(target: str) -> bool:
    """Return whether an address names a scheme or a host: nothing of ours to resolve.

    A path of the author's own computer, `C:/x.png` or `file:///x.png`, is local, so that it is reported.
    """
    if target.startswith("//"):
        return True
    scheme, colon, _ = target.partition(":")
    if not colon or not scheme[:1].isalpha() or not all(char.isalnum() or char in "+-." for char in scheme):
        return False
    return len(scheme) > 1 and scheme.lower() != "file"


def is_unreachable(target: str) -> bool:
    """Return whether an address names something that only a program on the author's computer can show.

    Attachments of a notebook, pictures of a chat that is over, of an app, of a server at localhost.
    """
    return target[:16].lower().startswith(_UNREACHABLE) or _LOCALHOST.match(target) is not None


def addresses_in(text: str, path: str) -> tuple[str, ...]:
    """Return the local addresses in a file's text, each once, without query and fragment. `path` tells its kind."""
    name = path.lower()
    named: Iterable[str] = ()
    if name.endswith(PAGES):
        named = _in_page(text)
    elif name.endswith(STYLES):
        named = _in_styles(text)
    elif name.endswith(SCRIPTS):
        named = strings_in(text)
    return local_files(named)


def local_files(named: Iterable[str]) -> tuple[str, ...]:
    """Return those that may be addresses of files of this site, each once, without query and fragment."""
    files: dict[str, None] = {}
    for address in named:
        path = address.strip().partition("#")[0].partition("?")[0]
        if _FILE.fullmatch(path) and not is_external(path) and posixpath.normpath(path) not in {".", "/", ".."}:
            files[path] = None
            if len(files) >= MOST:
                break
    return tuple(files)


def strings_in(text: str) -> Iterator[str]:
    """Yield the string literals of a script, or quoted texts of a template, that may be addresses of files."""
    for match in _STRING.finditer(text):
        yield match[2]


def _in_styles(text: str) -> Iterator[str]:
    for match in _CSS.finditer(text):
        yield match[1] or match[2] or match[3] or match[4]


def _in_page(text: str) -> Iterator[str]:
    """Yield the addresses in a page: of attributes, styles and scripts in it, but not in comments."""
    head, *commented = text.split("<!--")
    text = head + "".join(part.partition("-->")[2] for part in commented)
    for match in _ATTRIBUTE.finditer(text):
        value = unescape(match[2] or match[3] or match[4])
        if match[1].lower().endswith("srcset"):
            yield from (part.strip().partition(" ")[0] for part in value.split(","))
        else:
            yield value
    yield from _in_styles(text)
    if "<script" in text.lower():
        yield from strings_in(text)
