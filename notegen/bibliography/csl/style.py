"""Works in a style of the Citation Style Language, by citeproc-py: entries of the list, and what marks show.

Each work is rendered alone, so that it can be remembered by itself. A year that no work has stands in for its year and
is cut out of what comes back: pages put the year and, where two works would be told apart by nothing else, a letter
there. citeproc-py gives HTML with a few tags; all else in it is text here, whatever a style or a bibliography says.

Source: CSL 1.0.2 specification; citeproc-py's README.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from html import escape
from io import BytesIO
from typing import Any

import msgspec

from notegen.bibliography.csl.fields import OTHERS, Item, csl_item, is_chinese
from notegen.bibliography.csl.fragments import Fragments
from notegen.bibliography.entries import Entry
from notegen.bibliography.identifiers import links_of
from notegen.bibliography.latex_text import FormulaHtml
from notegen.model.body import CitationStyle, Work
from notegen.text.cjk import HAN
from notegen.text.patterns import lazy_regex

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_CSL = {"c": _NAMESPACE}
_YEARS = (7391, 7393, 7411, 7417)  # that stand in for a work's own
_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
_TAG = lazy_regex(r"<[^<>]*>|&(?!#?\w{1,8};)|[<>]")
_ALLOWED = frozenset({"i", "b", "u", "sup", "sub"})
_SMALL_CAPS = '<span style="font-variant:small-caps;">'
_AROUND = lazy_regex(r"(?P<open>[(\[（【]?)(?P<inner>.*?)(?P<close>[)\]）】]?)", re.DOTALL)
_AND_OTHERS = lazy_regex(rf"(?:,?\s?(?:&amp;|and|和|与)\s?|[,，、]?\s?){OTHERS}")
_LABEL = lazy_regex(r"(?<=\()(?:eds?|trans)\.(?=\))|(?<=, )(?:eds?|trans)\.(?=\))")
_SMALL_WORD = lazy_regex(r"(?<=\. )(?:of|the|on|in|and|for|to)\b")
_EDITORS = lazy_regex(r" \([^()]{1,1000}, (?:[Ee]ds?\.|编)\)")
_EDITOR_FIRST = lazy_regex(r"[^()]{1,1000}\((?:[Ee]ds?\.|编)\)")
_DOI_PREFIX = lazy_regex(r"(?:https?://(?:dx\.)?doi\.org/|(?i:doi:\s?))(?P<link><a [^<>]*>)")


class StyleError(Exception):
    """A style cannot be used, or cannot show a work: why, in words."""


class CslStyle:
    """A style that has been read. `marks`: how citations in the text look."""

    def __init__(self, text: str) -> None:
        """Read a style. Raises StyleError."""
        root = _mended(text)
        self._xml, self.default_locale = _bytes(root), root.get("default-locale", "en-US")
        self._is_author_date = bool(
            root.xpath("c:info/c:category[starts-with(@citation-format,'author')]", namespaces=_CSL)
        )
        self._capital_labels = bool(root.xpath("//c:names/c:label[@text-case='capitalize-first']", namespaces=_CSL))
        self._styles: dict[str, Any] = {}  # by locale
        self.marks = self._marks()

    def work(self, entry: Entry, plain: Work, formula: FormulaHtml) -> Work:
        """Return a work in this style. `plain`: it in one of our own. Raises StyleError."""
        fragments = Fragments()
        item = csl_item(entry, fragments, formula)
        locale = self._locale(entry)
        shown, year = self._dated(item)
        html = _once(self._entry(shown, fragments, locale), fragments.html(item.get("title", "")), item)
        authors, year_words = plain.authors, year
        if self._is_author_date:
            authors, year_words = self._authors(item, shown, fragments, locale)
        before, shows_year, after = _around_year(html, shown, year_words)
        return msgspec.structs.replace(
            plain,
            authors=authors,
            year=year_words,
            before=before if shows_year else "",
            after=(after if shows_year else before) + _more_links(entry, html),
            shows_year=shows_year,
        )

    def _locale(self, entry: Entry) -> str:
        """Return the language of the words in an entry: Chinese of Chinese works, else the style's own."""
        if is_chinese(entry):
            return "zh-CN"
        return self.default_locale if not self.default_locale.startswith("zh") else "en-US"

    def _dated(self, item: Item) -> tuple[Item, str]:
        """Return an item with another year in the place of its own, and its own; "" where it has none."""
        parts = item.get("issued", {}).get("date-parts")
        if not parts:
            return item, ""
        stand_in = next(year for year in _YEARS if str(year) not in repr(item))
        return {**item, "issued": {"date-parts": [[stand_in, *parts[0][1:]]]}}, str(parts[0][0])

    def _marks(self) -> CitationStyle:
        """Return how marks look, by what the style makes of a plain work."""
        if self._is_author_date:
            item: Item = {"id": "work", "type": "book", "title": "T", "author": [{"family": "Xy", "given": "Z"}]}
            item["issued"] = {"date-parts": [[_YEARS[0]]]}
            around = _AROUND.fullmatch(self._citation(item, Fragments(), self.default_locale))
            inner = around["inner"] if around else ""
            comma = inner.removeprefix("Xy").partition(str(_YEARS[0]))[0] or ", "
            opening, closing = (around["open"], around["close"]) if around else ("(", ")")
            return CitationStyle(False, (f" {opening}", closing, comma, self._delimiter("; ")))
        html = self._citation({"id": "work", "type": "book", "title": "T"}, Fragments(), self.default_locale)
        raised = html.startswith("<sup>")
        opening, number, closing = re.sub("</?sup>", "", html).partition("1")
        if not number or len(opening) > 1 or len(closing) > 1 or (raised and not opening):
            opening, closing = "[", "]"  # of a style with footnotes; bare raised numbers would pass for exponents
        signs = (opening if raised else f" {opening}", closing, ", ", self._delimiter(", "))
        return CitationStyle(True, signs, raised, self._sorts_by_author())

    def _sorts_by_author(self) -> bool:
        """Return whether a numbered list is in the order of its authors, as `<sort>` says, and not of the citations."""
        key = self._style(self.default_locale).root.find("c:bibliography/c:sort/c:key", _CSL)
        named = key.get("variable") or key.get("macro") or "" if key is not None else ""
        return any(word in named for word in ("author", "name", "contributor"))

    def _delimiter(self, default: str) -> str:
        layout = self._style(self.default_locale).root.find("c:citation/c:layout", _CSL)
        return escape(layout.get("delimiter") or default, quote=False)

    def _authors(self, item: Item, shown: Item, fragments: Fragments, locale: str) -> tuple[str, str]:
        """Return what a mark has of a work: its authors, and its year or the words for none."""
        dated = shown if "issued" in shown else {**item, "issued": {"date-parts": [[_YEARS[0]]]}}
        inner = _inner(self._citation(dated, fragments, locale))
        authors = inner.partition(str(dated["issued"]["date-parts"][0][0]))[0].rstrip(" ,，")
        if "issued" in item:
            return authors, str(item["issued"]["date-parts"][0][0])
        return authors, _inner(self._citation(item, fragments, locale)).removeprefix(authors).strip(" ,，")

    def _entry(self, item: Item, fragments: Fragments, locale: str) -> str:
        return self._rendered(item, fragments, locale, is_entry=True)

    def _citation(self, item: Item, fragments: Fragments, locale: str) -> str:
        return self._rendered(item, fragments, locale, is_entry=False)

    def _rendered(self, item: Item, fragments: Fragments, locale: str, *, is_entry: bool) -> str:
        """Return the HTML of an item: its entry in the list, or a citation of it."""
        from citeproc import Citation, CitationItem, CitationStylesBibliography
        from citeproc.formatter import html
        from citeproc.source import VariableError
        from citeproc.source.json import CiteProcJSON

        try:
            source = CiteProcJSON([{**item, **_protected(item)}])
            bibliography = CitationStylesBibliography(self._style(locale), source, html)
            citation = Citation([CitationItem("work")])
            bibliography.register(citation)
            if is_entry:
                text = "".join(map(str, bibliography.bibliography()))
            else:
                text = str(bibliography.cite(citation, lambda _: None))
        except (*_FAILURES, VariableError) as error:
            raise StyleError(f"{type(error).__name__}: {error}") from error
        others = "等" if locale.startswith("zh") else ", et al."
        text = _AND_OTHERS.sub(others, _clean(text))
        if self._capital_labels:
            text = _LABEL.sub(lambda match: match[0].capitalize(), text)
        return _DOI_PREFIX.sub(_whole_doi, fragments.html(_punctuated(text, locale)))

    def _style(self, locale: str) -> Any:
        if locale not in self._styles:
            from citeproc import CitationStylesStyle

            try:
                self._styles[locale] = CitationStylesStyle(BytesIO(self._xml), locale=locale, validate=False)
            except _FAILURES as error:
                raise StyleError(f"{type(error).__name__}: {error}") from error
        return self._styles[locale]


