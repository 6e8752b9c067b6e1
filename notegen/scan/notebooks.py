"""Notebooks and scripts of the content folder as notes, and the pictures in them as files beside them."""

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from notegen.dialects.find import find_dialect
from notegen.model.codes import diagnose
from notegen.model.config import Config, NotebooksConfig
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.digest import digest_bytes
from notegen.model.source import Asset, SourceFile
from notegen.scan.files import read_asset, read_text
from notegen.system.disk import Disk, DiskEntry
from notegen.text.paths import SCRIPT, fits_path, is_notebook, strip_suffix


class FoundNotebook(NamedTuple):
    """A notebook that was read: its file, named `path`; the note, None where it is none; what is wrong with it.

    `files`: those that stand in it, by their path from its folder.
    """

    entry: DiskEntry
    path: str
    note: SourceFile | None
    files: dict[str, Asset]
    diagnostics: tuple[Diagnostic, ...]


class _Contents(NamedTuple):
    """What a file of a notebook holds, wherever it is."""

    note: SourceFile | None
    files: dict[str, Asset] = {}


def find_notebook(entry: DiskEntry, path: str, config: Config, disk: Disk) -> FoundNotebook | None:
    """Return a file as a notebook or a script, named `path`; None where it is neither, or no note may be.

    Diagnostics: file-unreadable, file-too-large, and those of `notebooks.convert`.
    """
    is_json = is_notebook(path)
    if not is_json and not path.endswith(SCRIPT):
        return None
    dialect = find_dialect(config.dialect)
    if (dialect is not None and not dialect.notebooks) or fits_path(entry.path, config.passthrough):
        return None
    settings = config.notebooks
    if is_json:
        kind = f"notebook {settings.max_size} {settings.download}"
        read = disk.recall(entry.location, kind, lambda: _read(entry.location, path, settings, disk))
    elif _is_script(entry.location, settings, disk):
        read = _script(entry.location, path, disk)
    else:
        return None
    return FoundNotebook(entry, path, *read.value, read.diagnostics)


def problems_of_notebooks(
    notebooks: Iterable[FoundNotebook], files: Iterable[tuple[str, SourceFile]]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with notebooks; one beside a Markdown file of its name is not read for a page."""
    stems = {strip_suffix(path) for path, _ in files}
    for item in notebooks:
        if item.note is not None or strip_suffix(item.entry.path) not in stems:
            yield from item.diagnostics


def files_of_notebooks(notes: Iterable[SourceFile], notebooks: Iterable[FoundNotebook], disk: Disk) -> dict[str, Asset]:
    """Return the files that stand in notebooks; a notebook that is none of the `notes` is itself a file."""
    paths = {note.path for note in notes}
    files: dict[str, Asset] = {}
    for item in notebooks:
        if item.path in paths:
            above = posixpath.dirname(item.entry.path)
            files |= {posixpath.join(above, name): file for name, file in item.files.items()}
        elif asset := read_asset(item.entry, item.path, disk).value:
            files[item.entry.path] = asset
    return files


def _is_script(location: str, settings: NotebooksConfig, disk: Disk) -> bool:
    """Return whether a Python file is a note. A file that cannot be read is none."""

    def has_cells() -> bool:
        from notegen.notebooks.scripts import HEAD, is_script

        try:
            with disk.open(Path(location)) as file:
                return is_script(file.read(-1 if settings.scripts else HEAD), anyway=settings.scripts)
        except OSError:
            return False

    return disk.recall(location, f"script {settings.scripts}", has_cells)


def _script(location: str, path: str, disk: Disk) -> Result[_Contents]:
    from notegen.notebooks.scripts import script_note

    file, diagnostics = read_text(location, path, disk)
    return Result(_Contents(script_note(file.text, path, file.digest) if file is not None else None), diagnostics)


def _read(location: str, path: str, settings: NotebooksConfig, disk: Disk) -> Result[_Contents]:
    from notegen.notebooks.convert import read_notebook

    try:
        size = disk.size(location)
        if size > settings.max_size * 1_000_000:
            message = f"a notebook of {size // 1_000_000} MB: larger than {settings.max_size} MB, it is left out"
            hint = "clear its outputs, or set `notebooks: {max_size: …}` in site.yaml"
            return Result(_Contents(None), (diagnose("file-too-large", message, path=path, hint=hint),))
        data = disk.read(location)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return Result(_Contents(None), (diagnose("file-unreadable", message, path=path),))
    file = read_notebook(data, path, location, digest_bytes(data), download=settings.download)
    folder = posixpath.basename(path).rpartition(".")[0] + "_files"
    below = posixpath.join(posixpath.dirname(path), folder)
    files = {
        f"{folder}/{name}": msgspec.structs.replace(picture, path=f"{below}/{name}")
        for name, picture in file.pictures.items()
    }
    return Result(_Contents(file.note, files), file.diagnostics)
