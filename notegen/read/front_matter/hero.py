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
    key = next((key for key, _ in root.entries if key.text in {"hero", "heroText"}), None)
    page = plain(root) if key is not None else {}
    if key is None or not (page.get("layout") in _LAYOUTS or page.get("home") is True):
        return 0, ()
    hero = page["hero"] if isinstance(page.get("hero"), dict) else page
    return key.line, (*_head(hero), *_actions(hero), *_features(page), *_paragraphs([_text(page.get("footer"))]))


def _head(hero: dict[str, Any]) -> Iterator[str]:
    names = [text for key in ("name", "heroText", "text") if (text := _text(hero.get(key)))]
    image = hero.get("image") or hero.get("heroImage")
    image = image if isinstance(image, dict) else {"src": image}
    source = _text(image.get("src") or image.get("light"))
    yield from _paragraphs(
        [
            *(f"# {text}" for text in names[:1]),
            *(f"**{text}**" for text in names[1:]),
            _text(hero.get("tagline")),
            f"![{_text(image.get('alt'))}](<{source}>)" if source else "",
        ]
    )


def _actions(hero: dict[str, Any]) -> Iterator[str]:
    actions = hero.get("actions") or [{"text": hero.get("actionText"), "link": hero.get("actionLink")}]
    links = (_link(_text(action.get("text")), _text(action.get("link"))) for action in _mappings(actions))
    yield from _paragraphs([" · ".join(filter(None, links))])


def _features(page: dict[str, Any]) -> Iterator[str]:
    for feature in _mappings(page.get("features")):
        title, details, link, more = (_text(feature.get(key)) for key in ("title", "details", "link", "linkText"))
        title = title if more else _link(title, link)
        yield "- " + " ".join(filter(None, (f"**{title}**" if title else "", details, _link(more, link))))
    yield ""


def _paragraphs(texts: list[str]) -> Iterator[str]:
    for text in filter(None, texts):
        yield text
        yield ""


def _link(text: str, address: str) -> str:
    return f"[{text}](<{address}>)" if text and address else text


def _mappings(value: Any) -> Iterator[dict[str, Any]]:
    yield from (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def _text(value: Any) -> str:
    """Return a value as words on one line; "" for what is none."""
    return " ".join(str(value).split()) if isinstance(value, (str, int, float)) and value is not True else ""
