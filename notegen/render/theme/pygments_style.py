"""The colours of code in the theme transmission: one Pygments style for light pages, one for dark pages.

Few hues, each with one job: keywords carry the accent's warmth, strings are green, numbers and constants violet, names
that are defined blue, comments recede but stay readable. Every colour has a contrast of at least 4.5:1 on its ground.
"""

from typing import ClassVar

from pygments.style import Style
from pygments.token import (
    Comment,
    Error,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Token,
    _TokenType,
)


class _Palette:
    """One colour for each job."""

    def __init__(self, **colors: str) -> None:
        self.colors = colors

    def styles(self) -> dict[_TokenType, str]:
        color = self.colors
        return {
            Token: color["text"],
            Comment: f"italic {color['comment']}",
            Comment.Preproc: f"noitalic {color['keyword']}",
            Comment.Hashbang: f"noitalic {color['comment']}",
            Keyword: color["keyword"],
            Keyword.Constant: color["number"],
            Operator.Word: color["keyword"],
            Operator: color["text"],
            Punctuation: color["punctuation"],
            Name.Builtin: color["builtin"],
            Name.Class: color["definition"],
            Name.Function: color["definition"],
            Name.Decorator: color["builtin"],
            Name.Exception: color["builtin"],
            Name.Tag: color["keyword"],
            Name.Attribute: color["definition"],
            Number: color["number"],
            Literal: color["number"],
            String: color["string"],
            String.Doc: f"italic {color['comment']}",
            String.Escape: color["number"],
            String.Interpol: color["number"],
            Error: color["error"],
            Generic.Deleted: color["error"],
            Generic.Inserted: color["string"],
            Generic.Error: color["error"],
            Generic.Traceback: color["error"],
            Generic.Heading: f"bold {color['text']}",
            Generic.Subheading: f"bold {color['text']}",
            Generic.Emph: "italic",
            Generic.Strong: "bold",
            Generic.Output: color["comment"],
            Generic.Prompt: color["comment"],
        }


_LIGHT = _Palette(
    text="#24292f",
    comment="#58616b",
    keyword="#9a3d0b",
    string="#1d6b3a",
    number="#6f42a8",
    definition="#1c5aa6",
    builtin="#0a6570",
    punctuation="#4e5761",
    error="#b3201f",
)
_DARK = _Palette(
    text="#d3d9e2",
    comment="#8c97a6",
    keyword="#f0a860",
    string="#8fcf9a",
    number="#c5a5f2",
    definition="#84b8f5",
    builtin="#72cbd0",
    punctuation="#a7b1be",
    error="#ff8f86",
)


class TransmissionLight(Style):
    """For light pages. The background is the token `--code-bg` of tokens.css."""

    name = "transmission"
    background_color = "#f2f3f4"
    styles: ClassVar[dict[_TokenType, str]] = _LIGHT.styles()


class TransmissionDark(Style):
    """For dark pages. The background is the token `--code-bg` of tokens.css."""

    name = "transmission-dark"
    background_color = "#131922"
    styles: ClassVar[dict[_TokenType, str]] = _DARK.styles()
