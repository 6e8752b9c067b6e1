"""Where a work is to be had: its DOI, its number on arXiv, its address, from whichever field says it.

Source: biblatex manual, §3.13 (`eprint`, `eprinttype`, `archiveprefix`); arXiv's identifier schemes, old and new.
"""

import re
from html import escape

import msgspec

from notegen.bibliography.entries import Entry
from notegen.bibliography.latex_text import latex_text
from notegen.text.addresses import doi_url
from notegen.text.patterns import lazy_regex

_ARXIV = lazy_regex(
    r"arxiv[.:/](?:org/)?(?:abs/|pdf/)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE
)
ARXIV_ID = lazy_regex(r"(?:arxiv:)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)
DOI = lazy_regex(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*+)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_OF_ARXIV = "10.48550/arxiv"  # DOIs that arXiv gives lead where its numbers do
_LONGEST_ADDRESS = 60  # characters of an address that are shown


class WorkLink(msgspec.Struct, frozen=True):
    """A link to a work: `kind` is "doi", "arxiv" or "url"; `shown` its words."""

    kind: str
    url: str
    shown: str

    def html(self, words: str = "") -> str:
        """Return it as an element, with other words in plain text."""
        return f'<a href="{escape(self.url)}">{escape(words or self.shown, quote=False)}</a>'


def field_text(entry: Entry, name: str) -> str:
    """Return a field as plain text; "" where the entry has none."""
    value = entry.fields.get(name, "")
    return latex_text(value) if entry.latex else value


def links_of(entry: Entry) -> list[WorkLink]:
    """Return the links to a work: its DOI and its number on arXiv, else its address."""
    doi, arxiv, url = doi_of(entry), arxiv_of(entry), field_text(entry, "url").strip()
    links = []
    if doi and not (arxiv and doi.lower().startswith(_OF_ARXIV)):
        links.append(WorkLink("doi", doi_url(doi), f"doi:{doi}"))
    if arxiv:
        links.append(WorkLink("arxiv", f"https://arxiv.org/abs/{arxiv}", f"arXiv:{arxiv}"))
    if not links and url.lower().startswith(("https://", "http://")) and not set(url) & set(" \"'<>"):
        shown = url.partition("://")[2].rstrip("/")
        shown = shown if len(shown) <= _LONGEST_ADDRESS else shown[: _LONGEST_ADDRESS - 1] + "…"
        links.append(WorkLink("url", url, shown))
    return links


def doi_of(entry: Entry) -> str:
    """Return the DOI of a work, without the address of doi.org; "" for none."""
    match = DOI.fullmatch(field_text(entry, "doi").strip()) or DOI.fullmatch(field_text(entry, "url").strip())
    return match["doi"] if match else ""


def arxiv_of(entry: Entry) -> str:
    """Return the number of a work on arXiv, without its version; "" for none."""
    if "arxiv" in {field_text(entry, name).lower() for name in ("archiveprefix", "eprinttype")}:
        match = ARXIV_ID.fullmatch(field_text(entry, "eprint").strip())
        if match:
            return match["id"]
    number = ARXIV_ID.fullmatch(field_text(entry, "volume").removeprefix("abs/"))
    if number and field_text(entry, "journal") == "CoRR":  # DBLP
        return number["id"]
    for name in ("journal", "journaltitle", "howpublished", "note", "url", "doi"):
        match = _ARXIV.search(field_text(entry, name))
        if match:
            return match["id"]
    return ""


def says_no_more_than_a_link(value: str) -> bool:
    """Return whether a field is a link in words: `arXiv preprint arXiv:1706.03762`, or an address."""
    return bool(_ARXIV.search(value)) or "http://" in value or "https://" in value
