"""Citations of one page: marks in its text, the list of the works that it cites, links from each to the other.

Works are numbered by their first mark in the note, then in the notes that it shows; a number, or the letter behind a
year, never depends on another page.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote

import msgspec

from notegen.model.body import ALL_WORKS, CitationStyle, CitedWork, CiteHole, Work
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"<[^<>]*>")
_KEY = lazy_regex(r"@[^\s,;@()\[\]，；（）…]++")
_ASCII = lazy_regex(r"[!-~]++")
_UNSEARCHED = 'data-pagefind-ignore=""'
_PUNCTUATION = ":.+/-?!。：、"


class Words(msgspec.Struct, frozen=True):
    """What the list, and the link to a work's page, is called in one language; the signs around authors and years."""

    heading: str
    paper: str = "cited by"  # of the link to a work's page
    signs: tuple[str, str, str, str] = (" (", ")", ", ", "; ")  # opening, closing, between author and year, works


_NUMBERED = (" [", "]", ", ", ", ")
_WIDE = ("（", "）", "，", "；")
_WORDS = {
    "zh": Words("参考文献", "被引用", _WIDE),
    "zh-tw": Words("參考文獻", "被引用", _WIDE),
    "zh-hk": Words("參考文獻", "被引用", _WIDE),
    "zh-hant": Words("參考文獻", "被引用", _WIDE),
    "ja": Words("参考文献", "被引用", _WIDE),
    "ko": Words("참고문헌", "인용한 글"),
    "en": Words("References"),
    "de": Words("Literatur", "zitiert von"),
    "fr": Words("Références", "cité par"),
    "es": Words("Referencias", "citado por"),
    "pt": Words("Referências", "citado por"),
    "it": Words("Bibliografia", "citato da"),
    "ru": Words("Литература", "цитируют"),
}


def words_of(language: str) -> Words:
    """Return the words of a language (a BCP 47 tag); English ones where we have none."""
    tag = language.lower()
    return _WORDS.get(tag) or _WORDS.get(tag.partition("-")[0], _WORDS["en"])


class PageStyle(msgspec.Struct, frozen=True):
    """How a page shows citations: the site's marks, words; whether it has the list that marks lead to.

    `url` stands before fragments of the page: empty on the page itself.
    """

    marks: CitationStyle
    words: Words
    has_list: bool
    url: str = ""

    @property
    def signs(self) -> tuple[str, str, str, str]:
        """What stands before a mark, behind it, between authors and year, between works."""
        return self.marks.signs or (_NUMBERED if self.marks.numeric else self.words.signs)


