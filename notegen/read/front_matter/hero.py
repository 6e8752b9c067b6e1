"""The home pages of VitePress and VuePress, whose words stand in the front matter: as Markdown for the body.

Sources: VitePress's documentation, "Home Page"; VuePress's, "Frontmatter Config", the section "Home Page".
"""

from collections.abc import Iterator
from typing import Any

from notegen.yaml.nodes import Mapping, plain

_LAYOUTS = frozenset({"home", "Home"})


def hero_lines(root: Mapping) -> tuple[int, tuple[str, ...]]:
    """Return a home page as lines of Markdown, and the line of the front matter, from 1, where its hero begins.

    The hero's name is a heading of level 1, its actions are links, the features a list. No lines for other pages.
    """
    data = {key.text: key for key, _ in root.entries}
    if not ("hero" in data or "heroText" in data):
        return 0, ()
    page = plain(root)
    if not (page.get("layout") in _LAYOUTS or page.get("home") is True):
        return 0, ()
    hero = page.get("hero") if isinstance(page.get("hero"), dict) else page
    lines = [line for part in (_head(hero), _actions(hero), _features(page), _words(page, "footer")) for line in part]
    return (data.get("hero") or data["heroText"]).line, tuple(lines)


def _head(hero: dict[str, Any]) -> Iterator[str]:
    words = [*_texts(hero, "name", "heroText", "text")]
    tagline = [*_texts(hero, "tagline")]
    yield from _paragraphs([f"# {words[0]}"] if words else [])
    yield from _paragraphs([f"**{text}**" for text in words[1:]])
    yield from _paragraphs(tagline)
    image = hero.get("image") or hero.get("heroImage")
    if isinstance(image, dict):
        alt, source = _text(image.get("alt")), _text(image.get("src") or image.get("light"))
    else:
        alt, source = "", _text(image)
    yield from _paragraphs([f"![{alt}](<{source}>)"] if source else [])


def _actions(hero: dict[str, Any]) -> Iterator[str]:
    actions = hero.get("actions") or [{"text": hero.get("actionText"), "link": hero.get("actionLink")}]
    links = [_link(action, "text", "link") for action in _mappings(actions)]
    yield from _paragraphs([" · ".join(filter(None, links))])


def _features(page: dict[str, Any]) -> Iterator[str]:
    for feature in _mappings(page.get("features")):
        title, details = _text(feature.get("title")), _text(feature.get("details"))
        link = _text(feature.get("link"))
        more = _text(feature.get("linkText"))
        title = f"[{title}](<{link}>)" if title and link and not more else title
        words = [f"**{title}**" if title else "", details, f"[{more}](<{link}>)" if more and link else more]
        yield "- " + " ".join(filter(None, words))
    yield ""


def _words(page: dict[str, Any], key: str) -> Iterator[str]:
    yield from _paragraphs([*_texts(page, key)])


def _paragraphs(texts: list[str]) -> Iterator[str]:
    for text in filter(None, texts):
        yield text
        yield ""


def _link(data: dict[str, Any], words: str, address: str) -> str:
    text, link = _text(data.get(words)), _text(data.get(address))
    return f"[{text}](<{link}>)" if text and link else text


def _texts(data: dict[str, Any], *keys: str) -> Iterator[str]:
    yield from filter(None, (_text(data.get(key)) for key in keys))


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    yield from (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _text(value: Any) -> str:
    """Return a value as words on one line; "" for what is none."""
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) and value is not True else ""
