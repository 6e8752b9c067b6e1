"""Notebooks of the content folder as notes, and the pictures in them as files beside them."""

import posixpath
from pathlib import Path
from typing import NamedTuple

import msgspec

from notegen.model.codes import diagnose
from notegen.model.config import NotebooksConfig
from notegen.model.diagnostic import Result
from notegen.model.digest import digest_bytes
from notegen.model.source import Asset, SourceFile
from notegen.scan.files import read_text
from notegen.system.disk import Disk


class NotebookNote(NamedTuple):
    """A notebook as a note, and its files by their path beside it."""

    note: SourceFile | None
    files: dict[str, Asset] = {}


def read_notebook_note(location: str, path: str, settings: NotebooksConfig, disk: Disk) -> Result[NotebookNote]:
    """Return the notebook at `location`, named `path`, and its pictures by their paths from its folder.

    Diagnostics: file-unreadable, file-too-large, and those of `notebooks.convert`.
    """
    kind = f"notebook {settings.max_size} {settings.download}"
    return disk.recall(location, kind, lambda: _read(location, path, settings, disk))


def is_script_note(location: str, settings: NotebooksConfig, disk: Disk) -> bool:
    """Return whether a Python file is a note. A file that cannot be read is none."""

    def has_cells() -> bool:
        from notegen.notebooks.scripts import HEAD, is_script

        try:
            with disk.open(Path(location)) as file:
                return is_script(file.read(-1 if settings.scripts else HEAD), anyway=settings.scripts)
        except OSError:
            return False

    return disk.recall(location, f"script {settings.scripts}", has_cells)


def read_script_note(location: str, path: str, disk: Disk) -> Result[NotebookNote]:
    """Return a Python file as a note. Diagnostics: those of `read_text`."""
    from notegen.notebooks.scripts import script_note

    file, diagnostics = read_text(location, path, disk)
    note = script_note(file.text, path, file.digest) if file is not None else None
    return Result(NotebookNote(note), diagnostics)


def _read(location: str, path: str, settings: NotebooksConfig, disk: Disk) -> Result[NotebookNote]:
    from notegen.notebooks.convert import read_notebook

    try:
        size = disk.size(location)
        if size > settings.max_size * 1_000_000:
            message = f"a notebook of {size // 1_000_000} MB: larger than {settings.max_size} MB, it is left out"
            hint = "clear its outputs, or set `notebooks: {max_size: …}` in site.yaml"
            return Result(NotebookNote(None), (diagnose("file-too-large", message, path=path, hint=hint),))
        data = disk.read(location)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return Result(NotebookNote(None), (diagnose("file-unreadable", message, path=path),))
    file = read_notebook(data, path, location, digest_bytes(data), download=settings.download)
    folder = posixpath.basename(path).rpartition(".")[0] + "_files"
    below = f"{posixpath.dirname(path)}/{folder}".lstrip("/")
    files = {
        f"{folder}/{name}": msgspec.structs.replace(picture, path=f"{below}/{name}")
        for name, picture in file.pictures.items()
    }
    return Result(NotebookNote(file.note, files), file.diagnostics)
