"""HTML that a cell has shown, made harmless: no script, no style, no address but of files, pictures and links.

Tables of pandas lose their borders and styles; they look like those of notes.
"""

import re

from notegen.text.patterns import lazy_regex

_TAGS = """
a abbr b bdi bdo blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h3 h4 h5 h6 hr i
img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var
"""
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
_PICTURE = lazy_regex(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*+")
_EMPTY_HEAD = lazy_regex(r"<th((?:\s[^<>]*)?)>\s*</th>")
_TABLE = lazy_regex(r"</?table[\s>]", re.IGNORECASE)
MAX_HTML = 2_000_000  # characters; more is no page


def output_html(html: str) -> str:
    """Return what may stay of the HTML of an output; "" where nothing does, or where it is too long."""
    if len(html) > MAX_HTML:
        return ""
    import nh3

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
    if "<table" in clean:
        clean = _EMPTY_HEAD.sub(r"<td\1></td>", clean)
        if len(_TABLE.findall(clean)) == 2:  # noqa: PLR2004  one table: it scrolls where it is wide
            clean = clean.replace("<table", '<div class="table-scroll" tabindex="0"><table', 1)
            clean = clean.replace("</table>", "</table></div>", 1)
    has_content = re.sub(r"<(?!img\b)[^<>]*>", "", clean).strip()
    return clean if has_content else ""


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, None where it may not stay: data are pictures only."""
    if name in {"href", "src"} and value.lstrip().lower().startswith("data:"):
        return value if tag == "img" and _PICTURE.fullmatch(value.strip()) else None
    return value
