"""An export of Medium: a zip whose folder `posts/` has a page of HTML for each post and draft."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from notegen.importers.archive import Files, text_of
from notegen.importers.html import Address, as_markdown
from notegen.importers.imported import (
    FieldValue,
    Import,
    ImportedFile,
    ImportedNote,
    Names,
    UnreadableExportError,
    aliases,
    counted,
    relative,
    safe_name,
)
from notegen.text.paths import is_day
from notegen.text.patterns import lazy_regex

PICTURES = "pictures"  # below the content folder
_POST = lazy_regex(r"(?:^|/)posts/(?P<name>[^/]+)\.html?$")
_ID = lazy_regex(r"[0-9a-f]{6,12}")
_HEADINGS = {"h3": "h2", "h4": "h3"}  # what Medium calls a large and a small heading
_MEDIUM = ("medium.com",)


def read_medium(files: Files) -> Import:
    """Return what an export holds. Raises UnreadableExportError."""
    posts = {name: match for name in sorted(files) if (match := _POST.search(name))}
    if not posts:
        raise UnreadableExportError("no posts/*.html: download your information from Medium, and give the zip")
    names = Names()
    paths = {name: names.free(f"{_stem(match['name'])}.md") for name, match in posts.items()}
    soups = {name: BeautifulSoup(text_of(files[name]), "html.parser") for name in posts}
    by_address = {_identity(_canonical(soup)): paths[name] for name, soup in soups.items() if _canonical(soup)}
    used: dict[str, str] = {}
    remote: list[str] = []
    notes = []
    for name, soup in soups.items():

        def address(url: str, kind: str, home: str = name) -> str:
            return _address(url, kind, home, paths[home], (by_address, files, used, remote))

        notes.append(_note(soup, paths[name], posts[name]["name"], address))
    copied = tuple(ImportedFile(path, files[name]) for name, path in used.items())
    foreign = [_canonical(soup) for soup in soups.values() if _is_of_medium(_canonical(soup))]
    remarks = (
        *counted(remote, "pictures that stay at their addresses"),
        *counted(foreign, "addresses at medium.com, which cannot lead here"),
    )
    return Import(tuple(notes), copied, {}, remarks)


def _stem(name: str) -> str:
    """Return the name of a note; Medium's is a date or `draft`, the words of the title, and digits."""
    words, _, digits = name.partition("_")[2].rpartition("-")
    title = words if _ID.fullmatch(digits) else name
    return safe_name("-".join(filter(None, unquote(title).replace("_", "-").split("-"))), "post")


def _canonical(soup: BeautifulSoup) -> str:
    link = soup.select_one("a.p-canonical")
    return str(link.get("href") or "") if link is not None else ""


def _is_of_medium(address: str) -> bool:
    return urlsplit(address).netloc.removeprefix("www.").endswith(_MEDIUM)


def _identity(address: str) -> str:
    """Return the part of a post's address that stays the same wherever it is published: the digits at its end."""
    match = re.search(r"([0-9a-f]{6,12})/?$", urlsplit(address).path)
    return match[1] if match else address


def _address(
    url: str, kind: str, name: str, path: str, known: tuple[dict[str, str], Files, dict[str, str], list[str]]
) -> str:
    by_address, files, used, remote = known
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(url.partition("#")[0])))
    if "://" not in url and inside in files and not inside.endswith((".html", ".htm")):
        return relative(used.setdefault(inside, f"{PICTURES}/{posixpath.basename(inside)}"), path)
    if kind == "link" and (target := by_address.get(_identity(url))):
        return relative(target, path)
    if kind == "image" and "://" in url:
        remote.append(url)
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _note(soup: BeautifulSoup, path: str, name: str, address: Address) -> ImportedNote:
    title, body = soup.select_one(".p-name"), soup.select_one("section.e-content, [data-field=body]")
    time, summary = soup.select_one("time.dt-published"), soup.select_one(".p-summary")
    author = soup.select_one("a.p-author")
    canonical = _canonical(soup)
    old = unquote(urlsplit(canonical).path) if canonical and not _is_of_medium(canonical) else ""
    day = name.partition("_")[0]
    date = str(time.get("datetime") or "") if time is not None else day if is_day(day) else ""
    words = title.get_text(" ", strip=True) if title is not None else path.removesuffix(".md")
    fields: dict[str, FieldValue] = {
        "title": words,
        "date": date.replace("T", " ").replace("Z", "+00:00"),
        "draft": True if name.startswith("draft") else "",
        "authors": (author.get_text(strip=True),) if author is not None else (),
        "tags": tuple(tag.get_text(strip=True) for tag in soup.select("a.p-category, .p-tags a")),
        "summary": summary.get_text(" ", strip=True) if summary is not None else "",
        "aliases": aliases(old),
    }

    def prepare(tree: BeautifulSoup) -> None:
        for junk in tree.select(".section-divider"):
            junk.decompose()
        for first in (*tree.select(".graf--title")[:1], *tree.select(".graf--subtitle")[:1]):
            if first.get_text(" ", strip=True) in {words, fields["summary"]} or "graf--title" in first["class"]:
                first.decompose()
        for heading in tree.find_all([*_HEADINGS]):
            heading.name = _HEADINGS[heading.name]
        for pre in _code(tree):
            pre.name = "pre"

    html = str(body) if body is not None else ""
    return ImportedNote(path, fields, as_markdown(html, address, prepare))


def _code(tree: BeautifulSoup) -> Iterator[Tag]:
    """Yield blocks of code, with line ends for their line breaks; those that follow one another are one."""
    for pre in tree.find_all("pre"):
        for line in pre.find_all("br"):
            line.replace_with("\n")
        previous = pre.find_previous_sibling()
        if isinstance(previous, Tag) and previous.name == "pre":
            pre.insert(0, previous.get_text() + "\n")
            previous.decompose()
        yield pre
