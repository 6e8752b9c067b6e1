"""One small reader for each field of Meta: what a key's value says about it, or nothing."""

import re
from collections.abc import Callable
from datetime import datetime
from itertools import chain
from typing import Any

from notegen.model.config import Person
from notegen.model.note import CitationRequest
from notegen.read.front_matter.names import fold
from notegen.read.front_matter.values import Fields, as_boolean, as_number, entry
from notegen.text.languages import is_language, language_hint
from notegen.text.notation import bare_symbol, read_meanings
from notegen.text.patterns import lazy_regex
from notegen.text.scholarly import read_orcid
from notegen.yaml.nodes import Mapping, Node, Scalar, Sequence, plain

_NUMBER = lazy_regex(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_PAIR = lazy_regex(r"\[\s*([^\s\"'].*),\s*[0-9]\s*\]", re.DOTALL)
_NO_DATES = frozenset({"last-modified", "today", "now"})  # Quarto's words for dates that no file holds
_IS_BUNDLE = lazy_regex(r"(?:^|/)index\.(?:[\w-]+\.)?md$", re.IGNORECASE)
Reader = Callable[[Fields, str, Node], Any]  # None: the value says nothing about the field


def _title(fields: Fields, key: str, node: Node) -> str:
    return " ".join(fields.text(key, node, tail=True).split())


def _text(fields: Fields, key: str, node: Node) -> str:
    return fields.text(key, node)


def _date(fields: Fields, key: str, node: Node) -> datetime | None:
    if fold(key) == "published" and as_boolean(node) is not None:
        return None
    if isinstance(node, Scalar) and node.text in _NO_DATES:
        return None
    return fields.moment(key, node)


def _draft(fields: Fields, key: str, node: Node) -> bool | None:
    if fold(key) == "status":
        return True if fields.text(key, node).lower() == "draft" else None
    if fold(key) == "draft":
        return fields.boolean(key, node)
    value = as_boolean(node)  # published: a date says nothing here
    return None if value is None else not value


def _publish(fields: Fields, key: str, node: Node) -> bool | None:
    """Whether a note is marked to be published, or not to be; `published: false` makes it a draft."""
    name = fold(key)
    if name in {"build", "_build"}:
        shown = entry(node, "render")
        return False if isinstance(shown, Scalar) and shown.text.lower() in {"never", "false"} else None
    value = as_boolean(node)  # a date says nothing here
    if name == "headless":  # Hugo's older word, of bundles alone
        return False if value and _IS_BUNDLE.search(fields.context.path) else None
    return None if name == "published" and not value else value


def _unpublished_by(fields: Fields, key: str, node: Node) -> str | None:
    """What keeps a note back besides `draft`, as it is written: `published: false`, `build: {render: never}`."""
    name = fold(key)
    if name in {"build", "_build"}:
        shown = entry(node, "render")
        if isinstance(shown, Scalar) and _publish(fields, key, node) is False:
            return f"{key}: {{render: {shown.text}}}"
        return None
    if name == "headless":
        return f"{key}: true" if _publish(fields, key, node) is False else None
    return f"{key}: {node.text}" if isinstance(node, Scalar) and as_boolean(node) is False else None


def _hidden(fields: Fields, key: str, node: Node) -> bool | None:
    name = fold(key)
    if name == "status":
        return True if fields.text(key, node).lower() in {"hidden", "unlisted"} else None
    if name in {"build", "_build"}:
        listed = entry(node, "list")  # `local`: still in some list
        return True if isinstance(listed, Scalar) and listed.text.lower() in {"never", "false"} else None
    return as_boolean(node) if name == "hide" else fields.boolean(key, node)


def _sitemap(_fields: Fields, key: str, node: Node) -> bool | None:
    """False for `sitemap: false` and Hugo's `sitemap: {disable: true}`; a mapping without that says nothing."""
    if fold(key) == "sitemap_exclude":
        return False if as_boolean(node) else None
    disabled = entry(node, "disable")
    return not as_boolean(disabled) if disabled is not None else as_boolean(node)


def _categories(fields: Fields, key: str, node: Node) -> tuple[tuple[str, ...], ...]:
    """Paths of names. A flat list is many categories or, as in Hexo, one path; lists in a list are always paths."""
    if not isinstance(node, Sequence):
        names = fields.items(key, node, split=False)
        words = fields.jekyll_words(key, names)
        if words != names and fields.context.list_means == "path":
            return (words,)
        return tuple((name,) for name in words)
    nested = any(isinstance(item, Sequence) for item in node.items)
    if fields.context.list_means == "path" and not nested:
        paths = [fields.items(key, node)]
    else:
        paths = [fields.items(key, item, split=False) for item in node.items]
    return tuple(dict.fromkeys(path for path in paths if path))


def _tags(fields: Fields, key: str, node: Node) -> tuple[str, ...]:
    items = fields.items(key, node)
    if isinstance(node, Scalar):
        items = fields.jekyll_words(key, items)
    if isinstance(node, Scalar) and all(word.startswith("#") for item in items for word in item.split()):
        items = tuple(chain.from_iterable(item.split() for item in items))  # `#vae #elbo`
    names = (item.lstrip("#").strip() for item in items)
    return tuple(dict.fromkeys(name for name in names if name))


def _address(fields: Fields, key: str, node: Node) -> str:
    text = fields.text(key, node)
    return text if fields.safe(key, text, node) else ""


def _aliases(fields: Fields, key: str, node: Node) -> tuple[str, ...]:
    """Names of the note (Obsidian) and old addresses, which begin with `/`."""
    items = fields.items(key, node)
    return tuple(item for item in items if not item.startswith("/") or fields.safe(key, item, node))


def _cover(fields: Fields, key: str, node: Node) -> str:
    if isinstance(node, Mapping):
        inner = entry(node, "image", "url", "src", "path")
        return _cover(fields, key, inner) if inner else ""
    if isinstance(node, Sequence):
        return _cover(fields, key, node.items[0]) if node.items else ""
    return "" if as_boolean(node) is not None or node.null else fields.text(key, node)


def _toc(fields: Fields, key: str, node: Node) -> bool | None:
    return fields.boolean(key, node) if isinstance(node, Scalar) else True


def _language(fields: Fields, key: str, node: Node) -> str:
    text = fields.text(key, node)
    if text and not is_language(text):
        fields.wrong(key, node, "a language tag such as zh-CN or en", language_hint(text))
        return ""
    return text


def _series(fields: Fields, key: str, node: Node) -> str:
    return next(iter(fields.items(key, node, split=False)), "")


def _integer(fields: Fields, key: str, node: Node) -> int | None:
    return fields.integer(key, node)


def _authors(fields: Fields, key: str, node: Node) -> tuple[str, ...]:
    people = node.items if isinstance(node, Sequence) else (node,)
    named = tuple(entry(person, "name") or person for person in people)
    if isinstance(node, Sequence):
        return fields.items(key, Sequence(named, node.line, node.column, node.start, node.end))
    return fields.items(key, named[0], split=fold(key) == "authors")


def _bibliography(fields: Fields, key: str, node: Node) -> tuple[str, ...] | None:
    return None if isinstance(node, Mapping) else fields.items(key, node, split=False)


def _people(_fields: Fields, _key: str, node: Node) -> tuple[Person, ...]:
    """Return the authors of whom more than the name is said, in the names of Quarto, MyST, Hugo and distill."""
    people = node.items if isinstance(node, Sequence) else (node,)
    return tuple(person for item in people if isinstance(item, Mapping) and (person := _person(item)).name)


def _person(node: Mapping) -> Person:
    url = _word(node, "url", "homepage", "website", "link")
    return Person(
        _word(node, "name"),
        url=url if url.startswith(("https://", "http://", "/")) else "",
        orcid=read_orcid(_word(node, "orcid")),
        affiliation=_word(node, "affiliation", "affiliations", "institution"),
        email=_word(node, "email"),
    )


def _word(node: Node, *names: str) -> str:
    """Return one text of a mapping; of a list its first, of a mapping in it the `name`."""
    value = entry(node, *names)
    if isinstance(value, Sequence):
        value = value.items[0] if value.items else None
    if isinstance(value, Mapping):
        value = entry(value, "name", "id")
    return " ".join(value.text.split()) if isinstance(value, Scalar) and not value.null else ""


def _citation(_fields: Fields, _key: str, node: Node) -> CitationRequest | None:
    """Return what `citation:` says: true, false, or a mapping in Quarto's names."""
    if isinstance(node, Mapping):
        doi = _word(node, "doi").partition("doi.org/")
        journal = _word(node, "container-title", "journal", "booktitle")
        return CitationRequest(True, _word(node, "type"), doi[2] or doi[0], journal, _word(node, "url"))
    shown = as_boolean(node)
    return None if shown is None else CitationRequest(shown)


def _order(_fields: Fields, key: str, node: Node) -> float | None:
    """A place among others: a number. Words mean something else elsewhere; a weight of 0 is none to Hugo."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if not _NUMBER.fullmatch(text) or (fold(key) == "weight" and float(text) == 0):
        return None
    return float(text)


def _layout(fields: Fields, key: str, node: Node) -> str | None:
    text = fields.text(key, node) if isinstance(node, Scalar) else ""
    return text if fold(key) == "layout" or text == "page" else None


def _macros(fields: Fields, key: str, node: Node) -> dict[str, str] | None:
    """Macros by name without backslash, from `macros:` or `math: {macros: …}`."""
    table = entry(node, "macros") if fold(key) == "math" else node
    if not isinstance(table, Mapping):
        if table is not None:
            fields.wrong(key, table, "a mapping of `name: LaTeX`")
        return None
    macros: dict[str, str] = {}
    for name, value in table.entries:
        latex = value
        if isinstance(value, Sequence) and len(value.items) > 1 and as_number(value.items[1]) is not None:
            latex = value.items[0]  # MathJax: [LaTeX, number of arguments]
        if isinstance(latex, Sequence) or (isinstance(latex, Scalar) and latex.null):
            fields.wrong(f"the macro {name.text}", value, "LaTeX")
        else:
            text = fields.text(f"the macro {name.text}", latex)
            pair = _PAIR.fullmatch(text)  # the same, where its braces made it no list to YAML
            macros[name.text.lstrip("\\")] = pair[1] if pair else text
    return {name: latex for name, latex in macros.items() if latex}


def _notation(fields: Fields, key: str, node: Node) -> dict[str, dict[str, str]] | None:
    """What symbols mean: `symbol: meaning`, or for each a mapping of languages."""
    if not isinstance(node, Mapping):
        fields.wrong(key, node, "a mapping of `symbol: meaning`")
        return None
    table: dict[str, dict[str, str]] = {}
    for name, value in node.entries:
        meanings = read_meanings(plain(value))
        if meanings is None:
            fields.wrong(f"the meaning of {name.text}", value, "text, or a mapping of `language: text`")
        elif symbol := bare_symbol(name.text):
            table[symbol] = meanings
    return table


READERS: dict[str, Reader] = {
    "title": _title,
    "date": _date,
    "updated": _date,
    "expires": _date,
    "draft": _draft,
    "publish": _publish,
    "unpublished_by": _unpublished_by,
    "hidden": _hidden,
    "sitemap": _sitemap,
    "categories": _categories,
    "tags": _tags,
    "summary": _text,
    "slug": _address,
    "permalink": _address,
    "aliases": _aliases,
    "cover": _cover,
    "toc": _toc,
    "lang": _language,
    "translation_key": _text,
    "series": _series,
    "series_order": _integer,
    "weight": _integer,
    "order": _order,
    "authors": _authors,
    "people": _people,
    "citation": _citation,
    "layout": _layout,
    "number_sections": _toc,
    "macros": _macros,
    "bibliography": _bibliography,
    "notation": _notation,
}
COMBINED: dict[str, Callable[[list[Any]], Any]] = {  # fields that take all their keys together
    "draft": any,
    "publish": all,
    "hidden": any,
    "aliases": lambda groups: tuple(dict.fromkeys(chain.from_iterable(groups))),
    "macros": lambda tables: {name: latex for table in reversed(tables) for name, latex in table.items()},
}
