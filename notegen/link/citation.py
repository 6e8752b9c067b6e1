"""How a note is cited: whether it says so, its authors, its entry in BibTeX.

Source: the BibTeX entry types and fields of "BibTeXing" (O. Patashnik); Quarto docs, "Create Citeable Articles".
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b

from notegen.model.config import Config, Person
from notegen.model.note import Citation, CitationRequest, Note
from notegen.model.strings import Url
from notegen.text.addresses import doi_url
from notegen.text.cjk import HAN, HANGUL, KANA
from notegen.text.patterns import lazy_regex
from notegen.text.scholarly import MONTHS, SHORT_WORDS, bibtex_value

_TYPES = {  # of CSL -> of BibTeX
    **dict.fromkeys(("article", "article-journal", "article-magazine"), "article"),
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "manuscript": "unpublished",
}
_WHOLE_NAME = lazy_regex(rf"[{HAN}{KANA}{HANGUL},{{}}]|\band\b")
_WORD = lazy_regex(r"[a-z0-9]+")
_SHORT = SHORT_WORDS | {"posts", "post", "notes", "note"}


def people_of(note: Note, config: Config) -> tuple[Person, ...]:
    """Return the authors of a note, each with what its front matter or site.yaml knows of them.

    A note without authors has the site's. A name may be the `id` of one of the `authors` of site.yaml.
    """
    known = {person.id: person for person in config.authors if person.id}
    known |= {person.name: person for person in (*config.authors, *note.meta.people)}
    names = note.meta.authors or ((config.author,) if config.author else ())
    return tuple(known.get(name) or Person(name) for name in names)


def citation_of(
    note: Note, people: tuple[Person, ...], date: datetime | None, note_url: Url, permalink: str, config: Config
) -> Citation | None:
    """Return how a note is cited, or None where it does not offer that.

    It does where its front matter has `citation:` (not false) or describes an author by ORCID or affiliation, as who
    wants to be cited does; and with `cite_note` wherever there are an author and a date.
    """
    request = note.meta.citation
    if request is None:
        described = any(person.orcid or person.affiliation for person in note.meta.people)
        if not (described or config.cite_note) or not people or date is None:
            return None
        request = CitationRequest()
    if not request.shown:
        return None
    kind = _TYPES.get(request.type, "misc")
    url = request.url or (permalink if "://" in permalink else "")
    fields = dict(_fields(note, people, date, request, config))
    fields |= {"url": url} if url else {}
    body = "".join(f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items())
    bibtex = f"@{kind}{{{_key(people, date, permalink)},\n{body}}}"
    scholarly = bool(request.doi) or request.type in _TYPES
    at_doi = Url(doi_url(request.doi) if request.doi else "")
    file_url = Url(f"{note_url.rpartition('/')[0]}/{'' if note_url.endswith('/') else _stem(note_url) + '.'}cite.bib")
    return Citation(bibtex, Url(url), request.doi, request.journal, scholarly, at_doi, file_url)


def _stem(url: Url) -> str:
    """Return the last part of an address without its ending: `x` of /posts/x.html."""
    return url.rpartition("/")[2].rpartition(".")[0] or url.rpartition("/")[2]


def _fields(
    note: Note, people: tuple[Person, ...], date: datetime | None, request: CitationRequest, config: Config
) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry, their values in BibTeX."""
    if people:
        yield "author", " and ".join(_name(person.name) for person in people)
    yield "title", f"{{{bibtex_value(_title(note))}}}"
    if request.journal:
        yield "booktitle" if request.type == "paper-conference" else "journal", bibtex_value(request.journal)
    else:
        yield "howpublished", bibtex_value(config.title)
    if date is not None:
        yield "year", f"{date.year:04}"
        yield "month", MONTHS[date.month - 1]
    if request.doi:
        yield "doi", request.doi


def _title(note: Note) -> str:
    """Return the title as it is written where it holds formulas, which BibTeX shows too; else as plain text."""
    written = note.meta.title
    return written if "$" in written else note.title


def _name(name: str) -> str:
    """Return a name; one that BibTeX would take apart in a wrong way is kept whole in braces."""
    shown = bibtex_value(name)
    return f"{{{shown}}}" if _WHOLE_NAME.search(name) else shown


def _key(people: tuple[Person, ...], date: datetime | None, permalink: str) -> str:
    """Return the entry's key: family name, year and first word of the address, as far as they are ASCII."""
    family = _WORD.findall(people[0].name.lower())[-1:] if people else []
    year = [f"{date.year:04}"] if date is not None else []
    slug = permalink.rstrip("/").rpartition("/")[2]
    words = [word for word in _WORD.findall(slug.lower()) if slug.isascii() and "%" not in slug and not word.isdigit()]
    word = next((word for word in words if word not in _SHORT), "")
    return "".join([*(family or ["note"]), *year, word or blake2b(permalink.encode(), digest_size=2).hexdigest()])
