"""What is below front matter: `defaults` of site.yaml, Hugo's `cascade`, `nav`, metadata files of Quarto.

Of two values for one key that of the longer path counts, then that for a kind of file, then the later one (Jekyll).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from notegen.model.config import Config, FrontMatterDefaults
from notegen.model.source import NAV_TITLE, Asset, Kind, SourceFile
from notegen.system.disk import Disk
from notegen.text.paths import fits_path, strip_suffix

MAX_FILE = 100_000  # bytes; a larger one says nothing
_METADATA = ("_metadata.yml", "_metadata.yaml")
_PAGES: frozenset[Kind] = frozenset({"page", "section"})


def with_defaults(files: Sequence[tuple[str, SourceFile]], config: Config) -> tuple[SourceFile, ...]:
    """Return the files, (path below the content folder, file), each with what its folders and `nav` give it."""
    defaults = [*_cascades(files), *config.defaults]
    titles = _titles(config.nav)
    if not defaults and not titles:
        return tuple(file for _, file in files)
    ordered = sorted(defaults, key=lambda item: (len(item.path), item.kind != "all"))
    return tuple(_with_values(path, file, ordered, titles.get(strip_suffix(path), "")) for path, file in files)


def _titles(nav: Any) -> dict[str, str]:
    """Return what `nav` calls notes, by path without suffix."""
    if not nav:
        return {}
    from notegen.dialects.navigation import titled_in_nav  # few sites have any

    return dict(titled_in_nav(nav))


def reader_of(assets: Mapping[str, Asset], disk: Disk) -> Callable[[str], str]:
    """Return what reads one of the files by its path below the content folder.

    "" is returned for one that is not there, that is no text, or that is too long.
    """

    def read(path: str) -> str:
        asset = assets.get(path)
        try:
            is_short = asset is not None and asset.size <= MAX_FILE
            return disk.read(Path(asset.location)).decode("utf-8-sig") if asset is not None and is_short else ""
        except (OSError, UnicodeDecodeError):
            return ""

    return read


def with_metadata(
    config: Config, files: Sequence[tuple[str, SourceFile]], paths: Iterable[str], read: Callable[[str], str]
) -> Config:
    """Return the configuration of a site of Quarto with `defaults` of what its folders, and pages' own files, say.

    `files`: path below the content folder and file of what may be notes; `paths`: those of all other files.
    """
    if config.dialect != "quarto":
        return config
    folders = sorted(path for path in paths if path.rpartition("/")[2] in _METADATA)
    gathered = [*(_metadata(path.rpartition("/")[0], read(path)) for path in folders), *_of_pages(files, read)]
    defaults = tuple(item for item in gathered if item.values)
    return msgspec.structs.replace(config, defaults=(*defaults, *config.defaults)) if defaults else config


def _metadata(folder: str, content: str) -> FrontMatterDefaults:
    from notegen.dialects.front_matter.defaults import metadata_of_folder  # few sites have any

    item = metadata_of_folder(folder, content)
    return FrontMatterDefaults(item.get("path", ""), "all", item["values"])


def _of_pages(files: Iterable[tuple[str, SourceFile]], read: Callable[[str], str]) -> Iterator[FrontMatterDefaults]:
    """Yield what pages take from files that they name, each for the one page."""
    from notegen.dialects.front_matter.page_metadata import metadata_of_page  # few sites have any

    for path, file in files:
        yield FrontMatterDefaults(path, "all", metadata_of_page(path, file.text, read))


def _cascades(files: Iterable[tuple[str, SourceFile]]) -> Iterable[FrontMatterDefaults]:
    for path, file in files:
        if path.rpartition("/")[2] == "_index.md" and "cascade" in file.text:
            from notegen.dialects.front_matter.defaults import cascades_of_note  # few sites have any

            for item in cascades_of_note(path, file.text):
                yield FrontMatterDefaults(item.get("path", ""), item.get("kind", "all"), item["values"])


def _with_values(path: str, file: SourceFile, defaults: Iterable[FrontMatterDefaults], title: str) -> SourceFile:
    from notegen.dialects.front_matter.data import merged  # few sites have any

    values: dict[str, Any] = {NAV_TITLE: title} if title else {}
    for item in defaults:
        if _fits(path, file, item):
            values = merged(item.values, values)
    return msgspec.structs.replace(file, defaults=msgspec.json.encode(values).decode()) if values else file


def _fits(path: str, file: SourceFile, defaults: FrontMatterDefaults) -> bool:
    """Return whether defaults are for a file: one of that kind at the path, below it, or one that a glob fits."""
    is_page = file.kind in _PAGES
    if defaults.kind != "all" and is_page is (defaults.kind == "note"):
        return False
    if not defaults.path or f"{path}/".startswith(f"{defaults.path}/"):
        return True
    if "*" not in defaults.path:
        return False
    parts = path.split("/")
    places = ["/".join(parts[: end + 1]) for end in range(len(parts))]  # the file, and the folders that it is in
    return any(fits_path(place, (defaults.path,)) for place in (*places, strip_suffix(path)))  # Hugo's have no ending
