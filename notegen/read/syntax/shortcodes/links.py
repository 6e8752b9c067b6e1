"""Shortcodes in addresses: `[x]({{ site.baseurl }}/a/)`, `[x]({% post_url 2024-01-02-a %})`, `{{< ref "a.md" >}}`.

They become plain local addresses, in Markdown links and images by another reader of link destinations (in raw HTML by
html.py): a prefix of the site is dropped, so that the address starts at the root, and a reference to a post is
the address of its file.

Source: Jekyll docs, "Liquid: Tags Filters", the section "Links"; Hexo docs, "Tag Plugins"; Hugo docs, "ref shortcode".
"""

from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt

from notegen.read.syntax.shortcodes.parse import Tag, read_tag
from notegen.text.patterns import lazy_regex

_PREFIXES = frozenset({"site.baseurl", "site.url", "site.root", "config.root", "base_path", "site.github.url"})
_FILTERED = lazy_regex(r"""["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.baseurl.*|url_for)""")
_OF_SITE = lazy_regex(r"(?:\s*\|\s*(?:prepend|append):\s*site\.(?:base)?url)*[\s|/]*")
_POSTS = ("_posts/", "_drafts/")


def read_tags_in_addresses(md: MarkdownIt) -> None:
    """Let links, images and reference definitions understand tags in their addresses."""
    helpers: Any = md.helpers

    def destination(text: str, start: int, end: int) -> Any:
        prefix, position = _read(text, start, end)
        if position == start:
            return helpers.parseLinkDestination(text, start, end)
        if position >= end or text[position] in " \t\n)":
            return SimpleNamespace(ok=True, pos=position, str=prefix or "/")
        tail = helpers.parseLinkDestination(text, position, end)
        if tail.ok:
            tail.str = prefix + tail.str
        return tail

    vars(md)["helpers"] = SimpleNamespace(  # typed as the module it is at first
        parseLinkDestination=destination, parseLinkLabel=helpers.parseLinkLabel, parseLinkTitle=helpers.parseLinkTitle
    )


def _read(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the address that the tags from `start` on stand for, and where they end; `start` where one is unknown."""
    address, position = "", start
    while text.startswith("{", position):
        tag = read_tag(text, position, end)
        local = address_of(tag) if tag else None
        if tag is not None and local is None and is_empty_prefix(tag, text):
            local = ""
        if tag is None or local is None:
            return "", start
        address += local
        position = tag.end
    return address, position


def address_of(tag: Tag) -> str | None:
    """Return the address that a tag stands for ("" for the site's own), or None where it stands for none."""
    if tag.opening == "{{":
        return _expression(tag)
    words, named = tag.words()
    first = named.get("path") or next(iter(words), "")
    if not first:
        return None
    if tag.opening != "{%":
        return first if tag.name in {"ref", "relref"} else None  # a note, a bundle or a section, with or without .md
    if tag.name in {"post_url", "post_path", "post_link"}:
        return _with_suffix(first.rpartition("/")[2])
    return {"link": _linked(first), "asset_path": first, "asset_link": first}.get(tag.name)


def is_empty_prefix(tag: Tag, text: str) -> bool:
    """Return whether a tag in `text` is a variable in front of a path, `{{ BASE_PATH }}/a.png`: Liquid's are empty."""
    return tag.opening == "{{" and bool(tag.name) and not tag.arguments and text.startswith("/", tag.end)


def _expression(tag: Tag) -> str | None:
    if tag.name in _PREFIXES and _OF_SITE.fullmatch(tag.arguments):
        return ""
    filtered = _FILTERED.fullmatch(tag.arguments)
    return None if filtered is None else "/" + filtered[1].lstrip("/")


def _linked(path: str) -> str:
    """Return the address of `{% link path %}`: a post by its name, all else from the root."""
    return path.rpartition("/")[2] if path.startswith(_POSTS) else "/" + path.lstrip("/")


def _with_suffix(path: str) -> str:
    path, mark, fragment = path.partition("#")
    name = path.rpartition("/")[2]
    known = not path or path.endswith("/") or "." in name[1:]
    return f"{path if known else path + '.md'}{mark}{fragment}"
