"""Smaller copies of images, in the widths of ImagesConfig: made once, kept between builds, read when they are emitted.

Those that no build has used for a while go. Nothing else in the folder is read or deleted: no symbolic link, no file
with a name that is none of ours.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Asset, ImageVariant
from notegen.notebooks.pictures import asset_bytes
from notegen.system.disk import Disk
from notegen.text.patterns import lazy_regex

KEEP = 30  # builds a copy may go unused, as what the cache holds
_NAME = lazy_regex(r"[0-9a-f]+-[0-9]+\.webp")
_UNUSED = "unused.json"  # name of a copy that the last builds did not use -> how many of them


def make_variants(variants: Sequence[ImageVariant], folder: Path, disk: Disk) -> tuple[Diagnostic, ...]:
    """Make those copies that `folder` does not hold yet. Diagnostic: image-unreadable, for a damaged image.

    May raise OSError when `folder` cannot be written.
    """
    missing = [variant for variant in variants if not _is_kept(_file(variant, folder))]
    if not missing:
        return ()
    from notegen.system.pictures.images import webp_copies

    diagnostics: dict[str, Diagnostic] = {}
    jobs = [(_source(item.asset, disk), item.width, item.quality) for item in missing]
    for variant, data in zip(missing, webp_copies(jobs), strict=True):
        if isinstance(data, bytes):
            disk.write(_file(variant, folder), data)
            continue
        path, message = variant.asset.path, f"no smaller copy can be made: {data}"
        diagnostics[path] = diagnose("image-unreadable", message, path=path, hint="export it again")
    return tuple(diagnostics.values())


def _source(asset: Asset, disk: Disk) -> Path | bytes:
    """Return where an image is; its bytes where it stands in another file."""
    return asset_bytes(asset, disk) if asset.end else Path(asset.location)


def read_variant(variant: ImageVariant, folder: Path, disk: Disk) -> bytes | None:
    """Return the bytes of a copy. None for a damaged image.

    The original stands in for it then: browsers show what there is of it, and know its format by its bytes.
    """
    file = _file(variant, folder)
    return disk.read(file) if _is_kept(file) else None


def prune_variants(variants: Sequence[ImageVariant], folder: Path, disk: Disk) -> None:
    """Delete the copies that KEEP builds in a row have not used; `variants` are those of this one.

    Nothing is written while all copies are used. May raise OSError.
    """
    if not folder.is_dir():
        return
    used = {_file(variant, folder).name for variant in variants}
    names = sorted(path.name for path in folder.iterdir())
    idle = [name for name in names if name not in used and _NAME.fullmatch(name)]
    if not idle and _UNUSED not in names:
        return
    before = _counts(folder / _UNUSED, disk)
    counts = {name: before.get(name, 0) + 1 for name in idle}
    for name in [name for name, builds in counts.items() if builds > KEEP]:
        disk.remove(folder / name)
        del counts[name]
    if counts:
        disk.write(folder / _UNUSED, msgspec.json.encode(counts))
    else:
        disk.remove(folder / _UNUSED)


def _counts(file: Path, disk: Disk) -> dict[str, int]:
    try:
        return msgspec.json.decode(disk.read(file), type=dict[str, int])
    except (FileNotFoundError, msgspec.DecodeError):
        return {}


def _is_kept(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _file(variant: ImageVariant, folder: Path) -> Path:
    return folder / f"{variant.digest}-{variant.width}.webp"
