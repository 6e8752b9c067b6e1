"""What a file of the site names: the file that an address in it means, and the site path at which that must stand."""

import posixpath
from collections.abc import Iterator

import msgspec

from notegen.link.targets.find import spellings
from notegen.link.targets.index import Index
from notegen.model.strings import SitePath


class SiteFile(msgspec.Struct, frozen=True):
    """A file of the author's at a site path: an asset by its path below the content folder, or a static file ("")."""

    site: SitePath
    asset: str = ""


def places_named(index: Index, at: SiteFile, base: SiteFile, address: str) -> Iterator[SiteFile]:
    """Yield the files that an address in the file `at` means, each where the address leads.

    `base`: the file whose place relative addresses count from: the file itself, or the page that runs a script.
    """
    for spelling in spellings(address):
        for path in (spelling, f"{spelling.rstrip('/')}/index.html") if spelling.endswith("/") else (spelling,):
            place = _named(index, at, base, path)
            if place is not None:
                yield place
                return


def _named(index: Index, at: SiteFile, base: SiteFile, path: str) -> SiteFile | None:
    root = index.folders.base_path
    if path.startswith("/"):
        inside = path if root == "/" or not path.startswith(root) else "/" + path[len(root) :]
        site = SitePath(posixpath.normpath(inside))
        asset = site.strip("/")
    else:
        site = SitePath(posixpath.normpath(posixpath.join(posixpath.dirname(base.site), path)))
        asset = (
            posixpath.normpath(posixpath.join(posixpath.dirname(base.asset), path)) if base.asset else site.strip("/")
        )
    if site in index.static:
        return SiteFile(site)
    if asset in index.assets and asset != at.asset:
        return SiteFile(site, asset)
    return None
