"""Which files of the site are bibliographies, and their text."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.source import Asset, SiteLocation, SourceFile
from notegen.scan.files import read_text
from notegen.system.disk import Disk

SUFFIXES = (".bib", ".csl.json")
JEKYLL_BIBLIOGRAPHY = "_bibliography/references.bib"  # where jekyll-scholar looks


def bibliographies(
    location: SiteLocation, config: Config, content: Mapping[str, Asset], static: Mapping[str, Asset], disk: Disk
) -> Result[tuple[SourceFile, ...]]:
    """Return the bibliography files, those that site.yaml names first: then those of the root, of content, of static.

    `content` and `static`: the assets of these folders. A file that cannot be read never fails a build. Diagnostic:
    bib-file.
    """
    diagnostics: list[Diagnostic] = []
    places: dict[str, str] = {}
    for name in config.bibliography:
        path = posixpath.normpath(name.strip().lstrip("/"))
        file = next(
            (
                file
                for file in (location.root / path, location.root / config.content_dir / path)
                if _is_safe(file, location)
            ),
            None,
        )
        if file is None:
            diagnostics.append(_missing(name, location))
        else:
            places[file.relative_to(location.root).as_posix()] = str(file)
    places |= {path: place for path, place in _unnamed(location, content, static) if path not in places}
    files: list[SourceFile] = []
    for path, place in places.items():
        text, problems = read_text(place, path, disk)
        files += [text] if text is not None else []
        diagnostics += [
            diagnose("bib-file", f"not read: {item.message}", path=path, hint=item.hint) for item in problems
        ]
    return Result(tuple(files), tuple(diagnostics))


def _unnamed(
    location: SiteLocation, content: Mapping[str, Asset], static: Mapping[str, Asset]
) -> Iterator[tuple[str, str]]:
    """Yield path and location of the files that no setting names."""
    for folder in (location.root, location.root / posixpath.dirname(JEKYLL_BIBLIOGRAPHY)):
        for file in sorted(folder.glob("*.bib")):
            if _is_safe(file, location):
                yield file.relative_to(location.root).as_posix(), str(file)
    for asset in _among(content.values()):
        yield asset.path, asset.location
    for asset in _among(static.values()):
        yield asset.path, asset.location


def _among(assets: Iterable[Asset]) -> Iterable[Asset]:
    return (asset for asset in assets if asset.path.endswith(SUFFIXES))


def _is_safe(file: Path, location: SiteLocation) -> bool:
    """Return whether a file exists, and no link leads it out of the site."""
    return file.is_file() and file.resolve().is_relative_to(location.root.resolve())


def _missing(name: str, location: SiteLocation) -> Diagnostic:
    lines = location.config_text.split("\n")
    line = next((number for number, text in enumerate(lines, start=1) if name in text), 0)
    message = f"bibliography: there is no file {name} in the site"
    return diagnose("bib-file", message, path=location.config_path, line=line, hint="paths begin at the site's folder")
