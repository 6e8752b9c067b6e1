"""The files that the site's own pages, style sheets, scripts and SVG pictures name; remembered by their bytes."""

from collections.abc import Iterator, Sequence

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Tiers, memoize
from notegen.model.source import Asset, Tree
from notegen.notebooks.pictures import asset_bytes
from notegen.system.disk import Disk
from notegen.text.addresses import PAGES, SCRIPTS, STYLES, addresses_in

ADDRESSES = Memo("addresses", tuple[str, ...], Tiers.BOTH)
MAX_SIZE = 10_000_000  # bytes of a file that is looked into: larger ones are data
_ENDINGS = (*PAGES, *STYLES, *SCRIPTS)


def read_addresses(tree: Tree, context: BuildContext) -> Tree:
    """Return the tree with the addresses that its files name. A file that cannot be read any more names none."""
    layers = (asset for layer in tree.layers for asset in layer.static.values())
    files = {asset.digest: asset for asset in (*tree.assets.values(), *tree.static.values(), *layers) if _names(asset)}
    if not files:
        return tree
    assets = list(files.values())

    def make(missing: Sequence[int]) -> Iterator[bytes]:
        return (msgspec.msgpack.encode(_addresses(assets[number])) for number in missing)

    all_named = memoize(ADDRESSES, list(files), assets, lambda asset: {"bytes": asset.digest}, make, context)
    addresses = {name: named for name, named in zip(files, all_named, strict=True) if named}
    return msgspec.structs.replace(tree, addresses=addresses)


def _names(asset: Asset) -> bool:
    return asset.size <= MAX_SIZE and asset.path.lower().endswith(_ENDINGS)


def _addresses(asset: Asset) -> tuple[str, ...]:
    try:
        data = asset_bytes(asset, Disk())
    except OSError:
        return ()
    return addresses_in(data.decode("utf-8", "replace"), asset.path)
