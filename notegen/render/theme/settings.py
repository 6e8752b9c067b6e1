"""theme.yaml of every layer, merged into one value, and the theme's options with what the site chose."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.source import SourceFile, ThemeLayer, Tree
from notegen.model.theme import ThemeSettings
from notegen.render.theme.code_style import style_problem
from notegen.text.suggestions import close_matches
from notegen.yaml import nodes as yamltree
from notegen.yaml.parse import parse_yaml

T = TypeVar("T", bound=msgspec.Struct)


def load_settings(layers: Sequence[ThemeLayer]) -> Result[ThemeSettings]:
    """Return the settings of all layers together.

    Lower layers come first in `css` and `js`; in all else higher ones win, key by key. A theme.yaml that cannot be read
    counts as empty and is reported as `theme-file`.
    """
    merged = ThemeSettings()
    diagnostics: list[Diagnostic] = []
    for layer in reversed(layers):
        if layer.settings is None:
            continue
        upper, keys, problems = _read(layer.settings)
        diagnostics += problems
        merged = ThemeSettings(
            upper.name or merged.name,
            upper.description or merged.description,
            tuple(dict.fromkeys((*merged.css, *upper.css))),
            tuple(dict.fromkeys((*merged.js, *upper.js))),
            {**merged.options, **upper.options},
            {**merged.schemes, **upper.schemes},
            {**merged.types, **upper.types},
            _overlaid(merged.highlight, upper.highlight, keys.get("highlight", ())),
            _overlaid(merged.social_card, upper.social_card, keys.get("social_card", ())),
        )
    return Result(merged, tuple(diagnostics))


def _overlaid(lower: T, upper: T, keys: Iterable[str]) -> T:
    """Return the lower layer's struct with the fields that the upper one's theme.yaml sets."""
    return msgspec.structs.replace(lower, **{key: getattr(upper, key) for key in keys})


def choose_options(settings: ThemeSettings, chosen: Mapping[str, Any], tree: Tree) -> Result[dict[str, Any]]:
    """Return the theme's options: its defaults with what site.yaml says under `theme_options`.

    Reports `config-unknown-key` for a name the theme does not declare and `config-value` for a value of another type
    than its default, and for a scheme or type that it does not have, at their places in `tree.config_text`; all keep
    the default.
    """
    defaults, options = settings.options, dict(settings.options)
    named: dict[str, Mapping[str, object]] = {"scheme": settings.schemes, "type": settings.types}
    diagnostics = []
    for key, value in chosen.items():
        line, column = _locate(tree.config_text, key)
        length = len(key) if line else 1
        if key not in defaults:
            near = close_matches(key, defaults, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it has: {', '.join(sorted(defaults))}"
            code, message = "config-unknown-key", f"the theme has no option {key}"
        elif type(value) is not type(defaults[key]):
            expected, actual = type(defaults[key]).__name__, type(value).__name__
            code, message, hint = "config-value", f"theme_options.{key}: expected {expected}, got {actual}", ""
        elif key in named and named[key] and value not in named[key]:
            near = close_matches(value, named[key], n=1)
            code, message = "config-value", f"theme_options.{key}: the theme has no {key} {value}"
            hint = f"did you mean {near[0]}?" if near else f"it has: {', '.join(named[key])}"
        else:
            options[key] = value
            continue
        diagnostics.append(
            diagnose(code, message, path=tree.config_path, line=line, column=column, length=length, hint=hint)
        )
    return Result(options, tuple(diagnostics))


def read_yaml(file: SourceFile) -> Result[Any]:
    """Return the plain data of a theme's YAML file, or None and a `theme-file` diagnostic at the place of the error."""
    document = parse_yaml(file.text)
    bad = document.error
    if bad is None:
        return Result(yamltree.plain(document.root), ())
    problem = diagnose("theme-file", bad.message, path=file.path, line=bad.line, column=bad.column, hint=bad.hint)
    return Result(None, (problem,))


@lru_cache(maxsize=16)
def _read(file: SourceFile) -> tuple[ThemeSettings, Mapping[str, Sequence[str]], tuple[Diagnostic, ...]]:
    """Return the settings of one theme.yaml, the keys that it sets in each of its mappings, and the diagnostics.

    Asked for by each step that needs a theme's settings; the same files come every time.
    """
    data, problems = read_yaml(file)
    try:
        settings = msgspec.convert(data or {}, ThemeSettings)
        problem = style_problem(settings.highlight)
    except msgspec.ValidationError as error:
        problem = str(error)
    if problem:
        return ThemeSettings(), {}, (*problems, diagnose("theme-file", problem, path=file.path))
    return settings, {key: tuple(value) for key, value in (data or {}).items() if isinstance(value, dict)}, problems


def _locate(config_text: str, key: str) -> tuple[int, int]:
    """Return line and column of an option in site.yaml, or (0, 0) when its text is not at hand."""
    node: yamltree.Node | None = parse_yaml(config_text).root
    line = column = 0
    for name in ("theme_options", key):
        entries = node.entries if isinstance(node, yamltree.Mapping) else ()
        entry = next((entry for entry in entries if entry[0].text == name), None)
        if entry is None:
            return 0, 0
        (line, column), node = (entry[0].line, entry[0].column), entry[1]
    return line, column
