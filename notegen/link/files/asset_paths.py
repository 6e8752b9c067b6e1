"""Where the files beside notes are published.

Beside the first note that uses them, else at their place in the content folder.
"""

import posixpath
from collections.abc import Container, Iterable, Mapping

from notegen.link.targets.index import Index
from notegen.model.strings import ContentPath, SitePath
from notegen.text.paths import strip_suffix


def asset_site_paths(
    index: Index,
    uses: Mapping[ContentPath, Iterable[str]],
    fixed: Container[str] = frozenset(),
    *,
    asset_folders: bool = False,
) -> dict[str, SitePath]:
    """Return the site path of every asset. `uses`: content path of a note -> the assets it names, in the notes' order.

    The files of a bundle (a folder with index.md) go with their note; with `asset_folders` so do those in the folder
    that is called as a note, as Hexo's post_asset_folder has it. A file in the folder of a note that uses it, or
    below, is published beside that note, under the same relative path, unless it is `fixed`. All other files
    keep their path below the content folder.
    """
    bundles = {
        posixpath.dirname(content_path): site
        for content_path, site in index.site_path.items()
        if strip_suffix(content_path).rpartition("/")[2].lower() == "index"
        and "/" in content_path
        and site.endswith("/")
    }
    if asset_folders:
        bundles |= {strip_suffix(note): SitePath(_without_html(site) + "/") for note, site in index.site_path.items()}
    placed: dict[str, SitePath] = {}
    for asset in index.assets:
        folder = posixpath.dirname(asset)
        while folder and folder not in bundles:
            folder = posixpath.dirname(folder)
        if folder:
            placed[asset] = SitePath(bundles[folder] + posixpath.relpath(asset, folder))
    for note in sorted(uses):
        site = index.site_path[note]
        folder = posixpath.dirname(note)
        if not site.endswith("/"):
            continue
        for asset in uses[note]:
            if asset not in placed and asset not in fixed and (not folder or asset.startswith(folder + "/")):
                placed[asset] = SitePath(site + posixpath.relpath(asset, folder or "."))
    return {asset: placed.get(asset, SitePath("/" + asset)) for asset in index.assets}


def _without_html(site: SitePath) -> str:
    """Return the address of a note without what stands at its end."""
    return site.rstrip("/").removesuffix(".html").removesuffix(".htm")
