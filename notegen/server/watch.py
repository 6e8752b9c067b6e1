"""Waking the builder: watchfiles says that something happened, never what."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from notegen.app.site_location import OpenedSite
from notegen.scan.added.extensions import FOLDER as EXTENSIONS
from notegen.scan.added.shortcodes import FOLDER as SHORTCODES
from notegen.scan.citations.bibliographies import JEKYLL_BIBLIOGRAPHY
from notegen.scan.themes import bundled_themes

if TYPE_CHECKING:
    from watchfiles import Change

STEP, DEBOUNCE = 5, 45  # milliseconds without a further event before we wake; at most


class Watcher:
    """Watches the folders that a scan of the site reads; its settings may change them. Each call is cheap."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._watched: tuple[frozenset[Path], Path, Path] | None = None
        self._stop = threading.Event()

    def follow(self, site: OpenedSite) -> None:
        """Watch the folders of `site`, if they are not those that are watched already."""
        root = site.location.root
        folders, output = frozenset(watched_folders(site)), site.location.output
        if (folders, root, output) == self._watched:
            return
        self._stop.set()
        self._watched, self._stop = (folders, root, output), threading.Event()
        self._start(folders, output, recursive=True)
        if root not in folders:
            self._start({root}, output, recursive=False)

    def stop(self) -> None:
        """Watch nothing any more."""
        self._stop.set()

    def _start(self, folders: Iterable[Path], ignored: Path, *, recursive: bool) -> None:
        arguments = (tuple(folders), ignored, recursive, self._stop)
        threading.Thread(target=self._run, args=arguments, name="watcher", daemon=True).start()

    def _run(self, folders: tuple[Path, ...], ignored: Path, recursive: bool, stop: threading.Event) -> None:
        from watchfiles import watch

        def matters(_change: "Change", path: str) -> bool:
            return is_of_interest(Path(path), folders, ignored)

        if not folders:
            return
        try:
            for _ in watch(
                *folders,
                watch_filter=matters,
                debounce=DEBOUNCE,
                step=STEP,
                stop_event=stop,
                rust_timeout=200,
                raise_interrupt=False,
                recursive=recursive,
                ignore_permission_denied=True,
            ):
                self._wake()
        except (OSError, RuntimeError) as error:  # no more watches to be had, or the folder is gone
            if not stop.is_set():
                click.echo(f"changes are seen only every half minute ({error}); --poll looks every second", err=True)


def watched_folders(site: OpenedSite) -> list[Path]:
    """Return the folders whose files a build reads and that exist: content, static files, themes in use.

    The root itself, where site.yaml is, is watched without its folders.
    """
    root, config = site.location.root, site.config
    bundled = [folder / name for folder in bundled_themes() for name in config.theme]
    names = [config.content_dir, config.static_dir, config.themes_dir, config.data_dir, SHORTCODES, EXTENSIONS]
    fonts = [(root / config.math.font).parent] if config.math.font else []
    cited = (*config.bibliography, JEKYLL_BIBLIOGRAPHY, config.citations.style, *config.math.preamble)
    bibliographies = [(root / name).parent for name in cited if "/" in name]
    added = [(root / name).parent for name in (*config.css, *msgspec.structs.astuple(config.inject)) if _is_path(name)]
    folders = (*(root / name for name in names), *bundled, *fonts, *bibliographies, *added)
    existing = {folder.resolve() for folder in folders if folder.is_dir()}
    return sorted(folder for folder in existing if not existing & set(folder.parents))


def _is_path(name: str) -> bool:
    """Return whether a setting names a file in a folder, and is no text."""
    return "/" in name and "<" not in name


def is_of_interest(path: Path, folders: Iterable[Path], ignored: Path) -> bool:
    """Return whether a change of `path` may matter: not when it is hidden, or in the output folder."""
    if path.is_relative_to(ignored):
        return False
    for folder in folders:
        if path.is_relative_to(folder):
            return not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(folder).parts)
    return True
