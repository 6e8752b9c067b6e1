"""The works that a site's notes cite: looked up in its bibliography files, and put into HTML.

A step between reading and linking, because the math font needs the formulas in titles. Files are parsed when they have
changed. Of their entries only the cited ones are put into HTML, so that a new entry in a file of thousands changes
nothing that a page is made of.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from notegen.bibliography.bibtex import read_bibtex
from notegen.bibliography.csl.json_file import read_csl_json
from notegen.bibliography.entries import BibliographyFile, Entry
from notegen.bibliography.works import EntryKey, site_style, with_parents, works
from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Tiers, memoize
from notegen.math_font.characters import formula_characters
from notegen.model.body import ALL_WORKS, NO_BIBLIOGRAPHY, Bibliography, Work
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.note import Note
from notegen.model.source import SourceFile, Tree

FILES = Memo("bibliography", BibliographyFile, Tiers.BOTH)


def read_bibliography(notes: Sequence[Note], tree: Tree, context: BuildContext) -> Result[Bibliography]:
    """Return the works that notes cite.

    Diagnostics: bib-syntax, bib-duplicate, bib-file, bib-style; none where nothing is cited.

    A note is given the entries of the files that its front matter names, else of those beside it, else of those that
    site.yaml names, or where it names none of all others.
    """
    citing = [note for note in notes if note.citations]
    if not citing or not tree.bibliographies:
        return Result(NO_BIBLIOGRAPHY)
    files = dict(
        zip((file.path for file in tree.bibliographies), parsed_files(tree.bibliographies, context), strict=True)
    )
    diagnostics = [item for file in files.values() for item in file.diagnostics]
    common = _common(tree, files)
    diagnostics += _duplicates(common, files)
    cited: dict[str, dict[str, str]] = {}  # path of a note -> key -> file
    for note in citing:
        sources = (*_named(note, tree, files, diagnostics), *_beside(note, files), *common)
        keys = dict.fromkeys(note.citations)
        if ALL_WORKS in keys:
            keys |= dict.fromkeys(key for path in sources for key in files[path].entries)
        cited[note.path] = {
            key: path for key in keys if (path := next((x for x in sources if key in files[x].entries), ""))
        }
    style = site_style(tree.config.citations.style, tree.citation_style, context)
    if style.problem and tree.citation_style:
        message = f"the style is not used: {style.problem}"
        diagnostics.append(diagnose("bib-style", message, path=tree.citation_style.path))
    known, problems = works(_entries(cited, files), style, context)
    return Result(
        Bibliography(
            {note: {key: known[file, key] for key, file in keys.items()} for note, keys in cited.items()},
            style.marks,
            tuple(sorted({key for file in files.values() for key in file.entries})),
            tuple(files),
            _glyphs(known.values()),
        ),
        (*diagnostics, *problems),
    )


def _entries(cited: Mapping[str, Mapping[str, str]], files: Mapping[str, BibliographyFile]) -> dict[EntryKey, Entry]:
    """Return the cited entries, each with what it has of its parents."""
    places = sorted({(path, key) for keys in cited.values() for key, path in keys.items()})
    return {(path, key): with_parents(files[path].entries[key], files[path].entries) for path, key in places}


def parsed_file(source: SourceFile) -> BibliographyFile:
    """Return what a bibliography file holds."""
    parse = read_csl_json if source.path.lower().endswith(".json") else read_bibtex
    return parse(source.text, source.path)


def parsed_files(sources: Sequence[SourceFile], context: BuildContext) -> Iterator[BibliographyFile]:
    """Yield what each bibliography file holds, parsed where it has changed."""

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        for number in missing:
            yield msgspec.msgpack.encode(parsed_file(sources[number]))

    names = [source.path for source in sources]
    return memoize(FILES, names, sources, lambda source: {"text": source.digest}, make, context)


def _common(tree: Tree, files: Mapping[str, BibliographyFile]) -> tuple[str, ...]:
    """Return the paths of the files whose entries all notes may cite."""
    count = len(tree.config.bibliography)
    named = {posixpath.normpath(name.strip().lstrip("/")) for name in tree.config.bibliography}
    if not count:
        return tuple(files)
    content = tree.config.content_dir.strip("./")
    return tuple(path for path in files if path in named or path.removeprefix(f"{content}/") in named)


def _beside(note: Note, files: Mapping[str, BibliographyFile]) -> tuple[str, ...]:
    folder = posixpath.dirname(note.path)
    return tuple(path for path in files if posixpath.dirname(path) == folder)


def _named(
    note: Note, tree: Tree, files: Mapping[str, BibliographyFile], diagnostics: list[Diagnostic]
) -> Iterator[str]:
    """Yield the files that a note's front matter names: relative to the note, the content folder or the root."""
    for name in note.meta.bibliography:
        folders = (posixpath.dirname(note.path), tree.config.content_dir.strip("./"), "", "_bibliography")
        paths = [
            posixpath.normpath(posixpath.join(folder, name.lstrip("/") + suffix))
            for folder in folders
            for suffix in ("", ".bib")
        ]
        path = next((path for path in paths if path in files), "")
        base = posixpath.basename(name)
        path = path or next((path for path in files if posixpath.basename(path) in {base, f"{base}.bib"}), "")
        if path:
            yield path
        else:
            hint = "a file of the site that ends in .bib or .csl.json, or that `bibliography:` of site.yaml names"
            message = f"there is no bibliography {name!r}"
            diagnostics.append(diagnose("bib-file", message, path=note.path, line=1, hint=hint))


def _duplicates(common: Sequence[str], files: Mapping[str, BibliographyFile]) -> Iterator[Diagnostic]:
    """Yield a warning for each key that two files of one folder give to different works."""
    first: dict[tuple[str, str], tuple[str, Entry]] = {}
    for path in common:
        for key, entry in files[path].entries.items():
            place, known = first.setdefault((posixpath.dirname(path), key), (path, entry))
            if known is not entry and known.fields != entry.fields:
                message = f"the key {key} is also in {place}, line {known.line}, with other fields; that entry counts"
                hint = "give one of them another key, or remove it"
                yield diagnose("bib-duplicate", message, path=path, line=entry.line, hint=hint)


def _glyphs(works: Iterable[Work]) -> str:
    texts = (text for item in works for text in (item.before, item.after, item.abstract) if "<math" in text)
    return "".join(map(chr, sorted(formula_characters(texts))))
