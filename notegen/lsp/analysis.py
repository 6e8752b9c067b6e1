"""A site read again and again while its notes are written: the road of `notegen check`, with buffers in place of files.

All of it happens in one thread; what it returns are values.
"""

import contextlib
import posixpath
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from notegen.app.context import RunOptions, open_context, state_folder
from notegen.app.notebook_places import in_cells
from notegen.app.profile import Profile
from notegen.app.report import shown
from notegen.app.site_location import Flags, OpenedSite, moment, open_site, scan_site
from notegen.bibliography.bibliography import parsed_files
from notegen.bibliography.entries import Entry
from notegen.build import link_everything, make_files
from notegen.cache.context import BuildContext
from notegen.cache.memory import MemoryCache
from notegen.check.rules import all_remarks
from notegen.link.link import Linking
from notegen.link.published_notes import select
from notegen.lsp.buffers import BufferedDisk
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Note
from notegen.model.source import SourceFile, Tree
from notegen.routes.languages import content_path_of
from notegen.text.paths import strip_suffix

_MEMORY = 500_000_000  # bytes of notes and pages, as they are encoded


class Analysis(msgspec.Struct, frozen=True, dict=True):
    """A site at one moment. `notes`: each alone, drafts too; `diagnostics`: what `notegen check` says.

    `entries`: those of all bibliography files, by key, each with its file.
    """

    site: OpenedSite
    tree: Tree | None = None
    notes: tuple[Note, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    entries: Mapping[str, tuple[str, Entry]] = {}

    @cached_property
    def by_path(self) -> Mapping[str, Note]:
        """The notes by their paths below the site's root."""
        return {note.path: note for note in self.notes}

    @cached_property
    def sources(self) -> Mapping[str, SourceFile]:
        """The texts of the notes by their paths."""
        return {source.path: source for source in (self.tree.notes if self.tree else ())}

    @cached_property
    def name_counts(self) -> Counter[str]:
        """How many notes have a file name, without its ending and in small letters."""
        paths = (strip_suffix(self.content_path(note.path)) for note in self.notes)
        return Counter(posixpath.basename(path).casefold() for path in paths)

    def text(self, path: str) -> str | None:
        """Return the text of a note, of site.yaml or of a bibliography; None for another file."""
        if path in self.sources:
            return self.sources[path].text
        if path == self.site.location.config_path:
            return self.site.location.config_text
        files = self.tree.bibliographies if self.tree else ()
        return next((file.text for file in files if file.path == path), None)

    def content_path(self, path: str) -> str:
        """Return the path of a note below the content folder."""
        return content_path_of(path, self.site.config.content_dir)


class Analyst:
    """Reads one site; made, used and closed in one thread. It keeps what the last reading made, as a server does."""

    def __init__(self, flags: Flags, run: RunOptions, now: str | None = None) -> None:
        self._flags, self._now = flags, now
        self._disk = BufferedDisk()
        self._memory = MemoryCache(_MEMORY)
        self._open = contextlib.ExitStack()
        site = open_site(flags, self._disk)
        self.is_site = _is_site(site)
        run = msgspec.structs.replace(run, preview=True, no_cache=run.no_cache or not self.is_site)
        state = state_folder(site, run.cache_dir)[0] if self.is_site else site.location.root
        context = self._open.enter_context(open_context(state, run, Profile()))
        context.cache.skip_aging()
        self._context: BuildContext = msgspec.structs.replace(context, memory=self._memory)
        self._linking: tuple[Tree, Linking] | None = None

    def analyse(self, buffers: Mapping[Path, str]) -> Analysis:
        """Return the site as it is with these buffers, by absolute paths."""
        self._disk.show(buffers)
        self._disk.begin()
        site = open_site(self._flags, self._disk)
        if site.unusable:
            return Analysis(site, diagnostics=tuple(site.diagnostics))
        scanned, now = scan_site(site, self._disk), moment(self._now)
        tree = scanned.value
        self._memory.begin()
        built = make_files(scanned, now, self._context)
        if self._linking is not None:  # somebody asks for it: it is kept, so that the next one is quick
            self._linking = (tree, link_everything(tree, now, self._context))
        files = list(zip(tree.bibliographies, parsed_files(tree.bibliographies, self._context), strict=True))
        entries = {key: (source.path, entry) for source, file in files[::-1] for key, entry in file.entries.items()}
        root = site.location.root
        opened = {path.relative_to(root).as_posix() for path in buffers if path.is_relative_to(root)}
        skipped = opened & select(built.notes, tree.config, now).skipped.keys()
        unpublished = self.linking(tree).result.diagnostics if skipped and built.site else ()
        remarks = (
            *all_remarks(tree, built, memory=self._memory),
            *(item for item in unpublished if item.path in skipped),
        )
        self._memory.end()
        items = shown(in_cells(remarks, tree), quiet=False, verbose=True)
        return Analysis(site, tree, built.notes, tuple(dict.fromkeys(items)), entries)

    def linking(self, tree: Tree) -> Linking:
        """Return how all notes of the tree of an analysis are linked, drafts too: a build leaves these out."""
        if self._linking is None or self._linking[0] is not tree:
            self._linking = (tree, self.link(tree))
        return self._linking[1]

    def link(self, tree: Tree) -> Linking:
        """Return how the notes of another tree are linked, such as one after a renaming."""
        return link_everything(tree, moment(self._now), self._context)

    def read(self, path: str) -> str:
        """Return the text of a file below the site's root, "" where it cannot be read."""
        try:
            return self._disk.read(self._flags.source.resolve() / path).decode("utf-8", "replace")
        except OSError:
            return ""

    def close(self) -> None:
        """Give the cache back."""
        self._open.close()


def _is_site(site: OpenedSite) -> bool:
    """Return whether a folder says that it is a site: any other folder of notes is read, and nothing is kept in it."""
    recognised = any(item.code == "dialect-recognised" for item in site.diagnostics)
    return bool(site.location.config_path) or recognised
