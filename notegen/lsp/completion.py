"""What may be written at the cursor: notes, headings, works, labels, commands, tags, front matter."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import msgspec
from lsprotocol.types import CompletionItemKind as Kind

from notegen.bibliography.latex_text import latex_text
from notegen.lsp.analysis import Analysis
from notegen.lsp.cursor import Cursor
from notegen.lsp.names import find_note, link_name
from notegen.math.latex.commands import ARITY, known_commands
from notegen.model.note import Meta
from notegen.read.front_matter.names import NAMES
from notegen.reference.schema import front_matter_schema

_REFERENCES = ("ref", "eqref", "cref", "label")
_SWITCHES = frozenset(field.name for field in msgspec.structs.fields(Meta) if field.type in (bool, bool | None))
_FIELDS = {name: field for field, names in NAMES.items() for name in names}
_LAYOUTS = ("page", "post")
_MOST = 2_000  # that are offered at once


class Item(msgspec.Struct, frozen=True):
    """One thing that may be written. `text` goes in the place of what is typed; `search`: what may be typed for it.

    `snippet`: the text has places to fill in, in the syntax of the protocol.
    """

    label: str
    text: str
    kind: Kind
    detail: str = ""
    documentation: str = ""
    search: str = ""
    rank: int = 0
    snippet: bool = False


def completions(cursor: Cursor, analysis: Analysis, path: str) -> tuple[list[Item], bool]:
    """Return what may be written at the cursor in the note at `path`, and whether that is all there is."""
    makers: Mapping[str, tuple[Callable[[Cursor, Analysis, str], Iterator[Item]], ...]] = {
        "note": (_notes, _files),
        "file": (_notes, _files),
        "heading": (_headings,),
        "work": (_works,),
        "label": (_labels,),
        "work-or-label": (_works, _labels),
        "command": (_commands,),
        "tag": (_tags,),
        "key": (_keys,),
        "value": (_values,),
    }
    items: dict[tuple[str, str], Item] = {}
    for make in makers[cursor.kind]:
        for item in make(cursor, analysis, path):
            items.setdefault((item.label, item.text), item)
    if len(items) <= _MOST:
        return list(items.values()), True
    typed = cursor.typed.casefold()
    fitting = [item for item in items.values() if typed in f"{item.label} {item.search}".casefold()]
    return fitting[:_MOST], False


def _notes(cursor: Cursor, analysis: Analysis, path: str) -> Iterator[Item]:
    end = "" if cursor.address or cursor.closed else "]]"
    for note in analysis.notes:
        if note.path == path:
            continue
        name = link_name(note.path, path, analysis, address=cursor.address)
        words = " ".join((name, note.title, *note.meta.aliases))
        yield Item(note.title, name + end, Kind.File, name, note.description, words, rank=int(note.meta.draft))


def _files(cursor: Cursor, analysis: Analysis, path: str) -> Iterator[Item]:
    """Yield pictures and other files that can be shown or linked."""
    if not (cursor.embed or cursor.address) or analysis.tree is None:
        return
    here = posixpath.dirname(analysis.content_path(path))
    for name in analysis.tree.assets:
        text = posixpath.relpath(name, here or ".").replace(" ", "%20") if cursor.address else posixpath.basename(name)
        yield Item(text, text + ("" if cursor.address or cursor.closed else "]]"), Kind.Reference, name, rank=2)


def _headings(cursor: Cursor, analysis: Analysis, path: str) -> Iterator[Item]:
    note = find_note(cursor.of, path, analysis)
    if note is None:
        return
    end = "" if cursor.address or cursor.closed else "]]"
    for heading in note.headings:
        by_id = cursor.address or any(sign in heading.text for sign in "#|[]^$`*")
        mark = "#" * heading.level
        yield Item(f"{mark} {heading.text}", (heading.id if by_id else heading.text) + end, Kind.Struct, heading.id)
    if not cursor.address:
        yield from (
            Item(f"^{name}", f"^{name}{end}", Kind.Reference, words) for name, words in note.block_words.items()
        )
    for label, block in note.block_labels.items():
        if block.number:
            yield Item(label, (block.anchor if cursor.address else f"^{label}") + end, Kind.Constant, block.text)


def _works(_cursor: Cursor, analysis: Analysis, _path: str) -> Iterator[Item]:
    for key, (file, entry) in analysis.entries.items():
        fields = {name: latex_text(value) if entry.latex else value for name, value in entry.fields.items()}
        authors = fields.get("author", "") or ", ".join(name.family for name in entry.names)
        title, year = fields.get("title", ""), fields.get("year", fields.get("date", ""))[:4]
        detail = ", ".join(filter(None, (authors[:60], year)))
        yield Item(key, key, Kind.Reference, detail, f"{title}\n\n{file}", f"{key} {authors} {title} {year}")


def _labels(cursor: Cursor, analysis: Analysis, path: str) -> Iterator[Item]:
    """Yield the labels of this note, then those of all others."""
    del cursor
    for note in sorted(analysis.notes, key=lambda note: note.path != path):
        place = "" if note.path == path else note.title
        rank = 0 if note.path == path else 1
        latex = {formula.label: formula.latex for formula in note.formulas if formula.label}
        for label, number in note.labels.items():
            detail = " ".join(filter(None, (f"({number})" if number else "", place)))
            yield Item(label, label, Kind.Constant, detail, latex.get(label, ""), rank=rank)
        for label, block in note.block_labels.items():
            yield Item(label, label, Kind.Constant, " ".join(filter(None, (block.text, place))), rank=rank)


def _commands(_cursor: Cursor, analysis: Analysis, path: str) -> Iterator[Item]:
    """Yield macros of the note and of the site, references, then commands of LaTeX."""
    note = analysis.by_path.get(path)
    macros_of_note = note.meta.macros if note else {}
    for rank, macros in enumerate((macros_of_note, analysis.tree.config.math.macros if analysis.tree else {})):
        for name, body in macros.items():
            if name.lstrip("\\").isalpha():
                yield Item(f"\\{name.lstrip(chr(92))}", name.lstrip("\\"), Kind.Function, body, rank=rank)
    for name in _REFERENCES:
        yield Item(f"\\{name}", f"{name}{{$1}}", Kind.Keyword, rank=2, snippet=True)
    for name in sorted(known_commands() - set(_REFERENCES)):
        count = ARITY.get(f"\\{name}", 0)
        text = name + "".join(f"{{${number + 1}}}" for number in range(count))
        yield Item(f"\\{name}", text, Kind.Keyword, rank=3, snippet=count > 0)


def _tags(_cursor: Cursor, analysis: Analysis, _path: str) -> Iterator[Item]:
    if analysis.tree is not None and analysis.tree.config.markdown.hashtags:
        yield from _counted(tag.replace(" ", "-") for note in analysis.notes for tag in note.meta.tags)


def _keys(cursor: Cursor, _analysis: Analysis, _path: str) -> Iterator[Item]:
    properties = front_matter_schema()["properties"]
    for rank, field in enumerate(NAMES):
        name = field if field in NAMES[field] else NAMES[field][0]
        text = name if cursor.closed else f"{name}: "
        yield Item(name, text, Kind.Property, documentation=properties[name]["description"], rank=rank)


def _values(cursor: Cursor, analysis: Analysis, _path: str) -> Iterator[Item]:
    field, notes = _FIELDS.get(cursor.of.lower(), ""), analysis.notes
    if field in _SWITCHES:
        yield from (Item(word, word, Kind.Value) for word in ("true", "false"))
    elif field == "categories":
        yield from _counted("/".join(names) for note in notes for names in note.meta.categories)
    elif field == "tags":
        yield from _counted(tag for note in notes for tag in note.meta.tags)
    elif field == "series":
        yield from _counted(note.meta.series for note in notes)
    elif field == "authors":
        people = (person.name for person in (analysis.tree.config.authors if analysis.tree else ()))
        yield from _counted((*people, *(name for note in notes for name in note.meta.authors)))
    elif field == "lang":
        config = analysis.site.config
        yield from _counted((config.language, *(item.tag for item in config.languages)))
    elif field == "layout":
        yield from (Item(word, word, Kind.Value) for word in _LAYOUTS)
    elif field == "bibliography" and analysis.tree:
        yield from _counted(file.path for file in analysis.tree.bibliographies)
    elif field == "cover" and analysis.tree:
        yield from _counted(name for name, asset in analysis.tree.assets.items() if asset.format)


def _counted(names: Iterator[str] | tuple[str, ...]) -> Iterator[Item]:
    """Yield the names in use, the most used first; quoted where YAML wants that."""
    for rank, (name, count) in enumerate(Counter(filter(None, names)).most_common()):
        plain = name[0] not in "\"'[]{}#&*!|>%@`-?:," and ": " not in name and "," not in name
        detail = f"{count} notes" if count > 1 else ""
        yield Item(name, name if plain else f'"{name}"', Kind.EnumMember, detail, rank=rank)
