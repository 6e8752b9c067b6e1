"""What theme.yaml says: the theme's files, options, the colours of code and the style of social cards."""

from typing import Annotated, Any

import msgspec

Color = Annotated[str, msgspec.Meta(pattern="^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]  # of CSS: #rgb or #rrggbb
Pixels = Annotated[int, msgspec.Meta(ge=0, le=630)]
Margin = Annotated[int, msgspec.Meta(ge=0, le=400)]
FontSize = Annotated[int, msgspec.Meta(ge=8, le=400)]
LineCount = Annotated[int, msgspec.Meta(ge=1, le=20)]
TitleSizes = Annotated[tuple[tuple[FontSize, LineCount], ...], msgspec.Meta(min_length=1)]
StarCount = Annotated[int, msgspec.Meta(ge=0, le=5000)]
Curve = Annotated[tuple[Annotated[int, msgspec.Meta(ge=-630, le=630)], ...], msgspec.Meta(max_length=200)]
Step = Annotated[int, msgspec.Meta(ge=1, le=100)]


class CodeColors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The theme's own style of highlighted code, which site.yaml takes by `highlight: {style: theme}`, the default.

    Each colour is a pair, for light and for dark pages. `styles` are those of a Pygments style: the name of a token
    type -> words such as `bold` and `italic`, and the name of a colour (https://pygments.org/docs/styledevelopment/).
    """

    background: tuple[Color, Color] = ("#ffffff", "#000000")
    colors: dict[str, tuple[Color, Color]] = {}
    styles: dict[str, str] = {}


class CardStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The style of social cards, pictures of 1200 by 630 pixels. Lengths are pixels, y counts from the top.

    A title has the first of `title_sizes` (size, the most lines of it) that fits; the last is cut where it does not.
    """

    background: Color = "#000000"
    title_color: Color = "#ffffff"
    text_color: Color = "#ffffff"  # date and the site's name
    accent_color: Color = "#ffffff"  # category and mark
    line_color: Color = "#ffffff"
    margin: Margin = 84  # between text and border, left and right
    title_sizes: TitleSizes = ((76, 3), (64, 4), (52, 5))
    title_y: Pixels = 330  # the middle of the title
    text_size: FontSize = 28
    category_y: Pixels = 122  # its baseline
    line_y: Pixels = 500  # a line from margin to margin; 0 for none
    footer_y: Pixels = 556  # the baseline of date and site
    stars: StarCount = 0  # points of light, always the same ones
    mark: Curve = ()  # a curve at the right, above: heights over `mark_y`, `mark_step` apart; none without
    mark_y: Pixels = 112
    mark_step: Step = 11


class ThemeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of theme.yaml. `css` and `js` name static files in the order in which they are joined.

    `options` holds every option that the theme has, with its default. `schemes`: what the option `scheme` may be: the
    tokens of tokens.css that it sets, each for light and for dark pages; `types` what the option `type` may be: tokens.
    """

    name: str = ""
    description: str = ""
    css: tuple[str, ...] = ()
    js: tuple[str, ...] = ()
    options: dict[str, Any] = {}
    schemes: dict[str, dict[str, tuple[Color, Color]]] = {}
    types: dict[str, dict[str, str]] = {}
    highlight: CodeColors = CodeColors()
    social_card: CardStyle = CardStyle()
