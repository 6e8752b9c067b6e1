"""An entry in the list of references and in marks, in one of the two built-in styles: HTML, and its place in the list.

Both are those of BibTeX's `plain` in short: authors, title, where it appeared, year, links. `author-year` has the year
behind the authors. Words between names are those of the entry's language: 等 for Chinese authors, et al. for others.
"""

import re
from html import escape, unescape

import msgspec

from notegen.bibliography.entries import Entry, Name
from notegen.bibliography.identifiers import field_text, links_of, says_no_more_than_a_link
from notegen.bibliography.latex_text import FormulaHtml, latex_html
from notegen.bibliography.names import CHINESE, ENGLISH, Words, all_names, is_wide, short_names, split_names
from notegen.math.plain_text.text import readable
from notegen.model.body import Work
from notegen.model.strings import Html
from notegen.text.patterns import lazy_regex

_YEAR = lazy_regex(r"\d{4}")
_TAG = lazy_regex(r"<[^<>]*>")
_SIMPLE = lazy_regex(r"&lt;(/?(?:i|b|sub|sup|em|strong))&gt;")  # what CSL-JSON allows in texts
_ENDS = (".", "?", "!", "。", "？", "！", "…")
_CONTAINERS = (
    "journal",
    "journaltitle",
    "booktitle",
    "maintitle",
    "howpublished",
    "school",
    "institution",
    "organization",
)
_PROCEEDINGS = frozenset({"inproceedings", "incollection", "inbook", "conference"})


def reference(entry: Entry, style: str, formula: FormulaHtml) -> Work:
    """Return a cited work as HTML. `style`: "numeric" or "author-year"; `formula` gives the HTML of LaTeX."""
    return _Formatter(entry, formula).reference(style)


class _Formatter:
    """Puts one entry into HTML."""

    def __init__(self, entry: Entry, formula: FormulaHtml) -> None:
        self._entry = entry
        self._formula = formula
        self._fields = entry.fields
        names, others = (entry.names, False) if entry.names else self._names()
        self._authors = tuple(
            msgspec.structs.replace(x, family=self._html(x.family), given_name=self._html(x.given_name)) for x in names
        )
        self._others = others
        self._words = _words(entry, names)

    def reference(self, style: str) -> Work:
        year, title = self._year(), self._html(self._fields.get("title", ""))
        authors = all_names(self._authors, self._words, others=self._others) or self._group()
        short = (
            short_names(self._authors, self._words, others=self._others) or self._group() or title or self._entry.key
        )
        where = self._where()
        if style == "author-year":
            before, behind = f"{authors or title} (", [title if authors else "", where]
            after = ")" + "".join(f". {part}" for part in behind if part)
            after, year = _closed(after), year or self._words.no_year
        else:
            parts = [part for part in (authors, title) if part]
            before = " ".join(map(_closed, parts)) + (" " if parts and (where or year) else "")
            before += where + (", " if where and year else "")
            after = "." if where or year else ""
        order = (
            _plain(short) if not self._authors else " ".join(f"{x.family} {x.given_name}" for x in self._authors)
        ).casefold()
        tail = "".join(f" {link.html()}" for link in links_of(self._entry))
        return Work(
            self._entry.key,
            short,
            year,
            before,
            after + tail,
            f"{order} {year} {_plain(title)}",
            title=Html(title or escape(self._entry.key)),
            title_text=_title_text(self._entry) or self._entry.key,
            abstract=Html(self._html(self._fields.get("abstract", ""))),
        )

    def _names(self) -> tuple[tuple[Name, ...], bool]:
        for role in ("author", "editor"):
            if self._fields.get(role):
                return split_names(self._fields[role])
        return (), False

    def _group(self) -> str:
        names = ("organization", "institution", "publisher")
        return next((self._html(self._fields[name]) for name in names if self._fields.get(name)), "")

    def _html(self, value: str) -> str:
        if self._entry.latex:
            return latex_html(value, self._formula)
        return _SIMPLE.sub(r"<\1>", escape(value, quote=False))

    def _year(self) -> str:
        value = field_text(self._entry, "year") or field_text(self._entry, "date")
        match = _YEAR.search(value)
        return match[0] if match else escape(value, quote=False)

    def _where(self) -> str:
        """Return where the work appeared: `In <em>NeurIPS</em>, 30(2): 1–8, MIT Press`."""
        names = (self._fields[name] for name in _CONTAINERS if self._fields.get(name))
        container = self._html(next((name for name in names if not says_no_more_than_a_link(name)), ""))
        if container and container == self._group() and not self._authors:
            container = ""
        volume, number, pages = (self._html(self._fields.get(key, "")) for key in ("volume", "number", "pages"))
        number = number or self._html(self._fields.get("issue", ""))
        place = volume + (f"({number})" if number else "")
        place += (": " if place else "") + re.sub(r"(?<=\d)-(?=\d)", "–", pages) if pages else ""
        inside = "In " if container and self._words is ENGLISH and self._entry.type in _PROCEEDINGS else ""
        named = container if is_wide(container) else f"<em>{container}</em>"  # no italics in Chinese
        parts = [inside + named if container else "", place]
        publisher = self._html(self._fields.get("publisher", ""))
        parts.append(publisher if self._authors else "")
        return ", ".join(part for part in parts if part)


def _title_text(entry: Entry) -> str:
    """Return the title as plain text, its formulas as they are read."""
    title = entry.fields.get("title", "")
    if not entry.latex or ("$" not in title and "\\(" not in title):
        return field_text(entry, "title")
    return _plain(latex_html(title, lambda latex: escape(readable(latex, {}))))


def _words(entry: Entry, names: tuple[Name, ...]) -> Words:
    """Return the words of the entry's language: of its first author, its title where it has none."""
    language = (entry.fields.get("langid") or entry.fields.get("language") or "").lower()
    if names:
        return CHINESE if is_wide(names[0].family + names[0].given_name) else ENGLISH
    return CHINESE if language.startswith(("zh", "chin")) or is_wide(entry.fields.get("title", "")) else ENGLISH


def _closed(html: str) -> str:
    """Return a sentence with a full stop at its end, unless it has a sign there."""
    return html if not html or _plain(html).endswith(_ENDS) else html + "."


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html)).rstrip()
