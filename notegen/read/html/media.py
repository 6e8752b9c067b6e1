"""Films, sounds and documents that are written as images: players of the browser, cards for films of other sites.

No request goes to another host before a reader asks for it: a player there loads nothing, a card is a link, which
the script of the theme replaces by the player when it is clicked.
"""

from html import escape

from markdown_it.token import Token

from notegen.read.html.context import RenderContext
from notegen.read.html.tags import id_attribute
from notegen.read.syntax.shortcodes.media.video_sites import film_at
from notegen.text.addresses import is_external
from notegen.text.media_files import kind_of_file

_KEPT = ("class", "title", "width", "height", "style")


def media_html(token: Token, source: str, alt: str, context: RenderContext) -> str | None:
    """Return the HTML of an image that is a film, a sound or a document; None for a picture."""
    kind = kind_of_file(source)
    if not kind and is_external(source) and (film := film_at(source)):
        words = escape(alt or str(token.attrs.get("title", "")) or film.words)
        player = f' data-embed="{escape(film.player)}"' if film.player else ""
        return f'<a class="film" href="{escape(film.page)}"{player}>{words}</a>'
    if not kind:
        return None
    words = escape(alt or source.rpartition("/")[2])
    attributes = "".join(f' {key}="{escape(str(token.attrs[key]))}"' for key in _KEPT if key in token.attrs)
    attributes += id_attribute(str(token.attrs.get("id", "")), context)
    link = f'<a href="{escape(context.url(source, "link", token))}">{words}</a>'
    address = escape(context.url(source, "image", token))
    if kind != "document":
        load = "none" if is_external(source) else "metadata"
        return f'<{kind} src="{address}" controls preload="{load}" aria-label="{words}"{attributes}>{link}</{kind}>'
    if is_external(source):
        return link
    named = f' aria-label="{words}"'
    return f'<object data="{address}" type="application/pdf"{named}{attributes}>{link}</object>'
