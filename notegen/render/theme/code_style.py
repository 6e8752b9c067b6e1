"""The stylesheet of highlighted code: one rule a group of tokens, with both schemes in it."""

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from notegen.model.codes import diagnose
from notegen.model.config import HighlightConfig
from notegen.model.diagnostic import Diagnostic

if TYPE_CHECKING:
    from pygments.style import Style

OWN = "transmission"


def highlight_css(config: HighlightConfig, config_path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the rules for Pygments' short classes below `.highlight`, and `config-value` for a style nobody knows.

    Each colour is `light-dark(…)` of the two styles, so the rules follow the page's `color-scheme`. The theme's own
    style takes its background from tokens.css; a Pygments style brings its own.
    """
    diagnostics: list[Diagnostic] = []
    light = _style(config.style, "style", config_path, diagnostics)
    dark = _style(config.dark_style, "dark_style", config_path, diagnostics)
    groups: dict[str, list[str]] = {}
    for css_class, rule in _rules(light, dark):
        groups.setdefault(rule, []).append(f".highlight .{css_class}")
    rules = [f"{','.join(selectors)}{{{rule}}}" for rule, selectors in groups.items()]
    return "\n".join([_base(light, dark, config), *rules]), tuple(diagnostics)


def _style(name: str, key: str, config_path: str, diagnostics: list[Diagnostic]) -> "type[Style]":
    from pygments.styles import get_all_styles, get_style_by_name
    from pygments.util import ClassNotFound

    from notegen.render.theme.pygments_style import TransmissionDark, TransmissionLight

    own = TransmissionLight if key == "style" else TransmissionDark
    if name == OWN:
        return own
    try:
        return get_style_by_name(name)
    except ClassNotFound:
        near = difflib.get_close_matches(name, [OWN, *get_all_styles()], n=1)
        hint = f"did you mean {near[0]}?" if near else ""
        message = f"highlight.{key}: Pygments has no style {name}"
        diagnostics.append(diagnose("config-value", message, path=config_path, hint=hint))
        return own


def _base(light: "type[Style]", dark: "type[Style]", config: HighlightConfig) -> str:
    from pygments.token import Token

    colors = [style.style_for_token(Token)["color"] or fallback for style, fallback in ((light, "000"), (dark, "fff"))]
    background = f"background:light-dark({light.background_color},{dark.background_color});"
    own = config.style == OWN == config.dark_style
    return f".highlight{{{'' if own else background}color:light-dark(#{colors[0]},#{colors[1]})}}"


def _rules(light: "type[Style]", dark: "type[Style]") -> Iterator[tuple[str, str]]:
    """Yield (short class, declarations) for each token type that looks different from plain text in either style."""
    from pygments.token import STANDARD_TYPES, Token

    plain = _declarations(light, dark, Token)
    for token, css_class in STANDARD_TYPES.items():
        rule = _declarations(light, dark, token)
        if css_class and rule and rule != plain:
            yield css_class, rule


def _declarations(light: "type[Style]", dark: "type[Style]", token: Any) -> str:
    one, two = light.style_for_token(token), dark.style_for_token(token)
    parts = [
        _pair("color", one["color"], two["color"], "currentcolor"),
        _pair("background", one["bgcolor"], two["bgcolor"], "transparent"),
        "font-weight:600" if one["bold"] else "",
        "font-style:italic" if one["italic"] else "",
    ]
    return ";".join(filter(None, parts))


def _pair(name: str, light: str | None, dark: str | None, absent: str) -> str:
    """Return a declaration with a colour for each scheme, or nothing when neither style sets one."""
    if not light and not dark:
        return ""
    return f"{name}:light-dark({f'#{light}' if light else absent},{f'#{dark}' if dark else absent})"
