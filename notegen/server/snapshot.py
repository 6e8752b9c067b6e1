"""A whole site at one moment: what every request is answered from."""

from collections.abc import Mapping
from html import escape
from urllib.parse import unquote

import msgspec

from notegen.model.output import Build, Compressed, Copy, Inline, OutputFile, Resized, Stripped
from notegen.routes import lists
from notegen.routes.urls import base_of, output_path

KEPT = 40  # stylesheets and scripts of earlier snapshots that a page loaded a moment ago may still ask for
NOT_FOUND = output_path(lists.NOT_FOUND)
_PAGES = (".html", ".htm")


class Snapshot(msgspec.Struct, frozen=True):
    """One epoch of the site. It never changes; a new one takes its place.

    `files`: path below `base_path` -> file. `retired`: stylesheets, scripts and fonts of earlier epochs. `owners`: the
    URL path of a note -> its source file. `touched`: images and other copied files that changed while we serve -> the
    epoch.
    """

    epoch: int
    base_path: str = "/"
    files: Mapping[str, OutputFile] = {}
    retired: Mapping[str, OutputFile] = {}
    owners: Mapping[str, str] = {}
    touched: Mapping[str, int] = {}

    def find(self, url_path: str) -> OutputFile | None:
        """Return the file that answers a decoded URL path; None when there is none. Folders have no listing."""
        if not url_path.startswith(self.base_path):
            return None
        path = url_path.removeprefix(self.base_path)
        path = f"{path}index.html" if not path or path.endswith("/") else path
        return self.files.get(path) or self.retired.get(path)

    def folder(self, url_path: str) -> str:
        """Return the path with a slash behind it when that is where the page is; empty when it is not."""
        if f"{url_path}/" == self.base_path:
            return self.base_path
        path = url_path.removeprefix(self.base_path)
        inside = url_path.startswith(self.base_path) and path and not path.endswith("/")
        return f"{url_path}/" if inside and f"{path}/index.html" in self.files else ""

    def fingerprint(self, url_path: str) -> str:
        """Return what changes when the page at a URL path does, also from being there to not being there."""
        if file := self.find(url_path):
            return file.digest
        lost = self.files.get(NOT_FOUND)
        return f"404-{lost.digest}" if lost else "404"

    def touched_since(self, epoch: int) -> tuple[str, ...]:
        """Return the URL paths of the copied files whose bytes changed after `epoch`."""
        return tuple(self.base_path + path for path, when in self.touched.items() if when > epoch)


def make_snapshot(build: Build, base_url: str, previous: Snapshot | None) -> Snapshot:
    """Return the next epoch of the site."""
    files = {file.path: file for file in build.files}
    before = {**previous.retired, **previous.files} if previous else {}
    gone = [file for path, file in before.items() if path not in files and _is_made(file) and not is_page(path)]
    sites = build.site.languages if build.site else ()
    linked = [note for site in sites for note in (*site.notes, *site.pages, *site.unlisted)]
    epoch = previous.epoch + 1 if previous else 1
    return Snapshot(
        epoch=epoch,
        base_path=base_of(base_url).path,
        files=files,
        retired={file.path: file for file in gone[-KEPT:]},
        owners={unquote(note.ref.url): note.ref.path for note in linked},
        touched=_touched(files, previous, epoch) if previous else {},
    )


def _touched(files: Mapping[str, OutputFile], previous: Snapshot, epoch: int) -> dict[str, int]:
    changed = {
        path: epoch
        for path, file in files.items()
        if isinstance(file.content, (Copy, Stripped, Resized))
        and path in previous.files
        and previous.files[path].digest != file.digest
    }
    return {path: when for path, when in previous.touched.items() if path in files} | changed


def _is_made(file: OutputFile) -> bool:
    """Return whether the bytes of a file are in memory."""
    return isinstance(file.content, (Inline, Compressed))


def changed_pages(new: Snapshot, old: Snapshot | None) -> int:
    """Return how many files of the site are new or different."""
    before = old.files if old else {}
    return sum(path not in before or before[path].digest != file.digest for path, file in new.files.items())


def is_page(path: str) -> bool:
    """Return whether a file of the site is an HTML page."""
    return path.endswith(_PAGES)


def waiting_page(words: str) -> bytes:
    """Return the page that stands in for a site of which there is no snapshot yet."""
    text = escape(words)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{text}</title>\n'
        "<style>body{font:1rem/1.6 system-ui;margin:20vh auto;max-width:30rem;text-align:center}"
        ":root{color-scheme:light dark}</style>\n"
        f"</head>\n<body>\n<p>{text}</p>\n</body>\n</html>\n"
    ).encode()
