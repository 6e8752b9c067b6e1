"""Which pictures that notes show are plots on a light ground: asked once of each, remembered by their bytes."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, memoize
from notegen.model.source import Asset, Tree
from notegen.notebooks.pictures import asset_bytes, stored_bytes
from notegen.system.disk import Disk
from notegen.system.pictures.plots import KINDS, is_plot
from notegen.text.patterns import lazy_regex

PLOTS = Memo("plots", bool)
_SUFFIX = lazy_regex(r"\.(?:a?png|jpe?g|jfif|webp|svg)", flags=re.IGNORECASE)
_BEFORE_NAME = lazy_regex(r"[\s/\\()\[\]\"'<>|=]")
_LONGEST = 255  # characters of a name


def with_plots(tree: Tree, context: BuildContext) -> Tree:
    """Return a tree whose pictures know whether they are plots, of those that notes name."""
    groups = (tree.assets, tree.static)
    pictures = [asset for group in groups for asset in group.values() if asset.format in KINDS]
    if not pictures:
        return tree
    names = {name for note in tree.notes for name in _names(note.text)}
    shown = [asset for asset in pictures if PurePosixPath(asset.path).name.rsplit(" ", 1)[-1] in names]
    plots = {asset.path for asset, is_one in zip(shown, _remembered(shown, context), strict=True) if is_one}
    if not plots:
        return tree
    assets, static = (
        {
            name: msgspec.structs.replace(asset, plot=True) if asset.path in plots else asset
            for name, asset in group.items()
        }
        for group in groups
    )
    return msgspec.structs.replace(tree, assets=assets, static=static)


def _names(text: str) -> Iterator[str]:
    """Yield the names of pictures that stand in a text; of one with spaces the last word."""
    for suffix in _SUFFIX.finditer(text) if "." in text else ():
        before = text[max(0, suffix.start() - _LONGEST) : suffix.start()].replace("%20", " ")
        name = _BEFORE_NAME.split(before)[-1]
        if name:
            yield name + suffix[0]


def _remembered(assets: Sequence[Asset], context: BuildContext) -> Iterator[bool]:
    def make(missing: Sequence[int]) -> Iterator[bytes]:
        for number in missing:
            asset = assets[number]
            yield msgspec.msgpack.encode(is_plot(_picture(asset), asset.format))

    return memoize(PLOTS, [asset.path for asset in assets], assets, lambda asset: {"file": asset.digest}, make, context)


def _picture(asset: Asset) -> Path | bytes:
    """Return where a picture is; of one in a notebook, which has no file of its own, its bytes: of SVG as stored."""
    if not asset.end:
        return Path(asset.location)
    try:
        return stored_bytes(asset, Disk()) if asset.format == "svg" else asset_bytes(asset, Disk())
    except OSError:
        return b""
