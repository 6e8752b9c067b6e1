"""Smaller copies of images: made once, kept in a folder between builds, read from there when files are emitted."""

from collections.abc import Sequence
from pathlib import Path

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import ImageVariant
from notegen.tools.disk import Disk


def make_copies(variants: Sequence[ImageVariant], folder: Path, disk: Disk) -> tuple[Diagnostic, ...]:
    """Make those copies that `folder` does not hold yet. Diagnostic: image-unreadable, for a damaged image.

    May raise OSError when `folder` cannot be written.
    """
    missing = [variant for variant in variants if not _place(variant, folder).is_file()]
    if not missing:
        return ()
    from notegen.tools.images import webp_copies

    problems: dict[str, Diagnostic] = {}
    jobs = [(Path(item.asset.location), item.width, item.quality) for item in missing]
    for variant, made in zip(missing, webp_copies(jobs), strict=True):
        if isinstance(made, bytes):
            disk.write(_place(variant, folder), made)
            continue
        path, message = variant.asset.path, f"no smaller copy can be made: {made}"
        problems[path] = diagnose("image-unreadable", message, path=path, hint="export it again")
    return tuple(problems.values())


def read_copy(variant: ImageVariant, folder: Path, disk: Disk) -> bytes | None:
    """Return the bytes of a copy. None for a damaged image.

    The original stands in for it then: browsers show what there is of it, and know its format by its bytes.
    """
    try:
        return disk.read(_place(variant, folder))
    except FileNotFoundError:
        return None


def _place(variant: ImageVariant, folder: Path) -> Path:
    return folder / f"{variant.digest}-{variant.width}.webp"
