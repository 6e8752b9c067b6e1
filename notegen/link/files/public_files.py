"""The author's files that go public: what published notes link, show or embed, what these files need, static files.

A file is there for a reason, which is listed: a note links it, another public file names it, its name is one that hosts
ask for. Files that nothing names stay private, unless the setting `attachments` says otherwise.
"""

import posixpath
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from notegen.dialects.find import find_dialect
from notegen.link.files.asset_paths import asset_site_paths
from notegen.link.files.references import SiteFile, places_named
from notegen.link.files.theme_names import named_by_site
from notegen.link.targets.index import Index
from notegen.link.targets.note_links import NoteLinks
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, first_names
from notegen.model.site import PublicFile
from notegen.model.source import Asset, Tree
from notegen.model.strings import ContentPath, SitePath
from notegen.text.addresses import SCRIPTS
from notegen.text.paths import fits_path
from notegen.text.private_files import is_in_private_folder, is_project_file, is_source, is_well_known

MOST_PLACES = 20  # of one file


class PublicFiles(msgspec.Struct, frozen=True):
    """The files that go public by site path; the site path of every asset for who links it; what stays private.

    `unused`: assets that no published note needs, `withheld`: static files that are published only where they are
    linked.
    """

    files: Mapping[SitePath, PublicFile]
    asset_paths: Mapping[str, SitePath]
    unused: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


def public_files(
    index: Index, links: Mapping[ContentPath, NoteLinks], left_out: frozenset[str], tree: Tree
) -> PublicFiles:
    """Return the files to publish. `left_out`: files (assets, and site paths of static ones) of unpublished notes.

    The first reason counts: a note's link before another file's, in the order of notes and files. Time is linear in the
    files and what they name.
    """
    chosen = _Chosen(index, tree, links)
    for content_path, item in links.items():
        chosen.add_all((*item.assets, *item.static), f"linked from {index.notes[content_path].path}")
    for content_path, item in links.items():
        chosen.add_mentioned(content_path, item.mentioned, f"named in {index.notes[content_path].path}")
    for place, reason in named_by_site(index, tree):
        chosen.add(place, reason)
    patterns = tree.config.passthrough
    for asset in index.assets:
        if patterns and fits_path(asset, patterns):
            chosen.add(SiteFile(SitePath("/" + asset), asset), "passthrough in site.yaml")
        if is_well_known(asset):
            chosen.add(SiteFile(SitePath("/" + asset), asset), "a file that hosts and search engines ask for")
    chosen.follow()
    _add_static(chosen, left_out)
    published_digests = {file.asset.digest for file in chosen.files.values()}  # a link to a file is the file
    included = {path for note in index.notes.values() for path in note.included}
    unused = [path for path, asset in index.assets.items() if path not in chosen.assets and asset.path not in included]
    bringable = [path for path in unused if not _stays_private(path, left_out)]
    if tree.config.attachments == "all":
        chosen.add_all(bringable, "attachments: all")
        bringable = []
    dialect = find_dialect(tree.config.dialect)
    programs = dialect.programmed if dialect is not None else ()  # elsewhere: as pages that are programs
    unused_paths = sorted(
        path
        for path in bringable
        if index.assets[path].digest not in published_digests and not fits_path(index.assets[path].path, programs)
    )
    withheld = tuple(sorted(site.strip("/") for site in index.static if site not in chosen.files))
    return PublicFiles(chosen.files, chosen.asset_paths, tuple(unused_paths), withheld)


def private_files(public: PublicFiles) -> Iterator[Diagnostic]:
    """Yield the diagnostics of the files that stay private, one a kind: file-unused, file-withheld."""
    if public.unused:
        message = f"{counted_files(public.unused)} that no published note uses: left out"
        hint = "`attachments: all` in site.yaml publishes them; a static folder is published as it is"
        yield diagnose("file-unused", message, hint=hint)
    if public.withheld:
        message = f"{counted_files(public.withheld)} of the static folder: left out, sources or of unpublished notes"
        yield diagnose("file-withheld", message, hint="a link in a note publishes it")


def counted_files(paths: Sequence[str]) -> str:
    """Return the number of files and the first names: `3 files (a.png, b.csv, c.txt)`."""
    return f"{len(paths)} {'file' if len(paths) == 1 else 'files'} ({first_names(paths)})"


def _stays_private(asset: str, left_out: frozenset[str]) -> bool:
    return asset in left_out or is_source(asset) or is_in_private_folder(asset)


