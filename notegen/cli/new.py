"""What is written for an author: `notegen new`, a note; `notegen cite add`, an entry; `notegen diagrams`, pictures."""

import os
import posixpath
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec

from notegen.app.report import counted
from notegen.app.site_location import Flags, OpenedSite, open_site
from notegen.bibliography.bibtex import read_bibtex
from notegen.bibliography.entries import Entry
from notegen.bibliography.identifiers import arxiv_of, doi_of
from notegen.bibliography.lookup import Identifier, NotFoundError, Services, as_bibtex, identify, key_of, look_up
from notegen.cli.command_site import Options, clock, opened, print_diagnostics, run_options
from notegen.cli.exit_codes import FAILED, OK, USAGE, exit_code
from notegen.diagrams.drawing import Mistake
from notegen.diagrams.kinds import FOLDER
from notegen.diagrams.tikz import can_draw, draw_tikz
from notegen.diagrams.tikz_sources import sources_in
from notegen.dialects.find import find_dialect
from notegen.dialects.sources import is_of_project
from notegen.init.site_folder import reader
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.source import SourceFile, Tree
from notegen.new.note import Draft, new_note
from notegen.new.template import find_template
from notegen.read.front_matter.values import stays_inside
from notegen.scan.config.editors import EDITORS
from notegen.scan.language import with_language
from notegen.scan.scan import scan
from notegen.system.disk import Disk

NEW_FILE = "references.bib"  # in the content folder, where the site has no .bib file


def new_command(title: str, options: dict[str, Any]) -> int:
    """Write the note. Return the exit code: USAGE where the file is there or the template is not."""
    folder = options["folder"]
    if folder is not None and {"..", "~"} & set(PurePosixPath(folder).parts) | (
        {"/"} if Path(folder).is_absolute() else set()
    ):
        raise click.BadParameter("must be a folder below the content folder", param_hint="--in")
    if not title.strip():
        raise click.BadParameter("a note needs a title", param_hint="TITLE")
    if not stays_inside(options["slug"]):
        raise click.BadParameter(
            "must stay inside the site: no .., no control characters, no scheme", param_hint="--slug"
        )
    disk = Disk()
    site = open_site(Flags(options["source"]), disk)
    root, config = site.location.root, site.config
    template = find_template(options["template"], reader(root, disk))
    if template is None and options["template"] is not None:
        raise click.BadParameter(f"there is no template {options['template']}", param_hint="--from")
    now = clock(options).astimezone(_zone(config))
    draft = Draft(title, now, options["categories"], options["tags"], options["slug"], options["draft"])
    note = new_note(draft, template, find_dialect(config.dialect), folder)
    content = _content(root, config)
    path = (content / note.path).absolute()
    if not path.resolve().is_relative_to(content.resolve()):
        raise click.BadParameter("leads out of the content folder by a symbolic link", param_hint="--in")
    if path.exists():
        click.echo(f"{_shown(path)} is there already; choose another title, or --slug", err=True)
        return USAGE
    try:
        disk.write(path, note.text.encode())
    except OSError as error:
        click.echo(f"{_shown(path)} cannot be written: {error.strerror or error}", err=True)
        return FAILED
    click.echo(_shown(path))
    return _edit(path, config.serve.editor) if options["edit"] else OK


def _zone(config: Config) -> ZoneInfo | None:
    """Return the site's time zone; None, the machine's, where site.yaml names neither a zone nor a language."""
    return ZoneInfo(with_language(config, ()).timezone) if config.timezone or config.language else None


def _content(root: Path, config: Config) -> Path:
    """Return the folder of notes; a site that has no note yet gets the usual one."""
    notes = (path for path in root.glob("*.md") if not is_of_project(path.name))
    is_empty = config.content_dir == "." and not config.dialect and not any(notes)
    return root / (Config().content_dir if is_empty else config.content_dir)


def _shown(path: Path) -> str:
    """Return a path as it is typed from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _edit(path: Path, editor: str) -> int:
    """Open the file with $VISUAL or $EDITOR, else with the editor that `serve` opens files in."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if command:
        return subprocess.call([*shlex.split(command), str(path)])  # noqa: S603 (the author's own editor)
    pattern = EDITORS.get(editor, editor)
    return click.launch(pattern.format(file=path.as_posix(), line=1, column=1))


