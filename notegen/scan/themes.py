"""The layers of a site's theme: its own theme folders, and those that are shipped with notegen."""

from pathlib import Path

import notegen
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result, take
from notegen.model.source import Asset, SiteLocation, SourceFile, ThemeLayer
from notegen.scan.files import list_files, path_below, read_asset, read_text
from notegen.system.disk import Disk
from notegen.yaml.nodes import Mapping, scalars
from notegen.yaml.parse import parse_yaml


def bundled_themes() -> tuple[Path, ...]:
    """Return the folders that hold the themes shipped with notegen: in a wheel, and in a checkout."""
    package = Path(notegen.__file__).parent
    return (package / "themes", package.parent / "themes")


def theme_layers(location: SiteLocation, config: Config, disk: Disk) -> Result[tuple[ThemeLayer, ...]]:
    """Return the theme folders that the setting `theme` names, in its order.

    A name stands for the site's own folder and behind it the one that is shipped, which it may shadow in part.
    Diagnostics: theme-missing, and those of files.
    """
    themes = location.root / config.themes_dir
    diagnostics: list[Diagnostic] = []
    layers: list[ThemeLayer] = []
    for name in config.theme:
        shipped = [bundle / name for bundle in bundled_themes() if (bundle / name).is_dir()][:1]
        folders = {folder.resolve(): folder for folder in (themes / name, *shipped) if folder.is_dir()}
        for folder in folders.values():
            within = location.root if folder.parent == themes else None
            layers.append(take(read_layer(name, folder, location.root, disk, within), diagnostics))
        diagnostics += [] if folders else [_missing(name, path_below(location.root, themes), location)]
    return Result(tuple(layers), tuple(diagnostics))


def _missing(name: str, themes: str, location: SiteLocation) -> Diagnostic:
    """Return the error that a theme is not there, at its name in site.yaml. `themes`: the folder of the site's own."""
    line, column = _position(name, location.config_text)
    message, hint = f"there is no theme {name!r}", f"make the folder {themes}/{name}, or use theme: transmission"
    path, length = location.config_path, len(name)
    return diagnose("theme-missing", message, path=path, line=line, column=column, length=length, hint=hint)


def _position(name: str, text: str) -> tuple[int, int]:
    """Return line and column of a theme's name in site.yaml; (0, 0) where it does not stand there."""
    root = parse_yaml(text).root
    value = (
        next((node for key, node in root.entries if key.text == "theme"), root) if isinstance(root, Mapping) else root
    )
    names = (node for node in scalars(value) if node.text == name) if value else ()
    return next(((node.line, node.column + len(node.style)) for node in names), (0, 0))


def read_layer(name: str, folder: Path, root: Path, disk: Disk, within: Path | None) -> Result[ThemeLayer]:
    """Return one theme folder: theme.yaml, templates/, shortcodes/, i18n/, static/. `within`: see `list_files`.

    Diagnostics: those of files.
    """
    label = path_below(root, folder)
    diagnostics: list[Diagnostic] = []
    texts: dict[str, dict[str, SourceFile]] = {"templates": {}, "shortcodes": {}, "i18n": {}, "": {}}
    static: dict[str, Asset] = {}
    for entry in take(list_files(folder, label, disk, within=within), diagnostics):
        kind, _, name_inside = entry.path.rpartition("/") if "/" not in entry.path else entry.path.partition("/")
        path = f"{label}/{entry.path}"
        if kind == "static":
            if asset := take(read_asset(entry, path, disk), diagnostics):
                static[name_inside] = asset
        elif kind in texts and (file := take(read_text(entry.location, path, disk), diagnostics)):
            texts[kind][name_inside] = file
    labels = {key.rpartition(".")[0]: file for key, file in texts["i18n"].items()}
    layer = ThemeLayer(name, texts[""].get("theme.yaml"), texts["templates"], labels, static, texts["shortcodes"])
    return Result(layer, tuple(diagnostics))