def _add_static(chosen: "_Chosen", left_out: frozenset[str]) -> None:
    """Publish the static files, but for sources that nothing names, and what only unpublished notes show."""
    for site in chosen.index.static:
        if site not in chosen.files and site not in left_out and not is_source(site):
            chosen.add(SiteFile(site), "in the static folder")
    chosen.follow()


class _Chosen:
    """Gathers the files that go public, and follows what they name."""

    def __init__(self, index: Index, tree: Tree, links: Mapping[ContentPath, NoteLinks]) -> None:
        self.index = index
        self._addresses = tree.addresses
        self.files: dict[SitePath, PublicFile] = {}
        self.assets: dict[str, int] = {}  # asset -> at how many places it stands
        self._pending: deque[tuple[SiteFile, SiteFile]] = deque()  # a file, and the page that it was named by
        uses = {content_path: (*item.assets, *_assets(item.mentioned, index)) for content_path, item in links.items()}
        fixed = self._in_groups(path for paths in uses.values() for path in paths)
        self.asset_paths = asset_site_paths(
            index,
            {content_path: paths for content_path, paths in uses.items() if paths},
            fixed,
            asset_folders=tree.config.addresses.asset_folders,
        )

    def _in_groups(self, used: Iterable[str]) -> frozenset[str]:
        """Return the used assets that name others, and those that they name: they keep their places to each other."""
        groups: set[str] = set()
        pending = [asset for asset in dict.fromkeys(used) if self._addresses_of(self.index.assets[asset])]
        while pending:
            asset = pending.pop()
            here = SiteFile(SitePath("/" + asset), asset)
            named = [
                place.asset
                for address in self._addresses_of(self.index.assets[asset])
                for place in places_named(self.index, here, here, address)
                if place.asset
            ]
            groups.update([asset] if named else [])
            pending += [path for path in dict.fromkeys(named) if path not in groups]
            groups.update(named)
        return frozenset(groups)

    def _addresses_of(self, asset: Asset) -> tuple[str, ...]:
        return self._addresses.get(asset.digest, ())

    def add_all(self, paths: Iterable[str], reason: str) -> None:
        """Publish assets where they are linked, and static files (site paths)."""
        for path in paths:
            self.add(self._place(path), reason)

    def _place(self, path: str) -> SiteFile:
        """Return where a static file (site path) stands, or where an asset is linked."""
        site = SitePath(path)
        return SiteFile(site) if site in self.index.static else SiteFile(self.asset_paths[path], path)

    def add_mentioned(self, content_path: ContentPath, mentioned: Iterable[tuple[str, str]], reason: str) -> None:
        """Publish what a note names in a way that is no link: at the address it gives, which no one rewrites."""
        page = SiteFile(_page_file(self.index.site_path[content_path]), content_path)
        for path, address in mentioned:
            if is_source(path):
                continue
            self.add(self._place(path), reason)
            for place in places_named(self.index, SiteFile(SitePath("")), page, address):
                if place.asset == path:
                    self.add(place, reason)

    def add(self, place: SiteFile, reason: str, via: SiteFile | None = None) -> None:
        """Publish a file at a place, unless it is there, or something else is."""
        asset = self.index.assets[place.asset] if place.asset else self.index.static.get(place.site)
        if asset is None or place.site in self.files or place.site.startswith("/.."):
            return
        number = self.assets.get(place.asset, 0)
        if place.asset and number >= MOST_PLACES:
            return
        self.files[place.site] = PublicFile(place.site.lstrip("/"), asset, reason)
        if place.asset:
            self.assets[place.asset] = number + 1
        if self._addresses_of(asset):
            self._pending.append((place, via or place))

    def follow(self) -> None:
        """Publish what public files name, and what these name."""
        while self._pending:
            place, via = self._pending.popleft()
            asset = self.files[place.site].asset
            is_script = asset.path.lower().endswith(SCRIPTS)
            for base in (place, via) if is_script and via != place else (place,):
                for address in self._addresses_of(asset):
                    for named in places_named(self.index, place, base, address):
                        if is_project_file(named.asset or named.site):
                            continue
                        self.add(named, f"named in {asset.path}", via if is_script else place)


def _assets(mentioned: Iterable[tuple[str, str]], index: Index) -> Iterator[str]:
    """Yield the assets among what a note mentions that may be published for it."""
    return (path for path, _ in mentioned if path in index.assets and not is_source(path))


def _page_file(site: SitePath) -> SitePath:
    """Return the site path of the file that answers the address of a page."""
    return SitePath(posixpath.join(site, "index.html")) if site.endswith("/") else site
