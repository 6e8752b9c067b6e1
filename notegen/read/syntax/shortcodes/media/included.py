"""Pictures, films and sounds that Jekyll's themes include: `{% include figure.liquid path="a.png" %}`.

`{% include audio.liquid path= %}` and `{% include video.liquid path= %}` of al-folio are players; where they name the
page of another site, a card.
"""

from html import escape
from urllib.parse import urlsplit

from notegen.read.syntax.shortcodes.media.html_frames import frames_as_cards
from notegen.read.syntax.shortcodes.parse import Tag
from notegen.text.addresses import is_external
from notegen.text.media_files import FILMS, SOUNDS

_PLAYERS = {f"{name}.{suffix}": name for name in ("audio", "video") for suffix in ("liquid", "html")}
_MEDIA = (*FILMS, *SOUNDS, ".aac")
_NOTES = frozenset(f"{name}.html" for name in ("sidenote", "marginnote", "margin-note", "side-note", "footnote"))
_INCLUDES = frozenset(
    {"figure.html", "figure.liquid", "figure", "image.html", "img.html", "maincolumn_img.html", "marginfigure.html"}
)


def included_image(tag: Tag) -> dict[str, str] | None:
    """Return the image (src, alt, title, class, width, height) that `{% include figure.html path="a.png" %}` shows."""
    words, named = tag.words()
    source = named.get("path") or named.get("src") or named.get("image_path") or named.get("url") or ""
    if tag.name != "include" or not words or words[0].rpartition("/")[2] not in _INCLUDES or not source:
        return None
    local = source if source.startswith("/") or ":" in source else "/" + source
    image = {key: named.get(key, "") for key in ("alt", "class", "width", "height")}
    caption = named.get("caption") or named.get("description") or named.get("title", "")
    return {"src": local, "title": caption, **image}


def included_note(tag: Tag) -> str:
    """Return the words of `{% include sidenote.html id="a" note="words" %}`, of themes after Tufte."""
    words, named = tag.words()
    if tag.name != "include" or not words or words[0].rpartition("/")[2] not in _NOTES:
        return ""
    return named.get("note") or named.get("text") or named.get("content") or ""


def included_player(tag: Tag) -> str:
    """Return the player of `{% include video.liquid path="a.mp4" %}`; "" for another tag."""
    words, named = tag.words()
    element = _PLAYERS.get(words[0]) if tag.name == "include" and words else None
    source = named.get("path") or named.get("url") or ""
    if element is None or not source:
        return ""
    if is_external(source) and not urlsplit(source).path.lower().endswith(_MEDIA):
        return frames_as_cards(f'<iframe src="{escape(source)}"></iframe>')
    if is_external(source):  # asked for when it is played
        return f'<{element} controls="" preload="none" src="{escape(source)}"></{element}>'
    return f'<{element} controls="" src="{escape("/" + source.lstrip("/"))}"></{element}>'
