"""What a file of the site names: the file that an address in it means, and the site path at which that must stand."""

import posixpath
from collections.abc import Iterator
from functools import lru_cache

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
    site, asset = _meant(index.folders.base_path, base, path)
    if site in index.static:
        return SiteFile(site)
    if asset in index.assets and asset != at.asset:
        return SiteFile(site, asset)
    return None


@lru_cache(maxsize=4096)  # the templates and style sheets of a theme name the same files in every build of a server
def _meant(root: str, base: SiteFile, path: str) -> tuple[SitePath, str]:
    """Return the site path that a path means, and the path below the content folder."""
    if path.startswith("/"):
        inside = path if root == "/" or not path.startswith(root) else "/" + path[len(root) :]
        site = SitePath(posixpath.normpath(inside))
        asset = site.strip("/")
    else:
        site = SitePath(posixpath.normpath(posixpath.join(posixpath.dirname(base.site), path)))
        asset = (
            posixpath.normpath(posixpath.join(posixpath.dirname(base.asset), path)) if base.asset else site.strip("/")
        )
    return site, asset
