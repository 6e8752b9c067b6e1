"""Attribute lists as Pandoc, Hugo and kramdown write them, `{#id .class key=val}`: reading, and giving them to tokens.

Only harmless attributes come through: id, class, title, lang, data-*, and for images width, height and alt. All others
(style, target, every on*) are read and dropped.
"""

import msgspec
from markdown_it.token import Token

from notegen.read.token_data import ANCHOR, TokenField
from notegen.text.patterns import lazy_regex

LONGEST = 500  # characters of a list
_NAME = r"[\w:-]+"
_KEY = r"[A-Za-z_][A-Za-z0-9_:-]*"
_VALUE = r"""\"[^\"\n{}]*\"|'[^'\n{}]*'|[^\s\"'{}<>&=]+"""
_ITEM = lazy_regex(  # tried once behind each item
    rf"[ \t]*(?:\#(?P<id>{_NAME})|\.(?P<cls>{_NAME})|(?P<key>{_KEY})=(?P<value>{_VALUE})|(?P<word>{_NAME})(?=[\s}}]))"
)
_LENGTH = lazy_regex(r"(\d{1,5}(?:\.\d{1,3})?)(px|%|em|rem|vw|vh)?")
_SHORT = {"w": "width", "h": "height"}  # as the theme Chirpy has it
_FOR_ALL = frozenset({"title", "lang"})
_FOR_IMAGES = frozenset({"title", "lang", "alt", "width", "height"})


class AttributeList(msgspec.Struct, frozen=True):
    """What a list says: `words` are kramdown's bare names (`toc`), `end` is where the text goes on."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: dict[str, str] = {}
    words: tuple[str, ...] = ()
    end: int = 0


ATTRIBUTE_LIST: TokenField[AttributeList] = TokenField(
    "attributes", AttributeList()
)  # of attribute lines, and lists in text


def read_attributes(text: str, start: int, *, kramdown: bool | None = None) -> AttributeList | None:
    """Return the list that begins with `{` at `start`, or None where it is none: `{x}`, `{}`.

    `kramdown` True asks for the colon of `{: .class}`, False for none, None takes both. Only kramdown has bare words;
    Pandoc's `{-}` is the class unnumbered.
    """
    colon = text.startswith("{:", start)
    if not text.startswith("{", start) or (kramdown is not None and kramdown is not colon):
        return None
    close = text.find("}", start, start + LONGEST)
    if close < 0:
        return None
    if not colon and text[start + 1 : close].strip() == "-":
        return AttributeList(classes=("unnumbered",), end=close + 1)
    return _items(text, start + 1 + colon, close, bare_words=colon)


def _items(text: str, position: int, close: int, *, bare_words: bool) -> AttributeList | None:
    name, classes, words = "", [], []
    values: dict[str, str] = {}
    while True:
        item = _ITEM.match(text, position, close + 1)
        if item is None:
            break
        position = item.end()
        if item["id"]:
            name = item["id"]
        elif item["cls"]:
            classes.append(item["cls"])
        elif item["key"]:
            values[item["key"].lower()] = _unquoted(item["value"])
        elif bare_words:
            words.append(item["word"])
        else:
            return None
    if text[position:close].strip(" \t") or not (name or classes or values or bare_words):
        return None
    classes += values.pop("class", "").split()
    return AttributeList(name or values.pop("id", ""), tuple(classes), values, tuple(words), close + 1)


def _unquoted(value: str) -> str:
    return value[1:-1] if value[0] in "\"'" else value


def apply_attributes(token: Token, attributes: AttributeList) -> None:
    """Give a token its attributes; an id is its ANCHOR, too, so that links to it can be checked."""
    if attributes.id:
        token.attrs["id"] = attributes.id
        ANCHOR.set(token, attributes.id)
    if attributes.classes:
        token.attrJoin("class", " ".join(attributes.classes))
    image = token.type == "image"
    for written, value in attributes.values.items():
        key = _SHORT.get(written, written)
        if image and key == "fig-alt":
            token.children = [Token("text", "", 0, content=value)]  # its content may be a caption
        elif key.startswith("data-") or key in (_FOR_IMAGES if image else _FOR_ALL):
            _set(token, key, value)


def _set(token: Token, key: str, value: str) -> None:
    if key == "alt":
        token.content, token.children = value, [Token("text", "", 0, content=value)]
    elif key not in {"width", "height"}:
        token.attrs[key] = value
    elif (length := _LENGTH.fullmatch(value)) is not None:
        if length[2] in {None, "px"} and length[1].isdigit():
            token.attrs[key] = length[1]
        else:  # HTML has only whole pixels in the attribute
            style = f"{token.attrs['style']};" if "style" in token.attrs else ""
            token.attrs["style"] = f"{style}{key}:{length[1]}{length[2] or 'px'}"