def cite_add_command(text: str, options: Mapping[str, Any], services: Services) -> int:
    """Look a work up and write its entry. Return the exit code: USAGE for no identifier, FAILED for no entry."""
    identifier = identify(text)
    if identifier is None:
        click.echo(f"{text!r} is no number of arXiv (1706.03762) and no DOI (10.1038/nature14539)", err=True)
        return USAGE
    disk = Disk()
    site = open_site(Flags(options["source"]), disk)
    files = [file for file in scan(site.location, site.config, disk).value.bibliographies if file.path.endswith(".bib")]
    entries = {file.path: read_bibtex(file.text, file.path).entries for file in files}
    known = _entry_of(identifier, entries)
    if known:
        click.echo(f"{identifier.value} is there already: {known}", err=True)
        return FAILED
    try:
        answer = look_up(identifier, services)
    except NotFoundError as problem:
        click.echo(f"{problem}; nothing is written", err=True)
        return FAILED
    taken = {key for keys in entries.values() for key in keys}
    entry = msgspec.structs.replace(answer, key=key_of(answer, taken))
    if options["dry_run"]:
        click.echo(as_bibtex(entry), nl=False)
        return OK
    return _write_entry(entry, options["to"] or _bib_file(files, site), site, disk)


def _entry_of(identifier: Identifier, entries: Mapping[str, Mapping[str, Entry]]) -> str:
    """Return the key and place of a work that a file has, "" for none."""
    read = arxiv_of if identifier.kind == "arxiv" else doi_of
    number = identifier.value.lower()
    for path, file in entries.items():
        for key, entry in file.items():
            if read(entry).lower() == number:
                return f"{key} in {path}, line {entry.line}"
    return ""


def _bib_file(files: list[SourceFile], site: OpenedSite) -> str:
    """Return the path of the file that a new entry goes into: the first of the site, else a new one."""
    return files[0].path if files else posixpath.join(site.config.content_dir, NEW_FILE)


def _write_entry(entry: Entry, path: str, site: OpenedSite, disk: Disk) -> int:
    """Add an entry at the end of a file of the site."""
    file = site.location.root / path
    root = site.location.root.resolve()
    if not file.resolve().is_relative_to(root) or file.suffix.lower() != ".bib":
        raise click.BadParameter("must be a .bib file in the site's folder", param_hint="--to")
    try:
        before = disk.read(file).decode("utf-8") if file.exists() else ""
        gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
        disk.write(file, f"{before}{gap}{as_bibtex(entry)}".encode())
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}", err=True)
        return FAILED
    click.echo(f"[@{entry.key}]")
    click.echo(f"{entry.fields['title']}: written to {Path(path).as_posix()}", err=True)
    return OK


def diagrams_command(options: Options, *, prune: bool) -> int:
    """Draw what is missing and say how much; with `prune` delete what no note shows. Return the exit code."""
    disk, run = Disk(), run_options(options)
    site, _ = opened(options, disk, None)
    if site.unusable:
        print_diagnostics(site.diagnostics, site, None, run)
        return USAGE
    tree, _ = scan(site.location, site.config, disk)
    texts = [*tree.notes, *tree.parts]
    shown = {name for text in texts for name in sources_in(text.text)}
    drawn = draw_missing(texts, tree, site, disk)
    print_diagnostics(drawn.diagnostics, site, tree, run)
    unused = [name for name in tree.drawings if name not in shown]
    for name in unused if prune else ():
        disk.remove(site.location.root / FOLDER / name)
    if not run.quiet:
        deleted = f", {counted(len(unused), 'file')} deleted" if prune else ""
        click.echo(f"{counted(drawn.value, 'picture')} drawn into {FOLDER}/{deleted}", err=True)
    return exit_code(drawn.diagnostics)


def draw_missing(texts: Sequence[SourceFile], tree: Tree, site: OpenedSite, disk: Disk) -> Result[int]:
    """Write the pictures that are missing; return how many. Diagnostics: diagram-missing, -syntax, -large."""
    diagnostics: list[Diagnostic] = []
    count = 0
    for text, name, source in _missing(texts, tree):
        if not can_draw():
            message = "LaTeX and dvisvgm are not installed here: no picture of TikZ can be drawn"
            hint = "install TeX Live with its packages latex, pictures and dvisvgm"
            return Result(count, (*diagnostics, diagnose("diagram-missing", message, hint=hint)))
        svg = draw_tikz(source)
        if isinstance(svg, Mistake):
            diagnostics.append(_at(svg, text, source))
            continue
        disk.write(site.location.root / FOLDER / name, svg.encode())
        count += 1
    return Result(count, tuple(diagnostics))


def _missing(texts: Sequence[SourceFile], tree: Tree) -> Iterator[tuple[SourceFile, str, str]]:
    seen = set(tree.drawings)
    for text in texts:
        for name, source in sources_in(text.text).items():
            if name not in seen:
                seen.add(name)
                yield text, name, source


def _at(mistake: Mistake, text: SourceFile, source: str) -> Diagnostic:
    """Return a mistake at its line in the note."""
    lines = [line.strip(" \t>") for line in text.text.split("\n")]
    written = [line.strip() for line in source.rstrip().split("\n")]
    starts = (at for at in range(len(lines)) if lines[at : at + len(written)] == written)
    line = next(starts, 0) + max(1, mistake.line)
    return diagnose(mistake.code, mistake.message, path=text.path, line=line, hint=mistake.hint)
