"""What a build makes: output files and diagnostics, before anything is written."""

import os
import re
from typing import Literal

import msgspec

from notegen.model.diagnostic import Diagnostic, has_errors
from notegen.model.digest import digest_bytes
from notegen.model.note import Note
from notegen.model.site import Site
from notegen.model.source import Asset, ImageVariant

# Drives and backslashes lead out of a folder on Windows only, where no file has them in its name.
_OUTSIDE = re.compile(r"\A/|(?:\A|/)\.\.(?:/|\Z)|\x00" + (r"|\A[A-Za-z]:|\\" if os.name == "nt" else "")).search


def is_inside(path: str) -> bool:
    """Return whether a path with forward slashes names something below the folder that it is joined to."""
    return bool(path) and not _OUTSIDE(path)


class Inline(msgspec.Struct, frozen=True, tag=True):
    """The bytes of a file, in memory."""

    data: bytes


class Compressed(msgspec.Struct, frozen=True, tag=True):
    """The bytes of a file in the memory of a server, compressed by model.compression."""

    data: bytes


class InCache(msgspec.Struct, frozen=True, tag=True):
    """The key of a file's bytes in the cache, where they stay until somebody needs them."""

    key: str


class Copy(msgspec.Struct, frozen=True, tag=True):
    """A file of the site that is copied as it is."""

    asset: Asset


class Stripped(msgspec.Struct, frozen=True, tag=True):
    """A photo of the site that is copied without its metadata."""

    asset: Asset


class Resized(msgspec.Struct, frozen=True, tag=True):
    """A smaller copy of an image, made when it is needed."""

    variant: ImageVariant


Content = Inline | Compressed | InCache | Copy | Stripped | Resized


class OutputFile(msgspec.Struct, frozen=True):
    """One file of the site: its path below the output folder, the digest of its bytes, and where these are."""

    path: str
    digest: str
    content: Content

    @classmethod
    def of_bytes(cls, path: str, data: bytes) -> "OutputFile":
        """Return the file at `path` that holds `data`."""
        return cls(path, digest_bytes(data), Inline(data))


class Published(msgspec.Struct, frozen=True, array_like=True):
    """A file of the site: its output path, the author's file it comes from ("": none), and why it is public, in words.

    `kind`: "note" and "page" for the pages of notes, "file" for a file of the author's, "made" for all that is made of
    these.
    """

    path: str
    source: str
    reason: str
    kind: Literal["note", "page", "file", "made"]


class Build(msgspec.Struct, frozen=True):
    """The result of the whole program: files to emit and everything the author should hear of."""

    files: tuple[OutputFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    site: Site | None = None
    notes: tuple[Note, ...] = ()
    public: tuple[Published, ...] = ()
    note_count: int = 0  # without pages that are no notes
    page_count: int = 0

    @property
    def failed(self) -> bool:
        """True when an error is among the diagnostics."""
        return has_errors(self.diagnostics)
