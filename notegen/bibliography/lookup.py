"""A work looked up by its number on arXiv or its DOI: what the service says of it as an entry of BibTeX.

Source: arXiv API User's Manual (info.arxiv.org/help/api); DOI content negotiation (citation.doi.org).
"""

import json
import re
import unicodedata
from collections.abc import Container, Iterator
from html import unescape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import msgspec

from notegen.bibliography.csl.json_file import read_csl_json
from notegen.bibliography.download import DownloadError, download
from notegen.bibliography.entries import Entry, Name
from notegen.bibliography.identifiers import ARXIV_ID, DOI
from notegen.text.addresses import doi_url
from notegen.text.cjk import HAN
from notegen.text.patterns import lazy_regex
from notegen.text.scholarly import SHORT_WORDS, bibtex_value

_ATOM = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}
_ARXIV_ADDRESS = lazy_regex(r"(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/", re.IGNORECASE)
_TAG = lazy_regex(r"<[^<>]*>")
_WORD = lazy_regex(r"[a-z0-9]+")
_SHORT = SHORT_WORDS | {"by", "from", "is", "are"}
_CSL_JSON = "application/vnd.citationstyles.csl+json"
_TYPES = {"journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter"}
_BIBTEX = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "monograph": "book",
    "thesis": "phdthesis",
    "report": "techreport",
}
_ORDER = ("title", "journal", "booktitle", "volume", "number", "pages", "publisher", "year", "doi", "eprint")


class Services(msgspec.Struct, frozen=True):
    """The addresses of the two services, to which a number or a DOI is added."""

    arxiv: str = "https://export.arxiv.org/api/query?id_list="
    doi: str = doi_url("")


class Identifier(msgspec.Struct, frozen=True):
    """What a work is known by: `kind` is "arxiv" or "doi"."""

    kind: str
    value: str


class NotFoundError(Exception):
    """Why there is no entry, in words."""


def identify(text: str) -> Identifier | None:
    """Return what an author has typed or copied: `1706.03762`, `arXiv:1706.03762v7`, a DOI, an address of either."""
    text = text.strip().rstrip("/")
    number = ARXIV_ID.fullmatch(_ARXIV_ADDRESS.sub("", text).removesuffix(".pdf"))
    if number is not None:
        return Identifier("arxiv", number["id"])
    doi = DOI.fullmatch(text)
    if doi is None:
        return None
    arxiv = re.fullmatch(r"10\.48550/arxiv\.(.+)", doi["doi"], re.IGNORECASE)
    return Identifier("arxiv", arxiv[1]) if arxiv else Identifier("doi", doi["doi"])


def look_up(identifier: Identifier, services: Services) -> Entry:
    """Return what a service says of a work, as plain text. Its key is empty. Raises NotFoundError."""
    is_arxiv = identifier.kind == "arxiv"
    url = services.arxiv + quote(identifier.value, safe="/") if is_arxiv else services.doi + quote(identifier.value)
    try:
        text = download(url, "application/atom+xml" if is_arxiv else _CSL_JSON)
    except DownloadError as error:
        if error.missing:
            raise NotFoundError(f"there is no work {identifier.value}: {error}") from error
        raise NotFoundError(str(error)) from error
    entry = _of_arxiv(text, identifier.value) if is_arxiv else _of_doi(text, identifier.value)
    if entry is None:
        raise NotFoundError(f"there is no work {identifier.value}")
    return entry


def _of_arxiv(text: str, number: str) -> Entry | None:
    """Return the entry in an answer of arXiv; None for none, which it also says in the form of an entry."""
    try:
        feed = None if "<!DOCTYPE" in text else ET.fromstring(text)  # noqa: S314 - no entities without one
    except ET.ParseError:
        feed = None
    entry = feed.find("a:entry", _ATOM) if feed is not None else None
    if entry is None or "/api/errors" in _text(entry, "a:id") or not _text(entry, "a:title"):
        return None
    names = tuple(_name(_text(author, "a:name")) for author in entry.findall("a:author", _ATOM))
    category = entry.find("x:primary_category", _ATOM)
    fields = {
        "title": _text(entry, "a:title"),
        "year": _text(entry, "a:published")[:4],
        "eprint": number,
        "archiveprefix": "arXiv",
        "primaryclass": category.get("term", "") if category is not None else "",
        "doi": _text(entry, "x:doi"),
        "abstract": _text(entry, "a:summary"),
    }
    return Entry("", "misc", {name: text for name, text in fields.items() if text}, names=names, latex=False)


def _text(element: ET.Element, path: str) -> str:
    return " ".join((element.findtext(path, "", _ATOM) or "").split())


def _name(text: str) -> Name:
    """Return a name written as in a sentence; a Chinese one whole."""
    given_name, _, family = text.rpartition(" ")
    return Name(text) if re.search(f"[{HAN}]", text) else Name(family, given_name)


def _of_doi(text: str, doi: str) -> Entry | None:
    """Return the entry in an answer of a registry of DOIs; None where it has no title."""
    try:
        item: Any = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(item, dict) or not item.get("title"):
        return None
    first = {name: value[0] if isinstance(value, list) and value else value for name, value in item.items()}
    names = ("title", "container-title", "publisher", "page", "volume", "issue", "abstract")
    plain = {name: _TAG.sub("", unescape(str(first[name]))) for name in names if first.get(name)}
    kind = _TYPES.get(str(item.get("type")), str(item.get("type")))
    people = {role: item.get(role) for role in ("author", "editor", "issued")}
    file = read_csl_json(json.dumps([{**plain, **people, "id": "x", "type": kind}]), doi)
    entry = file.entries["x"]
    kind = _BIBTEX.get(kind, "misc")
    fields = {**entry.fields, "doi": doi}
    if kind in {"inproceedings", "incollection"} and "journal" in fields:
        fields["booktitle"] = fields.pop("journal")
    return msgspec.structs.replace(entry, key="", type=kind, fields=fields)


def key_of(entry: Entry, taken: Container[str]) -> str:
    """Return a key such as vaswani2017attention, unlike all that are taken."""
    family = _ascii(entry.names[0].family if entry.names else "")
    words = [word for word in _WORD.findall(_ascii(entry.fields["title"])) if word not in _SHORT and not word.isdigit()]
    last = "".join(_WORD.findall(family)) or "work"
    base = last + entry.fields.get("year", "") + (words[0] if words else "")
    return next(key for key in _numbered(base) if key not in taken)


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _ascii(text: str) -> str:
    """Return text in small ASCII letters: accents are left out, and letters of other scripts."""
    text = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L")
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def as_bibtex(entry: Entry) -> str:
    """Return an entry of plain text as it stands in a .bib file."""
    names = " and ".join(filter(None, map(_written, entry.names)))
    fields = {"author": names} if names else {}
    ordered = sorted(entry.fields, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))
    for name in ordered:
        value = entry.fields[name] if name in {"doi", "eprint", "url"} else bibtex_value(entry.fields[name])
        fields[name] = _balanced(value)
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{entry.type}{{{entry.key},\n{lines}}}\n"


def _written(name: Name) -> str:
    family, given_name = bibtex_value(name.family), bibtex_value(name.given_name)
    if given_name:
        return f"{family}, {given_name}"
    return f"{{{family}}}" if " " in family or "," in family else family


def _balanced(value: str) -> str:
    """Return a value without braces where they are not in pairs: an identifier is kept as it is otherwise."""
    return value if value.count("{") == value.count("}") else value.replace("{", "").replace("}", "")
