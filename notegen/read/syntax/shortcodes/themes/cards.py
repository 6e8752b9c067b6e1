"""Links of Hexo and its themes by tags: buttons, links, and cards for what stands on other sites.

`{% link words address %}` of Hexo and `{% link title, address %}` of Volantis; `{% btn address, words, icon %}` of
NexT, Butterfly and Fluid, `{% btn style, words, address %}` of Volantis, `{% button words address %}` of Stellar.
`{% iframe address %}` and `{% jsfiddle name %}` are cards: the other site's page is asked for when a reader clicks.
`{% gist id %}` and `{% ghcard user/repository %}` are links to these pages, `{% jupyter_notebook path %}` is one to
the notebook.

Source: Hexo docs, "Tag Plugins"; the documentation of the themes NexT, Butterfly, Fluid, Volantis and Stellar.
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.shortcodes.parse import InlineTag, Tag
from notegen.read.syntax.shortcodes.themes.arguments import Part, is_address, parts_of, without_options
from notegen.read.token_data import SPAN, Span
from notegen.text.addresses import is_external
from notegen.text.patterns import lazy_regex

_NAME = lazy_regex(r"\w[\w.-]{0,100}(?:/\w[\w.-]{0,100})?")
_SWITCHES = frozenset({"true", "false"})


def push_link(state: StateInline, tag: Tag, address: str, words: str, **attributes: str) -> None:
    """Push a link that a tag makes."""
    link = state.push("link_open", "a", 1)
    link.attrs = {"href": state.md.normalizeLink(address), **attributes}
    SPAN.set(link, Span(state.pos, tag.end - state.pos))
    state.push("text", "", 0).content = words
    state.push("link_close", "a", -1)


def _can_link(state: StateInline, address: str) -> bool:
    return bool(address) and not state.linkLevel and state.md.validateLink(address)


def link(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a link: address and words in any order; between commas, or the words before the address or behind it."""
    address, words = _address_and_words(tag)
    if not _can_link(state, address):
        return False
    if not silent:
        push_link(state, tag, address, words or address)
    return True


def button(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a button, a link."""
    address, words = _address_and_words(tag)
    parts = parts_of(tag)
    if not address and len(parts) > 1:
        address, words = parts[0].text, parts[1].text
    if not _can_link(state, address):
        return False
    if not silent:
        push_link(state, tag, address, words or address, **{"class": "btn"})
    return True


def _address_and_words(tag: Tag) -> tuple[str, str]:
    """Return the address among the arguments, and the words that belong to it; "" where there is none."""
    parts = [part.text for part in parts_of(tag)]
    if len(parts) > 1:
        at = next((index for index, part in enumerate(parts) if is_address(part)), -1)
        if at < 0:
            return "", ""
        return parts[at], parts[at - 1] if at else parts[1]
    words = without_options(Part(tag.arguments, tag.start)).words.text.split()
    at = next((index for index, word in enumerate(words) if is_address(word)), -1)
    if at < 0:
        return "", ""
    chosen = words[:at] or [word for word in words[at + 1 :] if word not in _SWITCHES]
    return words[at], " ".join(chosen).strip("\"'")


def frame(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% iframe address %}` or `{% jsfiddle name %}`: a card; what stands on this site opens there, too."""
    words, named = tag.words()
    address = named.get("src") or next(iter(words), "")
    embedded = address
    if tag.name == "jsfiddle":
        address = f"https://jsfiddle.net/{address.strip('/')}/" if _NAME.fullmatch(address) else ""
        embedded = f"{address}embedded/"
    if not _can_link(state, address):
        return False
    if not silent:
        shown = address.partition("//")[2].rstrip("/") or address
        player = state.md.normalizeLink(embedded) if is_external(address) else ""
        push_link(state, tag, address, shown, **{"data-embed": player})
    return True


def notebook(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% jupyter_notebook path %}`: a link to the file, which counts from the folder of the site."""
    path = next(iter(tag.words()[0]), "").strip("\"'")
    if not path.endswith(".ipynb") or not _can_link(state, path):
        return False
    if not silent:
        push_link(state, tag, path if is_external(path) else f"/{path.lstrip('/')}", path.rpartition("/")[2])
    return True


def page(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% gist id [file] %}`, of Hugo `{{< gist user id >}}`, or `{% ghcard user/repository %}`: a link."""
    words = parts_of(tag)[0].text.replace('"', "").split()
    name = "/".join(words[:2]) if tag.opening != "{%" else next(iter(words), "")
    if not _NAME.fullmatch(name) or state.linkLevel:
        return False
    if not silent:
        site, host = ("Gist", "gist.github.com") if tag.name == "gist" else ("GitHub", "github.com")
        push_link(state, tag, f"https://{host}/{name}", f"{site}: {name}")
    return True


FRAMES = ("iframe", "jsfiddle")
CARDS: dict[str, InlineTag] = {
    "link": link,
    **dict.fromkeys(("btn", "button", "cell"), button),
    **dict.fromkeys(FRAMES, frame),
    "jupyter_notebook": notebook,
    **dict.fromkeys(("gist", "ghcard"), page),
}