class PageCitations:
    """The citations of one page; what it keeps are the works in the order of their numbers, and how often each."""

    def __init__(self, style: PageStyle, cited: Iterable[Work], paper_url: Callable[[Work], str]) -> None:
        """`cited`: the works that the note itself cites, in order; `paper_url`: of the page of a work, or ""."""
        self._paper_url = paper_url
        self._style = style
        self._signs = style.signs
        self._works: dict[str, Work] = {}
        self._numbers: dict[str, str] = {}
        self._marks: dict[str, int] = {}
        in_order = sorted(cited, key=lambda work: work.sort_key) if style.marks.by_author else cited
        for work in in_order:
            self._add(work)
        self._letters = {} if style.marks.numeric else _letters(self._works.values())

    def _add(self, work: Work) -> None:
        if work.key not in self._works:
            self._works[work.key] = work
            self._numbers[work.key] = str(len(self._works))

    def mark(self, hole: CiteHole, references: Mapping[str, Work], *, ids: bool) -> str:
        """Return what stands in the place of a citation. `references`: the works that its note may cite."""
        if hole.form == "hidden":
            return self._hidden(hole, references)
        if not any(work.key in references for work in hole.works):
            return hole.written if hole.bare else f'<span class="broken">{hole.written}</span>'
        narrative = hole.form == "narrative"
        opening, closing, _, between = self._signs
        if self._style.marks.numeric and any(work.prefix or work.suffix for work in hole.works):
            between = "; "
        parts = [self._part(work, hole.form, references, (opening, closing), ids=ids) for work in hole.works]
        inner = between.join(parts)
        if narrative or hole.form in {"authors", "year"}:
            return f'<span class="citation">{inner}</span>'
        html = self._raised(f"{opening.strip()}{inner}{closing}")
        return f'<span class="citation" {_UNSEARCHED}>{html}</span>'

    def _raised(self, html: str) -> str:
        return f"<sup>{html}</sup>" if self._style.marks.raised else html

    def _part(
        self, work: CitedWork, form: str, references: Mapping[str, Work], signs: tuple[str, str], *, ids: bool
    ) -> str:
        """Return what a mark has of one work. `signs`: what stands around a part that follows the authors."""
        reference = references.get(work.key)
        if reference is None:
            return f'{work.prefix}<span class="broken">{escape(work.key)}</span>{work.suffix}'
        year = self._label(reference)
        if form == "parenthetical" and self._style.marks.numeric:  # most of them
            return f"{work.prefix}{self._linked(reference, year, ids=ids)}{work.suffix}"
        if form == "authors":
            return self._linked(reference, reference.authors, ids=ids)
        if form == "year" and self._style.marks.numeric:  # a part of the sentence
            year = reference.year or year
        if form == "narrative" and not year:  # a style may have no words for a missing one
            inner = work.prefix + work.suffix.removeprefix(", ")
            around = f"{signs[0]}{inner}{signs[1]}" if inner else ""
            return self._linked(reference, reference.authors, ids=ids) + around
        if form == "narrative":
            inner = f"{work.prefix}{self._linked(reference, year, ids=ids)}{work.suffix}"
            return f"{reference.authors}<span {_UNSEARCHED}>{self._raised(f'{signs[0]}{inner}{signs[1]}')}</span>"
        named = not self._style.marks.numeric and (not year or (work.authors and form not in {"year", "yearpar"}))
        authors = reference.authors + (self._signs[2] if year else "") if named else ""
        return f"{work.prefix}{self._linked(reference, authors + year, ids=ids)}{work.suffix}"

    def _hidden(self, hole: CiteHole, references: Mapping[str, Work]) -> str:
        """Take works into the list; nothing stands in the place of their citation."""
        for work in hole.works:
            if work.key in references:
                self._add(references[work.key])
            elif work.key == ALL_WORKS:  # the newest first, as lists of publications have them
                for reference in sorted(references.values(), key=lambda reference: reference.year, reverse=True):
                    self._add(reference)
        return ""

    def _label(self, reference: Work) -> str:
        """Return a work's number, or its year."""
        self._add(reference)
        if self._style.marks.numeric:
            return self._numbers[reference.key]
        return reference.year + self._letters.get(reference.key, "")

    def _linked(self, reference: Work, html: str, *, ids: bool) -> str:
        """Return the words of a mark as a link to the list, if the page has it."""
        if not self._style.has_list:
            return html
        name = ""
        if ids:
            self._marks[reference.key] = count = self._marks.get(reference.key, 0) + 1
            name = _id_attribute(_mark_id(reference.key, count))
        target = escape(self._style.url) + _fragment(_entry_id(reference.key))
        return f'<a href="{target}"{name} role="doc-biblioref">{html}</a>'

    def list_html(self, *, heading: bool, ids: bool) -> str:
        """Return the list of the works that the page cites; "" where it cites none. Call it when all marks are made."""
        if not self._works:
            return ""
        numeric, title = self._style.marks.numeric, self._style.words.heading
        works = list(self._works.values())
        if not numeric:
            works.sort(key=lambda work: work.sort_key)
        items = "".join(self._item(work, ids=ids) for work in works)
        tag = "ol" if numeric else "ul"
        head = f"<h2>{title}</h2>\n" if heading else ""
        attributes = f'class="references" role="doc-bibliography" aria-label="{title}" {_UNSEARCHED}'
        return f"<section {attributes}>\n{head}<{tag}>\n{items}</{tag}>\n</section>\n"

    def _item(self, work: Work, *, ids: bool) -> str:
        year = work.year + self._letters.get(work.key, "") if not self._style.marks.numeric else work.year
        name = _id_attribute(_entry_id(work.key)) if ids else ""
        paper, marks = self._paper_url(work), self._marks.get(work.key, 0)
        back = f' <a class="paper-link" href="{escape(paper)}">{self._style.words.paper}</a>' if paper else ""
        page = escape(self._style.url) if marks else ""
        for count in range(1, marks + 1):
            href = page + _fragment(_mark_id(work.key, count))
            shown = f"↩{count}" if marks > 1 else "↩"
            space = " " if count > 1 else "\N{NO-BREAK SPACE}"  # the first stands on the line of the last word
            back += (
                f'{space}<a href="{href}" class="footnote-back" role="doc-backlink" aria-label="↩ {count}">{shown}</a>'
            )
        return f"<li{name}>{work.before}{year if work.shows_year else ''}{work.after}{back}</li>\n"


def _entry_id(key: str) -> str:
    """Return the id of an entry. The colon keeps it apart from those of headings."""
    return f"bib:{key}"


def _mark_id(key: str, count: int) -> str:
    return f"cite:{key}" if count == 1 else f"cite:{key}:{count}"


@lru_cache(maxsize=4096)
def _id_attribute(name: str) -> str:
    """Return an id inside of a tag."""
    return f' id="{escape(name)}"'


@lru_cache(maxsize=4096)
def _fragment(name: str) -> str:
    """Return the fragment of an address that leads to an id, as HTML: the same works are cited by many notes."""
    return escape(f"#{quote(name, safe=':/')}")


def _letters(works: Iterable[Work]) -> dict[str, str]:
    """Return the letters behind the years of works with the same authors and year, by key: 2020a, 2020b."""
    groups: dict[tuple[str, str], list[Work]] = {}
    for work in works:
        groups.setdefault((work.authors, work.year), []).append(work)
    letters = {}
    for group in groups.values():
        for number, work in enumerate(sorted(group, key=lambda work: work.sort_key) if len(group) > 1 else ()):
            letters[work.key] = _letter(number)
    return letters


def _letter(number: int) -> str:
    """Return the letter of a number from 0 on: a to z, then aa, ab and so on."""
    head, last = divmod(number, 26)
    return (_letter(head - 1) if head else "") + chr(ord("a") + last)


def described(description: str, works: Mapping[str, Work]) -> str:
    """Return a plain text in which `@key` stands for a work that is a part of the sentence, with its authors."""

    def authors(match: re.Match[str]) -> str:
        before_han = _ASCII.match(match[0])
        keys = [text[1:].rstrip(_PUNCTUATION) for text in (match[0], before_han[0] if before_han else "")]
        key = next((key for key in keys if key in works), "")
        if not key:
            return match[0]
        return unescape(_TAG.sub("", works[key].authors)) + match[0][1 + len(key) :]

    return _KEY.sub(authors, description) if works and "@" in description else description


def wiki_citation(target: str, html: str, place: tuple[int, int, int]) -> CiteHole:
    """Return the citation that a wiki link `[[@key|words]]` is where no note has its name."""
    work = CitedWork(target.removeprefix("@"))
    return CiteHole((work,), "parenthetical" if html else "narrative", html or escape(target), False, *place)
