"""What search finds: each note as a small HTML document for the indexer, with readable formulas and their LaTeX.

The pages of the site have nothing in them for search; the document is made from the same values.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from unicodedata import normalize

import msgspec

from notegen.math.plain_text.text import readable
from notegen.model.body import Body, ResolvedBody
from notegen.model.digest import digest
from notegen.model.site import Paper, RenderedNote
from notegen.routes.urls import Base
from notegen.text.cjk import IDEOGRAPHS, KANA
from notegen.text.html import without_page_links
from notegen.text.patterns import lazy_regex

END = "␞"  # in a document's text: behind it stand words that are searched and never shown
SEPARATOR = "␟"  # between the section and the LaTeX of a formula; END stands between formulas
_OPEN, _CLOSE = "<math", "</math>"
_SOURCE = '<annotation encoding="application/x-tex">'
_HEADING = lazy_regex(r'<h[1-6] id="([^"]*)"')
_COMMAND = lazy_regex(r"\\([A-Za-z]+)(?:\s*\{\s*\\?(\w+)\s*\}|\s+(\w)(?!\w))?")
_ALPHABET = ("math", "bold", "bm")  # commands that are written without braces too: \mathcal L
_STYLED = lazy_regex("[\U0001d400-\U0001d7ff]+")  # letters of mathematical alphabets
_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # a word of letters alone is not parted
RECENT = 8  # notes that the box shows when it is opened
_MOST_LATEX = 200_000  # characters of LaTeX of one note that are kept


class SearchText(msgspec.Struct, frozen=True):
    """What is searched of one note: its page's `content`, other parts of its document, the macros of its formulas."""

    url: str  # below the base path, without a slash at its beginning
    title: str
    content: ResolvedBody
    date: str = ""
    category: str = ""
    filters: tuple[tuple[str, str], ...] = ()  # ("category", "tag" or "language", name)
    macros: dict[str, str] = {}


def search_text(note: RenderedNote, macros: Mapping[str, str], base: Base, language: str = "") -> SearchText:
    """Return what is searched of a note or page.

    `macros`: those of its formulas; `language`: the name of the one whose lists have it, where a site has several.
    """
    ref = note.ref
    terms = [("language", language)] if language else []
    terms += [("category", term.name) for term in ref.categories] + [("tag", term.name) for term in ref.tags]
    return SearchText(
        url=ref.url.removeprefix(base.path),
        title=ref.title,
        content=note.content,
        date=ref.date.strftime("%Y-%m-%d") if ref.date else "",
        category=ref.category.name if ref.category else "",
        filters=tuple(terms),
        macros=dict(macros),
    )


def paper_text(paper: Paper, macros: Mapping[str, str], base: Base) -> SearchText:
    """Return what is searched of the page of a work: its entry and its abstract."""
    work = paper.work
    year = work.year if work.shows_year else ""
    html = f"<p>{work.before}{year}{work.after}</p><p>{work.abstract}</p>"
    content = ResolvedBody(Body(html.encode(), digest(html)))
    return SearchText(paper.url.removeprefix(base.path), work.title_text, content, macros=dict(macros))


def language_of(texts: Iterable[SearchText], language: str) -> str:
    """Return the one language of the index: Chinese where anything is, because only then are its words found."""
    han = re.compile(f"[{IDEOGRAPHS}{KANA}]")
    if any(han.search(text.title) or han.search(text.content.html) for text in texts):
        return "ja" if language.lower().startswith("ja") else "zh"
    return language.partition("-")[0].lower()


def document(text: SearchText) -> str:
    r"""Return a note as a page for pagefind. Time is linear.

    Formulas stand in it as readable text. Their LaTeX is kept as data of the result (the id of its section, SEPARATOR,
    the source; END between two); its commands are words at the end: `\mathcal{L}` is `mathcall`, as a query becomes.
    """
    body, formulas = _readable(_with_drawn_words(text.content.html), text.macros)
    words = [filter_word(kind, name) for kind, name in text.filters]
    words += dict.fromkeys(word for _, latex in formulas for word in _words(latex))
    lines: list[str] = []
    room = _MOST_LATEX
    for section, latex in dict.fromkeys(formulas):
        room -= len(latex)
        if room > 0:
            lines.append(f"{section}{SEPARATOR}{' '.join(latex.split())}")
    data = {"url": text.url, "title": text.title, "date": text.date, "category": text.category}
    data["latex"] = END.join(lines)
    kept = "".join(
        f'<i data-pagefind-meta="{name}[data-v]" data-v="{escape(value)}"></i>' for name, value in data.items() if value
    )
    tail = f'<p data-pagefind-weight="0.5">{END} {escape(" ".join(words))}</p>' if words else ""
    return f"<html><body data-pagefind-body><h1>{escape(text.title)}</h1>{kept}\n{body}{tail}</body></html>\n"


def filter_word(kind: str, name: str) -> str:
    """Return the word that stands in the documents of a category or tag, and in a query that is limited to it.

    pagefind's own filters would not do: their files differ from run to run.
    """
    return "zq" + digest(kind, name)[:12].translate(_LETTERS)


def filter_list(texts: Iterable[SearchText]) -> bytes:
    """Return what the search box offers: for each kind of filter the [name, notes, word] of each, as JSON.

    `recent`: [title, address, category and date] of the newest notes, for who has not typed anything.
    """
    texts = tuple(texts)
    counts = Counter(pair for text in texts for pair in text.filters)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = {
        group: [(name, count, filter_word(kind, name)) for (kind, name), count in ordered if kind == group]
        for group in dict.fromkeys(("category", "tag", *(kind for kind, _ in counts)))
    }
    newest = sorted((text for text in texts if text.date), key=lambda text: text.date, reverse=True)[:RECENT]
    recent = [(text.title, text.url, " · ".join(filter(None, (text.category, text.date)))) for text in newest]
    return msgspec.json.encode({**rows, "recent": recent})


def _with_drawn_words(html: str) -> str:
    """Return HTML with the words of drawings in their place: the indexer reads no SVG."""
    first, *others = html.split('<svg class="drawing"')
    pieces = [first]
    for other in others:
        drawing, _, behind = other.partition("</svg>")
        words = (word.partition(">")[2].partition("</text>")[0] for word in drawing.split("<text")[1:])
        pieces += [f"<p>{'; '.join(words)}</p>", behind]
    return "".join(pieces)


def _readable(html: str, macros: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """Return HTML with its formulas as readable text, and (id of the section, LaTeX) of each."""
    pieces: list[str] = []
    formulas: list[tuple[str, str]] = []
    section = ""
    parts = html.split(_CLOSE)
    for number, part in enumerate(parts):
        before, opened, formula = part.partition(_OPEN) if number < len(parts) - 1 else (part, "", "")
        section = unescape((_HEADING.findall(before) or [section])[-1])
        pieces.append(without_page_links(before))
        if opened:
            latex = unescape(formula.partition(_SOURCE)[2].partition("</annotation>")[0])
            formulas += [(section, latex)] if latex else []
            pieces.append(escape(_STYLED.sub(_plain, readable(latex, macros))))
    return "".join(pieces), formulas


def _words(latex: str) -> Iterator[str]:
    r"""Yield the commands of a formula as words, each with its argument if that is one word: `\mathcal{L}` mathcall."""
    for name, argument, letter in _COMMAND.findall(latex):
        yield f"{name}{argument or (letter if name.startswith(_ALPHABET) else '')}".lower()


def _plain(match: re.Match[str]) -> str:
    """Return letters of mathematical alphabets as the ones on a keyboard, which readers type."""
    return normalize("NFKC", match[0])
