"""An entry as an item of CSL-JSON: its type, names, dates and fields as the Citation Style Language calls them.

Source: CSL 1.0.2, appendices III and IV; which type and field of BibLaTeX is which of CSL: as Pandoc has it (citeproc
of Pandoc 3, "BibTeX"). Texts are plain; what they have of HTML, formulas above all, is kept in Fragments.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from notegen.bibliography.csl.fragments import Fragments, without_private
from notegen.bibliography.entries import Entry, Name
from notegen.bibliography.identifiers import arxiv_of, doi_of, field_text, links_of, says_no_more_than_a_link
from notegen.bibliography.latex_text import FormulaHtml, latex_html
from notegen.bibliography.names import full_name, is_wide, split_names
from notegen.text.patterns import lazy_regex
from notegen.text.scholarly import MONTHS

Item = dict[str, Any]
OTHERS = "\ue0ff\ue0ff"  # stands for `and others`: no text and no fragment is the same character twice
_TYPES = {
    "article": "article-journal",
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("book", "mvbook", "proceedings", "collection", "manual"), "book"),
    **dict.fromkeys(("inbook", "incollection", "suppbook", "bookinbook"), "chapter"),
    "inreference": "entry-encyclopedia",
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "thesis"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    **dict.fromkeys(("unpublished", "letter"), "manuscript"),
    "booklet": "pamphlet",
    "periodical": "periodical",
}
_FIELDS = {  # of CSL -> of BibTeX and BibLaTeX, the first that an entry has
    "title-short": ("shorttitle",),
    "container-title": ("journal", "journaltitle", "booktitle", "maintitle"),
    "container-title-short": ("shortjournal",),
    "collection-title": ("series",),
    "volume": ("volume",),
    "edition": ("edition",),
    "chapter-number": ("chapter",),
    "publisher": ("publisher", "school", "institution", "organization", "howpublished"),
    "publisher-place": ("address", "location"),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "version": ("version",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
}
_GENRES = {  # in English, in Chinese
    "phdthesis": ("PhD thesis", "博士学位论文"),
    **dict.fromkeys(("mastersthesis", "mathesis"), ("Master’s thesis", "硕士学位论文")),
}
_NUMBERED = frozenset({"report", "patent", "standard"})  # whose number is no issue
_DATE = lazy_regex(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_PAGES = lazy_regex(r"(?<!\s)\s*+[-–—]++\s*+")


def csl_item(entry: Entry, fragments: Fragments, formula: FormulaHtml) -> Item:
    """Return an entry as an item; `formula` gives the HTML of LaTeX. Its year is `issued` as the entry has it."""
    return _Mapping(entry, fragments, formula).item()


def is_chinese(entry: Entry) -> bool:
    """Return whether an entry's words are Chinese: by its first author, its title where it has none."""
    language = (entry.fields.get("langid") or entry.fields.get("language") or "").lower()
    names = entry.names or split_names(entry.fields.get("author", ""))[0]
    if names:
        return is_wide(names[0].family + names[0].given_name)
    return language.startswith(("zh", "chin")) or is_wide(entry.fields.get("title", ""))


