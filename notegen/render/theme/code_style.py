"""The stylesheet of highlighted code, in the colours of theme.yaml or of Pygments: one rule a group of tokens.

A style is Pygments', by its name, or the theme's own, which stands in theme.yaml.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from notegen.model.codes import diagnose
from notegen.model.config import HighlightConfig
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.theme import CodeColors
from notegen.text.suggestions import close_matches

if TYPE_CHECKING:
    from pygments.style import Style

THEME_STYLE = "theme"  # the name of the theme's own style in site.yaml
_WITHOUT = ("default", "github-dark")  # Pygments' styles for light and dark pages of a theme that has no style
_Pairs = tuple[tuple[str, str], ...]
_WORDS = frozenset({"bold", "nobold", "italic", "noitalic", "noinherit"})


def highlight_css(config: HighlightConfig, colors: CodeColors, config_path: str) -> Result[str]:
    """Return the rules (CSS) for Pygments' short classes below `.highlight`, and the diagnostics.

    `colors`: those of the theme. Each colour is `light-dark(…)` of the two styles, so the rules follow the page's
    `color-scheme`. The theme's own style takes its background from the theme's stylesheet; a Pygments style brings its
    own. Diagnostics: `config-value` for a style that Pygments does not have.
    """
    diagnostics: list[Diagnostic] = []
    light = _style(config.style, "style", colors, config_path, diagnostics)
    dark = _style(config.dark_style, "dark_style", colors, config_path, diagnostics)
    groups: dict[str, list[str]] = {}
    for css_class, rule in _rules(light, dark):
        groups.setdefault(rule, []).append(f".highlight .{css_class}")
    rules = [f"{','.join(selectors)}{{{rule}}}" for rule, selectors in groups.items()]
    themed = bool(colors.styles) and config.style == THEME_STYLE == config.dark_style
    return Result("\n".join([_base(light, dark, themed=themed), *rules]), tuple(diagnostics))


def uncoloured_classes(config: HighlightConfig, colors: CodeColors) -> tuple[str, ...]:
    """Return Pygments' short classes for which `highlight_css` has no rule, in order: such tokens look like text.

    Those of sessions and diffs are none of them: their classes also say what is copied.
    """
    from pygments.token import STANDARD_TYPES

    light, dark = (
        _style(name, key, colors, "", []) for key, name in (("style", config.style), ("dark_style", config.dark_style))
    )
    coloured = {css_class for css_class, _ in _rules(light, dark)}
    return tuple(
        css_class
        for token, css_class in STANDARD_TYPES.items()
        if css_class and css_class not in coloured and not css_class.startswith("g")
    )


def style_problem(colors: CodeColors) -> str:
    """Return what is wrong with the styles of a theme.yaml, in words; "" for nothing."""
    known = _token_types() if colors.styles else {}
    for token, style in colors.styles.items():
        if token not in known:
            return f"highlight.styles: {token} is no token type of Pygments, such as Keyword or Literal.String"
        for word in style.split():
            if word not in colors.colors and word not in _WORDS:
                return f"highlight.styles.{token}: {word} is neither a name in highlight.colors nor bold or italic"
    return ""


def _style(name: str, key: str, colors: CodeColors, config_path: str, diagnostics: list[Diagnostic]) -> "type[Style]":
    """Return the Pygments style that site.yaml names under `highlight.key`, for one of the two colour schemes."""
    from pygments.styles import get_all_styles, get_style_by_name
    from pygments.util import ClassNotFound

    scheme = 0 if key == "style" else 1
    if name != THEME_STYLE:
        try:
            return get_style_by_name(name)
        except ClassNotFound:
            near = close_matches(name, [THEME_STYLE, *get_all_styles()], n=1)
            hint = f"did you mean {near[0]}?" if near else ""
            message = f"highlight.{key}: Pygments has no style {name}"
            diagnostics.append(diagnose("config-value", message, path=config_path, hint=hint))
    if not colors.styles:
        return get_style_by_name(_WITHOUT[scheme])
    values = tuple((name, pair[scheme]) for name, pair in colors.colors.items())
    return _theme_style(colors.background[scheme], values, tuple(colors.styles.items()))


@lru_cache(maxsize=8)
def _theme_style(background: str, colors: _Pairs, words: _Pairs) -> "type[Style]":
    """Return a theme's own style for one colour scheme as a Pygments style. `words`: by the name of a token type."""
    from pygments.style import Style

    types, values = _token_types(), dict(colors)
    styles = {types[token]: " ".join(values.get(word, word) for word in style.split()) for token, style in words}
    parts = {"name": THEME_STYLE, "background_color": background, "styles": styles}
    style: type[Style] = type("ThemeStyle", (Style,), parts)
    return style


def _token_types() -> dict[str, Any]:
    """Return Pygments' token types by their names: "Token" for all, "Keyword", "Literal.String.Doc"."""
    from pygments.token import STANDARD_TYPES

    return {str(token).removeprefix("Token."): token for token in STANDARD_TYPES}


def _base(light: "type[Style]", dark: "type[Style]", *, themed: bool) -> str:
    """Return the rule for the block around the code: its text's colour, and its background unless the theme sets it."""
    from pygments.token import Token

    colors = [style.style_for_token(Token)["color"] or fallback for style, fallback in ((light, "000"), (dark, "fff"))]
    background = f"background:light-dark({light.background_color},{dark.background_color});"
    return f".highlight{{{'' if themed else background}color:light-dark(#{colors[0]},#{colors[1]})}}"


@lru_cache(maxsize=8)
def _rules(light: "type[Style]", dark: "type[Style]") -> _Pairs:
    """Return (short class, declarations) for each token type that looks different from plain text in either style."""
    from pygments.token import STANDARD_TYPES, Token

    plain = _declarations(light, dark, Token)
    rules = ((css_class, _declarations(light, dark, token)) for token, css_class in STANDARD_TYPES.items())
    return tuple((css_class, rule) for css_class, rule in rules if css_class and rule and rule != plain)


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
