"""A theme out of its layers: the Jinja environment, options, labels and assets, as one value."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from notegen.math_font.font import font_face
from notegen.model.config import Config
from notegen.model.diagnostic import Result
from notegen.model.output import OutputFile
from notegen.model.source import SourceFile, ThemeLayer, Tree
from notegen.render.theme.assets import Reader, build_assets, read_asset, static_files
from notegen.render.theme.code_style import highlight_css
from notegen.render.theme.labels import Labels, load_labels
from notegen.render.theme.settings import choose_options, load_settings

if TYPE_CHECKING:
    import jinja2


Reads = tuple[frozenset[str], frozenset[str]]  # templates reached, shared values read


class Templates:
    """The Jinja environment of a theme's sources, made when a template is first needed: a build may need none.

    Another process gets the sources and makes its own; one that is forked has what was compiled before.
    """

    def __init__(self, sources: Mapping[str, SourceFile]) -> None:
        self._sources = sources

    def __reduce__(self) -> tuple[Any, ...]:
        return Templates, (self._sources,)

    @cached_property
    def environment(self) -> "jinja2.Environment":
        """The environment."""
        from notegen.render.environment import make_environment

        return make_environment(self._sources)


class Theme(msgspec.Struct, frozen=True):
    """A loaded theme.

    `sources`: template name -> file, `!layer/name` for a layer's own. `shared`: what every template may read besides
    the site's values: `assets` (name -> URL), `t` (labels), `options`. `files`: what to emit. `labels`: of each
    language but the site's own, by the folder of its addresses.
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
    read: Reader = read_asset,
) -> Result[Theme]:
    """Return the theme made of `tree.layers` (the first wins) and the diagnostics of its files and options.

    `base_path` begins and ends with a slash; `font` is the path of the math font of a site with formulas;
    `made_files` names further files that the build makes, by name -> URL. Diagnostics:
    `theme-file`, `config-unknown-key` (theme_options), `config-value` (theme_options, highlight styles).
    Templates are compiled when a page needs them.
    """
    settings, problems = load_settings(tree.layers)
    options, wrong_options = choose_options(settings.options, config.theme_options, tree)
    labels, wrong_labels = load_labels(tree.layers, config.language)
    others = {item.path: load_labels(tree.layers, item.tag)[0] for item in config.languages[1:]}
    code_css, wrong_styles = highlight_css(config.highlight, settings.highlight, tree.config_path)
    font_css = font_face(f"../{font}") if font else ""
    files, urls, wrong_assets = build_assets(
        static_files(tree.layers), settings, f"{code_css}\n{font_css}", base_path, read
    )
    if font:
        urls = {**urls, "math.woff2": base_path + font}
    sources = template_sources(tree.layers)
    shared = {"assets": {**urls, **(made_files or {})}, "t": labels, "options": options}
    theme = Theme(Templates(sources), sources, shared, files, others)
    return Result(theme, (*problems, *wrong_options, *wrong_labels, *wrong_styles, *wrong_assets))


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
