r"""What stands at a place of a note: a link, a label, a work, a macro, a tag, a heading; where it is, who names it."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from notegen.link.link import Linking
from notegen.link.targets.resolved import Resolved
from notegen.lsp.analysis import Analysis, Analyst
from notegen.lsp.positions import Positions
from notegen.math.ids import anchor_id
from notegen.model.body import CiteHole, EmbedHole, ImageHole, Piece, UrlHole, WikiHole
from notegen.model.note import Formula, Note
from notegen.model.source import SourceFile
from notegen.model.strings import ContentPath
from notegen.read.front_matter.split import split_front_matter
from notegen.rename.edits import visible
from notegen.rename.names import label_edits, owners, tag_edits
from notegen.text.patterns import lazy_regex

_REFERENCE = lazy_regex(r"\\[A-Za-z]{0,8}ref\*?\{(?P<names>[^{}\n]*+)\}|\\label\{(?P<given_name>[^{}\n]*+)\}")
_ROLE = lazy_regex(r"\{(?:eq|numref|ref|prf:ref)\}`(?P<names>[^`\n]*+)`")
_ATTRIBUTE = lazy_regex(r"\{#(?P<name>[^\s{}]++)|(?:^|[\s(,])label\s*[=:]\s*[\"']?(?P<given_label>[\w:.-]++)")
_AT = lazy_regex(r"(?<![\w@./])@(?P<name>[\w:.-]*\w)")
_COMMAND = lazy_regex(r"\\([A-Za-z]++)")
Span = tuple[str, int, int]  # path below the root, offsets in its text


class Symbol(msgspec.Struct, frozen=True):
    """What stands at a place: its kind, its name, and where the name stands.

    `kind`: "note" (name: its path, with a heading or a block at `anchor`), "file" (its path), "label", "work" (its
    key), "macro" (without backslash), "tag".
    """

    kind: str
    name: str
    start: int
    end: int
    anchor: str = ""


class Reader(msgspec.Struct, frozen=True):
    """A note at one moment, and the site around it. `positions`: of its text."""

    path: str
    positions: Positions
    analysis: Analysis
    linking: Linking
    analyst: Analyst

    @property
    def text(self) -> str:
        """The note's text."""
        return self.positions.text

    @property
    def note(self) -> Note | None:
        """The note alone."""
        return self.analysis.by_path.get(self.path)


def symbol_at(reader: Reader, offset: int) -> Symbol | None:
    """Return what stands at an offset; None for plain text."""
    for find in (_label_at, _linked_at, _macro_at, _tag_at, _heading_at):
        symbol = find(reader, offset)
        if symbol is not None:
            return symbol
    return None


def _word(names: str, start: int, offset: int) -> tuple[str, int] | None:
    """Return the name of a list that an offset is in, and where it begins. `start`: of the list."""
    for match in re.finditer(r"[^,\s]+(?: [^,\s]+)*", names):
        if start + match.start() <= offset <= start + match.end():
            return match[0], start + match.start()
    return None