class _Mapping:
    """Maps one entry."""

    def __init__(self, entry: Entry, fragments: Fragments, formula: FormulaHtml) -> None:
        self._entry = entry
        self._fields = {name: without_private(value) for name, value in entry.fields.items()}
        self._fragments = fragments
        self._formula = formula
        self._arxiv = arxiv_of(entry)

    def item(self) -> Item:
        kind = self._type()
        item: Item = {"id": "work", "type": kind, "language": "zh-CN" if is_chinese(self._entry) else "en-US"}
        item |= {name: text for name, text in self._texts(kind).items() if text}
        item |= {role: names for role in ("author", "editor", "translator") if (names := self._names(role))}
        item |= {name: date for name, date in (("issued", self._issued()), ("accessed", self._date("urldate"))) if date}
        return item | dict(self._addresses(kind))

    def _type(self) -> str:
        kind = self._entry.type
        names = (self._fields.get(name, "") for name in ("journal", "journaltitle", "booktitle", "publisher"))
        named = any(name and name != "CoRR" and not says_no_more_than_a_link(name) for name in names)
        if self._arxiv and not named and kind in {"article", "misc", "online", "unpublished", "techreport"}:
            return "article"  # a preprint
        if kind == "misc":
            return "webpage" if self._fields.get("url") else "document"
        return _TYPES.get(kind, kind) if self._entry.latex else kind

    def _texts(self, kind: str) -> dict[str, str]:
        texts = {name: self._first(names) for name, names in _FIELDS.items()}
        texts["title"] = self._titled("title", "subtitle")
        if self._fields.get("booktitle") and not self._first(("journal", "journaltitle")):
            texts["container-title"] = self._titled("booktitle", "booksubtitle")
        number = self._text("number")
        in_series = self._fields.get("series") and kind not in {"article-journal", "periodical"}
        variable = "number" if kind in _NUMBERED else "collection-number" if in_series else "issue"
        texts |= {"issue": self._text("issue"), "page": _PAGES.sub("-", self._text("pages"))}
        texts[variable] = number or texts.get(variable, "")
        chinese = is_chinese(self._entry)
        written = self._text("type")
        texts["genre"] = _GENRES.get(written or self._entry.type, (written, written))[chinese]
        return texts if kind != "article" else texts | {"container-title": "", "volume": ""}  # CoRR, abs/1312.6114

    def _titled(self, name: str, sub: str) -> str:
        title, subtitle = self._text(name), self._text(sub)
        return f"{title}: {subtitle}" if title and subtitle else title

    def _first(self, names: tuple[str, ...]) -> str:
        values = (name for name in names if self._fields.get(name))
        return next((self._text(name) for name in values if not says_no_more_than_a_link(self._fields[name])), "")

    def _text(self, name: str) -> str:
        return self._plain(self._fields.get(name, ""))

    def _plain(self, value: str) -> str:
        if not self._entry.latex:
            return self._fragments.plain(value)
        return self._fragments.text(latex_html(value, lambda latex: self._fragments.add(self._formula(latex))))

    def _names(self, role: str) -> list[Mapping[str, str]]:
        names, others = self._entry.names, False
        if not names or role != "author":
            names, others = split_names(self._fields.get(role, ""))
        shown = [self._name(name) for name in names]
        return [*shown, {"literal": OTHERS}] if others and shown else shown

    def _name(self, name: Name) -> Mapping[str, str]:
        family, given_name = self._plain(name.family), self._plain(name.given_name)
        if not given_name or is_wide(family):  # Chinese names are written whole, and never by initials
            return {"literal": full_name(Name(family, given_name))}
        return {"family": family, "given": given_name}

    def _issued(self) -> Item:
        date = self._date("date") or self._date("year")
        month = self._fields.get("month", "").strip().lower()
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else 0
        parts = date["date-parts"][0] if date else []
        if len(parts) == 1 and 1 <= number <= len(MONTHS):
            parts.append(number)
        return date

    def _date(self, name: str) -> Item:
        match = _DATE.match(field_text(self._entry, name).strip())
        return {"date-parts": [[int(part) for part in match.groups() if part]]} if match else {}

    def _addresses(self, kind: str) -> Iterator[tuple[str, str]]:
        """Yield where the work is to be had, as links: one fragment each, which a style shows whole."""
        links = {link.kind: link for link in links_of(self._entry)}
        if (doi := doi_of(self._entry)) and "doi" in links:
            yield "DOI", self._fragments.add(links["doi"].html(doi))
        arxiv = links.get("arxiv")
        if arxiv and kind == "article":
            yield "publisher", "arXiv"
            yield "number", self._fragments.add(arxiv.html())
            if "doi" not in links:
                yield "URL", self._fragments.add(arxiv.html(arxiv.url))
        if "url" in links:
            yield "URL", self._fragments.add(links["url"].html(links["url"].url))
