"""A theme out of its layers: the Jinja environment, options, labels and assets, as one value."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from notegen.jinja.templates import Templates
from notegen.math_font.font import font_face
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result, take
from notegen.model.output import Copy, OutputFile
from notegen.model.source import Asset, SourceFile, ThemeLayer, Tree
from notegen.model.theme import ThemeSettings
from notegen.render.theme.assets import Reader, build_assets, read_asset, static_files
from notegen.render.theme.code_style import highlight_css, uncoloured_classes
from notegen.render.theme.labels import Labels, load_labels
from notegen.render.theme.settings import choose_options, load_settings

BACKGROUND = ("#ffffff", "#000000")  # of light and dark pages, where a theme has no scheme


class Theme(msgspec.Struct, frozen=True):
    """A loaded theme.

    `sources`: template name -> file, `!layer/name` for a layer's own. `shared`: what every template may read besides
    the site's values: `assets` (name -> URL), `t` (labels), `options`, `data`, `inject`, `stylesheets` (URLs of
    the site's own). `files`: what to emit. `labels`: of each language but the site's own, by the folder of its
    addresses.
    """

    templates: Templates
    sources: Mapping[str, SourceFile]
    shared: Mapping[str, Any]
    files: tuple[OutputFile, ...]
    labels: Mapping[str, Labels] = {}


def load_theme(
    tree: Tree,
    config: Config,
    *,
    base_path: str = "/",
    font: str = "",
    made_files: Mapping[str, str] | None = None,
    languages: Iterable[str] = (),
    read: Reader = read_asset,
) -> Result[Theme]:
    """Return the theme made of `tree.layers` (the first wins) and the diagnostics of its files and options.

    `base_path` begins and ends with a slash; `font` is the path of the math font of a site with formulas;
    `made_files` names further files that the build makes, by name -> URL; `languages`: those of notes. Diagnostics:
    `theme-file`, `config-unknown-key` (theme_options), `config-value` (theme_options, highlight styles).
    Templates are compiled when a page needs them.
    """
    diagnostics: list[Diagnostic] = []
    settings = take(load_settings(tree.layers), diagnostics)
    options = take(choose_options(settings, config.theme_options, tree), diagnostics)
    labels = take(load_labels(tree.layers, config.language), diagnostics)
    others = {item.path: take(load_labels(tree.layers, item.tag), diagnostics) for item in config.languages[1:]}
    units = {
        name: take(_units(tree.layers, name), diagnostics) for name in sorted({*languages} - {"", config.language})
    }
    code_css = take(highlight_css(config.highlight, settings.highlight, tree.config_path), diagnostics)
    css = f"{scheme_css(settings, options)}{code_css}\n{font_face(f'../{font}') if font else ''}"
    files, urls = take(build_assets(static_files(tree.layers), settings, css, base_path, read), diagnostics)
    if font:
        urls = {**urls, "math.woff2": base_path + font}
    sources = template_sources(tree.layers)
    own_css = [_own_stylesheet(asset, config.static_dir) for asset in tree.css]
    shared = {
        "assets": {**urls, **(made_files or {})},
        "t": labels,
        "options": options,
        "scheme": {"bg": settings.schemes.get(str(options.get("scheme")), {}).get("bg", BACKGROUND)},
        "units": units,
        "data": tree.data,
        "inject": tree.inject,
        "stylesheets": [base_path + quote(file.path) for file in own_css],
    }
    theme = Theme(Templates(sources, tree.extensions), sources, shared, (*files, *own_css), others)
    return Result(theme, tuple(dict.fromkeys(diagnostics)))


def with_code_style(tree: Tree) -> Tree:
    """Return a tree that knows which tokens of code look like text in the styles of the site."""
    settings = load_settings(tree.layers).value
    return msgspec.structs.replace(tree, uncoloured=uncoloured_classes(tree.config.highlight, settings.highlight))


def scheme_css(settings: ThemeSettings, options: Mapping[str, Any]) -> str:
    """Return the CSS of the scheme and the type that a site has chosen: tokens; "" for what tokens.css says."""
    chosen = {
        name: str(options.get(name)) for name in ("scheme", "type") if options.get(name) != settings.options.get(name)
    }
    colors = settings.schemes.get(chosen.get("scheme", ""), {})
    tokens = {name: f"light-dark({light}, {dark})" for name, (light, dark) in colors.items()}
    tokens |= settings.types.get(chosen.get("type", ""), {})
    return ":root {" + "".join(f"--{name}: {value};" for name, value in tokens.items()) + "}\n" if tokens else ""


def _units(layers: Sequence[ThemeLayer], language: str) -> Result[Labels]:
    """Return the labels of a note's length in its language."""
    labels, diagnostics = load_labels(layers, language)
    return Result({name: labels[name] for name in ("minutes", "words") if name in labels}, diagnostics)


def _own_stylesheet(asset: Asset, static_dir: str) -> OutputFile:
    """Return a style sheet of the site as it goes public: a digest in its name, in its folder below the static one.

    So that relative addresses in it lead to the static files that they name; from elsewhere it goes to css/.
    """
    folder = f"{static_dir}/"
    path = asset.path.removeprefix(folder) if asset.path.startswith(folder) else f"css/{asset.path.rpartition('/')[2]}"
    return OutputFile(f"{path.removesuffix('.css')}.{asset.digest[:12]}.css", asset.digest, Copy(asset))


def template_sources(layers: Sequence[ThemeLayer]) -> dict[str, SourceFile]:
    """Return every template by the names it answers to.

    `note.html` is the first layer's that has it; `!transmission/note.html` is that layer's, also where another shadows
    it.
    """
    sources: dict[str, SourceFile] = {}
    for layer in reversed(layers):
        for name, file in layer.templates.items():
            sources[name] = file
            sources.setdefault(f"!{layer.name}/{name}", file)  # of two layers with one name, the lower one
    return sources
