"""Style sheets and pieces of HTML that site.yaml adds to every page: files of the site, or text."""

import posixpath
from pathlib import Path

import msgspec

from notegen.model.codes import diagnose
from notegen.model.config import Config, InjectConfig
from notegen.model.diagnostic import Diagnostic, Result, take
from notegen.model.source import Asset, SiteLocation
from notegen.scan.files import read_asset, read_text
from notegen.system.disk import Disk, DiskEntry


def own_stylesheets(location: SiteLocation, config: Config, disk: Disk) -> Result[tuple[Asset, ...]]:
    """Return the files under `css`. Diagnostics: config-file, file-unreadable."""
    diagnostics: list[Diagnostic] = []
    assets: list[Asset] = []
    for name in config.css:
        place = _place(name, location, config)
        if place is None:
            diagnostics.append(_missing("css", name, location))
        elif asset := take(read_asset(DiskEntry(place, str(location.root / place)), place, disk), diagnostics):
            assets.append(asset)
    return Result(tuple(assets), tuple(diagnostics))


def injected_html(location: SiteLocation, config: Config, disk: Disk) -> Result[InjectConfig]:
    """Return the HTML under `inject`, with the text of a file where one is named. Diagnostics: config-file, files."""
    diagnostics: list[Diagnostic] = []
    texts: dict[str, str] = {}
    for field in msgspec.structs.fields(InjectConfig):
        value: str = getattr(config.inject, field.name)
        if not value.strip().endswith((".html", ".htm")) or "<" in value:
            texts[field.name] = value.strip()
            continue
        place = _place(value, location, config)
        if place is None:
            diagnostics.append(_missing(f"inject.{field.name}", value, location))
        elif file := take(read_text(str(location.root / place), place, disk), diagnostics):
            texts[field.name] = file.text.strip()
    return Result(InjectConfig(**texts), tuple(diagnostics))


def _place(name: str, location: SiteLocation, config: Config) -> str | None:
    """Return the path of a file below the root, which may be written below the static folder; None for no such file."""
    path = posixpath.normpath(name.strip().replace("\\", "/").lstrip("/"))
    root = location.root.resolve()
    for place in (path, f"{config.static_dir}/{path}"):
        file: Path = location.root / place
        if file.is_file() and file.resolve().is_relative_to(root):
            return place
    return None


def _missing(key: str, name: str, location: SiteLocation) -> Diagnostic:
    lines = location.config_text.split("\n")
    line = next((number for number, text in enumerate(lines, start=1) if name.strip() in text), 0)
    column = lines[line - 1].index(name.strip()) + 1 if line else 0
    message, hint = f"{key}: there is no file {name.strip()} in the site", "paths begin at the site's folder"
    return diagnose("config-file", message, path=location.config_path, line=line, column=column, hint=hint)
