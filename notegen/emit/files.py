"""All files of a site in one list, before any of them is written: what pages need, then pages."""

from collections.abc import Iterable, Mapping

from notegen.model.digest import digest
from notegen.model.output import Copy, OutputFile, Resized, Stripped
from notegen.model.source import Asset, ImageVariant
from notegen.system.photos.metadata import FORMATS, VERSION


def output_files(
    pages: Iterable[OutputFile],
    assets: Mapping[str, Asset],
    variants: Mapping[str, ImageVariant],
    redirects: bytes,
    generated: Iterable[OutputFile],
    *,
    strip: bool,
) -> tuple[OutputFile, ...]:
    """Return all output files in the order in which they are emitted. Assets and variants are given by output path.

    `redirects`: of the file _redirects, empty for none; `generated`: files of the theme and of the engines, before
    which a file of the site goes; `strip`: photos are copied without their metadata.
    """
    files = {file.path: file for file in generated}
    files |= {path: _copied(path, asset, strip=strip) for path, asset in assets.items()}
    files |= {path: OutputFile(path, variant.digest, Resized(variant)) for path, variant in variants.items()}
    files.setdefault(".nojekyll", OutputFile.of_bytes(".nojekyll", b""))
    if redirects:
        files.setdefault("_redirects", OutputFile.of_bytes("_redirects", redirects))
    pages = tuple(pages)
    for page in pages:
        files.pop(page.path, None)
    return (*files.values(), *pages)


def _copied(path: str, asset: Asset, *, strip: bool) -> OutputFile:
    """Return a file of the site as it is copied to an output path."""
    if strip and asset.format in FORMATS:
        return OutputFile(path, digest("without metadata", VERSION, asset.digest), Stripped(asset))
    return OutputFile(path, asset.digest, Copy(asset))
