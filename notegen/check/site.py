"""Rules that look at the whole site: what nothing uses, and what nothing leads to."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from notegen.bibliography.bibliography import parsed_file
from notegen.bibliography.works import parents
from notegen.check.checked_site import CheckedSite, at_text
from notegen.math.ids import anchor_id
from notegen.model.body import ALL_WORKS
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.model.output import Copy, OutputFile, Resized, Stripped
from notegen.text.cjk import FULL_WIDTH, PUNCTUATION
from notegen.text.patterns import lazy_regex

# What refers to a label: `\cref{a, b}`, `@a`, `#a` and `#^a` in links, `{ref}`a``, `{ref}`words <a>``; not `{#a}`.
# A name ends before Chinese punctuation, too.
_REFERENCE = lazy_regex(
    r"ref\*?\{(?P<list>[^{}]{1,500})|(?:@|[\w\[(\"'/.)]#\^?|[`<])(?P<name>"
    rf"[^{{}}\s`()\[\]|<>;,{PUNCTUATION}{FULL_WIDTH}]++)",
)
_COMMAND = lazy_regex(r"\\([A-Za-z]++)")


def unused_labels(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-unused-label for each thing with a label that no note of the site refers to."""
    used: set[str] = set()
    for source in checked.tree.notes:
        used |= checked.recall("check references", source.path, source.digest, partial(_named, source.text))
    texts = {note.path: note.text for note in checked.tree.notes}
    for note in checked.notes:
        for names in _labels(note):
            if used.isdisjoint(names):
                text, label = texts.get(note.path, ""), names[0]
                message = f"nothing refers to the label {label}"
                yield at_text("check-unused-label", message, note.path, text, text.find(label), len(label))


def _named(text: str) -> frozenset[str]:
    """Return what a text refers to as labels are."""
    matches = _REFERENCE.finditer(text)
    return frozenset(name.strip() for match in matches for name in (match["list"] or match["name"]).split(","))


def _labels(note: Note) -> Iterator[list[str]]:
    """Yield the labels of each thing that has some; of sections only those that say that they are one."""
    names: dict[str, list[str]] = {}
    for label, box in note.block_labels.items():
        names.setdefault(box.anchor, []).append(label)
    headings = {heading.id for heading in note.headings}
    yield from ([label, anchor_id(label)] for label in note.labels)
    yield from (group for anchor, group in names.items() if anchor not in headings or anchor.startswith("sec"))


def unused_macros(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-unused-macro for each macro of site.yaml or of a note's front matter that no formula uses."""
    macros = checked.tree.config.math.macros
    commands = {
        note.path: checked.recall("check commands", note.path, note.digest, partial(_commands_of, note))
        for note in checked.notes
    }
    nested = _commands(macros.values())
    everywhere = set().union(nested, *commands.values())
    for name in macros:
        if name not in everywhere and name.isalpha():
            yield _unused_macro(name, checked.tree.config_path, checked.tree.config_text)
    texts = {note.path: note.text for note in checked.tree.notes}
    for note in checked.notes:
        known = commands[note.path] | _commands(note.meta.macros.values())
        for name in note.meta.macros:
            if name not in known and name.isalpha():
                yield _unused_macro(name, note.path, texts.get(note.path, ""))


def _commands_of(note: Note) -> set[str]:
    return _commands(formula.latex for formula in note.formulas)


def _commands(texts: Iterable[str]) -> set[str]:
    """Return the names of commands in LaTeX, without backslash."""
    return {name for text in texts for name in _COMMAND.findall(text)}


def _unused_macro(name: str, path: str, text: str) -> Diagnostic:
    match = re.search(rf"\\?\b{re.escape(name)}\b[\"']?\s*:", text)
    position = match.start() if match else -1
    return at_text("check-unused-macro", f"no formula uses the macro \\{name}", path, text, position, len(name))


def unused_works(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-unused-work for each entry of a bibliography that no note cites, and that no cited one takes from."""
    cited = {key for note in checked.notes for key in note.citations}
    if ALL_WORKS in cited:
        return
    for source in checked.tree.bibliographies:
        entries = parsed_file(source).entries
        used = cited.union(*(parents(entries[key], entries) for key in cited & entries.keys()))
        for key, entry in entries.items():
            if key not in used:
                yield diagnose("check-unused-work", f"no note cites {key}", path=source.path, line=entry.line)


def unlinked_notes(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-unlinked-note for each note that no other note links to."""
    for note in (note for site in checked.site.languages for note in site.notes):
        if not note.backlinks:
            yield diagnose("check-unlinked-note", "no other note links here", path=note.ref.path)


def unused_files(checked: CheckedSite) -> Iterator[Diagnostic]:
    """Yield check-unused-file for each picture below the content folder that no published note shows or links."""
    used = {path for file in checked.files if (path := _source(file)) is not None}
    for asset in checked.tree.assets.values():
        if asset.format and asset.path not in used:
            message = f"no published note uses this picture ({asset.size / 1000:,.0f} kB)"
            yield diagnose("check-unused-file", message, path=asset.path)


def _source(file: OutputFile) -> str | None:
    """Return the source path of a file of the site that is copied or made smaller."""
    match file.content:
        case Copy(asset) | Stripped(asset):
            return asset.path
        case Resized(variant):
            return variant.asset.path
    return None