def _mended(text: str) -> Any:
    """Return a style as an XML element, without numbers in its list, and without what citeproc-py takes amiss.

    Raises StyleError. Nothing outside of the text is read: entities and document types are refused.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise StyleError(error.msg or "this is not XML") from error
    if root.getroottree().docinfo.doctype:
        raise StyleError("a document type has no place in it")
    layout = root.find("c:bibliography/c:layout", _CSL)
    if root.tag != f"{{{_NAMESPACE}}}style" or layout is None or root.find("c:citation/c:layout", _CSL) is None:
        raise StyleError("this is no style with citations and a bibliography")
    for number in layout.xpath(".//c:text[@variable='citation-number']", namespaces=_CSL):
        number.getparent().remove(number)  # the list on the page counts
    for words in root.xpath(".//c:group/c:choose/c:if[@type='thesis']/c:text[@value]", namespaces=_CSL):
        words.getparent().remove(words)  # APA's word before a number of publication, which citeproc-py shows alone
    for group in root.iter(f"{{{_NAMESPACE}}}group"):
        if _is_never_empty(group, root):
            _keep(group)
    for names in root.xpath("//c:substitute//c:names[not(*)]", namespaces=_CSL):
        names.extend(map(deepcopy, names.xpath("ancestor::c:names[1]/*[not(self::c:substitute)]", namespaces=_CSL)))
    return root


def _bytes(root: Any) -> bytes:
    from lxml import etree

    xml: bytes = etree.tostring(root)
    return xml


def _is_never_empty(group: Any, root: Any) -> bool:
    """Return whether a group shows words at all times, and variables only where these are known not to be empty.

    By the specification such a group stays. citeproc-py drops it, and with it `[C]` and `[M]` of GB/T 7714, because a
    variable stands somewhere in its macros.
    """
    macros = [child.get("macro") for child in group if child.get("macro")]
    if not macros or len(macros) < len(group):
        return False
    bodies = [root.find(f"c:macro[@name='{name}']", _CSL) for name in macros if "'" not in name]
    return all(body is not None and _is_guarded(body) for body in bodies) and any(
        not body.xpath(".//*[@variable and not(self::c:if or self::c:else-if)]", namespaces=_CSL) for body in bodies
    )


def _is_guarded(macro: Any) -> bool:
    """Return whether each variable of a macro is shown only where a condition says that it is there."""
    nested = macro.xpath(".//c:text[@macro] | .//c:names | .//c:date | .//c:number | .//c:label", namespaces=_CSL)
    shown = macro.xpath(".//c:text[@variable]", namespaces=_CSL)
    return not nested and all(text.get("variable") in text.getparent().get("variable", "").split() for text in shown)


def _keep(group: Any) -> None:
    """Put what a group holds into a condition that always holds, which citeproc-py does not drop."""
    from lxml import etree

    children = list(group)
    choose = etree.SubElement(group, f"{{{_NAMESPACE}}}choose")
    etree.SubElement(choose, f"{{{_NAMESPACE}}}else").extend(children)


def _inner(html: str) -> str:
    """Return a mark without the signs around it."""
    match = _AROUND.fullmatch(html)
    return match["inner"] if match else html


def _clean(html: str) -> str:
    """Return what citeproc-py gives as HTML that is safe and balanced: a few tags, all else text."""
    open_tags: list[str] = []
    pieces: list[str] = []
    for piece in _pieces(html):
        tag = piece.strip("</>")
        if piece == _SMALL_CAPS or (tag in _ALLOWED and piece == f"<{tag}>"):
            open_tags.append("span" if piece == _SMALL_CAPS else tag)
            pieces.append(piece)
        elif piece == f"</{tag}>" and open_tags and open_tags[-1] == tag:
            open_tags.pop()
            pieces.append(piece)
        elif piece == f"</{tag}>" and (tag in _ALLOWED or tag == "span"):
            continue  # of a tag that a style has cut off
        else:
            pieces.append(escape(piece, quote=False) if _TAG.fullmatch(piece) else piece)
    return "".join((*pieces, *(f"</{tag}>" for tag in reversed(open_tags))))


def _pieces(html: str) -> Iterator[str]:
    start = 0
    for match in _TAG.finditer(html):
        yield from filter(None, (html[start : match.start()], match[0]))
        start = match.end()
    yield html[start:]


def _protected(item: Item) -> Item:
    """Return the name of a book or journal whose small words citeproc-py would write large: `Proc. of the IEEE`."""
    name = item.get("container-title", "")
    return {"container-title": _SMALL_WORD.sub(r'<span class="nocase">\g<0></span>', name)} if ". " in name else {}


def _once(html: str, title: str, item: Item) -> str:
    """Return an entry that names no person or title again which stands in the place of its missing author."""
    if "author" in item or not title:
        return html
    if "editor" in item:
        return _EDITORS.sub("", html, 1) if _EDITORS.search(html) and _EDITOR_FIRST.match(html) else html
    first = html.find(title)
    again = html.find(title, first + len(title)) if 0 <= first <= len("<i>“") else -1
    if again < 0:
        return html
    start = again - len("<i>") if html.endswith("<i>", 0, again) else again
    behind = lazy_regex(r"(?:</i>)?[.,]? ?").match(html, again + len(title))
    return html[:start] + html[behind.end() if behind else again + len(title) :]


def _punctuated(html: str, locale: str) -> str:
    """Return text without a full stop behind another end of a sentence; in American English stops are in quotes."""
    if locale.startswith("en-US"):
        html = re.sub("([?!]?)(’?)”([,.])", lambda match: f"{match[1] or match[3]}{match[2]}”", _nested_quotes(html))
    html = re.sub(rf"(?<=[{HAN}]) 等", "等", html)
    html = re.sub(rf"(?<=[{HAN}]),? 和 (?=[{HAN}])", "和", html)
    html = re.sub(r"(\d)(?:st|nd|rd|th)(?= ?版)", r"\1", html)
    return re.sub(r"([?!？！。]|(?<!\.)\.)((?:</[a-z]{1,4}>)*+)\.(?!\.)", r"\1\2", html)


def _nested_quotes(html: str) -> str:
    """Return text in which quotations inside of others have single marks."""
    depth, pieces = 0, []
    for piece in re.split("([“”])", html):
        depth += piece == "“"
        inside = depth > 1
        depth -= piece == "”" and depth > 0
        pieces.append({"“": "‘", "”": "’"}.get(piece, piece) if inside else piece)
    return "".join(pieces)


def _whole_doi(match: re.Match[str]) -> str:
    """Return the link to a DOI with what a style writes before it inside."""
    return match["link"] + match[0].removesuffix(match["link"])


def _around_year(html: str, shown: Item, year: str) -> tuple[str, bool, str]:
    """Return an entry before and behind its year, or the words for none; all is before where it shows neither."""
    issued = shown.get("issued")
    stand_in = str(issued["date-parts"][0][0]) if issued else year
    before, year_shown, after = html.partition(stand_in) if stand_in else (html, "", "")
    return before, bool(year_shown), after.replace(stand_in, year)


def _more_links(entry: Entry, html: str) -> str:
    """Return those links to the work that the style has not shown."""
    links = (link for link in links_of(entry) if f'href="{escape(link.url)}"' not in html)
    return "".join(f" {link.html()}" for link in links)
