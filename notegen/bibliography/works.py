"""Cited entries as works in the site's style, each remembered by itself: by what its file says of it, and the style."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from notegen.bibliography.entries import Entry
from notegen.bibliography.references import reference
from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Request, Tiers, lookup, memoize, store
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from notegen.model.body import CitationStyle, Work
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest
from notegen.model.source import SourceFile

_DEEPEST = 5  # crossrefs of crossrefs
_CHILD_FIELDS = {"title": "booktitle", "subtitle": "booksubtitle"}  # a parent's field -> what it is to its children
AUTHOR_YEAR = "author-year"
EntryKey = tuple[str, str]  # path of a file, key of an entry


class _RenderedWork(msgspec.Struct, frozen=True):
    """A work, and why it is not in the site's style."""

    work: Work
    problem: str = ""


class SiteStyle(msgspec.Struct, frozen=True):
    """The style of a site: one of the two of our own, or the text of one of CSL; why that is not used."""

    marks: CitationStyle
    csl: str = ""
    problem: str = ""


WORKS = Memo("references", _RenderedWork, Tiers.BOTH)
STYLES = Memo("citation style", SiteStyle)


def site_style(name: str, file: SourceFile | None, context: BuildContext) -> SiteStyle:
    """Return the style that site.yaml names, one of our own where it cannot be used. `file`: its text, if it is CSL."""
    built_in = SiteStyle(CitationStyle(numeric=name != AUTHOR_YEAR))
    if file is None:
        return built_in
    request = Request(file.path, {"text": file.digest})
    known = lookup(STYLES, request, context)
    if known is None:
        known = _read_style(file.text, built_in)
        store(STYLES, request, known, context)
    return known


def _read_style(text: str, built_in: SiteStyle) -> SiteStyle:
    from notegen.bibliography.csl.style import CslStyle, StyleError

    try:
        return SiteStyle(CslStyle(text).marks, text)
    except StyleError as error:
        return msgspec.structs.replace(built_in, problem=str(error))


def works(
    entries: Mapping[EntryKey, Entry], style: SiteStyle, context: BuildContext
) -> tuple[dict[EntryKey, Work], list[Diagnostic]]:
    """Return entries as works. Diagnostic: bib-style, where a style cannot show one."""
    items = list(entries.values())
    key = digest(style)

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        show = _maker(style)
        yield from (msgspec.msgpack.encode(show(items[number])) for number in missing)

    def parts(entry: Entry) -> dict[str, str]:
        return {"entry": digest(entry), "style": key}

    names = ["\n".join(place) for place in entries]
    rendered = dict(zip(entries, memoize(WORKS, names, items, parts, make, context, key), strict=True))
    problems = [
        diagnose("bib-style", f"the style cannot show {name}: {item.problem}", path=path, line=entries[path, name].line)
        for (path, name), item in rendered.items()
        if item.problem
    ]
    return {place: item.work for place, item in rendered.items()}, problems


def _maker(style: SiteStyle) -> Callable[[Entry], _RenderedWork]:
    """Return what makes works of entries."""
    built_in = "numeric" if style.marks.numeric else AUTHOR_YEAR
    if not style.csl:
        return lambda entry: _RenderedWork(reference(entry, built_in, formula_html))
    from notegen.bibliography.csl.style import CslStyle, StyleError

    csl = CslStyle(style.csl)

    def make(entry: Entry) -> _RenderedWork:
        plain = reference(entry, built_in, formula_html)
        try:
            return _RenderedWork(csl.work(entry, plain, formula_html))
        except StyleError as error:
            return _RenderedWork(plain, str(error))

    return make


def parents(entry: Entry, entries: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the keys of those that `crossref` and `xdata` of an entry name, and of theirs."""
    seen = {entry.key}
    parent: Entry | None = entry
    for _ in range(_DEEPEST):
        name = (parent.fields.get("crossref") or parent.fields.get("xdata") or "").strip() if parent else ""
        if not name or name in seen:
            return
        seen.add(name)
        yield name
        parent = entries.get(name)


def with_parents(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    """Return an entry with what it has of its parents: those that `crossref` and `xdata` name, and theirs."""
    fields = dict(entry.fields)
    child: Entry | None = entry
    for name in parents(entry, entries):
        is_part = bool(child and child.fields.get("crossref"))
        child = entries.get(name)
        for field, value in (child.fields if child else {}).items():
            fields.setdefault(_CHILD_FIELDS.get(field, field) if is_part else field, value)
    return msgspec.structs.replace(entry, fields=fields)


def formula_html(latex: str) -> str:
    """Return a formula in a title as MathML, as the source where no engine can render it."""
    return render_formulas([Snippet(latex, display=False)], {}).formulas[0].html
