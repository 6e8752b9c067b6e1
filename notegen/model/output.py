"""What a build makes: output files and diagnostics, before anything is written."""

import os
import re

import msgspec

from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.note import Note
from notegen.model.site import Site
from notegen.model.source import Asset, ImageVariant

# Drives and backslashes lead out of a folder on Windows only, where no file has them in its name.
_OUTSIDE = re.compile(r"\A/|(?:\A|/)\.\.(?:/|\Z)|\x00" + (r"|\A[A-Za-z]:|\\" if os.name == "nt" else "")).search


def is_inside(path: str) -> bool:
    """Return whether a path with forward slashes names something below the folder that it is joined to."""
    return bool(path) and not _OUTSIDE(path)


class OutputFile(msgspec.Struct, frozen=True):
    """One file of the site: its path below the output folder; its bytes, the asset to copy, or the image to make.

    `stored` is the key of the bytes in the cache, where they stay until somebody needs them; `packed` holds them in the
    memory of a server, see contents.
    """

    path: str
    digest: str
    data: bytes | None = None
    asset: Asset | None = None
    variant: ImageVariant | None = None
    stored: str = ""
    packed: bytes | None = None


class Build(msgspec.Struct, frozen=True):
    """The result of the whole program: files to emit and everything the author should hear of."""

    files: tuple[OutputFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    site: Site | None = None
    notes: tuple[Note, ...] = ()
    note_count: int = 0  # without pages that are no notes
    page_count: int = 0

    @property
    def failed(self) -> bool:
        """True when an error is among the diagnostics."""
        return any(item.severity is Severity.ERROR for item in self.diagnostics)
