"""HTML that a cell has shown, made harmless: no script, no style, no address but of files, pictures and links.

Tables of pandas lose their borders and styles; they look like those of notes. A picture of another host becomes a link
to it: nobody who reads a page asks a host that only an output names.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

from notegen.notebooks.svg import PICTURE_ADDRESS
from notegen.read.syntax.shortcodes.media.html_frames import frames_as_cards, has_frames
from notegen.read.syntax.shortcodes.media.html_tags import ATTRIBUTE
from notegen.text.html import attributes_html
from notegen.text.patterns import lazy_regex

_TAGS = """
a abbr b bdi bdo blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h3 h4 h5 h6 hr i
img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var
"""
_NAMES = frozenset(_TAGS.split())
_GONE = """
script style head title template noscript iframe object embed button input select textarea svg math form audio video
canvas
"""
_ATTRIBUTES = {
    "*": {"title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "col": {"span"},
    "colgroup": {"span"},
    "table": set[str](),
}
_SCHEMES = {"http", "https", "mailto", "data"}
_EMPTY_HEAD = lazy_regex(r"<th((?:\s[^<>]*)?)>\s*</th>")
_TABLE = lazy_regex(r"</?table[\s>]", re.IGNORECASE)
_IMAGE = lazy_regex(r'<img(?P<attributes>(?:\s[\w-]++="[^"]*+")*+)\s*+/?>')
_QUOTED = lazy_regex(r'(?<![\w-])(?P<name>[\w-]++)="(?P<value>[^"]*+)"')
_REMOTE = lazy_regex(r"(?:https?:)?[/\\]{2}", re.IGNORECASE)
# Of Markdown, whose tags stand each in a token of its own.
_MARKUP = lazy_regex(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<attributes>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
    r"|<!--(?:(?!-->).)*+(?:-->)?|<",
    re.DOTALL,
)
_DROPPED = frozenset(_GONE.split()) - {"embed", "button", "input", "form", "audio", "video"}
_HIDDEN = lazy_regex(rf"<({'|'.join(sorted(_DROPPED))})\b(?:(?!</\1\b).)*+", re.IGNORECASE | re.DOTALL)
_SCHEME = lazy_regex(r"[A-Za-z][A-Za-z0-9+.-]*+:")
# Of HTML that is clean, whose attributes are all in quotation marks: a tag, or what stands for a card.
_CARD = lazy_regex(r'<[a-z](?:[^"<>]++|"[^"]*+")*+>|\x01(?P<number>\d++)\x01')


def output_html(html: str) -> str:
    """Return what may stay of the HTML of an output, frames of other sites as cards; "" where nothing does."""
    import nh3

    cards: list[str] = []
    if has_frames(html):
        html = frames_as_cards(html.replace("\x01", ""), lambda card: f"\x01{_added(cards, card)}\x01")
    clean = nh3.clean(
        html,
        tags=set(_TAGS.split()),
        clean_content_tags=set(_GONE.split()),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_attribute,
        allowed_classes={"table": {"dataframe"}},
        url_schemes=set(_SCHEMES),
        link_rel=None,
    ).strip()
    clean = _IMAGE.sub(_image, clean)
    if "<table" in clean:
        clean = _EMPTY_HEAD.sub(r"<td\1></td>", clean)
        if len(_TABLE.findall(clean)) == 2:  # noqa: PLR2004  one table: it scrolls where it is wide
            clean = clean.replace("<table", '<div class="table-scroll" tabindex="0"><table', 1)
            clean = clean.replace("</table>", "</table></div>", 1)
    if cards:
        clean = _CARD.sub(lambda place: cards[int(place["number"])] if place["number"] else _plain(place[0]), clean)
    has_content = re.sub(r"<(?!img\b)[^<>]*>", "", clean).strip()
    return clean if has_content else ""


def _added(cards: list[str], card: str) -> int:
    cards.append(card)
    return len(cards) - 1


def _plain(tag: str) -> str:
    return tag.replace("\x01", "")


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, None where it may not stay: data are pictures only."""
    if name in {"href", "src"} and value.lstrip().lower().startswith("data:"):
        return value if tag == "img" and PICTURE_ADDRESS.fullmatch(value.strip()) else None
    return value


def _image(match: re.Match[str]) -> str:
    """Return an `<img>` that is clean: nothing without an address, a link for one of another host."""
    values = {item["name"]: unescape(item["value"]) for item in _QUOTED.finditer(match["attributes"])}
    return match[0] if (source := values.get("src")) and not is_remote(source) else _instead(source, values)


def _instead(source: str | None, values: dict[str, str]) -> str:
    words = escape(values.get("alt", "") or source or "")
    return f'<a href="{escape(source)}">{words}</a>' if source else escape(values.get("alt", ""))


def is_remote(address: str) -> bool:
    """Return whether an address is one of another host."""
    return _REMOTE.match(_address(address)) is not None


def _address(written: str) -> str:
    """Return an address as browsers read it: without white space and control characters."""
    return "".join(character for character in written if character.isprintable() and not character.isspace())


def clean_tags(html: str) -> str:
    """Return a piece of HTML in Markdown, in which tags need not be closed, with only what `output_html` leaves.

    Tags are written anew, what looks like one and is none is text. Elements without text of their own, such as scripts,
    go with their content, as far as it is in the piece. Time is linear in its length.
    """
    return _MARKUP.sub(_tag, _HIDDEN.sub("", html))


def dropped_element(html: str) -> str:
    """Return the name of the element that a tag opens whose content must go, too; "" for none."""
    tag = _MARKUP.match(html)
    name = (tag["name"] or "").lower() if tag is not None and not tag["end"] else ""
    return name if name in _DROPPED else ""


def _tag(match: re.Match[str]) -> str:
    name = (match["name"] or "").lower()
    if not name:
        return "&lt;" if match[0] == "<" else ""
    if name not in _NAMES:
        return ""
    if match["end"]:
        return f"</{name}>"
    values = dict(_attributes(name, match["attributes"]))
    if name == "img" and (is_remote(values.get("src", "")) or not values.get("src")):
        return _instead(values.get("src"), values)
    written = attributes_html(values)
    return f"<{name}{written}>"


def _attributes(tag: str, written: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes of a tag that may stay, with their values as text."""
    for item in ATTRIBUTE.finditer(written):
        name = item["name"].lower()
        value = unescape(item[2] or item[3] or item[4] or "")
        if name not in _ATTRIBUTES.get(tag, set()) | _ATTRIBUTES["*"]:
            continue
        address = _address(value)
        scheme = _SCHEME.match(address)
        if name in {"href", "src"} and scheme is not None and scheme[0][:-1].lower() not in _SCHEMES:
            continue
        kept = _attribute(tag, name, address if scheme is not None else value)
        if kept is not None:
            yield name, kept