def _line_matches(reader: Reader, offset: int, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern in the line of an offset that the offset is in."""
    start = reader.text.rfind("\n", 0, offset) + 1
    end = reader.text.find("\n", offset)
    for match in pattern.finditer(reader.text, start, len(reader.text) if end < 0 else end):
        if match.start() <= offset <= match.end():
            yield match


def _label_at(reader: Reader, offset: int) -> Symbol | None:
    groups = (
        (_REFERENCE, ("names", "given_name")),
        (_ROLE, ("names",)),
        (_ATTRIBUTE, ("name", "given_label")),
        (_AT, ("name",)),
    )
    for pattern, names in groups:
        for match in _line_matches(reader, offset, pattern):
            for group in names:
                word = _word(match[group], match.start(group), offset) if match[group] else None
                if word and _is_label(word[0], reader):
                    return Symbol("label", word[0], word[1], word[1] + len(word[0]))
    return None


def _is_label(name: str, reader: Reader) -> bool:
    return bool(owners(name, reader.analysis.notes))


def _linked_at(reader: Reader, offset: int) -> Symbol | None:
    """Return the note, file or work that a link or a citation at an offset leads to."""
    for hole, resolved in links_of(reader.path, reader.linking):
        start, end = reader.positions.place(hole.line, hole.column, hole.length)
        if not (hole.column and start <= offset <= end):
            continue
        if isinstance(hole, CiteHole):
            word = _cited_word(hole, reader.text[start:end], start, offset)
            return Symbol("work", *word) if word else None
        target = _target(resolved, reader) if resolved is not None else None
        if target is not None:
            return msgspec.structs.replace(target, start=start, end=end)
    return None


_Placed = UrlHole | WikiHole | ImageHole | EmbedHole | CiteHole


def links_of(path: str, linking: Linking) -> Iterator[tuple[_Placed, Resolved | None]]:
    """Yield the links and citations of a note, each with where it leads."""
    for content_path, links in linking.links.items():
        note = linking.services.resolver.index.notes[content_path]
        if note.path == path:
            yield from _placed(note.body.holes, links.body)


def _placed(holes: Iterable[Piece], links: Iterable[Resolved | None]) -> Iterator[tuple[_Placed, Resolved | None]]:
    for hole, resolved in zip(holes, links, strict=True):
        if isinstance(hole, _Placed):
            yield hole, resolved


def _cited_word(hole: CiteHole, text: str, start: int, offset: int) -> tuple[str, int, int] | None:
    """Return the key at an offset in a citation, and its place; the first one where none is there."""
    places = [(work.key, text.find(work.key)) for work in hole.works]
    spans = [(key, start + at, start + at + len(key)) for key, at in places if at >= 0]
    return next((span for span in spans if span[1] - 1 <= offset <= span[2]), spans[0] if spans else None)


def _target(resolved: Resolved, reader: Reader) -> Symbol | None:
    if resolved.cited:
        return Symbol("work", resolved.cited, 0, 0)
    if resolved.asset:
        return Symbol("file", resolved.asset, 0, 0)
    if resolved.same_note:
        return Symbol("note", reader.path, 0, 0, resolved.anchor)
    note = reader.linking.services.resolver.index.notes.get(resolved.note) if resolved.note else None
    return Symbol("note", note.path, 0, 0, resolved.anchor) if note else None


def _macro_at(reader: Reader, offset: int) -> Symbol | None:
    macros = macros_of(reader)
    for match in _line_matches(reader, offset, _COMMAND):
        if match[1] in macros:
            return Symbol("macro", match[1], match.start(1), match.end(1))
    return None


def macros_of(reader: Reader) -> dict[str, str]:
    """Return the macros of a note and its site: name without backslash -> body."""
    site = reader.analysis.tree.config.math.macros if reader.analysis.tree else {}
    both = {**site, **(reader.note.meta.macros if reader.note else {})}
    return {name.lstrip("\\"): body for name, body in both.items()}


def _tag_at(reader: Reader, offset: int) -> Symbol | None:
    note = reader.note
    if note is None:
        return None
    source = reader.analysis.sources.get(reader.path)
    if source is None:
        return None
    for name in sorted(note.meta.tags, key=len, reverse=True):
        for _, start, end in spans_of_tag(name, [source], reader.analysis):
            if start <= offset <= end:
                return Symbol("tag", name, start, end)
    return None


def spans_of_tag(name: str, sources: Sequence[SourceFile], analysis: Analysis) -> Iterator[Span]:
    """Yield where a tag, or one below it, stands as one."""
    for edit in tag_edits(name, name, sources, [], hashtags=analysis.site.config.markdown.hashtags):
        yield edit.path, edit.start, edit.end


def _heading_at(reader: Reader, offset: int) -> Symbol | None:
    note = reader.note
    if note is None:
        return None
    line = reader.text.count("\n", 0, offset) + 1
    start, end = reader.positions.place(line, 0, 0)
    heading = next((heading for heading in note.headings if heading.line == line), None)
    if heading is not None:
        return Symbol("note", note.path, start, end, heading.id)
    block = split_front_matter(reader.text)
    head = reader.text[start:end]
    if (line <= block.body_line and head.startswith("title")) or (note.title and head.lstrip("# ") == note.title):
        return Symbol("note", note.path, start, end)
    return None


def formula_at(reader: Reader, offset: int) -> tuple[Formula, int, int] | None:
    """Return the formula that an offset is in, with its place."""
    for formula in reader.note.formulas if reader.note else ():
        start, _ = reader.positions.place(formula.line, formula.column, 1)
        at = reader.text.find(formula.latex, start, start + len(formula.latex) + 40)
        if at >= 0:
            end = at + len(formula.latex)
        else:  # its lines begin with the marks of a quotation or a list
            at = start
            end = reader.positions.place(formula.line + formula.latex.count("\n") + 1, 0, 0)[1]
        if start <= offset <= end + 2:
            return formula, start, end
    return None


# --- where a symbol is, and who names it


def definition(symbol: Symbol, reader: Reader) -> list[Span]:
    """Return where a symbol is defined; (path, 0, 0) for a file as a whole."""
    analysis = reader.analysis
    match symbol.kind:
        case "note":
            return [(symbol.name, *_anchor_place(symbol, analysis))]
        case "file":
            return [(symbol.name, 0, 0)]
        case "label":
            return [_label_place(symbol.name, path, analysis) for path in owners(symbol.name, analysis.notes)]
        case "work":
            file, entry = analysis.entries.get(symbol.name, ("", None))
            place = Positions.of(analysis.text(file) or "").place(entry.line, 0, 0) if entry else (0, 0)
            return [(file, *place)] if entry else []
        case "macro":
            return list(_macro_places(symbol.name, reader))[:1]
    return []


def _anchor_place(symbol: Symbol, analysis: Analysis) -> tuple[int, int]:
    note, text = analysis.by_path.get(symbol.name), analysis.text(symbol.name) or ""
    if note is None or not symbol.anchor:
        return (0, 0)
    positions = Positions.of(text)
    heading = next((heading for heading in note.headings if heading.id == symbol.anchor), None)
    if heading is not None:
        return positions.place(heading.line, 0, 0)
    for label in (*note.labels, *note.block_labels):
        block = note.block_labels.get(label)
        if symbol.anchor in {anchor_id(label), block.anchor if block else ""}:
            return _label_place(label, note.path, analysis)[1:]
    match = re.search(rf"(?:\^|\{{#|id=[\"']?){re.escape(symbol.anchor.removeprefix('^'))}\b", text)
    return match.span() if match else (0, 0)


def _label_place(label: str, path: str, analysis: Analysis) -> Span:
    """Return where a label stands in the note that has it: where it is given, else where it stands first."""
    source = analysis.sources[path]
    spans = [(edit.start, edit.end) for edit in label_edits(label, label, [source])]
    defining = [
        span for span in spans if re.search(r"(?:\\label\{|\{#|label[=:]\s?[\"']?|\^)$", source.text[: span[0]][-12:])
    ]
    start, end = next(iter(defining or spans), (0, 0))
    return path, start, end


def _macro_places(name: str, reader: Reader) -> Iterator[Span]:
    """Yield where a macro is defined: in the note, in site.yaml, in a file of macros."""
    analysis = reader.analysis
    mark = rf"[\"']?\\{{0,2}}({re.escape(name)})[\"']?[ \t]*:"
    key = re.compile(rf"(?m)^[ \t]+{mark}|[{{,][ \t]*{mark}")
    block = split_front_matter(reader.text)
    places = [(reader.path, reader.text[: len(reader.text) - len(block.body)])]
    places.append((analysis.site.location.config_path, analysis.site.location.config_text))
    for path, text in places:
        if match := key.search(text):
            group = 1 if match[1] else 2
            yield path, match.start(group), match.end(group)
    definition_of = re.compile(rf"\\{re.escape(name)}(?![A-Za-z])")
    for path in analysis.tree.config.math.preamble if analysis.tree else ():
        if match := definition_of.search(reader.analyst.read(path)):
            yield path, match.start(), match.end()


def references(symbol: Symbol, reader: Reader) -> list[Span]:
    """Return where a symbol is named, its definition left out but for labels and tags, which look the same."""
    analysis = reader.analysis
    match symbol.kind:
        case "label":
            return [(e.path, e.start, e.end) for e in label_edits(symbol.name, symbol.name, analysis.sources.values())]
        case "tag":
            return list(spans_of_tag(symbol.name, tuple(analysis.sources.values()), analysis))
        case "macro":
            return list(_uses(symbol.name, analysis))
    return list(_links_to(symbol, reader))


def _uses(macro: str, analysis: Analysis) -> Iterator[Span]:
    pattern = re.compile(rf"\\{re.escape(macro)}(?![A-Za-z])")
    for note in analysis.notes:
        if any(pattern.search(formula.latex) for formula in note.formulas):
            text = visible(analysis.sources[note.path])
            yield from ((note.path, match.start(), match.end()) for match in pattern.finditer(text))


def _links_to(symbol: Symbol, reader: Reader) -> Iterator[Span]:
    """Yield the links that lead to a note, a heading of it or a file, and the citations of a work."""
    content = ContentPath(reader.analysis.content_path(symbol.name))
    notes = reader.linking.services.resolver.index.notes
    for content_path, links in reader.linking.links.items():
        note = notes[content_path]
        positions: Positions | None = None
        for hole, resolved in _placed(note.body.holes, links.body):
            if _leads_to(symbol, content, content_path, hole, resolved):
                positions = positions or Positions.of(reader.analysis.text(note.path) or "")
                yield note.path, *positions.place(hole.line, hole.column, hole.length)


def _leads_to(
    symbol: Symbol, content: ContentPath, home: ContentPath, hole: _Placed, resolved: Resolved | None
) -> bool:
    if isinstance(hole, CiteHole):
        return symbol.kind == "work" and any(work.key == symbol.name for work in hole.works)
    if resolved is None:
        return False
    if symbol.kind == "work":
        return resolved.cited == symbol.name
    if symbol.kind == "file":
        return resolved.asset == symbol.name
    there = home if resolved.same_note else resolved.note
    return there == content and (resolved.anchor == symbol.anchor if symbol.anchor else not resolved.same_note)
